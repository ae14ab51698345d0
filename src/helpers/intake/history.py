"""A training history (one row an attendance, no code of the activity) as the two tables that it
holds: the activities, and who attended them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from helpers.contracts import TABLES, codes
from helpers.intake import header_names, layouts, numbers, recognise, shapes, values
from helpers.intake.layouts import Layout
from helpers.intake.ledger import Ledger
from helpers.intake.rows import Rows
from helpers.intake.sheet import Sheet

_KINDS: Final = (
    "seminar",
    "workshop",
    "lokakarya",
    "bimtek",
    "bimbingan teknis",
    "sosialisasi",
    "webinar",
    "magang",
)
_KIND_OF_ANY: Final = "pelatihan"
# What an activity's name says besides its theme: what kind it is, for whom, which time, which year.
_OTHER_KINDS: Final = ("pelatihan", "diklat", "pendidikan dan pelatihan", "kursus", "training")
_NUMBER: Final = r"(?:ke-?\s*)?(?:\d+|[ivx]+)\b"
_NO_THEME: Final = re.compile(
    r"\([^()]*\)|\b(?:angkatan|gelombang|gel\.?|batch|kelas|tahap|seri|sesi|periode)\s*[-:]?\s*"
    + _NUMBER
    + r"|\b(?:bagi|untuk|di lingkungan)\b.*$|\b(?:tahun|th\.?|ta\.?)\s*(?:19|20)\d\d\b"
    + r"|\b(?:19|20)\d\d\b|\bke-\s*\d+\b"
)
_KIND_FIRST: Final = re.compile(
    "^(?:" + "|".join(sorted((*_KINDS, *_OTHER_KINDS), key=len, reverse=True)) + r")\b\s*"
)
_ATTENDED: Final = "hadir"
# Fewer stand in a page's foot.
_DIGITS: Final = 15
# The cost of an activity often stands with the first of its attendances alone.
_SAID_ONCE: Final[str] = "biaya"
_REMARKS: Final = ("keterangan", "ket", "status")


def tables(sheet: Sheet, unsur_order: Sequence[str], ledger: Ledger) -> list[tuple[Sheet, Layout]]:
    """The history once as activities and once as attendances; empty for any other sheet.

    Attendances of one name, kind and first day are one activity. Of its hours, costs and last days
    those count that most attendances say, of as many the fewer hours, the lower cost and the later
    day.

    Parameters
    ----------
    sheet : its header is the last row above the body.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).
    ledger : where attendances are entered that say other hours, another cost or last day.
    """
    if not sheet.above or not recognise.is_history(sheet.above[-1]):
        return []
    made = _completed(sheet, *_layouts(sheet, unsur_order), ledger=ledger)
    activities, attended = _layouts(made, unsur_order)
    unused = tuple(at for at in activities.unused if at in attended.unused)
    # What is wrong with a code that was made of it is told of the name that the file has.
    named = {"kode_kegiatan": activities.headers["nama_kegiatan"]}
    activities, attended = (
        replace(lay, headers=lay.headers | named, unused=unused) for lay in (activities, attended)
    )
    return [(made, replace(activities, once="kode_kegiatan")), (made, attended)]


def _layouts(sheet: Sheet, unsur_order: Sequence[str]) -> Iterator[Layout]:
    """The sheet as activities, and as attendances."""
    return (layouts.layout_as(sheet, TABLES[name], unsur_order) for name in ("kegiatan", "peserta"))


def first_of_each(rows: Rows) -> Rows:
    """The rows that name something for the first time, where the layout asks for these alone.

    Parameters
    ----------
    rows : of data.
    """
    if not rows.layout.once:
        return rows
    cells = rows.cells(rows.layout.columns[rows.layout.once])
    _, first = np.unique(cells.codes, return_index=True)
    return replace(rows, numbers=rows.numbers[np.sort(first)])


def _completed(sheet: Sheet, activities: Layout, attended: Layout, *, ledger: Ledger) -> Sheet:
    """The sheet with a code for each activity, and with what a history does not say."""
    at = activities.columns
    names = _texts(sheet, at["nama_kegiatan"])
    day, kind = _days(sheet, at["tanggal_mulai"]), _kinds(sheet, at, names)
    what = names.map(codes.key) + "|" + day.astype("str").fillna("") + "|" + kind
    answered = "kehadiran" in attended.columns
    code = what.map({w: codes.history_code(w, answered=answered) for w in what.unique()})
    added = {"kode_kegiatan": code, "metode": kind, "tema": names.map(_theme)}
    added = {name: column for name, column in added.items() if name not in at}
    # Nothing is said of a row that names no activity, so that a blank line stays one.
    added = {name: column.where(names.ne(""), "") for name, column in added.items()}
    if not answered:
        # Where a person is named, the missing name of the activity is all that is wrong.
        whose = _texts(sheet, attended.columns["nip"])
        came = names.ne("") | whose.str.count(r"\d").ge(_DIGITS)
        said = _attendance(sheet, len(names))
        added["kehadiran"] = (
            came.map({True: _ATTENDED, False: ""}).astype("str").where(said.eq(""), said)
        )
    body = _agreed(sheet, activities, what.where(names.ne("")), day, ledger)
    for name, column in added.items():
        body = body.append_column(f"{body.num_columns} {name}", pa.array(column, pa.string()))
    open_ended = ("",) * (sheet.body.num_columns - len(sheet.above[-1]))
    above = (*sheet.above[:-1], (*sheet.above[-1], *open_ended, *added))
    return replace(sheet, above=above, body=body)


def _agreed(
    sheet: Sheet, activities: Layout, what: pd.Series, first_day: pd.Series, ledger: Ledger
) -> pa.Table:
    """The body with the hours, the cost and the last day of each activity that most of its rows
    say; rows that say otherwise, or nothing, are entered.
    """
    at, body = activities.columns, sheet.body
    amounts = [name for name in ("jp", _SAID_ONCE) if name in at]
    said = {name: _amounts(sheet, at[name], name) for name in amounts}
    if "tanggal_selesai" in at:
        last_day = _days(sheet, at["tanggal_selesai"])
        # A later day is preferred as fewer hours are: the smaller number.
        said["tanggal_selesai"] = -(last_day - first_day).dt.days.where(last_day >= first_day)
    for name, value in said.items():
        row, differs = _most_say(what.where(first_day.notna()), value)
        if differs.any():
            silent = sheet.cells(at[name]).are(values.is_empty) & (name == _SAID_ONCE)
            _tell(sheet, activities, name, differs & ~silent, first_day, ledger)
            column = body.column(at[name]).take(pa.array(row))
            body = body.set_column(at[name], body.field(at[name]).name, column)
    return body


def _amounts(sheet: Sheet, at: int, name: str) -> pd.Series:
    column, cells = TABLES["kegiatan"].by_column[name], sheet.cells(at)
    read = [numbers.number(cell, column.kind, column.scale)[0] for cell in cells.distinct]
    return pd.Series(cells.spread(read, float))


def _most_say(what: pd.Series, value: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """For each row the first that says what most of its activity do, the smaller of as many; and
    which rows say otherwise.
    """
    rows = pd.DataFrame({"what": what, "value": value, "row": np.arange(len(what))})
    of_value = rows.dropna().groupby(["what", "value"])["row"].agg(["size", "first"]).reset_index()
    most = of_value.sort_values(["what", "size", "value"], ascending=[True, False, True])
    most = most.drop_duplicates("what").set_index("what")
    row = what.map(most["first"]).fillna(rows["row"]).astype(int).to_numpy()
    agreed = what.map(most["value"]).astype(float)
    return row, (agreed.notna() & agreed.ne(value)).to_numpy()


def _tell(
    sheet: Sheet,
    activities: Layout,
    name: str,
    differs: np.ndarray,
    first_day: pd.Series,
    ledger: Ledger,
) -> None:
    ledger.add(
        "duplicate_conflicting",
        "kegiatan",
        sheet.file,
        sheet=sheet.name,
        column=activities.headers[name],
        rows=sheet.first_row + np.flatnonzero(differs),
        years=first_day[differs].dt.year.astype(float),
        values=shapes.each(sheet.cells(activities.columns[name]), differs, dated=True),
        action="warned",
        field=name,
    )


def _days(sheet: Sheet, at: int) -> pd.Series:
    """The days of a column; none where a cell holds no day."""
    cells = sheet.cells(at)
    read = pd.Series([values.day(c)[0] for c in cells.distinct], dtype=object)
    return pd.Series(pd.to_datetime(read, errors="coerce").to_numpy()[cells.codes])


def _attendance(sheet: Sheet, rows: int) -> pd.Series:
    """What a column of remarks says of who came, where it says nothing else; empty elsewhere."""
    for at, key in enumerate(header_names.keys_of(sheet.above[-1])):
        if key in _REMARKS:
            said = _texts(sheet, at)
            if {codes.key(word) for word in said.unique() if word} <= set(codes.ATTENDANCE):
                return said
    return pd.Series("", index=range(rows), dtype="str")


def _texts(sheet: Sheet, at: int) -> pd.Series:
    cells = sheet.cells(at)
    return pd.Series(cells.spread([values.text(c) for c in cells.distinct], object), dtype="str")


def _theme(name: str) -> str:
    """What an activity is about, by its name: without its kind, batch, year and for whom it was;
    the whole name where nothing else is in it.

    >>> _theme("Pelatihan Manajemen Waktu Angkatan II Tahun 2023")
    'manajemen waktu'
    """
    about = _NO_THEME.sub(" ", " ".join(name.lower().split()))
    about = _KIND_FIRST.sub("", about.strip(" -–,.()"))
    return " ".join(about.split()).strip(" -–,.()") or name.lower()


def _kinds(sheet: Sheet, at: dict[str, int], names: pd.Series) -> pd.Series:
    if "metode" in at:
        return _texts(sheet, at["metode"]).str.lower()
    said = {n: next((k for k in _KINDS if k in n.lower()), _KIND_OF_ANY) for n in names.unique()}
    return names.map(said)
