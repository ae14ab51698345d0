"""How evenly people attend, are invited and get hours, in sentences without a cause."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.contracts import Finding, Interval, Text, count, number
from helpers.contracts.units import SHARE
from helpers.findings.described import described
from helpers.findings.invited import group_name
from helpers.findings.words import label, told

ATTENDING = "participation.attending.difference"
PARITY = "participation.parity.level"
CONCENTRATION = "participation.concentration.level"
# Of intervals of 95%, so many miss what is the same by chance alone.
_BY_CHANCE = 0.05


def attending(margins: pd.DataFrame, *, asked: bool = True) -> Finding:
    """Which group attends most unlike the largest of its kind, and how many do so by chance.

    Parameters
    ----------
    margins : the frame ``attending``.
    asked : whether invitations are recorded.
    """
    if margins.empty:
        text = told("evenness.attending_unknown" if asked else "evenness.attending_not_asked")
        return described(ATTENDING, "participation", "attending", text)
    apart = margins[(margins["ci_low"] > 0) | (margins["ci_high"] < 0)]
    if apart.empty:
        text = told("evenness.attending_even", n=len(margins))
        return described(ATTENDING, "participation", "attending", text)
    top = apart.sort_values("value", key=abs).iloc[-1]
    text = told(
        "evenness.attending",
        k=len(apart),
        n=len(margins),
        by_chance=_chance(len(margins)),
        group=group_name(top),
        reference=label(str(top["reference"])),
        value=SHARE.change(top["value"]),
        span=SHARE.change_span(top["ci_low"], top["ci_high"]),
    )
    low, high = float(top["ci_low"]), float(top["ci_high"])
    found = Interval(float(top["value"]), low, high, n=int(top["n"]))
    return described(ATTENDING, "participation", "attending", text, found, SHARE.label)


def parity(ratios: pd.DataFrame, year: int, *, asked: bool = True) -> Finding:
    """Whose chance of an invitation lies furthest from that of all others.

    Parameters
    ----------
    ratios : the frame ``parity``, hidden ones empty.
    year : of the invitations.
    asked : whether invitations of the year are recorded.
    """
    known = ratios.dropna(subset=["value", "ci_low", "ci_high"])
    apart = known[(known["ci_low"] > 1) | (known["ci_high"] < 1)]
    if known.empty:
        text = told("evenness.parity_unknown" if asked else "evenness.parity_not_asked", year=year)
    elif apart.empty:
        text = told("evenness.parity_even", n=len(known), year=year)
    else:
        top = apart.sort_values("value", key=lambda v: abs(np.log(v))).iloc[-1]
        text = told(
            "evenness.parity",
            year=year,
            k=len(apart),
            n=len(known),
            by_chance=_chance(len(known)),
            group=group_name(top),
            value=figure(top["value"]),
            low=figure(top["ci_low"]),
            high=figure(top["ci_high"]),
        )
    return described(PARITY, "participation", "parity", text)


def concentration(indexes: pd.DataFrame) -> Finding:
    """How far hours are concentrated among all.

    Parameters
    ----------
    indexes : the frame ``concentration``, hidden ones empty.
    """
    everyone = indexes[indexes["group_by"] == "all"].dropna(subset=["value", "ci_low"])
    if everyone.empty:
        text = told("evenness.hours_unknown")
        return described(CONCENTRATION, "participation", "concentration", text)
    row = everyone.iloc[0]
    text = told(
        "evenness.hours",
        value=figure(row["value"]),
        low=figure(row["ci_low"]),
        high=figure(row["ci_high"]),
        n=count(row["n"]),
    )
    return described(CONCENTRATION, "participation", "concentration", text)


def figure(value: float) -> Text:
    """A ratio or an index with two decimals."""
    return Text.made(lambda lang: number(value, lang, 2))


def _chance(n: int) -> Text:
    return Text.made(lambda lang: number(n * _BY_CHANCE, lang, 1))
