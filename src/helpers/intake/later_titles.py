"""A title among the data that says another year: two years' lists, one below the other."""

from __future__ import annotations

from typing import Final

import numpy as np

from helpers.intake.rows import Rows
from helpers.intake.stated_year import DATED

# Forms and activities say their day themselves, and attendances are of the day of their activity.
_OF_DAYS: Final = ("skm", "kegiatan", "peserta")


def other_year(rows: Rows) -> tuple[int, int] | None:
    """The row and the year of a title that stands among the data and states another year than the
    sheet does; none where every row has its own year.

    Parameters
    ----------
    rows : of one sheet.
    """
    stated, first_row = rows.layout.year, rows.sheet.first_row
    if stated is None or not len(rows.numbers) or rows.layout.table.name in _OF_DAYS:
        return None
    other = np.concatenate([rows.dropped, rows.torn, rows.short])
    # Below the last row of data stands who signed, and when.
    among = other[(other >= first_row) & (other < rows.numbers.max())]
    for number in sorted(int(n) for n in among):
        cells = (column.distinct[column.codes[number - first_row]] for column in rows.columns)
        said = " ".join(c for c in cells if isinstance(c, str))
        years = {int(y) for y in DATED.findall(said)} - {stated}
        if years:
            return number, min(years)
    return None
