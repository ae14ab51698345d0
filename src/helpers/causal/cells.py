"""One cell of a design: what treatment did to one cohort, on one contrast of years.

Every design is an average of cells (methods.md, the designs in one form). A cell asks: for cohort
g, what is the effect on z = Σₛ cₛ Yₛ, against those not yet treated by the last of the years s? It
comes with its influence function summed to clusters, so that any two averages have a joint
covariance.

Source: Callaway and Sant'Anna (2021), *Journal of Econometrics* 225(2), equation 2.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from helpers.causal.balancing import balanced
from helpers.causal.estimators import Contrasted, doubly_robust, within
from helpers.causal.histories import Histories
from helpers.contracts.panel import NEVER

Adjustment = Literal["doubly_robust", "balanced", "within_unit", "none"]


@dataclass(frozen=True, slots=True)
class Fewest:
    """The fewest treated and controls with which a cell is worth looking at."""

    treated: int
    controls: int


PEOPLE = Fewest(5, 20)
UNITS = Fewest(2, 4)


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """The effect on one cohort in one year.

    ``influence`` holds a sum a cluster; its squares sum to the value's variance. ``raw`` is the
    same before `widened`, as libraries give it, and ``shares`` what each cluster is of either arm
    (two rows). ``treated`` and ``controls`` are the entities that
    entered, by position; ``weights`` are the controls', ``clipped`` is the share of those whose
    propensity was clipped, and ``settled`` whether it could be fitted.
    """

    cohort: int
    year: int
    value: float
    influence: np.ndarray
    raw: np.ndarray
    shares: np.ndarray
    treated: np.ndarray
    controls: np.ndarray
    weights: np.ndarray
    clipped: float = 0.0
    settled: bool = True

    @property
    def time(self) -> int:
        """Years since treatment."""
        return self.year - self.cohort

    @property
    def n_treated(self) -> int:
        return len(self.treated)

    @property
    def variance(self) -> float:
        return float((self.influence**2).sum())

    def __repr__(self) -> str:
        return f"Cell({self.cohort} in {self.year}: {self.value:.4g}, {self.n_treated} treated)"


def cell(
    of: Histories,
    cohort: int,
    year: int,
    coefficients: Mapping[int, float],
    *,
    adjustment: Adjustment = "doubly_robust",
    given: Sequence[int] = (),
    fewest: Fewest = PEOPLE,
    clip: float = 0.01,
) -> Cell | None:
    """The effect on one cohort, or None where too few can be compared.

    Parameters
    ----------
    of : the histories of the outcome.
    cohort : first treated year of those whose effect it is.
    year : the year that the cell speaks of.
    coefficients : weight of each year's outcome in the contrast; they sum to zero, but where the
        outcomes before are given.
    adjustment : doubly robust given the covariates; weights that balance them; least squares with a
        dummy a work unit; or means alone.
    given : years whose outcomes are adjusted for beside the covariates; who lacks one is left out.
    fewest : below these numbers a cell is left out.
    clip : propensities are clipped to [clip, 1 − clip].
    """
    columns = [of.column(s) for s in (*coefficients, *given)]
    if any(c is None for c in columns):
        return None
    at, lags = np.split(np.array(columns, int), [len(coefficients)])
    contrast = of.outcome[:, at] @ np.array(list(coefficients.values()), float)
    last = max(*coefficients, cohort - 1)
    seen = np.isfinite(contrast) & np.isfinite(of.outcome[:, lags]).all(axis=1)
    treated = np.flatnonzero(seen & (of.cohort == cohort))
    free = (of.exposed == NEVER) | (of.exposed > last)
    controls = np.flatnonzero(seen & free & (of.cohort != cohort))
    if len(treated) < fewest.treated or len(controls) < fewest.controls:
        return None
    who = np.r_[treated, controls]
    z, d = contrast[who], np.r_[np.ones(len(treated)), np.zeros(len(controls))]
    traits = np.column_stack([of.covariates[who], of.outcome[np.ix_(who, lags)]])
    if adjustment == "doubly_robust":
        found = doubly_robust(z, d, traits, clip)
    elif adjustment == "balanced":
        found = balanced(z, d, traits)
    elif adjustment == "within_unit":
        found = within(z, d, traits, of.place[who])
    else:
        found = doubly_robust(z, d, np.empty((len(who), 0)), clip)
    if not np.isfinite(found.value) or not np.all(np.isfinite(found.influence)):
        return None
    cluster, g = of.cluster[who], of.n_clusters
    return Cell(
        cohort,
        year,
        found.value,
        widened(found, cluster, g),
        np.bincount(cluster, found.influence, minlength=g),
        shares(found, cluster, g),
        treated,
        controls,
        found.weight[d == 0],
        found.clipped,
        found.settled,
    )


def widened(found: Contrasted, cluster: np.ndarray, clusters: int) -> np.ndarray:
    """Influences summed to clusters, each the larger the more of its arm's mean the cluster is.

    What a cluster pulls the mean towards itself is missing from its own residuals: divided by the
    square root of one less its share, their squares sum to the variance without bias where clusters
    are alike. A cohort from three units would else look half as uncertain as it is.

    Parameters
    ----------
    found : one contrast.
    cluster : of each person, whole numbers from 0.
    clusters : how many there are.

    Returns
    -------
    One number a cluster; an arm that is all of one cluster stays as it is, since nothing tells how
    clusters differ in it.

    Source: Bell and McCaffrey (2002), *Survey Methodology* 28(2), for means: the correction that
    Pustejovsky and Tipton (2018) call CR2.
    """
    total = np.zeros(clusters)
    for arm, share in enumerate(shares(found, cluster, clusters)):
        own = found.arms == arm
        left = np.where(share < 1 - 1e-9, 1 - share, 1.0)
        total += np.bincount(cluster[own], found.influence[own], minlength=clusters) / np.sqrt(left)
    return total


def shares(found: Contrasted, cluster: np.ndarray, clusters: int) -> np.ndarray:
    """What each cluster is of the controls' mean and of the treated's, a row an arm; where both are
    fitted together, of the coefficient, in the first row.

    Parameters
    ----------
    found : one contrast.
    cluster : of each person, whole numbers from 0.
    clusters : how many there are.
    """
    arms = [np.where(found.arms == arm, found.weight, 0.0) for arm in (0, 1)]
    return np.array([np.bincount(cluster, own, minlength=clusters) for own in arms])
