"""What a draw is promised to tell: as an independent library works it out, kept when tried."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.formula.api import ols

from helpers.causal import promised
from helpers.causal.promised import Promise, by_seats, promise, tried
from helpers.causal.replayed import replay
from helpers.contracts.lottery import Lottery
from tests.causal.lots import asked, lottery

PROMISE = Promise("output_per_day", "output/day", 1000, 0.9, 0.5, 0.6, 0.75, 6.0, 0.18, 0.95)


def _power(effect: float, treated: float, others: float, spread: float) -> float:
    """Of a two-sided t test, from scipy's noncentral t alone."""
    freedom = treated + others - 2
    away = effect / (spread * np.sqrt(1 / treated + 1 / others))
    size = stats.t.ppf(0.975, freedom)
    return float(stats.nct.sf(size, freedom, away) + stats.nct.cdf(-size, freedom, away))


@pytest.mark.parametrize("seats", [20, 120, 500, 900])
def test_the_promised_effect_is_found_four_times_in_five(seats: int):
    drawn = PROMISE.of_being_drawn(seats)
    assert _power(drawn, 0.9 * seats, 0.9 * (1000 - seats), 0.5) == pytest.approx(0.8, abs=1e-3)
    assert PROMISE.of_coming(seats) == pytest.approx(drawn / 0.75)
    assert (
        PROMISE.power(seats, drawn) == PROMISE.power(seats, -drawn) == pytest.approx(0.8, abs=1e-3)
    )
    assert PROMISE.power(seats, 0.0) == pytest.approx(0.05)


@pytest.mark.parametrize("people", [12, 30, 61])
def test_it_is_nearly_so_of_few_people(people: int):
    """Bloom's multiple of the error takes the statistic to be a shifted t."""
    few = replace(PROMISE, people=people, measured=1.0)
    for seats in range(2, people // 2 + 1, 3):
        drawn = few.of_being_drawn(seats)
        assert _power(drawn, seats, people - seats, 0.5) == pytest.approx(0.8, abs=0.01)


@given(st.floats(0.05, 2.0))
def test_the_seats_for_an_effect_are_the_fewest_that_tell_it(effect: float):
    seats = PROMISE.seats_for(effect)
    if seats is None:
        assert PROMISE.of_coming(PROMISE.people // 2) > effect
        return
    assert PROMISE.of_coming(seats) <= effect
    assert seats == 1 or PROMISE.of_coming(seats - 1) > effect


@pytest.mark.parametrize("seats", [0, 1000, -3])
def test_a_draw_needs_a_seat_and_somebody_without_one(seats: int):
    with pytest.raises(ValueError, match=str(seats)):
        PROMISE.of_being_drawn(seats)


def _nobody_drawn(seed: int, people: int) -> Lottery:
    held = lottery(seed, people, gain=0.0)
    return replace(held, frame=held.frame.assign(drawn=0, came=0))


def test_the_spread_is_what_the_year_before_and_the_strata_leave():
    held = _nobody_drawn(1, 400)
    frame = held.frame.assign(after=held.frame["after"].where(held.frame.index % 10 != 0))
    found = promise(asked(replace(held, frame=frame)), 500, 0.804)
    fit = ols("after ~ before + C(stratum)", frame).fit()
    assert found.spread == pytest.approx(np.sqrt(fit.mse_resid), rel=1e-6)
    assert found.explained == pytest.approx(fit.rsquared, rel=1e-6)
    assert (found.people, found.measured, found.attendance) == (500, 0.9, 0.8)
    assert found.baseline == pytest.approx(frame["after"].mean())


@pytest.mark.parametrize(
    "after",
    [lambda a: a.where(a.index < 12), lambda a: a * 0 + 3.0, lambda a: a * np.nan],
    ids=["few measured", "all alike", "nobody measured"],
)
def test_nothing_is_promised_of_few_or_of_what_does_not_vary(after):
    held = _nobody_drawn(1, 200)
    frame = held.frame.assign(after=after(held.frame["after"]))
    assert promise(asked(replace(held, frame=frame)), 300, 0.8) is None


def test_a_promise_is_kept_when_it_is_tried_and_nothing_is_found_where_nothing_is():
    """Of 200 draws each: found in 80% and 5%, within what chance allows."""
    held = lottery(2, 300, gain=0.0)
    made = promise(asked(held), len(held.frame), 0.7)
    seats = int(held.frame["drawn"].sum())
    found, times = tried(asked(held), made.of_coming(seats), 0.7, 200)
    low, high = stats.binom.interval(0.998, 200, 0.8)
    assert times == 200 and low <= found <= high
    none, _ = tried(asked(held), 0.0, 0.7, 200)
    assert none <= stats.binom.ppf(0.999, 200, 0.05)


def test_where_few_draws_keep_the_bound_half_of_them_judge_the_others(
    monkeypatch: pytest.MonkeyPatch,
):
    def few(held: Lottery, draws: int, seed: int) -> np.ndarray:
        return replay(held, draws, seed)[:, :210]

    monkeypatch.setattr(promised, "replay", few)
    _, times = tried(asked(lottery(2, 120, gain=0.0)), 0.5, 0.7, 60)
    assert times == 60


def test_where_too_few_can_be_compared_nothing_is_tried():
    held = lottery(2, 120, gain=0.0)
    frame = held.frame.assign(after=held.frame["after"].where(held.frame["drawn"] == 0))
    assert tried(asked(replace(held, frame=frame)), 0.5, 0.7, 20) == (0, 0)


def test_what_is_told_by_seats_is_each_outcomes_own():
    other = replace(PROMISE, outcome="skp", spread=1.0, smallest=0.1)
    frame = by_seats((PROMISE, other), (100, 200))
    assert frame["seats"].tolist() == [100, 200] * 2
    wide = frame.pivot(index="seats", columns="outcome", values="came")
    assert wide["skp"].to_numpy() == pytest.approx(2 * wide["output_per_day"].to_numpy())
    assert frame["drawn"].tolist() == [p.of_being_drawn(n) for p in (PROMISE, other) for n in (100, 200)]  # fmt: skip
