"""Every fault of the contract's table, planted one at a time: its code, what happens, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from helpers import intake, simulate
from helpers.contracts import FAULTS, EvaluasiError
from tests.conftest import _TINY, NIPS, counts

ROLL, SCORES, FORMS = _TINY["pegawai"], _TINY["kinerja"], _TINY["skm"]
HEAD, FIRST = ROLL.splitlines()[:2]


def _line(table: str, number: int) -> str:
    return _TINY[table].splitlines()[number]


def _swap(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


SURVIVED = [
    ("nip_format", "repaired", "pegawai", _swap(ROLL, NIPS[0], f"'{NIPS[0]}"), 2),
    ("nip_format", "repaired", "kinerja", _swap(SCORES, NIPS[0], f"{NIPS[0][:8]} {NIPS[0][8:14]} {NIPS[0][14]} {NIPS[0][15:]}"), 2),
    ("nip_format", "repaired", "kinerja", _swap(SCORES, NIPS[0], f"{NIPS[0]}.0"), 2),
    ("nip_rounded", "excluded", "kinerja", _swap(SCORES, NIPS[0], "1.98503E+17"), 2),
    ("nip_rounded", "excluded", "kinerja", _swap(SCORES, NIPS[0], NIPS[0][:15] + "000"), 2),
    ("nip_contradicts", "warned", "pegawai", _swap(ROLL, "1980-01-01", "1981-01-01"), 2),
    ("nip_contradicts", "warned", "pegawai", _swap(ROLL, "K0,L", "K0,P"), 2),
    ("duplicate_identical", "repaired", "pegawai", ROLL + FIRST + "\n", 10),
    ("duplicate_conflicting", "excluded", "pegawai", ROLL + FIRST.replace("K0", "K1") + "\n", 2),
    ("duplicate_conflicting", "excluded", "kinerja", SCORES + _line("kinerja", 1).replace("80.5", "70.5") + "\n", 2),
    ("column_not_needed", "dropped", "pegawai", "\n".join([HEAD + ",NIK", *(r + ",1" for r in ROLL.splitlines()[1:])]) + "\n", 1),
    ("nip_unknown", "excluded", "kinerja", SCORES + "2024,199001012015031009,80,1200,200\n", 10),
    ("nip_unknown", "excluded", "peserta", _TINY["peserta"] + "A1,199001012015031009,hadir,,70\n", 4),
    ("nip_not_on_roll", "excluded", "pegawai", _swap(ROLL, f"2024,{NIPS[3]},Contoh Nama 3,K1,L,1980-04-01\n", ""), 9),
    ("unit_unknown", "excluded", "skm", _swap(FORMS, "2024-03-01,K1", "2024-03-01,K9"), 10),
    ("unit_unknown", "excluded", "pegawai", _swap(ROLL, "Contoh Nama 2,K0", "Contoh Nama 2,K9"), 4),
    ("out_of_scale", "excluded", "skm", _swap(FORMS, "2023-03-01,K1,3,3,3,4", "2023-03-01,K1,3,3,3,7"), 2),
    ("out_of_scale", "excluded", "peserta", _swap(_TINY["peserta"], ",80\n", ",640\n"), 2),
    ("out_of_scale", "excluded", "kegiatan", _swap(_TINY["kegiatan"], ",24\n", ",-24\n"), 2),
    ("date_impossible", "excluded", "skm", _swap(FORMS, "2024-03-01", "2024-02-31"), 10),
    ("date_order", "excluded", "kegiatan", _TINY["kegiatan"] + "A2,Kursus,seminar,etika,2024-02-09,2024-02-03,24\n", 3),
    ("number_format", "repaired", "kinerja", _swap(SCORES, "80.5", '"80,5"'), 2),
    ("number_format", "repaired", "kinerja", _swap(SCORES, ",1200,", ",1.200,"), 2),
    ("missing_marker", "repaired", "kinerja", _swap(SCORES, "80.5", "n/a"), 2),
    ("row_not_data", "dropped", "kinerja", SCORES + "\nJumlah,8,,,\n", 10),
    ("row_not_data", "dropped", "kinerja", SCORES + SCORES.splitlines()[0] + "\n", 10),
    ("text_escaped", "repaired", "skm", FORMS.replace(",3,3,\n", ",3,3,<b>x</b>\n", 1), 2),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "action", "table", "content", "row"), SURVIVED)
def test_a_fault_that_a_run_survives_is_counted_where_it_is(
    tiny, fault, action, table, content, row
):
    clean = counts(intake.study(tiny(), 2024).exclusions)
    found = intake.study(tiny(**{table: content}), 2024).exclusions
    assert counts(found).get((fault, action), 0) > clean.get((fault, action), 0)
    first = found[(found["fault"] == fault) & (found["action"] == action)].iloc[0]
    assert int(first["row"]) == row
    other = set(counts(found)) - set(clean) - {(fault, action)}
    allowed = (
        {"nip_not_on_roll", "nip_unknown"} if fault.startswith(("nip", "dup", "unit")) else set()
    )
    assert {f for f, _ in other} <= allowed


STOPS = [
    ("table_missing", {"unit": None}),
    ("table_missing", {"pegawai": None}),
    ("table_missing", {"kinerja": None, "skm": None}),
    ("column_missing", {"kinerja": SCORES.replace("nip", "nomor", 1)}),
    ("column_missing", {"kinerja": "tahun,nip,hukuman_disiplin\n2024," + NIPS[0] + ",0\n"}),
    ("column_missing", {"skm": FORMS.replace("u4", "x4", 1)}),
    ("column_missing", {"pegawai": ROLL.replace("tahun,", "angkatan,", 1)}),
    ("header_duplicate", {"kinerja": SCORES.replace("nilai_skp,output", "nilai_skp,Nilai SKP", 1)}),
    ("file_unreadable", {"pegawai": None, "pegawai__xlsx": b"PK\x03\x04 broken"}),
    ("file_unreadable", {"kinerja__xlsx": b"\xd0\xcf\x11\xe0 encrypted"}),
    ("file_unreadable", {"skm": b"tanggal\x00,kode_unit"}),
    ("file_unreadable", {"skm__parquet": b"nothing"}),
    ("file_empty", {"kinerja": b""}),
    ("file_empty", {"kinerja": SCORES.splitlines()[0] + "\n"}),
    ("years_too_few", {"kinerja": "\n".join(r for r in SCORES.splitlines() if not r.startswith("2023")), "skm": None}),
    ("month_first", {"skm": FORMS.replace("2023-03-01", "03/25/2023", 1)}),
    ("mass_loss", {"kinerja": SCORES.replace("2024,", "2024,'").replace(",80.5", ",640")}),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "files"), STOPS)
def test_a_fault_that_stops_says_so_everywhere(tiny, fault, files):
    folder = tiny(**files)
    with pytest.raises(EvaluasiError) as stopped:
        intake.study(folder, 2024)
    assert fault in {p.fault for p in stopped.value.problems}
    problem = next(p for p in intake.check(folder) if p.fault == fault)
    assert problem.stops
    for lang in ("id", "en"):
        assert problem.remedy[lang] in problem.sentence(lang)
        assert f"[{fault}]" in problem.sentence(lang)


def test_a_year_without_rows_and_a_conflict_of_years_stop(tiny):
    with pytest.raises(EvaluasiError, match="year_missing"):
        intake.study(tiny(), 2031)
    titled = "DAFTAR PEGAWAI PER 31 DESEMBER 2023\n" + "\n".join(
        r.split(",", 1)[1] for r in ROLL.splitlines() if not r.startswith("2023")
    )
    with pytest.raises(EvaluasiError, match="year_conflict"):
        intake.study(tiny(pegawai=None, pegawai_2024__csv=titled), 2024)


def test_a_year_is_read_from_title_or_name(tiny):
    rows = {
        y: [r.split(",", 1)[1] for r in ROLL.splitlines() if r.startswith(("tahun", y))]
        for y in ("2023", "2024")
    }
    titled = "DAFTAR PEGAWAI PER 31 DESEMBER 2023\n\n" + "\n".join(rows["2023"])
    folder = tiny(pegawai=None, roll_a__csv=titled, pegawai_2024__csv="\n".join(rows["2024"]))
    assert sorted(intake.study(folder, 2024).pegawai["tahun"].unique()) == [2023, 2024]


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        ("DAFTAR PEGAWAI TAHUN 2023", "PER 31 DESEMBER 2024", True),
        ("DAFTAR PEGAWAI TAHUN 2024", "PER 31 DESEMBER 2024", False),
        ("PERATURAN BUPATI NOMOR 5 TAHUN 2023", "PER 31 DESEMBER 2024", False),
        ("LAMPIRAN KEPUTUSAN NO. 800/12 TAHUN 2023", "DAFTAR PEGAWAI", False),
        ("FORMASI TAHUN 2023 DAN TAHUN 2024", "DAFTAR PEGAWAI", False),
    ],
)
def test_two_titles_of_a_roll_that_name_two_years_stop(tiny, first, second, conflict):
    rows = [r.split(",", 1)[1] for r in ROLL.splitlines() if r.startswith(("tahun", "2024"))]
    earlier = "\n".join(r for r in ROLL.splitlines() if not r.startswith("2024"))
    folder = tiny(pegawai=earlier, pegawai_2024="\n".join([first, second, "", *rows]))
    told = [p.found for p in intake.check(folder) if p.fault == "year_conflict"]
    assert told == (["2023 / 2024"] if conflict else [])
    if not conflict:
        assert len(intake.study(folder, 2024).pegawai) == 8


def test_all_problems_come_in_one_go(tiny):
    folder = tiny(
        unit=None,
        kinerja=SCORES.replace("nip", "nomor", 1),
        skm=FORMS.replace("2023-03-01", "03/25/2023", 1),
    )
    found = {p.fault for p in intake.check(folder)}
    assert {"table_missing", "column_missing", "month_first"} <= found


def test_every_fault_of_the_table_is_planted_somewhere():
    planted = {f for f, *_ in SURVIVED} | {f for f, _ in STOPS} | {"year_missing", "year_conflict"}
    assert planted == set(FAULTS)


def test_messy_exports_give_back_exactly_what_was_planted(tmp_path: Path):
    world = simulate.World(
        seed=3, employees=200, units=10, forms_per_year=400, first_year=2020, last_year=2023
    )
    truth = simulate.write(world, tmp_path / "messy", with_faults=True).truth
    found = intake.study(tmp_path / "messy", 2023).exclusions.groupby("fault")["count"].sum()
    assert {f: int(found.get(f, 0)) for f in truth["faults"]} == truth["faults"]
    assert json.loads((tmp_path / "messy" / "truth.json").read_text())["synthetic"]


def test_messy_and_clean_files_of_one_region_are_the_same_people(tmp_path: Path):
    world = simulate.World(
        seed=3, employees=200, units=10, forms_per_year=400, first_year=2020, last_year=2023
    )
    simulate.write(world, tmp_path / "clean")
    simulate.write(world, tmp_path / "messy", with_faults=True)
    clean, messy = (intake.study(tmp_path / n, 2023) for n in ("clean", "messy"))
    both = clean.pegawai.merge(messy.pegawai, on=["pegawai_id", "tahun"], suffixes=("", "_m"))
    assert len(both) > 0.97 * len(clean.pegawai)
    for column in ("jenis_jabatan", "tahun_lahir", "golongan", "status", "tahun_mulai"):
        assert (both[column] == both[f"{column}_m"]).all(), column
    pd.testing.assert_series_equal(
        clean.skm.loc[clean.skm["tahun"] == 2023, "waktu"].reset_index(drop=True),
        messy.skm.loc[messy.skm["tahun"] == 2023, "waktu"].reset_index(drop=True),
    )


def test_the_offices_exports_read_as_they_are(exports):
    tables = intake.study(exports, 2024)
    assert {
        n: len(getattr(tables, n)) > 0
        for n in ("unit", "pegawai", "kegiatan", "peserta", "kinerja", "skm")
    } == dict.fromkeys(("unit", "pegawai", "kegiatan", "peserta", "kinerja", "skm"), True)
    assert tables.kinerja["output"].astype(float).between(300, 3000).all()
    assert tables.skm.loc[tables.skm["tahun"] == 2024, "waktu"].isin([1, 2, 3, 4]).mean() > 0.99
    assert set(tables.pegawai["jenis_kelamin"]) == {"L", "P"}
    assert tables.synthetic
    found = counts(tables.exclusions)
    assert {f for f, _ in found} == {
        "row_not_data", "number_format", "missing_marker", "out_of_scale", "duplicate_conflicting", "nip_not_on_roll",
        "column_not_needed", "nip_format", "duplicate_identical", "nip_rounded", "text_escaped",
    }  # fmt: skip
