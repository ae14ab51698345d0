"""Cells merged over several rows of a sheet, as what they say of each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from statistics import median
from typing import TypeVar

Corner = tuple[int, int]
_Cell = TypeVar("_Cell")


def fill(rows: list[list[_Cell]], merged: Sequence[tuple[Corner, Corner]]) -> None:
    """Let a cell merged over a group of rows say the same of each of them.

    One over several columns, too, does so in each column that has something above it, and in rows
    that say something beside it: a header is of its first column, and a title or a note below the
    table says nothing of rows. Nor does one among the last rows, where these say half of what
    others do or less: who signs there, or a note with what it lists.

    Parameters
    ----------
    rows : of a sheet; changed in place.
    merged : the first and the last cell of each, as positions of row and column.

    >>> rows = [["unit", "opd", "n"], ["A", "", "1"], ["", "", "2"], ["note", "", ""], ["", "", ""]]
    >>> fill(rows, [((1, 0), (2, 1)), ((3, 0), (4, 1))])
    >>> rows[1:]
    [['A', 'A', '1'], ['A', 'A', '2'], ['note', '', ''], ['', '', '']]
    """
    foot = _foot(rows, merged) if merged else 0
    for (top, left), (bottom, right) in merged:
        if top == bottom or top >= foot or left >= len(rows[top]):
            continue
        said = rows[top][left]
        over = [at for at in range(left + 1, right + 1) if _stands_in(islice(rows, top), at)]
        for row in rows[top : bottom + 1]:
            if left == right or any(map(_says, (*row[:left], *row[right + 1 :]))):
                for at in (left, *over):
                    row[at] = said


def _foot(rows: Sequence[Sequence[_Cell]], merged: Sequence[tuple[Corner, Corner]]) -> int:
    """Where the last rows begin that say little, each merged cell counted once in every row."""
    said = [sum(map(_says, row)) for row in rows]
    for (top, _), (bottom, _) in merged:
        for at in range(top + 1, min(bottom + 1, len(rows))):
            said[at] += 1
    little = median([n for n in said if n] or [0]) / 2
    return max((at + 1 for at, n in enumerate(said) if n > little), default=0)


def _stands_in(rows: Iterable[list[_Cell]], column: int) -> bool:
    return any(_says(row[column]) for row in rows if column < len(row))


def _says(cell: object) -> bool:
    return cell not in ("", None)
