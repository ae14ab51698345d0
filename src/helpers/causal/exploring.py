"""Estimates that explore: fitted and adjusted for their number, never checked and never graded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from helpers.causal.ask import Ask
from helpers.causal.fit import fit
from helpers.contracts import Estimate
from helpers.measures import suppress_parts


def explored(
    asks: Iterable[Ask],
    smallest: int,
    adjusted: Callable[[Sequence[float]], Sequence[float]],
    whole_of: Callable[[Ask], str] | None = None,
    everyone: Estimate | None = None,
) -> tuple[Estimate, ...]:
    """The estimates of many asks that may be shown.

    Parameters
    ----------
    asks : each of its own panel; their role is ``subgroup``.
    smallest : an estimate with fewer treated or controls is left out, as is one that is unknown.
    adjusted : makes p-values out of p-values, for their number.
    whole_of : names the whole that an ask's people are a part of; one more part of it is left out
        where its total would give away a part that was too small. None where asks are no parts.
    everyone : the estimate of each whole, where it is shown as well: what it counts beside the
        parts are people of no known part.

    Returns
    -------
    In the order of the asks, with ``p_adjusted``.
    """
    asked = list(asks)
    found = [fit(ask).estimate for ask in asked]
    unknown = [not (e.interval.known and math.isfinite(e.p_value)) for e in found]
    sides = ([e.n_treated for e in found], [e.n_control for e in found])
    hidden = {
        at for at, e in enumerate(found) if unknown[at] or min(e.n_treated, e.n_control) < smallest
    }
    if whole_of:
        parts = pd.DataFrame({"whole": [whole_of(a) for a in asked], "unknown": unknown})
        totals = (everyone.n_treated, everyone.n_control) if everyone else (None, None)
        for people, total in zip(sides, totals, strict=True):
            hidden |= _given_away(parts.assign(n=people), smallest, total)
    shown = [e for at, e in enumerate(found) if at not in hidden]
    p_values = adjusted([e.p_value for e in shown])
    return tuple(replace(e, p_adjusted=p) for e, p in zip(shown, p_values, strict=True))


def _given_away(parts: pd.DataFrame, smallest: int, total: int | None) -> set[int]:
    """Which parts may not be shown, since they or what they leave of their whole are too few."""
    hidden: set[int] = set()
    for _, part in parts.assign(value=0.0, ci_low=0.0, ci_high=0.0).groupby("whole", sort=False):
        shown = suppress_parts(part, smallest, whole=total, hidden=part["unknown"])
        hidden |= set(part.index[shown["n"].isna()])
    return hidden
