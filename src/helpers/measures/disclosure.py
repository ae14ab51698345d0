"""Small cells: a figure about fewer than ``small_cell`` people is not shown, nor can a total give
it away.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

HIDDEN = ("value", "ci_low", "ci_high", "n")


def suppress(indicators: pd.DataFrame, small_cell: int) -> pd.DataFrame:
    """Indicators with the figures of small groups blanked, and of one more group where a total
    would tell.

    Parameters
    ----------
    indicators : rows of indicators.csv; the groups of one year, indicator and ``group_by`` make up
        a total.
    small_cell : the fewest people that a shown figure may describe.
    """
    out = indicators.reset_index(drop=True).copy()
    out[list(HIDDEN)] = out[list(HIDDEN)].astype(float)
    counts = out["n"]
    hidden = counts < small_cell
    for rows in out.groupby(["year", "indicator", "group_by"], sort=False).groups.values():
        small = hidden.loc[rows] & (counts.loc[rows] > 0)
        if len(rows) > 1 and small.any() and counts.loc[rows][small].sum() < small_cell:
            # What is hidden together must itself be large enough: the total less the shown is all
            # an attacker has.
            shown = counts.loc[rows][~hidden.loc[rows]].sort_values(kind="stable")
            if len(shown):
                hidden.loc[shown.index[0]] = True
    out.loc[hidden, list(HIDDEN)] = np.nan
    return out
