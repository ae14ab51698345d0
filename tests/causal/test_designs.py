"""Estimates against an independent formula, degenerate designs, and the evidence rule."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers import causal, findings
from helpers.causal import Ask, averages, cells, checks, designs, evidence, inference
from helpers.causal.averages import EventStudy
from helpers.causal.cells import UNITS
from helpers.causal.checks import leads, zero
from helpers.causal.design import design
from helpers.causal.fit import Fits, fit
from helpers.contracts import (
    TABLES,
    About,
    Check,
    Estimate,
    Interval,
    SmallestEffect,
    Study,
    schemas,
)
from helpers.contracts.check_names import CheckName
from helpers.contracts.panel import NEVER, Panel
from helpers.contracts.prepared_tables import prepared_schema
from helpers.contracts.results import Question
from helpers.questions.satisfaction_effect import asks


def _panel(
    units: int = 30, years: int = 6, effect: float = 1.0, seed: int = 0, outcome: str = "ikm"
) -> Panel:
    rng = np.random.default_rng(seed)
    cohort = rng.choice([NEVER, 2021, 2022, 2023], units)
    rows = [
        {"entity": i, "cluster": i, "year": 2018 + t, "cohort": cohort[i],
         outcome: 80 + rng.normal() + t + effect * (cohort[i] != NEVER and 2018 + t >= cohort[i])}
        for i in range(units) for t in range(years)
    ]  # fmt: skip
    frame = pd.DataFrame(rows).assign(near_threshold=0)
    return Panel(frame, (outcome,), (), {outcome: "IKM points"}, True)


def test_randomisation_repeats_the_estimate_of_the_cells():
    plot = design(_panel(), "ikm")
    of = plot.of
    value, error = inference.overall_effect(of.outcome, of.years, of.cohort, UNITS)
    ours = averages.average(designs.primary_cells(of, designs.How("none", UNITS)))
    assert value == pytest.approx(ours.value, abs=1e-10)
    assert error == pytest.approx(ours.std_error, rel=1e-9)


def test_randomisation_is_centred_on_its_own_statistic_where_unit_years_are_missing():
    frame = _panel(units=24, effect=2.0, seed=3).frame
    holes = frame.drop(frame.sample(frac=0.15, random_state=1).index)
    of = design(Panel(holes, ("ikm",), (), {"ikm": "IKM points"}, True), "ikm").of
    value, _ = inference.overall_effect(of.outcome, of.years, of.cohort, UNITS)
    dealt = inference.randomise(of, UNITS, draws=99, seed=1)
    assert (dealt.low + dealt.high) / 2 == pytest.approx(value)


def test_randomisation_p_values_hold_their_size():
    """Worlds without any effect: p below 0.10 about one time in ten (80 worlds, three Monte Carlo errors)."""
    small = 0
    for seed in range(80):
        of = design(_panel(units=16, effect=0.0, seed=seed), "ikm").of
        small += inference.randomise(of, UNITS, draws=99, seed=1).p_value < 0.10
    assert small <= 80 * 0.10 + 3 * math.sqrt(80 * 0.1 * 0.9)


@given(
    st.lists(st.integers(0, 40), min_size=19, max_size=199).map(lambda ts: np.array(ts) / 10),
    st.integers(0, 45).map(lambda t: t / 10),
)
def test_an_interval_by_draws_leaves_out_zero_where_its_p_value_says_so(ts, observed):
    p = (1 + int((ts >= observed - 1e-12).sum())) / (1 + len(ts))
    assert (observed > inference.critical(ts) + 1e-12) == (p < 0.05)


def test_too_few_draws_leave_out_nothing():
    assert inference.critical(np.zeros(18)) == math.inf
    assert inference.critical(np.zeros(20)) == 0.0


def test_a_wild_cluster_bootstrap_holds_its_size_with_forty_units():
    small = 0
    for seed in range(100):
        of = design(_panel(units=40, effect=0.0, seed=seed), "ikm").of
        after = designs.primary_cells(of, designs.How("none", UNITS))
        found = inference.wild_cluster(after, draws=199, seed=1)
        assert (found.low + found.high) / 2 == pytest.approx(averages.average(after).value)
        assert (found.p_value < 0.05) == (not found.low <= 0 <= found.high)
        small += found.p_value < 0.10
    assert small <= 100 * 0.10 + 3 * math.sqrt(100 * 0.1 * 0.9)


def test_an_event_study_agrees_with_the_cells_that_it_averages():
    plot = design(_panel(effect=2.0), "ikm")
    how = designs.How("none", UNITS)
    cells = [*designs.primary_cells(plot.of, how), *designs.lead_cells(plot.of, how)]
    study = averages.event_study(cells)
    for time, point in study.points.items():
        alone = averages.average([c for c in cells if c.time == time])
        assert (point.value, point.std_error) == pytest.approx((alone.value, alone.std_error))
    effects, cov = study.at((0, 1))
    assert cov[0, 1] == cov[1, 0]
    assert np.all(np.abs(effects - 2.0) < 4 * np.sqrt(np.diag(cov)))


def _broken(change: str) -> Panel:
    frame = _panel().frame
    if change == "no_treated":
        frame = frame.assign(cohort=NEVER)
    elif change == "no_history":
        frame = frame.assign(cohort=2018)
        frame.loc[frame["entity"] == 0, "cohort"] = 2030
    elif change == "no_controls":
        frame = frame.assign(cohort=2021)
    elif change == "constant_outcome":
        frame = frame.assign(ikm=80.0)
    elif change == "no_rows":
        frame = frame.assign(ikm=np.nan)
    elif change == "too_few_units":
        frame = frame[frame["entity"] < 3].assign(cohort=[2021] * 6 + [NEVER] * 12)
    return Panel(frame, ("ikm",), (), {"ikm": "IKM points"}, True)


OUTCOME = SmallestEffect(0.5)
_COLUMNS = (
    "staff_unsur",
    "ikm",
    "waktu",
    "kompetensi",
    "perilaku",
    "prosedur",
    "pengaduan",
    "persyaratan",
    "biaya",
    "sarana",
)


def _asked(panel: Panel, outcome: str = "ikm") -> Ask:
    return Ask(panel, "satisfaction", outcome, "trained_share>=0.3", 2023, OUTCOME)


def _wide(panel: Panel) -> Panel:
    """The same outcome under every name that the plan asks for."""
    frame = panel.frame.assign(**dict.fromkeys(_COLUMNS, panel.frame["ikm"]))
    return Panel(frame, _COLUMNS, (), dict.fromkeys(_COLUMNS, "IKM points"), True)


@pytest.fixture
def study(plan) -> Study:
    empty = {name: schemas.empty(prepared_schema(name)) for name in TABLES}
    return Study(2023, plan, **empty, exclusions=pd.DataFrame(), linkage=pd.DataFrame())


def test_a_change_that_is_the_same_for_all_is_named():
    frame = _panel().frame.assign(ikm=lambda f: 80.0 + f["entity"] + f["year"])
    ask = _asked(Panel(frame, ("ikm",), (), {"ikm": "IKM points"}, True))
    assert fit(ask).design.obstacle == "constant_outcome"


def test_a_year_before_training_that_nobody_measured_is_named_not_the_controls():
    frame = _panel().frame
    gone = (
        (frame["cohort"] != NEVER) & (frame["year"] == frame["cohort"] - 1) & (frame["entity"] > 0)
    )
    kept = frame[~gone | (frame["entity"] == frame.loc[gone, "entity"].min())]
    for rows, obstacle in (
        (kept, "few_measured"),
        (frame[frame["cohort"].isin([2021, 2022])], None),
    ):
        ask = _asked(Panel(rows.reset_index(drop=True), ("ikm",), (), {"ikm": "IKM points"}, True))
        assert fit(ask).design.obstacle == obstacle
    alone = frame.assign(cohort=frame["cohort"].replace({2022: 2021, 2023: 2021}))
    few = alone[
        (alone["cohort"] != NEVER)
        | (alone["entity"] == alone.loc[alone["cohort"] == NEVER, "entity"].min())
    ]
    ask = _asked(Panel(few.reset_index(drop=True), ("ikm",), (), {"ikm": "IKM points"}, True))
    assert fit(ask).design.obstacle == "no_controls"


@pytest.mark.parametrize(
    "obstacle",
    ["no_treated", "no_controls", "constant_outcome", "no_rows", "too_few_units", "no_history"],
)
def test_a_design_that_cannot_answer_says_why(study, obstacle):
    panel = _broken(obstacle)
    expected = {"no_history": ("no_history", "no_treated")}.get(obstacle, (obstacle,))
    assert design(panel, "ikm").obstacle in expected
    effects = causal.effects(asks(study, _wide(panel)))
    for effect in effects:
        finding = findings.graded.effect(effect, study.plan)
        assert (finding.claim, finding.grade, finding.may_claim_cause) == (
            "inconclusive",
            "none",
            False,
        )
        assert finding.text.id and finding.text.en
        for told in (
            findings.graded.pre_trend,
            findings.graded.simple_comparisons,
            findings.graded.detectable,
        ):
            assert told(effect).id
    assert not effects[0].primary.interval.known


def test_a_single_treated_unit_is_told_in_words(study):
    """Before–after needs two units, trained–untrained does not: one of the simple comparisons is missing."""
    frame = _panel(units=12, effect=2.0).frame.assign(cohort=NEVER)
    frame.loc[frame["entity"] == 0, "cohort"] = 2021
    effects = causal.effects(
        asks(study, _wide(Panel(frame, ("ikm",), (), {"ikm": "IKM points"}, True)))
    )
    assert findings.graded.simple_comparisons(effects[0]).en
    assert "before_after" not in {e.estimator for e in effects[0].estimates}


def _estimate(
    value: float,
    low: float,
    high: float,
    question: Question = "productivity",
    outcome: str = "output_per_day",
) -> Estimate:
    about = About(question, outcome, "output/day", 2024, "t")
    return Estimate(about, Interval(value, low, high, 1.0), "primary", "ATT", "e")


def _names(rule: evidence.Rule) -> tuple[CheckName, ...]:
    return tuple(dict.fromkeys(name for row in rule for name in row))


def _checks(names: tuple[str, ...], **failed: bool | None) -> list[Check]:
    return [Check(n, 0, 0, failed.get(n, True)) for n in names]


ALL = _names((*evidence.STRONG, *evidence.UNITS, *evidence.NO_EFFECT))
THEME = _estimate(2, 1, 3, "methods_dose")
UP, DOWN, FLAT = _estimate(2, 1, 3), _estimate(-2, -3, -1), _estimate(0.1, -0.2, 0.4)
STAFF = _estimate(2, 1, 3, "satisfaction", "staff_unsur")


def test_the_evidence_rule_row_by_row():
    assert evidence.grade(UP, _checks(ALL)) == ("increase", "strong")
    assert evidence.grade(DOWN, _checks(ALL)) == ("decrease", "strong")
    needed = set(_names(evidence.RULE_A)) - {"bounds_training_year", "bounds_two_years", "interval"}
    for name in needed:
        assert evidence.grade(UP, _checks(ALL, **{name: False})) == ("increase", "weak"), name
    only_strong = {"symmetric", "own_line", "placebo_date", "confounder", "pre_trend_power"}
    for name in (*only_strong, "bounds_training_year", "placebo_outcomes"):
        assert evidence.grade(UP, _checks(ALL, **{name: False})) == ("increase", "moderate"), name
    neither = _checks(ALL, bounds_training_year=False, bounds_two_years=False)
    assert evidence.grade(UP, neither) == ("increase", "weak")
    without = [c for c in _checks(ALL) if c.name != "placebo_outcomes"]
    assert evidence.grade(UP, without) == ("increase", "strong")
    assert evidence.grade(_estimate(math.nan, math.nan, math.nan), _checks(ALL)) == (
        "inconclusive",
        "none",
    )


def test_a_theme_needs_a_pretended_date_without_effect():
    needed = _names(evidence.RULE_OF_THEMES)
    assert evidence.grade(THEME, _checks(needed)) == ("increase", "moderate")
    assert evidence.grade(THEME, _checks(needed, placebo_date=False)) == ("increase", "weak")
    assert evidence.grade(UP, _checks(needed, placebo_date=False)) == ("increase", "moderate")


def test_an_interval_that_holds_zero_means_no_effect_only_where_the_robust_bounds_are_small():
    assert evidence.grade(FLAT, _checks(ALL)) == ("no_meaningful_effect", "none")
    for name in ("pre_trend", "dip", "robust_inside"):
        found = evidence.grade(FLAT, _checks(ALL, **{name: False}))
        assert found == ("inconclusive", "none"), name
    assert evidence.grade(UP, _checks(ALL, interval=False, robust_inside=False)) == (
        "inconclusive",
        "none",
    )


def test_of_satisfaction_only_what_a_shock_to_the_unit_leaves_alone_is_more_than_weak():
    assert evidence.grade(STAFF, _checks(ALL)) == ("increase", "moderate")
    either = {"bounds_training_year", "bounds_two_years"}
    neither = _checks(ALL, **dict.fromkeys(either, False))
    assert evidence.grade(STAFF, neither) == ("increase", "weak")
    for name in set(_names(evidence.UNITS)) - {"interval", *either}:
        assert evidence.grade(STAFF, _checks(ALL, **{name: False})) == ("increase", "weak"), name
    for other in ("ikm", "waktu"):
        found = evidence.grade(_estimate(2, 1, 3, "satisfaction", other), _checks(ALL))
        assert found == ("increase", "weak")


@pytest.mark.parametrize("left_out", _names(evidence.RULE_A))
def test_a_check_that_was_not_made_counts_as_not_passed(left_out):
    one = "bounds_training_year"
    made = [c for c in _checks(_names(evidence.RULE_A)) if c.name not in (left_out, one)]
    kept = [] if left_out == "bounds_two_years" else _checks((one,))
    kept = [c for c in kept if c.name != left_out]
    if left_out == one:
        made = [c for c in made if c.name != "bounds_two_years"]
    assert evidence.grade(UP, [*made, *kept])[1] in ("weak", "none")


def test_satisfaction_is_asked_with_its_placebos_and_graded_by_the_rule_for_units(study):
    effects = causal.effects(asks(study, _wide(_panel(effect=8.0))))
    main, others = effects[0], effects[1:]
    assert main.primary.outcome == "staff_unsur"
    # Every column is the same here: what cannot move has moved, too.
    assert main.grade == "weak"
    assert {e.grade for e in others} == {"weak"}
    moved = {c.name: c.passed for c in main.checks}
    assert (moved["randomisation"], moved["placebo_outcomes"]) == (True, False)
    measured = [f.ask.measured for f in main.fits.of("placebo") if f.ask.measured]
    assert measured == ["persyaratan", "biaya", "sarana"]


def test_other_outcomes_are_gated_behind_the_main_one(study):
    frame = _wide(_panel(effect=8.0)).frame
    noise = np.random.default_rng(2).normal(80, 1, len(frame))
    silent = Panel(
        frame.assign(staff_unsur=noise),
        _COLUMNS,
        (),
        dict.fromkeys(_COLUMNS, "IKM points"),
        True,
    )
    main, *others = causal.effects(asks(study, silent))
    assert main.primary.p_adjusted == main.primary.p_value > 0.05
    for other in others:
        assert other.primary.p_value < 0.05 < other.primary.p_adjusted
        assert (other.claim, other.grade) == ("inconclusive", "none")
        # A range without zero is not called unclear without the reason.
        said = findings.graded.effect(other, study.plan).text
        assert "taken alone" in said.en and "dilihat sendiri" in said.id
    assert "taken alone" not in findings.graded.effect(main, study.plan).text.en


@pytest.mark.parametrize(
    ("effective", "tested"),
    [(40.0, 4), (7.0, 4), (6.9, 3), (5.0, 2), (4.0, 1), (3.9, 2), (2.9, 1), (1.9, None)],
)
def test_fewer_leads_are_tested_where_clusters_do_not_suffice_and_then_with_clusters_to_spare(
    effective, tested
):
    times = (-5, -4, -3, -2, 0)
    study_ = EventStudy(times, np.arange(5.0), np.eye(5), (9,) * 5, (effective,) * 5)
    found = leads._tested(study_, list(times[:4]))
    assert (found and found[2]) == tested
    if found:
        effects, cov, q, spare = found
        assert effects.tolist() == list(np.arange(4.0)[-q:])
        assert cov.shape == (q, q) and spare == effective - q


def _fits(frame: pd.DataFrame) -> Fits:
    return Fits((fit(_asked(Panel(frame, ("ikm",), (), {"ikm": "IKM points"}, True))),))


def test_the_pre_trend_test_finds_a_trend_and_holds_its_size():
    frame = _panel(units=40, effect=0.0, seed=5).frame
    moving = frame.assign(
        ikm=frame["ikm"] + 1.5 * (frame["year"] - 2018) * (frame["cohort"] != NEVER)
    )
    assert leads.pre_trend(_fits(moving))[0].passed is False
    rejected = sum(
        not leads.pre_trend(_fits(_panel(units=30, effect=0.0, seed=s).frame))[0].passed
        for s in range(60)
    )
    assert rejected <= 60 * 0.05 + 3 * math.sqrt(60 * 0.05 * 0.95)


def test_the_smallest_detectable_effect_rests_on_the_verdicts_own_error():
    fits = _fits(_panel(effect=2.0).frame)
    found = zero.smallest_detectable(fits)[0]
    error, df = fits.primary.average.std_error, fits.primary.average.df
    assert found.figure == pytest.approx(error * (stats.t.ppf(0.975, df) + stats.t.ppf(0.8, df)))
    assert found.passed == (found.figure <= OUTCOME.size)
    dealt = fit(replace(_asked(_panel(effect=2.0)), inference="randomised", draws=99))
    half = (dealt.estimate.interval.high - dealt.estimate.interval.low) / 2
    wider = fit(replace(dealt.ask, level=0.99)).estimate.interval
    assert wider.high - wider.low > 2 * half
    assert zero.detectable(dealt) == pytest.approx(half + error * stats.t.ppf(0.8, df))


def test_every_check_tells_its_own_name_once():
    fits = _fits(_panel(effect=2.0).frame)
    names = [c.name for check in checks.CHECKS for c in check(fits)]
    assert len(set(names)) == len(names) and set(names) <= set(get_args(CheckName))


def test_what_one_cluster_alone_tells_has_no_error():
    """A year after training in which only one unit was still observed, of both arms."""

    def cell(year, influence):
        at = np.array(influence)
        even = np.full((2, len(at)), 1 / len(at))
        return cells.Cell(
            2020, year, 1.0, at, at, even, np.arange(5), np.arange(5, 30), np.full(25, 0.04)
        )

    shared, alone = cell(2020, [0.1, 0.2, -0.1, 0.15]), cell(2021, [0.0, 0.3, 0.0, 0.0])
    assert averages.average([alone]) is None
    assert averages.event_study([alone]) is None
    study = averages.event_study([shared, alone])
    assert study.times == (0,)
    assert study.points[0].df <= 3
