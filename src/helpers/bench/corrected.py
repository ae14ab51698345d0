"""One value of one file of a data folder, corrected as an office corrects it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpers.contracts import TABLES, EvaluasiError, Text, codes, write_whole
from helpers.intake import SheetRead
from helpers.intake.header_names import column_of

_MEASURED: Final = ("output", "nilai_skp", "hasil_kerja", *codes.UNSUR)
# Empty in a row of sums, which is not read.
_WHOSE: Final = ("nip", "tanggal")
_DELIMITERS: Final = ",;\t|"
_TITLE_ROWS: Final = 20
_NUMBER: Final = re.compile(r"\d+([.,]\d+)?")
# Every byte is one letter of it, so that what is not touched is written back as it was.
_AS_IT_IS: Final = "latin-1"


@dataclass(frozen=True, slots=True)
class Correction:
    """A file with one value changed, beside what it holds now.

    Attributes
    ----------
    file : its path.
    before, after : its whole content.
    """

    file: Path
    before: bytes
    after: bytes

    def make(self) -> None:
        """Write the corrected file."""
        write_whole(self.file, self.after)

    def undo(self) -> None:
        """Write the file as it was."""
        write_whole(self.file, self.before)


def correction(
    folder: Path, sheets: Sequence[SheetRead], year: int, unsur_order: Sequence[str]
) -> Correction:
    """The first value of a year's performance or survey that can be corrected.

    Parameters
    ----------
    folder : of the data.
    sheets : that were read of it.
    year : of the report, in which the value counts.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).

    Raises
    ------
    EvaluasiError : no delimited file of that year has one.
    """
    for sheet in sorted(sheets, key=lambda s: (s.table != "kinerja", s.file)):
        last = sheet.years[1] if sheet.years else None
        if sheet.table in ("kinerja", "skm") and last == year and not sheet.sheet:
            path = folder / sheet.file
            before = path.read_bytes()
            after = _changed(before.decode(_AS_IT_IS), sheet.table, unsur_order)
            if after is not None:
                return Correction(path, before, after.encode(_AS_IT_IS))
    raise EvaluasiError(
        Text(
            f"bench: tidak ada berkas CSV kinerja atau skm tahun {year} yang satu nilainya dapat "
            "diubah; seharusnya sedikitnya satu\n"
            "  Perbaiki: simpan tabel itu sebagai CSV, atau ukur yang lain saja dengan --only",
            f"bench: no CSV file of kinerja or skm of {year} has a value that can be changed; "
            "expected at least one\n"
            "  Remedy: save that table as CSV, or measure the others alone with --only",
        )
    )


def _changed(text: str, table: str, unsur_order: Sequence[str]) -> str | None:
    """The text with one number changed; the last row counts most surely in the file's last year."""
    lines = text.splitlines(keepends=True)
    for at, line in enumerate(lines[:_TITLE_ROWS]):
        mark = max(_DELIMITERS, key=line.count)
        keys = [codes.key(h) for h in _cells(line, mark)]
        named = [column_of(TABLES[table], k, unsur_order) if k else None for k in keys]
        columns = [i for i, name in enumerate(named) if name in _MEASURED]
        whose = [i for i, name in enumerate(named) if name in _WHOSE]
        if not columns:
            continue
        for row in range(len(lines) - 1, at, -1):
            cells = lines[row].rstrip("\r\n").split(mark)
            if '"' in lines[row] or len(cells) != len(keys) or not all(cells[i] for i in whose):
                continue
            for column in columns:
                if _NUMBER.fullmatch(cells[column]):
                    ending = lines[row][len(lines[row].rstrip("\r\n")) :]
                    cells[column] = _other(cells[column])
                    lines[row] = mark.join(cells) + ending
                    return "".join(lines)
    return None


def _cells(line: str, mark: str) -> list[str]:
    return next(csv.reader([line.removeprefix("ï»¿").rstrip("\r\n")], delimiter=mark), [])


def _other(number: str) -> str:
    """A number that differs in its last digit and lies on every scale that the first lies on.

    >>> _other("80.5"), _other("4"), _other("1"), _other("1200")
    ('80.4', '3', '2', '1201')
    """
    last = int(number[-1])
    return number[:-1] + str(last - 1 if last > 1 else last + 1)
