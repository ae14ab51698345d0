"""Which rows of a sheet hold data, told column by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from helpers.contracts import codes
from helpers.intake import lone_cells
from helpers.intake.header_names import keys_of
from helpers.intake.layouts import Layout
from helpers.intake.lone_cells import NIP_DIGITS_LEFT, OWN
from helpers.intake.sheet import Cells, Sheet
from helpers.intake.values import MONTH_NAMES, is_empty

_TOTAL = re.compile(
    r"^(?:(?:sub ?)?(?:jumlah|total)|grand total|(?:nilai )?rata-?rata|nrr|(?:nilai )?(?:ikm|skm))"
    r"(?: (?:pegawai|unit|responden|kegiatan|peserta|baris|data|seluruh|seluruhnya|keseluruhan"
    r"|nilai|jp|biaya|per|tiap|setiap|unsur|tertimbang|pelayanan|konversi"
    r"|asn|pns|pppk|laki-laki|perempuan|pria|wanita|l|p|orang))*\s*[:.=]?$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:sumber|catatan|keterangan|ket|mengetahui|dicetak|nb)\b(?:[^:]{0,20})[:.]", re.IGNORECASE
)
# Under a table of people alone: elsewhere such a word may be a unit's code.
_NOTE_OF_PEOPLE = re.compile(r"^(?:sumber|catatan|keterangan|ket)$", re.IGNORECASE)
_NUMBER = re.compile(r"^[\d.,%\s-]*(?:orang|org|pegawai|peserta|responden|jp|jam)?$", re.IGNORECASE)
# What stands above the names of those who sign: who acts, or the place and the day.
_SIGNING = re.compile(
    r"^(?:mengetahui|menyetujui|mengesahkan|disetujui|disahkan|diperiksa|diketahui|dibuat oleh"
    r"|yang membuat)\b|^[^\W\d][^\d,]*, *\d\d? (?:" + "|".join(MONTH_NAMES) + r") \d\d\d\d$",
    re.IGNORECASE,
)
_BELOW_UNITS = re.compile(
    rf"{_NOTE_OF_PEOPLE.pattern}|{_SIGNING.pattern}|^(?:kepala|plt|plh|a\.?n|ttd|nip)\b",
    re.IGNORECASE,
)
_LONGEST_SIGNING: Final = 15
_MANY_CELLS: Final = 5
_CELLS_OF_A_HEADING: Final = 2
_MOST_WHO_SIGN: Final = 3
# A row that is cut short beyond this share of a file's rows is how its program writes empty cells.
_ODD_SHARE: Final = 0.2
_FEWEST_NUMBERED: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a sheet that hold data, and the numbers in the file of all that were met.

    Attributes
    ----------
    numbers : of the rows that hold data.
    dropped : of the rows that do not: blank, footer, total, repeated header.
    torn : of rows of data whose cells nobody can tell apart, or that lack some or all but one.
    far : of rows that hold data, too, so far below the others that nobody reads them.
    short : of rows that hold data and end before the header does.
    """

    sheet: Sheet
    layout: Layout
    numbers: np.ndarray
    dropped: np.ndarray
    columns: tuple[Cells, ...]
    torn: np.ndarray
    far: np.ndarray
    short: np.ndarray

    def __repr__(self) -> str:
        kept = f"{len(self.numbers)} {self.layout.table.name}"
        return f"Rows({self.sheet.file}: {kept}, {len(self.dropped)} dropped)"

    def cells(self, at: int) -> Cells:
        """The data rows' column at a position."""
        column = self.columns[at]
        return (
            column
            if len(self.numbers) == self.sheet.body.num_rows
            else column.of(self.numbers - self.sheet.first_row)
        )


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
    drop = ~filled[:, needed].any(axis=1)
    fewest = 2 if len(sheet.above[-1]) > 2 else 1
    drop |= cells_filled < fewest
    leads = filled.argmax(axis=1)
    around = _footers(columns, filled, leads, layout.columns.get("nip"))
    around |= _headers_again(sheet, columns, leads) | _column_numbers(columns, filled)
    around |= _signed(columns, filled, layout) | _below_the_units(columns, filled, layout)
    headings = _headings(columns, cells_filled, layout)
    alone = lone_cells.packed(sheet, columns, filled)
    alone |= lone_cells.keys(layout, columns, filled) & ~headings & (fewest > 1)
    drop |= around | headings
    torn, short = np.zeros((2, len(drop)), dtype=bool)
    torn[list(sheet.torn)] = True
    torn |= alone & ~around
    short[list(sheet.short)] = True
    torn &= cells_filled > 0
    drop &= ~torn
    short &= ~drop & ~torn
    torn |= _lacking(sheet, layout, short)
    short &= ~torn
    numbers = np.arange(sheet.first_row, sheet.first_row + len(drop))
    kept = ~drop & ~torn
    far = [len(at) >= fewest and not at.isdisjoint(needed) for at in sheet.stray.values()]
    stray, lost = np.array(list(sheet.stray), dtype=numbers.dtype), np.array(far, dtype=bool)
    dropped = np.concatenate([numbers[drop], stray[~lost]])
    return Rows(
        sheet,
        layout,
        numbers[kept],
        dropped,
        columns,
        torn=numbers[torn],
        far=stray[lost],
        short=numbers[short],
    )


def _lacking(sheet: Sheet, layout: Layout, short: np.ndarray) -> np.ndarray:
    """Rows that end before a column that counts, where most others do not: a cell is missing
    somewhere before, and each after it stands in its neighbour's column.
    """
    hit = np.zeros(len(short), dtype=bool)
    if not short.any() or short.mean() > _ODD_SHARE:
        return hit
    wordy = ("free_text", "text", "words")
    free = {c.name for c in layout.table.columns if not c.required and c.kind in wordy}
    needed = max((at for name, at in layout.columns.items() if name not in free), default=0)
    for at in np.flatnonzero(short):
        hit[at] = sheet.short[int(at)] <= needed
    return hit


def _footers(
    columns: Sequence[Cells], filled: np.ndarray, leads: np.ndarray, nip: int | None
) -> np.ndarray:
    """Rows that begin as a footer does and say nothing else: a total with its figures, a note with
    its text.
    """
    total = _led_by(columns, leads, lambda text: bool(_TOTAL.match(" ".join(text.split()))))
    note = _led_by(columns, leads, lambda text: bool(_NOTE.match(text.strip())))
    if nip is not None:
        note |= _led_by(columns, leads, lambda text: bool(_NOTE_OF_PEOPLE.match(text.strip())))
    note &= filled.sum(axis=1) <= 2
    for place, column in enumerate(columns):
        at = np.flatnonzero(total & filled[:, place] & (leads != place))
        if len(at):
            total[at] = column.of(at).are(lambda c: bool(_NUMBER.match(str(c))))
    hit = total | note
    at = np.flatnonzero(hit)
    if nip is not None and len(at):
        hit[at] = ~columns[nip].of(at).are(
            lambda c: sum(ch.isdigit() for ch in str(c)) >= NIP_DIGITS_LEFT
        )
    return hit


def _signed(columns: Sequence[Cells], filled: np.ndarray, layout: Layout) -> np.ndarray:
    """The last rows, where they say who signs: place and day, office, name and NIP, a few cells
    each. A row that has a NIP, a date or a year where the table has its own is no such row.
    """
    hit = np.zeros(len(filled), dtype=bool)
    own = [
        (columns[layout.columns[c.name]], OWN[c.kind])
        for c in layout.table.columns
        if c.required and c.kind in OWN and c.name in layout.columns
    ]
    cells = filled.sum(axis=1)
    there = np.flatnonzero(cells)
    few = cells[there] <= min(_MOST_WHO_SIGN, len(columns) - 1)
    # The longest run of such rows that reaches the end.
    run = len(few) if few.all() else int(np.argmin(few[::-1]))
    last = there[max(0, len(there) - min(run, _LONGEST_SIGNING)) :] if own else there[:0]
    for at in last:
        said = (str(c.distinct[c.codes[at]]).strip() for c in columns)
        if any(_SIGNING.match(cell) for cell in said):
            hit[at:] = True
            break
    if any(column.of(hit).are(is_own).any() for column, is_own in own if hit.any()):
        hit[:] = False
    return hit


def _headings(columns: Sequence[Cells], cells: np.ndarray, layout: Layout) -> np.ndarray:
    """Rows of one or two cells, and no digit for a NIP, among rows of people that fill many: the
    name of a unit above its people.
    """
    hit = np.zeros(len(cells), dtype=bool)
    if "nip" in layout.columns and len(cells) and np.median(cells) >= _MANY_CELLS:
        few = np.flatnonzero((cells > 0) & (cells <= _CELLS_OF_A_HEADING))
        nip = columns[layout.columns["nip"]].of(few)
        hit[few] = ~nip.are(lambda cell: any(ch.isdigit() for ch in str(cell)))
    return hit


def _below_the_units(columns: Sequence[Cells], filled: np.ndarray, layout: Layout) -> np.ndarray:
    """The last rows of a table of units, from the first that a note or somebody's signature begins
    or that says one word in place of a code, where the codes of all others have digits.
    """
    hit = np.zeros(len(filled), dtype=bool)
    if layout.table.name != "unit" or "kode_unit" not in layout.columns:
        return hit
    there = np.flatnonzero(filled.any(axis=1))
    at = layout.columns["kode_unit"]
    coded = columns[at].of(there).are(lambda c: any(ch.isdigit() for ch in str(c)))
    if coded.any():
        last = int(np.flatnonzero(coded)[-1])
        alone = filled[there].sum(axis=1) == 1
        begins = alone & filled[there, at]
        for column in columns:
            begins |= column.of(there).are(lambda c: bool(_BELOW_UNITS.match(str(c).strip())))
        # A unit without its code, or with a word for it, is one all the same.
        begins &= ~coded
        if coded[: last + 1].all() and last + 1 >= _FEWEST_NUMBERED and begins.any():
            hit[there[int(np.argmax(begins)) :]] = True
    return hit


def _column_numbers(columns: Sequence[Cells], filled: np.ndarray) -> np.ndarray:
    """The first row, where it only numbers the columns: (1) (2) (3)."""
    hit = np.zeros(len(filled), dtype=bool)
    if not len(filled) or filled[0].sum() < _FEWEST_NUMBERED:
        return hit
    at = np.flatnonzero(filled[0])
    first = (columns[int(i)].distinct[columns[int(i)].codes[0]] for i in at)
    # A spreadsheet stores 1 as 1.0.
    said = [re.sub(r"\.0$|\D", "", str(cell)) for cell in first]
    hit[0] = said == [str(i) for i in range(1, len(said) + 1)]
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
