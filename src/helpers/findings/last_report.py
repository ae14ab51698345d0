"""This year's report beside last year's: the same effects then and now, figures of earlier years
that were revised, and what changed in the plan. Nothing is called a rise or a fall here: two
reports rest on mostly the same people.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from helpers.contracts import (
    UNITS,
    Answer,
    Finding,
    Interval,
    Plan,
    Text,
    Unit,
    UnitLabel,
    count,
    effect_unit,
)
from helpers.contracts.earlier_report import EarlierReport
from helpers.contracts.plan_file import differences
from helpers.contracts.points import Point
from helpers.findings.words import label, thing, told

_EFFECT: Final = ".effect"
_QUESTIONS: Final = ("productivity", "satisfaction")


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """One effect in both reports: amount with range, and grade; empty where a report had none."""

    what: Text
    then: Text
    then_grade: Text
    now: Text
    now_grade: Text


@dataclass(frozen=True, slots=True)
class Revised:
    """A figure of an earlier year that the two reports give differently."""

    what: Text
    year: int
    then: Text
    now: Text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side; ``file`` and ``sha256`` name the earlier one's manifest, ``plan``
    the keys that changed with their old and new values.
    """

    year: int
    file: str
    sha256: str
    effects: tuple[ThenAndNow, ...]
    revised: tuple[Revised, ...]
    plan: Mapping[str, tuple[Any, Any]]
    point: Point


def compared_with_last(earlier: EarlierReport, answers: Sequence[Answer], plan: Plan) -> Comparison:
    """This year's answers beside an earlier report.

    Parameters
    ----------
    earlier : the report of a year before.
    answers : of this year's pages.
    plan : names the main outcomes, and is compared with the earlier one.

    Returns
    -------
    Effects that either report estimated, main outcomes first; every figure of everybody, of a year
    up to the earlier report's, that is written differently now.
    """
    of = plan.outcomes
    main = (of.productivity.primary, of.satisfaction.primary)
    findings = {
        f.id: f
        for a in answers
        for f in a.findings
        if f.id.endswith(_EFFECT) and f.question in _QUESTIONS
    }
    order = sorted(findings, key=lambda i: findings[i].outcome not in main)
    rows = [e for a in answers for e in a.rows("primary")]
    baselines: Baselines = {(e.about.question, e.outcome): e.baseline_mean for e in rows}
    effects = {
        i: _then_and_now(findings[i], earlier.findings.get(i), earlier.baselines, baselines)
        for i in order
    }
    parts = [a.indicators for a in answers if len(a.indicators)]
    now = pd.concat(parts, ignore_index=True) if parts else earlier.indicators.iloc[:0]
    revised = tuple(_revised(earlier, now))
    changed = differences(earlier.plan, plan.values) if earlier.plan else {}
    leading = [findings[i] for i in order if findings[i].outcome in main]
    return Comparison(
        earlier.year,
        earlier.file,
        earlier.sha256,
        tuple(e for e in effects.values() if e.then or e.now),
        revised,
        changed,
        Point("last", text=_in_short(earlier, leading, baselines, len(revised), len(changed))),
    )


Baselines = Mapping[tuple[str, str], float]


def effect_of(report: EarlierReport | None, question: str, outcome: str) -> tuple[Text, Text]:
    """An effect of a report with its range, and its grade; empty where the report has none.

    Parameters
    ----------
    report : None where there is none.
    question, outcome : of the effect.
    """
    record = report.findings.get(f"{question}.{outcome}{_EFFECT}") if report is not None else None
    if report is None or record is None or record.get("unit_label") not in UNITS:
        return Text(), Text()
    baseline = report.baselines.get((question, outcome), math.nan)
    amount = _amount(_told_interval(record), record["unit_label"], baseline)
    return amount, told(f"grade.{record['grade']}")


def _then_and_now(
    finding: Finding, before: Mapping[str, Any] | None, then: Baselines, now: Baselines
) -> ThenAndNow:
    interval = Interval() if before is None else _told_interval(before)
    # Another unit is another question: the two amounts cannot stand beside each other.
    same = before is not None and before.get("unit_label") == finding.unit_label
    of = (finding.question, finding.outcome)
    return ThenAndNow(
        told(f"outcome.{finding.outcome}"),
        _amount(interval, finding.unit_label, then.get(of, math.nan)) if same else Text(),
        told(f"grade.{before['grade']}") if before is not None else Text(),
        _amount(finding.interval, finding.unit_label, now.get(of, math.nan)),
        told(f"grade.{finding.grade}"),
    )


def _told_interval(record: Mapping[str, Any]) -> Interval:
    low, value, high = (
        float(record[k]) if isinstance(record.get(k), (int, float)) else math.nan
        for k in ("ci_low", "estimate", "ci_high")
    )
    return Interval(value, low, high)


def _amount(interval: Interval, label: UnitLabel, baseline: float) -> Text:
    """An effect with its range; empty where it is unknown."""
    if not interval.known:
        return Text()
    unit = effect_unit(label, baseline)
    return told(
        "last.amount",
        value=unit.change(interval.value),
        span=unit.change_span(interval.low, interval.high),
    )


def _revised(earlier: EarlierReport, now: pd.DataFrame) -> Iterator[Revised]:
    keys = ["indicator", "year"]
    sides = [
        f[(f["group_by"] == "all") & (f["year"] <= earlier.year)].dropna(subset=["value"])
        for f in (earlier.indicators, now)
    ]
    both = sides[0].merge(sides[1], on=keys, suffixes=("_then", "_now"))
    for row in both.sort_values(["year", "indicator"], ascending=[False, True]).to_dict("records"):
        if row["unit_label_then"] != row["unit_label_now"]:
            continue
        unit = UNITS[row["unit_label_now"]]
        then, this = unit.plain(row["value_then"]), unit.plain(row["value_now"])
        if then != this:
            yield Revised(label(row["indicator"]), int(row["year"]), then, this)


def _unit_once(unit: Unit) -> Callable[[float], Text]:
    """How an amount is written before another one that tells the unit."""
    return unit.apart if unit.name == unit.difference else unit.change


def _in_short(
    earlier: EarlierReport,
    leading: Sequence[Finding],
    baselines: Baselines,
    revised: int,
    changed: int,
) -> Text:
    """The whole comparison in about 25 words; whether ranges overlap stands for the ranges."""
    said, apart = Text(), 0
    for finding in leading:
        before, of = earlier.findings.get(finding.id), (finding.question, finding.outcome)
        then = Interval() if before is None else _told_interval(before)
        now = finding.interval
        if before is None or before["unit_label"] != finding.unit_label:
            continue
        if not (then.known and now.known):
            continue
        apart += then.high < now.low or now.high < then.low
        then_unit = effect_unit(finding.unit_label, earlier.baselines.get(of, math.nan))
        now_unit = effect_unit(finding.unit_label, baselines.get(of, math.nan))
        said += told(
            "last.effect",
            what=thing(finding.outcome),
            then=_unit_once(then_unit)(then.value),
            now=now_unit.change(now.value),
        )
    if said:
        said += told("last.apart" if apart else "last.overlap")
    else:
        said = told("last.no_effect", year=earlier.year)
    if revised or not changed:
        said += told("last.revised" if revised else "last.none_revised", n=count(revised))
    return said + (told("last.plan_changed", n=count(changed)) if changed else Text())
