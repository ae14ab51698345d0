"""Is like compared with like, by how many, and at what price? Told, never gating a grade."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from helpers.causal.fit import Fits, Fitted
from helpers.contracts import Check, schemas

# What Works Clearinghouse, standards 4.1, baseline equivalence: up to 0.05 alike, up to 0.25 to be
# adjusted for, beyond it unlike.
ALIKE: Final = 0.05
UNLIKE: Final = 0.25
# No published bound was found. At a tenth the comparison group's error is √10, three times, that
# of equal weights (Kish 1965, *Survey Sampling*, section 11.2): hardly anybody is like the trained.
_LEAST_SHARE: Final = 0.10
# Peduzzi et al. (1996), *Journal of Clinical Epidemiology* 49(12).
_EVENTS_PER_VARIABLE: Final = 10.0


def balance(fits: Fits) -> tuple[Check, ...]:
    """Whether every covariate's mean lies within a quarter of a standard deviation after weighting,
    in the training year's cells together.

    Parameters
    ----------
    fits : all the fits of one outcome; the figure is the largest absolute difference. Nothing is
        told where the primary adjusts for nothing, or other estimators were not asked for.
    """
    if not _told(fits):
        return ()
    table = standardised(fits.primary)
    traits = table[table["covariate"].isin(fits.primary.design.covariates)]
    if traits.empty:
        return (Check("balance", math.nan, UNLIKE, None, "not estimable"),)
    before, after = (float(traits[c].abs().max()) for c in ("before", "after"))
    few = int((traits["after"].abs() <= ALIKE).sum())
    detail = f"{before:.2f} before weighting; {few} of {len(traits)} within {ALIKE}"
    return (Check("balance", after, UNLIKE, after <= UNLIKE, detail),)


def overlap(fits: Fits) -> tuple[Check, ...]:
    """Whether the weighted controls are worth at least a tenth of their number: Kish's effective
    sample size as a share of the controls, in the training year's cells; and whether the propensity
    could be fitted in each of them.

    Parameters
    ----------
    fits : all the fits of one outcome; the smallest cell share is not the figure, but their mean
        over the treated.
    """
    if not _told(fits):
        return ()
    found = [(_share(c.weights), c.clipped, c.n_treated) for c in fits.primary.training_year]
    if not found:
        return (Check("overlap", math.nan, _LEAST_SHARE, None, "not estimable"),)
    share, clipped, treated = np.array(found, float).T
    figure = float(np.average(share, weights=treated))
    detail = f"{100 * float(np.average(clipped, weights=treated)):.1f}% of controls clipped"
    unsettled = sum(not c.settled for c in fits.primary.training_year)
    if unsettled:
        detail += f"; no settled propensity in {unsettled} of {len(found)} cells"
    passed = figure >= _LEAST_SHARE and not unsettled
    return (Check("overlap", figure, _LEAST_SHARE, passed, detail),)


def events_per_variable(fits: Fits) -> tuple[Check, ...]:
    """Whether the smallest treated cell has people enough for the covariates of its propensity.

    Parameters
    ----------
    fits : all the fits of one outcome; the figure is treated (or controls, where those are fewer) a
        covariate.
    """
    if not _told(fits):
        return ()
    least = min(
        (min(c.n_treated, len(c.controls)) for c in fits.primary.cells if c.time >= 0), default=0
    )
    if not least:
        return (Check("events_per_variable", math.nan, _EVENTS_PER_VARIABLE, None, "no cells"),)
    figure = least / len(fits.primary.design.covariates)
    passed = figure >= _EVENTS_PER_VARIABLE
    return (Check("events_per_variable", figure, _EVENTS_PER_VARIABLE, passed, f"{least} people"),)


def standardised(fitted: Fitted) -> pd.DataFrame:
    """Differences of the treated's means from the controls', in standard deviations, before and
    after weighting.

    Parameters
    ----------
    fitted : a primary one; its cells of the training year are taken together, by their treated. The
        size is the mean of the cells' sizes, so that cohorts that differ in opposite ways do not
        read as alike; the sign is that of their mean.

    Returns
    -------
    One row a covariate and, last, the outcome of the year before (``covariate, before, after``);
    none without cells.
    """
    of, names = fitted.design.of, [*fitted.design.covariates, fitted.design.outcome]
    cells = fitted.training_year
    differences, sizes = [], []
    for c in cells:
        year_before = of.outcome[:, [c.cohort - 1 - int(of.years[0])]]
        values = np.column_stack([of.covariates, year_before])
        ours, theirs = values[c.treated], values[c.controls]
        spread = np.sqrt((ours.var(axis=0, ddof=1) + theirs.var(axis=0, ddof=1)) / 2)
        # Where a trait is the same for everybody of an arm, the spread of both arms together.
        both_arms = values[np.r_[c.treated, c.controls]].std(axis=0, ddof=1)
        spread = np.where(spread > 0, spread, np.where(both_arms > 0, both_arms, np.inf))
        both = (theirs.mean(axis=0), c.weights @ theirs)
        differences.append([(ours.mean(axis=0) - other) / spread for other in both])
        sizes.append(c.n_treated)
    if not cells:
        return schemas.empty(schemas.FRAMES["balance"])
    found = np.array(differences)
    mean, size = (np.average(of, axis=0, weights=sizes) for of in (found, np.abs(found)))
    before, after = np.where(mean < 0, -size, size)
    return pd.DataFrame({"covariate": names, "before": before, "after": after})


def _told(fits: Fits) -> bool:
    primary = fits.primary
    return fits.seen_from_all_sides and primary.ask.adjusted and bool(primary.design.covariates)


def _share(weights: np.ndarray) -> float:
    """Kish's effective sample size of weights that sum to one, as a share of their number."""
    return float(1 / (weights**2).sum() / len(weights))
