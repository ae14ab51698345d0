"""Files of a data folder as grids of cells, whatever their dialect; nothing is interpreted here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".parquet")
DELIMITERS: Final = (",", ";", "\t", "|")
_ENCRYPTED = b"\xd0\xcf\x11\xe0"

Grid = list[list[object]]


class UnreadableFile(Exception):
    """A file that cannot be read as a table; the message says why, without any of its content."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``cells[i]`` is row ``i + 1`` as the evaluator sees it."""

    file: str
    name: str
    cells: Grid


def table_files(folder: Path) -> list[Path]:
    """The folder's data files in name order; hidden and lock files are left out."""
    return sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in SUFFIXES and not p.name.startswith((".", "~$")))


def read(path: Path, score: Callable[[Grid], float]) -> list[Sheet]:
    """Every sheet of a file.

    Parameters
    ----------
    score : how well the first rows of a grid look like a known table; decides between delimiters.

    Raises
    ------
    UnreadableFile : broken, encrypted, or not what its ending says.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in (".xlsx", ".xlsm"):
            return _excel(path)
        if suffix == ".parquet":
            return _parquet(path)
        return [Sheet(path.name, "", _delimited(path, score))]
    except UnreadableFile:
        raise
    except Exception as e:  # every reader has exceptions of its own
        raise UnreadableFile(type(e).__name__) from None


def _excel(path: Path) -> list[Sheet]:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as f:
        head = f.read(4)
    if head == _ENCRYPTED:
        raise UnreadableFile("terkunci sandi atau format XLS lama / encrypted, or the old XLS format")
    book = CalamineWorkbook.from_path(path)
    return [Sheet(path.name, name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]


def _parquet(path: Path) -> list[Sheet]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    columns = [table.column(i).to_pylist() for i in range(table.num_columns)]
    rows: Grid = [list(table.column_names), *map(list, zip(*columns, strict=True))]
    return [Sheet(path.name, "", rows)]


def _delimited(path: Path, score: Callable[[Grid], float]) -> Grid:
    text = _decode(path.read_bytes())
    head = "".join(text.splitlines(keepends=True)[:40])
    best = max(DELIMITERS, key=lambda d: (score(_rows(head, d, strict=False)), head.count(d)))
    return _rows(text, best)


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    if b"\x00" in raw:
        raise UnreadableFile("bukan berkas teks / not a text file")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _rows(text: str, delimiter: str, *, strict: bool = True) -> Grid:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        return [list(row) for row in reader]
    except csv.Error:
        if strict:
            raise
        return []
