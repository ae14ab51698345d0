"""Checks as they may be told: whether they passed, but no figure that counts few people."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from helpers.causal import Effect
from helpers.causal.design import Design
from helpers.contracts import Check
from helpers.contracts.check_names import CheckName
from helpers.contracts.panel import NEVER


def told_checks(found: Effect) -> tuple[Check, ...]:
    """The checks of an effect; of those whose figure or detail is a number, or a share, of fewer
    people than may be told of, only whether they passed.

    Parameters
    ----------
    found : the graded effect; effects on service units count no people.
    """
    ask = found.fits.primary.ask
    if ask.panel.of_units:
        return found.checks
    return tuple(
        replace(c, figure=math.nan, detail="")
        if any(0 < n < ask.small_cell for n in _people(found, c.name))
        else c
        for c in found.checks
    )


def _people(found: Effect, name: CheckName) -> tuple[int, ...]:
    """How many people a check tells of."""
    primary = found.fits.primary
    match name:
        case "events_per_variable":
            after = [c for c in primary.cells if c.time >= 0]
            return tuple(n for c in after for n in (c.n_treated, len(c.controls)))
        case "attrition":
            return _people_lost(primary.design)
        case "movers":
            units = primary.ask.panel.frame.groupby("entity")["unit"].nunique()
            return (int((units > 1).sum()),)
        case _:
            return ()


def _people_lost(design: Design) -> tuple[int, int]:
    """How many people left the data since their training, and how many without any; whom the
    comparison itself leaves out left nothing.
    """
    of, frame = design.of, design.frame
    if "left_out_from" in frame:
        first = frame.sort_values("entity", kind="stable").drop_duplicates("entity")
        counted = first["left_out_from"].to_numpy(int) == NEVER
    else:
        counted = np.ones(len(of.cohort), bool)
    seen = np.isfinite(of.outcome[counted])
    cohort, years = of.cohort[counted, None], of.years[None, 1:]
    gone = seen[:, :-1] & ~seen[:, 1:]
    since = (cohort != NEVER) & (years >= cohort)
    return int((gone & since).any(axis=1).sum()), int((gone & ~since).any(axis=1).sum())
