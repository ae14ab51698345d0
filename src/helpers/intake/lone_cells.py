"""Rows whose whole content stands in one cell, and what shows that they were rows of data."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from helpers.contracts import nip
from helpers.intake.header_names import keys_of
from helpers.intake.layouts import Layout
from helpers.intake.sheet import Cells, Sheet
from helpers.intake.values import day

NIP_DIGITS_LEFT: Final = 15
_SEPARATORS: Final = ";,\t|"
_FEWEST_PARTS: Final = 3
_KEYS: Final = ("kode_unit", "kode_kegiatan", "id_respon")
# A page's number or a count under a table is short, and no key by itself.
_KEY = re.compile(r"^(?=\S*\d)(?:\S*[^\W\d_]\S*|\d{5,})$")
_SIGNER = re.compile(r"\bnip\b", re.IGNORECASE)


def a_nip(cell: object) -> bool:
    """Whole, rounded or with a digit too few; where somebody signs it stands behind a word."""
    written = str(cell).strip().lstrip("'’`")
    digits = sum(ch.isdigit() for ch in written)
    return written[:1].isdigit() and (digits >= NIP_DIGITS_LEFT or "E+" in written.upper())


# What a cell that the table needs is known by.
OWN: Final[dict[str, Callable[[object], bool]]] = {
    "nip": a_nip,
    "date": lambda cell: day(cell)[0] is not None,
    "year": lambda cell: bool(re.match(r"^\d{4}(?:\.0)?$", str(cell).strip())),
}


def packed(sheet: Sheet, columns: Sequence[Cells], filled: np.ndarray) -> np.ndarray:
    """Rows that a table was saved twice in, or that came with another separator or by pasting: one
    cell holds a person's NIP or what should stand in several.

    Parameters
    ----------
    sheet : with a header.
    columns : of its body.
    filled : which cells of the body say something.
    """
    width = sum(map(bool, keys_of(sheet.above[-1])))
    return _alone(columns, filled, range(len(columns)), lambda cell: _holds_a_row(cell, width))


def keys(layout: Layout, columns: Sequence[Cells], filled: np.ndarray) -> np.ndarray:
    """Rows that give the number of a person, a unit, an activity or a form, and nothing else.

    Parameters
    ----------
    layout : where the sheet's columns stand.
    columns : of its body.
    filled : which cells of the body say something.
    """
    at = layout.columns
    hit = _alone(columns, filled, [at[key] for key in _KEYS if key in at], _a_key)
    return hit | _alone(columns, filled, [at["nip"]] if "nip" in at else [], a_nip)


def _alone(
    columns: Sequence[Cells],
    filled: np.ndarray,
    places: Sequence[int],
    test: Callable[[object], bool],
) -> np.ndarray:
    """Rows whose only cell stands at one of the places and passes the test."""
    hit = np.zeros(len(filled), dtype=bool)
    single = filled.sum(axis=1) == 1
    for place in places:
        rows = np.flatnonzero(single & filled[:, place])
        hit[rows] = columns[place].of(rows).are(test) if len(rows) else False
    return hit


def _holds_a_row(cell: object, width: int) -> bool:
    if not isinstance(cell, str):
        return False
    if nip.written_in(cell) and not _SIGNER.search(cell):
        return True
    for separator in _SEPARATORS:
        parts = [part.strip() for part in cell.split(separator)]
        own = any(a_nip(p) or (not p.isdigit() and OWN["date"](p)) for p in parts)
        if own and len(parts) >= min(_FEWEST_PARTS, width):
            return True
        if len(parts) >= max(width, 2) and _a_key(parts[0]):
            return True
    return False


def _a_key(cell: object) -> bool:
    return bool(_KEY.match(str(cell).strip()))
