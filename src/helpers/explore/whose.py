"""Whose figures a comparison is made of: under which number, what cannot be told is refused, and a
mean that few people make is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from helpers import measures
from helpers.contracts import EvaluasiError, Study, Text
from helpers.explore.marked import Mark, Rows

# By which column a row of people or of forms is known; of forms within its year.
KNOWN_BY: Final[Mapping[Rows, str]] = {"people": "person", "forms": "form"}


def known(frame: pd.DataFrame, mark: Mark, outcome: str) -> None:
    """That it can be told how many people a figure of the frame is of.

    Parameters
    ----------
    frame : of this room, filtered or not.
    mark : of it.
    outcome : the column to be compared.

    Raises
    ------
    EvaluasiError : the outcome of units, activities or forms is a column that somebody added;
        people without the column ``person``, forms without ``form``; or a form that is there more
        than once.
    """
    by = KNOWN_BY.get(mark.rows)
    if by is not None and by not in frame:
        raise EvaluasiError(_nobody(by))
    if mark.rows == "people":
        return
    if mark.rows == "forms" and frame.duplicated(["form", "year"]).any():
        raise EvaluasiError(_TWICE)
    if mark.columns and outcome not in mark.columns:
        raise EvaluasiError(
            Text(
                f"explore: {outcome} bukan kolom bawaan tabel explore.{mark.rows}, sehingga tidak "
                "diketahui dari berapa orang angkanya, dan kelompok kecil tidak dapat "
                "disembunyikan. Pakai kolom bawaan, atau tambahkan kolom itu pada "
                "explore.people dan bandingkan di sana.",
                f"explore: {outcome} is no column that explore.{mark.rows} gives, so that nobody "
                "can tell how many people its figures are of, and small groups cannot be hidden. "
                "Use a column that is given, or add it to explore.people and compare it there.",
            )
        )


def _nobody(column: str) -> Text:
    return Text(
        f"explore: kolom {column} tidak ada lagi, sehingga tidak dapat dihitung siapa saja. "
        "Biarkan kolom itu di dalam tabel.",
        f"explore: the column {column} is gone, so that nobody can be counted. Leave it in the "
        "table.",
    )


_TWICE = Text(
    "explore: satu formulir muncul lebih dari sekali, sehingga formulir terhitung ganda. Pakai "
    "tiap baris sekali, misalnya forms.drop_duplicates(['form', 'year']).",
    "explore: a form is there more than once, so that forms are counted twice. Use each row once, "
    "for example forms.drop_duplicates(['form', 'year']).",
)


def numbers(study: Study) -> pd.Series:
    """The number under which `frames.people` shows each employee of the rolls, by ``pegawai_id``.

    Parameters
    ----------
    study : of any years up to its own; of another, or of other data, the numbers are others.
    """
    everybody = pd.unique(measures.training.roll(study)["pegawai_id"])
    return pd.Series(range(1, len(everybody) + 1), index=everybody)


def form_numbers(study: Study) -> pd.Series:
    """The number under which `frames.forms` shows each form of ``study.skm``, in its order.

    Parameters
    ----------
    study : of any years up to its own; a form's number counts within its own year.
    """
    return study.skm.groupby("tahun").cumcount() + 1


def keys(known_by: str, numbers: pd.Series) -> pd.Series:
    """Numbers of people and of forms as keys of which none is that of the other.

    Parameters
    ----------
    known_by : as of `KNOWN_BY`.
    numbers : of people or of forms.
    """
    return f"{known_by} " + numbers.astype(str)


def few_behind(found: pd.DataFrame, measured: pd.DataFrame, small_cell: int) -> pd.DataFrame:
    """Groups with the number of people behind each mean: where all but few have one and the same
    value, the mean tells of these few.

    Parameters
    ----------
    found : one row a ``year`` and ``group``, with ``n``.
    measured : the rows behind it, with ``year``, ``group`` and ``value``.
    small_cell : the fewest people that a shown figure may describe.

    Returns
    -------
    The same rows; ``n`` is that of the few where there are some.
    """
    values = measured.dropna(subset=["value"])
    by = values.groupby(["year", "group"])["value"]
    others = by.size() - by.agg(lambda v: v.value_counts().iloc[0])
    apart = pd.MultiIndex.from_frame(found[["year", "group"]]).map(others.to_dict())
    few = pd.Series(apart, index=found.index).between(1, small_cell - 1)
    return found.assign(n=found["n"].where(~few, apart))
