"""Who or what stands more than once with rows that differ: in mass it stops, and each kind of table
has its own rule for what counts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import intake
from helpers.contracts import EvaluasiError, Problem
from tests.conftest import _TINY

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
    newer = _table(name, PEOPLE[:3], (2024,), SAID[name][1])
    folder = _region(tiny, **{f"{name} b": newer})
    (stop,) = _told(folder, "mass_loss", name)
    assert (stop.column, stop.found) == ("nip", f"3 nip (6/63): {name} b.csv + {name}.csv")
    assert "lebih dari sekali" in stop.what["id"] and "simpan yang terbaru" in stop.remedy["id"]
    assert "two exports of different dates" in stop.remedy["en"]
    with pytest.raises(EvaluasiError, match="3 nip"):
        intake.study(folder, 2024)
    # Nothing of it concerns the year before.
    assert not [p for p in intake.check(folder, year=2023) if p.fault == "mass_loss"]


@pytest.mark.parametrize("name", HEADS)
def test_few_who_stand_twice_are_left_out_and_counted(tiny, name: str):
    """Two people are no mass, however small the table; nor is a share that the plan allows."""
    two = _table(name, PEOPLE[:2], (2024,), SAID[name][1])
    few = {n: _table(n, PEOPLE[:8], (2023, 2024), SAID[n][0]) for n in HEADS}
    folder = _region(tiny, **few, **{f"{name} b": two})
    assert not _told(folder, "mass_loss", name)
    assert sum(p.count for p in _told(folder, "duplicate_conflicting")) == 4


def test_a_share_that_the_plan_allows_may_stand_twice(tiny, plan):
    newer = _table("kinerja", PEOPLE[:3], (2024,), "90.5")
    folder = _region(tiny, kinerja_b=newer)
    intake_ = plan.intake.model_copy(update={"most_lost": 0.1})
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
