"""What a workbook of Excel 97–2003 (.xls) holds besides what the reader of all workbooks gives."""

from __future__ import annotations

import contextlib
import io

from helpers.intake.merged_cells import Corner


def errors_and_calendar(raw: bytes) -> tuple[dict[str, dict[Corner, str]], bool]:
    """What the errors of each sheet show, by the places of their cells, which the reader of all
    workbooks gives as empty ones; and whether days are counted from 1904.

    Parameters
    ----------
    raw : the file; of one of another kind nothing is known, and nothing is said.
    """
    import xlrd  # slow to import, and needed for old files alone

    # Whether the file can be read at all is the other reader's to say.
    with contextlib.suppress(Exception):
        book = xlrd.open_workbook(file_contents=raw, logfile=io.StringIO())
        shown = xlrd.error_text_from_code
        errors = {
            sheet.name: {
                (row, column): shown.get(sheet.cell_value(row, column), "#N/A")
                for row in range(sheet.nrows)
                for column, kind in enumerate(sheet.row_types(row))
                if kind == xlrd.XL_CELL_ERROR
            }
            for sheet in book.sheets()
        }
        return errors, book.datemode == 1
    return {}, False
