"""Comparisons that readers can lay side by side: where two differ by few people, the later is not
shown, since the one less the other is a figure of these few.

Held against one another are figures of the same year and of one outcome: its scale may be another,
and few people may have other values in it. Beside a page lie the year's report and the pages that
stand by it, see `reported` and `begin`. A row is known by its person, or of forms by its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.explore import whose

COLUMNS: Final = ("year", "who", "value", "group")
# Of the span of values: what differs by less is the same on another scale.
_SAME: Final = 1e-6

# Whom each comparison that is shown is of; None where no page is being made.
_shown: list[pd.DataFrame] | None = None
# How many of them stand elsewhere, not on this page.
_elsewhere = 0


def begin(before: Path) -> None:
    """From here on, what is shown stands on one page.

    Parameters
    ----------
    before : a file of comparisons that lie beside the page, as of `together`.
    """
    global _shown, _elsewhere  # noqa: PLW0603  a notebook's comparisons know of one another by it
    _shown = [rows for _, rows in pd.read_parquet(before).groupby("comparison")]
    _elsewhere = len(_shown)


def end(file: Path) -> None:
    """Write down what was shown on the page.

    Parameters
    ----------
    file : to be written, as of `together`.
    """
    together((_shown or [])[_elsewhere:]).to_parquet(file, index=False)


def together(compared: list[pd.DataFrame]) -> pd.DataFrame:
    """Several comparisons in one frame, told apart by ``comparison``.

    Parameters
    ----------
    compared : each from `compared`.
    """
    numbered = [rows.assign(comparison=at) for at, rows in enumerate(compared)]
    none = pd.DataFrame(columns=[*COLUMNS, "comparison"]).astype({"year": int, "value": float})
    return pd.concat(numbered, ignore_index=True) if numbered else none


def whom(
    rows: pd.DataFrame, outcome: str, groups: pd.Series, shown: pd.DataFrame, known_by: str
) -> pd.DataFrame | None:
    """Whom a comparison is of.

    Parameters
    ----------
    rows : of people or of forms, with ``year``.
    outcome : the column compared.
    groups : of each row, in the same order; missing where it is in none.
    shown : a row a ``year`` and ``group``, ``value`` empty where it is hidden.
    known_by : the column of who each row is.

    Returns
    -------
    ``year, who, value, group`` of each row of a shown group; None where no page is being made.
    """
    return None if _shown is None else compared(rows, outcome, groups, shown, known_by)


def compared(
    rows: pd.DataFrame, outcome: str, groups: pd.Series, shown: pd.DataFrame, known_by: str
) -> pd.DataFrame:
    """The same, page or none.

    Parameters
    ----------
    rows, outcome, groups, shown, known_by : as of `whom`.
    """
    valued = (rows[outcome].notna() & groups.notna().to_numpy()).to_numpy()
    known = pd.DataFrame(
        {
            "year": rows["year"].astype(int).to_numpy(),
            "who": whose.keys(known_by, rows[known_by]).to_numpy(),
            "value": rows[outcome].astype(float).to_numpy(),
            "group": groups.astype(str).to_numpy(),
        }
    )[valued]
    open_ = shown.dropna(subset=["value"])[["year", "group"]].astype({"year": int, "group": str})
    return known.merge(open_, on=["year", "group"])


def few(compared: pd.DataFrame | None, fewest: int) -> bool:
    """Whether a comparison tells of few people, beside what is shown already; one that does not is
    kept in mind for those that follow.

    Parameters
    ----------
    compared : from `whom`.
    fewest : people that a shown figure may describe.
    """
    if _shown is None or compared is None:
        return False
    telling = any(
        _tells_of_few(here, [rows[rows["year"] == year] for rows in _shown], fewest)
        for year, here in compared.groupby("year")
    )
    if not telling:
        _shown.append(compared)
    return telling


def _tells_of_few(one: pd.DataFrame, others: list[pd.DataFrame], fewest: int) -> bool:
    """Whether a comparison tells of few people beside others of its year.

    Looked at are sums of groups that hold the same people but for few, and what a sum leaves beside
    all groups of another comparison that lie in it: also where these groups come from several.
    """
    scaled = _of_one_outcome(one, others, fewest)
    if not scaled:
        return False
    everybody = pd.Index(pd.concat([one["who"], *(rows["who"] for rows in scaled)]).unique())
    same = _SAME * float(np.ptp(one["value"]) or 1.0)
    mine = _Column.of(one, everybody, same)
    theirs = [_Column.of(rows, everybody, same) for rows in scaled]
    if any(mine.nearly(other, fewest) for other in theirs):
        return True
    # What shares nobody adds up: this with others, and others before they are laid beside this.
    joined = [reduce(_Column.with_apart, theirs, one) for one in (mine, *theirs)]
    pairs = [*product((mine, joined[0]), theirs), *product((mine,), joined[1:])]
    return any(a.leaves_few(b, fewest) or b.leaves_few(a, fewest) for a, b in pairs)


def _of_one_outcome(
    one: pd.DataFrame, others: list[pd.DataFrame], fewest: int
) -> list[pd.DataFrame]:
    """Those of the same outcome, on the scale of the first: what shares nobody with it may share
    people with another that does.
    """
    found, waiting = [one], [rows for rows in others if len(rows)]
    for known in found:
        left = []
        for rows in waiting:
            scaled = _on_scale(rows, known, fewest)
            found += [scaled] if scaled is not None else []
            left += [rows] if scaled is None else []
        waiting = left
    return found[1:]


def _on_scale(rows: pd.DataFrame, one: pd.DataFrame, fewest: int) -> pd.DataFrame | None:
    """The rows with their values on the scale of another comparison; None where they are of another
    outcome, whose values do not lie on a line with its for all but few people.
    """
    both = rows.merge(one, on="who", suffixes=("", "_there"))
    theirs, mine = both["value"].to_numpy(), both["value_there"].to_numpy()
    slope = _slope(theirs, mine) if len(both) >= fewest else None
    if slope is None:
        return None
    shift = float(np.median(mine - slope * theirs))
    off = np.abs(slope * theirs + shift - mine) > _SAME * float(np.ptp(mine) or 1.0)
    if off.sum() >= min(fewest, len(both) / 2):
        return None
    return rows.assign(value=slope * rows["value"] + shift)


def _slope(theirs: np.ndarray, mine: np.ndarray) -> float | None:
    """By how much one outcome moves with the other; None where it does not, or one alone moves."""
    alike = [bool(np.ptp(values) == 0) for values in (theirs, mine)]
    if any(alike):
        return 1.0 if all(alike) else None
    ordered = np.argsort(theirs, kind="stable")
    half = len(ordered) // 2
    low, high = ordered[:half], ordered[-half:]
    run, rise = theirs[high] - theirs[low], mine[high] - mine[low]
    # Most pairs of rows that are far apart are of rows on the line.
    return float(np.median(rise[run > 0] / run[run > 0])) or None


@dataclass(frozen=True, eq=False)
class _Column:
    """Groups of one year that share nobody: who is in each, a row a group and a column a person,
    1 or 0; each person's value, on one scale; and by how much equal values may differ.
    """

    people: np.ndarray
    values: np.ndarray
    same: float

    @classmethod
    def of(cls, rows: pd.DataFrame, everybody: pd.Index, same: float) -> _Column:
        groups, names = pd.factorize(rows["group"])
        at = everybody.get_indexer(pd.Index(rows["who"]))
        people = np.zeros((len(names), len(everybody)), dtype=np.float32)
        people[groups, at] = 1
        values = np.full(len(everybody), np.nan)
        values[at] = rows["value"].to_numpy()
        return cls(people, values, same)

    def with_apart(self, other: _Column) -> _Column:
        """This with those groups of another that share nobody with it."""
        apart = other.people[other.people @ self.people.any(axis=0) == 0]
        if not len(apart):
            return self
        values = np.where(apart.any(axis=0), other.values, self.values)
        people = np.vstack([self.people, apart])
        return _Column(people, values, self.same)

    def sums(self) -> np.ndarray:
        """Who is in each sum of groups that a reader can make, and in all together."""
        groups = len(self.people)
        added = np.vstack([measures.overlaps.sums(groups), np.ones(groups)])
        return np.asarray((added @ self.people > 0).astype(np.float32))

    def _changed(self, other: _Column) -> np.ndarray:
        """1 for each person who has another value there."""
        return (np.abs(self.values - other.values) > self.same).astype(np.float32)

    def nearly(self, other: _Column, fewest: int) -> bool:
        """Whether a sum of this and one of another hold the same people but for few, or the same
        with other values of few.
        """
        one, two = self.sums(), other.sums()
        shared = one @ two.T
        moved = (one * self._changed(other)) @ two.T
        apart = one.sum(axis=1)[:, None] + two.sum(axis=1)[None, :] - 2 * shared + moved
        return bool(((shared > 0) & (apart > 0) & (apart < fewest)).any())

    def leaves_few(self, other: _Column, fewest: int) -> bool:
        """Whether a sum of this, less all groups of another that lie in it, leaves few people."""
        one, inner = self.sums(), other.people
        alike = 1 - self._changed(other)
        inside = (one * alike) @ inner.T == inner.sum(axis=1)[None, :]
        rest = one.sum(axis=1) - inside @ inner.sum(axis=1)
        return bool(((rest > 0) & (rest < fewest) & inside.any(axis=1)).any())
