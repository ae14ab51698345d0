"""Estimates that explore: fitted and adjusted for their number, never checked and never graded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from helpers.causal.ask import Ask
from helpers.causal.fit import fit
from helpers.contracts import Estimate


def explored(
    asks: Iterable[Ask], smallest: int, adjusted: Callable[[Sequence[float]], Sequence[float]]
) -> tuple[Estimate, ...]:
    """The estimates of many asks that may be shown.

    Parameters
    ----------
    asks : each of its own panel; their role is ``subgroup``.
    smallest : an estimate with fewer treated or controls is left out, as is one that is unknown.
    adjusted : makes p-values out of p-values, for their number.

    Returns
    -------
    In the order of the asks, with ``p_adjusted``.
    """
    found = [fit(ask).estimate for ask in asks]
    shown = [
        e
        for e in found
        if e.interval.known
        and math.isfinite(e.p_value)
        and min(e.n_treated, e.n_control) >= smallest
    ]
    p_values = adjusted([e.p_value for e in shown])
    return tuple(replace(e, p_adjusted=p) for e, p in zip(shown, p_values, strict=True))
