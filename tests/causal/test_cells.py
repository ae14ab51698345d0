"""Cells agree with an independent library, and each design is immune to what it should be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import measures
from helpers.causal import averages, cells, designs, estimators
from helpers.causal.histories import Histories, histories
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
        "own_error": [np.sqrt((c.raw**2).sum()) for c in ours],
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


def test_the_cells_of_a_region_are_those_of_the_library(small_study) -> None:
    panel = measures.employee_year(small_study(2024))
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
    influence = sum(w * c.influence for w, c in zip(weight, found, strict=True))
    assert whole.value == pytest.approx(
        sum(w * c.value for w, c in zip(weight, found, strict=True))
    )
    assert whole.std_error == pytest.approx(np.sqrt((influence**2).sum()))
    assert 10 < whole.df <= of.n_clusters - 1


def test_the_error_of_a_difference_of_means_is_that_of_cr2() -> None:
    """Bell and McCaffrey's correction of a regression on a dummy, from its definition."""
    rng = np.random.default_rng(8)
    for places in (6, 12, 40):
        place = rng.integers(0, places, 300)
        d = (place % 3 == 0) if places > 6 else rng.random(300) < 0.4
        z = rng.normal(0, 1, 300) + rng.normal(0, 0.5, places)[place] + d
        x = np.column_stack([np.ones(300), d])
        bread = np.linalg.inv(x.T @ x)
        residual = z - x @ bread @ x.T @ z
        meat = np.zeros((2, 2))
        for g in np.unique(place):
            own = x[place == g]
            left = np.eye(len(own)) - own @ bread @ own.T
            values, vectors = np.linalg.eigh(left)
            root = vectors @ np.diag(np.where(values > 1e-9, values, np.inf) ** -0.5) @ vectors.T
            score = own.T @ root @ residual[place == g]
            meat += np.outer(score, score)
        cr2 = (bread @ meat @ bread)[1, 1]
        found = estimators.doubly_robust(z, d.astype(float), np.empty((300, 0)), 0.01)
        ours = cells.widened(found, place, places)
        assert found.value == pytest.approx((bread @ x.T @ z)[1])
        # Where every cluster is of one arm the two are the same; else theirs mixes the arms.
        tolerance = 1e-9 if places > 6 else 0.05
        assert (ours**2).sum() == pytest.approx(cr2, rel=tolerance)


def test_cohorts_from_few_units_keep_their_errors() -> None:
    """Three treated clusters among thirty: squared errors are right on average, those of before
    were a third too small.
    """
    rng = np.random.default_rng(9)
    place = np.repeat(np.arange(30), 10)
    d = (place < 3).astype(float)
    values, widened, plain = [], [], []
    for _ in range(2000):
        z = rng.normal(0, 1, 30)[place] + rng.normal(0, 1, 300)
        found = estimators.doubly_robust(z, d, np.empty((300, 0)), 0.01)
        values.append(found.value)
        widened.append((cells.widened(found, place, 30) ** 2).sum())
        plain.append((np.bincount(place, found.influence) ** 2).sum())
    truth = np.var(values)
    assert np.mean(widened) / truth == pytest.approx(1, abs=0.08)
    assert np.mean(plain) / truth < 0.8


def near(design: designs.DesignName, of: Histories) -> averages.Average | None:
    return designs.near_average(design, designs.near_cells(design, of, designs.How(fewest=ANY)))


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
    plain = near(design, of)
    assert plain is not None
    assert abs(plain.value) < 4 * plain.std_error
    theirs = (of.cohort == 2021)[:, None]
    for shift, same in ((immune, True), (bent, False)):
        if shift is None:
            continue
        found = near(design, moved(of, theirs * shift))
        assert found is not None
        assert (abs(found.value - plain.value) < 1e-9) is same


def test_a_shock_of_the_unit_leaves_the_comparison_within_units_alone() -> None:
    of = region(4)
    sent = np.where((of.cohort == 2021) | (of.place < 20), of.cohort, 0)
    sent = np.where((of.place >= 20) & (np.arange(len(sent)) % 6 > 0), 0, sent)
    of = Histories(of.years, of.outcome, sent, sent, of.covariates, of.cluster, of.place)
    shock = (of.place < 20)[:, None] * np.where(of.years >= 2021, 0.8, 0.0)
    within = [near("within_unit", o) for o in (of, moved(of, shock))]
    primary = near("callaway_santanna_dr", moved(of, shock))
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
    found = near("callaway_santanna_dr", some)
    assert found is not None
    assert abs(found.value) < 0.1
    made = designs.near_cells("callaway_santanna_dr", some, designs.How(fewest=ANY))
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
    for name in ("callaway_santanna_dr", "symmetric", "own_line_removed", "within_unit"):
        plain, other = (near(name, o) for o in (of, changed))
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
