"""How far those who left can have bent an effect: bounds that hold whoever left, as long as
training moved everybody's staying in one direction.

Source: Lee (2009), *Review of Economic Studies* 76(3), on differences of outcomes; covariates by
the residuals of the comparison group.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from helpers.causal.averages import Average, average
from helpers.causal.cells import Cell, cell
from helpers.causal.designs import NEAR, How
from helpers.causal.histories import Histories
from helpers.contracts.panel import NEVER

Bound = Literal["lee_lower", "lee_upper"]


def bound(name: Bound, of: Histories, how: How, *, since_training: bool = False) -> Average | None:
    """One bound of the effect in the year of training and the next.

    Of the arm that lost fewer people since the year before training, so many are left out that both
    arms have lost the same share: for the lower bound those whose outcome rose most among the
    trained, or least among the others; for the upper bound the other way round.

    Parameters
    ----------
    name : which bound.
    of : the histories of the outcome.
    how : how cells are made.
    since_training : the others' losses count from the end of the training year on: the trained had
        to be there in it, so that nobody knows how many of them would have been lost.

    Returns
    -------
    None where no cell can be made. The error takes the shares left out for known.
    """
    cells = (_cell(name, of, g, g + k, how, since_training) for g in of.cohorts for k in NEAR)
    return average([c for c in cells if c is not None])


def _cell(
    name: Bound, of: Histories, cohort: int, year: int, how: How, since_training: bool
) -> Cell | None:
    before, now = of.column(cohort - 1), of.column(year)
    if before is None or now is None:
        return None
    there = np.isfinite(of.outcome[:, before])
    free = ((of.exposed == NEVER) | (of.exposed > year)) & (of.cohort != cohort)
    arms = [np.flatnonzero(there & arm) for arm in (of.cohort == cohort, free)]
    if not all(len(arm) for arm in arms):
        return None
    stayed = np.isfinite(of.outcome[:, now])
    kept = [float(stayed[arm].mean()) for arm in arms]
    if since_training:
        after = arms[1][np.isfinite(of.outcome[arms[1], of.column(cohort)])]
        kept[1] = float(stayed[after].mean()) if len(after) else kept[1]
    outcome = of.outcome.copy()
    if kept[0] != kept[1] and min(kept) > 0:
        more = int(kept[1] > kept[0])
        left = arms[more][stayed[arms[more]]]
        rose = _unexplained(of, before, now, arms[1])[left]
        # The trained lose their best for the lower bound; the others lose their worst.
        best_go = (name == "lee_lower") != bool(more)
        order = np.argsort(-rose if best_go else rose, kind="stable")
        gone = round(len(left) * (1 - min(kept) / max(kept)))
        outcome[left[order[:gone]], now] = np.nan
    trimmed = Histories(
        of.years, outcome, of.cohort, of.exposed, of.covariates, of.cluster, of.place
    )
    return cell(
        trimmed,
        cohort,
        year,
        {year: 1.0, cohort - 1: -1.0},
        adjustment=how.adjustment,
        fewest=how.fewest,
        clip=how.clip,
    )


def _unexplained(of: Histories, before: int, now: int, controls: np.ndarray) -> np.ndarray:
    """Each person's change less what the covariates predict from the comparison group."""
    change = of.outcome[:, now] - of.outcome[:, before]
    x = np.column_stack([np.ones(len(change)), of.covariates])
    seen = controls[np.isfinite(change[controls])]
    return np.asarray(change - x @ np.linalg.lstsq(x[seen], change[seen], rcond=None)[0])
