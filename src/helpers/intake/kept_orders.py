"""Orders in which units are trained, where they were written down: in the private folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from helpers.intake import files, layouts, reading
from helpers.intake.pseudonym import Pseudonyms
from helpers.intake.rows import data_rows
from helpers.intake.sheet import Sheet

# Units are no people: none is named under a key.
_NOBODY = Pseudonyms(bytes(32))


def kept_orders(
    folder: Path, unsur_order: Sequence[str]
) -> Iterator[tuple[str, pd.DataFrame | None]]:
    """The orders that lie in a folder, whatever a spreadsheet has made of their files since.

    Parameters
    ----------
    folder : of the files; those called ``undian_unit_YEAR.csv`` are read.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).

    Yields
    ------
    Each file's name with its rows that can be read: ``kode_unit``, ``giliran`` (the year of the
    turn) and ``tahun`` (of the draw); None where the file is no such table.
    """
    for file in sorted(folder.glob("undian_unit_????.csv")):
        try:
            tables = [_read(sheet, unsur_order) for sheet in files.read(file)]
        except (OSError, files.UnreadableFile):
            tables = []
        read = [t for t in tables if t is not None]
        yield file.name, pd.concat(read, ignore_index=True) if read else None


def _read(sheet: Sheet, unsur_order: Sequence[str]) -> pd.DataFrame | None:
    found = layouts.layout(sheet, unsur_order)
    if found is None or found.table.name != "undian_unit" or found.missing or found.duplicates:
        return None
    frame = reading.read(data_rows(sheet, found), {}, _NOBODY).frame
    return frame.assign(tahun=frame["_year"])[["tahun", "kode_unit", "giliran"]].dropna()
