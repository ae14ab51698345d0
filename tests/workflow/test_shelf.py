"""What a run publishes and keeps: from the files that were hashed, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import workflow
from helpers.contracts import EvaluasiError, Text, WrongUsage, project
from helpers.publish.readable import readings
from helpers.workflow import places
from helpers.workflow.own_notebook import OwnNotebook, make
from tests.conftest import NIPS
from tests.workflow.conftest import own_notebook, pipeline

pytestmark = pytest.mark.usefixtures("at_once")


def _run(data: Path, out: Path, *years: int, **more) -> list[Path]:
    return workflow.run(workflow.Request(years=years, data=data, out=out, **more))


@pytest.fixture
def data(tiny) -> Path:
    """Three years of a handful of rows."""
    folder = tiny()
    for name in ("pegawai", "kinerja"):
        header, *rows = (folder / f"{name}.csv").read_text().splitlines()
        earlier = [r.replace("2023", "2022", 1) for r in rows if r.startswith("2023")]
        (folder / f"{name}_2022.csv").write_text("\n".join([header, *earlier]))
    return folder


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """Three notebooks: one is needed by the next, and one by none."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    pipeline(folder, **{"10_first": "", "20_next": "10_first", "30_other": ""})
    for name in ("10_first", "20_next", "30_other"):
        own_notebook(folder / f"{name}.ipynb", f"print('said by', {name!r}, year)")
    return folder


def test_an_input_replaced_while_a_run_is_on_is_neither_published_nor_kept(
    notebooks: Path, data: Path, tmp_path: Path
):
    """The file is replaced between two notebooks' reads, and put back before the second run."""
    path, flag, out = data / "kinerja.csv", tmp_path / "flag", tmp_path / "out"
    before = path.read_text()
    own_notebook(
        notebooks / "20_next.ipynb",
        f"from pathlib import Path\nfile = Path({str(path)!r})\nif Path({str(flag)!r}).exists():\n"
        "    file.write_text(file.read_text().replace('80.5', '99.5'))\n"
        "print('replaced:', '99.5' in file.read_text())",
    )
    flag.touch()
    with pytest.raises(EvaluasiError, match=r"kinerja\.csv: changed while it was being read"):
        _run(data, out, 2024, notebooks=notebooks)
    assert not out.exists()
    flag.unlink()
    path.write_text(before)
    _run(data, out, 2024, notebooks=notebooks)
    assert "replaced: False" in (out / "2024" / "20_next.html").read_text()


def test_a_year_with_a_failed_notebook_publishes_nothing(
    notebooks: Path, data: Path, tmp_path: Path
):
    """Whole or not at all: no page, no front page; the other year is whole, and the index knows it
    alone.
    """
    out = tmp_path / "out"
    own_notebook(notebooks / "20_next.ipynb", "1 / (2024 - year)")
    with pytest.raises(EvaluasiError) as failed:
        _run(data, out, 2024, notebooks=notebooks)
    said = failed.value.message("en")
    assert "20_next, cell 3: ZeroDivisionError" in said and "Nothing was published" in said
    assert "30_other" not in said
    assert not out.exists()
    with pytest.raises(EvaluasiError, match="Published: 2023"):
        _run(data, out, 2023, 2024, notebooks=notebooks)
    assert sorted(p.name for p in out.iterdir()) == ["2023", "en", "index.html"]
    assert "2024/index.html" not in (out / "index.html").read_text()
    own_notebook(notebooks / "20_next.ipynb", "print(year)")
    assert _run(data, out, 2024, notebooks=notebooks) == [out / "2024" / "index.html"]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_document_that_cannot_be_made_publishes_nothing(
    notebooks: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    """The compiler fails at the last document: no page of the year, and no index, not even where
    the HTML was made already; an earlier report stays whole.
    """
    import docx
    import typst

    out = tmp_path / "out"
    failing = [True]
    module, name = {"pdf": (typst, "compile"), "docx": (docx, "Document")}[kind]
    plain, made = getattr(module, name), []

    def last_fails(*args: object, **more: object) -> object:
        made.append(1)
        if failing[0] and len(made) == 6:
            raise RuntimeError("broken")
        return plain(*args, **more)

    monkeypatch.setattr(module, name, last_fails)
    formats = ("html", kind)
    with pytest.raises((EvaluasiError, RuntimeError), match="broken"):
        _run(data, out, 2024, notebooks=notebooks, formats=formats)
    assert len(made) == 6
    assert not [p for p in out.rglob("*") if p.is_file() and not p.name.startswith(".")]
    failing[0] = False
    _run(data, out, 2024, notebooks=notebooks, formats=formats)
    before = {p: p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
    assert len([p for p in before if p.suffix == f".{kind}"]) == 6
    failing[0] = True
    made.clear()
    own_notebook(notebooks / "30_other.ipynb", "print('another answer')")
    with pytest.raises((EvaluasiError, RuntimeError), match="broken"):
        _run(data, out, 2024, notebooks=notebooks, formats=formats)
    assert {p: p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()} == before


def _pages(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.glob("*.html")}


def test_only_keeps_the_other_pages_dated_and_results_of_those_notebooks_alone(
    notebooks: Path, data: Path, tmp_path: Path
):
    out = tmp_path / "out"
    answer = (
        "from helpers.contracts import Answer, Text, Finding, Interval\n"
        "from helpers import publish\n"
        "found = Finding(NAME, 'productivity', 'skp', 'inconclusive', 'none',"
        " Interval(1.0, 0.0, 2.0, 0.5, 90), 'SKP points', Text('a', 'b'))\n"
        "publish.answer(Answer(NAME, year, Text('a', 'b'), (found,)), out)\nprint(NAME)"
    )
    for name in ("10_first", "20_next", "30_other"):
        own_notebook(notebooks / f"{name}.ipynb", answer.replace("NAME", repr(name)))
    _run(data, out, 2024, notebooks=notebooks)
    before = _pages(out / "2024")
    dates = json.loads((out / "2024" / "manifest.json").read_text())["pages"]["id"]
    assert set(dates) == {"10_first", "20_next", "30_other"}
    # As if that had been some days ago.
    manifest = out / "2024" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(dates["30_other"], "2026-11-01 08:30"))
    own_notebook(notebooks / "20_next.ipynb", answer.replace("NAME", "'20_next'") + "\nprint(7)")
    told: list[Text] = []
    some = workflow.Request((2024,), data, out, notebooks=notebooks, only=("20",))
    workflow.run(some, notice=told.append)
    # The results are cut, and nobody should find that out for himself.
    assert any("10, 20" in t.en and "results/" in t.id and "30" not in t.en for t in told)
    after = _pages(out / "2024")
    assert set(after) == set(before)
    assert after["30_other.html"] == before["30_other.html"]
    assert after["20_next.html"] != before["20_next.html"]
    for page in ("index.html", "20_next.html"):
        assert "30 30_other (2026-11-01 08:30)</a>" in after[page].decode()
        assert "10 10_first</a>" in after[page].decode()
    found = json.loads((out / "2024" / "results" / "findings.json").read_text())
    assert [f["id"] for f in found] == ["10_first", "20_next"]
    kept = json.loads(manifest.read_text())["pages"]["id"]
    assert kept["30_other"] == "2026-11-01 08:30" != kept["20_next"]
    assert sorted(p.name for p in (out / "2024" / "notebooks").iterdir()) == [
        f"{n}.ipynb" for n in ("10_first", "20_next", "30_other")
    ]
    # Everything again: nothing old is left.
    (out / "2024" / "05_gone.html").write_text("old")
    told.clear()
    workflow.run(replace(some, only=()), notice=told.append)
    assert set(_pages(out / "2024")) == set(before)
    assert not any("results/" in t.id for t in told)


def test_only_keeps_the_annual_page_in_front(notebooks: Path, data: Path, tmp_path: Path):
    out = tmp_path / "out"
    pipeline(notebooks, **{"10_first": "", "90_annual_report": "10_first"})
    own_notebook(notebooks / "90_annual_report.ipynb", "print('the year in short')")
    _run(data, out, 2024, notebooks=notebooks)
    before = _pages(out / "2024")
    _run(data, out, 2024, notebooks=notebooks, only=("10",))
    after = _pages(out / "2024")
    assert "the year in short" in before["index.html"].decode()
    assert after["index.html"] == before["index.html"]
    assert "90_annual_report.html" in after["10_first.html"].decode()


def test_only_makes_the_whole_report_again_with_the_new_page_in_it(
    notebooks: Path, data: Path, tmp_path: Path
):
    """In every format that it was made in before, too: nothing stale is sent."""
    out = tmp_path / "out"
    pipeline(notebooks, **{"10_first": "", "20_next": "", "90_annual_report": "10_first"})
    for name in ("10_first", "20_next", "90_annual_report"):
        own_notebook(notebooks / f"{name}.ipynb", f"print('what {name} said')")
    _run(data, out, 2024, notebooks=notebooks, formats=("html", "docx"))
    own_notebook(notebooks / "10_first.ipynb", "print('mended since')")
    _run(data, out, 2024, notebooks=notebooks, only=("10",))
    for folder in (out / "2024", out / "2024" / "en"):
        for whole in (folder / "laporan.html", folder / "laporan.docx"):
            read = "\n".join(readings(whole))
            assert "mended since" in read and "what 10_first said" not in read
            assert "what 20_next said" in read and "what 90_annual_report said" in read
            assert read.index("what 90_annual_report said") < read.index("mended since")


def test_both_languages_lie_side_by_side_and_each_page_leads_to_its_other(
    notebooks: Path, data: Path, tmp_path: Path
):
    out = tmp_path / "out"
    asked = {"notebooks": notebooks}
    assert _run(data, out, 2024, lang="en", **asked) == [out / "2024" / "en" / "index.html"]
    indonesian, english = (_pages(out / "2024" / below) for below in ("", "en"))
    assert set(indonesian) == set(english)
    # Which language is asked for decides nothing but the page to open.
    assert _run(data, out, 2023, 2024, **asked)[-1] == out / "2024" / "index.html"
    assert list(_pages(out / "2024")) == list(indonesian)
    assert 'href="../2023/en/index.html"' in (out / "en" / "index.html").read_text()
    _run(data, out, 2024, only=("30",), **asked)
    assert set(_pages(out / "2024" / "en")) == set(english)
    for path in out.rglob("*.html"):
        for link in re.findall(r'href="([^"#]+)"', path.read_text()):
            assert (path.parent / link).resolve().is_file(), (path, link)
        below = path.relative_to(out)
        here = "en" if "en" in below.parts else "id"
        there = [p for p in below.parts if p != "en"]
        if here == "id":
            there.insert(len(there) - 1, "en")
        (leads,) = re.findall(rf'href="([^"]+)" hreflang="(?!{here})', path.read_text())
        assert (path.parent / leads).resolve() == out.joinpath(*there).resolve(), path


def _refused(*args: object, **more: object) -> str:
    with pytest.raises(WrongUsage) as refused:
        _run(*args, **more)  # type: ignore[arg-type]
    return refused.value.message("en")


@pytest.mark.parametrize("mark", ["truth.json", "SINTETIS.txt"])
def test_reports_of_two_kinds_or_of_two_regions_never_lie_side_by_side(
    mark: str, notebooks: Path, data: Path, tmp_path: Path
):
    out, made_up, elsewhere = tmp_path / "out", tmp_path / "sample", tmp_path / "plan.yml"
    shutil.copytree(data, made_up)
    (made_up / mark).write_text("{}")
    elsewhere.write_text("region: {name: Bogor, kind: kota}\n")
    _run(data, out, 2024, notebooks=notebooks)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    asked = {"notebooks": notebooks}
    assert "2024 of real data; those of synthetic data" in _refused(made_up, out, 2023, **asked)
    assert "2024 of Kabupaten Solok; those of Kota Bogor" in _refused(
        data, out, 2023, plan_file=elsewhere, **asked
    )
    assert "real data" in _refused(made_up, out, 2024, only=("10",), **asked)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    # Nor in each other's place, where the only year there would be lost.
    assert "those of synthetic data" in _refused(made_up, out, 2024, **asked)
    assert "those of Kota Bogor" in _refused(data, out, 2024, plan_file=elsewhere, **asked)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    # A trial with synthetic data may be lost.
    trial = tmp_path / "trial"
    _run(made_up, trial, 2024, **asked)
    assert "of synthetic data" in _refused(data, trial, 2023, **asked)
    _run(data, trial, 2024, plan_file=elsewhere, **asked)
    assert "Kota Bogor" in (trial / "index.html").read_text()
    assert "those of Kabupaten Solok" in _refused(data, trial, 2024, **asked)


@pytest.mark.parametrize("kind", ["file", "link", "dangling", "a user's own folder"])
def test_what_stands_in_a_reports_place_stays_until_it_is_moved(
    kind: str, notebooks: Path, data: Path, tmp_path: Path
):
    out = tmp_path / "out"
    (out / "elsewhere").mkdir(parents=True)
    place, own = out / "2024", out / "elsewhere" / "letter.docx"
    own.write_text("own")
    if kind == "file":
        place.write_text("own")
    elif kind == "a user's own folder":
        (out / "elsewhere").rename(place)
        own = place / "letter.docx"
    else:
        place.symlink_to(out / ("elsewhere" if kind == "link" else "nowhere"))
    said = _refused(data, out, 2024, notebooks=notebooks)
    assert "--out: 2024: a " in said and "Remedy: move it away" in said
    assert place.is_symlink() or (place if place.is_file() else own).read_text() == "own"
    place.rename(out / "moved")
    _run(data, out, 2024, notebooks=notebooks)
    _run(data, out, 2024, notebooks=notebooks)
    assert (place / "index.html").exists()
    assert not [p for p in out.iterdir() if p.name.startswith(".")]


def test_an_out_that_is_a_file_is_told(notebooks: Path, data: Path, tmp_path: Path):
    (tmp_path / "out").write_text("own")
    for out in (tmp_path / "out", tmp_path / "out" / "deep"):
        assert "--out: out: not a folder" in _refused(data, out, 2024, notebooks=notebooks)
    assert (tmp_path / "out").read_text() == "own"


@pytest.mark.parametrize("below", ["", "laporan", "a/b"])
def test_no_report_goes_into_the_data(notebooks: Path, data: Path, tmp_path: Path, below: str):
    link = tmp_path / "link"
    link.symlink_to(data)
    there = sorted(data.rglob("*"))
    for folder in (data, link):
        said = _refused(data, folder / below, 2024, notebooks=notebooks)
        assert "data folder" in said and "--out" in said and len(said.splitlines()) == 1
        own = OwnNotebook(notebooks / "10_first.ipynb", 2024, "id", data, project.DEFAULT_PLAN)
        with pytest.raises(WrongUsage, match="data folder"):
            make(own, folder / below)
    assert sorted(data.rglob("*")) == there


@pytest.mark.skipif(os.name == "nt", reason="rights of another kind")
def test_an_out_that_may_not_be_written_to_is_told_before_anything_runs():
    """Asked as somebody who may not, whoever runs the tests."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from helpers.contracts import WrongUsage, load_plan\n"
        "from helpers.workflow import places\n"
        "plan = load_plan()\n"
        "os.getuid() or os.setuid(65534)\n"
        "for out in sys.argv[1:]:\n"
        " try: places.must_fit(Path(out), plan, synthetic=False, years=[2024], whole=True)\n"
        " except WrongUsage as e: print(e.message('en'))"
    )
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o555)
        told = subprocess.run(
            [sys.executable, "-c", script, place, f"{place}/deep/reports"],
            capture_output=True,
            text=True,
            check=True,
        )
    assert told.stdout.count("may not be written to") == 2


def test_a_changed_plan_is_told_against_last_years_report_which_is_named(
    notebooks: Path, data: Path, tmp_path: Path
):
    out, plan = tmp_path / "out", tmp_path / "plan.yml"
    plan.write_text("privacy: {small_cell: 15}\n")
    _run(data, out, 2023, notebooks=notebooks)
    _run(data, out, 2024, notebooks=notebooks, plan_file=plan)
    first, second = (json.loads((out / y / "manifest.json").read_text()) for y in ("2023", "2024"))
    assert (first["plan_changes"], first["compared_with"]) == ({}, None)
    assert second["plan_changes"] == {"privacy.small_cell": [10, 15]}
    before = (out / "2023" / "manifest.json").read_bytes()
    assert second["compared_with"] == {
        "file": "2023/manifest.json",
        "sha256": hashlib.sha256(before).hexdigest(),
    }


class Screen(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


def test_a_rerun_shows_a_bar_as_well(
    notebooks: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for years in ((2023, 2024), (2023, 2024), (2024,)):
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        _run(data, tmp_path / "out", *years, notebooks=notebooks)
        last = screen.getvalue().rstrip().split("\r")[-1]
        steps = 4 * len(years)
        assert last.startswith("100%|") and f" {steps}/{steps} " in last


def test_no_bar_where_nobody_looks_on(
    notebooks: Path, data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    _run(data, tmp_path / "out", 2024, notebooks=notebooks)
    assert capfd.readouterr() == ("", "")


def test_a_second_run_on_a_folder_says_that_it_waits_and_for_whom(
    notebooks: Path, data: Path, tmp_path: Path
):
    out, said = tmp_path / "out", []
    held, told, done = threading.Event(), threading.Event(), []

    def first() -> None:
        with places.held(out, lambda _: None):
            held.set()
            told.wait(30)
            done.append("first")

    def notice(text: Text) -> None:
        said.append(text)
        told.set()

    thread = threading.Thread(target=first)
    thread.start()
    assert held.wait(30)
    request = workflow.Request(years=(2024,), data=data, out=out, notebooks=notebooks)
    workflow.run(request, notice=notice)
    done.append("second")
    thread.join()
    assert done == ["first", "second"]
    (text,) = said
    for lang, word in (("id", "Menunggu"), ("en", "Waiting")):
        assert text[lang].startswith(word) and f"{os.getpid()}, 20" in text[lang]
    workflow.run(request, notice=notice)
    assert len(said) == 1


def test_who_makes_a_year_again_from_other_files_is_told_to_call_the_copies_back(
    notebooks: Path, data: Path, tmp_path: Path
):
    said: list[Text] = []

    def run(*years: int) -> None:
        request = workflow.Request(years, data, tmp_path / "out", notebooks=notebooks, fresh=True)
        workflow.run(request, notice=said.append)

    run(2023, 2024)
    run(2023, 2024)
    assert not said
    scores = data / "kinerja.csv"
    later = [r for r in scores.read_text().splitlines() if not r.startswith("2024")]
    scores.write_text("\n".join([*later, f"2024,{NIPS[0]},81.5,1200,200"]))
    run(2024)
    (told,) = said
    assert told.id.startswith("Laporan 2024") and "Call back" in told.en
    run(2024)
    assert len(said) == 1
