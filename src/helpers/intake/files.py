"""Files of a data folder as sheets, whatever their dialect; no value is interpreted here."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake import recognise, sheet
from helpers.intake.sheet import Grid, Sheet

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".parquet")
DELIMITERS: Final = (",", ";", "\t", "|")
_ASKABLE: Final = (
    pa.types.is_primitive,
    pa.types.is_null,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_decimal128,
)
_ENCRYPTED = b"\xd0\xcf\x11\xe0"


class UnreadableFile(Exception):
    """A file that cannot be read as a table; the message says why, without any of its content."""


def table_files(folder: Path) -> list[Path]:
    """The folder's data files in name order; hidden and lock files are left out."""
    return sorted(
        p
        for p in folder.iterdir()
        if p.is_file() and p.suffix.lower() in SUFFIXES and not p.name.startswith((".", "~$"))
    )


def read(path: Path) -> list[Sheet]:
    """Every sheet of a file.

    Parameters
    ----------
    path : a CSV, XLSX or Parquet file, as its ending says.

    Returns
    -------
    The sheets in the file's order. Where no row looks like the header of a known table, all rows
    are body.

    Raises
    ------
    UnreadableFile : broken, encrypted, or not what its ending says.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in (".xlsx", ".xlsm"):
            return _excel(path)
        if suffix == ".parquet":
            return [_parquet(path)]
        return [_of_rows(path.name, "", _delimited(path))]
    except UnreadableFile:
        raise
    except Exception as e:  # every reader has exceptions of its own
        raise UnreadableFile(type(e).__name__) from None


def _of_rows(file: str, name: str, rows: Grid) -> Sheet:
    header = recognise.header(rows, file)
    start = 0 if header is None else header.row + 1
    width = len(rows[start - 1]) if start else 0
    short = tuple(i for i, row in enumerate(rows[start:]) if len(row) < width)
    return Sheet(
        file, name, tuple(map(tuple, rows[:start])), sheet.body(rows[start:], width), short
    )


def _excel(path: Path) -> list[Sheet]:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as f:
        head = f.read(4)
    if head == _ENCRYPTED:
        raise UnreadableFile("OLE2 (XLS)")
    book = CalamineWorkbook.from_path(path)
    return [
        _of_rows(path.name, name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for name in book.sheet_names
    ]


def _parquet(path: Path) -> Sheet:
    table = pq.read_table(path)
    # Broken text must show here, not when the column is looked at.
    table.validate(full=True)
    columns = [_plain(column) for column in table.columns]
    # The names are the first row; the header of a sheet that was stored as it stood comes after
    # them.
    first = (column.slice(0, recognise.HEADER_ROWS_SEARCHED).to_pylist() for column in columns)
    head = [tuple(table.column_names), *zip(*first, strict=True)]
    header = recognise.header(head, path.name)
    row = 0 if header is None else header.row
    return Sheet(path.name, "", tuple(head[: row + 1]), sheet.named_by_position(columns).slice(row))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column as one of the kinds that its distinct values can be asked of."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    if pa.types.is_string_view(kind):
        return column.cast(pa.string())
    if pa.types.is_temporal(kind) and not pa.types.is_interval(kind):
        # A moment beyond every calendar, too, must show here.
        sheet.cells(column)
        return column
    if any(known(kind) for known in _ASKABLE):
        return column
    # No reader knows lists, records or bytes otherwise than as they print themselves.
    return pa.chunked_array(
        [[None if c is None else str(c) for c in column.to_pylist()]], pa.string()
    )


def _delimited(path: Path) -> Grid:
    text = _decode(path.read_bytes())
    head = "".join(text.splitlines(keepends=True)[: recognise.HEADER_ROWS_SEARCHED])
    best = max(
        DELIMITERS, key=lambda d: (recognise.score(_rows(head, d, strict=False)), head.count(d))
    )
    return _rows(text, best)


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    if b"\x00" in raw:
        raise UnreadableFile("NUL")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _rows(text: str, delimiter: str, *, strict: bool = True) -> Grid:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        return list(reader)
    except csv.Error:
        if strict:
            raise
        return []
