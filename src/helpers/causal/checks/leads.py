"""Did the later trained move with the others before training, and would we have seen it?"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy import stats

from helpers.causal.averages import EventStudy, leads
from helpers.causal.fit import Fits
from helpers.contracts import Check

ALPHA: Final = 0.05
WANTED_POWER: Final = 0.80
# With one or two clusters to spare a test of several leads finds next to nothing.
_WANTED_SPARE: Final = 3


def pre_trend(fits: Fits) -> tuple[Check, ...]:
    """Whether outcomes of the later trained moved with the others before training: a joint F test
    of the leads.

    The Wald statistic of the leads (at most four, the nearest) is compared with F on the effective
    clusters, as Hotelling's T2: with few clusters, or cohorts that come from a few of them, the
    other forms reject far too often (methods.md, check 3). Where the clusters do not suffice for a
    test of all of them, the nearest are tested for which they do.

    Parameters
    ----------
    fits : all the fits of one outcome.
    """
    study = fits.primary.study
    if study is None:
        return ()
    times = leads(study)
    tested = _tested(study, times)
    if tested is None:
        return (Check("pre_trend", math.nan, ALPHA, None, _why(times)),)
    effects, cov, q, spare = tested
    times = times[-q:]
    wald = float(effects @ np.linalg.solve(cov, effects))
    p = float(stats.f.sf(wald * spare / ((q + spare - 1) * q), q, spare))
    detail = f"F, {times[0]}…{times[-1]}, {q + spare:.0f} effective clusters"
    return (Check("pre_trend", p, ALPHA, p >= ALPHA, detail),)


def dip(fits: Fits) -> tuple[Check, ...]:
    """Whether the year before training was like the one before it: people sent after a bad (or
    good) year show here.

    A t test of lead −2 alone.

    Parameters
    ----------
    fits : all the fits of one outcome.

    Source: Ashenfelter (1978), *Review of Economics and Statistics* 60(1).
    """
    study = fits.primary.study
    if study is None:
        return ()
    if -2 not in study.times:
        return (Check("dip", math.nan, ALPHA, None, "no lead −2"),)
    p = study.points[-2].p_value
    return (Check("dip", p, ALPHA, p >= ALPHA, "t, −2"),)


def pre_trend_power(fits: Fits) -> tuple[Check, ...]:
    """How often the F test would find a drift of the smallest effect of interest a year.

    Parameters
    ----------
    fits : all the fits of one outcome.

    Source: Roth (2022), *AER: Insights* 4(3), on what an insensitive pre-trend test is worth.
    """
    study = fits.primary.study
    if study is None:
        return ()
    times = leads(study)
    tested = _tested(study, times)
    smallest = fits.primary.smallest_effect
    if tested is None or not math.isfinite(smallest):
        return (Check("pre_trend_power", math.nan, WANTED_POWER, None, _why(times)),)
    _, cov, q, spare = tested
    path = smallest * (np.array(times[-q:]) + 1)
    shift = float(path @ np.linalg.solve(cov, path))
    power = float(stats.ncf.sf(stats.f.ppf(1 - ALPHA, q, spare), q, spare, shift))
    return (Check("pre_trend_power", power, WANTED_POWER, power >= WANTED_POWER, "F"),)


def _tested(
    study: EventStudy, times: list[int]
) -> tuple[np.ndarray, np.ndarray, int, float] | None:
    """Effects and covariance of the leads that can be tested together, how many they are, and what
    is left of the effective clusters.
    """
    for enough in (_WANTED_SPARE, 1):
        for q in range(len(times), 0, -1):
            near = times[-q:]
            effects, cov = study.at(near)
            spare = min(study.effective[study.times.index(t)] for t in near) - q
            if spare >= enough and np.all(np.isfinite(cov)) and np.linalg.matrix_rank(cov) == q:
                return effects, cov, q, spare
    return None


def _why(times: list[int]) -> str:
    return "not estimable" if times else "no leads"
