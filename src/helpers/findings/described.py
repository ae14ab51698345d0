"""Descriptions to findings: trends, ratings, participation. None of them may claim a cause."""

from __future__ import annotations

import pandas as pd

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
from helpers.describe import Change, Participation
from helpers.findings.words import label, told


def described(
    key: str,
    question: Question,
    outcome: str,
    text: Text,
    interval: Interval = UNKNOWN,
    unit: UnitLabel = "",
) -> Finding:
    """A finding that describes and claims nothing."""
    return Finding(key, question, outcome, "descriptive", "none", interval, unit, text)


def trend(
    question: Question, indicator: str, change: Change | None, year: int, why: Text
) -> Finding:
    """How an indicator moved up to a year, with the warning that movement has many reasons.

    Parameters
    ----------
    change : None where there is no change to be told; ``why`` then says for what reason.
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
    """That an outcome cannot be computed, since the table has no values in these columns."""
    return told(
        "trend.no_values", outcome=told(f"outcome.{outcome}"), columns=Text.same(", ".join(columns))
    )


def rating(shares: pd.DataFrame, year: int) -> Finding:
    """The most frequent predikat of a year."""
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
    """How many disciplinary cases; a small number of people is not shown."""
    cases = study.kinerja["hukuman_disiplin"].astype(float)
    smallest = study.plan.privacy.small_cell
    if cases.isna().all():
        text = told("discipline.unrecorded")
    elif cases.sum() < smallest:
        text = told("discipline.few", n=smallest)
    else:
        text = told("discipline.level", n=count(float(cases.sum())))
    return described("productivity.discipline.level", "productivity", "discipline", text)


def activities(study: Study) -> Finding:
    """What was held: activities, hours, invitations."""
    text = told(
        "answer.held",
        year=study.year,
        n=len(study.kegiatan),
        invitations=count(len(study.peserta)),
        hours=count(float(study.kegiatan["jp"].sum())),
        n_year=int((study.kegiatan["tahun"] == study.year).sum()),
    )
    return described("participation.activities.level", "participation", "activities", text)


def participation(
    study: Study, found: Participation, reaching_target: float
) -> tuple[Finding, ...]:
    """Who attends, who refuses and why, who was never invited, and whether no need is less need.

    Parameters
    ----------
    reaching_target : share of the roll with the plan's hours in the year.
    """
    refused = found.answers[found.answers["group"] == "menolak"]
    never = found.never_invited[found.never_invited["group_by"] == "all"].iloc[0]
    return (
        described(
            "participation.refusal.level",
            "participation",
            "refusal_share",
            _opening(study, found, reaching_target),
            _interval(refused.iloc[0]) if len(refused) else UNKNOWN,
            SHARE.label,
        ),
        described(
            "participation.reason.level",
            "participation",
            "reason",
            _reason(found),
            UNKNOWN,
            SHARE.label,
        ),
        described(
            "participation.no_need.difference",
            "participation",
            "output_per_day",
            _no_need(found.no_need),
            found.no_need,
            OUTPUT_PER_DAY.label,
        ),
        described(
            "participation.never_invited.level",
            "participation",
            "never_invited",
            _gap(found),
            _interval(never),
            SHARE.label,
        ),
    )


def _of_everyone(found: Participation) -> float:
    """The share of all employees never invited."""
    rows = found.never_invited
    return float(rows.loc[rows["group_by"] == "all", "value"].iloc[0])


def _opening(study: Study, found: Participation, reaching_target: float) -> Text:
    shares = found.answers.set_index("group")["value"].dropna()
    never = _of_everyone(found)
    rest = {
        "year": study.year,
        "target": SHARE.level(reaching_target),
        "jp": f"{study.plan.jp.target:g}",
        "never": SHARE.level(never),
    }
    if not found.invitations:
        return told("participation.none_held", year=study.year)
    # An answer that nobody gave is a share of nothing; one that few gave is hidden.
    given = set(found.answers["group"])
    shares = shares.reindex([*shares.index, *({"hadir", "menolak"} - given)], fill_value=0.0)
    if not {"hadir", "menolak"} <= set(shares.index) or pd.isna(never) or pd.isna(reaching_target):
        return told("participation.headline_few", n=study.plan.privacy.small_cell, year=study.year)
    return told(
        "participation.headline",
        attended=SHARE.level(shares["hadir"]),
        refused=SHARE.level(shares["menolak"]),
        **rest,
    )


def _reason(found: Participation) -> Text:
    top = most_frequent_reason(found)
    if top is None:
        return told("participation.no_reason")
    return told(
        "participation.reason",
        reason=label(top["group"]),
        share=SHARE.level(top["value"]),
        n=int(top["n"]),
    )


def most_frequent_reason(found: Participation) -> pd.Series | None:
    """The reason for staying away that was given most often; None where none may be shown."""
    known = found.reasons.dropna(subset=["value"]).sort_values("value", ascending=False)
    return known.iloc[0] if len(known) else None


def widest_gap(found: Participation) -> pd.Series | None:
    """The group most often never invited, where its interval lies above everybody's share."""
    everyone = _of_everyone(found)
    groups = found.never_invited[
        (found.never_invited["group_by"] != "all") & (found.never_invited["ci_low"] > everyone)
    ]
    return groups.sort_values("value", ascending=False).iloc[0] if len(groups) else None


def _gap(found: Participation) -> Text:
    """Who was passed over most often; the highest group where none stands out."""
    groups = found.never_invited[found.never_invited["group_by"] != "all"].dropna(subset=["value"])
    gap = widest_gap(found)
    top = (
        gap
        if gap is not None
        else groups.sort_values("value", ascending=False).iloc[0]
        if len(groups)
        else None
    )
    if top is None:
        return told("participation.no_gap_known")
    everyone = _of_everyone(found)
    return told(
        "participation.even" if gap is None else "participation.widest_gap",
        group=group_name(top),
        share=SHARE.level(top["value"]),
        span=SHARE.level_span(top["ci_low"], top["ci_high"]),
        all=SHARE.level(everyone),
    )


def group_name(row: pd.Series) -> Text:
    """A group in words: what it is grouped by, and which it is."""
    return label(str(row["group_by"])) + label(str(row["group"]))


def _no_need(found: Interval) -> Text:
    if not found.known:
        return told("participation.no_need_unknown")
    unit = OUTPUT_PER_DAY
    key = {1: "better", -1: "worse", 0: "same"}[found.sign]
    return told(
        f"participation.no_need_{key}",
        value=unit.plain(found.value),
        span=unit.change_span(found.low, found.high),
    )


def _interval(row: pd.Series) -> Interval:
    n = 0 if pd.isna(row["n"]) else int(row["n"])
    return Interval(float(row["value"]), float(row["ci_low"]), float(row["ci_high"]), n=n)
