"""Which table a sheet is, where its header stands, and which of its columns is what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from helpers.contracts import TABLES, UNIT_NAME_HEADERS, InputTable, codes
from helpers.intake.sheet import Grid, Sheet

HEADER_ROWS_SEARCHED: Final = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DATED = re.compile(
    r"(?:desember|tahun|periode|t\.?a\.?)\s*:?\s*((?:19|20)\d{2})(?!\d)", re.IGNORECASE
)
_PERSON_NAME = frozenset({"nama", "namapegawai", "namalengkap", "namapeserta", "namaresponden"})
_UNSUR_NUMBER = re.compile(r"^(?:u|unsur|unsurke|p|q)0?([1-9])$")
_UNSUR_EXTRA = re.compile(r"^(?:u|unsur)(?:1\d)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's columns stand: contract name to position, header text for each, and what is
    left out.
    """

    table: InputTable
    columns: dict[str, int]
    headers: dict[str, str]
    unit_name: int | None = None
    person_names: tuple[int, ...] = ()
    personal: tuple[tuple[str, int], ...] = ()
    duplicates: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    year: int | None = None
    year_conflict: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The row that looks most like a known table's header: its position, the table, and how well
    they match.
    """

    row: int
    table: InputTable
    points: float


def header(grid: Grid, file: str = "") -> Header | None:
    """The header among the first rows of a grid, or None where no row names columns of a table.

    Parameters
    ----------
    grid : rows from the top; those beyond the fortieth are not looked at.
    file : the file's name, which speaks for a table but proves none.
    """
    named = table_by_name(file) if file else None
    best: Header | None = None
    for i, row in enumerate(grid[:HEADER_ROWS_SEARCHED]):
        keys = keys_of(row)
        if sum(bool(k) for k in keys) < 2:
            continue
        for table in TABLES.values():
            points = _points(table, keys) + (0.5 if named is table else 0.0)
            if points >= 2 and (best is None or points > best.points):
                best = Header(i, table, points)
    return best


def keys_of(row: Sequence[object]) -> list[str]:
    """What each cell of a row would be looked up by as a header; nothing for cells that are not
    text.

    >>> keys_of(["Kode Unit", 2023, None])
    ['kodeunit', '', '']
    """
    return [codes.key(c) if isinstance(c, str) else "" for c in row]


def score(grid: Grid) -> float:
    """How well the best row of the grid matches the best table; 0 for nothing known."""
    found = header(grid)
    return found.points if found else 0.0


def layout(sheet: Sheet, unsur_order: Sequence[str]) -> Layout | None:
    """The sheet's layout, or None where it is none of the tables.

    Parameters
    ----------
    sheet : its header, where one was found, is the last row above the body.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).
    """
    found = header(sheet.above[-1:], sheet.file)
    return _layout(sheet, found.table, unsur_order) if found else None


def table_by_name(file: str) -> InputTable | None:
    """The table that a file's name speaks of.

    >>> table_by_name("Data Pegawai 2023.xlsx").name, table_by_name("surat.docx")
    ('pegawai', None)
    """
    stem = codes.key(file.rsplit(".", 1)[0])
    words = {"datapegawai": "pegawai", "survei": "skm", "survey": "skm"}
    for word, name in [*((t, t) for t in TABLES if t != "unit"), *words.items(), ("unit", "unit")]:
        if word in stem:
            return TABLES[name]
    return None


def _points(table: InputTable, keys: list[str]) -> float:
    """Columns that the row has, less what it lacks of the required ones."""
    order = codes.UNSUR
    have = {name for k in keys if k for name in [_column_of(table, k, order)] if name}
    if table.name == "unit" and "nip" in {
        _column_of(TABLES["pegawai"], k, order) for k in keys if k
    }:
        return 0.0
    if table.name in ("pegawai", "skm") and any(k in UNIT_NAME_HEADERS for k in keys):
        have.add("kode_unit")
    required = set(table.required_columns) - {"tahun"}
    if not have or len(have & required) < min(2, len(required)) / 2:
        return 0.0
    return len(have) - 1.5 * len(required - have) / max(1, len(required)) * min(4, len(required))


@cache
def _headers(table: str) -> dict[str, str]:
    """Every header that means a column of the table; the first column that claims it has it."""
    out: dict[str, str] = {}
    for column in TABLES[table].columns:
        for header in column.headers:
            out.setdefault(header, column.name)
    return out


def _column_of(table: InputTable, k: str, unsur_order: Sequence[str]) -> str | None:
    known = _headers(table.name).get(k)
    if known is not None:
        return known
    if table.name == "skm":
        number = _UNSUR_NUMBER.match(k)
        if number:
            return unsur_order[int(number.group(1)) - 1]
        if not _UNSUR_EXTRA.match(k):
            return next((u for word, u in codes.UNSUR_KEYWORDS if word in k), None)
    return None


def _layout(sheet: Sheet, table: InputTable, unsur_order: Sequence[str]) -> Layout:
    headers = ["" if c is None else str(c).strip() for c in sheet.above[-1]]
    keys = [codes.key(h) for h in headers]
    candidates: dict[str, list[tuple[int, int]]] = {}
    personal: list[tuple[str, int]] = []
    names: list[int] = []
    unit_name = None
    for at, k in enumerate(keys):
        if not k:
            continue
        column = _column_of(table, k, unsur_order)
        if column is not None:
            known = table.by_column[column].headers
            candidates.setdefault(column, []).append(
                (known.index(k) if k in known else len(known), at)
            )
        elif k in codes.PERSONAL_COLUMNS:
            personal.append((headers[at], at))
        elif k in UNIT_NAME_HEADERS and table.name in ("pegawai", "skm") and unit_name is None:
            unit_name = at
        elif k in _PERSON_NAME:
            names.append(at)
        if table.name == "pegawai" and column == "nama":
            names.append(at)
    duplicates = tuple(
        headers[spots[0][1]]
        for spots in candidates.values()
        if len({keys[at] for _, at in spots}) < len(spots) or _same_rank(spots)
    )
    columns = {name: min(spots)[1] for name, spots in candidates.items()}
    year, conflict = (None, None) if "tahun" in columns else _file_year(sheet)
    missing = [c for c in table.required_columns if c not in columns]
    if unit_name is not None and "kode_unit" in missing:
        missing.remove("kode_unit")
    if "tahun" in missing and (year is not None or conflict is not None):
        missing.remove("tahun")
    if table.one_of and not any(set(group) <= set(columns) for group in table.one_of):
        missing.append(" / ".join("+".join(group) for group in table.one_of))
    return Layout(
        table=table,
        columns=columns,
        headers={name: headers[at] for name, at in columns.items()},
        unit_name=unit_name,
        person_names=tuple(dict.fromkeys(names)),
        personal=tuple(personal),
        duplicates=duplicates,
        missing=tuple(
            f"u{unsur_order.index(m) + 1} ({m})" if m in codes.UNSUR else m for m in missing
        ),
        year=year,
        year_conflict=conflict,
    )


def _same_rank(spots: list[tuple[int, int]]) -> bool:
    """Two unsur questions of one name: neither is better than the other."""
    ranks = [rank for rank, _ in spots]
    return len(set(ranks)) < len(ranks)


def _file_year(sheet: Sheet) -> tuple[int | None, tuple[int, int] | None]:
    """The year that title rows or the file name state, and the two where they differ."""
    title = " ".join(str(c) for row in sheet.above[:-1] for c in row if isinstance(c, str))
    dated = {int(y) for y in _DATED.findall(title)} or {int(y) for y in _YEAR.findall(title)}
    titled = dated.pop() if len(dated) == 1 else None
    in_name = {int(y) for y in _YEAR.findall(sheet.file)}
    named = in_name.pop() if len(in_name) == 1 else None
    if titled is not None and named is not None and titled != named:
        return None, (titled, named)
    return (titled if titled is not None else named), None
