"""What if the trained would not have moved with the others after training, either?

Rambachan and Roth (2023), *Review of Economic Studies* 90(5), relative magnitudes: the bounds hold
while two neighbouring years after training drift apart by at most M̄ times the largest drift seen
between two neighbouring years before. The target is the training year, and its mean with the next:
violations add up with every further year.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Final

import numpy as np

from helpers.causal.averages import EventStudy, leads
from helpers.causal.fit import Fits
from helpers.contracts import Check
from helpers.contracts.check_names import CheckName

ALPHA: Final = 0.05
MAGNITUDE: Final = 1.0
_GRID_POINTS: Final = 100
_MOST_LEADS: Final = 3
_COARSE: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)


def bounded(fits: Fits) -> tuple[Check, ...]:
    """Whether the bounds at M̄ = 1 rule out zero for the training year, and for its mean with the
    next; and whether they lie inside the smallest effect of interest.

    Parameters
    ----------
    fits : all the fits of one outcome. The figure is the bound nearer to zero, 0 where they hold
        it; of ``robust_inside`` it is the bound farthest from zero.
    """
    study = fits.primary.study
    if study is None:
        return ()
    near = [bounds(study, years, alpha=_alpha(fits)) for years in ((0,), (0, 1))]
    smallest = fits.primary.smallest_effect
    told = [
        _rules_out_zero("bounds_training_year", near[0], fits.primary.estimate.interval.value),
        _rules_out_zero("bounds_two_years", near[1], fits.primary.estimate.interval.value),
    ]
    known = [b for b in near if b is not None]
    if not known:
        return (*told, Check("robust_inside", math.nan, smallest, None, "no leads"))
    farthest = max(abs(x) for b in known for x in b)
    return (*told, Check("robust_inside", farthest, smallest, farthest < smallest, "M̄ = 1"))


def _rules_out_zero(name: CheckName, found: tuple[float, float] | None, value: float) -> Check:
    if found is None:
        return Check(name, math.nan, 0.0, None, "no leads")
    low, high = found
    nearest = low if low > 0 else high if high < 0 else 0.0
    passed = nearest * value > 0
    return Check(name, nearest, 0.0, passed, f"{low:.4g} … {high:.4g}, M̄ = 1")


def bounds(
    study: EventStudy,
    target: Sequence[int],
    magnitude: float = MAGNITUDE,
    alpha: float = ALPHA,
    *,
    last_alone: bool = False,
) -> tuple[float, float] | None:
    """The interval of the mean over some treated years under violations of relative magnitude.

    Parameters
    ----------
    study : with at least one lead.
    target : years since treatment, from 0 without a gap.
    magnitude : M̄, in multiples of the largest drift between two neighbouring years before.
    alpha : how often such intervals may miss the truth.
    last_alone : of the last of those years, not of their mean.

    Returns
    -------
    None where there is no lead, a target year was not observed, or the bounds cannot be found.
    """
    before = leads(study)[-_MOST_LEADS:]
    if not before or any(t not in study.times for t in target):
        return None
    from statspai import honest_did_from_moments

    times = [*before, *target]
    effects, covariance = study.at(times)
    only_last = [0.0] * (len(target) - 1) + [1.0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = honest_did_from_moments(
                effects,
                covariance,
                event_times=times,
                l_vec=only_last if last_alone or len(target) == 1 else "average",
                method="relative_magnitude",
                m_grid=[magnitude],
                grid_points=_GRID_POINTS,
                alpha=alpha,
            )
        except (ValueError, np.linalg.LinAlgError):
            return None
    row = found[np.isclose(found["M"], magnitude)]
    if row.empty or not np.isfinite(row[["ci_lower", "ci_upper"]].to_numpy(float)).all():
        return None
    return float(row["ci_lower"].iloc[0]), float(row["ci_upper"].iloc[0])


def _alpha(fits: Fits) -> float:
    """5%, or less where the plan's intervals are wider."""
    return min(ALPHA, 1 - fits.primary.ask.level)


def breakdown(study: EventStudy, target: Sequence[int] = (0,), alpha: float = ALPHA) -> float:
    """The largest M̄ (of a coarse grid) at which the bounds still rule out zero; 0 where none does.

    Parameters
    ----------
    study : with at least one lead.
    target : years since treatment.
    alpha : as of `bounds`.
    """
    # Bounds widen with M̄, so that halving the grid finds where they first hold zero.
    held, failed = -1, len(_COARSE)
    while failed - held > 1:
        middle = (held + failed) // 2
        found = bounds(study, target, _COARSE[middle], alpha)
        if found is None or found[0] <= 0 <= found[1]:
            failed = middle
        else:
            held = middle
    return _COARSE[held] if held >= 0 else 0.0


def breakdown_value(fits: Fits) -> tuple[Check, ...]:
    """How many times the largest drift before training the drift since would have to be, before
    zero were inside the training year's bounds; passes where an equal one is not enough.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told where other estimators were not asked for.
    """
    study = fits.primary.study
    if study is None or not fits.seen_from_all_sides:
        return ()
    if not leads(study) or 0 not in study.times:
        return (Check("breakdown", math.nan, MAGNITUDE, None, "no leads"),)
    figure = breakdown(study, alpha=_alpha(fits))
    most = "at least" if figure == _COARSE[-1] else "of a coarse grid"
    return (Check("breakdown", figure, MAGNITUDE, figure >= MAGNITUDE, most),)
