"""One cell of a design: what treatment did to one cohort, on one contrast of years.

Every design is an average of cells (methods.md, the designs in one form). A cell asks: for cohort
g, what is the effect on z = Σₛ cₛ Yₛ, against those not yet treated by the last of the years s? It
comes with its influence function summed to clusters, so that any two averages have a joint
covariance.

Sources: Callaway and Sant'Anna (2021), *Journal of Econometrics* 225(2), equation 2.4; Sant'Anna
and Zhao (2020), *Journal of Econometrics* 219(1), Theorem 3.1, for the influence function.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from helpers.causal.balancing import balanced
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

    ``influence`` holds a sum a cluster; its squares sum to the value's variance (before the factor
    G/(G−1)). ``treated`` and ``controls`` are the entities that entered, by position; ``clipped``
    is the share of controls whose propensity was clipped.
    """

    cohort: int
    year: int
    value: float
    influence: np.ndarray
    treated: np.ndarray
    controls: np.ndarray
    clipped: float = 0.0

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
    clipped = 0.0
    traits = np.column_stack([of.covariates[who], of.outcome[np.ix_(who, lags)]])
    if adjustment == "doubly_robust":
        value, influence, clipped = doubly_robust(z, d, traits, clip)
    elif adjustment == "balanced":
        value, influence = balanced(z, d, traits)
    elif adjustment == "within_unit":
        value, influence = within(z, d, traits, of.place[who])
    else:
        value, influence, _ = doubly_robust(z, d, np.empty((len(who), 0)), clip)
    if not np.isfinite(value) or not np.all(np.isfinite(influence)):
        return None
    summed = np.bincount(of.cluster[who], influence, minlength=of.n_clusters)
    return Cell(cohort, year, value, summed, treated, controls, clipped)


def doubly_robust(
    z: np.ndarray, d: np.ndarray, traits: np.ndarray, clip: float
) -> tuple[float, np.ndarray, float]:
    """Doubly robust effect on the treated: right where either the propensity or the outcome model
    is.

    Parameters
    ----------
    z : the contrast of outcomes.
    d : 1 for the treated, 0 for the controls, the treated first.
    traits : one row a person; without a column, the difference of means.
    clip : propensities are clipped to [clip, 1 − clip].

    Returns
    -------
    The effect, each person's influence (its squares sum to the variance where people are
    independent), and the share of controls whose propensity was clipped.
    """
    n, treated = len(z), d == 1
    n_treated = int(treated.sum())
    if traits.shape[1] == 0:
        mean, other = z[treated].mean(), z[~treated].mean()
        influence = np.where(treated, (z - mean) / n_treated, -(z - other) / max(n - n_treated, 1))
        return float(mean - other), influence, 0.0
    x = np.column_stack([np.ones(n), traits])
    controls = x[~treated]
    beta = np.linalg.lstsq(controls, z[~treated], rcond=None)[0]
    residual = z - x @ beta
    raw = propensity(x, d)
    p = np.clip(raw, clip, 1 - clip)
    weight = np.where(treated, 1.0, -p / (1 - p))
    value = float((weight * residual).sum() / n_treated)
    influence = (weight * residual - treated * value) / n_treated
    # The two models were estimated: their influence, through the effect's derivative by each.
    hessian = np.linalg.pinv(x.T @ ((p * (1 - p))[:, None] * x))
    by_propensity = (weight * residual * ~treated) @ x / n_treated
    influence = influence + ((d - p)[:, None] * x) @ hessian @ by_propensity
    by_outcome = -(weight @ x) / n_treated
    bread = np.linalg.pinv(controls.T @ controls)
    influence[~treated] += (residual[~treated][:, None] * controls) @ bread @ by_outcome
    return value, influence, float(np.mean((raw != p)[~treated]))


def propensity(x: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Logit probabilities of treatment; where the fit fails, the treated's share for all.

    Parameters
    ----------
    x : one row a person, with a column of ones first.
    d : 1 for the treated, 0 for the controls.
    """
    from diff_diff.linalg import solve_logit

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _, p = solve_logit(x[:, 1:], d, rank_deficient_action="silent")
        except (ValueError, np.linalg.LinAlgError):
            return np.full(len(d), d.mean())
    return np.asarray(p)


def within(
    z: np.ndarray, d: np.ndarray, traits: np.ndarray, place: np.ndarray
) -> tuple[float, np.ndarray]:
    """Least squares of the contrast on treatment and traits with a dummy a work unit: what a shock
    of the whole unit cannot feign.

    Parameters
    ----------
    z : the contrast of outcomes.
    d : 1 for the treated, 0 for the controls.
    traits : one row a person.
    place : work unit, whole numbers.

    Returns
    -------
    The coefficient of treatment and each person's influence; not-a-number where no unit has both.

    Source: Frisch, Waugh and Lovell's theorem.
    """
    data = np.column_stack([z, d, traits])
    code = np.unique(place, return_inverse=True)[1]
    size = np.bincount(code)
    means = np.column_stack([np.bincount(code, column) / size for column in data.T])
    data = data - means[code]
    rest = data[:, 2:]
    if rest.shape[1]:
        data = data[:, :2] - rest @ np.linalg.lstsq(rest, data[:, :2], rcond=None)[0]
    own, moved = data[:, 1], data[:, 0]
    spread = float(own @ own)
    if spread < 1e-9 * len(z):
        return float("nan"), np.zeros(len(z))
    value = float(own @ moved) / spread
    return value, own * (moved - value * own) / spread
