"""The list of who is invited lies under data/private alone, and the screen names nobody."""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers import intake, simulate
from helpers.cli import app
from helpers.cli_draws_made import HISTORY, MadeDraw
from helpers.cli_words import say
from helpers.publish.readable import readings
from tests.conftest import SMALL


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


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("id", "untuk semua orangnya atau tidak sama sekali: 1 dari"),
        ("en", "all or none got a seat: 1 of"),
    ],
)
def test_a_stratum_of_one_person_is_told(small_region, private, tmp_path, lang, words):
    """Whatever the lot gives that person, there is nobody beside whom to see it."""
    data = shutil.copytree(small_region, tmp_path / "data")
    roll = pd.read_csv(data / "pegawai_2024.csv", dtype=str)
    roll.loc[0, "jenis_jabatan"] = ""
    roll.to_csv(data / "pegawai_2024.csv", index=False)
    for folder, told in ((data, True), (small_region, False)):
        code, said = _draw(folder, "--seats", "60", "--seed", "11", "--lang", lang)
        assert code == 0 and (words in said) == told, said
        (private / "undian_2025.csv").unlink()


def test_a_year_is_drawn_once(small_region, private):
    assert _draw(small_region, "--seats", "60")[0] == 0
    before = (private / "undian_2025.csv").read_bytes()
    assert _draw(small_region, "--seats", "60")[0] == 0
    code, said = _draw(small_region, "--seats", "60", "--seed", "7", "--lang", "en")
    assert code == 2 and "another draw of 2025" in said
    assert (private / "undian_2025.csv").read_bytes() == before


@pytest.mark.parametrize("rule", ["draw", "order"])
def test_a_draw_that_lies_in_the_data_alone_is_not_replaced(small_region, private, rule, tmp_path):
    """As where data/private is another computer's."""
    seats, table, without = {
        "draw": ("60", "undian", ()),
        "order": ("4", "undian_unit", ("peserta*", "kegiatan*")),
    }[rule]
    data = tmp_path / "data"
    shutil.copytree(small_region, data, ignore=shutil.ignore_patterns(*without))
    asked = ("--seats", seats, "--rule", rule, "--lang", "en")
    assert _invite(data, *asked, "--seed", "5")[0] == 0
    made = private / f"{table}_2025.csv"
    in_data = Path(shutil.copy(made, data / f"hasil {made.name}"))
    for file in private.iterdir():
        file.unlink()
    code, said = _invite(data, *asked, "--seed", "7")
    assert code == 2 and f"{in_data.name} is there already" in said and not made.exists()
    # The very draw may be made again by whoever wants to see that it is the one.
    assert _invite(data, *asked, "--seed", "5")[0] == 0
    assert made.read_bytes() == in_data.read_bytes()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_draw_made_again_with_another_seed_is_told_before_and_on_record(
    small_region, private, lang
):
    """The file may be moved away; that there was another draw stays known."""
    record = private / f"undian_2025_{ {'id': 'berita_acara', 'en': 'record'}[lang] }.docx"
    before = {"id": "tahun yang sama pernah dibuat", "en": "same year were made here before"}[lang]
    cancelled = say("draw.cancelled", lang)

    def drawn(seed: str) -> tuple[str, str]:
        code, said = _draw(small_region, "--seats", "60", "--seed", seed, "--lang", lang)
        assert code == 0, said
        return said, "\n".join(readings(record))

    for texts in (drawn("11"), drawn("11")):
        assert not any(before in text or cancelled in text for text in texts)
    first = pd.read_csv(private / "undian_2025.csv", dtype=str)["benih"][0]
    (private / "undian_2025.csv").unlink()
    said, told = drawn("12")
    for text in (said, told):
        assert before in text and f"({first}, " in text
    assert cancelled in told
    # Before the files: who stops here has drawn nothing.
    assert said.index(before) < said.index("undian_2025.csv")


_MADE = datetime(2024, 12, 31, 10, 0)


def _history(private: Path, seed: str = "7") -> str:
    """As the program writes it after one draw."""
    (private / HISTORY).unlink(missing_ok=True)
    return MadeDraw("undian", 2025, "another", seed, 1).noted(_MADE)[HISTORY]


@pytest.mark.parametrize(
    "stored",
    [
        lambda made: made.encode(),
        lambda made: made.replace(",", ";").replace("\n", "\r\n").encode(),
        lambda made: made.encode("utf-8-sig"),
        lambda made: made.replace(",", ";").encode("utf-8-sig") + b";;;\r\n",
        lambda made: made.encode("cp1252"),
    ],
)
def test_the_list_of_draws_is_kept_whole_when_a_spreadsheet_saved_it(private, plan, stored):
    made = _history(private, "rapat é")
    (private / HISTORY).write_bytes(stored(made))
    one_more = MadeDraw("undian", 2025, "one more", "8", plan.inference.seed)
    (_, before) = one_more.stated("en")
    assert "2024-12-31 10:00 (rapat é, " in before
    assert one_more.noted(_MADE)[HISTORY].startswith(made)


@pytest.mark.parametrize(
    ("damage", "row"),
    [
        (lambda made: made.replace("waktu,", "time,"), 1),
        (lambda made: made.replace(",", "\t"), 1),
        (lambda made: "", 1),
        (lambda made: made + "a note\n", 3),
        (lambda made: made.replace(",7,", ",7,5,"), 2),
    ],
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_list_of_draws_that_is_not_understood_is_refused_and_left(
    small_region, private, damage, row, lang
):
    damaged = damage(_history(private))
    (private / HISTORY).write_text(damaged)
    code, said = _draw(small_region, "--seats", "60", "--seed", "11", "--lang", lang)
    word = {"id": "baris", "en": "row"}[lang]
    assert code == 2 and f"data/private/{HISTORY}, {word} {row}: " in said, said
    assert (private / HISTORY).read_text() == damaged
    assert not (private / "undian_2025.csv").exists()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_whose_seed_a_draw_takes_is_told_before_it_is_written_and_on_record(
    small_region, private, lang
):
    record = private / f"undian_2025_{ {'id': 'berita_acara', 'en': 'record'}[lang] }.docx"
    for seed, whose in ((None, "seed_known"), ("11", "seed_named")):
        asked = ("--seed", seed) if seed else ()
        code, said = _draw(small_region, "--seats", "60", *asked, "--lang", lang)
        assert code == 0, said
        told = "\n".join(readings(record))
        for key in ("seed_known", "seed_named"):
            sentence = say(f"draw.{key}", lang, seed="#").split("#")[1]
            assert (sentence in said, sentence in told) == (key == whose,) * 2
            assert key != whose or said.index(sentence) < said.index("undian_2025.csv")
        # Who signs says where a seed comes from that was named.
        assert (say("draw.origin", lang) in told) == (whose == "seed_named")
        (private / "undian_2025.csv").unlink()


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


@pytest.mark.parametrize("rule", ["draw", "order"])
@pytest.mark.parametrize(("lang", "words"), [("id", "sudah ada dalam data"), ("en", "in the data")])
def test_no_lot_is_drawn_for_a_year_whose_outcomes_are_known(
    small_region, private, rule, lang, words
):
    asked = ("--seats", "4", "--rule", rule, "--year", "2023", "--lang", lang)
    code, said = _invite(small_region, *asked)
    assert code == 2 and words in said and "kinerja_2024.csv" in said and "2024" in said
    assert not list(private.glob("und*"))
    # Whom a rule invites is no lot that could be tried until it suits.
    assert _invite(small_region, *asked[:2], "--rule", "equal", "--year", "2023")[0] == 0


@pytest.mark.parametrize(("lang", "words"), [("id", "tanpa --seed"), ("en", "without --seed")])
def test_the_plan_s_own_seed_is_told_as_one_that_all_knew(small_region, private, lang, words):
    code, said = _draw(small_region, "--seats", "60", "--lang", lang)
    assert code == 0 and words in said and "Kabupaten Solok" in said
    code, said = _draw(small_region, "--seats", "60", "--seed", "20170514", "--lang", lang)
    assert code == 0 and words not in said
    # The shares that an equal chance promises are not those that the lot gave.
    assert " %" not in said and "%" not in said


def _apart(folder: Path, must: list[str], must_not: list[str]) -> Path:
    rows = [f"{n},wajib,prajabatan" for n in must] + [f"{n},tidak,=pensiun" for n in must_not]
    file = folder / "ketentuan.csv"
    file.write_text("\n".join(["nip,ketentuan,alasan", *rows]) + "\n")
    return file


@pytest.mark.parametrize("lang", ["id", "en"])
def test_who_is_seated_or_left_out_by_rule_is_in_no_draw_and_listed_with_the_reason(
    small_region, private, tmp_path, lang
):
    roll = pd.read_csv(small_region / "pegawai_2024.csv", dtype=str)
    must, must_not = list(roll["nip"][:3]), list(roll["nip"][3:8])
    file = _apart(tmp_path, must, must_not)
    code, said = _draw(small_region, "--seats", "60", "--apart", str(file), "--lang", lang)
    assert code == 0, said
    table = pd.read_csv(private / "undian_2025.csv", dtype=str)
    assert set(table["nip"]) == set(roll["nip"]) - {*must, *must_not}
    assert (table["terpilih"] == "ya").sum() == 57
    rows = _list(private, "draw")
    assert [r[1] for r in rows[:3]] == must and len(rows) == 60
    assert all("prajabatan" in str(r[4]) for r in rows[:3])
    assert {r[1] for r in rows[3:]} == set(table.loc[table["terpilih"] == "ya", "nip"])
    out = {"id": "undangan_2025_draw_tidak_ikut", "en": "undangan_2025_draw_left_out"}[lang]
    left = pd.read_csv(private / f"{out}.csv", dtype=str)
    assert list(left.iloc[:, 1]) == must_not
    why = {"id": "alasan tidak ikut undian", "en": "reason for being left out"}[lang]
    assert left.columns[4] == why
    assert left.iloc[:, 4].str.contains("=pensiun", regex=False).all()
    assert not left.iloc[:, 4].str.startswith("=").any()
    record = {"id": "undian_2025_berita_acara.docx", "en": "undian_2025_record.docx"}[lang]
    told = "\n".join(readings(private / record))
    for text in (said, told):
        few = {"id": "kurang dari 10", "en": "fewer than 10"}[lang]
        assert text.count(few) >= 2
        assert not any(n in text for n in (*must, *must_not))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_list_that_leaves_no_draw_is_refused(small_region, private, tmp_path, lang):
    roll = pd.read_csv(small_region / "pegawai_2024.csv", dtype=str)
    file = _apart(tmp_path, list(roll["nip"][:60]), [])
    code, said = _draw(small_region, "--seats", "60", "--apart", str(file), "--lang", lang)
    assert code == 2 and "60" in said
    stranger = _apart(tmp_path, ["199001012015011999"], [])
    code, said = _draw(small_region, "--seats", "60", "--apart", str(stranger), "--lang", lang)
    assert code == 1 and "ketentuan.csv" in said and "2" in said
    assert "199001012015011999" not in said
    nobody = _apart(tmp_path, [], [])
    code, said = _draw(small_region, "--seats", "60", "--apart", str(nobody), "--lang", lang)
    assert code == 1 and {"id": "tidak ada seorang pun", "en": "nobody is in"}[lang] in said
    code, said = _invite(small_region, "--seats", "5", "--apart", str(file), "--lang", lang)
    assert code == 2 and "--rule draw" in said
    assert not list(private.glob("und*"))
