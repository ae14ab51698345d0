"""Does an effect rest on those who were trained in one year alone?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from helpers.causal.averages import Average, average
from helpers.causal.cells import Cell
from helpers.causal.effects import Effect

# Without them less than this much of the effect stays.
_KEPT: Final = 0.5


@dataclass(frozen=True, slots=True)
class OneCohort:
    """The first treated year on which an effect rests, and what the others show without it."""

    year: int
    without: Average


def rests_on(effect: Effect) -> OneCohort | None:
    """The cohort without which zero is no longer ruled out and less than half of the effect stays;
    of several, the one whose absence leaves the least.

    Parameters
    ----------
    effect : of a question's main outcome.

    Returns
    -------
    None where the effect is not told from zero, where it stands without any one cohort, or where
    too few people are in a cohort or outside it to be told of.
    """
    primary = effect.fits.primary
    found, few = primary.estimate.interval, primary.ask.small_cell
    after = [c for c in primary.cells if c.time >= 0]
    cohorts = sorted({c.cohort for c in after})
    resting: list[OneCohort] = []
    for year in cohorts if found.sign else ():
        own, rest = ([c for c in after if (c.cohort == year) == mine] for mine in (True, False))
        without = average(rest)
        if without is None or min(_treated(own), _treated(rest)) < few:
            continue
        low, high = without.interval(primary.ask.level)
        if low <= 0 <= high and without.value / found.value < _KEPT:
            resting.append(OneCohort(year, without))
    return min(resting, key=lambda one: one.without.value / found.value, default=None)


def _treated(cells: list[Cell]) -> int:
    return len(np.unique(np.concatenate([c.treated for c in cells]))) if cells else 0
