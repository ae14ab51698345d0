"""Whole runs: the contract of the output, determinism, whole or not at all, one failing notebook."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from helpers import contracts, intake, publish, workflow
from helpers.contracts import EvaluasiError, project
from helpers.contracts.results import ESTIMATE_COLUMNS, EXCLUSION_COLUMNS, INDICATOR_COLUMNS
from helpers.publish.edited_report import check_edited
from helpers.workflow import pipeline
from tests.workflow.conftest import files, untimed

PAGES = list(pipeline.load().needs)


def _run(data: Path, out: Path, *years: int, **more) -> list[Path]:
    return workflow.run(workflow.Request(years=years, data=data, out=out, **more))


@pytest.fixture(scope="module")
def report(small_region: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    _run(small_region, out, 2023, 2024)
    return out


def test_everything_of_the_contract_is_there(report: Path):
    assert (report / "index.html").exists()
    for year in ("2023", "2024"):
        names = set(files(report / year))
        pages = {f"{p}.html" for p in PAGES} | {f"notebooks/{p}.ipynb" for p in PAGES}
        pages |= {"index.html", "laporan.html", "explore.html"}
        tables = ("indicators.csv", "estimates.csv", "exclusions.csv", "findings.json")
        results = {f"results/{r}" for r in tables}
        assert names == {"manifest.json", *pages, *(f"en/{p}" for p in pages), *results}


def test_result_files_keep_their_columns_and_rules(report: Path):
    results = report / "2024" / "results"
    for name, columns in (
        ("indicators", INDICATOR_COLUMNS),
        ("estimates", ESTIMATE_COLUMNS),
        ("exclusions", EXCLUSION_COLUMNS),
    ):
        with (results / f"{name}.csv").open(newline="") as f:
            assert tuple(next(csv.reader(f))) == columns
    estimates = pd.read_csv(results / "estimates.csv")
    primary = estimates[estimates["role"] == "primary"]
    assert not primary.duplicated(["question", "outcome"]).any()
    assert set(primary["outcome"]) == {
        "output_per_day",
        "skp",
        "on_time_share",
        "staff_unsur",
        "ikm",
        "waktu",
        "kompetensi",
        "perilaku",
        "prosedur",
        "pengaduan",
    }
    inside = estimates.dropna(subset=["ci_low", "ci_high"])
    assert (
        (inside["ci_low"] <= inside["estimate"]) & (inside["estimate"] <= inside["ci_high"])
    ).all()
    indicators = pd.read_csv(results / "indicators.csv")
    assert {"ikm", "skp_mean", "output_per_day", "on_time_share", "trained_share", "jp_mean", "jp_target_share", "refusal_share",
            "linkage_rate"} <= set(indicators["indicator"])  # fmt: skip
    assert {"all", "unit", "unsur"} == set(
        indicators.loc[indicators["indicator"] == "ikm", "group_by"]
    )
    findings = json.loads((results / "findings.json").read_text())
    for finding in findings:
        assert set(finding) == {"id", "question", "outcome", "claim", "grade", "may_claim_cause", "reasons", "record", "estimate", "ci_low",
                                "ci_high", "unit_label", "text"}  # fmt: skip
        assert set(finding["text"]) == {"id", "en"} and all(finding["text"].values())
        assert finding["may_claim_cause"] == (finding["grade"] in ("strong", "moderate"))
    assert len({f["id"] for f in findings}) == len(findings)


def test_small_groups_are_nowhere_in_the_results(report: Path):
    indicators = pd.read_csv(report / "2024" / "results" / "indicators.csv")
    assert (indicators["n"].dropna() >= 10).all()


def test_the_manifest_names_relative_things_only(report: Path, small_region: Path):
    manifest = json.loads((report / "2023" / "manifest.json").read_text())
    assert {
        "year",
        "inputs",
        "plan_sha256",
        "code_sha256",
        "parameters",
        "seeds",
        "packages",
        "durations",
    } <= set(manifest)
    assert {"typst", "python-docx", "pandas"} <= set(manifest["packages"])
    assert not any("2024" in name for name in manifest["inputs"])
    assert set(manifest["inputs"]) <= set(intake.input_hashes(small_region))
    text = json.dumps(manifest)
    assert (
        str(small_region) not in text
        and str(project.ROOT) not in text
        and not re.search(r'"(/|[A-Z]:\\\\)', text)
    )


def test_pages_are_self_contained_labelled_and_hold_nobody(report: Path, small_region: Path):
    people = intake.identities(small_region)
    for path in report.rglob("*.html"):
        text = path.read_text()
        assert not re.search(
            r"<script\b[^>]*\bsrc|<(?:link|iframe)\b|<source\b(?![^>]*srcset=\"data:)|src\s*=\s*[\"']?(?:https?:)?//",
            text,
        ), path
        lang = "en" if "en" in path.relative_to(report).parts else "id"
        assert re.match(rf'<!DOCTYPE html>\s*<html lang="{lang}">', text), path
        assert {"id": "Data sintetis", "en": "Synthetic data"}[lang] in text, path
        assert path.stat().st_size < 3_000_000
        assert not re.search(
            r"Traceback|\bnan\b|NaN|\{[a-z_]+\}",
            re.sub(
                r"base64,[^\"]+|<(style|script)\b.*?</\1>|<details.*?</details>",
                "",
                text,
                flags=re.DOTALL,
            ),
        ), path
    for name, content in files(report).items():
        assert not any(n.encode() in content for n in people.nips), name


def test_executed_notebooks_hold_no_path_and_no_error(report: Path):
    for path in (report / "2024" / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        assert not any(
            o.output_type == "error"
            for c in notebook.cells
            if c.cell_type == "code"
            for o in c.outputs
        )
        text = path.read_text()
        assert "/tmp" not in text and str(project.ROOT) not in text


def test_a_year_made_again_is_the_same_byte_for_byte(
    report: Path, small_region: Path, tmp_path: Path
):
    """From another folder, beside the same report of the year before (which the next test makes
    again).
    """
    elsewhere = tmp_path / "other" / small_region.name
    shutil.copytree(small_region, elsewhere)
    again = tmp_path / "again"
    shutil.copytree(report / "2023", again / "2023")
    _run(elsewhere, again, 2024, fresh=True)
    assert untimed(files(again / "2024")) == untimed(files(report / "2024"))


def test_2023_is_unchanged_when_2024_is_not_there(report: Path, small_region: Path, tmp_path: Path):
    earlier = tmp_path / small_region.name
    shutil.copytree(small_region, earlier)
    for file in earlier.glob("*_2024.csv"):
        file.unlink()
    activities = pd.read_csv(earlier / "kegiatan.csv", dtype=str)
    activities[activities["tanggal_mulai"] < "2024"].to_csv(earlier / "kegiatan.csv", index=False)
    _run(earlier, tmp_path / "out", 2023)
    assert untimed(files(tmp_path / "out" / "2023")) == untimed(files(report / "2023"))


def test_only_runs_what_was_asked_for_and_says_nothing_else(small_region: Path, tmp_path: Path):
    _run(small_region, tmp_path / "out", 2024, only=("31_productivity_effect",))
    year = tmp_path / "out" / "2024"
    assert sorted(p.name for p in year.glob("*.html")) == [
        "31_productivity_effect.html",
        "explore.html",
        "index.html",
    ]
    # What can be explored is what the results hold, and the first page leads there.
    explored = (year / "explore.html").read_text()
    assert 'id="differences"' in explored and 'id="indicators"' not in explored
    assert 'href="explore.html"' in (year / "index.html").read_text()
    assert set(pd.read_csv(year / "results" / "estimates.csv")["question"]) == {"productivity"}
    assert pd.read_csv(year / "results" / "indicators.csv").empty
    with pytest.raises(EvaluasiError, match="90_annual_report"):
        _run(small_region, tmp_path / "out", 2024, only=("no_such",))


def test_the_annual_report_stands_beside_last_years_where_there_is_one(report: Path):
    """In both languages, by the manifest's name and its true hash."""
    named = hashlib.sha256((report / "2023" / "manifest.json").read_bytes()).hexdigest()[:12]
    for lang, beside, none in (
        ("id", "Dibanding laporan lalu", "Di folder ini tidak ada laporan 2022"),
        ("en", "Since the last report", "There is no report 2022 in this folder"),
    ):
        later, first = (
            (publish.pages_folder(report / year, lang) / "index.html").read_text()
            for year in ("2024", "2023")
        )
        assert beside in later and f"2023/manifest.json (sha256 {named})" in later
        assert none in first and beside not in first


def test_english_pages_are_english(report: Path):
    text = (report / "2024" / "en" / "31_productivity_effect.html").read_text()
    assert '<html lang="en">' in text and "Did productivity rise" in text
    assert "Apakah" not in text and "rentang" not in text


def test_a_faulty_folder_writes_nothing(tiny, tmp_path: Path):
    with pytest.raises(EvaluasiError, match="month_first"):
        _run(
            tiny(skm=(tiny() / "skm.csv").read_text().replace("2023-03-01", "03/25/2023", 1)),
            tmp_path / "out",
            2024,
        )
    assert not (tmp_path / "out").exists()


def test_missing_tables_give_pages_that_say_so(small_region: Path, tmp_path: Path):
    data = tmp_path / "data"
    shutil.copytree(small_region, data)
    for file in (*data.glob("peserta*"), *data.glob("kegiatan*"), *data.glob("kinerja*")):
        file.unlink()
    only = ("31_productivity_effect", "40_satisfaction_trends")
    _run(data, tmp_path / "out", 2024, only=only)
    page = (tmp_path / "out" / "2024" / "31_productivity_effect.html").read_text()
    assert "menunggu tabel" in page and "kinerja" in page
    assert pd.read_csv(tmp_path / "out" / "2024" / "results" / "estimates.csv").empty
    assert "ikm" in set(
        pd.read_csv(tmp_path / "out" / "2024" / "results" / "indicators.csv")["indicator"]
    )


@pytest.fixture
def own_notebooks(tmp_path: Path) -> Path:
    """Two notebooks of our own: one that works, and one whose second cell can be made to fail."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "pipeline.yml").write_text(
        "notebooks:\n  10_good: {needs: []}\n  20_bad: {needs: []}\n  30_after: {needs: [20_bad]}\n"
    )
    for name in ("10_good", "20_bad", "30_after"):
        cells = [
            nbformat.v4.new_markdown_cell(f"# {name}"),
            nbformat.v4.new_code_cell('year = 0\ndata = plan = lang = out = ""'),
        ]
        cells[1].metadata["tags"] = ["parameters"]
        if name == "20_bad":
            cells.append(nbformat.v4.new_code_cell("import pathlib\nprint(1)"))
            cells.append(nbformat.v4.new_code_cell("1 / 0  # 198003012005011003"))
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{name}.ipynb")
    return folder


@pytest.mark.usefixtures("at_once")
def test_a_failing_notebook_leaves_an_earlier_report_untouched(
    own_notebooks: Path, small_region: Path, tmp_path: Path
):
    out = tmp_path / "out"
    bad = nbformat.read(own_notebooks / "20_bad.ipynb", as_version=4)
    mended = nbformat.from_dict(bad)
    mended.cells = bad.cells[:3]
    nbformat.write(mended, own_notebooks / "20_bad.ipynb")
    _run(small_region, out, 2024, notebooks=own_notebooks)
    before = files(out)
    bad.cells.append(nbformat.v4.new_code_cell("raise ValueError"))
    nbformat.write(bad, own_notebooks / "20_bad.ipynb")
    with pytest.raises(EvaluasiError):
        _run(small_region, out, 2024, notebooks=own_notebooks)
    assert files(out) == before


@pytest.mark.usefixtures("at_once")
def test_a_notebook_runs_again_when_one_that_it_needs_has_changed(
    own_notebooks: Path, small_region: Path, tmp_path: Path
):
    def write(name: str, source: str) -> None:
        path = own_notebooks / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[2:] = [nbformat.v4.new_code_cell(f"from pathlib import Path\n{source}")]
        nbformat.write(notebook, path)

    pages = []
    write("30_after", "print((Path(out) / 'needs' / '20_bad' / 'said').read_text())")
    for said in ("first answer", "second answer"):
        write("20_bad", f"Path(out).mkdir()\n(Path(out) / 'said').write_text({said!r})")
        _run(small_region, tmp_path / "out", 2024, notebooks=own_notebooks)
        pages.append((tmp_path / "out" / "2024" / "30_after.html").read_text())
    assert "first answer" in pages[0]
    assert "second answer" in pages[1] and "first answer" not in pages[1]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("typed", ["nip", "name"])
def test_a_leak_publishes_nothing(
    own_notebooks: Path, small_region: Path, tmp_path: Path, typed: str
):
    people = intake.identities(small_region)
    person = sorted(people.nips if typed == "nip" else people.names)[0]
    leaky = nbformat.read(own_notebooks / "10_good.ipynb", as_version=4)
    leaky.cells.append(
        nbformat.v4.new_code_cell(f"print('{person[:9]}' + '{person[9:]}')")
        if typed == "nip"
        # What is typed is no word of ours.
        else nbformat.v4.new_markdown_cell(f"Tanya {person} dulu")
    )
    nbformat.write(leaky, own_notebooks / "10_good.ipynb")
    with pytest.raises(EvaluasiError) as stopped:
        _run(small_region, tmp_path / "out", 2024, notebooks=own_notebooks, only=("10_good",))
    said = str(stopped.value)
    assert "10_good" in said and person not in said and re.search(r"\.csv, (baris|row) \d", said)
    assert not (tmp_path / "out" / "2024").exists()


def test_two_runs_at_once_take_turns(small_region: Path, tmp_path: Path):
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "helpers",
        "run",
        "--year",
        "2024",
        "--data",
        str(small_region),
        "--out",
        str(out),
        "--only",
        "10",
    ]
    children = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for child in children:
        _, err = child.communicate(timeout=240)
        assert child.returncode == 0, err
    assert sorted(p.name for p in out.iterdir()) == ["2024", "en", "index.html"]


def test_a_notebook_runs_under_the_bare_papermill_command(tmp_path: Path):
    command = [
        sys.executable,
        "-m",
        "papermill",
        "notebooks/30_productivity_trends.ipynb",
        str(tmp_path / "out.ipynb"),
        "-p",
        "year",
        "2023",
    ]
    subprocess.run(command, cwd=project.ROOT, check=True, capture_output=True)
    shown = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    answer = next(c for c in shown.cells if "headline" in c.metadata.get("tags", []))
    assert "output per hari kerja" in answer.outputs[0]["text"].lower()
    assert contracts.load_plan().region.name == "Solok"


@pytest.mark.parametrize("name", ["laporan.html", "explore.html"])
@pytest.mark.parametrize("lang", contracts.LANGS)
def test_no_page_of_the_year_says_more_than_its_findings(report: Path, lang, name: str):
    """The whole report, as it is sent, passes the firewall over edited files; a louder copy of it
    does not, not even where it lies in the report's own place.
    """
    year = report / "2024"
    whole = publish.pages_folder(year, lang) / name
    assert not check_edited(whole, year)
    louder = {"id": "Berkat pelatihan, IKM melonjak.", "en": "Thanks to training, IKM soared."}
    text = whole.read_text()
    try:
        whole.write_text(text.replace("</main>", f"<p>{louder[lang]}</p></main>"))
        (found,) = check_edited(whole, year)
        assert found.sentence.startswith(louder[lang][:10])
    finally:
        whole.write_text(text)
