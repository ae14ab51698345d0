"""How far the years after training can be relied on: each by itself, wider the later it is."""

from __future__ import annotations

import pandas as pd

from helpers.causal.checks.bounds import bounds
from helpers.causal.effects import Effect
from helpers.contracts import schemas


def drifted(effect: Effect) -> pd.DataFrame:
    """What each year since training could be, if the groups drift apart from one year to the next
    by as much as they ever did before (Rambachan and Roth, M̄ = 1): the drift adds up, so that later
    years tell less.

    Parameters
    ----------
    effect : of a question's main outcome.

    Returns
    -------
    The frame of that name (``horizon, low, high`` in the outcome's unit), of the years that its
    event study shows; none where there was no year before to learn a drift from.
    """
    primary = effect.fits.primary
    shown = sorted(e.about.horizon or 0 for e in primary.event_study)
    rows = []
    for horizon in (h for h in shown if h >= 0):
        years = tuple(range(horizon + 1))
        found = primary.study and bounds(primary.study, years, last_alone=True)
        if found:
            rows.append((horizon, *found))
    if not rows:
        return schemas.empty(schemas.FRAMES["drifted"])
    return pd.DataFrame(rows, columns=["horizon", "low", "high"])
