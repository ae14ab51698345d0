"""Do designs that fail for different reasons agree?"""

from __future__ import annotations

import math
from typing import Final

from helpers.causal.ask import Estimator
from helpers.causal.fit import Fits
from helpers.contracts import Check
from helpers.contracts.check_names import CheckName

ALPHA: Final = 0.05
# How much of the estimate must stay without the units on the knife's edge.
_KEPT: Final = 0.5
_DESIGNS: Final[tuple[tuple[CheckName, Estimator], ...]] = (
    ("within_unit", "within_unit"),
    ("symmetric", "symmetric"),
    ("own_line", "own_line_without_year_before"),
)


def same_sign(fits: Fits) -> tuple[Check, ...]:
    """Whether each further design finds the primary's sign at one-sided 5%.

    Parameters
    ----------
    fits : all the fits of one outcome; designs that were not asked for are not told of.
    """
    sign = fits.primary.estimate.interval.value
    told = []
    for name, estimator in _DESIGNS:
        fitted = fits.by(estimator)
        if fitted is None:
            continue
        if fitted.average is None or not math.isfinite(sign):
            told.append(Check(name, math.nan, ALPHA, None, "not estimable"))
            continue
        p = fitted.average.signed_p(sign)
        told.append(Check(name, p, ALPHA, p < ALPHA, f"{fitted.average.value:.4g}"))
    return tuple(told)


def without_near_threshold(fits: Fits) -> tuple[Check, ...]:
    """Whether the estimate keeps its sign and half of its size without the units near the
    threshold of treatment, which a few misrecorded people put on one side or the other.

    Parameters
    ----------
    fits : all the fits of one outcome; the figure is the share of the estimate that stays.
    """
    rest = next((f for f in fits.of("robustness") if f.ask.panel_of == "near_threshold"), None)
    if rest is None:
        return ()
    whole = fits.primary.estimate.interval.value
    kept = rest.estimate.interval.value / whole if whole else math.nan
    if not math.isfinite(kept):
        return (Check("near_threshold", math.nan, _KEPT, None, "not estimable"),)
    return (Check("near_threshold", kept, _KEPT, kept >= _KEPT, ""),)
