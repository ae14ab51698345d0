"""The list of who is invited lies under data/private alone, and the screen names nobody."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers import intake, simulate
from helpers.cli import app
from helpers.contracts import project
from helpers.publish.readable import readings
from tests.conftest import SMALL


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(project, "PRIVATE", tmp_path / "private")
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    return tmp_path / "private"


def _invite(data: Path, *args: str) -> tuple[int, str]:
    asked = ["invitations", "--year", "2024", "--data", str(data), *args]
    done = CliRunner().invoke(app, asked, prog_name="evaluasi")
    return done.exit_code, done.output


def _list(private: Path, rule: str) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(private / f"undangan_2025_{rule}.xlsx").active
    return list(sheet.iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize("rule", ["gap", "equal"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_list_holds_people_of_the_roll_and_the_screen_nobody(small_region, private, rule, lang):
    code, said = _invite(small_region, "--seats", "25", "--rule", rule, "--lang", lang)
    assert code == 0, said
    rows = _list(private, rule)
    roll = pd.read_csv(small_region / "pegawai_2024.csv", dtype=str).set_index("nip")
    assert [r[0] for r in rows] == list(range(1, 26))
    assert len({r[1] for r in rows}) == 25
    assert all(roll.loc[r[1], "nama"] == r[2] for r in rows)
    assert not any(nip in said or name in said for nip, name in roll["nama"].items())
    assert "25" in said.splitlines()[0]


def test_both_files_hold_the_same_list(small_region, private):
    code, said = _invite(small_region, "--seats", "25")
    assert code == 0, said
    rows = pd.read_csv(private / "undangan_2025_gap.csv", dtype=str, keep_default_na=False)
    assert rows.columns[1] == "NIP" and rows["NIP"].str.fullmatch(r"\d{18}").all()
    assert [list(map(str, r)) for r in _list(private, "gap")] == rows.to_numpy().tolist()
    modes = {f.stat().st_mode & 0o77 for f in private.iterdir()}
    assert modes == {0}


def test_the_seed_alone_decides_among_the_tied(small_region, private):
    lists = []
    for seed in ("1", "2", "1"):
        code, said = _invite(small_region, "--seats", "12", "--rule", "equal", "--seed", seed)
        assert code == 0 and f": {seed}." in said
        lists.append(_list(private, "equal"))
    assert lists[0] == lists[2] != lists[1]


def test_another_key_makes_the_same_list(small_region, private):
    _invite(small_region, "--seats", "40")
    first, key = _list(private, "gap"), (private / "key").read_text()
    (private / "key").unlink()
    _invite(small_region, "--seats", "40")
    assert (private / "key").read_text() != key
    assert _list(private, "gap") == first


def test_a_name_is_never_a_formula(tmp_path, private):
    data = tmp_path / "data"
    simulate.write(SMALL, data)
    file = data / "pegawai_2024.csv"
    roll = pd.read_csv(file, dtype=str)
    roll["nama"] = '=HYPERLINK("x")'
    roll.to_csv(file, index=False)
    code, said = _invite(data, "--seats", "3")
    assert code == 0, said
    sheet = openpyxl.load_workbook(private / "undangan_2025_gap.xlsx").active
    cells = [c for row in sheet.iter_rows(min_row=2) for c in row[1:]]
    assert {c.data_type for c in cells} == {"s"}
    assert sheet["C2"].value.startswith("=")
    assert set(pd.read_csv(private / "undangan_2025_gap.csv", dtype=str)["nama"]) == {
        '\'=HYPERLINK("x")'
    }


@pytest.mark.parametrize("seats", ["0", "-3", "100000"])
def test_seats_that_cannot_be_filled_are_refused(small_region, private, seats):
    code, said = _invite(small_region, "--seats", seats)
    assert code == 2 and f"--seats {seats}" in said
    assert not list(private.glob("undangan*"))


def test_a_year_without_a_roll_is_refused(small_region, private):
    code, said = _invite(small_region, "--seats", "3", "--year", "2031")
    assert code == 1 and "2031" in said and "Perbaiki" in said
    assert not list(private.glob("undangan*"))


def test_without_participants_it_says_what_is_missing(tmp_path, private):
    data = tmp_path / "data"
    simulate.write(SMALL, data)
    for file in data.glob("peserta*"):
        file.unlink()
    code, said = _invite(data, "--seats", "3")
    assert code == 1 and "peserta" in said and not list(private.glob("undangan*"))


def _draw(data: Path, *args: str) -> tuple[int, str]:
    return _invite(data, "--rule", "draw", *args)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_draw_leaves_its_table_its_list_and_a_record_and_names_nobody(
    small_region, private, lang
):
    code, said = _draw(small_region, "--seats", "60", "--seed", "11", "--lang", lang)
    assert code == 0, said
    roll = pd.read_csv(small_region / "pegawai_2024.csv", dtype=str).set_index("nip")
    table = pd.read_csv(private / "undian_2025.csv", dtype=str)
    assert list(table) == ["tahun", "nip", "strata", "terpilih", "benih"]
    assert set(table["nip"]) == set(roll.index) and set(table["tahun"]) == {"2025"}
    drawn = table[table["terpilih"] == "ya"]
    assert len(drawn) == 60 and table["benih"].nunique() == 1
    assert table["benih"][0].split("/")[0] == "11" and table["benih"][0] in said
    assert {row[1] for row in _list(private, "draw")} == set(drawn["nip"])
    record = private / f"undian_2025_{ {'id': 'berita_acara', 'en': 'record'}[lang] }.docx"
    told = "\n".join(readings(record))
    digest = hashlib.sha256((private / "undian_2025.csv").read_bytes()).hexdigest()
    assert digest in told and table["benih"][0] in told
    assert {"id": "Data sintetis", "en": "Synthetic data"}[lang] in told
    for text in (said, told):
        assert not any(nip in text or name in text for nip, name in roll["nama"].items())
    assert {f.stat().st_mode & 0o77 for f in private.iterdir()} == {0}


def test_a_year_is_drawn_once(small_region, private):
    assert _draw(small_region, "--seats", "60")[0] == 0
    before = (private / "undian_2025.csv").read_bytes()
    assert _draw(small_region, "--seats", "60")[0] == 0
    code, said = _draw(small_region, "--seats", "60", "--seed", "7", "--lang", "en")
    assert code == 2 and "another draw of 2025" in said
    assert (private / "undian_2025.csv").read_bytes() == before


def test_a_draw_needs_somebody_left_and_a_balance_that_can_be_kept(small_region, private):
    everybody = len(pd.read_csv(small_region / "pegawai_2024.csv"))
    code, said = _draw(small_region, "--seats", str(everybody), "--lang", "en")
    assert code == 2 and "nobody is left to compare with" in said
    code, said = _draw(small_region, "--seats", "3", "--lang", "en")
    assert code == 1 and "draw.balance" in said
    assert not list(private.glob("und*"))


def test_the_table_of_a_draw_is_read_with_next_year_s_data(small_region, private, tmp_path, plan):
    assert _draw(small_region, "--seats", "60")[0] == 0
    data = tmp_path / "data"
    shutil.copytree(small_region, data)
    for name in ("pegawai", "kinerja"):
        rows = pd.read_csv(data / f"{name}_2024.csv", dtype=str).assign(tahun="2025")
        rows.to_csv(data / f"{name}_2025.csv", index=False)
    roll = pd.read_csv(data / "pegawai_2025.csv", dtype=str)
    shutil.copy(private / "undian_2025.csv", data)
    read = intake.study(data, 2025, plan).undian
    assert len(read) == len(roll) and (read["terpilih"] == "ya").sum() == 60
