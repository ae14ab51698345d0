"""What used to be read without a word, or told so that nobody could mend it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from helpers import intake
from helpers.contracts import Problem
from helpers.intake import labels
from tests.conftest import _TINY, NIPS


def _told(folder: Path, fault: str) -> list[Problem]:
    return [p for p in intake.check(folder) if p.fault == fault]


def _book(folder: Path, file: str, sheets: dict[str, str]) -> None:
    """A workbook whose sheets are tables written with commas."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for line in table.splitlines():
            sheet.append(line.split(","))
    book.save(folder / file)


def test_dates_beside_others_that_are_month_first_are_told_to_be_in_doubt(tiny):
    days = ["17/08/2023", "02/17/2023", "08/07/2023", "03/03/2023", "2023-04-05", "12 Mei 2023"]
    form = "{},K1" + ",3" * 9 + ",\n"
    folder = tiny(skm=_TINY["skm"] + "".join(form.format(day) for day in days))
    (warned,) = _told(folder, "month_first")
    assert (warned.action, warned.rows, warned.found) == ("warned", (20,), "'08/07/2023'")
    assert [p.rows for p in _told(folder, "date_impossible")] == [(19,)]
    # Where no date is wrong, none is in doubt.
    assert not _told(tiny(skm=_TINY["skm"] + form.format("08/07/2023")), "month_first")


@pytest.mark.parametrize(
    ("sheet", "file", "stops"),
    [
        ("2023", "kinerja.xlsx", False),
        ("SKP TA 2023", "kinerja 2023.xlsx", False),
        ("Sheet1", "kinerja 2023.xlsx", False),
        ("2023", "kinerja 2024.xlsx", True),
        ("2022-2023", "kinerja.xlsx", None),
    ],
)
def test_the_year_of_a_sheet_is_its_rows(tiny, sheet: str, file: str, stops: bool | None):
    scores = "nip,nilai_skp\n" + "".join(f"{n},80.5\n" for n in NIPS)
    folder = tiny()
    _book(folder, file, {sheet: scores, "Catatan": "a\n"})
    found = {p.fault for p in intake.check(folder)} & {"year_conflict", "column_missing"}
    assert found == ({"column_missing"} if stops is None else {"year_conflict"} if stops else set())
    if stops is False:
        (read,) = (s for s in intake.sheets_read(folder) if s.file == file)
        assert read.years == (2023, 2023)


def test_a_year_may_be_written_as_in_a_budget(tiny):
    scores = _TINY["kinerja"].replace("\n2023,", "\nTA 2023,").replace("\n2024,", "\nTahun 2024,")
    folder = tiny(kinerja=scores)
    assert [p.action for p in _told(folder, "number_format")] == ["repaired"]
    assert len(intake.study(folder, 2024).kinerja) == 8


def test_a_column_for_each_year_stops_and_says_how_to_write_it(tiny):
    wide = "tahun,nip,Nilai SKP 2023,Nilai SKP 2024,output,hari_kerja\n"
    wide += "".join(f"2024,{n},80,81,1200,200\n" for n in NIPS)
    (stop,) = _told(tiny(kinerja=wide), "header_duplicate")
    assert stop.column == "Nilai SKP 2023 / Nilai SKP 2024"
    assert "satu baris setiap tahun" in stop.remedy["id"]
    # Beside the year's own column, those of other years are only for reading.
    narrow = wide.replace("nip,", "nip,nilai_skp,").replace(",80,81", ",79,80,81")
    assert not _told(tiny(kinerja=narrow), "header_duplicate")


def test_a_link_that_fails_names_the_sheet(tiny):
    folder = tiny(kinerja=None)
    strange = NIPS[0][:-1] + "9"
    table = _TINY["kinerja"] + f"2024,{strange},80,1200,200\n"
    _book(folder, "kinerja.xlsx", {"SKP": table, "Catatan": "a\n"})
    (unknown,) = _told(folder, "nip_unknown")
    assert (unknown.sheet, unknown.rows) == ("SKP", (10,))


def test_a_name_that_no_unit_has_is_told_under_its_header_with_the_nearest(tiny):
    roll = _TINY["pegawai"].replace("kode_unit", "Unit Kerja")
    roll = roll.replace(",K0,", ",Loket Nol,").replace(",K1,", ",Loket Satu,")
    (unknown,) = _told(tiny(pegawai=roll.replace("Loket Satu", "Lokt Satu")), "unit_unknown")
    assert unknown.column == "Unit Kerja"
    assert unknown.found.endswith("(≈ 'Loket Satu')") and unknown.found.startswith("'aaaa")


def test_courses_whose_hours_are_a_dash_are_lost_as_if_they_were_empty(tiny):
    head = _TINY["kegiatan"].splitlines()[0]
    courses = "".join(f"B{i},Kursus,seminar,etika,2024-02-01,2024-02-03,-\n" for i in range(4))
    (lost,) = _told(tiny(kegiatan=_TINY["kegiatan"] + courses), "mass_loss")
    assert (lost.column, lost.found) == ("jp", "4/5: '-'")
    some = "".join(f"B{i},Kursus,seminar,etika,2024-02-01,2024-02-03,8\n" for i in range(40))
    dashed = f"{head}\n{some}" + courses.replace("B0,", "A1,", 1).replace("B", "C")
    dashed = "\n".join(dashed.splitlines()[:43]) + "\n"
    assert not _told(tiny(kegiatan=dashed), "mass_loss")


def test_a_fault_in_the_name_of_a_history_is_told_of_that_column(tiny):
    history = "nip,Nama Diklat,Tanggal Mulai,Jumlah JP\n"
    history += "".join(f"{n},Etika,2023-05-03,12\n" for n in NIPS) + f"{NIPS[0]},,2023-05-03,12\n"
    told = intake.check(tiny(kegiatan=None, peserta=None, riwayat=history))
    assert {p.column for p in told if p.file == "riwayat.csv"} == {"Nama Diklat"}


@pytest.mark.parametrize(
    ("written", "read", "other"),
    [
        ("3 🙂", 3, False),
        ("4⭐⭐⭐⭐", 4, False),
        ("2 ⭐", 2, False),
        ("5 ⭐", None, True),
        ("3 😐", None, True),
        ("4 😡", None, False),
    ],
)
def test_a_number_beside_its_face_or_star(written: str, read: float | None, other: bool):
    assert labels.answer(written, "waktu")[0] == read
    assert labels.of_other_scale(written, "waktu") == other


def test_the_nearest_header_is_one_that_nothing_is_read_from(tiny):
    forms = _TINY["skm"].replace(",u9,", ",pendidikan,", 1)
    (missing,) = _told(tiny(skm=forms), "column_missing")
    assert "pendidikan" not in missing.remedy["id"]
