"""Small cells: a figure about fewer than ``small_cell`` people is not shown, nor can a total give
it away.

What is guaranteed, within one year and indicator, against a reader who knows every shown cell, how
many people are in each group (another indicator may tell), and each total:

- The groups hidden by themselves are not alone: together with what else is hidden of their
  ``group_by`` they hold at least ``small_cell`` people.
- Of a share, the people counted in a cell hidden for its own sake may be as many as
  ``1 + min(small_cell, people in the cell, people outside it)`` different numbers, all of which
  agree with everything shown; unless the total itself says that it is true of nobody, or of
  everybody, which is hidden of sensitive shares only.

What several tables, years or releases tell together is not looked at here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

import numpy as np
import pandas as pd

HIDDEN: Final = ("value", "ci_low", "ci_high", "n")


def suppress(
    indicators: pd.DataFrame,
    small_cell: int,
    *,
    shares: Collection[str] = (),
    sensitive: Collection[str] = (),
) -> pd.DataFrame:
    """Indicators with the figures of small groups blanked, and of one more group where a total
    would tell.

    Parameters
    ----------
    indicators : rows of indicators.csv; the groups of one year, indicator and ``group_by`` make up
        a total, which is the row of ``group_by`` ``all`` where there is one.
    small_cell : the fewest people that a shown figure may describe.
    shares : names in ``indicators`` whose value is the part of the n people that something is true
        of. It is hidden, too, where it is true, or untrue, of somebody but of fewer than
        ``small_cell``.
    sensitive : names in ``shares`` that are hidden even where it is true of nobody or of everybody.

    Returns
    -------
    The same rows, numbered from 0; ``value``, ``ci_low``, ``ci_high`` and ``n`` of hidden ones are
    empty.
    """
    out = indicators.reset_index(drop=True).copy()
    out[list(HIDDEN)] = out[list(HIDDEN)].astype(float)
    hidden = out["n"].lt(small_cell)
    for _, rows in out.groupby(["year", "indicator"], sort=False):
        name = rows["indicator"].iloc[0]
        hidden[rows.index] = (
            _of_shares(rows, small_cell, name in sensitive)
            if name in shares
            else _of_amounts(rows, small_cell)
        )
    out.loc[hidden, list(HIDDEN)] = np.nan
    return out


def suppress_parts(
    parts: pd.DataFrame, small_cell: int, *, sensitive: bool = False
) -> pd.DataFrame:
    """The parts that some people fall into, one each, with small parts blanked, and one more where
    the whole would tell.

    What is left over of the whole beside any shown part is then nobody, or ``small_cell`` people
    or more.

    Parameters
    ----------
    parts : one row a part; ``value`` is its share of the whole and ``n`` the people in it.
    small_cell : the fewest people that a shown part may hold.
    sensitive : whether a part that holds everybody is hidden as well.

    Returns
    -------
    The same rows, numbered from 0; ``value``, ``ci_low``, ``ci_high`` and ``n`` of hidden ones are
    empty.
    """
    out = parts.reset_index(drop=True).copy()
    out[list(HIDDEN)] = out[list(HIDDEN)].astype(float)
    hidden = _of_amounts(out.assign(group_by=""), small_cell)
    if sensitive:
        hidden |= out["value"] == 1
    out.loc[hidden, list(HIDDEN)] = np.nan
    return out


def _of_amounts(rows: pd.DataFrame, small_cell: int) -> pd.Series:
    """Which rows are hidden for the number of their people alone."""
    small = rows["n"] < small_cell
    hidden = small.copy()
    for _, part in rows.groupby("group_by", sort=False):
        people = part["n"]
        hidden[part.index] = _widened(small[part.index], people, _enough(people, small_cell))
    return hidden


def _enough(people: pd.Series, small_cell: int) -> Callable[[pd.Series], bool]:
    """Whether what is hidden together is itself large enough: the total less the shown is all a
    reader has.
    """

    def safe(gone: pd.Series) -> bool:
        left = people[gone].sum()
        return bool(left == 0 or left >= small_cell)

    return safe


def _of_shares(rows: pd.DataFrame, small_cell: int, sensitive: bool) -> pd.Series:
    """Which rows are hidden for the number of their people, or of those it is true or untrue of."""
    people, hits = rows["n"], (rows["value"] * rows["n"]).round()
    least = 0 if sensitive else 1
    own = people < small_cell
    for side in (hits, people - hits):
        own |= side.between(least, small_cell - 1)
    hidden = own | _of_amounts(rows, small_cell)
    everyone = rows.index[(rows["group_by"] == "all") & ~hidden]
    if not len(everyone):
        return hidden
    whole, true = float(people[everyone[0]]), float(hits[everyone[0]])
    if true in (0, whole):
        # A total of nobody or everybody is shown for what it is: it tells the same of each group.
        return hidden
    for group_by, part in rows.groupby("group_by", sort=False):
        if group_by != "all":
            at = part.index
            safe = _untold(people[at], hits[at], own[at], whole, true, small_cell)
            hidden[at] = _widened(hidden[at], people[at], safe)
    return hidden


def _untold(
    people: pd.Series, hits: pd.Series, own: pd.Series, whole: float, true: float, small_cell: int
) -> Callable[[pd.Series], bool]:
    """Whether the total, less the shown groups, leaves enough open of the groups that are hidden
    for their own sake (``own``).

    Parameters
    ----------
    people, hits : by group, how many there are, and of how many of them it is true.
    whole, true : the same of everyone; people of no known group are hidden in any case.
    """

    def safe(gone: pd.Series) -> bool:
        kept = ~gone
        left, left_true = whole - people[kept].sum(), true - hits[kept].sum()
        inside = people[own]
        fewest = np.maximum(0, left_true - (left - inside))
        most = np.minimum(inside, left_true)
        wanted = np.minimum(np.minimum(inside, whole - inside), small_cell)
        return bool((most - fewest >= wanted).all())

    return safe


def _widened(hidden: pd.Series, people: pd.Series, safe: Callable[[pd.Series], bool]) -> pd.Series:
    """What is hidden, and the smallest group that makes it safe; where none does alone, the
    smallest and so on.
    """
    gone = hidden.copy()
    while gone.any() and not gone.all() and not safe(gone):
        shown = people[~gone].sort_values(kind="stable").index
        enough = (name for name in shown if safe(gone | (gone.index == name)))
        gone[next(enough, shown[0])] = True
    return gone
