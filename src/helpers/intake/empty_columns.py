"""Required columns that have a header and, in a year, nothing below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import InputTable
from helpers.intake.columns import Met

# Of other kinds an empty cell is a fault of its own.
_KINDS: Final = ("answer", "words")
# One or two empty rows are no column.
_FEWEST: Final = 3


def met(
    table: InputTable, frame: pd.DataFrame, years: np.ndarray, told: Iterable[Met]
) -> list[Met]:
    """Warnings of years in which nothing stands in a column that their report rests on; the other
    years are answered.

    Parameters
    ----------
    table : of the sheet.
    frame : every data row, typed; what could not be read is missing, too.
    years : the year of each row, not-a-number where it has none.
    told : faults met already; a column whose values could not be read is not empty.
    """
    found = []
    for column in table.columns:
        if not column.required or column.kind not in _KINDS or column.name not in frame:
            continue
        values = frame[column.name]
        empty = (values.isna() | values.eq("")).to_numpy(bool)
        for fault in told:
            if fault.column == column.name:
                empty = empty & ~fault.hit
        for year in np.unique(years[~np.isnan(years)]):
            rows = years == year
            if rows.sum() >= _FEWEST and empty[rows].all():
                said = f"0/{rows.sum()}"
                found.append(Met("out_of_scale", column.name, rows, said, "warned", "empty"))
    return found
