"""Checks as they may be told: whether they passed, but no figure that counts few people."""

from __future__ import annotations

import math
from dataclasses import replace

from helpers.causal import Effect
from helpers.causal.checks.leaving import cumulated_loss
from helpers.contracts import Check
from helpers.contracts.check_names import CheckName


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
            lost, design = cumulated_loss(primary.design), primary.design
            if lost is None:
                return ()
            return round(lost.trained * design.n_treated), round(lost.others * design.n_control)
        case "movers":
            units = primary.ask.panel.frame.groupby("entity")["unit"].nunique()
            return (int((units > 1).sum()),)
        case _:
            return ()
