"""Empty required columns are told; what a spreadsheet or a copied page left is mended, and told so that
one knows what to do.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.pagebreak import Break

from helpers import intake
from helpers.cli_check import checked
from helpers.contracts import LANGS, Problem

YEAR = 2024


@pytest.fixture
def folder(small_region: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_region, tmp_path / "data"))


def change(path: Path, how: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    changed = how(pd.read_csv(path, dtype=str, keep_default_na=False))
    changed.to_csv(path, index=False)
    return changed


def problems(folder: Path, fault: str) -> list[Problem]:
    return [p for p in intake.check(folder, year=YEAR) if p.fault == fault]


@pytest.mark.parametrize(
    ("file", "column"), [("skm_2024.csv", "u1"), ("skm_2024.csv", "u4"), ("kegiatan.csv", "tema")]
)
def test_a_required_column_that_is_empty_for_a_year_is_told(folder: Path, file: str, column: str):
    def emptied(rows: pd.DataFrame) -> pd.DataFrame:
        of_year = rows["tanggal" if "tanggal" in rows else "tanggal_mulai"].str.contains(str(YEAR))
        assert of_year.sum() >= 3
        return rows.assign(**{column: rows[column].where(~of_year, "")})

    change(folder / file, emptied)
    (told,) = [p for p in problems(folder, "out_of_scale") if p.action == "warned"]
    assert told.file == file and told.column == column and not told.stops
    assert "empty in every row" in told.what["en"]
    assert told not in intake.check(folder, year=YEAR - 1)


def test_a_required_column_with_a_few_values_is_read(folder: Path):
    def few(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(u1=rows["u1"].where(rows.index < 5, ""))

    change(folder / "skm_2024.csv", few)
    assert not [p for p in problems(folder, "out_of_scale") if p.action == "warned"]


def test_signs_that_take_no_room_part_no_code_from_its_unit(folder: Path):
    before = intake.check(folder, year=YEAR)
    change(
        folder / "pegawai_2024.csv",
        lambda rows: rows.assign(kode_unit=rows["kode_unit"] + "\u200b"),
    )
    assert intake.check(folder, year=YEAR) == before


@pytest.mark.parametrize("in_units", [True, False])
def test_zeros_that_a_spreadsheet_left_out_are_mended_and_told(folder: Path, in_units: bool):
    units = pd.read_csv(folder / "unit.csv", dtype=str)["kode_unit"]
    numbered = {code: f"{at:03d}" for at, code in enumerate(units, start=1)}
    for path in folder.glob("*.csv"):
        without = in_units == (path.name == "unit.csv")

        def renamed(rows: pd.DataFrame, without: bool = without) -> pd.DataFrame:
            if "kode_unit" not in rows:
                return rows
            codes = rows["kode_unit"].map(numbered)
            return rows.assign(kode_unit=codes.str.lstrip("0") if without else codes)

        change(path, renamed)
    assert not [p for p in intake.check(folder, year=YEAR) if p.action in ("stopped", "excluded")]
    told = problems(folder, "number_format")
    assert {p.table for p in told} >= {"pegawai", "skm"} and all("→" in p.found for p in told)


def test_a_number_of_two_units_is_none(folder: Path):
    change(
        folder / "unit.csv",
        lambda rows: rows.assign(kode_unit=["7", "07", *rows["kode_unit"][2:]]),
    )
    change(folder / "pegawai_2024.csv", lambda rows: rows.assign(kode_unit="007"))
    assert problems(folder, "unit_unknown") and not problems(folder, "number_format")


def test_a_cell_of_thousands_of_digits_is_no_number_of_a_unit(folder: Path):
    change(
        folder / "unit.csv",
        lambda rows: rows.assign(kode_unit=["9" * 5000, *rows["kode_unit"][1:]]),
    )
    change(folder / "pegawai_2024.csv", lambda rows: rows.assign(kode_unit="8" * 5000))
    assert problems(folder, "unit_unknown")


@pytest.mark.parametrize("lang", LANGS)
def test_a_copy_and_a_new_name_are_told_with_their_files(folder: Path, lang):
    shutil.copy(folder / "skm_2024.csv", folder / "skm_2024 (1).csv")
    first = pd.read_csv(folder / "unit.csv", dtype=str).head(1)
    first.assign(nama_unit="Kantor Baru", kecamatan="").to_csv(
        folder / "unit_2024.csv", index=False
    )
    lines = list(checked(intake.check(folder, year=YEAR), (), "", lang))
    (copy,) = (line for line in lines if line.startswith("[duplicate_identical]"))
    assert "skm_2024.csv = skm_2024 (1).csv" in copy
    (renamed,) = (line for line in lines if line.startswith("[duplicate_conflicting]"))
    code, name = first["kode_unit"].iloc[0], first["nama_unit"].iloc[0]
    assert f"{code} nama_unit: '{name}' → 'Kantor Baru' (unit_2024.csv)" in renamed
    assert "'nan'" not in renamed


def test_a_row_that_stands_twice_in_its_own_file_is_no_other_years_copy(folder: Path):
    change(folder / "pegawai_2024.csv", lambda rows: pd.concat([rows, rows.head(3)]))
    (told,) = problems(folder, "duplicate_identical")
    assert told.count == 3 and told.found == ""


def test_a_sheet_copied_within_a_workbook_counts_no_form_twice(folder: Path):
    rows = change(folder / "skm_2024.csv", lambda rows: rows.drop(columns="id_respon"))
    with pd.ExcelWriter(folder / "skm_2024.xlsx") as book:
        for sheet in ("Sheet1", "Sheet1 (2)"):
            rows.to_excel(book, sheet_name=sheet, index=False)
    (folder / "skm_2024.csv").unlink()
    (told,) = problems(folder, "duplicate_identical")
    assert told.count == len(rows)


def test_a_text_under_a_workbooks_name_is_read_where_it_is_a_table(folder: Path):
    (folder / "kinerja_2024.csv").rename(folder / "kinerja_2024.xlsx")
    assert not [p for p in intake.check(folder, year=YEAR) if p.stops]
    (folder / "kinerja_2024.xlsx").write_text("bukan tabel\n")
    assert problems(folder, "file_unreadable")


@pytest.mark.parametrize("written", ["31 Februari 1980", "31/02/80", "12/05/80", "5 Mei '80"])
def test_no_date_of_a_life_is_shown_however_it_is_written(folder: Path, written: str):
    change(folder / "pegawai_2024.csv", lambda rows: rows.assign(tanggal_lahir=written))
    told = problems(folder, "date_impossible")
    assert told and not [p for p in told if "80" in p.found or "31" in p.found]


def test_without_a_roll_what_hangs_on_it_says_so(folder: Path):
    for path in folder.glob("pegawai*.csv"):
        path.unlink()
    told = [p for p in problems(folder, "mass_loss") if p.column == "nip"]
    assert told and all("first mend the problems of table pegawai" in p.remedy["en"] for p in told)


def test_a_far_cell_is_left_out_beside_a_page_break(tmp_path: Path):
    from helpers.intake import workbook

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet.cell(1_048_576, 1).value = "nip", "x"
    sheet.row_breaks.append(Break(id=3))
    book.save(tmp_path / "far.xlsx")
    (read,) = workbook.sheets((tmp_path / "far.xlsx").read_bytes())
    assert len(read.rows) < 10 and read.stray
