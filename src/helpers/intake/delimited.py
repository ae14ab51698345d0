"""Delimited text as rows of cells; a quote that was never closed costs its own row and no other."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

# The longest cell of free text, in lines, that is still believed.
_LONGEST_RECORD: Final = 60
_FIELD_LIMIT: Final = 10_000_000


def rows(text: str, delimiter: str) -> tuple[list[list[str]], tuple[int, ...]]:
    r"""Every row of a text, and the positions of those that a quote has torn.

    Parameters
    ----------
    text : of a whole file.
    delimiter : one character.

    Returns
    -------
    The rows as they stand; and the positions of rows whose cells nobody can tell apart, because a
    quote was opened and not closed.

    >>> rows('a,b,c\n1,"2,3\n4,5,6\n', ",")
    ([['a', 'b', 'c'], ['1', '2,3\n'], ['4', '5', '6']], (1,))
    """
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        found = list(reader)
    except csv.Error:
        return _line_by_line(text, delimiter)
    if reader.line_num == len(found):
        return found, ()
    width = _usual([len(row) for row in found])
    if any(_swallowed(row, delimiter, width) for row in found):
        return _line_by_line(text, delimiter)
    return found, ()


def loose(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a text however its quotes stand; none where nothing can be made of it.

    Parameters
    ----------
    text : the beginning of a file.
    delimiter : one character.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _usual(widths: Sequence[int]) -> int:
    return Counter(widths).most_common(1)[0][0] if widths else 0


def _line_by_line(text: str, delimiter: str) -> tuple[list[list[str]], tuple[int, ...]]:
    lines = list(io.StringIO(text, newline=""))
    width = _usual([line.count(delimiter) + 1 for line in lines])
    found: list[list[str]] = []
    torn = []
    at = 0
    while at < len(lines):
        record, used = _record(lines, at, delimiter)
        if record is None or (used > 1 and _swallowed(record, delimiter, width)):
            alone = loose(lines[at], delimiter)
            record, used = (alone[0] if alone else []), 1
            # Quotes that only stand oddly, as in "a"b, tear nothing.
            if lines[at].count('"') % 2 or len(record) != width:
                torn.append(len(found))
        found.append(record)
        at += used
    return found, tuple(torn)


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The row that begins at a line, and how many lines it takes; None where its quotes do not
    close.
    """
    reader = csv.reader(islice(lines, at, at + _LONGEST_RECORD), delimiter=delimiter, strict=True)
    try:
        return next(reader), reader.line_num
    except (csv.Error, StopIteration):
        return None, 1


def _swallowed(row: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a cell holds lines that are rows themselves."""
    lines = [line for cell in row if "\n" in cell for line in cell.split("\n")[1:]]
    alone = [cells for line in lines for cells in loose(line, delimiter)]
    like_rows = sum(
        len(cells) == width and 2 * sum(bool(c.strip()) for c in cells) > width for cells in alone
    )
    return like_rows >= (1 if width > 2 else 2)
