"""Bounds of an effect whoever left: another library's, and the truth inside."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.causal import designs, lost
from helpers.causal.cells import Fewest
from helpers.causal.histories import Histories

HOW = designs.How("doubly_robust", Fewest(5, 5))


def region(
    seed: int,
    *,
    people: int = 2000,
    effect: float = 0.3,
    worst_leave: float = 0.0,
    by_lot: float = 0.0,
) -> Histories:
    """Four years, trained in the last; of the trained the worst leave, of the others some by lot."""
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(people, 1))
    outcome = 6 + 0.5 * trait + rng.normal(0, 0.4, (people, 4))
    trained = rng.random(people) < 0.4
    outcome[trained, 3] += effect
    left = trained & (outcome[:, 3] < np.quantile(outcome[trained, 3], worst_leave))
    left |= ~trained & (rng.random(people) < by_lot)
    outcome[left, 3] = np.nan
    cohort = np.where(trained, 2022, 0)
    place = np.arange(people) % 40
    return Histories(np.arange(2019, 2023), outcome, cohort, cohort, trait, place, place)


def both(of: Histories, how: designs.How = HOW) -> tuple[float, float]:
    low, high = lost.bound("lee_lower", of, how), lost.bound("lee_upper", of, how)
    return low.value, high.value


def test_where_nobody_left_both_bounds_are_the_estimate() -> None:
    of = region(1)
    primary = designs.near_average(
        "callaway_santanna_dr", designs.near_cells("callaway_santanna_dr", of, HOW)
    )
    assert both(of) == (primary.value, primary.value)
    assert lost.bound("lee_lower", of, HOW).std_error == primary.std_error


@pytest.mark.parametrize(("worst_leave", "by_lot"), [(0.15, 0.0), (0.0, 0.2), (0.05, 0.15)])
def test_without_covariates_the_bounds_are_another_librarys(
    worst_leave: float, by_lot: float
) -> None:
    from statspai import lee_bounds

    of = region(2, people=5000, worst_leave=worst_leave, by_lot=by_lot)
    frame = pd.DataFrame(
        {"y": of.outcome[:, 3] - of.outcome[:, 2], "d": (of.cohort > 0).astype(int)}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = lee_bounds(frame, "y", "d", se_method="analytic").model_info
    plain = designs.How("none", Fewest(5, 5))
    bare = Histories(
        of.years, of.outcome, of.cohort, of.exposed, np.empty((5000, 0)), of.cluster, of.place
    )
    assert both(bare, plain) == pytest.approx(
        (theirs["lower_bound"], theirs["upper_bound"]), abs=2e-3
    )


def test_the_truth_lies_between_where_the_worst_of_the_trained_leave() -> None:
    inside, fooled = 0, 0
    for seed in range(30):
        of = region(seed, effect=0.3, worst_leave=0.1)
        low, high = (lost.bound(name, of, HOW) for name in ("lee_lower", "lee_upper"))
        naive = designs.near_average(
            "callaway_santanna_dr", designs.near_cells("callaway_santanna_dr", of, HOW)
        )
        inside += low.value - 3 * low.std_error <= 0.3 <= high.value + 3 * high.std_error
        fooled += naive.value > 0.32
    assert inside == 30
    assert fooled >= 25


@given(st.integers(0, 500), st.floats(0, 0.3), st.floats(0, 0.3))
@settings(max_examples=15, deadline=None)
def test_the_lower_bound_is_below_the_upper(seed: int, worst_leave: float, by_lot: float) -> None:
    low, high = both(region(seed, people=300, worst_leave=worst_leave, by_lot=by_lot))
    assert low <= high + 1e-9


def test_nobody_before_or_after_gives_no_bound() -> None:
    of = region(3)
    of.outcome[:, 2] = np.nan
    assert lost.bound("lee_lower", of, HOW) is None
