"""A question is one file, one notebook and one line, as docs/how-to/add-a-notebook says: done here
with the very code that the page prints, in a copy of the notebooks.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from helpers import questions, workflow
from helpers.contracts import project
from helpers.workflow import pipeline

PAGES = sorted((project.ROOT / "docs" / "how-to").glob("add-a-notebook*.md"))
MODULE = "helpers.questions.punctuality"
NAME = "36_punctuality"
HEADINGS = {"id": "Apakah pekerjaan makin tepat waktu?", "en": "Is work done on time more often?"}


def blocks(page: Path, kind: str) -> list[str]:
    """The code that a page prints, block by block."""
    return re.findall(rf"(?ms)^```{kind}\n(.*?)^```", page.read_text(encoding="utf-8"))


@pytest.fixture(params=PAGES, ids=[p.name for p in PAGES])
def notebooks(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A copy of the notebooks, to which one page's question was added."""
    question, *cells = blocks(request.param, "python")
    (line,) = blocks(request.param, "yaml")
    more = tmp_path / "questions"
    more.mkdir()
    (more / "punctuality.py").write_text(question, encoding="utf-8")
    # As if the file lay beside the others, without a word to anything that is there.
    monkeypatch.setattr(questions, "__path__", [*questions.__path__, str(more)])
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    folder = tmp_path / "notebooks"
    shutil.copytree(project.NOTEBOOKS, folder)
    with (folder / "pipeline.yml").open("a", encoding="utf-8") as graph:
        graph.write(line)
    nbformat.write(_notebook(cells), folder / f"{NAME}.ipynb")
    yield folder
    sys.modules.pop(MODULE, None)
    vars(questions).pop("punctuality", None)


def _notebook(cells: list[str]) -> nbformat.NotebookNode:
    """The one that the page says to copy, with its headings and parameters and the page's cells."""
    copied = nbformat.read(project.NOTEBOOKS / "40_satisfaction_trends.ipynb", as_version=4)
    headings, parameters = copied.cells[:2], copied.cells[2]
    assert parameters.metadata["tags"] == ["parameters"]
    for cell in headings:
        (lang,) = cell.metadata["tags"]
        cell.source = f"# {HEADINGS[lang]}"
    copied.cells[3:] = [nbformat.v4.new_code_cell(c.strip()) for c in cells]
    return copied


@pytest.mark.usefixtures("at_once")
def test_a_file_a_notebook_and_a_line_make_a_page(
    notebooks: Path, small_region: Path, tmp_path: Path
):
    assert pipeline.load(notebooks).chosen(["36"]) == (NAME,)
    out = tmp_path / "reports"
    workflow.run(
        workflow.Request(
            years=(2024,), data=small_region, out=out, only=("36",), notebooks=notebooks
        )
    )
    for lang, folder in (("id", out / "2024"), ("en", out / "2024" / "en")):
        page = (folder / f"{NAME}.html").read_text(encoding="utf-8")
        assert HEADINGS[lang] in page
        assert {"id": "Ketepatan waktu", "en": "On-time share"}[lang] in page
        assert f"{NAME}.html" in (folder / "index.html").read_text(encoding="utf-8")


def test_both_languages_print_the_same_code():
    one, two = ([blocks(p, kind) for kind in ("python", "yaml", "sh")] for p in PAGES)
    assert one == two and all(one)
