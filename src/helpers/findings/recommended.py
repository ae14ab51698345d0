"""What is recommended, each from what was found; nothing here claims a cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from helpers.contracts import (
    UNITS,
    UNKNOWN,
    Estimate,
    Finding,
    Interval,
    Study,
    Text,
    UnitLabel,
    count,
)
from helpers.contracts.units import SHARE
from helpers.describe.costs import Cost
from helpers.findings.described import described
from helpers.findings.invited import group_name
from helpers.findings.words import label, told

# Ids that stay from year to year, so that the next report can ask what was done.
INVITE_FIRST: Final = "participation.invite_first.level"
RULES: Final = "participation.invitation_rules.difference"
REASONS: Final = "participation.reasons_to_change.level"
EXAMPLES: Final = "participation.examples.level"
MONEY: Final = "participation.value_for_money.level"


def invite_first(study: Study, indicators: pd.DataFrame, never_invited: pd.DataFrame) -> Finding:
    """Whom to invite first: those of whose right nothing is met yet, and where they are most.

    Parameters
    ----------
    study : its year and target of hours are quoted.
    indicators : ``invite_first`` of everyone and by group, small ones hidden.
    never_invited : the frame of that name of page 20.
    """
    rows = indicators[indicators["indicator"] == "invite_first"].dropna(subset=["value"])
    everyone = rows[rows["group_by"] == "all"]
    if everyone.empty:
        text = told("recommend.first_few", n=study.plan.privacy.small_cell, year=study.year)
        return described(INVITE_FIRST, "participation", "invite_first", text)
    row = everyone.iloc[0]
    found = Interval(
        float(row["value"]), float(row["ci_low"]), float(row["ci_high"]), n=int(row["n"])
    )
    text = told(
        "recommend.first",
        n=count(round(found.value * found.n)),
        all=count(found.n),
        share=SHARE.level(found.value),
        target=f"{study.plan.jp.target:g}",
        year=study.year,
    )
    never = never_invited[never_invited["group_by"] == "all"].dropna(subset=["value"])
    if len(never):
        people = round(float(never["value"].iloc[0]) * float(never["n"].iloc[0]))
        text += told("recommend.first_never", n=count(people))
    groups = rows[(rows["group_by"] != "all") & (rows["ci_low"] > found.value)]
    if len(groups):
        top = groups.sort_values("value", ascending=False).iloc[0]
        text += told(
            "recommend.first_group",
            group=group_name(top),
            share=SHARE.level(top["value"]),
            span=SHARE.level_span(top["ci_low"], top["ci_high"]),
        )
    return described(INVITE_FIRST, "participation", "invite_first", text, found, SHARE.label)


def rules(seats: pd.DataFrame, how_many: int) -> Finding:
    """What each rule would change for the group whose share of the seats it moves furthest.

    Parameters
    ----------
    seats : of `describe.seats_by_group`.
    how_many : seats to give.
    """
    wide = seats.pivot(index=["group_by", "group"], columns="rule", values="of_seats")
    staff = seats.groupby(["group_by", "group"])["of_staff"].first()
    needed = ["gap", "equal", "as_this_year"]
    known = wide.reindex(columns=needed).dropna()
    if known.empty:
        return described(RULES, "participation", "seats", told("recommend.rules_unknown"))
    furthest = int((known["gap"] - known["as_this_year"]).abs().to_numpy().argmax())
    row, of_staff = known.reset_index().iloc[furthest], staff.reindex(known.index).iloc[furthest]
    text = told(
        "recommend.rules",
        seats=count(how_many),
        group=group_name(row),
        staff=SHARE.level(float(of_staff)),
        gap=SHARE.level(float(row["gap"])),
        equal=SHARE.level(float(row["equal"])),
        now=SHARE.level(float(row["as_this_year"])),
    )
    return described(RULES, "participation", "seats", text)


def reasons(shares: pd.DataFrame) -> Finding:
    """What to change for the reason that was given most often.

    Parameters
    ----------
    shares : of the absences with a reason; small ones hidden.
    """
    known = shares.dropna(subset=["value"]).sort_values("value", ascending=False)
    if known.empty:
        return described(REASONS, "participation", "reason", told("recommend.no_reason"))
    top = known.iloc[0]
    text = told(
        "recommend.reason",
        reason=label(top["group"]),
        share=SHARE.level(top["value"]),
        span=SHARE.level_span(top["ci_low"], top["ci_high"]),
        change=remedy(str(top["group"])),
    )
    return described(REASONS, "participation", "reason", text, _interval(top), SHARE.label)


def _interval(row: pd.Series) -> Interval:
    return Interval(
        float(row["value"]), float(row["ci_low"]), float(row["ci_high"]), n=int(row["n"])
    )


def remedy(reason: str) -> Text:
    """What to change for a reason for staying away."""
    known = (
        "merasa tidak perlu",
        "beban kerja",
        "jarak",
        "sakit atau cuti",
        "tidak diizinkan atasan",
        "keluarga",
    )
    return told(f"remedy.{reason if reason in known else 'lainnya'}")


def examples(found: pd.DataFrame, names: Mapping[str, str], unit: UnitLabel, n: int) -> Finding:
    """Which units and themes stand out once luck is taken out; that none does, where none does.

    Parameters
    ----------
    found : of `describe.examples`.
    names : of units, by code.
    unit : of the gains.
    n : the smallest cell.
    """
    if found.empty:
        return described(EXAMPLES, "participation", "examples", told("recommend.examples_few", n=n))
    standing = found[found["stands"]]
    units, themes = (int((found["group_by"] == by).sum()) for by in ("unit", "tema"))
    if standing.empty:
        text = told("recommend.no_example", units=units, themes=themes)
        return described(EXAMPLES, "participation", "examples", text)
    shown = UNITS[unit]
    each = [
        told(
            "recommend.example",
            name=Text.same(names[g]) if g in names else label(g),
            value=shown.change(r["value"]),
            span=shown.change_span(r["ci_low"], r["ci_high"]),
            n=count(r["n"]),
        )
        for _, r in standing.head(3).iterrows()
        for g in [str(r["group"])]
    ]
    listed = Text.made(lambda lang: "; ".join(t[lang] for t in each))
    text = told("recommend.examples", n=len(standing), all=len(found), each=listed)
    return described(EXAMPLES, "participation", "examples", text)


def money(effects: Iterable[tuple[Finding, Estimate]], cost: Cost) -> Finding:
    """The cost of each unit of effect, of findings that may be called a result of training only:
    for one person, or for one service unit.

    Parameters
    ----------
    effects : findings about people and about service units, each with its primary estimate; of
        each question the first that may be told of.
    cost : of training.
    """
    causal: dict[str, tuple[Finding, Estimate]] = {}
    for finding, row in effects:
        if finding.may_claim_cause and finding.interval.low > 0:
            causal.setdefault(
                "unit" if finding.question == "satisfaction" else "person", (finding, row)
            )
    if not causal:
        return described(MONEY, "participation", "cost", told("recommend.no_value"))
    spent = {"person": cost.per_person, "unit": cost.per_unit}
    text = Text()
    for of, (finding, row) in causal.items():
        if spent[of] > 0:
            text += _price(of, finding, row, spent[of])
    recorded = "costs_recorded" if text else "no_cost"
    text += told(f"recommend.{recorded}", with_cost=cost.with_cost, activities=cost.activities)
    return described(MONEY, "participation", "cost", text, UNKNOWN)


def _price(of: str, finding: Finding, row: Estimate, spent: float) -> Text:
    """What one unit of an effect cost, by the effect's range."""
    scale, found = row.unit.scale, finding.interval
    return told(
        f"recommend.value_{of}",
        outcome=told(f"outcome.{finding.outcome}"),
        one=Text.made(lambda lang: row.unit.change(1 / scale)[lang]),
        cost=count(round(spent / (found.value * scale), -3)),
        low=count(round(spent / (found.high * scale), -3)),
        high=count(round(spent / (found.low * scale), -3)),
        grade=told(f"grade.{finding.grade}"),
    )
