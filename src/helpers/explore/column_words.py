"""What each column of an explored frame is."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.contracts import TABLES, Text, codes, number
from helpers.contracts.tables import TableName
from helpers.explore.marked import PERSONAL, Mark, Rows, mark_of
from helpers.findings import say, told, word
from helpers.present import Table

# The input table whose dictionary says what a column is; the rest stands in the catalogue.
_TABLES: Final[dict[Rows, TableName]] = {
    "people": "pegawai",
    "units": "unit",
    "activities": "kegiatan",
    "forms": "skm",
}
_OWN: Final = (
    *("person", "form", "year", "unit", "umur", "kelompok_umur", "masa_kerja"),
    "tingkat_pendidikan",
    *("invited", "attended", "trained", "first_trained", "output_per_day", "skp", "on_time_share"),
    *("serves_public", "staff", "trained_share", "forms", "ikm", "month", "attended_share"),
    *("test_gain", "biaya", "jenis_kelamin"),
)
# What means another thing in another frame.
_SPECIAL: Final = frozenset(
    {
        *(("people", c) for c in ("tema", "metode", "jp")),
        *(("units", c) for c in ("trained", "first_trained")),
        ("activities", "invited"),
        ("forms", "ikm"),
    }
)


def columns(frame: pd.DataFrame) -> Table:
    """What each column of an explored frame is, in the frame's language, and how full it is.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> explore.columns(explore.people(study, "en")).caption
    'One row per employee and year on the roll.'

    Parameters
    ----------
    frame : of `people`, `units`, `activities` or `forms`, filtered or not.

    Returns
    -------
    One row a column: its name, what it is, and the share of rows that have it, hidden where it
    would tell of few people.

    Raises
    ------
    EvaluasiError : a frame that was not made here.
    """
    mark = mark_of(frame)
    rows = tuple(
        (
            str(name),
            description(str(name), mark.rows)[mark.lang],
            _filled(frame.iloc[:, at], mark),
        )
        for at, name in enumerate(frame.columns)
    )
    heads = tuple(word(h, mark.lang) for h in ("column", "what", "filled"))
    return Table(heads, rows, numeric=(2,), caption=say(f"explore.rows.{mark.rows}", mark.lang))


def _filled(values: pd.Series, mark: Mark) -> str:
    there = int(values.notna().sum())
    few = range(1, mark.small_cell)
    if mark.rows in PERSONAL and (len(values) in few or there in few or len(values) - there in few):
        return word("hidden", mark.lang)
    return number(100 * there / len(values), mark.lang, 0) + "%" if len(values) else "–"


def description(column: str, rows: Rows) -> Text:
    """What a column is; a column that somebody added says so.

    Parameters
    ----------
    column : its name.
    rows : what a row of its frame is.
    """
    if rows in ("units", "forms") and column in codes.UNSUR:
        return told(f"explore.of_{rows}.unsur", element=codes.UNSUR_WORDS[column])
    if (rows, column) in _SPECIAL:
        return told(f"explore.of_{rows}.{column}")
    if column in _OWN:
        return told(f"explore.column.{column}")
    for table in dict.fromkeys((_TABLES[rows], "unit", "kegiatan")):
        if column in TABLES[table].by_column:
            return TABLES[table].by_column[column].about
    return told("explore.added")
