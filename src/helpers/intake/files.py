"""Files of a data folder as sheets, whatever their dialect; no value is interpreted here."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.intake import delimited, recognise, sheet, webpage, workbook
from helpers.intake.sheet import Grid, Sheet
from helpers.intake.values import is_empty

DELIMITERS: Final = (",", ";", "\t", "|")
_ASKABLE: Final = (
    pa.types.is_primitive,
    pa.types.is_null,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_decimal128,
)
_WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xlsb", ".ods")
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class UnreadableFile(Exception):
    """A file that cannot be read as a table; the message names what it holds instead, if that is
    anything that an evaluator knows.
    """


def read(path: Path, name: str = "") -> list[Sheet]:
    """Every sheet of a file.

    Parameters
    ----------
    path : a delimited, spreadsheet, HTML or Parquet file; what it holds counts, not its ending.
    name : the file's name as it is shown; its own where empty.

    Returns
    -------
    The sheets in the file's order. Where no row looks like the header of a known table, all rows
    are body.

    Raises
    ------
    UnreadableFile : broken, encrypted, or no table of any kind.
    """
    try:
        return _read(path, name or path.name)
    except UnreadableFile:
        raise
    except Exception:  # every reader has exceptions of its own, and none that an evaluator knows
        raise UnreadableFile from None


def _read(path: Path, name: str) -> list[Sheet]:
    if path.suffix.lower() == ".parquet":
        return [_parquet(path, name)]
    raw = path.read_bytes()
    if raw.startswith(_SPREADSHEETS):
        return [_page(name, page) for page in workbook.sheets(raw)]
    text = _decode(raw)
    if raw and path.suffix.lower() in _WORKBOOK_ENDINGS:
        # Text under a workbook's name: taken for one only where it has a table's header.
        made = None if "\0" in text else _delimited(name, text)
        if made is None or not made.above:
            raise UnreadableFile
        return [made]
    if text.lstrip().startswith("<") and any(tag in text.lower() for tag in ("<table", "<html")):
        return _web(name, text)
    return [_delimited(name, text)]


def _of_rows(file: str, name: str, rows: Grid) -> Sheet:
    header = recognise.header(rows, file)
    start = 0 if header is None else header.row + 1
    above = [tuple(row) for row in rows[:start]]
    if header is not None:
        above[-1] = header.cells
    width = len(above[-1]) if start else 0
    short = {i: len(row) for i, row in enumerate(rows[start:]) if len(row) < width}
    return Sheet(file, name, tuple(above), sheet.body(rows[start:], width), short)


def _page(file: str, page: workbook.WorkbookSheet) -> Sheet:
    made = _of_rows(file, page.name, page.rows)
    return replace(made, stray=page.stray, since_1904=page.since_1904, hidden=page.hidden)


def _web(file: str, text: str) -> list[Sheet]:
    found = [_of_rows(file, "", rows) for rows in webpage.tables(text)]
    if not found:
        raise UnreadableFile("HTML")
    return found


def _parquet(path: Path, name: str) -> Sheet:
    table = pq.read_table(path)
    # Broken text must show here, not when the column is looked at.
    table.validate(full=True)
    columns = [_plain(column) for column in table.columns]
    # The names are the first row; the header of a sheet that was stored as it stood comes after
    # them.
    first = (column.slice(0, recognise.HEADER_ROWS_SEARCHED).to_pylist() for column in columns)
    head = [tuple(table.column_names), *zip(*first, strict=True)]
    header = recognise.header(head, name)
    row = 0 if header is None else header.row
    above = head[: row + 1]
    if header is not None:
        above[-1] = header.cells
    return Sheet(name, "", tuple(above), sheet.named_by_position(columns).slice(row))


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


def _delimited(file: str, text: str) -> Sheet:
    head = "".join(text.splitlines(keepends=True)[: recognise.HEADER_ROWS_SEARCHED])
    there = [d for d in DELIMITERS if d in head] or DELIMITERS
    best = max(there, key=lambda d: (recognise.score(delimited.loose(head, d)), head.count(d)))
    rows, torn = delimited.rows(text, best)
    made = _of_rows(file, "", rows)
    width, first = (len(made.above[-1]) if made.above else 0), len(made.above)
    # What stands beyond the header's last cell shows that a cell was cut in two somewhere before.
    wide = (i for i, row in enumerate(rows[first:]) if len(row) > width)
    over = {i for i in wide if any(not is_empty(c) for c in rows[first + i][width:])}
    over |= {at - first for at in torn if at >= first}
    return replace(made, torn=tuple(sorted(over))) if made.above else made


def _decode(raw: bytes) -> str:
    # The longer mark of the two begins as the shorter.
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return raw.decode("utf-32")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    if b"\x00" in raw:
        raise UnreadableFile
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
