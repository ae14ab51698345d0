"""Notebooks as the repository holds them: thin, clean to diff, headline answers kept, in both languages."""

from __future__ import annotations

import re

import nbformat
import pytest

from helpers import explore
from helpers.contracts import Answer, Study, project
from helpers.workflow import pipeline
from helpers.workflow.stored import stored

NOTEBOOKS = sorted(project.NOTEBOOKS.glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=[p.stem for p in NOTEBOOKS])
def notebook(request) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


def test_it_is_stored_clean_with_its_headline(notebook):
    before = nbformat.writes(notebook)
    assert nbformat.writes(stored(nbformat.reads(before, as_version=4))) == before
    headlines = [c for c in notebook.cells if "headline" in c.metadata.get("tags", [])]
    assert (
        len(headlines) == 1
        and headlines[0].outputs[0]["name"] == "stdout"
        and headlines[0].outputs[0]["text"]
    )
    assert "nbval-check-output" in headlines[0].metadata["tags"]


def test_it_is_thin(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 10
            assert not re.search(
                r"^\s*(def|class|for|while|if|import os|import sys)\b", cell.source, re.MULTILINE
            ), cell.source
            assert not re.search(r"from helpers\.", cell.source)


def test_its_cells_may_be_run_twice(notebook, monkeypatch):
    """A cell that changes what it reads (`tables, plan = …`) would not survive a second run."""
    monkeypatch.chdir(project.ROOT)
    cells = [c.source for c in notebook.cells if c.cell_type == "code"]
    names: dict[str, object] = {}
    for source in (*cells[:2], *cells[1:], *cells[1:]):
        exec(compile(source, "cell", "exec"), names)
    assert isinstance(names["study"], Study)
    assert isinstance(names.get("answer"), Answer) or isinstance(names.get("seen"), explore.Shown)


def test_it_has_its_parameters_and_both_languages(notebook):
    parameters = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    assert [line.split(" = ")[0] for line in parameters[0].source.splitlines()] == [
        "year",
        "data",
        "plan",
        "lang",
        "out",
    ]
    texts = [c.metadata.get("tags", []) for c in notebook.cells if c.cell_type == "markdown"]
    spoken = [lang for tags in texts for lang in tags if lang in ("id", "en")]
    assert spoken.count("id") == spoken.count("en") == len(texts) / 2 == len(spoken) / 2
    title = next(c for c in notebook.cells if c.cell_type == "markdown")
    assert re.match(r"# .+\?", title.source)


def test_cell_ids_are_stable_and_unique(notebook):
    ids = [c.id for c in notebook.cells]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"\d\d-\d\d", i) for i in ids)


def test_the_pipeline_lists_every_notebook_once():
    own = "80_my_own_question"
    assert list(pipeline.load().needs) == [p.stem for p in NOTEBOOKS if p.stem != own]
