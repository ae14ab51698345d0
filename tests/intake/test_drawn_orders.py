"""A draw of the order in which units are trained is read as it is handed in."""

from __future__ import annotations

from pathlib import Path

from helpers import intake
from tests.conftest import NIPS

ROWS = "tahun;{unit};strata;giliran;benih\n2024;{first};a;2024;s1\n2024;{second};a;2025;s1\n"


def _told(folder: Path) -> dict[tuple[str, str], list[int]]:
    return {
        (p.fault, p.column): sorted(p.rows)
        for p in intake.check(folder)
        if p.table == "undian_unit" and p.fault != "number_format"
    }


def test_units_are_known_by_code_and_by_name(tiny):
    folder, read = tiny(), []
    for unit, first, second in (
        ("kode_unit", "K0", "K1"),
        ("Unit Kerja", "Loket Nol", "loket satu"),
        ("Unit Kerja", "K0", "Loket Satu"),
    ):
        (folder / "undian_unit_2024.csv").write_text(
            ROWS.format(unit=unit, first=first, second=second)
        )
        assert _told(folder) == {}
        read.append(intake.study(folder, 2024).undian_unit)
    assert list(read[0]["kode_unit"]) == ["K0", "K1"]
    assert list(read[0]["giliran"]) == [2024, 2025]
    assert all(read[0].equals(other) for other in read[1:])


def test_what_cannot_be_used_is_counted_with_its_reason(tiny):
    folder = tiny()
    (folder / "giliran unit.csv").write_text(
        ROWS.format(unit="kode_unit", first="K0", second="K1")
        + "2024;K9;a;2025;s1\n"  # no such unit
        + "2024;K0;a;2024;s1\n"  # once more
        + "2024;K1;a;2023;s1\n"  # its turn before the draw
        + "2024;K1;a;;s1\n"
    )
    assert _told(folder) == {
        ("unit_unknown", "kode_unit"): [4],
        ("duplicate_identical", "kode_unit"): [5],
        ("out_of_scale", "giliran"): [6, 7],
    }
    assert len(intake.study(folder, 2024).undian_unit) == 2


def test_a_later_draw_is_not_there_yet(tiny):
    folder = tiny()
    rows = ROWS.format(unit="kode_unit", first="K0", second="K1")
    (folder / "undian_unit_2025.csv").write_text(
        rows.replace("2025", "2026").replace("2024", "2025")
    )
    assert intake.study(folder, 2024).undian_unit.empty


def test_a_draw_of_people_stays_one_of_people(tiny):
    folder = tiny()
    people = intake.study(folder, 2024).pegawai
    (folder / "undian_unit_2024.csv").write_text(
        ROWS.format(unit="kode_unit", first="K0", second="K1")
    )
    nips = [line.split(",")[1] for line in (folder / "pegawai.csv").read_text().splitlines()[1:3]]
    (folder / "undian_2024.csv").write_text(
        "tahun,nip,kode_unit,strata,terpilih,benih\n"
        + "".join(f"2024,{n},K0,a,{w},7\n" for n, w in zip(nips, ("ya", "tidak"), strict=True))
    )
    study = intake.study(folder, 2024)
    assert len(study.undian) == 2 and len(study.undian_unit) == 2
    assert set(study.undian["pegawai_id"]) <= set(people["pegawai_id"])


def test_two_draws_of_one_year_for_the_same_people_are_called_so(tiny):
    draws = {
        f"undian_2024_{seed}": "tahun,nip,strata,terpilih,benih\n"
        + "".join(f"2024,{n},a,{'ya' if at % 2 else 'tidak'},{seed}\n" for at, n in enumerate(NIPS))
        for seed in (5, 6)
    }
    told = [p for p in intake.check(tiny(**draws)) if p.table == "undian"]
    assert {p.fault for p in told} == {"duplicate_conflicting", "mass_loss"}
    assert all("two draws for one year" in p.remedy["en"] for p in told)
