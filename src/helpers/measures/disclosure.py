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

import math
from collections.abc import Callable, Collection, Hashable, Mapping
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from helpers.measures.overlaps import telling

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
    places = pd.MultiIndex.from_frame(out[["year", "group_by", "group"]])
    # What is about the people of a share comes after it.
    for name in sorted(out["indicator"].unique(), key=lambda n: n in counted_by):
        rows = out[out["indicator"] == name]
        told = places[hidden & (out["indicator"] == counted_by.get(name))]
        forced = pd.Series(places[rows.index].isin(told), index=rows.index)
        whom = people.get(str(name))
        for year, of_year in rows.groupby("year", sort=False):
            hide = partial(
                _of_shares if name in shares else _of_amounts,
                of_year,
                forced,
                small_cell,
                sensitive=name in sensitive,
            )
            of = None if whom is None else whom[whom["year"] == year]
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
    small = out["n"] < small_cell
    if hidden is not None:
        small |= hidden.to_numpy(bool)
    gone = _widened(small, out["n"], _enough(out["n"], small_cell, whole))
    if sensitive:
        gone |= out["value"] == 1
    out.loc[gone, list(HIDDEN)] = np.nan
    return out


def _apart(
    rows: pd.DataFrame,
    hide: Callable[..., pd.Series],
    people: pd.DataFrame | None,
    small_cell: int,
) -> pd.Series:
    """Which rows are hidden, with groups that differ from those of another column by few people:
    of these the one by which most stays shown.
    """
    apart = pd.Series(False, index=rows.index)
    hidden = hide(apart=apart)
    if people is None:
        return hidden

    def told(gone: pd.Series) -> list[Hashable]:
        return telling(rows[~gone], people, small_cell)

    while groups := told(hidden):
        tries = [apart | (apart.index == g) for g in groups]
        outcomes = [hide(apart=t) for t in tries]
        best = min(range(len(tries)), key=lambda i: (bool(told(outcomes[i])), outcomes[i].sum()))
        apart, hidden = tries[best], outcomes[best]
    return hidden


def _of_amounts(
    rows: pd.DataFrame,
    forced: pd.Series,
    small_cell: int,
    *,
    apart: pd.Series,
    sensitive: bool = False,  # noqa: ARG001  of shares
) -> pd.Series:
    """Which rows are hidden for the number of their people alone, or ``forced`` to be; what is held
    ``apart`` from another column leaves as many others open.
    """
    hidden = (rows["n"] < small_cell) | forced[rows.index] | apart
    everyone = rows.loc[(rows["group_by"] == "all") & ~hidden, "n"]
    whole = float(everyone.iloc[0]) if len(everyone) else None
    for group_by, part in rows.groupby("group_by", sort=False):
        if group_by != "all":
            at, people = part.index, part["n"]
            safe = _enough(people, small_cell, whole, float(people[apart[at]].max()))
            hidden[at] = _widened(hidden[at], people, safe)
    return hidden


def _enough(
    people: pd.Series, small_cell: int, whole: float | None, apart: float = math.nan
) -> Callable[[np.ndarray], bool]:
    """Whether what is hidden together, with people of no known group, is itself large enough, and
    leaves enough others open beside a group held ``apart``: the total less the shown is all a
    reader has.
    """
    beside = 0.0 if math.isnan(apart) or whole is None else apart
    counted = people.fillna(0.0).to_numpy(float)
    overlap = whole is not None and counted.sum() > whole

    def safe(gone: np.ndarray) -> bool:
        hidden = float(counted[gone].sum())
        left = hidden if whole is None else whole - float(counted[~gone].sum())
        # Who is in several groups (a form answers nine unsur) leaves the total more than once.
        sums = (hidden, left) if overlap else (left,)
        return all(n <= 0 or n >= small_cell + beside for n in sums)

    return safe


def _of_shares(
    rows: pd.DataFrame,
    forced: pd.Series,
    small_cell: int,
    *,
    apart: pd.Series,
    sensitive: bool,
) -> pd.Series:
    """Which rows are hidden for the number of their people, or of those it is true or untrue of."""
    people, hits = rows["n"], (rows["value"] * rows["n"]).round()
    own = _tells_of_few(people, hits, small_cell, sensitive) | apart
    hidden = own | _of_amounts(rows, forced, small_cell, apart=apart)
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
            # People of no known group are one more group, which is never shown.
            unknown = pd.Series([whole - people[at].sum()])
            unknown_hits = pd.Series([true - hits[at].sum()])
            few = _tells_of_few(unknown, unknown_hits, small_cell, sensitive) & (unknown > 0)
            guarded = pd.concat([people[at][own[at]], unknown[few]])
            safe = _untold(people[at], hits[at], guarded, whole, true, small_cell)
            hidden[at] = _widened(hidden[at], people[at], safe)
    return hidden


def _tells_of_few(
    people: pd.Series, hits: pd.Series, small_cell: int, sensitive: bool
) -> pd.Series:
    """Which groups are few by themselves, or have few of whom it is true or untrue."""
    own = people < small_cell
    for side in (hits, people - hits):
        own |= side.between(0 if sensitive else 1, small_cell - 1)
    return own


def _untold(
    people: pd.Series,
    hits: pd.Series,
    guarded: pd.Series,
    whole: float,
    true: float,
    small_cell: int,
) -> Callable[[np.ndarray], bool]:
    """Whether the total, less the shown groups, leaves enough open of the groups that are hidden
    for their own sake.

    Parameters
    ----------
    people, hits : by group, how many there are, and of how many of them it is true.
    guarded : how many people are in each group that is hidden for its own sake.
    whole, true : the same of everyone; people of no known group are hidden in any case.
    """
    counted, true_of = (n.fillna(0.0).to_numpy(float) for n in (people, hits))
    own = guarded.to_numpy(float)
    wanted = np.minimum(np.minimum(own, whole - own), small_cell)

    def safe(gone: np.ndarray) -> bool:
        left, left_true = whole - counted[~gone].sum(), true - true_of[~gone].sum()
        fewest = np.maximum(0, left_true - (left - own))
        most = np.minimum(own, left_true)
        return bool((most - fewest >= wanted).all())

    return safe


def _widened(hidden: pd.Series, people: pd.Series, safe: Callable[[np.ndarray], bool]) -> pd.Series:
    """What is hidden, and the smallest group that makes it safe; where none does alone, the
    smallest and so on.
    """
    gone = hidden.to_numpy(bool, copy=True)
    smallest_first = np.argsort(people.to_numpy(float), kind="stable")
    places = np.arange(len(gone))
    while not gone.all() and not safe(gone):
        shown = smallest_first[~gone[smallest_first]]
        enough = (at for at in shown if safe(gone | (places == at)))
        gone[next(enough, shown[0])] = True
    return pd.Series(gone, index=hidden.index)
