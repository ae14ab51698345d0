"""Spreadsheets and their traps, headers in two rows or under other names, training histories."""

from __future__ import annotations

import time
import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from helpers import intake
from helpers.contracts import EvaluasiError
from tests.conftest import _TINY, NIPS

SCORES, FORMS = _TINY["kinerja"], _TINY["skm"]


def _book(
    path: Path, text: str, cells: dict[str, object] | None = None, epoch=None, above=()
) -> Path:
    book = Workbook()
    if epoch:
        book.epoch = epoch
    for row in above:
        book.active.append(list(row))
    for row in text.splitlines():
        book.active.append([_typed(c) for c in row.split(",")])
    for place, value in (cells or {}).items():
        book.active[place] = value
        if isinstance(value, str) and value.startswith("#"):
            book.active[place].data_type = "e"
    book.save(path)
    return path


def _typed(cell: str) -> object:
    if cell.count("-") == 2:
        return date.fromisoformat(cell)
    return float(cell) if cell.replace(".", "", 1).isdigit() and len(cell) < 10 else cell or None


def _told(folder: Path, fault: str) -> list:
    return [p for p in intake.check(folder) if p.fault == fault]


@pytest.mark.parametrize(
    ("error", "fault"),
    [("#N/A", "missing_marker"), ("#DIV/0!", "out_of_scale"), ("#REF!", "out_of_scale")],
)
def test_an_error_cell_is_counted_where_it_is(tiny, error, fault):
    folder = tiny(kinerja=None)
    _book(folder / "kinerja.xlsx", SCORES, {"C3": error, "D5": error})
    assert [(p.column, p.rows) for p in _told(folder, fault)] == [
        ("nilai_skp", (3,)),
        ("output", (5,)),
    ]
    assert int(intake.study(folder, 2024).kinerja["nilai_skp"].isna().sum()) == 1


@pytest.mark.parametrize("error", ["#REF!", "#NAME?", "Err:508"])
def test_an_error_is_no_theme_no_name_and_no_code(tiny, error):
    folder = tiny()
    written = {"kegiatan.csv": ("seminar", "metode"), "unit.csv": ("Loket Satu", "nama_unit")}
    for name, (value, _) in written.items():
        path = folder / name
        path.write_text(path.read_text().replace(value, error, 1))
    told = {(p.file, p.column): p.found for p in _told(folder, "out_of_scale")}
    assert told == {(name, column): f"'{error}'" for name, (_, column) in written.items()}
    study = intake.study(folder, 2024)
    assert error.lower() not in {str(v).lower() for v in study.kegiatan["metode"]}
    assert error not in set(study.unit["nama_unit"])


def test_a_column_of_errors_stops(tiny):
    folder = tiny(kinerja=None)
    _book(folder / "kinerja.xlsx", SCORES, {f"C{row}": "#REF!" for row in range(2, 10)})
    with pytest.raises(EvaluasiError, match="mass_loss"):
        intake.study(folder, 2024)


@pytest.mark.parametrize("place", ["XFD1048576", "B1048576", "XFD4"])
def test_a_stray_cell_at_the_sheets_end_is_counted_and_costs_nothing(tiny, place):
    folder = tiny(kinerja=None)
    _book(folder / "kinerja.xlsx", SCORES, {place: "x"})
    started = time.perf_counter()
    assert len(intake.study(folder, 2024).kinerja) == 8
    assert time.perf_counter() - started < 5
    assert [p.rows for p in _told(folder, "row_not_data")] == [(int(place.lstrip("XFDB")),)]


@pytest.mark.parametrize("numbers", [False, True])
def test_days_of_a_workbook_that_counts_from_1904_stay(tiny, numbers):
    folder = tiny(skm=None)
    path = _book(folder / "skm.xlsx", FORMS, epoch=CALENDAR_MAC_1904)
    if numbers:
        plain = FORMS
        for row in FORMS.splitlines()[1:]:
            day = row.split(",")[0]
            plain = plain.replace(day, str((date.fromisoformat(day) - date(1904, 1, 1)).days))
        path = _book(folder / "skm.xlsx", plain, epoch=CALENDAR_MAC_1904)
    with zipfile.ZipFile(path) as book:
        assert b'date1904="1"' in book.read("xl/workbook.xml")
    days = intake.study(folder, 2024).skm["tanggal"].dt.strftime("%Y-%m-%d")
    assert sorted(days) == sorted(r.split(",")[0] for r in FORMS.splitlines()[1:])


@pytest.mark.parametrize("day", ["2204-03-01", "1004-03-01"])
def test_a_day_of_another_century_is_no_day(tiny, day):
    folder = tiny(skm=FORMS.replace("2023-03-01", day))
    (problem,) = _told(folder, "date_impossible")
    assert problem.rows == (2,)
    folder = tiny(skm=None)
    _book(folder / "skm.xlsx", FORMS.replace("2023-03-01", "2099-03-01"), {"A2": date(2204, 3, 1)})
    assert [p.rows for p in _told(folder, "date_impossible")] == [(2,)]


def test_no_day_worked_is_no_number_of_days(tiny):
    folder = tiny(kinerja=SCORES.replace(",1200,200", ",1200,0", 1))
    assert [(p.column, p.rows) for p in _told(folder, "out_of_scale")] == [("hari_kerja", (2,))]


def test_a_list_in_a_needed_column_of_parquet_is_named(tiny):
    folder = tiny(kinerja=None)
    pq.write_table(
        pa.table(
            {"tahun": [2023, 2024], "nip": [[NIPS[0]], [NIPS[1]]], "nilai_skp": [[80.0], [81.0]]}
        ),
        folder / "kinerja.parquet",
    )
    found = intake.check(folder)
    assert {p.column for p in found if p.file == "kinerja.parquet"} >= {"nip"}
    assert NIPS[0] not in "".join(p.sentence() for p in found)


def test_a_form_of_next_year_does_not_stop_a_plain_check(tiny):
    folder = tiny(skm=FORMS + "2025-01-02,K0,3,3,3,3,3,3,3,3,3,\n")
    assert not [p for p in intake.check(folder) if p.stops]
    assert len(intake.study(folder, 2024).skm) == 16


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("unit", "kode_unit,", "Kode Unit Organisasi,"),
        ("pegawai", "kode_unit", "Kode Unit Organisasi"),
        ("kinerja", "nilai_skp", "Predikat Kinerja Pegawai"),
        ("skm", "tanggal", "Stempel waktu"),
        ("skm", "saran", "Saran Anda"),
    ],
)
def test_headers_of_offices_are_understood(tiny, table, old, new):
    text = _TINY[table].replace(old, new, 1)
    if table == "kinerja":
        text = text.replace("80.5", "Baik")
    folder = tiny(**{table: text})
    assert not [p for p in intake.check(folder) if p.stops]
    assert len(intake.study(folder, 2024).table(table)) == len(text.splitlines()) - 1


TWO_ROWS = [
    ("No", "Tahun", "NIP", "Penilaian", None, None),
    (None, None, None, "Nilai SKP", "Output", "Hari Kerja"),
]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "xls"])
def test_a_header_in_two_rows_is_one(tiny, ending):
    folder = tiny(kinerja=None)
    body = "\n".join(f"{i},{r}" for i, r in enumerate(SCORES.splitlines()[1:], start=1))
    above = [("REKAP KINERJA",), *TWO_ROWS]
    text = (
        "\n".join(",".join(c or "" for c in (*row, *[""] * (6 - len(row)))) for row in above)
        + "\n"
        + body
        + "\n"
    )
    if ending == "xlsx":
        _book(folder / "kinerja.xlsx", body, above=above)
    elif ending == "csv":
        (folder / "kinerja.csv").write_text(text)
    else:
        rows = "".join(
            "<tr>" + "".join(f"<td>{c}</td>" for c in r.split(",")) + "</tr>"
            for r in text.splitlines()
        )
        (folder / "kinerja.xls").write_text(f"<table>{rows}</table>")
    study = intake.study(folder, 2024)
    assert len(study.kinerja) == 8 and study.kinerja["hari_kerja"].eq(200).all()
    assert not len(study.exclusions)


@pytest.mark.parametrize("table", list(_TINY))
def test_a_first_row_of_data_is_no_second_row_of_a_header(tiny, table):
    assert len(intake.study(tiny(), 2024).table(table)) == len(_TINY[table].splitlines()) - 1


# A training history.

HISTORY = (
    "NIP,Nama Pegawai,Nama Diklat,Jenis Diklat,Tanggal Mulai,Tanggal Selesai,Jumlah Jam\n"
    + "".join(
        f"{n},Contoh Nama,{what},{kind},{day}/02/{year},{day + 2}/02/{year},{hours}\n"
        for n in NIPS
        for what, kind, day, year, hours in (
            ("Manajemen Waktu", "Seminar", 1, 2023, 10),
            ("Etika Pelayanan Publik", "Pelatihan", 5, 2024, 24),
        )
    )
)


def test_a_training_history_gives_the_activities_and_who_attended(tiny):
    study = intake.study(tiny(kegiatan=None, peserta=None, riwayat_diklat=HISTORY), 2024)
    assert sorted(map(tuple, study.kegiatan[["metode", "tema", "jp", "tahun"]].to_numpy())) == [
        ("pelatihan", "etika pelayanan publik", 24, 2024),
        ("seminar", "manajemen waktu", 10, 2023),
    ]
    assert len(study.peserta) == 8 and set(study.peserta["kehadiran"]) == {"hadir"}
    assert study.peserta.merge(study.kegiatan, on="kode_kegiatan")[
        "jp"
    ].value_counts().to_dict() == {10: 4, 24: 4}
    assert not len(study.exclusions)


@pytest.mark.parametrize(
    "name",
    [
        "Manajemen Waktu",
        "Pelatihan Manajemen Waktu Angkatan I",
        "DIKLAT MANAJEMEN WAKTU ANGKATAN 2 TAHUN 2023",
        "Bimtek Manajemen Waktu Gel. III",
        "Seminar  Manajemen Waktu - Batch 4",
        "Workshop Manajemen Waktu bagi ASN Kabupaten",
        "Manajemen Waktu (Gelombang ke-2) 2024",
    ],
)
def test_the_theme_of_a_history_is_its_activity_without_kind_batch_and_year(tiny, name):
    told = HISTORY.replace("Manajemen Waktu", name)
    study = intake.study(tiny(kegiatan=None, peserta=None, riwayat_diklat=told), 2024)
    assert set(study.kegiatan["tema"]) == {"manajemen waktu", "etika pelayanan publik"}


@pytest.mark.parametrize("name", ["Seminar", "Kelas Menulis", "Visi 2045", "Untuk Negeri"])
def test_a_name_that_is_nothing_but_such_words_stays_a_theme(tiny, name):
    told = HISTORY.replace("Manajemen Waktu", name)
    study = intake.study(tiny(kegiatan=None, peserta=None, riwayat_diklat=told), 2024)
    assert len(set(study.kegiatan["tema"])) == 2 and study.kegiatan["tema"].str.len().min() > 3


def test_a_fault_in_a_training_history_is_where_it_is(tiny):
    damaged = HISTORY.replace("1/02/2023", "31/02/2023", 1) + "\nJumlah,,,,,,136\n"
    folder = tiny(kegiatan=None, peserta=None, riwayat_diklat=damaged)
    found = {(p.fault, p.table): p.rows for p in intake.check(folder)}
    assert found[("date_impossible", "kegiatan")] == (2,)
    assert len(intake.study(folder, 2024).peserta) == 7


def _with_costs(costs: list[str]) -> str:
    """The history with the cost that each attendance of the one activity of 2024 says."""
    rows, said = HISTORY.splitlines(), iter(costs)
    with_cost = (f"{row},{next(said) if '2024' in row else ''}" for row in rows[1:])
    return "\n".join([rows[0] + ",Biaya", *with_cost]) + "\n"


@pytest.mark.parametrize(
    ("costs", "counts", "rows"),
    [
        (["1000", "2000", "2000", "3000"], 2000, (3, 9)),
        (["2000", "1000", "2000", "1000"], 1000, (3, 7)),
        (["", "1000", "", ""], 1000, ()),
        (["gratis?", "1000", "", "1000"], 1000, (3,)),
    ],
)
def test_of_costs_of_one_activity_that_differ_one_counts_and_is_told(tiny, costs, counts, rows):
    folder = tiny(kegiatan=None, peserta=None, riwayat_diklat=_with_costs(costs))
    told = _told(folder, "duplicate_conflicting")
    assert [r for p in told for r in p.rows] == list(rows)
    assert all((p.action, p.column) == ("warned", "Biaya") for p in told)
    study = intake.study(folder, 2024)
    assert study.kegiatan["biaya"].dropna().tolist() == [counts] and len(study.peserta) == 8


def test_who_refused_is_known_from_a_history_that_says_so(tiny):
    rows = HISTORY.splitlines()
    said = [
        rows[0] + ",Status Kehadiran",
        *(r + ",Lulus" for r in rows[1:-1]),
        rows[-1] + ",Menolak",
    ]
    study = intake.study(tiny(kegiatan=None, peserta=None, riwayat="\n".join(said) + "\n"), 2024)
    assert study.peserta["kehadiran"].value_counts().to_dict() == {"hadir": 7, "menolak": 1}


def test_a_formula_whose_result_was_never_stored_is_no_empty_cell(tiny):
    folder = tiny(kinerja=None)
    _book(folder / "kinerja.xlsx", SCORES, {"C3": "=40*2"})
    assert [(p.column, p.rows) for p in _told(folder, "out_of_scale")] == [("nilai_skp", (3,))]
