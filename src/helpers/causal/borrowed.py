"""The same effect from other people's estimators: another weighting of the same comparisons.

Covariates are off, and who had some hours but never enough is left out from the first hour on, so
that he is a control no longer than in the cells.
"""

from __future__ import annotations

import warnings
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.causal.averages import Average
from helpers.causal.design import Design
from helpers.contracts.panel import NEVER

# What the library says aloud and may be passed over: people without an untreated year are left out
# by it, too, and a singular or ill-conditioned matrix is solved another way.
_PASSED_OVER: Final = (
    "Rank condition violated",
    "ImputationDiD variance: sparse factorization",
    "Rust backend detected ill-conditioned matrix",
)
# A regression with as many coefficients as rows has no error to be told.
_REFUSED: Final = "Degrees of freedom is non-positive"


def imputation(design: Design) -> Average | None:
    """Outcomes of treated years less what person and year effects of untreated years predict.

    Parameters
    ----------
    design : the rows that can be compared.

    Returns
    -------
    The mean over treated rows; None where the library cannot estimate it.

    Source: Borusyak, Jaravel and Spiess (2024), *Review of Economic Studies* 91(6).
    """
    from diff_diff import ImputationDiD

    return _fitted(ImputationDiD, design)


def sun_abraham(design: Design) -> Average | None:
    """Interactions of cohort and years since training in one regression, averaged by who is in
    them; the never trained are the controls.

    Parameters
    ----------
    design : the rows that can be compared.

    Returns
    -------
    None where nobody stays untrained, or the library cannot estimate it.

    Source: Sun and Abraham (2021), *Journal of Econometrics* 225(2).
    """
    from diff_diff import SunAbraham

    return _fitted(SunAbraham, design)


def clean(design: Design) -> pd.DataFrame:
    """The rows that an estimator without a notion of partial treatment may see.

    Parameters
    ----------
    design : the rows that can be compared.

    Returns
    -------
    Without years of the never treated from their first hour on, and without the treated who were
    not seen untreated.
    """
    rows = design.frame
    if "exposed" in rows:
        some = (rows["cohort"] == NEVER) & (rows["exposed"] != NEVER)
        rows = rows[~(some & (rows["year"] >= rows["exposed"]))]
    untreated = (rows["cohort"] == NEVER) | (rows["year"] < rows["cohort"])
    kept = rows[untreated.groupby(rows["entity"]).transform("any")]
    first = kept.groupby("entity")["cluster"].transform("first")
    return kept[["entity", "year", "cohort", design.outcome]].assign(cluster=first)


def _fitted(estimator: Any, design: Design) -> Average | None:
    rows = clean(design)
    clusters = int(rows["cluster"].nunique())
    if clusters < 2 or not (rows["cohort"] == NEVER).any():
        return None
    alone = clusters == rows["entity"].nunique()
    with warnings.catch_warnings():
        for said in _PASSED_OVER:
            warnings.filterwarnings("ignore", message=said, category=UserWarning)
        warnings.filterwarnings("error", message=_REFUSED, category=UserWarning)
        try:
            fit = estimator(
                cluster=None if alone else "cluster", rank_deficient_action="silent"
            ).fit(rows, outcome=design.outcome, unit="entity", time="year", first_treat="cohort")
        except (
            ValueError,
            RuntimeError,
            KeyError,
            ArithmeticError,
            np.linalg.LinAlgError,
            UserWarning,
        ):
            return None
    value, error = float(fit.overall_att), float(fit.overall_se)
    known = np.isfinite(value) and np.isfinite(error) and error > 0
    return Average(value, error, clusters - 1) if known else None
