"""Groups of too few units, or rows, for an interval to be relied on: they keep their mean."""

from __future__ import annotations

from typing import Final

import pandas as pd

# With two, the error has one degree of freedom and the t quantile is 12.7: intervals then run from
# nothing to several times the mean.
FEWEST: Final = 3


def within_one(units: pd.Series, years: pd.Series, groups: pd.Series) -> bool:
    """Whether every group of every year lies within one unit.

    Parameters
    ----------
    units, years, groups : of each row.
    """
    return bool((units.groupby([years, groups]).nunique() <= 1).all())


def without_intervals(found: pd.DataFrame, measured: pd.DataFrame, cluster: str) -> pd.DataFrame:
    """The same groups; those of two clusters without an interval. A group within one
    cluster keeps that of its rows where every group is such a one, as where units are compared;
    beside groups of several its interval would say too much.

    Parameters
    ----------
    found : one row a ``year`` and ``group``, with ``ci_low`` and ``ci_high``.
    measured : the rows behind it, with ``year``, ``group``, ``value`` and the cluster's column.
    cluster : the name of that column.

    Source: Cameron and Miller (2015), *Journal of Human Resources* 50(2), section VI: with few
    clusters, errors by cluster are too small and too unsure.
    """
    known = measured.dropna(subset=["value"])
    count = known.groupby(["year", "group"])[cluster].nunique()
    of = pd.MultiIndex.from_frame(found[["year", "group"]]).map(count.to_dict())
    clusters = pd.Series(of, index=found.index, dtype=float)
    within = cluster == "cluster" and within_one(known["cluster"], known["year"], known["group"])
    few = (clusters < FEWEST) & (clusters > (1 if within else 0))
    return found.assign(**{end: found[end].mask(few) for end in ("ci_low", "ci_high")})
