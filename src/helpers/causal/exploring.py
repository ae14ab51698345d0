"""Estimates that explore: fitted and adjusted for their number, never checked and never graded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from helpers.causal.ask import Ask
from helpers.causal.fit import fit
from helpers.causal.told_before import told_before
from helpers.contracts import Estimate
from helpers.contracts.panel import NEVER
from helpers.measures import suppress_parts


def explored(
    asks: Iterable[Ask],
    smallest: int,
    adjusted: Callable[[Sequence[float]], Sequence[float]],
    whole_of: Callable[[Ask], str] | None = None,
    everyone: Ask | None = None,
) -> tuple[Estimate, ...]:
    """The estimates of many asks that may be shown.

    Parameters
    ----------
    asks : each of its own panel; their role is ``subgroup``.
    smallest : an estimate with fewer treated or controls is left out, as is one that is unknown.
    adjusted : makes p-values out of p-values, for their number.
    whole_of : names the whole that an ask's people are a part of; one more part of it is left out
        where its total would give away a part that was too small. None where asks are no parts.
    everyone : what is asked of each whole, where it is told of as well: its people beside those of
        the parts are of no known part, and are hidden with what is hidden.

    Returns
    -------
    In the order of the asks, with ``p_adjusted``.
    """
    asked = list(asks)
    found = [told_before(fit(ask)).estimate for ask in asked]
    few = [_is_few(e, smallest) for e in found]
    hidden = {at for at, gone in enumerate(few) if gone}
    if whole_of:
        parts = pd.DataFrame([_people(a) for a in asked], columns=["treated", "control"])
        parts = parts.assign(whole=[whole_of(a) for a in asked], few=few)
        hidden |= _given_away(parts, smallest, _people(everyone) if everyone else None)
    shown = [e for at, e in enumerate(found) if at not in hidden]
    p_values = adjusted([e.p_value for e in shown])
    return tuple(replace(e, p_adjusted=p) for e, p in zip(shown, p_values, strict=True))


def _is_few(estimate: Estimate, smallest: int) -> bool:
    """Whether an estimate is of too few to be shown, or unknown."""
    known = estimate.interval.known and math.isfinite(estimate.p_value)
    return not known or min(estimate.n_treated, estimate.n_control) < smallest


def _people(ask: Ask) -> tuple[int, int]:
    """How many of the panel are treated at some time, and how many never."""
    cohort = ask.panel.frame.drop_duplicates("entity")["cohort"]
    return int((cohort != NEVER).sum()), int((cohort == NEVER).sum())


def _given_away(parts: pd.DataFrame, smallest: int, everyone: tuple[int, int] | None) -> set[int]:
    """Which parts may not be shown, since they or what they leave of their whole are too few."""
    hidden: set[int] = set()
    # Of a part that is hidden too few may have entered, however many it has.
    most = parts["treated"].where(~parts["few"], smallest - 1)
    sides = (parts["treated"].clip(upper=most), parts["control"])
    for at, people in enumerate(sides):
        for _, part in parts.assign(n=people).groupby("whole", sort=False):
            counted = part[["treated", "control"][at]].sum()
            unknown = max(0, everyone[at] - counted) if everyone else 0
            blank = part.assign(value=0.0, ci_low=0.0, ci_high=0.0)
            whole = float(part["n"].sum() + unknown)
            shown = suppress_parts(blank, smallest, whole=whole, hidden=part["few"])
            hidden |= set(part.index[shown["n"].isna()])
    return hidden
