"""Small cells: a figure about fewer than ``small_cell`` people is not shown, nor can a total give
it away.

What is guaranteed, within one year and indicator, against a reader who knows every shown cell, how
many people are in each group (another indicator may tell), and each total:

- The groups hidden by themselves are not alone: what a total leaves beside the shown groups of a
  ``group_by`` is nobody, or at least ``small_cell`` people. People of no known group are one more
  group that is never shown.
- Of a share, the people counted in a cell hidden for its own sake may be as many as
  ``1 + min(small_cell, people in the cell, people outside it)`` different numbers, all of which
  agree with everything shown; unless the total itself says that it is true of nobody, or of
  everybody, which is hidden of sensitive shares only.
- Where an indicator is about the people that a share is true of, their number is hidden with the
  share.
- Where it is said whom an indicator is of, no sum of shown groups of one column differs by fewer
  than ``small_cell`` people from a sum of another column that holds it.

What several releases or several estimates tell together is not looked at here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from functools import cache, partial
from typing import Final

import numpy as np
import pandas as pd

from helpers.measures import hidden_groups
from helpers.measures.overlaps import Crossed, telling

HIDDEN: Final = ("value", "ci_low", "ci_high", "n")
_NO_COUNTS: Final[Mapping[str, str]] = {}
_NOBODY: Final[Mapping[str, pd.DataFrame]] = {}


def suppress(
    indicators: pd.DataFrame,
    small_cell: int,
    *,
    shares: Collection[str] = (),
    sensitive: Collection[str] = (),
    counted_by: Mapping[str, str] = _NO_COUNTS,
    people: Mapping[str, pd.DataFrame] = _NOBODY,
) -> pd.DataFrame:
    """Indicators with the figures of small groups blanked, and of one more group where a total
    would tell.

    Parameters
    ----------
    indicators : rows of indicators.csv; the groups of one year, indicator and ``group_by`` make up
        a total, which is the row of ``group_by`` ``all`` where there is one, with people of no
        known group, if it counts more.
    small_cell : the fewest people that a shown figure may describe.
    shares : names in ``indicators`` whose value is the part of the n people that something is true
        of. It is hidden, too, where it is true, or untrue, of somebody but of fewer than
        ``small_cell``.
    sensitive : names in ``shares`` that are hidden even where it is true of nobody or of everybody.
    counted_by : an indicator, and the share whose people it is about: its n is their number, and is
        hidden with the share.
    people : whom an indicator is of: one row a person and ``year``, with the columns that
        ``group_by`` names; groups of several columns are held against one another.

    Returns
    -------
    The same rows, numbered from 0; ``value``, ``ci_low``, ``ci_high`` and ``n`` of hidden ones are
    empty.
    """
    out = indicators.reset_index(drop=True).copy()
    out[list(HIDDEN)] = out[list(HIDDEN)].astype(float)
    hidden = pd.Series(False, index=out.index)
    # Several indicators are often of the same people.
    known = {id(whom): whom for whom in people.values()}
    crossed = cache(lambda whom, year: Crossed(known[whom][known[whom]["year"] == year]))
    places = pd.MultiIndex.from_frame(out[["year", "group_by", "group"]])
    # What is about the people of a share comes after it.
    for name in sorted(out["indicator"].unique(), key=lambda n: n in counted_by):
        rows = out[out["indicator"] == name]
        told = places[hidden & (out["indicator"] == counted_by.get(name))]
        forced = pd.Series(places[rows.index].isin(told), index=rows.index)
        whom = people.get(str(name))
        for year, of_year in rows.groupby("year", sort=False):
            hide = partial(
                hidden_groups.of_shares if name in shares else hidden_groups.of_amounts,
                hidden_groups.Groups.of(of_year),
                forced[of_year.index].to_numpy(),
                small_cell,
                sensitive=name in sensitive,
            )
            of = None if whom is None else crossed(id(whom), int(year))
            hidden[of_year.index] = _apart(of_year, hide, of, small_cell)
    out.loc[hidden, list(HIDDEN)] = np.nan
    return out


def suppress_parts(
    parts: pd.DataFrame,
    small_cell: int,
    *,
    sensitive: bool = False,
    whole: float | None = None,
    hidden: pd.Series | None = None,
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
    whole : how many people a reader knows to be in the whole, those of no known part among them;
        the parts' own where None.
    hidden : parts that are hidden in any case; none where None.

    Returns
    -------
    The same rows, numbered from 0; ``value``, ``ci_low``, ``ci_high`` and ``n`` of hidden ones are
    empty.
    """
    out = parts.reset_index(drop=True).copy()
    out[list(HIDDEN)] = out[list(HIDDEN)].astype(float)
    people = out["n"].to_numpy(float)
    small = people < small_cell
    if hidden is not None:
        small |= hidden.to_numpy(bool)
    gone = hidden_groups.widened(small, people, hidden_groups.enough(people, small_cell, whole))
    if sensitive:
        gone |= out["value"].to_numpy() == 1
    out.loc[gone, list(HIDDEN)] = np.nan
    return out


def _apart(
    rows: pd.DataFrame,
    hide: Callable[..., np.ndarray],
    people: Crossed | None,
    small_cell: int,
) -> np.ndarray:
    """Which rows are hidden, with groups that differ from those of another column by few people:
    of these the one by which most stays shown.
    """
    apart = np.zeros(len(rows), bool)
    hidden = hide(apart=apart)
    if people is None:
        return hidden

    def told(gone: np.ndarray) -> list[Hashable]:
        return telling(rows[~gone], people, small_cell)

    while groups := told(hidden):
        tries = [apart | (rows.index.to_numpy() == g) for g in groups]
        outcomes = [hide(apart=t) for t in tries]
        best = min(range(len(tries)), key=lambda i: (bool(told(outcomes[i])), outcomes[i].sum()))
        apart, hidden = tries[best], outcomes[best]
    return hidden
