"""Which of a sheet's columns is what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpers.contracts import PLACED, UNIT_NAME_HEADERS, InputTable, codes
from helpers.intake import header_names, recognise, stated_year
from helpers.intake.sheet import Sheet

_PERSON_NAME = frozenset({"nama", "namapegawai", "namalengkap", "namapeserta", "namaresponden"})
_ROW_NUMBERS = frozenset({"no", "nomor", "nourut", "nomorurut", "number"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's columns stand: contract name to position, header text for each, and what is
    left out. Of rows that say the same of the column ``once``, where it is named, one is read.
    ``unused`` are the positions of headers that are nothing of the table; ``unit_header`` is that
    of the column in which units go by name.
    """

    table: InputTable
    columns: dict[str, int]
    headers: dict[str, str]
    unit_name: int | None = None
    unit_header: str = ""
    person_names: tuple[int, ...] = ()
    personal: tuple[tuple[str, int], ...] = ()
    duplicates: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    year: int | None = None
    year_conflict: tuple[int, int] | None = None
    once: str = ""
    unused: tuple[int, ...] = ()


def layout(sheet: Sheet, unsur_order: Sequence[str]) -> Layout | None:
    """The sheet's layout, or None where it is none of the tables.

    Parameters
    ----------
    sheet : its header, where one was found, is the last row above the body.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).
    """
    found = recognise.header(sheet.above[-1:], sheet.file)
    return layout_as(sheet, found.table, unsur_order) if found else None


def layout_as(sheet: Sheet, table: InputTable, unsur_order: Sequence[str]) -> Layout:
    """The sheet's layout as a table of which it is known to be one.

    Parameters
    ----------
    sheet : its header is the last row above the body.
    table : which table.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).
    """
    headers = ["" if c is None else str(c).strip() for c in sheet.above[-1]]
    keys = [codes.key(h) for h in headers]
    candidates: dict[str, list[tuple[int, int]]] = {}
    personal: list[tuple[str, int]] = []
    names: list[int] = []
    unit_name = None
    unused: list[int] = []
    for at, k in enumerate(keys):
        if not k:
            continue
        column = header_names.column_of(table, k, unsur_order)
        if column is not None:
            known = table.by_column[column].headers
            candidates.setdefault(column, []).append(
                (known.index(k) if k in known else len(known), at)
            )
        elif k in codes.PERSONAL_COLUMNS:
            personal.append((headers[at], at))
        elif k in UNIT_NAME_HEADERS and table.name in PLACED and unit_name is None:
            unit_name = at
        elif k in _PERSON_NAME:
            names.append(at)
        elif k not in _ROW_NUMBERS:
            unused.append(at)
        if table.name == "pegawai" and column == "nama":
            names.append(at)
    duplicates = tuple(
        headers[spots[0][1]]
        for spots in candidates.values()
        if len({keys[at] for _, at in spots}) < len(spots) or _same_rank(spots)
    )
    of_years = _one_for_each_year(
        {
            at: header_names.column_of(table, header_names.without_year(keys[at]), unsur_order)
            for at in unused
        }
    )
    duplicates += tuple(
        " / ".join(headers[at] for at in spots)
        for column, spots in of_years.items()
        if column not in candidates and _says_what(table, column)
    )
    columns = {name: min(spots)[1] for name, spots in candidates.items()}
    # Forms and activities have days of their own, and units no year: their sheets are named anyhow.
    by_sheet = "tahun" in table.by_column
    year, conflict = (
        (None, None) if "tahun" in columns else stated_year.of(sheet, by_sheet=by_sheet)
    )
    missing = [c for c in table.required_columns if c not in columns]
    if unit_name is not None and "kode_unit" in missing:
        missing.remove("kode_unit")
    if "tahun" in missing and (year is not None or conflict is not None):
        missing.remove("tahun")
    if not table.says_something(columns):
        missing.append(" / ".join("+".join(group) for group in table.one_of))
    return Layout(
        table=table,
        columns=columns,
        headers={name: headers[at] for name, at in columns.items()},
        unit_name=unit_name,
        unit_header=headers[unit_name] if unit_name is not None else "",
        person_names=tuple(dict.fromkeys(names)),
        personal=tuple(personal),
        duplicates=duplicates,
        missing=tuple(
            f"u{unsur_order.index(m) + 1} ({m})" if m in codes.UNSUR else m for m in missing
        ),
        year=year,
        year_conflict=conflict,
        unused=tuple(unused),
    )


def _says_what(table: InputTable, column: str) -> bool:
    """Whether a table is there for a column, alone or with others: what else it has is ignored."""
    return table.by_column[column].required or any(column in group for group in table.one_of)


def _one_for_each_year(named: Mapping[int, str | None]) -> dict[str, list[int]]:
    """Columns of the contract that a sheet has once for each year ("Nilai SKP 2023", "Nilai SKP
    2024"): where each stands, of those that stand twice.

    Parameters
    ----------
    named : the column that each unused header would name without its year, by position.
    """
    spots: dict[str, list[int]] = {}
    for at, column in named.items():
        if column is not None:
            spots.setdefault(column, []).append(at)
    return {column: where for column, where in spots.items() if len(where) > 1}


def _same_rank(spots: list[tuple[int, int]]) -> bool:
    """Two unsur questions of one name: neither is better than the other."""
    ranks = [rank for rank, _ in spots]
    return len(set(ranks)) < len(ranks)
