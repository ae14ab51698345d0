"""Is zero ruled out, and how small an effect could have been seen at all?"""

from __future__ import annotations

import math
from typing import Final

from scipy import stats

from helpers.causal.averages import clusters
from helpers.causal.fit import Fits, Fitted
from helpers.contracts import Check

ALPHA: Final = 0.05
_POWER: Final = 0.80
_FEWEST_CLUSTERS: Final = 10.0


def interval_excludes_zero(fits: Fits) -> tuple[Check, ...]:
    """Whether zero is ruled out: the main outcome of a question at full alpha, the others only
    behind it and with Holm among themselves.

    Parameters
    ----------
    fits : all the fits of one outcome; the primary one carries its adjusted p-value.
    """
    p = fits.primary.estimate.p_adjusted
    passed = p < ALPHA if math.isfinite(p) else None
    return (Check("interval", p, ALPHA, passed, "p"),)


def enough_clusters(fits: Fits) -> tuple[Check, ...]:
    """Whether enough groups that share shocks entered for their errors to be trusted.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told where dates were dealt again, which needs no
        such number.

    Source: Cameron, Gelbach and Miller (2008), *Review of Economics and Statistics* 90(3): with 5
    to 10 clusters, t tests on clustered errors reject up to twice as often as they say.
    """
    if fits.primary.average is None or fits.primary.randomised is not None:
        return ()
    found = float(clusters([c for c in fits.primary.cells if c.time >= 0]))
    return (Check("clusters", found, _FEWEST_CLUSTERS, found >= _FEWEST_CLUSTERS, ""),)


def dealt_again(fits: Fits) -> tuple[Check, ...]:
    """Whether dealing the treatment dates again gives so large an effect less than one time in
    twenty.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told where none of them was dealt again.
    """
    dealt = fits.primary.randomised
    if dealt is None:
        return ()
    passed = dealt.p_value < ALPHA
    return (Check("randomisation", dealt.p_value, ALPHA, passed, f"{dealt.draws} draws"),)


def smallest_detectable(fits: Fits) -> tuple[Check, ...]:
    """The smallest effect that this design would have found four times in five; passes where it is
    small enough.

    Parameters
    ----------
    fits : all the fits of one outcome; error, degrees of freedom and alpha are the verdict's own:
        of outcomes tested together, that of the first of them in Holm's order.
    """
    wanted = fits.primary.smallest_effect
    alpha = min(ALPHA, 1 - fits.primary.ask.level) / fits.tested_together
    found = detectable(fits.primary, alpha)
    if not math.isfinite(found):
        return ()
    detail = f"80% power, {100 * alpha:.3g}%"
    return (Check("detectable_effect", found, wanted, found <= wanted, detail),)


def detectable(fitted: Fitted, alpha: float = ALPHA) -> float:
    """The effect that a fit's own verdict would find four times in five, in the outcome's unit.

    Parameters
    ----------
    fitted : with an average; where dates were dealt again, half of its interval takes the place of
        the error times t.
    alpha : how often the verdict may find what is not there.
    """
    average = fitted.average
    if average is None:
        return math.nan
    beyond = float(stats.t.ppf(_POWER, average.df)) * average.std_error
    needed = float(stats.t.ppf(1 - alpha / 2, average.df))
    if fitted.randomised is not None:
        half = (fitted.randomised.high - fitted.randomised.low) / 2
        at_level = float(stats.t.ppf(0.5 + fitted.ask.level / 2, average.df))
        return half * needed / at_level + beyond
    return needed * average.std_error + beyond
