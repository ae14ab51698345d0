"""No person in the name of a file or a sheet reaches a message, a result or what is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from helpers import intake
from helpers.contracts import EvaluasiError, load_plan, project
from helpers.intake import unchanged
from helpers.intake.private_names import WithoutPeople
from tests.conftest import _TINY, NIPS

SCORES, ROLL = _TINY["kinerja"], _TINY["pegawai"]
BUDI, SITI = "198503122010011004", "199005122015022003"
FILES = {
    f"SKP Budi Santoso {BUDI}.xlsx": "SKP Aaaa Aaaaaaa ….xlsx",
    f"SKP-{SITI[:8]} {SITI[8:14]} {SITI[14]} {SITI[15:]}.csv": "SKP-….csv",
    f"SKP-{BUDI}.csv": "SKP-… (2).csv",
    "budi_santoso.csv": "aaaa_aaaaaaa.csv",
    "BudiSantoso.zip": "AaaaAaaaaaa.zip",
    "catatan Budi Santoso.csv": "catatan Aaaa Aaaaaaa.csv",
    "kinerja.csv": "kinerja.csv",
}
TELLING = (BUDI, SITI, SITI[8:14], "Budi", "budi", "Santoso", "santoso", "Siti")


def _folder(tiny) -> Path:
    roll = ROLL.replace("Contoh Nama 0", '"Drs. BUDI SANTOSO, M.Si"').replace(
        "Contoh Nama 1", "Siti A."
    )
    folder = tiny(pegawai=roll)
    head, *rows = SCORES.splitlines()
    lines = iter(rows)
    for name in FILES:
        path = folder / name
        if name.endswith(".xlsx"):
            book = openpyxl.Workbook()
            book.active.title = "Budi Santoso 2"
            for line in (head, next(lines).replace("80.5", "80.5%")):
                book.active.append(line.split(","))
            book.create_sheet("Ttd Budi Santoso").append(["Mengetahui", "x"])
            other = book.create_sheet(f"Inventaris {BUDI}")
            for number in range(6):
                other.append(["meja", number])
            book.save(path)
        elif name.startswith("catatan"):
            path.write_text("barang,jumlah\nmeja,3\n")
        elif not name.endswith(".zip"):
            path.write_text(f"{head}\n{next(lines).replace('80.5', '80.5%')}\n")
        else:
            path.write_text("PK")
    return folder


def test_no_person_in_a_name_is_told(tiny):
    folder, plan = _folder(tiny), load_plan()
    study = intake.study(folder, 2024)
    hashes = intake.input_hashes(folder)
    for form in ("text", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "helpers", "check", "--data", str(folder), "--format", form],
            capture_output=True,
            check=False,
        )
        shown = done.stdout.decode() + done.stderr.decode()
        assert "SKP Aaaa Aaaaaaa ….xlsx" in shown and not [t for t in TELLING if t in shown]
    told = [
        *study.exclusions["file"],
        *study.notes,
        *hashes,
        *intake.files_used(folder, 2024, plan),
    ]
    told += [f"{s.file} {s.sheet} {s.beside}" for s in intake.sheets_read(folder)]
    told += [f"{p.file} {p.sheet} {p.found}" for p in intake.check(folder)]
    told += [file for file, _ in intake.identities(folder).places.values()]
    assert not [t for t in TELLING if t in json.dumps(told)]
    # Each is still a file of its own, and its content is what was hashed.
    files = {shown for name, shown in FILES.items() if name.endswith((".csv", ".xlsx"))}
    assert files <= set(hashes) and set(intake.files_used(folder, 2024, plan)) <= set(hashes)
    assert {s.file for s in intake.sheets_read(folder) if s.table == "kinerja"} == files - {
        "catatan Aaaa Aaaaaaa.csv"
    }
    assert "Ttd Aaaa Aaaaaaa" in {n for s in intake.sheets_read(folder) for n in s.beside}


def test_what_is_kept_of_a_folder_names_nobody(tiny, private):
    folder = _folder(tiny)
    first = intake.check(folder)
    seen = {p: p.read_bytes() for p in project.PREPARED.rglob("*.*") if p.is_file()}
    kept = [
        content for path, content in seen.items() if path.name in ("facts.json", "events.parquet")
    ]
    assert kept and not [t for t in TELLING for content in kept if t.encode() in content]
    assert intake.check(folder) == first and "SKP-….csv" in intake.input_hashes(folder)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (f"SKP {BUDI}.csv", "SKP ….csv"),
        ("skm_2023 Budi.csv", "skm_2023 Aaaa.csv"),
        ("undian Nila 2023.xlsx", "undian Aaaa 2023.xlsx"),
        ("Data Pegawai 2023.xlsx", "Data Pegawai 2023.xlsx"),
    ],
)
def test_a_file_that_changed_is_named_without_a_person(name: str, shown: str, tiny):
    """Nor when the roll, which alone knows the name, is what changed."""
    folder = tiny()
    (plan := folder.parent / "rencana.yml").write_text("{}")
    seen = unchanged.FilesSeen.now(folder, plan)
    (folder / "pegawai.csv").unlink()
    (folder / name).write_text(SCORES)
    plan.write_text("{ }")
    with pytest.raises(EvaluasiError) as stopped:
        seen.still()
    said = stopped.value.message("en").partition(":")[0]
    assert sorted(said.split(", ")) == sorted([shown, "pegawai.csv", "rencana.yml"])


@pytest.mark.parametrize(
    ("name", "people", "shown"),
    [
        ("Data Pegawai 2023.xlsx", {"Data Pegawai"}, "Data Pegawai 2023.xlsx"),
        ("SKP Sutrisno.csv", {"SUTRISNO"}, "SKP Aaaaaaaa.csv"),
        ("SKP Ani.csv", {"Ani"}, "SKP Aaa.csv"),
        ("SKP ani 2023.csv", {"Drs. Ani Santoso, M.Si"}, "SKP aaa 2023.csv"),
        ("Siti Aminah.csv", {"Siti Aminah S. Kom"}, "Aaaa Aaaaaa.csv"),
        ("SKP-Budi.csv", {"Hj. Budi R. Santoso", "Budi Utama"}, "SKP-Aaaa.csv"),
        ("Agustus.csv", {"Agustus Santoso"}, "Agustus.csv"),
        ("SKP Nila.csv", {"Nila Santoso"}, "SKP Aaaa.csv"),
        ("Budidaya.csv", {"Budi Santoso"}, "Budidaya.csv"),
        ("Santoso, Budi.csv", {"Budi Santoso"}, "Aaaaaaa, Aaaa.csv"),
        ("Jalan Santoso.csv", {"Budi Santoso"}, "Jalan Santoso.csv"),
        ("kinerja.csv", set(), "kinerja.csv"),
    ],
)
def test_whole_names_and_first_names_are_hidden(name: str, people: set[str], shown: str):
    hidden = WithoutPeople.of([name], [], people)
    assert hidden.files.get(name, name) == shown
    assert bool(hidden) == (name != shown)


def test_the_nips_of_the_roll_are_not_needed_to_know_one():
    names = [f"{n}.csv" for n in NIPS]
    assert list(WithoutPeople.of(names, [], ()).files.values()) == [
        "….csv",
        "… (2).csv",
        "… (3).csv",
        "… (4).csv",
    ]
