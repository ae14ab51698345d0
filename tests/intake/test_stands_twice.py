"""Who or what stands more than once with rows that differ: in mass it stops, and each kind of table
has its own rule for what counts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import intake
from helpers.contracts import EvaluasiError, Problem
from tests.conftest import _TINY, NIPS

PEOPLE = [f"1980{1 + i % 9:02d}{1 + i % 27:02d}2005011{i + 1:03d}" for i in range(60)]
HEADS = {"pegawai": "tahun,nip,kode_unit,golongan", "kinerja": "tahun,nip,nilai_skp"}
SAID = {"pegawai": ("K0,III/a", "K0,III/b"), "kinerja": ("80.5", "90.5")}


def _table(name: str, people: list[str], years: tuple[int, ...], said: str) -> str:
    return "\n".join([HEADS[name], *(f"{y},{n},{said}" for y in years for n in people)]) + "\n"


def _region(tiny, **more: str) -> Path:
    both = {name: _table(name, PEOPLE, (2023, 2024), SAID[name][0]) for name in HEADS}
    return tiny(peserta=None, kegiatan=None, **{**both, **more})


def _told(folder: Path, fault: str, table: str = "") -> list[Problem]:
    return [p for p in intake.check(folder) if p.fault == fault and table in ("", p.table)]


@pytest.mark.parametrize("name", HEADS)
def test_two_exports_of_one_year_that_differ_stop(tiny, name: str):
    newer = _table(name, PEOPLE[:10], (2024,), SAID[name][1])
    folder = _region(tiny, **{f"{name} b": newer})
    (stop,) = _told(folder, "mass_loss", name)
    assert (stop.column, stop.found) == ("nip", f"10 nip (20/70): {name} b.csv + {name}.csv")
    assert "lebih dari sekali" in stop.what["id"] and "simpan yang terbaru" in stop.remedy["id"]
    assert "two exports of different dates" in stop.remedy["en"]
    with pytest.raises(EvaluasiError, match="10 nip"):
        intake.study(folder, 2024)
    # Nothing of it concerns the year before.
    assert not [p for p in intake.check(folder, year=2023) if p.fault == "mass_loss"]


@pytest.mark.parametrize("name", HEADS)
def test_few_who_stand_twice_are_left_out_and_counted(tiny, name: str):
    """Nine people are no mass, however short the table, unless it holds nobody else."""
    nine = _table(name, PEOPLE[:9], (2024,), SAID[name][1])
    few = {n: _table(n, PEOPLE[:10], (2023, 2024), SAID[n][0]) for n in HEADS}
    folder = _region(tiny, **few, **{f"{name} b": nine})
    assert not _told(folder, "mass_loss", name)
    assert sum(p.count for p in _told(folder, "duplicate_conflicting")) == 18
    few = {n: _table(n, PEOPLE[:9], (2023, 2024), SAID[n][0]) for n in HEADS}
    assert _told(_region(tiny, **few, **{f"{name} b": nine}), "mass_loss", name)


def test_a_share_that_the_plan_allows_may_stand_twice(tiny, plan):
    newer = _table("kinerja", PEOPLE[:10], (2024,), "90.5")
    folder = _region(tiny, kinerja_b=newer)
    intake_ = plan.intake.model_copy(update={"most_lost": 0.3})
    assert (
        len(intake.study(folder, 2024, plan.model_copy(update={"intake": intake_})).kinerja) > 100
    )


def test_activities_and_forms_that_stand_twice_in_mass_stop(tiny):
    course = "kode_kegiatan,nama_kegiatan,metode,tema,tanggal_mulai,jp\n" + "".join(
        f"A{i},Kursus,seminar,etika,2024-02-0{d},8\n" for i in range(1, 5) for d in (1, 2)
    )
    folder = tiny(kegiatan=course)
    (stop,) = _told(folder, "mass_loss", "kegiatan")
    assert stop.found == "4 kode_kegiatan (8/8)"
    # Numbers of forms that repeat as often begin anew somewhere: they are no key.
    head, *rows = _TINY["skm"].splitlines()
    forms = [f"{i % 8},{row}" for i, row in enumerate(rows)]
    changed = [row.replace(",3,", ",2,", 1) for row in forms]
    twice = "\n".join(["id_respon," + head, *forms, *changed]) + "\n"
    assert not _told(tiny(skm=twice), "mass_loss", "skm")


def test_a_year_of_which_every_row_stands_twice_stops_once(tiny):
    newer = _table("kinerja", PEOPLE, (2024,), "90.5")
    (stop,) = _told(_region(tiny, kinerja_b=newer), "mass_loss", "kinerja")
    assert stop.found.startswith("60 nip (120/120)")


UNITS = "kode_unit,nama_unit,kecamatan\nK0,Loket Nol,Utara\nK1,Loket Satu,Utara\n"


@pytest.mark.parametrize(
    ("rows", "name", "place", "found", "at"),
    [
        ("K1,Loket Satu Baru,Utara\n", "Loket Satu Baru", "Utara", "nama_unit", (3, 4)),
        ("K1,Loket Satu,Selatan\n", "Loket Satu", "Selatan", "kecamatan", (3, 4)),
        ("K1,,Selatan\n", "Loket Satu", "Utara", "nama_unit, kecamatan", (3, 4)),
        ("K1,Loket Lain,Utara\n" * 2, "Loket Lain", "Utara", "nama_unit", (3, 5)),
    ],
)
def test_a_unit_that_stands_twice_in_one_file_keeps_its_people_and_is_told(
    tiny, rows: str, name: str, place: str, found: str, at: tuple[int, int]
):
    folder = tiny(unit=UNITS + rows)
    study = intake.study(folder, 2024)
    unit = study.unit.set_index("kode_unit").loc["K1"]
    assert (unit["nama_unit"], unit["kecamatan"]) == (name, place)
    assert set(study.pegawai["kode_unit"]) <= set(study.unit["kode_unit"])
    assert len(study.pegawai) == 8
    (told,) = _told(folder, "duplicate_conflicting")
    assert (told.action, told.rows, told.found) == ("warned", at, found)
    assert "baris terakhir" in told.what["id"] and "the last row" in told.what["en"]
    copies = sum(p.count for p in _told(folder, "duplicate_identical"))
    assert copies == rows.count("\n") - 1


def test_people_given_by_either_name_of_a_unit_are_placed(tiny):
    roll = _TINY["pegawai"].replace("kode_unit", "Unit Kerja", 1).replace(",K0,", ",Loket Nol,")
    one, other = roll.replace(",K1,", ",Loket Satu,", 2), "Loket Satu Baru"
    folder = tiny(unit=UNITS + f"K1,{other},Utara\n", pegawai=one.replace(",K1,", f",{other},"))
    assert len(intake.study(folder, 2024).pegawai) == 8


def test_a_name_that_one_row_of_a_unit_gives_up_is_the_other_units(tiny):
    """Else its people would be nobody's: two units would seem to have the name."""
    folder = tiny(unit=UNITS + "K1,Gerai Satu,Utara\nK2,Loket Satu,Utara\n")
    assert not [p for p in _told(folder, "unit_unknown") if "Loket Satu" in p.found]
    assert {p.fault for p in intake.check(folder) if p.table == "unit"} == {"duplicate_conflicting"}


HISTORY = "nip,Nama Diklat,Tanggal Mulai,Tanggal Selesai,Jumlah JP\n"


def _history(tiny, *attended: str, years: tuple[int, ...] = (2023, 2024)) -> Path:
    rows = "".join(
        f"{n},Etika,{y}-05-03,{a}\n" for y in years for n, a in zip(NIPS, attended, strict=True)
    )
    return tiny(kegiatan=None, peserta=None, riwayat=HISTORY + rows)


@pytest.mark.parametrize(
    ("hours", "counts", "found"),
    [
        (("24", "24", "24", "12"), 24, "'12'"),
        (("24", "", "24", "12"), 24, "'' × 1, '12' × 1"),
        (("", "12", "-", ""), 12, "'' × 2, '-' × 1"),
        (("12", "24", "12", "24"), 12, "'24'"),
        (("640000", "8", "8", "x"), 8, "'640000' × 1, 'a' × 1"),
    ],
)
def test_hours_that_differ_split_no_activity_of_a_history(
    tiny, hours: tuple[str, ...], counts: float, found: str
):
    folder = _history(tiny, *(f"2023-05-05,{h}" for h in hours), years=(2023,))
    study = intake.study(folder, 2024)
    assert list(study.kegiatan["jp"]) == [counts] and len(study.peserta) == 4
    (told,) = _told(folder, "duplicate_conflicting")
    assert (told.table, told.action, told.column) == ("kegiatan", "warned", "Jumlah JP")
    assert told.found == found


def test_the_last_day_of_an_activity_is_what_most_say_else_the_latest(tiny):
    for ends, last in (
        (("2023-05-05", "2023-05-06", "2023-05-05", "2023-05-09"), "2023-05-05"),
        (("2023-05-05", "2023-05-06", "", ""), "2023-05-06"),
        (("2023-05-01", "2023-05-01", "2023-05-04", ""), "2023-05-04"),
    ):
        folder = _history(tiny, *(f"{end},12" for end in ends), years=(2023,))
        study = intake.study(folder, 2024)
        assert [str(day)[:10] for day in study.kegiatan["tanggal_selesai"]] == [last]
        (told,) = _told(folder, "duplicate_conflicting")
        assert told.column == "Tanggal Selesai"
        assert told.rows == tuple(2 + i for i, end in enumerate(ends) if end != last)


def test_attendances_that_agree_are_told_nothing_and_years_stay_apart(tiny):
    folder = _history(tiny, *["2024-12-31,12"] * 4)
    assert not _told(folder, "duplicate_conflicting")
    assert len(intake.study(folder, 2024).kegiatan) == 2


def test_somebody_who_stands_in_a_history_with_two_numbers_of_hours_attended_once(tiny):
    rows = "".join(f"{n},Etika,2023-05-03,2023-05-03,12\n" for n in NIPS)
    again = f"{NIPS[0]},Etika,2023-05-03,2023-05-03,24\n"
    folder = tiny(kegiatan=None, peserta=None, riwayat=HISTORY + rows + again)
    study = intake.study(folder, 2024)
    assert (list(study.kegiatan["jp"]), len(study.peserta)) == ([12], 4)
    assert [p.rows for p in _told(folder, "duplicate_identical")] == [(6,)]
