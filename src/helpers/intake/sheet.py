"""One table of a file: the rows above its body as cells, the body as Arrow columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Final

import numpy as np
import pyarrow as pa

from helpers.intake.values import is_empty

Grid = Sequence[Sequence[object]]

_KINDS: Final = {
    str: pa.string(),
    float: pa.float64(),
    int: pa.int64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us"),
    date: pa.date32(),
    time: pa.time64("us"),
    timedelta: pa.duration("us"),
}
_KIND_NAMED: Final = {str(kind): kind for kind in _KINDS.values()}
# A column of several kinds: each cell as text, beside the kind that it has in the file. Text alone
# would not do:
# 1.428 is a thousand and more where it was typed as text, and one and a half where it was stored as
# a number.
MIXED: Final = pa.struct([("kind", pa.string()), ("text", pa.string())])


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A column by its distinct values: the cell of row ``i`` is ``distinct[codes[i]]``; each value
    is in some row.
    """

    codes: np.ndarray
    distinct: tuple[object, ...]

    def __repr__(self) -> str:
        return f"Cells({len(self.codes)} rows, {len(self.distinct)} distinct)"

    def of(self, rows: np.ndarray) -> Cells:
        """The cells of some rows, given by their positions or by a mask."""
        codes = self.codes[rows]
        used = np.bincount(codes, minlength=len(self.distinct)) > 0
        distinct = tuple(v for v, u in zip(self.distinct, used, strict=True) if u)
        return Cells((np.cumsum(used) - 1)[codes], distinct)

    def are(self, test: Callable[[object], bool]) -> np.ndarray:
        """Which rows pass a test, asked once for each distinct value."""
        return self.spread([test(v) for v in self.distinct], bool)

    def spread(self, values: Sequence[object], dtype: type) -> np.ndarray:
        """What was found for each distinct value, laid out over the rows.

        Parameters
        ----------
        values : one for each of ``distinct``, in its order.
        dtype : of the array; ``object`` where values may be None.

        Returns
        -------
        One value a row.
        """
        return np.array(values, dtype=dtype)[self.codes]

    def first(self, rows: np.ndarray) -> object:
        """The first cell that a mask hits; None where there are no rows."""
        if not len(rows):
            return None
        return self.distinct[self.codes[int(np.argmax(rows))]]

    def tolist(self) -> list[object]:
        """The cells as Python values."""
        return [self.distinct[i] for i in self.codes]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet of a file.

    Attributes
    ----------
    above : the rows up to and including the header, as cells; where no header was found, none, or
        Parquet's names.
    body : the rows below, one column a position (named by it, so that headers may repeat). A column
        of one kind has its natural Arrow type, one of several kinds is `MIXED`.
    short : position to number of cells of body rows that end before the header does, as lines of
        text may.
    torn : positions of body rows whose cells nobody can tell apart: a quote that was not closed,
        or more cells than the header has.
    stray : numbers of rows so far from the others, or with cells so far, that these are not part of
        the body; and the positions of what is filled there.
    since_1904 : whether serial numbers count days from 1904.
    hidden : whether whoever opens the file does not see it.
    """

    file: str
    name: str
    above: Grid
    body: pa.Table
    short: Mapping[int, int] = field(default_factory=dict)
    torn: tuple[int, ...] = ()
    stray: Mapping[int, frozenset[int]] = field(default_factory=dict)
    since_1904: bool = False
    hidden: bool = False

    def __repr__(self) -> str:
        place = f"{self.file} [{self.name}]" if self.name else self.file
        size = f"{self.body.num_rows} rows × {self.body.num_columns} columns"
        return f"Sheet({place}: {size} from row {self.first_row})"

    @property
    def header_row(self) -> int:
        """The header's number in the file, as the evaluator sees it."""
        return len(self.above)

    @property
    def first_row(self) -> int:
        """The number in the file of the body's first row: body position ``i`` is row ``first_row +
        i``.
        """
        return len(self.above) + 1

    def cells(self, at: int) -> Cells:
        """The body's column at a position."""
        return cells(self.body.column(at))

    def is_blank(self) -> bool:
        """Whether no cell of the sheet holds anything."""
        body = (c for at in range(self.body.num_columns) for c in self.cells(at).distinct)
        return all(is_empty(c) for row in self.above for c in row) and all(map(is_empty, body))

    def last(self, rows: int) -> Grid:
        """The sheet's last rows, where footers stand; they reach into the header of a
        short sheet.
        """
        tail = self.body.slice(max(0, self.body.num_rows - rows))
        return [*self.above, *_across(tail)][-rows:]

    def first(self, rows: int) -> Grid:
        """The body's first rows."""
        return _across(self.body.slice(0, rows))


def cells(column: pa.Array | pa.ChunkedArray) -> Cells:
    """A column's cells by distinct value, as the Python values that the value readers know."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if whole.type != MIXED:
        encoded = whole.dictionary_encode(null_encoding="encode")
        return Cells(encoded.indices.to_numpy(), tuple(encoded.dictionary.to_pylist()))
    kind, text = (cells(part) for part in whole.flatten())
    pairs, codes = np.unique(kind.codes * len(text.distinct) + text.codes, return_inverse=True)
    of_kind, of_text = np.divmod(pairs, len(text.distinct)) if len(pairs) else (pairs, pairs)
    distinct = np.empty(len(pairs), dtype=object)
    for i, name in enumerate(kind.distinct):
        if name is not None:
            here = np.flatnonzero(of_kind == i)
            distinct[here] = _from_text(
                [text.distinct[j] for j in of_text[here]], _KIND_NAMED[str(name)]
            )
    return Cells(codes, tuple(distinct))


def _across(table: pa.Table) -> Grid:
    return list(zip(*(cells(column).tolist() for column in table.columns), strict=True))


def body(rows: Grid, width: int) -> pa.Table:
    """Rows of Python values as a sheet's body, at least so many columns wide.

    Parameters
    ----------
    rows : of any length each; short ones are filled up with empty cells.
    width : columns that the header has.
    """
    columns: list[Sequence[object]] = list(zip_longest(*rows))
    columns += [(None,) * len(rows)] * (width - len(columns))
    return named_by_position([_column(column) for column in columns])


def named_by_position(columns: Iterable[pa.Array | pa.ChunkedArray]) -> pa.Table:
    """A table of the columns, in which no two have one name."""
    listed = list(columns)
    return pa.table(listed, names=[str(i) for i in range(len(listed))])


def _column(column: Sequence[object]) -> pa.Array:
    """The cells as an Arrow column of their own kind; an empty cell among numbers or
    dates is null.
    """
    kinds = set(map(type, column)) - {type(None)}
    if kinds <= {str}:
        return pa.array(column, pa.string())
    if len(kinds - {str}) == 1 and not any(c for c in column if isinstance(c, str)):
        return pa.array([None if c == "" else c for c in column], _KINDS[(kinds - {str}).pop()])
    kind, text = np.full(len(column), None), np.full(len(column), None)
    for python in kinds:
        here = [i for i, c in enumerate(column) if type(c) is python]
        kind[here] = str(_KINDS[python])
        text[here] = _to_text([column[i] for i in here], _KINDS[python])
    return pa.StructArray.from_arrays(
        [pa.array(kind, pa.string()), pa.array(text, pa.string())], fields=list(MIXED)
    )


def _to_text(cells: list[object], kind: pa.DataType) -> list[str]:
    return pa.array(cells, kind).cast(_written_as(kind)).cast(pa.string()).to_pylist()


def _from_text(texts: list[object], kind: pa.DataType) -> list[object]:
    return pa.array(texts, pa.string()).cast(_written_as(kind)).cast(kind).to_pylist()


def _written_as(kind: pa.DataType) -> pa.DataType:
    """Arrow reads no time of day and no span from text, but from the microseconds that it
    counts.
    """
    return pa.int64() if pa.types.is_time(kind) or pa.types.is_duration(kind) else kind
