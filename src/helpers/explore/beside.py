"""Comparisons that readers can lay side by side: where two differ by few people, the later is not
shown, since the one less the other is a figure of these few.

Held against one another are figures of the same year and of the same outcome, or of one made of it
by a scale: each shown group, and what groups of one comparison make up together. Beside a page lie
the year's report and the pages that stand by it, see `reported` and `begin`. A row is known by its
person, and by its place in the explored frame, as long as either is kept; rows numbered anew are
others.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures

# By what a row is known.
_KNOWN: Final = ("person", "place")
COLUMNS: Final = ("year", *_KNOWN, "value", "group")
# How nearly one outcome must follow from another on a line for the two to be one figure; below it
# a difference between their sums says next to nothing of a person.
_ON_A_LINE: Final = 0.999

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
    compared : each from `whom` or from `reported.reported`.
    """
    numbered = [rows.assign(comparison=at) for at, rows in enumerate(compared)]
    none = pd.DataFrame(columns=[*COLUMNS, "comparison"]).astype({"year": int, "value": float})
    return pd.concat(numbered, ignore_index=True) if numbered else none


def whom(
    rows: pd.DataFrame, outcome: str, groups: pd.Series, shown: pd.DataFrame
) -> pd.DataFrame | None:
    """Whom a comparison is of.

    Parameters
    ----------
    rows : of people or of forms, with ``year``.
    outcome : the column compared.
    groups : of each row, in the same order; missing where it is in none.
    shown : a row a ``year`` and ``group``, ``value`` empty where it is hidden.

    Returns
    -------
    ``year, person, place, value, group`` of each row of a shown group, ``person`` missing where
    rows are not known by it; None where no page is being made.
    """
    if _shown is None:
        return None
    valued = (rows[outcome].notna() & groups.notna().to_numpy()).to_numpy()
    known = pd.DataFrame(
        {
            "year": rows["year"].astype(int).to_numpy(),
            "person": rows["person"].astype(str).to_numpy() if "person" in rows else None,
            "place": rows.index.astype(str),
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
    telling = any(tell_of_few(compared, before, fewest) for before in _shown)
    if not telling:
        _shown.append(compared)
    return telling


def tell_of_few(one: pd.DataFrame, two: pd.DataFrame, fewest: int) -> bool:
    """Whether two comparisons side by side tell of few people.

    Parameters
    ----------
    one, two : from `whom`.
    fewest : people that a shown figure may describe.
    """
    return any(
        _differ_by_few(here, there, known, fewest)
        for known in _KNOWN
        if one[known].notna().all() and two[known].notna().all()
        for year, here in one.groupby("year")
        if len(there := two[two["year"] == year])
    )


def _differ_by_few(one: pd.DataFrame, two: pd.DataFrame, known: str, fewest: int) -> bool:
    """Whether everybody in a sum of groups of one is in a sum of the other, which holds few more.

    Parameters
    ----------
    one, two : of one year.
    known : by what a row is known.
    """
    values = [rows.drop_duplicates(known).set_index(known)["value"] for rows in (one, two)]
    both = pd.concat(values, axis=1, join="inner").to_numpy()
    if not len(both) or not _on_a_line(both[:, 0], both[:, 1]):
        return False
    everybody = values[0].index.union(values[1].index)
    at = (everybody.get_indexer(pd.Index(rows[known])) for rows in (one, two))
    in_one, in_two = (
        _sums(rows, who, len(everybody)) for rows, who in zip((one, two), at, strict=True)
    )
    shared = in_one @ in_two.T
    only_one = in_one.sum(axis=1)[:, None] - shared
    only_two = in_two.sum(axis=1)[None, :] - shared
    few_more = ((only_one == 0) & (only_two > 0) & (only_two < fewest)) | (
        (only_two == 0) & (only_one > 0) & (only_one < fewest)
    )
    return bool(few_more.any())


def _on_a_line(one: np.ndarray, two: np.ndarray) -> bool:
    """Whether one outcome follows from the other by a scale and a shift."""
    alike = [bool(np.ptp(values) == 0) for values in (one, two)]
    if any(alike):
        return all(alike)
    return bool(abs(np.corrcoef(one, two)[0, 1]) > _ON_A_LINE)


def _sums(rows: pd.DataFrame, who: np.ndarray, people: int) -> np.ndarray:
    """Who is in each sum of groups that a reader can make within one column of a report, and in all
    together: a row a sum, a column a person, 1 or 0.
    """
    codes, groups = pd.factorize(rows["group"])
    inside = np.zeros((len(groups), people), dtype=np.float32)
    inside[codes, who] = 1
    added = np.vstack([measures.overlaps.sums(len(groups)), np.ones(len(groups))])
    return np.asarray((added @ inside > 0).astype(np.float32))
