"""The order in which units are trained: drawn once, told to everybody, read back next year."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers import intake, measures
from helpers.cli import app
from helpers.publish.readable import readings

TABLE = "undian_unit_2025.csv"
RECORD = {"id": "undian_unit_2025_berita_acara.docx", "en": "undian_unit_2025_record.docx"}


def _order(data: Path, *args: str) -> tuple[int, str]:
    asked = ["invitations", "--year", "2024", "--rule", "order", "--data", str(data), *args]
    done = CliRunner().invoke(app, asked, prog_name="evaluasi")
    return done.exit_code, done.output


def _forms(data: Path) -> pd.DataFrame:
    return pd.read_csv(data / "skm_2024.csv", dtype=str)


@pytest.fixture
def untrained(small_region: Path, tmp_path: Path) -> Path:
    """The region before anybody was trained."""
    folder = tmp_path / "untrained"
    kept = shutil.ignore_patterns("peserta*", "kegiatan*")
    return Path(shutil.copytree(small_region, folder, ignore=kept))


@pytest.fixture
def changed(untrained: Path, tmp_path: Path) -> Path:
    """A copy of the region that a test may change."""
    shutil.copytree(untrained, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_unit_that_serves_the_public_has_one_turn_which_all_may_see(untrained, private, lang):
    code, said = _order(untrained, "--seats", "4", "--seed", "11", "--lang", lang)
    assert code == 0, said
    table = pd.read_csv(private / TABLE, dtype=str)
    assert list(table) == ["tahun", "kode_unit", "strata", "giliran", "benih"]
    assert table["kode_unit"].is_unique
    assert set(table["kode_unit"]) == set(_forms(untrained)["kode_unit"])
    assert set(table["tahun"]) == {"2025"} and set(table["benih"]) == {"11"}
    assert table["giliran"].value_counts().to_dict() == {"2025": 4, "2026": 4, "2027": 3}
    assert set(table["strata"]) == {"rendah", "sedang", "tinggi"}
    by = pd.crosstab(table["strata"], table["giliran"])
    assert (by.max(axis=1) - by.min(axis=1) <= 1).all()
    told = "\n".join(readings(private / RECORD[lang]))
    digest = hashlib.sha256((private / TABLE).read_bytes()).hexdigest()
    assert digest in told and TABLE in told
    assert {"id": "Data sintetis", "en": "Synthetic data"}[lang] in told
    name = pd.read_csv(untrained / "unit.csv", dtype=str).set_index("kode_unit")["nama_unit"]
    for turn, part in table.groupby("giliran"):
        units = "; ".join(f"{k} {name[k]}" for k in part["kode_unit"])
        assert f"{turn} ({len(part)}): {units}" in said and units in told
    for text in (said, told):
        assert {"id": "Benih: 11.", "en": "Seed: 11."}[lang] in text
        assert {"id": "Urutan pelatihan 11 unit", "en": "in which 11 units"}[lang] in text
    roll = pd.read_csv(untrained / "pegawai_2024.csv", dtype=str)
    assert not any(n in said + told for n in (*roll["nip"], *roll["nama"]))
    assert {f.stat().st_mode & 0o77 for f in private.iterdir()} == {0}


def test_the_order_can_be_drawn_again_by_whoever_has_list_and_seed(untrained, private):
    assert _order(untrained, "--seats", "4", "--seed", "11")[0] == 0
    table = pd.read_csv(private / TABLE)
    first = (private / TABLE).read_bytes()
    for _, part in table.groupby("strata"):
        lots = [hashlib.sha256(f"11:{k}".encode()).hexdigest() for k in part["kode_unit"]]
        assert part["giliran"].to_numpy()[pd.Series(lots).argsort()].tolist() == sorted(
            part["giliran"]
        )
    # Another workspace, with another key of pseudonyms.
    shutil.rmtree(private)
    assert _order(untrained, "--seats", "4", "--seed", "11")[0] == 0
    assert (private / TABLE).read_bytes() == first
    (private / TABLE).unlink()
    assert _order(untrained, "--seats", "4", "--seed", "12")[0] == 0
    assert (private / TABLE).read_bytes() != first


def test_the_plan_s_seed_is_taken_where_none_is_given(untrained, private, plan):
    assert _order(untrained, "--seats", "4")[0] == 0
    assert set(pd.read_csv(private / TABLE)["benih"]) == {plan.inference.seed}


def test_an_order_is_drawn_once(untrained, private):
    assert _order(untrained, "--seats", "4")[0] == 0
    files = [private / TABLE, private / RECORD["id"]]
    before = [f.read_bytes() for f in files]
    for other in (("--seed", "7", "--seats", "4"), ("--seats", "3")):
        for lang, words in (("id", "undian 2025 yang lain"), ("en", "another draw of 2025")):
            code, said = _order(untrained, *other, "--lang", lang)
            assert code == 2 and words in said and TABLE in said
    assert [f.read_bytes() for f in files] == before
    assert not (private / RECORD["en"]).exists()
    assert _order(untrained, "--seats", "4")[0] == 0
    assert (private / TABLE).read_bytes() == before[0]


def test_a_draw_of_seats_of_the_same_year_stays_beside_it(untrained, private):
    (private / "undian_2025.csv").write_text("mine\n")
    assert _order(untrained, "--seats", "4")[0] == 0
    assert (private / "undian_2025.csv").read_text() == "mine\n"


@pytest.mark.parametrize("seats", ["0", "-2", "11", "40"])
@pytest.mark.parametrize(
    ("lang", "words"), [("id", "tidak ada pembanding"), ("en", "none is left to compare with")]
)
def test_places_that_leave_nobody_to_compare_are_refused(untrained, private, seats, lang, words):
    code, said = _order(untrained, "--seats", seats, "--lang", lang)
    assert code == 2 and f"--seats {seats}" in said and words in said
    assert not list(private.glob("undian*"))


@pytest.mark.parametrize(
    ("lang", "words"), [("id", "Tidak ada formulir survei tahun 2024"), ("en", "no survey form of")]
)
def test_a_year_without_forms_is_refused(changed, private, lang, words):
    (changed / "skm_2024.csv").unlink()
    code, said = _order(changed, "--seats", "3", "--lang", lang)
    assert code == 1 and words in said and "2024" in said
    assert not list(private.glob("undian*"))


@pytest.mark.parametrize(
    ("lang", "words"), [("id", "Tidak ikut diundi: {n} unit"), ("en", "Not in the draw: {n} units")]
)
def test_units_trained_already_are_left_out_and_counted(
    changed, small_region, private, plan, lang: str, words: str
):
    for name in ("kegiatan.csv", "peserta_2021.csv", "peserta_2022.csv"):
        shutil.copy(small_region / name, changed)
    trained = measures.unit_cohorts(intake.study(changed, 2024, plan)).index
    surveyed = set(_forms(changed)["kode_unit"])
    assert surveyed & set(trained)
    code, said = _order(changed, "--seats", "2", "--lang", lang)
    assert code == 0, said
    table = pd.read_csv(private / TABLE, dtype=str)
    assert set(table["kode_unit"]) == surveyed - set(trained)
    assert words.format(n=len(surveyed & set(trained))) in said


@pytest.mark.parametrize(
    ("lang", "words"), [("id", "hanya ada 5 nilai tahunan"), ("en", "only 5 yearly values")]
)
def test_an_order_of_which_too_little_could_be_compared_is_refused(untrained, private, lang, words):
    # Six in the first turn and five in the second: one year, with five still to come.
    code, said = _order(untrained, "--seats", "6", "--lang", lang)
    assert code == 2 and words in said and "10" in said
    assert not list(private.glob("undian*"))


def test_no_second_order_is_drawn_while_one_still_runs(untrained, private):
    turns = "tahun,kode_unit,strata,giliran\n2024,U001,a,2024\n2024,U002,a,{last}\n"
    (untrained / "undian_unit_2024.csv").write_text(turns.format(last=2025))
    code, said = _order(untrained, "--seats", "3", "--lang", "en")
    assert code == 2 and "drawn from 2024 on runs until 2025" in said
    assert not list(private.glob("undian_unit*"))
    (untrained / "undian_unit_2024.csv").write_text(turns.format(last=2024))
    assert _order(untrained, "--seats", "3")[0] == 0


def test_an_order_that_was_not_copied_into_the_data_is_known_all_the_same(untrained, private):
    turns = "tahun,kode_unit,strata,giliran,benih\n2024,{unit},a,2024,1\n2024,{unit},a,2026,1\n"
    unit = _forms(untrained)["kode_unit"][0]
    (private / "undian_unit_2024.csv").write_text(turns.format(unit=unit))
    for lang, words in (("id", "salin berkas itu"), ("en", "copy that file")):
        code, said = _order(untrained, "--seats", "3", "--lang", lang)
        assert code == 2 and words in said and "undian_unit_2024.csv" in said
    assert not (private / TABLE).exists()
    # As a spreadsheet of that language saves it; and one that was drawn from later data.
    for name, year in (("undian_unit_2024.csv", 2024), ("undian_unit_2026.csv", 2026)):
        saved = turns.replace(",", ";").replace("tahun;kode_unit", "Tahun;Kode Unit")
        (private / name).write_text(saved.format(unit=f" {unit} ").replace("2024;", f"{year};"))
        code, said = _order(untrained, "--seats", "3", "--lang", "en")
        assert code == 2 and "copy that file" in said and name in said
        (private / name).unlink()
    # Of units that are not here.
    (private / "undian_unit_2024.csv").write_text(turns.format(unit="ELSEWHERE"))
    assert _order(untrained, "--seats", "3")[0] == 0


def test_the_data_s_own_order_counts_for_that_of_the_same_year_in_private(untrained, private):
    turns = "tahun,kode_unit,strata,giliran\n2024,{unit},a,2024\n2024,{unit},a,{last}\n"
    unit = _forms(untrained)["kode_unit"][0]
    (private / "undian_unit_2024.csv").write_text(turns.format(unit=unit, last=2026))
    corrected = turns.format(unit=unit, last=2024).replace(f"2024,{unit},a,2024\n", "", 1)
    (untrained / "undian_unit_2024.csv").write_text(corrected)
    code, said = _order(untrained, "--seats", "3")
    assert code == 0, said


@pytest.mark.parametrize(("lang", "words"), [("id", "bukan tabel"), ("en", "is no table")])
@pytest.mark.parametrize("content", [b"", b"mine\n", b"tahun,kode_unit\n\xff,1,2\n"])
def test_what_cannot_be_read_as_an_order_is_told(untrained, private, lang, words, content):
    (private / "undian_unit_2024.csv").write_bytes(content)
    code, said = _order(untrained, "--seats", "3", "--lang", lang)
    assert code == 2 and words in said and "undian_unit_2024.csv" in said


def test_units_of_too_few_forms_are_drawn_in_a_stratum_of_their_own(changed, private):
    forms = _forms(changed)
    code = forms["kode_unit"].iloc[0]
    few = forms["kode_unit"].eq(code) & (forms.groupby("kode_unit").cumcount() >= 5)
    forms[~few].to_csv(changed / "skm_2024.csv", index=False)
    done, said = _order(changed, "--seats", "3", "--lang", "en")
    assert done == 0, said
    table = pd.read_csv(private / TABLE).set_index("kode_unit")["strata"]
    assert list(table.index[table == "belum dinilai"]) == [code]
    assert "not rated" in "\n".join(readings(private / RECORD["en"]))


def test_the_table_of_an_order_is_read_with_next_year_s_data(changed, private, plan):
    assert _order(changed, "--seats", "4")[0] == 0
    for name in ("pegawai", "kinerja"):
        rows = pd.read_csv(changed / f"{name}_2024.csv", dtype=str).assign(tahun="2025")
        rows.to_csv(changed / f"{name}_2025.csv", index=False)
    shutil.copy(private / TABLE, changed)
    assert not [p for p in intake.check(changed, plan) if p.table == "undian_unit"]
    read = intake.study(changed, 2025, plan)
    columns = ["tahun", "kode_unit", "strata", "giliran", "benih"]
    as_written = pd.read_csv(private / TABLE, dtype={"benih": str})[columns]
    got = read.undian_unit.sort_values(["giliran", "kode_unit"])[columns]
    assert got.astype(str).to_numpy().tolist() == as_written.astype(str).to_numpy().tolist()
    assert read.undian.empty


@pytest.mark.parametrize("lang", ["id", "en"])
def test_too_little_to_compare_is_told_with_what_would_be_enough(untrained, private, lang):
    code, said = _order(untrained, "--seats", "10", "--lang", lang)
    assert code == 2 and not list(private.glob("undian*"))
    (enough,) = re.findall(r"--seats (\d+)(?= there|\.)", said)
    assert _order(untrained, "--seats", str(int(enough) + 1), "--lang", lang)[0] == 2
    assert _order(untrained, "--seats", enough, "--lang", lang)[0] == 0


@pytest.mark.parametrize(("lang", "words"), [("id", "tinggal 4 unit"), ("en", "Only 4 units")])
def test_too_few_units_for_any_order_are_told(changed, private, lang, words):
    forms = _forms(changed)
    few = sorted(forms["kode_unit"].unique())[:4]
    forms[forms["kode_unit"].isin(few)].to_csv(changed / "skm_2024.csv", index=False)
    for places in ("1", "2", "3"):
        code, said = _order(changed, "--seats", places, "--lang", lang)
        assert code == 2 and words in said and not list(private.glob("undian*"))
