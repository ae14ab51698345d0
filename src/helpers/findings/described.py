"""Descriptions to findings: trends, ratings, participation. None of them may claim a cause."""

from __future__ import annotations

import pandas as pd

from helpers import measures
from helpers.contracts import (
    UNITS,
    UNKNOWN,
    Finding,
    Interval,
    Study,
    Text,
    UnitLabel,
    codes,
    count,
)
from helpers.contracts.results import Question
from helpers.contracts.units import OUTPUT_PER_DAY, SHARE
from helpers.describe import Change, Participation, told_invitations
from helpers.findings import invited
from helpers.findings.invited import group_name, most_frequent_reason, widest_gap
from helpers.findings.words import label, told

__all__ = [
    "activities",
    "described",
    "discipline",
    "group_name",
    "most_frequent_reason",
    "no_values",
    "participation",
    "rating",
    "scale_break",
    "trend",
    "widest_gap",
]


def described(
    key: str,
    question: Question,
    outcome: str,
    text: Text,
    interval: Interval = UNKNOWN,
    unit: UnitLabel = "",
) -> Finding:
    """A finding that describes and claims nothing.

    Parameters
    ----------
    key : the finding's id: question, indicator, and ``level``, ``trend`` or ``difference``.
    question : the question that it answers.
    outcome : an indicator or outcome by its name in the catalogues.
    text : the whole sentence.
    interval : unknown where the sentence has no figure, or several.
    unit : of the interval; empty where there is none.

    Returns
    -------
    Claim ``descriptive``, grade ``none``.
    """
    return Finding(key, question, outcome, "descriptive", "none", interval, unit, text)


def trend(
    question: Question, indicator: str, change: Change | None, year: int, why: Text
) -> Finding:
    """How an indicator moved up to a year, with the warning that movement has many reasons.

    Parameters
    ----------
    question : the question that it answers.
    indicator : by its name in the catalogues.
    change : None where there is no change to be told; ``why`` then says for what reason.
    year : the report's own.
    why : a sentence that follows; empty for none.
    """
    key = f"{question}.{indicator}.trend"
    if change is None:
        return described(
            key,
            question,
            indicator,
            why
            or told(
                "trend.unknown",
                outcome=told(f"outcome.{indicator}"),
                year=year,
            ),
        )
    return described(
        key, question, indicator, _moved(change) + why, change.interval, change.unit_label
    )


def _moved(change: Change) -> Text:
    unit, sign = UNITS[change.unit_label], change.interval.sign
    shown = change.interval.mirrored if sign < 0 else change.interval
    way = {1: "rose", -1: "fell", 0: "flat"}[sign] if change.interval.known else "no_interval"
    return told(
        f"trend.{way}",
        outcome=told(f"outcome.{change.indicator}"),
        first_year=change.first_year,
        last_year=change.last_year,
        change=unit.change(shown.value),
        last=unit.level(change.last),
        span=unit.change_span(shown.low, shown.high),
        caveat=told("trend.caveat"),
    )


def scale_break() -> Text:
    """That SKP figures on both sides of the change of its scale are not compared."""
    return told("trend.scale_break", year=codes.SKP_BREAK_YEAR)


def no_values(outcome: str, columns: tuple[str, ...]) -> Text:
    """That an outcome cannot be computed, since the table has no values in these columns.

    Parameters
    ----------
    outcome : by its code in the plan.
    columns : of the kinerja table, as the contract names them.
    """
    return told(
        "trend.no_values", outcome=told(f"outcome.{outcome}"), columns=Text.same(", ".join(columns))
    )


def rating(shares: pd.DataFrame, year: int) -> Finding:
    """The most frequent predikat of a year.

    Parameters
    ----------
    shares : a row a predikat, with shares (0–1) and their bounds; hidden ones are missing.
    year : the report's own.
    """
    shown = shares.dropna(subset=["value"])
    if shown.empty:
        return described(
            "productivity.predikat.level",
            "productivity",
            "predikat",
            told("rating.too_few", year=year),
        )
    top = shown.sort_values("value", kind="stable").iloc[-1]
    text = told(
        "rating.level",
        year=year,
        predikat=label(top["group"]),
        share=SHARE.level(top["value"]),
        span=SHARE.level_span(top["ci_low"], top["ci_high"]),
    )
    return described(
        "productivity.predikat.level",
        "productivity",
        "predikat",
        text,
        _interval(top),
        SHARE.label,
    )


def discipline(study: Study) -> Finding:
    """How many disciplinary cases; years of few are not counted, since the year before's report
    would tell how many they add.
    """
    cases = study.kinerja["hukuman_disiplin"].astype(float)
    smallest = study.plan.privacy.small_cell
    by_year = (cases > 0).groupby(study.kinerja["tahun"]).sum()
    known = int(by_year[by_year >= smallest].sum())
    if cases.isna().all():
        text = told("discipline.unrecorded")
    elif not known:
        text = told("discipline.few", n=smallest)
    else:
        text = told("discipline.level", n=count(known), small=smallest)
    return described("productivity.discipline.level", "productivity", "discipline", text)


def activities(study: Study) -> Finding:
    """What was held: activities, hours, invitations; those of years in which few were invited are
    not counted, since two reports would tell how few.
    """
    # What is counted of a training history are attendances.
    alone = measures.training.unasked_years(study)
    text = told(
        "answer.held_and_attended" if alone else "answer.held",
        year=study.year,
        n=len(study.kegiatan),
        invitations=count(len(told_invitations(study))),
        hours=count(float(study.kegiatan["jp"].sum())),
        n_year=int((study.kegiatan["tahun"] == study.year).sum()),
    )
    return described("participation.activities.level", "participation", "activities", text)


def participation(
    study: Study, found: Participation, indicators: pd.DataFrame
) -> tuple[Finding, ...]:
    """Who attends, who refuses and why, who was never invited, and whether no need is less need.

    Parameters
    ----------
    study : its year, target of hours (JP) and smallest cell are quoted.
    found : answers, reasons and groups as shares (0–1); small ones are hidden.
    indicators : rows of indicators.csv, among them the share of the invited who refused and of the
        roll with the plan's hours.

    Returns
    -------
    Four findings: refusal, reason, no need, never invited.
    """
    refused = _of_everyone(indicators, "refusal_share", study.year)
    reached = _of_everyone(indicators, "jp_target_share", study.year)
    never = found.never_invited[found.never_invited["group_by"] == "all"].iloc[0]
    return (
        described(
            "participation.refusal.level",
            "participation",
            "refusal_share",
            invited.opening(study, found, refused.value, reached.value),
            refused,
            SHARE.label,
        ),
        described(
            "participation.reason.level",
            "participation",
            "reason",
            invited.reason(found),
            UNKNOWN,
            SHARE.label,
        ),
        described(
            "participation.no_need.difference",
            "participation",
            "output_per_day",
            invited.no_need(found),
            found.no_need,
            OUTPUT_PER_DAY.label,
        ),
        described(
            "participation.never_invited.level",
            "participation",
            "never_invited",
            invited.gap(found),
            _interval(never),
            SHARE.label,
        ),
    )


def _of_everyone(indicators: pd.DataFrame, name: str, year: int) -> Interval:
    """An indicator of everyone in a year; unknown where there is none, or it is hidden."""
    rows = indicators[
        (indicators["indicator"] == name)
        & (indicators["group_by"] == "all")
        & (indicators["year"] == year)
    ]
    return _interval(rows.iloc[0]) if len(rows) else UNKNOWN


def _interval(row: pd.Series) -> Interval:
    n = 0 if pd.isna(row["n"]) else int(row["n"])
    return Interval(float(row["value"]), float(row["ci_low"]), float(row["ci_high"]), n=n)
