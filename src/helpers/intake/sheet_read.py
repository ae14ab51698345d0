"""A sheet as it was read, for those who ask what was."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from openpyxl.utils import get_column_letter

from helpers.intake import shapes
from helpers.intake.layouts import Layout
from helpers.intake.sheet import Sheet


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One sheet as it was read: which table it is, how many rows it gave, and of which years.

    ``years`` are the first and the last; None where no row has one. ``unused`` are the columns
    whose header is nothing that the table has, by letter and header as messages show it. A
    ``hidden`` one is not seen by whoever opens the file. ``beside`` are short sheets of the same
    file that are none of the tables; they are named with one of its tables alone.
    """

    file: str
    sheet: str
    table: str
    rows: int
    years: tuple[int, int] | None
    unused: tuple[str, ...] = ()
    hidden: bool = False
    beside: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, sheet: Sheet, lay: Layout, frame: pd.DataFrame, beside: tuple[str, ...] = ()
    ) -> SheetRead:
        """What came of a sheet.

        Parameters
        ----------
        sheet : its header is the last row above the body.
        lay : where its columns stand.
        frame : the rows that it gave.
        beside : names of the file's short sheets that were not read.
        """
        years = frame["_year"].dropna().astype(int)
        span = (int(years.min()), int(years.max())) if len(years) else None
        unused = tuple(
            f"{get_column_letter(at + 1)} ({shapes.header(sheet.above[-1][at])})"
            for at in lay.unused
        )
        table, rows = lay.table.name, len(frame)
        return cls(sheet.file, sheet.name, table, rows, span, unused, sheet.hidden, beside)
