"""Forms in which personnel and service offices send their tables: grouped rolls, recapitulations,
headers in two rows.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from helpers import intake
from helpers.contracts import TABLES, codes
from helpers.intake import files, layouts, parse, recognise
from helpers.intake.pseudonym import Pseudonyms
from helpers.intake.remedies import problems
from helpers.intake.rows import data_rows
from helpers.intake.sheet import Grid, Sheet
from tests.conftest import NIPS

PEOPLE = ["No", "NIP Baru", "Nama Pegawai", "Pangkat", "Golongan", "Jabatan", "Unit Organisasi"]
UNSUR = [f"U{i}" for i in range(1, 10)]


def _sheet(folder: Path, rows: Grid, merged: tuple[str, ...] = (), name: str = "b.xlsx") -> Sheet:
    book = Workbook()
    page = book.active
    for i, row in enumerate(rows, start=1):
        for j, cell in enumerate(row, start=1):
            page.cell(i, j, cell)
    for cells in merged:
        page.merge_cells(cells)
    book.save(folder / name)
    (sheet,) = files.read(folder / name)
    return sheet


@pytest.mark.parametrize(
    ("own", "table"),
    [
        (["Predikat Kinerja Pegawai"], "kinerja"),
        (["Nilai SKP"], "kinerja"),
        (["Kode Kegiatan", "Kehadiran"], "peserta"),
        (["Tahun", "Strata", "Terpilih"], "undian"),
        (["Jenis Kelamin"], "pegawai"),
    ],
)
def test_a_list_of_people_is_what_it_says_of_them(own: list[str], table: str) -> None:
    found = recognise.header([[*PEOPLE, *own]])
    assert found is not None
    assert found.table.name == table


def test_a_roll_by_name_stays_one_where_it_also_tells_scores() -> None:
    found = recognise.header([[*PEOPLE, "Jenis Kelamin", "Predikat"]], "Data Pegawai 2023.xlsx")
    assert found is not None
    assert found.table is TABLES["pegawai"]


@pytest.mark.parametrize("down", [True, False])
def test_the_official_table_of_a_survey_is_read(tmp_path: Path, down: bool) -> None:
    first = ["No. Responden", "Tanggal Survei", "Unit Pelayanan", "Jenis Kelamin", "Umur"]
    rows = [
        ["PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN TAHUN 2022"],
        [*first, "Nilai Unsur Pelayanan"],
        [*[None] * 5, *UNSUR],
        *([i, "3 Mei 2022", "Puskesmas A", "L", 30, *[3] * 9] for i in range(1, 9)),
        ["Jumlah Nilai per Unsur", *[None] * 4, *[24] * 9],
        ["NRR per Unsur", *[None] * 4, *["3,00"] * 9],
        ["NRR Tertimbang per Unsur", *[None] * 4, *["0,33"] * 9],
        ["IKM Unit Pelayanan", *[None] * 12, "75,00"],
    ]
    merged = tuple(f"{c}2:{c}3" for c in "ABCDE") if down else ()
    sheet = _sheet(tmp_path, rows, (*merged, "F2:N2"))
    lay = layouts.layout(sheet, codes.UNSUR)
    assert lay is not None
    assert (lay.table.name, lay.missing) == ("skm", ())
    assert lay.unit_name == 2
    assert [lay.columns[u] for u in codes.UNSUR] == list(range(5, 14))
    read = data_rows(sheet, lay)
    assert len(read.numbers) == 8
    assert len(read.dropped) == 4


def test_a_unit_merged_down_over_its_people_is_the_unit_of_each(tmp_path: Path) -> None:
    people = [[None, nip, "III/a"] for nip in NIPS[:4]]
    people[0][0], people[3][0] = "Dinas A", "Dinas B"
    rows = [["Unit Organisasi", "NIP", "Golongan"], *people]
    sheet = _sheet(tmp_path, rows, ("A2:A4",))
    assert sheet.cells(0).tolist() == ["Dinas A", "Dinas A", "Dinas A", "Dinas B"]


def test_cells_that_are_not_merged_stay_empty(tmp_path: Path) -> None:
    rows = [["Unit Organisasi", "NIP", "Golongan"], ["A", NIPS[0], "III/a"], [None, NIPS[1], "x"]]
    assert _sheet(tmp_path, rows).cells(0).tolist()[1] in (None, "")


def test_numbers_below_a_header_only_number_its_columns(tmp_path: Path) -> None:
    header = ["No", "NIP", "Kode Unit", "Golongan"]
    rows = [header, [1, 2, 3, 4], [1, NIPS[0], "1.01", "III/a"]]
    sheet = _sheet(tmp_path, rows)
    lay = layouts.layout(sheet, codes.UNSUR)
    assert lay is not None
    assert data_rows(sheet, lay).dropped.tolist() == [2]


def test_the_name_of_a_unit_in_a_second_row_is_no_name_of_a_person(tmp_path: Path) -> None:
    rows = [
        ["No", "Identitas Pegawai", None, "Unit Organisasi", None, "Kepegawaian"],
        [None, "NIP Baru", "Nama Pegawai", "Kode Unit Organisasi", "Nama", "Golongan"],
        [1, NIPS[0], "A", "1.01", "Dinas A", "III/a"],
    ]
    sheet = _sheet(tmp_path, rows, ("B1:C1", "D1:E1"))
    lay = layouts.layout(sheet, codes.UNSUR)
    assert lay is not None
    assert lay.person_names == (2,)
    assert lay.duplicates == ()


def test_a_name_under_an_identity_is_the_persons(tmp_path: Path) -> None:
    rows = [["Identitas", None, "Unit", "Kepegawaian"], ["NIP", "Nama", "Kode Unit", "Golongan"]]
    lay = layouts.layout(_sheet(tmp_path, [*rows, [NIPS[0], "A", "1", "III/a"]]), codes.UNSUR)
    assert lay is not None
    assert lay.person_names == (1,)


def test_a_training_history_that_is_read_is_not_told_as_unread(tmp_path: Path) -> None:
    header = ["NIP", "Nama Diklat", "Tanggal Mulai", "Jumlah JP"]
    rows = [header, *([nip, "Etika", "3 Mei 2022", 12] for nip in (NIPS * 6)[:6])]
    _sheet(tmp_path, rows, name="riwayat.xlsx")
    read = parse.folder(tmp_path, codes.UNSUR, Pseudonyms(b"k" * 32))
    assert {s.table for s in read.sheets} == {"kegiatan", "peserta"}
    assert read.unread == ()
    assert "table_missing" in {p.fault for p in problems(read.events)}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Pangkat / Gol. Ruang", ["Penata Muda Tk. I (III/b)", "Pembina / IV/a", "II/c", "IX"]),
        (
            "Pangkat, Golongan/Ruang",
            ["Penata Muda Tk.I, III/b", "Pembina, iv/A", "II / c", "Gol. IX"],
        ),
        ("Gol/Ruang", ["III/b", "IV/a", "II/c", "golongan IX"]),
        ("Pangkat (Gol.)", ["Penata Muda Tingkat I", "Pembina", "Pengatur", "IX"]),
    ],
)
def test_a_rank_is_read_with_or_without_its_pangkat(tiny, header: str, cells: list[str]) -> None:
    rows = [f"2024,{n},K{i % 2},{header and cells[i]!r}" for i, n in enumerate(NIPS)]
    roll = f'tahun,nip,kode_unit,"{header}"\n' + "\n".join(r.replace("'", '"') for r in rows) + "\n"
    study = intake.study(tiny(pegawai=roll), 2024)
    people = study.pegawai.merge(study.kinerja, on=["pegawai_id", "tahun"])
    assert sorted(study.pegawai["golongan"]) == [
        "II/c",
        "III/b",
        "IV/a",
        "IX",
    ]
    assert len(people) == 4


def test_a_golongan_of_its_own_goes_before_the_pangkat(tiny) -> None:
    rows = "".join(f"2024,{n},K{i % 2},Pembina,III/c\n" for i, n in enumerate(NIPS))
    study = intake.study(tiny(pegawai="tahun,nip,kode_unit,Pangkat,Golongan\n" + rows), 2024)
    assert set(study.pegawai["golongan"]) == {"III/c"}
