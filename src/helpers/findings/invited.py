"""Who is invited, comes and stays away, in sentences."""

from __future__ import annotations

import pandas as pd

from helpers.contracts import Study, Text
from helpers.contracts.units import OUTPUT_PER_DAY, SHARE
from helpers.describe import Participation
from helpers.findings.words import label, told


def of_everyone(found: Participation) -> float:
    """The share of all employees never invited."""
    rows = found.never_invited
    return float(rows.loc[rows["group_by"] == "all", "value"].iloc[0])


def opening(study: Study, found: Participation, refusing: float, reaching_target: float) -> Text:
    """How invitations were answered, who reached the target, and who was never invited; that too
    few were there where a part is hidden.

    Parameters
    ----------
    study : its year, target of hours (JP) and smallest cell are quoted.
    found : shares of answers, and of employees never invited.
    refusing : share (0–1) of the people invited who refused at least once.
    reaching_target : share (0–1) of the roll with the plan's hours in the year.
    """
    shares = found.answers.set_index("group")["value"].dropna()
    never = of_everyone(found)
    rest = {
        "year": study.year,
        "target": SHARE.level(reaching_target),
        "jp": f"{study.plan.jp.target:g}",
        "never": SHARE.level(never),
    }
    if not found.asked:
        known = told("participation.reached", **rest) if not pd.isna(reaching_target) else Text()
        return told("participation.attendance_alone", year=study.year) + known
    if not found.invitations:
        return told("participation.none_held", year=study.year)
    nobody = nobody_came(found.answers)
    unknown = [refusing, reaching_target, *([never] if found.ever_asked else [])]
    if ("hadir" not in shares and not nobody) or pd.isna(unknown).any():
        return told("participation.headline_few", n=study.plan.privacy.small_cell, year=study.year)
    attended = (
        told("participation.attended_none")
        if nobody
        else told("participation.attended", attended=SHARE.level(shares["hadir"]))
    )
    return told(
        "participation.headline" if found.ever_asked else "participation.headline_never_unknown",
        attended=attended,
        refused=SHARE.level(refusing),
        **rest,
    )


def nobody_came(answers: pd.DataFrame) -> bool:
    """Whether nobody attended, though people were invited: an answer that few gave is hidden, one
    that nobody gave has no row.

    Parameters
    ----------
    answers : the frame of that name of an answer about participation.
    """
    return len(answers) > 0 and "hadir" not in set(answers["group"])


def reason(found: Participation) -> Text:
    """The reason for staying away that was given most often, with its share of those given."""
    top = most_frequent_reason(found)
    if top is None:
        return told("participation.no_reason" if found.asked else "participation.reason_not_asked")
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
    everyone = of_everyone(found)
    groups = found.never_invited[
        (found.never_invited["group_by"] != "all") & (found.never_invited["ci_low"] > everyone)
    ]
    return groups.sort_values("value", ascending=False).iloc[0] if len(groups) else None


def gap(found: Participation) -> Text:
    """Who was passed over most often; the highest group where none stands out."""
    if not found.ever_asked:
        return told("participation.never_not_asked")
    groups = found.never_invited[found.never_invited["group_by"] != "all"].dropna(subset=["value"])
    widest = widest_gap(found)
    top = (
        widest
        if widest is not None
        else groups.sort_values("value", ascending=False).iloc[0]
        if len(groups)
        else None
    )
    if top is None:
        return told("participation.no_gap_known")
    everyone = of_everyone(found)
    if everyone == 0:
        return told("participation.nobody")
    return told(
        "participation.even" if widest is None else "participation.widest_gap",
        group=group_name(top),
        share=SHARE.level(top["value"]),
        span=SHARE.level_span(top["ci_low"], top["ci_high"]),
        all=SHARE.level(everyone),
    )


def group_name(row: pd.Series) -> Text:
    """A group in words: what it is grouped by, and which it is."""
    return label(str(row["group_by"])) + label(str(row["group"]))


def no_need(found: Participation) -> Text:
    """Whether those who feel no need did in fact do more a day in the year before, or less."""
    apart = found.no_need
    if not apart.known:
        why = "no_need_unknown" if found.asked else "no_need_not_asked"
        return told(f"participation.{why}")
    unit = OUTPUT_PER_DAY
    key = {1: "better", -1: "worse", 0: "same"}[apart.sign]
    return told(
        f"participation.no_need_{key}",
        value=unit.plain(apart.value),
        span=unit.change_span(apart.low, apart.high),
    )
