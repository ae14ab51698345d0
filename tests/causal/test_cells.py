"""Cells agree with an independent library, and each design is immune to what it should be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intake, measures
from helpers.causal import averages, cells, designs
from helpers.causal.histories import Histories, histories
from helpers.contracts import Plan
from helpers.validation import library
from helpers.validation.published import read

ANY = cells.Fewest(1, 1)


def counties() -> pd.DataFrame:
    raw = read("mpdta")
    named = {"countyreal": "entity", "first.treat": "cohort"}
    return raw.rename(columns=named).assign(cluster=lambda f: f["entity"] % 40)


def both(frame: pd.DataFrame, outcome: str, traits: tuple[str, ...]) -> pd.DataFrame:
    """Our cells beside the library's, with their errors."""
    how = designs.How("doubly_robust", ANY, 0.01)
    of = histories(frame, outcome, traits)
    ours = [*designs.primary_cells(of, how), *designs.lead_cells(of, how)]
    fit = library.group_time_att(frame, outcome, covariates=traits, cluster=None)
    moving = np.abs(fit.influence).sum(axis=1) > 0
    theirs = fit.cells.assign(error=np.sqrt((fit.influence**2).sum(axis=1)))[moving]
    mine = pd.DataFrame({
        "cohort": [c.cohort for c in ours],
        "year": [c.year for c in ours],
        "value": [c.value for c in ours],
        "own_error": [np.sqrt(c.variance) for c in ours],
        "own_treated": [c.n_treated for c in ours],
    })  # fmt: skip
    joined = theirs.merge(mine, on=["cohort", "year"], how="outer", validate="one_to_one")
    assert joined.notna().all().all()
    return joined


@pytest.mark.parametrize("traits", [(), ("lpop",)])
def test_the_cells_of_the_county_panel_are_those_of_the_library(traits: tuple[str, ...]) -> None:
    frame = counties().drop(columns="cluster").assign(cluster=lambda f: f["entity"])
    found = both(frame, "lemp", traits)
    assert len(found) >= 9
    assert np.abs(found["effect"] - found["value"]).max() < 1e-9
    assert np.abs(found["error"] - found["own_error"]).max() < 1e-9
    assert (found["n_treated"] == found["own_treated"]).all()


def test_the_cells_of_a_region_are_those_of_the_library(small_region: Path, plan: Plan) -> None:
    panel = measures.employee_year(intake.study(small_region, 2024, plan))
    frame = panel.frame.assign(exposed=panel.frame["cohort"], cluster=panel.frame["entity"])
    frame = frame[(frame["cohort"] == 0) | (frame["cohort"] > frame["year"].min())]
    found = both(frame[frame["output_per_day"].notna()], "output_per_day", panel.covariates)
    assert len(found) >= 15
    assert np.abs(found["effect"] - found["value"]).max() < 1e-9
    assert np.abs(found["error"] - found["own_error"]).max() < 1e-8


def test_an_average_is_clustered_over_all_its_cells() -> None:
    of = histories(counties(), "lemp", ())
    found = designs.primary_cells(of, designs.How(fewest=ANY))
    whole = averages.average(found)
    assert whole is not None
    weight = np.array([c.n_treated for c in found], float)
    weight /= weight.sum()
    g = of.n_clusters
    influence = sum(w * c.influence for w, c in zip(weight, found, strict=True))
    assert whole.value == pytest.approx(
        sum(w * c.value for w, c in zip(weight, found, strict=True))
    )
    assert whole.std_error == pytest.approx(np.sqrt(g / (g - 1) * (influence**2).sum()))
    assert whole.df == g - 1


def region(seed: int, people: int = 3000) -> Histories:
    """People over six years without an effect; the cohort of 2021 is half of them."""
    rng = np.random.default_rng(seed)
    outcome = rng.normal(6, 0.5, (people, 1)) + rng.normal(0, 0.1, (people, 6))
    cohort = np.where(np.arange(people) % 2 == 0, 2021, 0)
    place = np.arange(people) // 2 % 40
    return Histories(
        np.arange(2017, 2023), outcome, cohort, cohort, np.empty((people, 0)), place, place
    )


def moved(of: Histories, by: np.ndarray) -> Histories:
    return Histories(
        of.years, of.outcome + by, of.cohort, of.exposed, of.covariates, of.cluster, of.place
    )


TREND = 0.3 * np.arange(6)
DIP = np.where(np.arange(6) == 3, -0.5, 0.0)


@pytest.mark.parametrize(
    ("design", "immune", "bent"),
    [
        ("symmetric", DIP, TREND),
        ("own_line_removed", TREND, DIP),
        ("own_line_without_year_before", TREND + DIP, None),
        ("callaway_santanna_dr", None, DIP),
        ("base_two_years_before", DIP, TREND),
    ],
)
def test_each_design_is_immune_to_what_it_should_be(design, immune, bent) -> None:
    of = region(3)
    plain = designs.near_average(design, of, designs.How(fewest=ANY))
    assert plain is not None
    assert abs(plain.value) < 4 * plain.std_error
    theirs = (of.cohort == 2021)[:, None]
    for shift, same in ((immune, True), (bent, False)):
        if shift is None:
            continue
        found = designs.near_average(design, moved(of, theirs * shift), designs.How(fewest=ANY))
        assert found is not None
        assert (abs(found.value - plain.value) < 1e-9) is same


def test_a_shock_of_the_unit_leaves_the_comparison_within_units_alone() -> None:
    of = region(4)
    sent = np.where((of.cohort == 2021) | (of.place < 20), of.cohort, 0)
    sent = np.where((of.place >= 20) & (np.arange(len(sent)) % 6 > 0), 0, sent)
    of = Histories(of.years, of.outcome, sent, sent, of.covariates, of.cluster, of.place)
    shock = (of.place < 20)[:, None] * np.where(of.years >= 2021, 0.8, 0.0)
    how = designs.How(fewest=ANY)
    within = [designs.near_average("within_unit", o, how) for o in (of, moved(of, shock))]
    primary = designs.near_average("callaway_santanna_dr", moved(of, shock), how)
    assert within[0] is not None
    assert within[1] is not None
    assert primary is not None
    assert within[1].value == pytest.approx(within[0].value, abs=1e-9)
    assert abs(primary.value) > 0.2


def test_who_had_some_hours_is_neither_treated_nor_a_control() -> None:
    of = region(5, 400)
    partly = np.where((of.cohort == 0) & (np.arange(400) % 4 == 1), 2021, of.exposed)
    strange = of.outcome + ((of.cohort == 0) & (partly == 2021))[:, None] * (of.years >= 2021) * 99
    some = Histories(of.years, strange, of.cohort, partly, of.covariates, of.cluster, of.place)
    how = designs.How(fewest=ANY)
    found = designs.near_average("callaway_santanna_dr", some, how)
    assert found is not None
    assert abs(found.value) < 0.1
    made = designs.near_cells("callaway_santanna_dr", some, how)
    assert {len(c.controls) for c in made} == {100}


def test_small_cells_are_left_out() -> None:
    of = region(6, 38)
    assert designs.primary_cells(of, designs.How(fewest=cells.Fewest(19, 19)))
    assert not designs.primary_cells(of, designs.How(fewest=cells.Fewest(20, 19)))
    assert not designs.primary_cells(of, designs.How(fewest=cells.Fewest(19, 20)))


@given(st.integers(0, 2**32 - 1), st.floats(-50, 50), st.floats(0.1, 20))
def test_shifting_and_rescaling_an_outcome_changes_an_effect_as_it_must(seed, shift, scale) -> None:
    of = region(seed, 60)
    changed = moved(
        Histories(
            of.years, of.outcome * scale, of.cohort, of.exposed, of.covariates, of.cluster, of.place
        ),
        np.full(6, shift),
    )
    how = designs.How(fewest=ANY)
    for name in ("callaway_santanna_dr", "symmetric", "own_line_removed", "within_unit"):
        plain, other = (designs.near_average(name, o, how) for o in (of, changed))
        assert plain is not None
        assert other is not None
        assert other.value == pytest.approx(scale * plain.value, abs=1e-6 * scale)
        assert other.std_error == pytest.approx(scale * plain.std_error, rel=1e-6)


def test_the_errors_of_an_average_are_as_large_as_the_averages_scatter() -> None:
    values, errors = [], []
    for seed in range(150):
        found = averages.average(designs.primary_cells(region(seed, 300), designs.How(fewest=ANY)))
        assert found is not None
        values.append(found.value)
        errors.append(found.std_error)
    assert np.std(values) / np.mean(errors) == pytest.approx(1, abs=0.15)
