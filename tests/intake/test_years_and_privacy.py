"""A year's report sees no later row; identities end at reading; nothing depends on the key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from helpers import contracts, intake
from helpers.contracts import TABLES, EvaluasiError
from helpers.intake import parse, select
from helpers.intake.pseudonym import Pseudonyms, pseudonyms
from tests.conftest import _TINY, NIPS


def _rows(tables):
    return {n: getattr(tables, n) for n in (*TABLES, "exclusions", "linkage")}


def test_2023_is_the_same_before_and_after_2024_arrives(small_region: Path, tmp_path: Path):
    earlier = tmp_path / "earlier"
    shutil.copytree(small_region, earlier)
    for file in earlier.glob("*_2024.csv"):
        file.unlink()
    activities = pd.read_csv(earlier / "kegiatan.csv", dtype=str)
    activities[activities["tanggal_mulai"] < "2024"].to_csv(earlier / "kegiatan.csv", index=False)
    now, then = _rows(intake.study(small_region, 2023)), _rows(intake.study(earlier, 2023))
    for name in now:
        pd.testing.assert_frame_equal(now[name], then[name])


def test_faults_of_a_later_year_are_not_counted(exports: Path, tmp_path: Path):
    earlier = tmp_path / "exports"
    shutil.copytree(exports, earlier)
    for file in earlier.glob("*2024*"):
        file.unlink()
    now = intake.study(exports, 2023).exclusions
    pd.testing.assert_frame_equal(now, intake.study(earlier, 2023).exclusions)
    assert not now["file"].str.contains("2024").any()


def test_prepared_tables_hold_no_identity(exports: Path):
    tables = intake.study(exports, 2024)
    people = intake.identities(exports)
    assert len(people.nips) > 500 and len(people.names) > 500
    for name in TABLES:
        text = getattr(tables, name).to_csv()
        assert not any(n in text for n in people.nips), name
        assert not any(n in text for n in people.names if " " in n), name


@pytest.mark.parametrize("of", ["exports", "small_region"])
def test_tables_that_name_nobody_hide_nobody(of: str, request: pytest.FixtureRequest):
    folder = request.getfixturevalue(of)
    whole = parse.folder(folder, contracts.load_plan().skm.order, pseudonyms()).identities
    assert whole.nips and whole.places and intake.identities(folder) == whole


def test_nothing_but_the_codes_depends_on_the_key(small_region: Path):
    order = contracts.load_plan().skm.order
    plan = contracts.load_plan()
    one, two = (
        select.select(
            parse.folder(small_region, order, Pseudonyms(bytes([k]) * 32)), plan, 2024
        ).study
        for k in (1, 2)
    )
    assert set(one.pegawai["pegawai_id"]).isdisjoint(two.pegawai["pegawai_id"])
    for name in ("pegawai", "kinerja", "peserta"):
        a, b = (getattr(t, name) for t in (one, two))
        assert (pd.factorize(a["pegawai_id"])[0] == pd.factorize(b["pegawai_id"])[0]).all()
        pd.testing.assert_frame_equal(a.drop(columns="pegawai_id"), b.drop(columns="pegawai_id"))


def test_messages_never_show_a_nip(tiny):
    folder = tiny(
        kinerja=f"tahun,nip,nilai_skp\n2023,{NIPS[0]},500\n2024,{NIPS[0][:15]}000,80\n2024,'{NIPS[1]},80\n2024,{NIPS[2]}9,70\n"
    )
    shown = "\n".join(p.sentence(lang) for p in intake.check(folder) for lang in ("id", "en"))
    assert "nip_rounded" in shown and "nip_format" in shown
    assert not any(n[:10] in shown for n in NIPS)


def test_a_nip_in_another_column_goes_no_further(tiny):
    """It is left out of whatever text it stands in, counted, and shown in no message."""
    nip = "198703142011012007"
    spaced = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    folder = tiny(
        unit=f"kode_unit,nama_unit,opd\nK0,Loket Nol,{nip}\nK1,Loket {spaced},x\n{nip},y,z\n",
        kegiatan="kode_kegiatan,nama_kegiatan,metode,tema,tanggal_mulai,tanggal_selesai,jp\n"
        f"A1,{nip},{nip},oleh NIP {spaced},2024-02-01,2024-02-03,24\n",
    )
    study = intake.study(folder, 2024)
    for name in TABLES:
        text = study.table(name).to_csv()
        assert nip not in text and spaced not in text, name
    lost = study.exclusions.query("fault == 'out_of_scale'").groupby("column")["count"].sum()
    assert lost.to_dict() == {"kode_unit": 1, "metode": 1, "nama_unit": 1, "opd": 1, "tema": 1}
    shown = "\n".join(p.sentence("id") for p in intake.check(folder))
    assert nip not in shown and spaced not in shown and "999999999999999999" in shown


def test_a_name_of_somebody_in_another_column_goes_no_further_and_is_told(tiny):
    """It would stop the run as a leak, which names the place where the name belongs."""
    name = "Contoh Nama 2"
    folder = tiny(
        unit=f"kode_unit,nama_unit,opd\nK0,Loket Nol,Dinas A\nK1,Loket Satu,{name}\n",
        kegiatan=_TINY["kegiatan"].replace(",etika,", f',"{name.upper()}, S.Pd",'),
    )
    told = [p for p in intake.check(folder) if p.fault == "out_of_scale"]
    assert {(p.table, p.column, p.rows, p.action) for p in told} == {
        ("unit", "opd", (3,), "excluded"),
        ("kegiatan", "tema", (2,), "excluded"),
    }
    assert not any("Contoh" in p.sentence("id") for p in told)
    study = intake.study(folder, 2024)
    assert study.unit["opd"].fillna("").tolist() == ["Dinas A", ""]
    assert "contoh" not in str(study.kegiatan.to_dict()).lower()


def test_a_header_that_is_a_persons_name_is_not_told(tiny):
    """A name typed over a header, or a first row that is data, is no header to be shown."""
    person = "Wulandari Simanjuntak"
    scores = f"thn,{person},nilai_skp,output,hari_kerja,nlai_skp {person}\n" + "".join(
        f"{year},{NIPS[0]},80,900,200,x\n" for year in (2023, 2024)
    )
    found = intake.check(tiny(kinerja=scores))
    shown = "\n".join(p.sentence(lang) for p in found for lang in ("id", "en"))
    assert "thn, Aaaaaaaaa Aaaaaaaaaaa, nilai_skp, output" in shown and "nlai_skp Aaaa" in shown
    assert "Wulandari" not in shown and "Simanjuntak" not in shown


def test_inputs_are_never_changed(exports: Path):
    before = intake.input_hashes(exports)
    intake.check(exports)
    intake.study(exports, 2024)
    assert intake.input_hashes(exports) == before


def test_the_key_is_made_once_and_never_shown(tmp_path: Path):
    first, again = pseudonyms(tmp_path), pseudonyms(tmp_path)
    assert first.of(NIPS[0]) == again.of(NIPS[0]) != first.of(NIPS[1])
    assert (tmp_path / "key").read_text() not in repr(first)
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "link"), reason="there are no links to be killed at")
@pytest.mark.parametrize("linked", ["", "link(*a); "])
def test_what_a_killed_first_run_left_of_the_key_is_cleared(tmp_path: Path, linked: str):
    code = (
        "import os\nfrom pathlib import Path\nlink = os.link\n"
        f"def killed(*a):\n    {linked}os._exit(9)\n"
        "os.link = killed\nfrom helpers.intake.pseudonym import pseudonyms\n"
        f"pseudonyms(Path({str(tmp_path)!r}))\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    left = {p.name for p in tmp_path.iterdir()} - {"key"}
    assert left and (tmp_path / "key").exists() == bool(linked)
    pseudonyms(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"\0" * 64, b"ab" * 31, b"ab" * 33, b"xy" * 32, "é".encode() * 32],
    ids=["empty", "blank", "zeros", "short", "long", "no_digits", "not_ascii"],
)
def test_a_key_that_is_empty_or_damaged_is_refused_and_kept(tmp_path: Path, content: bytes):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(EvaluasiError) as refused:
        pseudonyms(tmp_path)
    for lang in ("id", "en"):
        assert "data/private/key" in refused.value.message(lang)
        assert "ab" * 31 not in refused.value.message(lang)
    assert (tmp_path / "key").read_bytes() == content


def test_a_key_that_is_a_folder_is_refused(tmp_path: Path):
    (tmp_path / "key").mkdir()
    with pytest.raises(EvaluasiError, match="data/private/key"):
        pseudonyms(tmp_path)


@pytest.mark.parametrize("given", [5, None, True, ["data/sample"], b"data/sample"])
def test_a_folder_that_is_none_is_refused_in_one_sentence(given):
    for ask in (lambda: intake.study(given, 2024), lambda: intake.check(given)):
        with pytest.raises(EvaluasiError) as refused:
            ask()
        assert refused.value.message("id") == f"data: terbaca {given!r}; seharusnya folder data"
        assert refused.value.message("en") == f"data: found {given!r}; expected a data folder"


@pytest.mark.parametrize("given", [5, None, True, b"plan.yml"])
def test_a_plan_that_is_none_is_refused_in_one_sentence(small_region: Path, given):
    with pytest.raises(EvaluasiError) as refused:
        intake.study(small_region, 2024, given)
    found = f"{given!r}"
    assert (
        refused.value.message("id") == f"plan: terbaca {found}; seharusnya rencana atau berkasnya"
    )
    assert refused.value.message("en") == f"plan: found {found}; expected a plan or its file"


def test_the_first_argument_at_fault_is_the_one_named():
    with pytest.raises(EvaluasiError, match=r"^data: terbaca 5; "):
        intake.study(5, "x", None)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["2023x", 1989, 2101, 2023.0, None, True])
def test_a_year_that_is_none_is_refused_in_one_sentence(small_region: Path, given):
    with pytest.raises(EvaluasiError) as refused:
        intake.study(small_region, given)
    assert refused.value.message("en") == f"year: found {str(given)!r}; expected a year, 1990–2100"
