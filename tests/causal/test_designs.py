"""Estimates against an independent formula, degenerate designs, and the evidence rule."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from helpers import causal, findings
from helpers.causal import Ask, checks, evidence, inference
from helpers.causal.design import design
from helpers.causal.estimate import group_time_att
from helpers.causal.fit import Fits, fit
from helpers.contracts import TABLES, About, Check, Estimate, Interval, SmallestEffect, Study
from helpers.contracts.panel import NEVER, Panel
from helpers.contracts.results import CheckName
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
    return Panel(pd.DataFrame(rows), (outcome,), (), {outcome: "IKM points"})


def test_randomisation_repeats_the_librarys_estimate():
    plot = design(_panel(), "ikm")
    fit = group_time_att(plot.frame, "ikm", cluster=None)
    table = plot.frame.pivot(index="entity", columns="year", values="ikm").sort_index()
    dates = plot.frame.drop_duplicates("entity").sort_values("entity")["cohort"].to_numpy()
    value, error = inference.overall_effect(table.to_numpy(float), table.columns.to_numpy(), dates)
    assert value == pytest.approx(fit.overall.value, abs=1e-10)
    assert error == pytest.approx(fit.overall.std_error, rel=0.1)


def test_randomisation_p_values_hold_their_size():
    """Worlds without any effect: p below 0.10 about one time in ten (80 worlds, three Monte Carlo errors)."""
    small = 0
    for seed in range(80):
        plot = design(_panel(units=16, effect=0.0, seed=seed), "ikm")
        fit = group_time_att(plot.frame, "ikm", cluster=None)
        small += inference.randomise(plot, fit, draws=99, seed=1).p_value < 0.10
    assert small <= 80 * 0.10 + 3 * math.sqrt(80 * 0.1 * 0.9)


def test_event_averages_are_consistent():
    fit = group_time_att(design(_panel(effect=2.0), "ikm").frame, "ikm")
    assert causal.average(fit, "group").value == pytest.approx(fit.overall.value, abs=0.6)
    assert causal.average(fit, "dynamic").std_error > 0


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
    return Panel(frame, ("ikm",), (), {"ikm": "IKM points"})


OUTCOME = SmallestEffect(0.5)
_COLUMNS = (
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
    return Panel(frame, _COLUMNS, (), dict.fromkeys(_COLUMNS, "IKM points"))


@pytest.fixture
def study(plan) -> Study:
    empty = {name: pd.DataFrame() for name in TABLES}
    return Study(2023, plan, **empty, exclusions=pd.DataFrame(), linkage=pd.DataFrame())


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
        finding = findings.graded.effect(effect)
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
    effects = causal.effects(asks(study, _wide(Panel(frame, ("ikm",), (), {"ikm": "IKM points"}))))
    assert findings.graded.simple_comparisons(effects[0]).en
    assert "before_after" not in {e.estimator for e in effects[0].estimates}


def _estimate(value: float, low: float, high: float) -> Estimate:
    about = About("productivity", "output_per_day", "output/day", 2024, "t")
    return Estimate(about, Interval(value, low, high, 1.0), "primary", "ATT", "e")


def _checks(names: tuple[str, ...], **failed: bool | None) -> list[Check]:
    return [Check(n, 0, 0, failed.get(n, True)) for n in names]


ALL = tuple(dict.fromkeys((*evidence.STRONG, *evidence.MODERATE)))


def test_the_evidence_rule_row_by_row():
    up, down = _estimate(2, 1, 3), _estimate(-2, -3, -1)
    assert evidence.grade(up, _checks(ALL), 0.5) == ("increase", "strong")
    assert evidence.grade(down, _checks(ALL), 0.5) == ("decrease", "strong")
    for name in set(evidence.STRONG) - set(evidence.MODERATE):
        assert evidence.grade(up, _checks(ALL, **{name: False}), 0.5) == ("increase", "moderate"), (
            name
        )
    for name in set(evidence.MODERATE) - {"interval"}:
        assert evidence.grade(up, _checks(ALL, **{name: False}), 0.5)[1] == "weak", name
    assert evidence.grade(up, _checks(ALL, pre_trend=False), 0.5) == ("increase", "weak")
    assert evidence.grade(up, _checks(ALL, placebo=None), 0.5) == ("increase", "weak")
    assert evidence.grade(_estimate(0.1, -0.2, 0.4), _checks(ALL), 0.5) == (
        "no_meaningful_effect",
        "none",
    )
    assert evidence.grade(_estimate(0.1, -0.2, 0.6), _checks(ALL), 0.5) == ("inconclusive", "none")
    assert evidence.grade(up, _checks(ALL, interval=False), 5.0) == ("no_meaningful_effect", "none")
    assert evidence.grade(_estimate(math.nan, math.nan, math.nan), _checks(ALL), 0.5) == (
        "inconclusive",
        "none",
    )


@pytest.mark.parametrize("left_out", evidence.MODERATE)
def test_a_check_that_was_not_made_counts_as_not_passed(left_out):
    made = [c for c in _checks(evidence.MODERATE) if c.name != left_out]
    assert evidence.grade(_estimate(2, 1, 3), made, 0.5)[1] in ("weak", "none")


def test_todays_checks_reach_no_more_than_weak(study):
    effects = causal.effects(asks(study, _wide(_panel(effect=8.0))))
    assert {e.grade for e in effects} == {"weak"}
    assert all(e.primary.role == "primary" for e in effects)
    assert [f.ask.measured for f in effects[0].fits.of("placebo")] == [
        "persyaratan",
        "biaya",
        "sarana",
    ]


def _fits(frame: pd.DataFrame) -> Fits:
    return Fits((fit(_asked(Panel(frame, ("ikm",), (), {"ikm": "IKM points"}))),))


def test_the_pre_trend_test_finds_a_trend_and_holds_its_size():
    frame = _panel(units=40, effect=0.0, seed=5).frame
    moving = frame.assign(
        ikm=frame["ikm"] + 1.5 * (frame["year"] - 2018) * (frame["cohort"] != NEVER)
    )
    assert checks.pre_trend(_fits(moving))[0].passed is False
    rejected = sum(
        not checks.pre_trend(_fits(_panel(units=30, effect=0.0, seed=s).frame))[0].passed
        for s in range(60)
    )
    assert rejected <= 60 * 0.05 + 3 * math.sqrt(60 * 0.05 * 0.95)


def test_the_smallest_detectable_effect_is_2_8_errors():
    fits = _fits(_panel(effect=2.0).frame)
    found = checks.smallest_detectable(fits)[0]
    assert found.figure == pytest.approx(fits.primary.estimate.interval.std_error * 2.8015852)
    assert found.passed == (found.figure <= OUTCOME.size)


def test_every_check_tells_its_own_name_once():
    fits = _fits(_panel(effect=2.0).frame)
    names = [c.name for check in checks.CHECKS for c in check(fits)]
    assert len(set(names)) == len(names) and set(names) <= set(get_args(CheckName))
