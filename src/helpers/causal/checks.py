"""Checks of a design's assumptions, each with its figure, its threshold and whether it passed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from scipy import stats

from helpers.causal.estimate import GroupTime
from helpers.causal.fit import Fits
from helpers.contracts import Check

ALPHA: Final = 0.05
_MOST_LEADS: Final = 4
# A two-sided 5% test has 80% power for effects of this many standard errors.
POWER_FACTOR: Final = float(stats.norm.ppf(0.975) + stats.norm.ppf(0.80))


def pre_trend(fits: Fits) -> tuple[Check, ...]:
    """Whether outcomes of the later trained moved with the others before training: a joint F test
    of the leads.

    The Wald statistic of the leads (at most four, the nearest) is compared with F on clusters, as
    Hotelling's T2: with few clusters the chi-square form rejects far too often (methods.md, check
    3).
    """
    fit = fits.primary.group_time
    return (_pre_trend(fit),) if fit is not None else ()


def _pre_trend(fit: GroupTime) -> Check:
    leads = [t for t in fit.event_cov_times if t < -1][-_MOST_LEADS:]
    at = [fit.event_cov_times.index(t) for t in leads]
    by_time = fit.event.set_index("event_time")["effect"]
    if not at:
        return Check("pre_trend", float("nan"), ALPHA, None, "no leads")
    effect = np.array([by_time[t] for t in leads])
    cov = fit.event_cov[np.ix_(at, at)]
    q, g = len(at), fit.n_clusters
    if not np.all(np.isfinite(cov)) or np.linalg.matrix_rank(cov) < q or g - q < 1:
        return Check("pre_trend", float("nan"), ALPHA, None, "not estimable")
    wald = float(effect @ np.linalg.solve(cov, effect))
    p = float(stats.f.sf(wald * (g - q) / ((g - 1) * q), q, g - q))
    return Check(
        "pre_trend", p, ALPHA, p >= ALPHA, f"F test of leads {leads[0]}…{leads[-1]}, {g} clusters"
    )


def smallest_detectable(fits: Fits) -> tuple[Check, ...]:
    """The smallest effect that this design would have found four times in five; passes where it is
    small enough.
    """
    fit, wanted = fits.primary.group_time, fits.primary.smallest_effect
    if fit is None:
        return ()
    found = POWER_FACTOR * fit.overall.std_error
    return (Check("detectable_effect", found, wanted, found <= wanted, "80% power, two-sided 5%"),)


def interval_excludes_zero(fits: Fits) -> tuple[Check, ...]:
    """Whether zero is ruled out once the question's several outcomes are allowed for (Holm)."""
    p = fits.primary.estimate.p_adjusted
    return (
        Check(
            "interval", p, ALPHA, p < ALPHA if math.isfinite(p) else None, "p, Holm over outcomes"
        ),
    )


def dealt_again(fits: Fits) -> tuple[Check, ...]:
    """Whether dealing the treatment dates again gives so large an effect less than one time in
    twenty.
    """
    dealt = fits.primary.randomised
    if dealt is None:
        return ()
    return (
        Check("randomisation", dealt.p_value, ALPHA, dealt.p_value < ALPHA, f"{dealt.draws} draws"),
    )


# Each check sees all the fits of one outcome, by role; the order is that of the report.
CHECKS: Final[tuple[Callable[[Fits], tuple[Check, ...]], ...]] = (
    interval_excludes_zero,
    pre_trend,
    smallest_detectable,
    dealt_again,
)
