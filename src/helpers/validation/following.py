"""What must become of an effect when its data are changed: exactly this, or nothing at all."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from helpers.causal import Ask, Effect
from helpers.contracts import Text
from helpers.contracts.results import Claim
from helpers.validation.crosscheck import uncorrected_error

# Logits are solved by steps, and what is added in another order rounds otherwise.
_NEAR: Final = 1e-6
_TURNED: Final[dict[Claim, Claim]] = {"increase": "decrease", "decrease": "increase"}


@dataclass(frozen=True, slots=True)
class Relation:
    """A metamorphic relation: what is changed, and what must become of the effect.

    ``holds`` sees the effect before and after; ``of`` makes the ask from which it starts. ``units``
    says that it must hold of service units too, whose interval is that of dates dealt again: who is
    dealt what goes by the units' order, so that other names or more units are other draws.

    Source: Chen, Cheung and Yiu (1998), *Metamorphic testing*, HKUST-CS98-01.
    """

    name: Text
    must: Text
    make: Callable[[Ask], Ask]
    holds: Callable[[Effect, Effect], bool]
    of: Callable[[Ask], Ask] = lambda ask: ask
    units: bool = False


def follows(
    *, times: float = 1.0, plus: float = 0.0, graded: bool = True
) -> Callable[[Effect, Effect], bool]:
    """The estimate and both ends of its interval times a number, plus a number; the claim as the
    sign says, and the grade the same.

    Parameters
    ----------
    times : what the outcome was multiplied by; below zero, the claim turns round.
    plus : what the effect itself grew by.
    graded : whether claim and grade have to stay; where evidence is added they need not.
    """

    def holds(before: Effect, after: Effect) -> bool:
        old, new = before.primary.interval, after.primary.interval
        ends = sorted(times * end + plus for end in (old.low, old.high))
        expected = [times * old.value + plus, *ends, abs(times) * old.std_error]
        near = np.allclose(
            [new.value, new.low, new.high, new.std_error], expected, rtol=_NEAR, atol=_NEAR
        )
        claim = _TURNED.get(before.claim, before.claim) if times < 0 else before.claim
        return bool(near) and (not graded or (after.claim, after.grade) == (claim, before.grade))

    return holds


def clusters_doubled(before: Effect, after: Effect) -> bool:
    """The estimate and the claim stay; the error shrinks by √2 as libraries tell it, and by a
    little more with its correction for few clusters, of which there are fewer now.

    Parameters
    ----------
    before : the effect of the data as they were.
    after : of the changed data.
    """
    old, new = before.primary.interval, after.primary.interval
    raw = [uncorrected_error(e.fits.primary.cells) for e in (before, after)]
    same = np.allclose([new.value, math.sqrt(2) * raw[1]], [old.value, raw[0]], rtol=_NEAR)
    corrected = new.std_error * math.sqrt(2) / old.std_error
    return bool(same) and 0.9 < corrected < 1 and after.claim == before.claim


def later_trained_only(before: Effect, after: Effect) -> bool:
    """Controls are those trained later, so the last cohort has no cell; nothing is known better.

    Parameters
    ----------
    before : the effect of the data as they were.
    after : of the changed data.
    """
    fit = after.fits.primary
    cohorts = fit.design.of.cohorts
    cells = [c for c in fit.cells if c.time >= 0]
    waiting = all((fit.design.of.cohort[c.controls] > c.year).all() for c in cells)
    known = {c.cohort for c in cells}
    wider = after.primary.interval.std_error > before.primary.interval.std_error
    return bool(known) and waiting and max(cohorts) not in known and wider


def nobody_to_compare(before: Effect, after: Effect) -> bool:  # noqa: ARG001  as the others are called
    """Nothing is estimated, and the finding says why.

    Parameters
    ----------
    before : the effect of the data as they were.
    after : of the changed data.
    """
    fit = after.fits.primary
    silent = (after.claim, after.grade) == ("inconclusive", "none")
    return silent and fit.design.obstacle == "no_controls" and not after.primary.interval.known
