"""An outcome regressed on being drawn, and the same for draws dealt again.

Source: Wu and Ding (2021), *JASA* 116, for studentised statistics under the draw.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Regressed:
    """One outcome regressed on being drawn: ``value``, each entity's ``influence``, its error."""

    value: float
    influence: np.ndarray

    @property
    def std_error(self) -> float:
        return float(np.sqrt((self.influence**2).sum()))


def regressed(
    z: np.ndarray, drawn: np.ndarray, controls: np.ndarray, entity: np.ndarray | None = None
) -> Regressed:
    """Least squares of an outcome on being drawn, with robust influences (HC1).

    Parameters
    ----------
    z : the outcome, one value a row.
    drawn : ones and zeros.
    controls : rows by columns; columns that say the same are one.
    entity : whose each row is; influences are summed to them. Each row's own where absent.
    """
    import statsmodels.api as sm

    fit = sm.OLS(z, np.column_stack([drawn, independent(controls)])).fit()
    own = fit.model.pinv_wexog[0]
    scale = math.sqrt(len(z) / max(fit.df_resid, 1))
    influence = own * fit.resid * scale
    return Regressed(
        float(fit.params[0]), influence if entity is None else _sums(entity, influence)
    )


def _sums(entity: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Rows summed to the entities whose they are, in the order of their first rows."""
    at, own = pd.factorize(entity)
    if len(own) == len(entity):
        return rows
    sums = np.zeros((len(own), *rows.shape[1:]))
    np.add.at(sums, at, rows)
    return sums


def independent(controls: np.ndarray) -> np.ndarray:
    """An orthonormal basis of what the controls span.

    Parameters
    ----------
    controls : rows by columns; columns that say the same are one.
    """
    u, s, _ = np.linalg.svd(controls, full_matrices=False)
    return u[:, s > 1e-10 * s.max(initial=0.0)]


def statistics(
    z: np.ndarray, dealt: np.ndarray, controls: np.ndarray, entity: np.ndarray
) -> np.ndarray:
    """The size of the studentised effect in each draw dealt again, as if nobody had gained.

    Parameters
    ----------
    z : the outcome, one value a row.
    dealt : rows by draws, ones and zeros.
    controls : rows by columns.
    entity : whose each row is.
    """
    basis = independent(controls)
    y = z - basis @ (basis.T @ z)
    d = dealt - basis @ (basis.T @ dealt)
    weight = (d**2).sum(axis=0)
    told = weight > 1e-9
    d, weight = d[:, told], weight[told]
    value = y @ d / weight
    residual = y[:, None] - d * value
    freedom = max(len(z) - basis.shape[1] - 1, 1)
    summed = _sums(entity, d * residual)
    variance = (summed**2).sum(axis=0) / weight**2 * len(z) / freedom
    with np.errstate(divide="ignore", invalid="ignore"):
        ts = np.abs(value) / np.sqrt(variance)
    return ts[np.isfinite(ts)]


def within_strata(traits: np.ndarray, drawn: np.ndarray, stratum: pd.Series) -> np.ndarray:
    """How much more of each trait the drawn have within strata, one column a draw.

    Parameters
    ----------
    traits : rows by traits.
    drawn : rows by draws, ones and zeros.
    stratum : of each row.
    """
    code = np.unique(stratum.astype(str), return_inverse=True)[1]
    size = np.bincount(code)[:, None]
    of_stratum = np.zeros((len(size), drawn.shape[1]))
    np.add.at(of_stratum, code, drawn)
    own = drawn - (of_stratum / size)[code]
    weight = (own * drawn).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(traits.T @ own / np.where(weight > 0, weight, np.nan))
