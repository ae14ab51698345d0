"""A notebook runs once for both languages, and nothing is asked twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from helpers import intake
from helpers.contracts import LANGS, remembered
from helpers.workflow import languages
from helpers.workflow.execute import NotebookFailed, execute
from tests.workflow.conftest import own_notebook

ASKED = 'asked = globals().get("asked", 0) + 1'


def _own(folder: Path, *sources: str) -> Path:
    path = own_notebook(folder / "11_own.ipynb", *sources)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = 'year = 0\nlang = "id"\nout = ""'
    nbformat.write(notebook, path)
    return path


def _shown(notebook: nbformat.NotebookNode) -> list[str]:
    return [o.text.strip() for c in notebook.cells for o in c.get("outputs", [])]


@pytest.mark.usefixtures("at_once")
def test_each_language_shows_what_its_own_pass_said(tmp_path: Path):
    path = _own(tmp_path, ASKED, "print(lang, year, asked)")
    entry = execute(path, {"year": 2024}, "own")
    both = {lang: nbformat.read(entry.notebook(lang), as_version=4) for lang in LANGS}
    assert {lang: _shown(n) for lang, n in both.items()} == {
        "id": ["id 2024 1"],
        "en": ["en 2024 2"],
    }
    stored = nbformat.read(path, as_version=4)
    for notebook in both.values():
        assert [c.id for c in notebook.cells] == [c.id for c in stored.cells]
        assert [c.source for c in notebook.cells] == [c.source for c in stored.cells]


def test_a_notebook_without_a_language_runs_once():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1)")])
    assert len(languages.both(notebook).cells) == 1
    assert languages.apart(notebook) == {"id": notebook, "en": notebook}


def test_papermills_cell_tells_the_language_that_the_page_shows(tmp_path: Path):
    whole = languages.both(nbformat.read(_own(tmp_path, "print(lang)"), as_version=4))
    given = nbformat.v4.new_code_cell('year = 2024\nlang = "id"')
    given.metadata["tags"] = ["injected-parameters"]
    whole.cells.insert(2, given)
    told = languages.apart(whole)
    assert [told[lang].cells[2].source for lang in LANGS] == [
        f'year = 2024\nlang = "{lang}"' for lang in LANGS
    ]


@pytest.mark.usefixtures("at_once")
def test_a_cell_that_fails_in_the_second_language_only_has_its_own_number(tmp_path: Path):
    path = _own(tmp_path, ASKED, 'if lang == "en": raise KeyError("Siti")')
    with pytest.raises(NotebookFailed, match=r"11_own, sel ke-4: KeyError") as failed:
        execute(path, {}, "own")
    assert "Siti" not in failed.value.message("en")


def test_a_study_read_again_knows_what_was_worked_out_and_another_does_not(
    small_region: Path, tmp_path: Path
):
    worked = []

    @remembered
    def rows(study):
        worked.append(study.year)
        return len(study.kinerja)

    folder = shutil.copytree(small_region, tmp_path / "region")
    first = intake.study(folder, 2024)
    assert rows(first) == rows(intake.study(folder, 2024))
    assert worked == [2024]
    assert intake.study(folder, 2024).kinerja is not first.kinerja
    rows(intake.study(folder, 2023))
    # One row less: nothing that was known still holds.
    survey = folder / "skm_2023.csv"
    survey.write_text("".join(survey.read_text().splitlines(keepends=True)[:-1]))
    rows(intake.study(folder, 2023))
    assert worked == [2024, 2023, 2023]
