"""Robustness rows agree with independent formulas and libraries, and never fail aloud."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.causal import averages, balancing, borrowed, cells, designs
from helpers.causal.ask import Ask, invited_but_absent
from helpers.causal.design import design
from helpers.causal.fit import fit
from helpers.contracts import SmallestEffect
from helpers.contracts.panel import NEVER, Panel
from helpers.validation import library

ANY = cells.Fewest(1, 1)


def people(n: int = 400, effect: float = 0.5, seed: int = 0, dip: float = 0.0) -> Panel:
    """Six years; a third is trained in 2020 or 2021, after a bad year where there is a dip."""
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=n)
    usual = 6 + 0.4 * trait + rng.normal(0, 0.5, n)
    noise = rng.normal(0, 0.3, (n, 6))
    cohort = rng.choice([NEVER, NEVER, 2020, 2021], n)
    if dip:
        low = usual + noise[:, 2] < 5.8
        cohort = np.where(low & (rng.random(n) < dip), 2020, NEVER)
    years = np.arange(2017, 2023)
    treated = (cohort[:, None] != NEVER) & (years >= cohort[:, None])
    outcome = usual[:, None] + 0.1 * np.arange(6) + noise + effect * treated
    frame = pd.DataFrame({
        "entity": np.repeat(np.arange(n), 6),
        "cluster": np.repeat(np.arange(n) % 30, 6),
        "year": np.tile(years, n),
        "cohort": np.repeat(cohort, 6),
        "exposed": np.repeat(cohort, 6),
        "first_invited": np.repeat(cohort, 6),
        "unit": np.repeat(np.arange(n) % 30, 6),
        "trait": np.repeat(trait, 6),
        "output_per_day": outcome.ravel(),
    })  # fmt: skip
    label = {"output_per_day": "output/day"}
    return Panel(frame, ("output_per_day",), ("trait",), label)


def changed(panel: Panel, frame: pd.DataFrame) -> Panel:
    return Panel(frame, panel.outcomes, panel.covariates, panel.unit_labels, panel.of_units)


def asked(panel: Panel) -> Ask:
    return Ask(panel, "productivity", "output_per_day", "jp>=20", 2022, SmallestEffect(0.2))


def test_lagged_outcomes_are_the_librarys_cells_of_levels_given_the_history() -> None:
    plot = design(people(), "output_per_day")
    of = plot.of
    ours = designs.near_cells("lagged_outcomes", of, designs.How(fewest=ANY))
    assert [(c.cohort, c.year) for c in ours] == [
        (2020, 2020),
        (2020, 2021),
        (2021, 2021),
        (2021, 2022),
    ]
    for cell in ours:
        # Two made-up years, nothing before and the level after: the change is the level.
        who = np.r_[cell.treated, cell.controls]
        lags = of.outcome[who][:, of.years < cell.cohort]
        names = tuple(f"lag_{i}" for i in range(lags.shape[1]))
        two = pd.DataFrame(lags, columns=list(names)).assign(
            trait=of.covariates[who, 0],
            entity=range(len(who)),
            cohort=np.r_[np.full(len(cell.treated), 1), np.zeros(len(cell.controls), int)],
        )
        level = of.outcome[who, of.column(cell.year)]
        frame = pd.concat([two.assign(year=0, y=0.0), two.assign(year=1, y=level)])
        theirs = library.group_time_att(frame, "y", covariates=("trait", *names), cluster=None)
        assert cell.value == pytest.approx(theirs.overall.value, abs=1e-9)
        assert len(lags.T) == cell.cohort - 2017


def test_lagged_outcomes_are_not_deceived_by_a_bad_year_but_the_primary_is() -> None:
    of = design(people(6000, effect=0.0, dip=0.6, seed=1), "output_per_day").of
    how = designs.How(fewest=ANY)
    for name in designs.GIVEN_HISTORY:
        given_history = designs.near_average(name, designs.near_cells(name, of, how))
        assert given_history is not None
        assert abs(given_history.value) < 4 * given_history.std_error
    primary = averages.average(designs.near_cells("callaway_santanna_dr", of, how))
    assert primary is not None
    assert primary.value > 10 * primary.std_error


def test_who_lacks_a_year_of_the_history_is_left_out_of_it() -> None:
    panel = people()
    frame = panel.frame.copy()
    frame.loc[(frame["entity"] < 40) & (frame["year"] == 2017), "output_per_day"] = np.nan
    whole, holes = (design(changed(panel, f), "output_per_day").of for f in (panel.frame, frame))
    how = designs.How(fewest=ANY)
    for name in designs.GIVEN_HISTORY:
        some = [c for c in designs.near_cells(name, holes, how) for _ in c.treated]
        every = [c for c in designs.near_cells(name, whole, how) for _ in c.treated]
        assert len(some) < len(every)


def test_balanced_people_are_those_of_another_library() -> None:
    from statspai import ebalance

    rng = np.random.default_rng(3)
    d = np.r_[np.ones(80), np.zeros(300)]
    x = rng.normal(size=(380, 3)) + d[:, None] * [0.5, 0.2, 0.0]
    z = 2 + x @ [1.0, -0.5, 0.3] + 0.4 * d + rng.normal(0, 0.5, 380)
    found = balancing.balanced(z, d, x)
    frame = pd.DataFrame(x, columns=["a", "b", "c"]).assign(z=z, d=d.astype(int))
    theirs = ebalance(frame, "z", "d", ["a", "b", "c"])
    assert found.value == pytest.approx(theirs.estimate, abs=1e-6)
    assert np.sqrt((found.influence**2).sum()) == pytest.approx(theirs.se, rel=1e-4)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_balancing_weights_balance_or_are_refused(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(rng.normal(), 1, (40, 3))
    weights = balancing.entropy_weights(x)
    if weights is None:
        return
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    assert np.abs(weights @ x).max() < 1e-6


def test_traits_that_no_weights_balance_give_no_estimate() -> None:
    apart = np.r_[np.ones(20) * 9, np.zeros(30)][:, None] + np.linspace(0, 1, 50)[:, None]
    found = balancing.balanced(np.arange(50.0), np.r_[np.ones(20), np.zeros(30)], apart)
    assert np.isnan(found.value)


def test_imputation_is_the_mean_of_what_untreated_rows_do_not_predict() -> None:
    plot = design(people(120, seed=4), "output_per_day")
    rows = plot.frame
    treated = (rows["cohort"] != NEVER) & (rows["year"] >= rows["cohort"])
    x = pd.get_dummies(rows[["entity", "year"]].astype(str), dtype=float).to_numpy()
    y = rows["output_per_day"].to_numpy()
    beta = np.linalg.lstsq(x[~treated], y[~treated], rcond=None)[0]
    found = borrowed.imputation(plot)
    assert found is not None
    assert found.value == pytest.approx(float((y - x @ beta)[treated].mean()), abs=1e-6)
    assert abs(found.value - 0.5) < 4 * found.std_error
    assert found.df == 29


def test_sun_abraham_are_the_cells_against_the_never_trained() -> None:
    panel = people(200, seed=5)
    plot = design(panel, "output_per_day")
    found = borrowed.sun_abraham(plot)
    assert found is not None
    of = plot.of
    never = of.cohort == NEVER
    values, sizes = [], []
    for g in of.cohorts:
        for year in of.years[of.years >= g]:
            change = of.outcome[:, of.column(int(year))] - of.outcome[:, of.column(g - 1)]
            own = of.cohort == g
            values.append(change[own].mean() - change[never].mean())
            sizes.append(int(own.sum()))
    assert found.value == pytest.approx(np.average(values, weights=sizes), abs=1e-6)


@pytest.mark.parametrize("name", ["imputation", "sun_abraham"])
def test_who_had_some_hours_is_a_control_until_the_first_of_them(name: str) -> None:
    panel = people(seed=6)
    frame = panel.frame.copy()
    some = (frame["cohort"] == NEVER) & (frame["entity"] % 3 == 0)
    frame.loc[some, "exposed"] = 2020
    strange = frame.copy()
    strange.loc[some & (frame["year"] >= 2020), "output_per_day"] += 50
    estimate = getattr(borrowed, name)
    plain, other = (estimate(design(changed(panel, f), "output_per_day")) for f in (frame, strange))
    assert plain is not None
    assert other is not None
    assert plain.value == pytest.approx(other.value, abs=1e-9)
    everybody = estimate(
        design(changed(panel, strange.assign(exposed=strange["cohort"])), "output_per_day")
    )
    assert everybody is not None
    assert abs(everybody.value - plain.value) > 1


@given(st.integers(0, 10_000), st.integers(2, 12), st.sampled_from(["imputation", "sun_abraham"]))
@settings(max_examples=40, deadline=None)
def test_an_estimator_that_cannot_estimate_says_nothing(seed: int, n: int, name: str) -> None:
    rng = np.random.default_rng(seed)
    frame = people(n, seed=seed).frame
    frame = frame[rng.random(len(frame)) < 0.6].reset_index(drop=True)
    frame["cohort"] = frame["exposed"] = frame["entity"].map(
        dict(enumerate(rng.choice([NEVER, 2018, 2021, 2022, 2030], n)))
    )
    plot = design(changed(people(n), frame), "output_per_day")
    found = fit(replace(asked(changed(people(n), frame)), role="robustness", estimator=name), plot)
    assert found.average is None or np.isfinite(found.average.std_error)
    assert found.estimate.interval.known == (found.average is not None)


def test_the_invited_and_absent_are_the_only_controls_that_stay_untrained() -> None:
    panel = people(600, seed=7)
    frame = panel.frame.copy()
    never = frame["cohort"] == NEVER
    frame.loc[never & (frame["entity"] % 2 == 0), "first_invited"] = 2021
    frame.loc[never & (frame["entity"] % 4 == 0), "exposed"] = 2022
    rest = invited_but_absent(changed(panel, frame))
    assert rest is not None
    kept = rest.frame[rest.frame["cohort"] == NEVER]["entity"].unique()
    wanted = frame[never & (frame["entity"] % 4 == 2)]["entity"].unique()
    assert sorted(kept) == sorted(wanted)
    assert set(frame[~never]["entity"]) <= set(rest.frame["entity"])
    *_, ask, pretended = asked(changed(panel, frame)).by_other_estimators()
    assert (ask.about.group, ask.role) == ("invited_but_absent", "robustness")
    assert (pretended.about.group, pretended.role) == ("invited_not_trained", "placebo")
    found = fit(ask)
    assert abs(found.estimate.interval.value - 0.5) < 4 * found.estimate.interval.std_error
    assert invited_but_absent(changed(panel, frame.drop(columns="first_invited"))) is None


def test_errors_of_other_estimators_are_as_large_as_they_scatter() -> None:
    for name in ("imputation", "lagged_outcomes", "balanced"):
        found = [
            fit(replace(asked(people(200, seed=s)), role="robustness", estimator=name)).average
            for s in range(60)
        ]
        known = [f for f in found if isinstance(f, averages.Average)]
        assert len(known) == 60
        errors = np.mean([f.std_error for f in known])
        assert np.std([f.value for f in known]) / errors == pytest.approx(1, abs=0.35)
        assert abs(np.mean([f.value for f in known]) - 0.5) < 4 * errors / np.sqrt(60)


def sent_by(units: int, seed: int) -> Panel:
    """No effect at all; the trained are half of some units, and in 2020 every unit has its shock."""
    panel = people(600, effect=0.0, seed=seed)
    frame = panel.frame
    rng = np.random.default_rng(seed)
    sent = (frame["unit"] < units) & (frame["entity"] // 30 % 2 == 0)
    cohort = np.where(sent, 2020, NEVER)
    shock = rng.normal(0, 0.2, 30)[frame["unit"]] * (frame["year"] >= 2020)
    return changed(
        panel,
        frame.assign(cohort=cohort, exposed=cohort, output_per_day=frame["output_per_day"] + shock),
    )


@pytest.mark.parametrize(
    ("units", "obstacle"), [(1, "few_sending_units"), (2, "few_sending_units"), (3, None)]
)
def test_people_of_one_or_two_units_alone_give_no_estimate(
    units: int, obstacle: str | None
) -> None:
    found = fit(asked(sent_by(units, 1)))
    assert found.design.obstacle == obstacle
    assert found.estimate.interval.known is (obstacle is None)


def test_the_error_of_one_unit_alone_would_be_far_too_small() -> None:
    """Why: units differ, and from one of them nothing tells how much."""
    errors = []
    for seed in range(20):
        of = design(sent_by(1, seed), "output_per_day").of
        alone = averages.average(designs.primary_cells(of, designs.How(fewest=ANY)))
        errors.append((abs(alone.value), alone.std_error))
    value, error = np.array(errors).T
    assert np.sqrt((value**2).mean()) > 2 * np.sqrt((error**2).mean())
