"""Faults as an evaluator is told of them: what they are, what was expected, how to mend them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

import pandas as pd

from helpers.contracts import (
    PLACED,
    TABLES,
    UNIT_NAME_HEADERS,
    Column,
    InputTable,
    Problem,
    Text,
    codes,
    fault_of,
)
from helpers.contracts.tables import DRAWS
from helpers.intake.ledger import found_in

_FIRST: Final = ("stopped", "excluded", "warned", "dropped", "repaired")
_OF_TWO_DRAWS: Final = (
    ("duplicate_conflicting", "nip"),
    ("duplicate_conflicting", "kode_unit"),
    ("mass_loss", ""),
    ("mass_loss", "nip"),
    ("mass_loss", "kode_unit"),
)
_ONE_DRAW: Final = Text(
    "mungkin dua undian untuk tahun yang sama: simpan yang benar-benar dilaksanakan, keluarkan "
    "berkas undian yang lain dari folder ini",
    "perhaps two draws for one year: keep the one that was held, and take the other's file out "
    "of this folder",
)
_YEAR_ELSEWHERE: Final = Text(
    "(atau sebut tahunnya dalam judul, nama lembar atau nama berkas)",
    "(or state the year in the title, the sheet's name or the file's)",
)
# A formula whose result was never stored, as `workbook.sheets` gives it.
_UNCOMPUTED: Final = "'=…'"
_RECALCULATE: Final = Text(
    "(rumusnya belum dihitung: buka berkas di Excel, tunggu sampai hasilnya tampil, simpan)",
    "(its formulas were never computed: open the file in Excel, wait for the results, save)",
)
# What is found when the tables are linked is often the consequence of what one of them lost.
_OF_LINKS: Final = ("nip_unknown", "nip_not_on_roll", "unit_unknown")
# By which column rows hang on which table; where that table is at fault, so may they be.
_LINKED_BY: Final = {
    "kode_unit": "unit",
    "nip": "pegawai",
    "kode_kegiatan": "kegiatan",
}
_FOLLOWING: Final = (*_OF_LINKS, "mass_loss", "out_of_scale")


def problems(events: pd.DataFrame) -> list[Problem]:
    """One problem for each file, sheet, column and fault, stops first."""
    out = []
    clashes = events[events["fault"] == "duplicate_conflicting"].groupby("table")["file"].nunique()
    several = set(clashes.index[clashes > 1]).intersection(DRAWS)
    lost = events["action"].isin(("stopped", "excluded")) & (events["fault"] != "mass_loss")
    # Of names that two units share, only what hangs on them is lost.
    lost |= events["table"].eq("unit") & events["fault"].eq("unit_unknown")
    broken = set(events.loc[lost, "table"])
    keys = ["table", "file", "sheet", "column", "fault", "action", "why"]
    for _, hits in events.groupby(keys, sort=True, dropna=False):
        table, file, sheet, column, code, action, why = (hits[k].iloc[0] for k in keys)
        fault = fault_of(code, action, table, why)
        rows = tuple(int(r) for r in sorted(hits["row"]) if r > 0)
        found = found_in(hits)
        field = str(hits["field"].iloc[0])
        spec = TABLES[table].by_column.get(field) if table in TABLES else None
        remedy = fault.remedy
        expected = (
            spec.expected if spec and code == "out_of_scale" and not why else Text()
        ) or fault.expected
        if code == "column_missing" and table in TABLES:
            wanted = _wanted(TABLES[table], field)
            expected, remedy = (
                _names(TABLES[table], wanted),
                remedy + _nearest(TABLES[table], wanted, found),
            )
        if _UNCOMPUTED in found:
            remedy += _RECALCULATE
        if code == "column_missing" and field == "tahun":
            remedy += _YEAR_ELSEWHERE
        cause = _LINKED_BY.get(field, "")
        if cause and cause != table and cause in broken and code in _FOLLOWING and not why:
            remedy = Text(
                f"betulkan dulu masalah tabel {cause}; ini mungkin akibatnya",
                f"first mend the problems of table {cause}; this may follow from them",
            )
        if table in several and (code, field) in _OF_TWO_DRAWS:
            remedy = _ONE_DRAW
        if code == "year_missing":
            found, _, there = found.rstrip(")").partition(" (")
            remedy += Text(f"(yang ada: {there})", f"(there are: {there})")
        out.append(
            Problem(
                code,
                action,
                table,
                file,
                sheet,
                column,
                rows,
                found,
                fault.what,
                expected,
                remedy,
                len(hits),
            )
        )
    return sorted(out, key=_cause_first)


def _cause_first(problem: Problem) -> tuple[object, ...]:
    """What is lost comes before what was mended, and what is wrong with a table before what its
    links to others show.
    """
    tables = [*TABLES, problem.table]
    linked = problem.fault in _OF_LINKS
    place = (tables.index(problem.table), problem.file, problem.column, problem.fault)
    return (_FIRST.index(problem.action), linked, *place)


def _wanted(table: InputTable, missing: str) -> list[Column]:
    """The columns of ``kode_unit``, or of either-or as in ``nilai_skp / output+hari_kerja``."""
    names = missing.replace("+", " / ").split(" / ")
    return [table.by_column[name] for name in names if name in table.by_column]


def _names(table: InputTable, columns: Sequence[Column]) -> Text:
    """Every header under which the columns are known."""
    known = []
    for column in columns:
        by_name = column.name == "kode_unit" and table.name in PLACED
        others = UNIT_NAME_HEADERS if by_name else ()
        known.append(", ".join(dict.fromkeys((column.name, *column.aliases, *others))))
    names = "; ".join(known)
    return Text(f"salah satu dari: {names}", f"one of: {names}") if names else Text()


def _nearest(table: InputTable, columns: Sequence[Column], headers: str) -> Text:
    """The header of the file that looks most like one of the columns', of those that are none of
    the table's yet.
    """
    known = {name for column in table.columns for name in column.headers}
    written = {key: h for h in headers.split(", ") if (key := codes.key(h)) not in known}
    names = [name for column in columns for name in column.headers]
    near = [m for name in names for m in get_close_matches(name, written, 1)]
    if not near:
        return Text()
    most = written[near[0]]
    return Text(f"(mungkin kolom '{most}'?)", f"(perhaps the column '{most}'?)")
