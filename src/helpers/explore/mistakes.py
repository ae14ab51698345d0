"""What was asked for, or a sentence on what is there instead."""

from __future__ import annotations

import difflib
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import EvaluasiError, Study, Text
from helpers.intake import asked

# More groups than a page can show, such as running numbers, are no groups.
_MOST_GROUPS: Final = 120
_MOST_NAMED: Final = 12
# Numbers of the calendar that make groups.
CALENDAR: Final = ("month", "first_trained")
# What tells rows or years apart has no mean.
_MARKS: Final = ("person", "form", "year", *CALENDAR)
# Lines that can be told apart in one picture.
MOST_LINES: Final = 4


def a_study(given: object) -> None:
    """That what was handed in is a study.

    Parameters
    ----------
    given : whatever it is.

    Raises
    ------
    EvaluasiError : something else.
    """
    if not isinstance(given, Study):
        raise EvaluasiError(
            Text(
                "explore: yang diterima bukan data yang sudah dibaca. Baca dulu: "
                "study = intake.study(data, year, plan), lalu explore.people(study).",
                "explore: this is no data that was read. Read them first: "
                "study = intake.study(data, year, plan), then explore.people(study).",
            )
        )


def known_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, with a row in it and its years.

    Parameters
    ----------
    frame : of this room.

    Raises
    ------
    EvaluasiError : no row is left, the year was taken out, or somebody is there twice in a year:
        then a few people would be counted as enough to be shown.
    """
    if "year" not in frame:
        raise _not_there("year", frame)
    if frame.empty:
        raise EvaluasiError(
            Text(
                "explore: saringan tidak menyisakan baris apa pun. Periksa nilai yang dipakai, "
                "misalnya people['tema'].unique().",
                "explore: the filter leaves no row at all. Look at the values that there are, for "
                "example people['tema'].unique().",
            )
        )
    if "person" in frame and frame.duplicated(["person", "year"]).any():
        raise EvaluasiError(
            Text(
                "explore: seseorang muncul lebih dari sekali dalam satu tahun, sehingga orang "
                "terhitung ganda. Pakai tiap baris sekali, misalnya "
                'people.drop_duplicates(["person", "year"]).',
                "explore: somebody is there more than once in a year, so that people are counted "
                "twice. Use each row once, for example "
                'people.drop_duplicates(["person", "year"]).',
            )
        )
    return frame


def of_year(frame: pd.DataFrame, year: int | None) -> pd.DataFrame:
    """The rows of a year, of the latest where None.

    Parameters
    ----------
    frame : with at least one row.
    year : one of its years.

    Raises
    ------
    EvaluasiError : no such year.
    """
    years = sorted(int(y) for y in frame["year"].unique())
    wanted = years[-1] if year is None else asked.year(year)
    if wanted not in years:
        there = ", ".join(map(str, years))
        raise EvaluasiError(
            Text(
                f"explore: tidak ada baris tahun {wanted}; yang ada: {there}.",
                f"explore: no rows of {wanted}; there are {there}.",
            )
        )
    return frame[frame["year"] == wanted]


def number_column(frame: pd.DataFrame, name: str) -> None:
    """That a column is there and can be averaged.

    Parameters
    ----------
    frame : of this room.
    name : the column.

    Raises
    ------
    EvaluasiError : it is not there, holds words or dates, or something was divided by zero.
    """
    _one_column(name, frame)
    if name in _MARKS:
        raise EvaluasiError(
            Text(
                f"explore: kolom {name} adalah penanda, bukan jumlah, sehingga rata-ratanya tidak "
                f"berarti. Kolom angka: {some(of_numbers(frame))}.",
                f"explore: column {name} is a mark, not an amount, and its mean says nothing. "
                f"Columns of numbers: {some(of_numbers(frame))}.",
            )
        )
    if pd.api.types.is_datetime64_any_dtype(frame[name]):
        raise EvaluasiError(
            Text(
                f"explore: kolom {name} berisi tanggal, yang tidak punya rata-rata. Buat dulu "
                f"jumlah darinya, misalnya frame['bulan'] = frame['{name}'].dt.month.",
                f"explore: column {name} holds dates, which have no mean. Make an amount of it "
                f"first, for example frame['bulan'] = frame['{name}'].dt.month.",
            )
        )
    if not pd.api.types.is_numeric_dtype(frame[name]):
        numbers = of_numbers(frame)
        raise EvaluasiError(
            Text(
                f"explore: kolom {name} berisi kata, bukan angka, sehingga tidak punya rata-rata. "
                f"Kolom angka: {some(numbers)}.",
                f"explore: column {name} holds words, not numbers, and has no mean. "
                f"Columns of numbers: {some(numbers)}.",
            )
        )
    infinite = int(np.isinf(frame[name].astype(float)).sum())
    if infinite:
        raise EvaluasiError(
            Text(
                f"explore: kolom {name} tak terhingga pada {infinite} baris, misalnya karena "
                f"dibagi nol. Kosongkan dulu: frame['{name}'] = "
                f"frame['{name}'].replace([float('inf'), float('-inf')], float('nan')).",
                f"explore: column {name} is infinite in {infinite} rows, for example after a "
                f"division by zero. Make them empty first: frame['{name}'] = "
                f"frame['{name}'].replace([float('inf'), float('-inf')], float('nan')).",
            )
        )


def group_column(frame: pd.DataFrame, name: str, most: int = _MOST_GROUPS) -> None:
    """That a column is there and makes groups.

    Parameters
    ----------
    frame : of this room.
    name : the column.
    most : groups that can be shown.

    Raises
    ------
    EvaluasiError : it is not there, holds amounts, or makes too many groups.
    """
    _one_column(name, frame)
    if not _makes_groups(frame[name]):
        near = {"umur": "kelompok_umur", "pendidikan": "tingkat_pendidikan"}.get(name)
        hint = near if near in frame.columns else that_make_groups(frame, most)
        raise EvaluasiError(
            Text(
                f"explore: kolom {name} berisi jumlah, bukan kelompok. Pakai: {hint}.",
                f"explore: column {name} holds amounts, not groups. Use: {hint}.",
            )
        )
    groups = frame[name].nunique()
    if groups > most:
        others = that_make_groups(frame, most)
        raise EvaluasiError(
            Text(
                f"explore: kolom {name} punya {groups} kelompok; paling banyak {most} dapat "
                f"ditampilkan. Saring dulu, atau pakai kolom lain: {others}.",
                f"explore: column {name} has {groups} groups; at most {most} can be shown. "
                f"Filter first, or use another column: {others}.",
            )
        )


def yes_or_no(values: pd.Series) -> bool:
    """Whether a column holds true and false, and perhaps rows without either.

    Parameters
    ----------
    values : of a column.
    """
    return pd.api.types.is_bool_dtype(values)


def _makes_groups(values: pd.Series) -> bool:
    return (
        yes_or_no(values)
        or values.name in CALENDAR
        # Empty to the last row, it makes none, and nothing is wrong with it.
        or bool(values.isna().all())
        or not (
            pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)
        )
    )


def of_numbers(frame: pd.DataFrame) -> list[str]:
    """The columns that can be averaged.

    Parameters
    ----------
    frame : of this room.
    """
    numbers = [str(c) for c in frame if pd.api.types.is_numeric_dtype(frame[c])]
    return [n for n in numbers if n not in _MARKS]


def that_make_groups(frame: pd.DataFrame, most: int = _MOST_GROUPS) -> str:
    """The columns with no more groups than can be shown; every one is counted, so for a mistake
    alone.

    Parameters
    ----------
    frame : of this room.
    most : groups that can be shown.
    """
    return some([str(c) for c in frame if _makes_groups(frame[c]) and frame[c].nunique() <= most])


def _one_column(name: object, frame: pd.DataFrame) -> None:
    if not isinstance(name, str) and not isinstance(name, list) and name in list(frame.columns):
        raise EvaluasiError(
            Text(
                f"explore: nama kolom {name!r} bukan kata. Beri nama dulu: "
                f'frame = frame.rename(columns={{{name!r}: "nama"}}).',
                f"explore: the name of column {name!r} is no word. Name it first: "
                f'frame = frame.rename(columns={{{name!r}: "name"}}).',
            )
        )
    if not isinstance(name, str):
        raise EvaluasiError(
            Text(
                f"explore: {name!r} bukan nama satu kolom. Tulis satu nama dalam tanda kutip, "
                'misalnya "tema"; dua kolom dapat digabung dulu menjadi satu.',
                f"explore: {name!r} is not the name of one column. Write one name in quotes, for "
                'example "tema"; two columns can be joined to one beforehand.',
            )
        )
    if name not in frame:
        raise _not_there(name, frame)
    if list(frame.columns).count(name) > 1:
        raise EvaluasiError(
            Text(
                f"explore: ada lebih dari satu kolom bernama {name}. Beri nama lain kepada yang "
                "ditambahkan.",
                f"explore: more than one column is called {name}. Give those that were added "
                "another name.",
            )
        )


def _not_there(name: str, frame: pd.DataFrame) -> EvaluasiError:
    there = [str(c) for c in frame.columns]
    near = difflib.get_close_matches(str(name), there, n=1)
    meant_id, meant_en = (
        (f" Maksudnya {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    )
    return EvaluasiError(
        Text(
            f"explore: tidak ada kolom {name}.{meant_id} Yang ada: {', '.join(there)}.",
            f"explore: there is no column {name}.{meant_en} There are {', '.join(there)}.",
        )
    )


def some(names: list[str]) -> str:
    """The first few of many names, for a sentence.

    Parameters
    ----------
    names : in the order in which they are told.
    """
    return (", ".join(names[:_MOST_NAMED]) or "–") + (", …" if len(names) > _MOST_NAMED else "")
