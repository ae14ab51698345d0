"""Which rows of a sheet hold data, told column by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from helpers.contracts import codes
from helpers.intake.recognise import Layout, keys_of
from helpers.intake.sheet import Cells, Sheet
from helpers.intake.values import is_empty

_FOOTER = re.compile(
    r"^(?:jumlah|total|sub ?total|grand total|rata-?rata|sumber|catatan|keterangan|ket\.?"
    r"|mengetahui|dicetak|nb)\b",
    re.IGNORECASE,
)
_NIP_DIGITS_LEFT = 15


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a sheet that hold data, and the numbers in the file of all that were met.

    Attributes
    ----------
    numbers : of the rows that hold data.
    dropped : of the rows that do not: blank, footer, total, repeated header.
    """

    sheet: Sheet
    layout: Layout
    numbers: np.ndarray
    dropped: np.ndarray
    columns: tuple[Cells, ...]

    def __repr__(self) -> str:
        kept = f"{len(self.numbers)} {self.layout.table.name}"
        return f"Rows({self.sheet.file}: {kept}, {len(self.dropped)} dropped)"

    def cells(self, at: int) -> Cells:
        """The data rows' column at a position."""
        column = self.columns[at]
        return column.of(self.numbers - self.sheet.first_row) if len(self.dropped) else column


def data_rows(sheet: Sheet, layout: Layout) -> Rows:
    """Tell the rows that hold data from those that do not.

    Parameters
    ----------
    sheet : with a header, so that there is a row above the body.
    layout : where the sheet's header says that its columns stand.
    """
    columns = tuple(sheet.cells(at) for at in range(sheet.body.num_columns))
    filled = ~np.column_stack([column.are(is_empty) for column in columns])
    needed = [layout.columns[c] for c in layout.table.required_columns if c in layout.columns]
    needed += [layout.unit_name] if layout.unit_name is not None else []
    cells_filled = filled.sum(axis=1)
    drop = (cells_filled == 0) | ~filled[:, needed].any(axis=1)
    if len(sheet.above[-1]) > 2:
        drop |= cells_filled == 1
    leads = filled.argmax(axis=1)
    drop |= _footers(columns, leads, layout.columns.get("nip")) | _headers_again(
        sheet, columns, leads
    )
    numbers = np.arange(sheet.first_row, sheet.first_row + len(drop))
    return Rows(sheet, layout, numbers[~drop], numbers[drop], columns)


def _footers(columns: Sequence[Cells], leads: np.ndarray, nip: int | None) -> np.ndarray:
    """Rows that begin as a footer does, and name nobody."""
    hit = _led_by(columns, leads, lambda text: bool(_FOOTER.match(text.strip())))
    at = np.flatnonzero(hit)
    if nip is not None and len(at):
        hit[at] = ~columns[nip].of(at).are(
            lambda c: sum(ch.isdigit() for ch in str(c)) >= _NIP_DIGITS_LEFT
        )
    return hit


def _headers_again(sheet: Sheet, columns: Sequence[Cells], leads: np.ndarray) -> np.ndarray:
    """Rows that say in every column what the header says."""
    header = keys_of(sheet.above[-1])
    first = next(k for k in header if k)
    hit = _led_by(columns, leads, lambda text: codes.key(text) == first)
    hit[list(sheet.short)] = False
    for column, key in zip(columns, header, strict=False):
        rows = np.flatnonzero(hit)
        if not len(rows):
            break
        hit[rows] = column.of(rows).are(partial(_says, key))
    return hit


def _says(key: str, cell: object) -> bool:
    return keys_of([cell]) == [key]


def _led_by(columns: Sequence[Cells], leads: np.ndarray, test: Callable[[str], bool]) -> np.ndarray:
    """Rows whose first filled cell is a text that passes the test."""
    hit = np.zeros(len(leads), dtype=bool)
    for at in np.unique(leads):
        here = leads == at
        hit[here] = columns[at].of(here).are(lambda c: isinstance(c, str) and test(c))
    return hit
