"""What a report would say without a design: before and after, trained and untrained. Shown to be distrusted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm

from helpers.causal.design import Design
from helpers.causal.estimate import Average
from helpers.contracts.panel import NEVER


def before_after(design: Design) -> Average | None:
    """Mean change of the treated, their treated years less their years before; it credits training with every trend."""
    rows = design.frame[design.frame["cohort"] != NEVER]
    after = rows["year"] >= rows["cohort"]
    means = rows.assign(after=after).groupby(["entity", "after"])[design.outcome].mean().unstack()
    if means.shape[1] < 2:
        return None
    change = (means[True] - means[False]).dropna()
    cluster = rows.drop_duplicates("entity").set_index("entity")["cluster"].reindex(change.index)
    return _clustered(np.ones((len(change), 1)), change.to_numpy(), cluster.to_numpy(), 0)


def trained_untrained(design: Design, year: int) -> Average | None:
    """Difference of means in one year, trained less untrained; it credits training with who was sent."""
    rows = design.frame[design.frame["year"] == year]
    trained = ((rows["cohort"] != NEVER) & (rows["cohort"] <= year)).to_numpy(float)
    if trained.min(initial=1) == trained.max(initial=0) or len(rows) < 3:
        return None
    x = np.column_stack([np.ones(len(rows)), trained])
    return _clustered(x, rows[design.outcome].to_numpy(float), rows["cluster"].to_numpy(), 1)


def difference_in_means(outcome: pd.Series, treated: pd.Series) -> tuple[float, float, float]:
    """Difference of two independent groups: value, classical (pooled) error, robust (HC1) error."""
    x = sm.add_constant(treated.to_numpy(float))
    plain = sm.OLS(outcome.to_numpy(float), x).fit()
    return float(plain.params[1]), float(plain.bse[1]), float(plain.get_robustcov_results("HC1").bse[1])


def _clustered(x: np.ndarray, y: np.ndarray, clusters: np.ndarray, which: int) -> Average | None:
    groups = len(np.unique(clusters))
    if groups < 2 or len(y) <= x.shape[1]:
        return None
    fit = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(clusters)[0]})
    error = float(fit.bse[which])
    return Average(float(fit.params[which]), error, groups - 1) if np.isfinite(error) else None


