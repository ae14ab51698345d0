"""Checks that are told beside the rule: figures against formulas, and worlds that they must find."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers import causal
from helpers.causal import evidence
from helpers.causal.ask import Ask
from helpers.causal.checks import (
    CHECKS,
    bounds,
    colleagues,
    confounding,
    leaving,
    likeness,
    placebos,
    zero,
)
from helpers.causal.design import design
from helpers.causal.effects import effects
from helpers.causal.fit import Fits, fit
from helpers.causal.later_years import drifted
from helpers.contracts import Check
from helpers.contracts.check_names import FIGURE_KINDS, CheckName
from helpers.contracts.panel import NEVER, Panel
from tests.causal.test_other_estimators import asked, changed, people

TOLD = {
    "breakdown",
    "balance",
    "overlap",
    "events_per_variable",
    "spillover",
    "placebo_people",
}


def fits(panel: Panel) -> Fits:
    ask: Ask = asked(panel)
    others = ask.by_other_estimators()
    chosen = [a for a in others if a.estimator == "imputation" or a.role == "placebo"]
    return Fits(tuple(fit(a) for a in (ask, *chosen)))


def sent_by_trait(strength: float, seed: int = 0, n: int = 3000) -> Panel:
    """People who are sent the more often, the higher their trait."""
    panel = people(n, seed=seed)
    rng = np.random.default_rng(seed)
    trait = panel.frame["trait"].to_numpy()[::6]
    sent = rng.random(n) < 1 / (1 + np.exp(-strength * trait + 0.5))
    cohort = np.repeat(np.where(sent, 2020, NEVER), 6)
    return changed(panel, panel.frame.assign(cohort=cohort, exposed=cohort))


def test_no_grade_rests_on_what_is_only_told() -> None:
    rules = (evidence.STRONG, evidence.UNITS, evidence.NO_EFFECT)
    assert not TOLD & {name for rule in rules for row in rule for name in row}
    assert not TOLD & set(evidence.MAY_NOT_FAIL)
    names = {c.name for check in CHECKS for c in check(fits(people(900)))}
    assert names > TOLD | set(evidence.MAY_NOT_FAIL)
    assert set(FIGURE_KINDS) | TOLD <= set(get_args(CheckName))


def test_only_the_main_outcome_is_told_of() -> None:
    alone = Fits((fit(asked(people())),))
    names = {c.name for check in CHECKS for c in check(alone)}
    assert not TOLD & names
    # What may make an effect out of nothing is looked for in every outcome.
    assert set(evidence.MAY_NOT_FAIL) <= names


def test_balance_is_that_of_the_formula_before_and_after_weighting() -> None:
    import statsmodels.api as sm

    found = fits(sent_by_trait(1.0))
    table = likeness.standardised(found.primary).set_index("covariate")
    first = found.primary.ask.panel.frame.drop_duplicates("entity")
    treated, trait = first["cohort"].to_numpy() > 0, first["trait"].to_numpy()
    spread = np.sqrt((trait[treated].var(ddof=1) + trait[~treated].var(ddof=1)) / 2)
    before = (trait[treated].mean() - trait[~treated].mean()) / spread
    assert table.loc["trait", "before"] == pytest.approx(before)
    p = sm.Logit(treated.astype(float), sm.add_constant(trait)).fit(disp=0).predict()
    odds = np.clip(p, 0.01, 0.99)[~treated]
    odds = odds / (1 - odds)
    after = (trait[treated].mean() - np.average(trait[~treated], weights=odds)) / spread
    assert table.loc["trait", "after"] == pytest.approx(after, abs=1e-4)
    assert abs(after) < 0.1 < 0.5 < before
    assert list(table.index) == ["trait", "output_per_day"]
    share = odds.sum() ** 2 / (odds**2).sum() / len(odds)
    (told,) = likeness.overlap(found)
    assert told.figure == pytest.approx(share, rel=1e-3)
    (told,) = likeness.balance(found)
    assert (told.figure, told.passed) == (pytest.approx(abs(after), abs=1e-4), True)


def test_groups_without_overlap_are_found() -> None:
    (near,) = likeness.overlap(fits(sent_by_trait(0.5)))
    (far,) = likeness.overlap(fits(sent_by_trait(5.0)))
    assert near.passed is True
    assert far.passed is False
    assert far.figure < 0.1 < 0.5 < near.figure
    assert likeness.balance(fits(sent_by_trait(8.0)))[0].passed is False


def test_groups_without_anything_in_common_and_cohorts_that_differ_in_opposite_ways_are_unlike() -> (
    None
):
    panel = people(900, seed=3)
    sent = (panel.frame["cohort"] != NEVER).astype(float)
    apart = fits(changed(panel, panel.frame.assign(trait=sent)))
    assert likeness.balance(apart)[0].passed is False
    assert likeness.overlap(apart)[0].passed is False
    assert "no settled propensity" in likeness.overlap(apart)[0].detail
    assert "no settled propensity" not in likeness.overlap(fits(panel))[0].detail
    opposite = np.sign(panel.frame["cohort"] - 2020.5) * (sent > 0)
    trait = panel.frame["trait"] + 2.0 * opposite
    table = likeness.standardised(fits(changed(panel, panel.frame.assign(trait=trait))).primary)
    assert abs(table.set_index("covariate").loc["trait", "before"]) > 1


def test_people_for_each_trait_are_those_of_the_smallest_cell() -> None:
    found = fits(people(300))
    sizes = [c.n_treated for c in found.primary.cells if c.time >= 0]
    (told,) = likeness.events_per_variable(found)
    assert told.figure == min(sizes)
    panel = found.primary.ask.panel
    more = {f"x{i}": panel.frame["trait"] * 0 + (panel.frame["entity"] % (i + 2)) for i in range(9)}
    wide = Panel(
        panel.frame.assign(**{k: v.astype(float) for k, v in more.items()}),
        panel.outcomes,
        ("trait", *more),
        panel.unit_labels,
    )
    (many,) = likeness.events_per_variable(fits(wide))
    assert many.figure == pytest.approx(min(sizes) / 10)
    assert (told.passed, many.passed) == (True, min(sizes) >= 100)


def test_the_cautious_bound_rises_to_its_top_and_falls_to_nothing() -> None:
    table = leaving.CAUTIOUS
    assert len(table) == 58
    assert (table[0], max(table), table[57]) == (5.7, 6.3, 0.0)
    top = table.index(6.3)
    steps = np.diff(table)
    assert (steps[:top] >= 0).all()
    assert (steps[top:] <= 0).all()
    assert np.abs(steps).max() < 0.25


def invited_in(panel: Panel, year: int, dip: float) -> Panel:
    """A third of the untrained were invited in a year, and never came; by a bad year before it."""
    frame, rng = panel.frame.copy(), np.random.default_rng(4)
    never = frame["cohort"] == NEVER
    invited = never & (frame["entity"].map(dict(enumerate(rng.random(10_000) < 0.33))))
    frame.loc[invited, "first_invited"] = year
    frame.loc[invited & (frame["year"] == year - 1), "output_per_day"] -= dip
    return changed(panel, frame)


def test_how_people_are_chosen_shows_in_those_who_were_invited_and_never_came() -> None:
    (still,) = placebos.placebo_people(fits(invited_in(people(1500, seed=5), 2020, 0.0)))
    (chosen,) = placebos.placebo_people(fits(invited_in(people(1500, seed=5), 2020, 0.3)))
    assert (still.passed, chosen.passed) == (True, False)
    assert float(chosen.detail) == pytest.approx(0.3, abs=0.08)
    (nobody,) = placebos.placebo_people(fits(people(900)))
    assert nobody.passed is None


def test_a_trait_stands_for_all_of_its_categories() -> None:
    panel = people(1500, effect=0.3, seed=6)
    rng = np.random.default_rng(6)
    frame = panel.frame
    sent = frame["cohort"].to_numpy()[::6] != NEVER
    # Each category tells a little of who is sent and of the change, all together much.
    level = np.where(sent, rng.choice(4, 1500, p=[0.55, 0.15, 0.15, 0.15]), rng.choice(4, 1500))
    lifted = 0.5 * np.repeat(level == 0, 6) * (frame["year"] >= 2020)
    columns = {f"kind_{k}": np.repeat((level == k).astype(float), 6) for k in (1, 2, 3)}
    wide = Panel(
        frame.assign(output_per_day=frame["output_per_day"] + lifted, **columns),
        panel.outcomes,
        ("trait", *columns),
        panel.unit_labels,
    )
    whole = replace(wide, trait_of=dict.fromkeys(columns, "kind"))
    (single,), (together,) = (confounding.confounder(fits(p)) for p in (wide, whole))
    assert single.figure == pytest.approx(together.figure)
    assert together.threshold > 1.5 * single.threshold


def test_a_wider_interval_of_the_plan_widens_the_bounds_and_what_can_be_detected() -> None:
    panel = people(1200, effect=0.3, seed=7)
    usual, sure = (Fits((fit(replace(asked(panel), level=level)),)) for level in (0.95, 0.99))
    near, wide = (bounds.bounded(f)[2].figure for f in (usual, sure))
    assert near < wide
    (seen,), (seldom,) = (zero.smallest_detectable(f) for f in (usual, sure))
    average = usual.primary.average
    needed = stats.t.ppf(0.995, average.df) + stats.t.ppf(0.8, average.df)
    assert seldom.figure == pytest.approx(needed * average.std_error)
    assert seen.figure < seldom.figure
    # The first of three outcomes that share 5%.
    (shared,) = zero.smallest_detectable(replace(usual, tested_together=3))
    needed = stats.t.ppf(1 - 0.025 / 3, average.df) + stats.t.ppf(0.8, average.df)
    assert shared.figure == pytest.approx(needed * average.std_error)


@given(st.floats(0, 100))
def test_every_overall_loss_has_a_bound(overall: float) -> None:
    assert 0 <= leaving.bound(overall) <= 6.3
    assert leaving.bound(100) == 0


def leaving_by_date(n: int, rate: float, seed: int, more: float = 0.0, once: float = 0.0) -> Panel:
    """People leave at a rate a year, at any time; who is still there is trained at a date of 2020
    or 2021. The trained leave at a rate higher by ``more``, and a share of them within the very
    year of their training.
    """
    rng = np.random.default_rng(seed)
    panel = people(n, seed=seed)
    planned = panel.frame["cohort"].to_numpy()[::6]
    date = np.where(planned == NEVER, np.inf, planned + rng.random(n))
    gone = 2017 + rng.exponential(1 / rate, n)
    trained = gone > date
    at_once = trained & (rng.random(n) < once)
    gone = np.where(at_once, np.minimum(gone, np.floor(date) + 0.999), gone)
    if more:
        gone = np.where(trained, np.minimum(gone, date + rng.exponential(1 / more, n)), gone)
    cohort = np.repeat(np.where(trained, planned, NEVER), 6)
    there = panel.frame["year"].to_numpy() + 1 <= np.repeat(gone, 6)
    frame = panel.frame.assign(cohort=cohort, exposed=cohort, first_invited=cohort)
    return changed(panel, frame[there].reset_index(drop=True))


def test_losses_are_cumulated_since_the_year_before_training() -> None:
    panel = leaving_by_date(20000, 0.10, 9)
    lost = leaving.cumulated_loss(design(panel, "output_per_day"))
    # Half a year, then two whole ones: cohort 2020 is followed to 2022.
    of_all = 1 - np.exp(-0.25)
    assert (lost.trained, lost.others) == pytest.approx((of_all, of_all), abs=0.02)
    (told,) = leaving.attrition(fits(panel))
    assert told.passed is True
    unlike = leaving_by_date(20000, 0.02, 9, more=0.1)
    lost = leaving.cumulated_loss(design(unlike, "output_per_day"))
    apart = np.exp(-0.05) * (1 - np.exp(-0.25))
    assert lost.trained - lost.others == pytest.approx(apart, abs=0.02)
    (failed,) = leaving.attrition(fits(unlike))
    assert failed.passed is False
    assert failed.figure == pytest.approx(100 * (lost.trained - lost.others))
    nobody = people().frame.assign(cohort=NEVER)
    assert leaving.cumulated_loss(design(changed(people(), nobody), "output_per_day")) is None


def test_that_the_trained_had_to_be_there_to_be_trained_is_no_difference() -> None:
    # Nobody is lost in the year of training, as where everybody is trained in December.
    panel = leaving_by_date(20000, 0.08, 9)
    frame, back = panel.frame, panel.frame[panel.frame["year"] == panel.frame["cohort"] - 1]
    missing = back[~back["entity"].isin(frame.loc[frame["year"] == frame["cohort"], "entity"])]
    again = missing.assign(year=missing["cohort"])
    kept = pd.concat([frame, again]).sort_values(["entity", "year"], ignore_index=True)
    spared = changed(panel, kept)
    lost, none = (
        leaving.cumulated_loss(design(spared, "output_per_day"), left) for left in (0.5, 0.0)
    )
    assert lost.trained < lost.others - 0.005
    (told,) = leaving.attrition(fits(spared))
    assert told.figure == pytest.approx(max(0, 100 * (none.others - lost.trained)), abs=0.01)
    assert told.figure < 2


def test_who_leaves_in_the_year_of_training_is_lost_to_the_trained() -> None:
    panel = leaving_by_date(6000, 0.03, 9, once=0.15)
    lost = leaving.cumulated_loss(design(panel, "output_per_day"))
    assert lost.trained - lost.others == pytest.approx(0.15 * np.exp(-0.075), abs=0.025)
    assert leaving.attrition(fits(panel))[0].passed is False
    # In the last year, too, when nobody can be followed further.
    short = changed(panel, panel.frame[panel.frame["year"] <= 2020].reset_index(drop=True))
    last = leaving.cumulated_loss(design(short, "output_per_day"))
    assert last.trained - last.others == pytest.approx(0.15, abs=0.03)


def leaving_after_a_fall(n: int, share: float, effect: float, seed: int = 15) -> Panel:
    """Of the trained, the share whose outcome fell most leave in the year of training."""
    panel = people(n, effect=effect, seed=seed)
    frame = panel.frame
    rise = frame["output_per_day"] - frame.groupby("entity")["output_per_day"].shift()
    own = frame["year"] == frame["cohort"]
    fell = own & (rise <= rise[own].quantile(share))
    gone = frame["entity"].isin(frame.loc[fell, "entity"]) & (frame["year"] >= frame["cohort"])
    return changed(panel, frame[~gone].reset_index(drop=True))


def test_an_effect_that_those_who_left_can_have_made_is_none() -> None:
    # A loss below the bound of losses makes a rise out of nothing.
    made = fits(leaving_after_a_fall(4000, 0.05, 0.0))
    assert made.primary.estimate.interval.sign > 0
    assert leaving.attrition(made)[0].passed is True
    (told,) = leaving.whoever_left(made)
    assert (told.passed, told.figure) == (False, 0.0)
    real = fits(leaving_after_a_fall(4000, 0.05, 0.5))
    (kept,) = leaving.whoever_left(real)
    assert kept.passed is True
    assert 0.3 < kept.figure < real.primary.estimate.interval.low
    (fall,) = leaving.whoever_left(fits(people(900, effect=-0.5, seed=15)))
    assert fall.passed is True
    assert fall.figure < 0
    assert leaving.whoever_left(fits(people(900, effect=0.0, seed=16))) == ()


def test_the_effect_of_those_who_stayed_is_told() -> None:
    panel = people(1200, seed=10)
    (still,) = leaving.movers(fits(panel))
    assert (still.passed, still.detail) == (True, "0.0% changed unit")
    frame = panel.frame.copy()
    moved = (frame["entity"] % 4 == 0) & (frame["year"] >= 2020)
    frame.loc[moved, "unit"] += 1
    treated = (frame["cohort"] != NEVER) & (frame["year"] >= frame["cohort"])
    (told,) = leaving.movers(fits(changed(panel, frame)))
    assert told.detail == "25.0% changed unit"
    assert told.passed is True
    stayed = frame[frame["entity"] % 4 != 0].reset_index(drop=True)
    alone = fit(asked(changed(panel, stayed))).estimate.interval.value
    assert told.figure == pytest.approx(alone)
    # Where only movers gain, those who stayed are outside the interval.
    frame.loc[treated & (frame["entity"] % 4 == 0), "output_per_day"] += 4
    assert leaving.movers(fits(changed(panel, frame)))[0].passed is False


def crowded(per_colleague: float, seed: int, effect: float = 0.0) -> Panel:
    """Units send 5 to 55% of their staff; the untrained gain with each trained colleague."""
    panel = people(1500, seed=seed)
    rng = np.random.default_rng(seed)
    frame = panel.frame
    unit = frame["unit"].to_numpy()[::6]
    sent = rng.random(1500) < 0.05 + 0.5 * (unit / 30)
    cohort = np.where(sent, rng.choice([2020, 2021], 1500), NEVER)
    frame = frame.assign(cohort=np.repeat(cohort, 6), exposed=np.repeat(cohort, 6))
    trained = ((frame["cohort"] != NEVER) & (frame["year"] >= frame["cohort"])).astype(float)
    share = trained.groupby([frame["unit"], frame["year"]]).transform("mean")
    lifted = frame["output_per_day"] + per_colleague * share * (trained == 0) + effect * trained
    return changed(panel, frame.assign(output_per_day=lifted))


def told_of_colleagues(found: Fits) -> dict[str, Check]:
    return {c.name: c for c in colleagues.untrained_colleagues(found)}


def test_spillover_is_found_where_it_is_and_hardly_elsewhere() -> None:
    found = fits(crowded(0.8, 11))
    assert told_of_colleagues(found)["spillover"].passed is False
    slope = colleagues.slope(colleagues.untrained(found.primary))
    assert slope.value == pytest.approx(0.8, abs=0.2)
    failed = sum(
        not told_of_colleagues(fits(crowded(0.0, seed)))["spillover"].passed
        for seed in range(40, 70)
    )
    assert failed <= 5


def test_the_slope_is_that_of_dummies_of_spells_and_years() -> None:
    import statsmodels.formula.api as smf

    rows = colleagues.untrained(fits(crowded(0.3, 12)).primary)
    # A dummy a person is slow with all of them.
    rows = rows[rows["spell"] % 5 == 0]
    found = colleagues.slope(rows)
    groups = pd.factorize(rows["unit"])[0]
    dummies = smf.ols("outcome ~ share + C(year) + C(spell)", rows).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    assert found.value == pytest.approx(dummies.params["share"])
    # Persons nested in clusters cost no degree of freedom.
    units, n, k = len(set(groups)), len(rows), rows["year"].nunique()
    corrected = dummies.bse["share"] * np.sqrt(units / (units - 1) * (n - 1) / (n - k))
    assert found.std_error == pytest.approx(corrected)
    assert found.df == units - 1
    assert colleagues.slope(rows.assign(share=0.0)) is None
    # What only the years have in common tells nothing of units.
    assert colleagues.slope(rows.assign(share=rows["year"] / 3000)) is None
    assert colleagues.slope(rows[rows["unit"].isin(sorted(set(rows["unit"]))[:3])]) is None


@pytest.mark.parametrize("effect", [0.0, 0.05, 0.15, 0.5])
def test_the_breakdown_value_is_where_the_bounds_first_hold_zero(effect: float) -> None:
    found = fits(people(900, effect=effect, seed=13))
    (told,) = bounds.breakdown_value(found)
    held = 0.0
    for magnitude in (0.25, 0.5, 0.75, 1.0, 1.5, 2.0):
        low, high = bounds.bounds(found.primary.study, (0,), magnitude)
        if low <= 0 <= high:
            break
        held = magnitude
    assert told.figure == held
    assert told.passed == (held >= 1)
    if effect in (0.0, 0.5):
        assert held == {0.0: 0.0, 0.5: 2.0}[effect]


def test_later_years_tell_less_and_the_training_year_as_much_as_its_bounds() -> None:
    (effect,) = effects([asked(people(900, effect=0.5, seed=13))])
    found = drifted(effect).set_index("horizon")
    assert list(found.index) == [0, 1, 2]
    assert tuple(found.loc[0]) == bounds.bounds(effect.fits.primary.study, (0,))
    widths = (found["high"] - found["low"]).to_numpy()
    assert (np.diff(widths) > 0).all()
    assert ((found["low"] < 0.5) & (found["high"] > 0.5)).all()
    frame = people(900, seed=13).frame
    short = changed(people(900), frame[frame["year"] >= 2019].reset_index(drop=True))
    (led_by_none,) = effects([asked(changed(short, short.frame[short.frame["cohort"] != 2021]))])
    assert drifted(led_by_none).empty


def test_an_effect_that_rests_on_one_cohort_is_told_of() -> None:
    def rests(gain: dict[int, float], small_cell: int = 10) -> causal.OneCohort | None:
        panel = people(900, effect=0.0, seed=14)
        after = panel.frame["year"] >= panel.frame["cohort"]
        lifted = panel.frame["output_per_day"] + panel.frame["cohort"].map(gain).fillna(0) * after
        lone = replace(asked(changed(panel, panel.frame.assign(output_per_day=lifted))))
        (effect,) = effects([replace(lone, small_cell=small_cell)])
        assert effect.claim == "increase" or not any(gain.values())
        return causal.rests_on(effect)

    one = rests({2020: 0.4, 2021: 0.0})
    assert one is not None
    assert one.year == 2020
    low, high = one.without.interval()
    assert low < 0 < high
    assert rests({2020: 0.4, 2021: 0.4}) is None
    assert rests({2020: 0.0, 2021: 0.0}) is None
    assert rests({2020: 0.4, 2021: 0.0}, small_cell=240) is None


def test_the_error_of_a_difference_of_losses_is_how_it_spreads_about_none() -> None:
    found = [
        leaving.cumulated_loss(design(leaving_by_date(600, 0.12, seed), "output_per_day"))
        for seed in range(200)
    ]
    gaps = np.array([lost.trained - lost.others for lost in found])
    mean_error = float(np.mean([lost.std_error for lost in found]))
    assert gaps.std(ddof=1) == pytest.approx(mean_error, rel=0.15)
    # Nobody counts as a survivor for having been there to be trained.
    assert abs(gaps.mean()) < 3 * mean_error / np.sqrt(len(gaps))


def test_whom_the_comparison_leaves_out_is_not_lost() -> None:
    panel = people(2000, seed=9)
    frame = panel.frame
    out_from = np.where(frame["entity"] % 3 == 0, 2021, NEVER)
    cut = frame.assign(left_out_from=out_from)
    cut = cut[(cut["left_out_from"] == NEVER) | (cut["year"] < cut["left_out_from"])]
    kept = changed(panel, cut.reset_index(drop=True))
    lost = leaving.cumulated_loss(design(kept, "output_per_day"))
    assert (lost.trained, lost.others) == (0.0, 0.0)
    blind = changed(panel, cut.drop(columns="left_out_from").reset_index(drop=True))
    assert leaving.cumulated_loss(design(blind, "output_per_day")).others > 0.2


def test_work_taken_from_colleagues_is_found_and_help_is_not_called_so() -> None:
    def displaced(per_colleague: float, seed: int, effect: float) -> Check:
        return told_of_colleagues(fits(crowded(per_colleague, seed, effect)))["displacement"]

    assert displaced(-0.8, 11, 1.0).passed is False
    assert displaced(0.8, 11, 1.0).passed is True
    # Colleagues who gain make a loss out of nothing.
    assert displaced(0.8, 11, -1.0).passed is False
    assert sum(not displaced(0.0, seed, 1.0).passed for seed in range(70, 100)) <= 5


@pytest.mark.parametrize("name", evidence.MAY_NOT_FAIL)
def test_no_cause_is_named_beside_what_may_not_fail(name: CheckName) -> None:
    found = fits(people(900, effect=0.5, seed=13)).primary.estimate
    passed = [Check(n, 0.0, 0.0, True) for row in (*evidence.RULE_A, *evidence.STRONG) for n in row]
    assert evidence.grade(found, passed)[1] == "strong"
    assert evidence.grade(found, [*passed, Check(name, 0.0, 0.0, True)])[1] == "strong"
    assert evidence.grade(found, [*passed, Check(name, 0.0, 0.0, False)])[1] == "weak"
    assert evidence.failing([Check(name, 0.0, 0.0, False)]) == (name,)
    # A region without movers, say, cannot be judged by them.
    assert evidence.grade(found, [*passed, Check(name, 0.0, 0.0, None)])[1] == "strong"
