"""Who stays away and who was never invited, as main points of the annual report's first screen."""

from __future__ import annotations

import pandas as pd

from helpers.contracts import Answer, Text, count
from helpers.contracts.points import Point, Slice, Strip
from helpers.contracts.units import SHARE
from helpers.findings.invited import group_name, nobody_came
from helpers.findings.words import label, told


def points(answer: Answer | None) -> list[Point]:
    """The share who refused with their reasons, or that nobody came, and the share never invited;
    those of the two that are known.

    Parameters
    ----------
    answer : of the page on participation.
    """
    if answer is None or answer.waits:
        return []
    return [p for p in (_refusal(answer), _never_invited(answer)) if p is not None]


def _refusal(answer: Answer) -> Point | None:
    rows = answer.indicators
    row = rows[
        (rows["indicator"] == "refusal_share")
        & (rows["group_by"] == "all")
        & (rows["year"] == answer.year)
    ].dropna(subset=["value", "n"])
    if row.empty:
        return None
    share, n = float(row["value"].iloc[0]), float(row["n"].iloc[0])
    reasons = answer.frames["reasons"].dropna(subset=["value"])
    reasons = reasons.sort_values("value", ascending=False, kind="stable")
    text = Text()
    if len(reasons):
        first = reasons.iloc[0]
        text = told("point.reason", reason=label(first["group"]), share=SHARE.level(first["value"]))
    need = answer.finding("participation.no_need.difference")
    if need is not None and need.interval.known:
        text += told(f"point.no_need_{ {1: 'better', -1: 'worse', 0: 'same'}[need.interval.sign] }")
    parts = tuple(
        Slice(label(r["group"]), float(r["value"]), SHARE.level(r["value"]))
        for _, r in reasons.iterrows()
    )
    refusing = told("point.refusing", share=SHARE.level(share))
    if nobody_came(answer.frames["answers"]):
        # A share who refused would read as if the others had come.
        figure = told("point.nobody_came")
        text = told("point.of_those", refusing=refusing) + text if share else text
    else:
        figure = refusing
    of_invited = told("point.of_invited", n=count(n))
    return Point("refusal", figure, of_invited, "described", text, parts=parts)


def _never_invited(answer: Answer) -> Point | None:
    rows = answer.frames["never_invited"].dropna(subset=["value"])
    everyone = rows.loc[rows["group_by"] == "all", "value"]
    finding = answer.finding("participation.never_invited.level")
    if everyone.empty or finding is None:
        return None
    of_all, groups = float(everyone.iloc[0]), rows[rows["group_by"] != "all"]
    return Point(
        "equal",
        told("point.never_invited", share=SHARE.level(of_all)),
        standing="described",
        text=finding.text,
        strip=_beside(groups, of_all) if len(groups) else None,
    )


def _beside(groups: pd.DataFrame, of_all: float) -> Strip:
    """The group most often left out beside everybody."""
    clear = groups[groups["ci_low"] > of_all]
    top = (clear if len(clear) else groups).sort_values("value", ascending=False).iloc[0]
    name = group_name(top)
    share = SHARE.level(top["value"])
    return Strip(
        float(top["value"]),
        float(top["ci_low"]),
        float(top["ci_high"]),
        of_all,
        0.0,
        told("point.everyone", share=SHARE.level(of_all)),
        Text(),
        Text.made(lambda lang: f"{name[lang]} {share[lang]}"),
    )
