"""Comparisons that stand on one page: where two differ by few people, the later is not shown, since
the one less the other is a figure of these few.
"""

from __future__ import annotations

from itertools import product
from typing import Final

import pandas as pd

from helpers.contracts import codes

_OF_A_FORM: Final = (
    *("year", "month", "unit", "jenis_kelamin", "umur", "pendidikan", "pekerjaan", "ikm"),
    *codes.UNSUR,
)
# Whom each comparison of the page is of, by what was compared; None where no page is being made.
_told: dict[tuple[str, str, int], list[frozenset[str]]] | None = None


def begin() -> None:
    """From here on, comparisons stand on one page."""
    global _told  # noqa: PLW0603  a notebook's comparisons know of one another by it alone
    _told = {}


def few(
    rows: pd.DataFrame, groups: pd.Series, shown: pd.DataFrame, what: tuple[str, str], fewest: int
) -> frozenset[int]:
    """The years of a comparison that tell of few people, beside one that stands on the page before
    it; the others are kept in mind for those that follow.

    Groups of the two are held against one another one by one, and all shown groups of one together.
    A page on which nothing has begun has no such year.

    Parameters
    ----------
    rows : of people or of forms, with ``year``; those that have a value.
    groups : of each row, missing where it is in none.
    shown : a row a ``year`` and ``group``, ``value`` empty where it is hidden.
    what : the rows' kind, and the column compared.
    fewest : people that a shown figure may describe.
    """
    if _told is None:
        return frozenset()
    who = _identities(rows)
    open_ = shown.dropna(subset=["value"])
    telling = set()
    for year in sorted(open_["year"].astype(int).unique()):
        here = rows["year"] == year
        of_year = open_.loc[open_["year"] == year, "group"]
        sets = [frozenset(who[here & (groups == group)]) for group in of_year]
        sets.append(frozenset().union(*sets))
        before = _told.setdefault((*what, year), [])
        if any(_differ_by_few(one, two, fewest) for one, two in product(sets, before)):
            telling.add(year)
        else:
            before += sets
    return frozenset(telling)


def _differ_by_few(one: frozenset[str], two: frozenset[str], fewest: int) -> bool:
    """Whether everybody of one is in the other, which holds few more."""
    inside = one < two or two < one
    return inside and abs(len(one) - len(two)) < fewest


def _identities(rows: pd.DataFrame) -> pd.Series:
    """Who each row is: a person, or else a form by what it says, whatever was added to it."""
    if "person" in rows:
        return rows["person"].astype(str)
    of_form = rows[[column for column in _OF_A_FORM if column in rows]]
    said = pd.util.hash_pandas_object(of_form, index=False).set_axis(rows.index)
    return said.astype(str) + "." + said.groupby(said).cumcount().astype(str)
