"""What should be in a folder and is not: whole tables, and columns of files whose name speaks of a
table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from helpers.contracts import TABLES, InputTable
from helpers.intake import header_names, recognise, shapes
from helpers.intake.folders import Unread
from helpers.intake.ledger import Ledger
from helpers.intake.sheet import Sheet
from helpers.intake.values import is_empty


def tables(seen: Collection[str], ledger: Ledger) -> None:
    """Enter the required tables of which there is no file.

    Parameters
    ----------
    seen : names of the tables of which there is one, whatever is wrong with it.
    ledger : where they are entered.
    """
    there = ", ".join(name for name in TABLES if name in seen)
    for name in ("unit", "pegawai"):
        if name not in seen:
            ledger.add("table_missing", name, "", found=there)
    if not {"kinerja", "skm"} & set(seen):
        ledger.add("table_missing", "kinerja / skm", "", found=there)


def columns(file: str, table: InputTable, sheets: Sequence[Sheet], ledger: Ledger) -> None:
    """Enter the required columns that no row of a file names.

    Parameters
    ----------
    file : by its name as messages show it.
    table : of which the file's name speaks.
    sheets : of the file, none of which was recognised.
    ledger : where they are entered.
    """
    head: Sequence[object] = max(
        (recognise.most_like(sheet, table) for sheet in sheets), key=len, default=()
    )
    known = header_names.columns_named(head, table)
    for column in table.required_columns:
        if column not in known:
            ledger.add(
                "column_missing",
                table.name,
                file,
                column=column,
                found=headers(head),
                field=column,
            )


def most_alike(name: str, sheet: Sheet) -> Unread:
    """A sheet that is none of the tables, with the row that looks most like the header of one.

    Parameters
    ----------
    name : of its file, as messages show it, and of the sheet.
    sheet : whose header was not recognised.
    """
    heads = {n: recognise.most_like(sheet, table) for n, table in TABLES.items()}
    like = max(heads, key=lambda n: len(header_names.columns_named(heads[n], TABLES[n])))
    head = heads[like]
    if not head:
        return Unread(name, "table")
    lacks = recognise.lacked(head, TABLES[like])
    return Unread(name, "table", headers(head), like, lacks)


def headers(row: Sequence[object]) -> str:
    """The cells of a row that was taken for the header, as a message may show them.

    Parameters
    ----------
    row : cells; empty ones are passed over.
    """
    return ", ".join(shapes.header(h) for h in row if not is_empty(h))
