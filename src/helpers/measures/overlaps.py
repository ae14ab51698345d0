"""Groups of different columns that differ by few people: side by side they tell of these few."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations, product
from typing import Final

import numpy as np
import pandas as pd

# Of so many groups every union is looked at; of more, each group and all but it.
_MOST_BLOCKS: Final = 6


class Crossed:
    """People counted by the groups that they are in, of each pair of columns, once for all."""

    def __init__(self, people: pd.DataFrame):
        """Of people, one row each, with the columns that are asked for later."""
        self._people = people
        self._coded: dict[str, tuple[np.ndarray, dict[str, int]]] = {}
        self._tables: dict[tuple[str, str], np.ndarray] = {}

    def __repr__(self) -> str:
        return f"Crossed({len(self._people)} people)"

    def __len__(self) -> int:
        return len(self._people)

    def groups(self, column: str) -> dict[str, int]:
        """The place of each group of a column in `table`.

        Parameters
        ----------
        column : of the people.
        """
        return self._of(column)[1]

    def table(self, one: str, two: str) -> np.ndarray:
        """How many people are in each group of one column and of another; in the last row and in
        the last column, those of no known group.

        Parameters
        ----------
        one, two : columns of the people.
        """
        if (one, two) not in self._tables:
            (of_one, names_one), (of_two, names_two) = self._of(one), self._of(two)
            counts = np.zeros((len(names_one) + 1, len(names_two) + 1))
            np.add.at(counts, (of_one, of_two), 1)
            self._tables[one, two] = counts
        return self._tables[one, two]

    def _of(self, column: str) -> tuple[np.ndarray, dict[str, int]]:
        if column not in self._coded:
            # Nobody is in group −1.
            codes, names = pd.factorize(self._people[column])
            self._coded[column] = codes, {str(name): at for at, name in enumerate(names)}
        return self._coded[column]


def telling(rows: pd.DataFrame, people: Crossed, small_cell: int) -> list[Hashable]:
    """Shown groups of which one must be hidden, since groups of two columns differ by few people.

    What is shown of a column are its shown groups, and, where the total is shown, what the total
    leaves; any of them may be added up. Where everybody in such a sum of one column is in a sum of
    the other, the difference is a figure of the rest.

    Parameters
    ----------
    rows : shown rows of one year and indicator, with ``group_by``, ``group`` and ``n``.
    people : whom the indicator is of, with the columns that ``group_by`` names.
    small_cell : the fewest people that a shown figure may describe.

    Returns
    -------
    The labels of the rows in the first such difference, the smallest group first; none where there
    is no difference.
    """
    shown: dict[str, list[str]] = {}
    for by, group in zip(rows["group_by"], rows["group"], strict=True):
        shown.setdefault(str(by), []).append(str(group))
    total = shown.pop("all", None) is not None
    if len(shown) < 2 or not len(people):
        return []
    for one, two in combinations(shown, 2):
        table = people.table(one, two)
        of_one, names_one = _blocks(shown[one], people.groups(one), table.sum(axis=1), total)
        of_two, names_two = _blocks(shown[two], people.groups(two), table.sum(axis=0), total)
        both = np.zeros((len(names_one) + 1, len(names_two) + 1))
        np.add.at(both, (of_one[:, None], of_two[None, :]), table)
        found = _difference(both, names_one, names_two, small_cell)
        if found is not None:
            named = {*((one, g) for g in found[0]), *((two, g) for g in found[1])}
            places = zip(rows["group_by"].astype(str), rows["group"].astype(str), strict=True)
            at = np.array([place in named for place in places])
            if at.any():
                return list(rows["n"][at].sort_values(kind="stable").index)
    return []


def _blocks(
    shown: list[str], places: dict[str, int], people: np.ndarray, total: bool
) -> tuple[np.ndarray, list[str | None]]:
    """What can be added up of a column: the block of each of its groups, the last that of people of
    none, −1 where nothing is known of it; and the name of each block, None for all that are not
    shown together.
    """
    names: list[str | None] = list(shown)
    block = np.full(len(people), len(names) if total else -1)
    for at, group in enumerate(shown):
        if group in places:
            block[places[group]] = at
    if people[block == len(names)].any():
        names.append(None)
    return block, names


def _difference(
    both: np.ndarray, one: list[str | None], two: list[str | None], small_cell: int
) -> tuple[list[str], list[str]] | None:
    """The shown groups of the first sums found that differ by few."""
    sums_one, sums_two = sums(len(one)), sums(len(two))
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


def sums(blocks: int) -> np.ndarray:
    """Which blocks are added up, one row a sum; all of them together are everybody.

    Parameters
    ----------
    blocks : how many there are.
    """
    if blocks <= _MOST_BLOCKS:
        every = np.array(list(product((0.0, 1.0), repeat=blocks)))
        return every[every.any(axis=1)]
    each = np.eye(blocks)
    return np.vstack([each, 1 - each])
