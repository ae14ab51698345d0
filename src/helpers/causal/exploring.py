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
) -> tuple[Estimate, ...]:
    """The estimates of many asks that may be shown.

    Parameters
    ----------
    asks : each of its own panel; their role is ``subgroup``.
    smallest : an estimate with fewer treated or controls is left out, as is one that is unknown.
    adjusted : makes p-values out of p-values, for their number.
    whole_of : names the whole that an ask's people are a part of; one more part of it is left out
        where its total would give away a part that was too small. None where asks are no parts.

    Returns
    -------
    In the order of the asks, with ``p_adjusted``.
    """
    asked = list(asks)
    found = [fit(ask).estimate for ask in asked]
    given_away = _given_away([whole_of(a) for a in asked], found, smallest) if whole_of else set()
    shown = [
        e
        for at, e in enumerate(found)
        if e.interval.known
        and math.isfinite(e.p_value)
        and min(e.n_treated, e.n_control) >= smallest
        and at not in given_away
    ]
    p_values = adjusted([e.p_value for e in shown])
    return tuple(replace(e, p_adjusted=p) for e, p in zip(shown, p_values, strict=True))


def _given_away(wholes: Sequence[str], found: Sequence[Estimate], smallest: int) -> set[int]:
    """Which parts may not be shown, since they or what they leave of their whole are too few."""
    parts = pd.DataFrame({"whole": wholes, "value": 0.0, "ci_low": 0.0, "ci_high": 0.0})
    hidden: set[int] = set()
    for people in ([e.n_treated for e in found], [e.n_control for e in found]):
        for _, part in parts.assign(n=people).groupby("whole", sort=False):
            blank = suppress_parts(part, smallest)["n"].isna().to_numpy()
            hidden |= set(part.index[blank])
    return hidden
