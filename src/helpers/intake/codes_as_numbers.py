"""Units' codes that a spreadsheet took for numbers: 5.10 became 5.1, which is another unit's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from helpers.intake import shapes
from helpers.intake.ledger import Ledger

_DECIMAL: Final = re.compile(r"(\d+)[.,](\d+)")
# The unit table first: what it lost, the others may still have.
_TABLES: Final = ("unit", "pegawai", "skm", "undian_unit")


def warn(frames: Mapping[str, pd.DataFrame], ledger: Ledger) -> None:
    """Enter a warning for each row whose unit's code may have lost a zero at its end; the code
    counts as it is written.

    A file that holds any such code with a zero at its end has its codes as text, and is not in
    doubt.

    Parameters
    ----------
    frames : the tables as read, by name.
    ledger : where the warnings are entered.
    """
    coded = {name: frames[name] for name in _TABLES if "kode_unit" in frames[name]}
    codes = {name: frame["kode_unit"].dropna().unique() for name, frame in coded.items()}
    highest = _highest(code for of_table in codes.values() for code in of_table)
    if not highest:
        return
    for name, frame in coded.items():
        doubtful = {code for code in codes[name] if _may_lack_a_zero(code, highest)}
        if name == "unit":
            doubtful |= _of_two_units(frame)
        hit = frame[frame["kode_unit"].isin(doubtful)]
        for file, rows in hit.groupby("_file", sort=True):
            if any(
                _is_text(code) for code in frame.loc[frame["_file"].eq(file), "kode_unit"].unique()
            ):
                continue
            shown = rows["kode_unit"].map(shapes.shown)
            ledger.add_rows("number_format", name, "kode_unit", rows, values=shown, action="warned")


def _highest(codes: Iterable[str]) -> dict[str, int]:
    """The highest number behind the point of all codes that begin alike."""
    highest: dict[str, int] = {}
    for code in codes:
        if (parts := _DECIMAL.fullmatch(code)) is not None:
            highest[parts[1]] = max(highest.get(parts[1], 0), int(parts[2]))
    return highest


def _may_lack_a_zero(code: str, highest: Mapping[str, int]) -> bool:
    """Whether another code, as long as the longest, would be written so as a number.

    >>> [_may_lack_a_zero(code, {"5": 11}) for code in ("5.1", "5.2", "5.11", "5.01", "6.1")]
    [True, False, False, False, False]
    """
    parts = _DECIMAL.fullmatch(code)
    if parts is None:
        return False
    most = highest.get(parts[1], 0)
    return len(parts[2]) < len(str(most)) and int(parts[2] + "0") <= most


def _of_two_units(unit: pd.DataFrame) -> set[str]:
    """Codes like decimals under which one file has two names."""
    names = unit.groupby(["_file", "kode_unit"])["nama_unit"].nunique()
    twice = names.index.get_level_values("kode_unit")[names > 1]
    return {code for code in twice if _DECIMAL.fullmatch(code)}


def _is_text(code: object) -> bool:
    parts = _DECIMAL.fullmatch(str(code))
    return parts is not None and parts[2].endswith("0")
