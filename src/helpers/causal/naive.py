"""What a report would say without a design: before and after, trained and untrained. Shown to be
distrusted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm

from helpers.causal.averages import Average
from helpers.causal.design import Design
from helpers.contracts.panel import NEVER


def before_after(design: Design) -> Average | None:
    """Mean change of the treated, their treated years less their years before; it credits training
    with every trend.
    """
    rows = design.frame[design.frame["cohort"] != NEVER]
    after = rows["year"] >= rows["cohort"]
    means = rows.assign(after=after).groupby(["entity", "after"])[design.outcome].mean().unstack()
    if means.shape[1] < 2:
        return None
    change = (means[True] - means[False]).dropna()
    cluster = rows.drop_duplicates("entity").set_index("entity")["cluster"].reindex(change.index)
    return _clustered(np.ones((len(change), 1)), change.to_numpy(), cluster.to_numpy(), 0)


def trained_untrained(design: Design, year: int) -> Average | None:
    """Difference of means in one year, trained less untrained; it credits training with who was
    sent.

    Parameters
    ----------
    design : the rows that can be compared.
    year : the year whose outcomes are set side by side.
    """
    rows = design.frame[design.frame["year"] == year]
    trained = ((rows["cohort"] != NEVER) & (rows["cohort"] <= year)).to_numpy(float)
    if trained.min(initial=1) == trained.max(initial=0) or len(rows) < 3:
        return None
    x = np.column_stack([np.ones(len(rows)), trained])
    return _clustered(x, rows[design.outcome].to_numpy(float), rows["cluster"].to_numpy(), 1)


def two_way_fixed_effects(design: Design) -> Average | None:
    """Person and year fixed effects; with staggered training it uses the already trained as
    controls.

    Source: Goodman-Bacon (2021), *Journal of Econometrics* 225(2), on why this goes wrong when
    effects grow.
    """
    rows = design.frame
    trained = ((rows["cohort"] != NEVER) & (rows["year"] >= rows["cohort"])).astype(float)
    if trained.nunique() < 2:
        return None
    data = rows.assign(trained=trained)
    return with_years(data, design.outcome, "trained", "entity", "cluster")


def with_years(
    rows: pd.DataFrame, outcome: str, regressor: str, entity: str, cluster: str
) -> Average | None:
    """The coefficient of one regressor, with an intercept an entity and a year, clustered.

    Parameters
    ----------
    rows : one row an entity and ``year``.
    outcome : column that is explained.
    regressor : column whose coefficient is asked for.
    entity : column of those who have an intercept each.
    cluster : column whose groups share shocks.

    Returns
    -------
    None where it has no error.
    """
    years = {f"year_{y}": (rows["year"] == y).astype(float) for y in sorted(set(rows["year"]))[1:]}
    data = rows[[entity, outcome, cluster, regressor]].assign(**years)
    fit = fixed_effects(data, outcome, (regressor, *years), entity, cluster=cluster)
    value, error = fit.of(regressor)
    groups = rows[cluster].nunique()
    return Average(value, error, groups - 1) if np.isfinite(error) and error > 0 else None


@dataclass(frozen=True, slots=True)
class FixedEffects:
    """Coefficients (``table``: value, std_error by regressor), rows used, and the R-squared within
    entities.
    """

    table: pd.DataFrame
    n_obs: int
    r_squared_within: float

    def of(self, regressor: str) -> tuple[float, float]:
        """A coefficient and its standard error."""
        row = self.table.loc[[regressor], ["value", "std_error"]].to_numpy(float)[0]
        return float(row[0]), float(row[1])


def fixed_effects(
    data: pd.DataFrame,
    outcome: str,
    regressors: tuple[str, ...],
    entity: str,
    cluster: str | None = None,
) -> FixedEffects:
    """Least squares with one intercept an entity; classical errors, or clustered ones.

    Parameters
    ----------
    data : one row an entity and period; rows with a value missing are left out.
    outcome : column that is explained.
    regressors : columns that explain it.
    entity : column of those who have an intercept each.
    cluster : column whose groups share shocks; None for classical errors.

    Source: the within estimator, e.g. Wooldridge (2010), section 10.5; residual degrees of freedom
    count the entities.
    """
    rows = data.dropna(subset=[outcome, *regressors])
    columns = [outcome, *regressors]
    within = rows[columns] - rows.groupby(entity)[columns].transform("mean")
    model = sm.OLS(within[outcome].to_numpy(float), within[list(regressors)].to_numpy(float))
    if cluster is None:
        fit = model.fit()
        spare = len(rows) - rows[entity].nunique() - len(regressors)
        errors = fit.bse * np.sqrt(fit.df_resid / spare)
    else:
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(rows[cluster])[0]})
        errors = fit.bse
    table = pd.DataFrame({"value": fit.params, "std_error": errors}, index=list(regressors))
    return FixedEffects(table, len(rows), float(1 - fit.ssr / fit.uncentered_tss))


def difference_in_means(outcome: pd.Series, treated: pd.Series) -> tuple[float, float, float]:
    """Difference of two independent groups: value, classical (pooled) error, robust (HC1) error.

    Parameters
    ----------
    outcome : one value a person.
    treated : 1 or 0 in the same order.
    """
    x = sm.add_constant(treated.to_numpy(float))
    plain = sm.OLS(outcome.to_numpy(float), x).fit()
    return (
        float(plain.params[1]),
        float(plain.bse[1]),
        float(plain.get_robustcov_results("HC1").bse[1]),
    )


def _clustered(x: np.ndarray, y: np.ndarray, clusters: np.ndarray, which: int) -> Average | None:
    groups = len(np.unique(clusters))
    if groups < 2 or len(y) <= x.shape[1]:
        return None
    fit = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(clusters)[0]})
    error = float(fit.bse[which])
    return Average(float(fit.params[which]), error, groups - 1) if np.isfinite(error) else None
