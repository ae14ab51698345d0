"""Intervals of means and shares of people or forms that come in units (clusters)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from helpers.contracts import UNKNOWN, Interval
from helpers.contracts.measure_shapes import GROUPED
from helpers.contracts.schemas import empty


def linearised(influence: np.ndarray, clusters: pd.Series) -> tuple[float, int]:
    """Standard error and degrees of freedom of a statistic from its linearised values, by cluster.

    Parameters
    ----------
    influence : what each row adds to the statistic's error, in the statistic's unit; adds up to
        nearly 0.
    clusters : by position, the unit that each row is of; rows of one unit are not independent.

    Returns
    -------
    The standard error, and clusters less one; not-a-number and 0 where there is a single cluster.

    Source: Taylor linearisation with clusters as sampled, e.g. Wolter (2007), *Introduction to
    Variance Estimation*, chapter 6; degrees of freedom are clusters less one.
    """
    of, names = pd.factorize(np.asarray(clusters))
    known, groups = of >= 0, len(names)
    totals = np.bincount(of[known], np.asarray(influence, float)[known], minlength=groups)
    if groups < 2:
        return float("nan"), 0
    return float(np.sqrt(groups / (groups - 1) * np.sum((totals - totals.mean()) ** 2))), groups - 1


def around(
    value: float, influence: np.ndarray, clusters: pd.Series, n: int, *, level: float = 0.95
) -> Interval:
    """The t interval of a statistic from its linearised values, by cluster; `linearised`
    says how.

    Parameters
    ----------
    value : the statistic itself, which the interval is centred on.
    influence, clusters : as of `linearised`.
    n : people or forms behind the statistic; it is passed on and plays no part in the interval.
    level : the part of such intervals that hold the truth.
    """
    error, df = linearised(influence, clusters)
    half = float(stats.t.ppf(0.5 + level / 2, df)) * error if df > 0 else float("nan")
    return Interval(float(value), float(value - half), float(value + half), error, n)


def mean(values: pd.Series, clusters: pd.Series, *, level: float = 0.95) -> Interval:
    """A mean with its cluster interval; missing values are left out.

    Parameters
    ----------
    values : the amounts, one a person or form.
    clusters : by position, the unit of each; where all are of one, each row stands for itself.
    level : as of `around`.

    Returns
    -------
    Mean and bounds in the unit of ``values``, n the known values; unknown where there is none.
    """
    known = values.notna().to_numpy()
    x = values[known].to_numpy(float)
    if not len(x):
        return UNKNOWN
    centre = float(x.mean())
    where = pd.Series(np.asarray(clusters)[known])
    return around(
        centre,
        (x - centre) / len(x),
        where if where.nunique() > 1 else pd.Series(np.arange(len(x))),
        len(x),
        level=level,
    )


def difference(
    values: tuple[pd.Series, pd.Series],
    clusters: tuple[pd.Series, pd.Series],
    *,
    level: float = 0.95,
) -> Interval:
    """The mean of one group less that of another, with its cluster interval.

    Parameters
    ----------
    values : the amounts of both groups, none of them missing and no group empty.
    clusters : the unit of each amount: both groups share what befell their unit. Where all are of
        one, each row stands for itself.
    level : as of `around`.

    Returns
    -------
    In the unit of ``values``, n the amounts of both.
    """
    means = [float(v.mean()) for v in values]
    parts = [
        sign * (v.to_numpy(float) - m) / len(v)
        for v, m, sign in zip(values, means, (1, -1), strict=True)
    ]
    where = pd.concat([c.astype(object) for c in clusters], ignore_index=True)
    return around(
        means[0] - means[1],
        np.concatenate(parts),
        where if where.nunique() > 1 else pd.Series(np.arange(len(where))),
        len(where),
        level=level,
    )


def share(hits: pd.Series, clusters: pd.Series, *, level: float = 0.95) -> Interval:
    """A share with a Wilson interval widened by the design effect of units.

    Parameters
    ----------
    hits : 1 where it is true, 0 where not, missing where unknown: those are left out.
    clusters : by position, the unit of each; likeness within units widens the interval, and never
        narrows it.
    level : as of `around`.

    Returns
    -------
    Share and bounds within 0–1, no standard error, n the known values; unknown where there is none.

    Source: Wilson (1927) on an effective sample of n / design effect (Dean and Pagano 2015), so
    that bounds stay within 0 and 1 near the ends.
    """
    known = hits.notna().to_numpy()
    x = hits[known].to_numpy(float)
    n = len(x)
    if not n:
        return UNKNOWN
    p = float(x.mean())
    effect = 1.0
    if 0 < p < 1:
        error, df = linearised((x - p) / n, clusters[known])
        effect = max(1.0, error**2 / (p * (1 - p) / n)) if df > 0 else 1.0
    size = n / effect
    low, high = proportion_confint(p * size, size, alpha=1 - level, method="wilson")
    return Interval(p, min(float(low), p), max(float(high), p), float("nan"), n)


def grouped(
    frame: pd.DataFrame,
    by: Sequence[str],
    value: str,
    *,
    cluster: str,
    is_share: bool,
    level: float = 0.95,
) -> pd.DataFrame:
    """`mean` or `share` of a column for each group: the columns of ``by``, then ``value, ci_low,
    ci_high, n``.

    Parameters
    ----------
    frame : one row a person or form.
    by : columns that make the groups; empty for everyone in one row without a group.
    value : the column that is measured; missing values are left out.
    cluster : the column that names the unit of a row.
    is_share : true where ``value`` is 0 or 1, so that bounds stay within those.
    level : as of `around`.

    Returns
    -------
    One row a group, in the order of the groups; figures are empty and n 0 where no value is known.
    """
    compute = partial(share if is_share else mean, level=level)
    # Numbers are told apart faster than names; a row without a unit has none.
    units = pd.Series(pd.factorize(frame[cluster])[0], index=frame.index, dtype=float)
    units = units.where(units >= 0)
    if not by:
        return as_frame({(): compute(frame[value], units)}, by)
    narrow = frame[[*dict.fromkeys([*by, value])]].assign(_unit=units)
    return as_frame(
        {
            key: compute(part[value], part["_unit"])
            for key, part in narrow.groupby(list(by), sort=True)
        },
        by,
    )


def as_frame(found: Mapping[tuple[Any, ...], Interval], by: Sequence[str]) -> pd.DataFrame:
    """Intervals by group as rows: the columns of ``by``, then ``value, ci_low, ci_high, n``.

    Parameters
    ----------
    found : an interval for each group; a key has one part for each column of ``by``.
    by : names of the columns that the keys become.
    """
    rows = [(*key, i.value, i.low, i.high, i.n) for key, i in found.items()]
    columns = [*by, "value", "ci_low", "ci_high", "n"]
    if not rows:
        return empty(GROUPED).reindex(columns=columns)
    return GROUPED.validate(pd.DataFrame(rows, columns=columns))
