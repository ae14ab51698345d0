"""One region in every format of the contract reads as the same tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers import intake
from helpers.contracts import TABLES


def _xlsx(frame: pd.DataFrame, path: Path) -> None:
    """As a spreadsheet stores it: numbers as numbers, dates as dates, NIP as text, the table on the second sheet."""
    typed = frame.copy()
    for column in typed:
        if column in ("tanggal", "tanggal_mulai", "tanggal_selesai", "tanggal_lahir", "tmt"):
            typed[column] = pd.to_datetime(typed[column])
        elif column != "nip":
            number = pd.to_numeric(typed[column], errors="coerce")
            typed[column] = (
                number if number.notna().sum() == typed[column].notna().sum() else typed[column]
            )
    with pd.ExcelWriter(path.with_suffix(".xlsx")) as book:
        pd.DataFrame({"Catatan": ["lihat lembar berikut"]}).to_excel(
            book, sheet_name="Sampul", index=False
        )
        typed.to_excel(book, sheet_name="Data", index=False, startrow=3)


def _parquet(frame: pd.DataFrame, path: Path) -> None:
    typed = frame.copy()
    for column in ("tanggal", "tanggal_lahir"):
        if column in typed:
            typed[column] = pd.to_datetime(typed[column])
    if "u1" in typed:
        typed = typed.astype({f"u{i}": "float64" for i in range(1, 10)})
    if "nip" in typed:
        typed["nip"] = typed["nip"].astype("int64")
    typed.to_parquet(path.with_suffix(".parquet"))


def _tabs(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(
        path.with_suffix(".csv"), index=False, sep="\t", encoding="utf-8-sig", lineterminator="\r\n"
    )


def _unicode(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path.with_suffix(".csv"), index=False, sep="\t", encoding="utf-16")


def _shouted(frame: pd.DataFrame, path: Path) -> None:
    """Other headers: upper case, dots and blanks for underscores; decimal commas; a pipe between."""
    renamed = frame.rename(columns=lambda c: c.upper().replace("_", ". "))
    renamed.to_csv(path.with_suffix(".csv"), index=False, sep="|", decimal=",", encoding="cp1252")


def _serials(frame: pd.DataFrame, path: Path) -> None:
    """Dates as Excel's day numbers, others as an office writes them."""
    out = frame.copy()
    for column in ("tanggal", "tanggal_mulai"):
        if column in out:
            out[column] = (pd.to_datetime(out[column]) - pd.Timestamp("1899-12-30")).dt.days
    for column in ("tanggal_lahir", "tmt"):
        if column in out:
            out[column] = pd.to_datetime(out[column]).dt.strftime("%d-%m-%Y 00:00")
    out.to_csv(path.with_suffix(".csv"), index=False, sep=";")


@pytest.mark.parametrize("write", [_xlsx, _parquet, _tabs, _unicode, _shouted, _serials])
def test_the_format_does_not_matter(
    small_region: Path, tmp_path: Path, write: Callable[[pd.DataFrame, Path], None]
):
    other = tmp_path / "other"
    other.mkdir()
    for file in small_region.glob("*.csv"):
        write(pd.read_csv(file, dtype=str), other / file.stem)
    one, two = intake.study(small_region, 2024), intake.study(other, 2024)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))
    assert not two.exclusions["action"].isin(["excluded", "warned"]).any()


def test_a_word_in_the_data_does_not_make_them_synthetic(tiny):
    forms = (tiny() / "skm.csv").read_text().rstrip("\n")
    said = tiny(skm=forms + "mohon lapangan rumput sintetis diperbaiki\n")
    assert not intake.study(said, 2024).synthetic
    footed = tiny(skm=forms + "\nData sintetis\n")
    assert intake.study(footed, 2024).synthetic
