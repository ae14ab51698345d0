"""Weights that make the controls' means those of the treated: a matched comparison without a
tolerance to choose.

Source: Hainmueller (2012), *Political Analysis* 20(1); Zhao and Percival (2017), *Journal of Causal
Inference* 5(1), for its double robustness.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from helpers.causal.estimators import Contrasted

_STEPS: Final = 100
_CLOSE: Final = 1e-8


def balanced(z: np.ndarray, d: np.ndarray, traits: np.ndarray) -> Contrasted:
    """Difference of means of the treated and of the controls weighted to the same traits.

    Parameters
    ----------
    z : what is compared.
    d : 1 for the treated, 0 for the controls.
    traits : one row a person; without a column, the difference of means.

    Returns
    -------
    Influences count that the weights were estimated; not-a-number where no weights balance the
    traits.
    """
    treated = d == 1
    spread = traits.std(axis=0)
    x = ((traits - traits[treated].mean(axis=0)) / np.where(spread > 0, spread, 1.0))[:, spread > 0]
    weights = entropy_weights(x[~treated])
    if weights is None:
        return Contrasted.unknown(d)
    value = float(z[treated].mean() - weights @ z[~treated])
    # Traits are balanced exactly, so only what they do not explain is left to chance.
    design = np.column_stack([np.ones(len(x)), x])
    root = np.sqrt(weights)
    beta = np.linalg.lstsq(design[~treated] * root[:, None], z[~treated] * root, rcond=None)[0]
    residual = z - design @ beta
    influence = np.empty(len(z))
    influence[treated] = (residual[treated] - value) / treated.sum()
    influence[~treated] = -weights * residual[~treated]
    share = np.where(treated, 1 / treated.sum(), 0.0)
    share[~treated] = weights
    return Contrasted(value, influence, share, d)


def entropy_weights(x: np.ndarray) -> np.ndarray | None:
    """The weights nearest to equal ones (in entropy) under which every column's mean is zero.

    Parameters
    ----------
    x : one row a person, columns of about one size.

    Returns
    -------
    They sum to one; None where no such weights are found.
    """
    tilt = np.zeros(x.shape[1])
    log_sum, weights = _tilted(x, tilt)
    for _ in range(_STEPS):
        off = weights @ x
        if np.abs(off).max(initial=0.0) < _CLOSE:
            return weights
        step = np.linalg.pinv((x * weights[:, None]).T @ x - np.outer(off, off), hermitian=True)
        direction, size = -step @ off, 1.0
        while size > 1e-6:
            new_sum, new = _tilted(x, tilt + size * direction)
            if new_sum <= log_sum + 1e-4 * size * float(off @ direction):
                break
            size /= 2
        else:
            return None
        tilt, log_sum, weights = tilt + size * direction, new_sum, new
    return None


def _tilted(x: np.ndarray, tilt: np.ndarray) -> tuple[float, np.ndarray]:
    """Logarithm of the mean of exp(x tilt), and the weights in proportion to it."""
    height = x @ tilt
    top = float(height.max())
    risen = np.exp(height - top)
    return top + float(np.log(risen.sum())), risen / risen.sum()
