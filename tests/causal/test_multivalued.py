"""Arms of a treatment beside each other: truth, an independent library, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statspai import multi_treatment

from helpers.causal import Ask, between
from helpers.contracts import SmallestEffect
from helpers.contracts.panel import NEVER, Panel

ARMS = ("a", "b", "c")
PAIRS = tuple(combinations(ARMS, 2))
# What each arm does beyond the first.
TRUTH = {("a", "b"): -0.3, ("a", "c"): 0.0, ("b", "c"): 0.3}


def region(
    seed: int = 0,
    *,
    people: int = 600,
    clusters: int = 30,
    curved: bool = False,
    chosen_by: str = "trait",
    shock: float = 0.0,
    years: tuple[int, ...] = (2020, 2021),
) -> tuple[Panel, pd.Series]:
    """People trained in one of the years, in an arm that hangs on a trait which also moves how their
    outcome changes; whole clusters may change together, and mostly share an arm.
    """
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=people)
    cluster = np.arange(people) % clusters
    pull = {"trait": trait, "square": trait**2, "nothing": 0 * trait}[chosen_by]
    leaning = rng.normal(0, 1.5, (clusters, 3))[cluster] if shock else 0.0
    heights = np.outer(pull, [0.0, 0.6, -0.6]) + leaning + rng.gumbel(size=(people, 3))
    arm = heights.argmax(axis=1)
    cohort = rng.choice(years, people)
    change = 0.5 + 0.5 * trait + 0.3 * arm * (arm == 1) + 0.1 * (cohort == years[0])
    change += 0.4 * (trait**2 - 1) * curved + shock * rng.normal(size=clusters)[cluster]
    seen = np.arange(2018, 2024)
    since = seen >= cohort[:, None]
    outcome = 6 + trait[:, None] + rng.normal(0, 0.4, (people, 6)) + change[:, None] * since
    frame = pd.DataFrame({
        "entity": np.repeat(np.arange(people), 6),
        "cluster": np.repeat(cluster, 6),
        "year": np.tile(seen, people),
        "cohort": np.repeat(cohort, 6),
        "trait": np.repeat(trait, 6),
        "output": outcome.ravel(),
    })  # fmt: skip
    panel = Panel(frame, ("output",), ("trait",), {"output": "output/day"})
    return panel, pd.Series(np.array(ARMS)[arm], index=np.arange(people))


def asks(panel: Panel, pairs=PAIRS) -> dict[tuple[str, str], Ask]:
    ask = Ask(
        panel, "methods_dose", "output", "", 2023, SmallestEffect(0.2), role="subgroup",
        subgroup="metode", small_cell=10,
    )  # fmt: skip
    return {at: replace(ask, treatment=" - ".join(at)) for at in pairs}


def values(panel: Panel, arm: pd.Series) -> np.ndarray:
    return np.array([e.interval.value for e in between(asks(panel), arm)])


def changes(panel: Panel, arm: pd.Series) -> pd.DataFrame:
    """By hand: one row a person."""
    wide = panel.frame.pivot(index="entity", columns="year", values="output")
    first = panel.frame.groupby("entity")[["cohort", "trait"]].first()
    change = [
        wide.loc[i, list(range(c, 2024))].mean() - wide.loc[i, c - 1]
        for i, c in first["cohort"].items()
    ]
    code = arm.map(dict(zip(ARMS, range(3), strict=True)))
    late = (first["cohort"] == first["cohort"].max()).astype(float)
    return first.assign(change=change, arm=code, late=late)


def test_the_truth_is_found_where_plain_means_are_wrong():
    panel, arm = region(people=3000)
    found = between(asks(panel), arm)
    assert [e.about.treatment for e in found] == ["a - b", "a - c", "b - c"]
    plain = changes(panel, arm).groupby("arm")["change"].mean().to_numpy()
    for e, (i, j), truth in zip(found, [(0, 1), (0, 2), (1, 2)], TRUTH.values(), strict=True):
        assert e.interval.value == pytest.approx(truth, abs=4 * e.interval.std_error)
        assert abs(plain[i] - plain[j] - truth) > 5 * e.interval.std_error
    assert {(e.estimator, e.estimand, e.role) for e in found} == {
        ("aipw_multivalued", "ATE(treated)", "subgroup")
    }


@pytest.mark.parametrize(
    ("curved", "chosen_by"), [(True, "trait"), (False, "square")], ids=["outcome", "choice"]
)
def test_one_wrong_model_does_no_harm(curved, chosen_by):
    panel, arm = region(3, people=6000, curved=curved, chosen_by=chosen_by)
    assert values(panel, arm) == pytest.approx(list(TRUTH.values()), abs=0.08)


def test_means_are_those_of_an_independent_library():
    """Multinomial logit and regressions by statsmodels, put together as Cattaneo does."""
    panel, arm = region()
    people = changes(panel, arm)
    x = sm.add_constant(people[["trait", "late"]])
    chance = sm.MNLogit(people["arm"], x).fit(disp=0).predict(x).to_numpy()
    means = []
    for at in range(3):
        own = people["arm"] == at
        fitted = sm.OLS(people["change"][own], x[own]).fit().predict(x)
        means.append((fitted + own * (people["change"] - fitted) / chance[:, at]).mean())
    by_hand = [means[ARMS.index(one)] - means[ARMS.index(other)] for one, other in PAIRS]
    assert values(panel, arm) == pytest.approx(by_hand, abs=1e-6)


def errors(panel: Panel, arm: pd.Series) -> np.ndarray:
    return np.array([e.interval.std_error for e in between(asks(panel), arm)])


def all_left_out(monkeypatch, panel: Panel, arm: pd.Series) -> np.ndarray:
    """Errors with one cluster left out after the other, however many there are."""
    with monkeypatch.context() as m:
        m.setattr("helpers.causal.multivalued._MOST_GROUPS", 10_000)
        return errors(panel, arm)


def test_errors_of_independent_people_are_the_librarys_own(monkeypatch):
    panel, arm = region(clusters=600)
    people = changes(panel, arm)
    found = all_left_out(monkeypatch, panel, arm)
    for error, (reference, at) in zip(found, ((1, 0), (2, 0), (2, 1)), strict=True):
        told = multi_treatment(
            people, "change", "arm", ["trait", "late"], reference,
            outcome_model="linear", se_method="sandwich",
        ).detail.set_index("treatment")  # fmt: skip
        assert error == pytest.approx(told.loc[at, "se"], rel=0.03)


def test_very_many_clusters_are_left_out_by_groups_with_the_same_errors_on_average(monkeypatch):
    """Kott (2001): unbiased; a hundred groups tell a variance to within a seventh of itself."""
    regions = 5
    ratios = []
    for seed in range(regions):
        made = region(seed, people=300, clusters=300, chosen_by="nothing")
        ratios.append((errors(*made) / all_left_out(monkeypatch, *made)) ** 2)
    assert {e.n_clusters for e in between(asks(made[0]), made[1])} == {300}
    # Of three contrasts of three arms two are independent.
    spread = np.sqrt(2 / 99)
    assert np.mean(ratios) == pytest.approx(1, abs=3 * spread / np.sqrt(2 * regions))
    assert 0.01 < np.std(ratios) < 2 * spread


def test_intervals_hold_where_clusters_change_together():
    """Of 3 × 60 intervals of 95%, with whole clusters of people moving and mostly of one arm."""
    held = total = 0
    for seed in range(60):
        panel, arm = region(seed, people=300, clusters=20, shock=0.5)
        for e, truth in zip(between(asks(panel), arm), TRUTH.values(), strict=True):
            held += e.interval.low <= truth <= e.interval.high
            total += 1
    # Pairs of one region are not independent: bounds as for 60.
    low, high = stats.binom.interval(0.998, 60, 0.95)
    assert low / 60 <= held / total <= high / 60


def test_contrasts_add_up_and_scale_with_the_outcome():
    panel, arm = region()
    ab, ac, bc = values(panel, arm)
    assert ab + bc == pytest.approx(ac)
    frame = panel.frame.assign(output=3 + 250 * panel.frame["output"])
    assert values(replace(panel, frame=frame), arm) == pytest.approx(
        [250 * v for v in (ab, ac, bc)]
    )


def test_a_year_in_which_an_arm_had_nearly_nobody_is_left_out():
    panel, arm = region(years=(2020, 2021, 2022))
    cohort = panel.frame.groupby("entity")["cohort"].first()
    gone = arm[(arm == "b") & (cohort == 2022)].index[4:]
    panel = panel.only(~panel.frame["entity"].isin(gone))
    late = cohort[cohort == 2022].index
    without = panel.only(~panel.frame["entity"].isin(late))
    assert values(panel, arm) == pytest.approx(values(without, arm))
    found = between(asks(panel), arm)
    assert found[0].n_treated == ((arm == "a") & (cohort != 2022)).sum()


def test_an_arm_of_hardly_anybody_does_not_take_the_others_with_it():
    panel, arm = region()
    rare = arm[arm == "c"].index
    panel = panel.only(~panel.frame["entity"].isin(rare[6:]))
    found = between(asks(panel), arm)
    assert [e.about.treatment for e in found] == ["a - b"]
    of_two = panel.only(~panel.frame["entity"].isin(rare))
    (alone,) = between(asks(of_two, PAIRS[:1]), arm)
    assert found[0] == alone
    assert between(asks(panel), arm[arm != "c"])[0] == alone


def test_a_trait_that_nobody_of_an_arm_has_is_passed_over():
    panel, arm = region()
    rare = panel.frame["entity"].map(arm == "a").astype(float)
    with_it = replace(
        panel, frame=panel.frame.assign(rare=rare), covariates=(*panel.covariates, "rare")
    )
    assert values(with_it, arm) == pytest.approx(values(panel, arm))


def test_few_new_people_are_not_told_by_two_years_reports():
    panel, arm = region(years=(2020, 2021, 2022, 2023))
    cohort = panel.frame.groupby("entity")["cohort"].first()
    new = arm[(arm == "b") & (cohort == 2023)].index
    panel = panel.only(~panel.frame["entity"].isin(new[6:]))
    (ab, _, bc) = between(asks(panel), arm)
    known = ((arm == "b") & (cohort < 2023)).sum()
    assert (ab.n_control, bc.n_treated) == (known, known)
    assert ab.n_treated == (arm == "a").sum()


def test_what_cannot_be_compared_gives_nothing():
    panel, arm = region()
    flat = replace(panel, frame=panel.frame.assign(output=6.0))
    one_cluster = replace(panel, frame=panel.frame.assign(cluster=0))
    unmeasured = replace(panel, frame=panel.frame.assign(output=np.nan))
    untreated = replace(panel, frame=panel.frame.assign(cohort=NEVER))
    for bare in (flat, one_cluster, unmeasured, untreated, replace(panel, unfit="few_employees")):
        assert between(asks(bare), arm) == ()
    assert between({}, arm) == ()
    assert between(asks(panel), arm.iloc[:0]) == ()
