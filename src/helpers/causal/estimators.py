"""Estimators of one contrast between the treated and the controls of a cell.

Sources: Sant'Anna and Zhao (2020), *Journal of Econometrics* 219(1), for the doubly robust one and
its influence function; the controls' weights are divided by the number treated, as ``diff-diff``
does, not by their own sum as in their Theorem 3.1.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Contrasted:
    """The effect on the treated of one contrast.

    ``influence`` is each person's: its squares sum to the variance where people are independent.
    ``weight`` is how much of their arm's mean each person is; it sums to one in each of the
    ``arms`` (1 for the treated, 0 for the controls; one arm where both are fitted together).
    ``clipped`` is the share of controls whose propensity was clipped, and ``settled`` whether it
    could be fitted. Value is not-a-number where nothing can be told.
    """

    value: float
    influence: np.ndarray
    weight: np.ndarray
    arms: np.ndarray
    clipped: float = 0.0
    settled: bool = True

    @classmethod
    def unknown(cls, d: np.ndarray) -> Contrasted:
        """Nothing can be told.

        Parameters
        ----------
        d : 1 for the treated, 0 for the controls.
        """
        return cls(float("nan"), np.zeros(len(d)), np.full(len(d), 1 / len(d)), np.zeros(len(d)))


def doubly_robust(z: np.ndarray, d: np.ndarray, traits: np.ndarray, clip: float) -> Contrasted:
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
    Controls weigh as their odds of being treated.
    """
    n, treated = len(z), d == 1
    n_treated = int(treated.sum())
    if traits.shape[1] == 0:
        mean, other = z[treated].mean(), z[~treated].mean()
        influence = np.where(treated, (z - mean) / n_treated, -(z - other) / max(n - n_treated, 1))
        equal = np.where(treated, 1 / n_treated, 1 / max(n - n_treated, 1))
        return Contrasted(float(mean - other), influence, equal, d)
    x = np.column_stack([np.ones(n), traits])
    controls = x[~treated]
    beta = np.linalg.lstsq(controls, z[~treated], rcond=None)[0]
    residual = z - x @ beta
    raw, settled = propensity(x, d)
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
    share = np.where(treated, 1 / n_treated, -weight / -weight[~treated].sum())
    return Contrasted(value, influence, share, d, float(np.mean((raw != p)[~treated])), settled)


def propensity(x: np.ndarray, d: np.ndarray) -> tuple[np.ndarray, bool]:
    """Logit probabilities of treatment, and whether the library settled on them without a warning
    of its own; where the fit fails, the treated's share for all.

    Parameters
    ----------
    x : one row a person, with a column of ones first.
    d : 1 for the treated, 0 for the controls.
    """
    from diff_diff.linalg import solve_logit

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            _, p = solve_logit(x[:, 1:], d, rank_deficient_action="silent")
        except (ValueError, np.linalg.LinAlgError):
            return np.full(len(d), d.mean()), False
    # How many people there are for each trait is a check of its own.
    return np.asarray(p), all(str(w.message).startswith("Low Events") for w in said)


def within(z: np.ndarray, d: np.ndarray, traits: np.ndarray, place: np.ndarray) -> Contrasted:
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
    The coefficient of treatment, in one arm; not-a-number where no unit has both.

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
        return Contrasted.unknown(d)
    value = float(own @ moved) / spread
    influence = own * (moved - value * own) / spread
    return Contrasted(value, influence, own**2 / spread, np.zeros(len(z)))
