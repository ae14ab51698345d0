"""Comparisons that stand on one page: where two differ by few people, the later is not shown, since
the one less the other is a figure of these few.

Held against one another are the same figures of the same year: each shown group, and what groups
of one comparison make up together. A row is known by its person and by its place in the explored
frame, as long as either is kept; rows numbered anew, or figures that were changed, are others.
"""

from __future__ import annotations

from itertools import compress, product

import pandas as pd

from helpers import measures

Sets = dict[tuple[str, int], list[frozenset[str]]]

# Whom each comparison of the page is of; None where no page is being made.
_page: list[Sets] | None = None


def begin() -> None:
    """From here on, what is shown stands on one page."""
    global _page  # noqa: PLW0603  a notebook's comparisons know of one another by it alone
    _page = []


def whom(rows: pd.DataFrame, outcome: str, groups: pd.Series, shown: pd.DataFrame) -> Sets:
    """Whom a comparison is of: each of its shown groups and every sum of them, by year and by how a
    row is known.

    Parameters
    ----------
    rows : of people or of forms, with ``year``.
    outcome : the column compared.
    groups : of each row, in the same order; missing where it is in none.
    shown : a row a ``year`` and ``group``, ``value`` empty where it is hidden.

    Returns
    -------
    Nothing where no page is being made.
    """
    if _page is None:
        return {}
    valued = (rows[outcome].notna() & groups.notna().to_numpy()).to_numpy()
    of = groups.to_numpy()[valued]
    rows = rows[valued]
    figure = rows[outcome].astype(float).map("{:.9g}".format)
    known = {"place": pd.Series(rows.index, index=rows.index).astype(str)}
    if "person" in rows:
        known["person"] = rows["person"].astype(str)
    sets: Sets = {}
    for kind, name in known.items():
        who = (name + ":" + figure).to_numpy()
        for year, here in shown.dropna(subset=["value"]).groupby("year"):
            inside = (rows["year"] == year).to_numpy()
            each = [frozenset(who[inside & (of == group)]) for group in here["group"]]
            sets[kind, int(str(year))] = _sums(each)
    return sets


def few(sets: Sets, fewest: int) -> bool:
    """Whether a comparison tells of few people, beside what stands on the page before it; one that
    does not is kept in mind for those that follow.

    Parameters
    ----------
    sets : from `whom`.
    fewest : people that a shown figure may describe.
    """
    if _page is None:
        return False
    telling = any(
        _differ_by_few(one, two, fewest)
        for before in _page
        for at in sets.keys() & before.keys()
        for one, two in product(sets[at], before[at])
    )
    if not telling:
        _page.append(sets)
    return telling


def _sums(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    """What is added up within one column of a report, and all groups together."""
    chosen = [*measures.overlaps.sums(len(groups)), [True] * len(groups)]
    return [frozenset().union(*compress(groups, some)) for some in chosen]


def _differ_by_few(one: frozenset[str], two: frozenset[str], fewest: int) -> bool:
    """Whether everybody of one is in the other, which holds few more."""
    return (one < two or two < one) and abs(len(one) - len(two)) < fewest
