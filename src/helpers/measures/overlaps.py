"""Groups of different columns that differ by few people: side by side they tell of these few."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations, product
from typing import Final

import numpy as np
import pandas as pd

# Of so many groups every union is looked at; of more, each group and all but it.
_MOST_BLOCKS: Final = 6


def telling(rows: pd.DataFrame, people: pd.DataFrame, small_cell: int) -> list[Hashable]:
    """Shown groups of which one must be hidden, since groups of two columns differ by few people.

    What is shown of a column are its shown groups, and, where the total is shown, what the total
    leaves; any of them may be added up. Where everybody in such a sum of one column is in a sum of
    the other, the difference is a figure of the rest.

    Parameters
    ----------
    rows : shown rows of one year and indicator, with ``group_by``, ``group`` and ``n``.
    people : whom the indicator is of, one row each, with the columns that ``group_by`` names.
    small_cell : the fewest people that a shown figure may describe.

    Returns
    -------
    The labels of the rows in the first such difference, the smallest group first; none where there
    is no difference.
    """
    total = bool((rows["group_by"] == "all").any())
    columns = [str(by) for by in rows["group_by"].unique() if by != "all"]
    if len(columns) < 2 or not len(people):
        return []
    blocks = {by: _blocks(rows[rows["group_by"] == by], people[by], total) for by in columns}
    for one, two in combinations(columns, 2):
        found = _difference(*blocks[one], *blocks[two], small_cell)
        if found is not None:
            named = pd.MultiIndex.from_tuples(
                [(one, g) for g in found[0]] + [(two, g) for g in found[1]]
            )
            at = pd.MultiIndex.from_frame(rows[["group_by", "group"]]).isin(named)
            if at.any():
                return list(rows["n"][at].sort_values(kind="stable").index)
    return []


def _blocks(
    rows: pd.DataFrame, groups: pd.Series, total: bool
) -> tuple[list[str | None], np.ndarray]:
    """What can be added up of a column: the name of each shown group, None for all others together;
    and the block of each person, −1 where nothing is known of it.
    """
    names: list[str | None] = [str(g) for g in rows["group"]]
    place = {g: i for i, g in enumerate(names)}
    rest = len(names) if total else -1
    block = groups.astype(str).map(place).fillna(rest).to_numpy(int)
    if total and (block == rest).any():
        names.append(None)
    return names, block


def _difference(
    one: list[str | None],
    of_one: np.ndarray,
    two: list[str | None],
    of_two: np.ndarray,
    small_cell: int,
) -> tuple[list[str], list[str]] | None:
    """The shown groups of the first sums found that differ by few."""
    both = np.zeros((len(one) + 1, len(two) + 1))
    np.add.at(both, (of_one, of_two), 1)
    sums_one, sums_two = _sums(len(one)), _sums(len(two))
    inside = sums_one @ both[:-1, :-1] @ sums_two.T
    people_one = sums_one @ both[:-1].sum(axis=1)
    people_two = sums_two @ both[:, :-1].sum(axis=0)
    left_one, left_two = people_one[:, None] - inside, people_two[None, :] - inside
    few = ((left_one == 0) & (left_two > 0) & (left_two < small_cell)) | (
        (left_two == 0) & (left_one > 0) & (left_one < small_cell)
    )
    for i, j in np.argwhere(few):
        names = (
            [n for n, s in zip(one, sums_one[i], strict=True) if s and n is not None],
            [n for n, s in zip(two, sums_two[j], strict=True) if s and n is not None],
        )
        if names[0] or names[1]:
            return names
    return None


def _sums(blocks: int) -> np.ndarray:
    """Which blocks are added up, one row a sum; all of them together are everybody."""
    if blocks <= _MOST_BLOCKS:
        every = np.array(list(product((0.0, 1.0), repeat=blocks)))
        return every[every.any(axis=1)]
    each = np.eye(blocks)
    return np.vstack([each, 1 - each])
