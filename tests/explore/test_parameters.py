"""A changed parameters cell of the Lab's own question gives what papermill gives with that
parameter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from ipywidgets import VBox
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from helpers.explore import Searchable
from helpers.workflow import workbench
from tests.workflow.conftest import value_of


def _told(value: Any) -> str:
    """What a cell's value shows, without the numbers that widgets give themselves."""
    if isinstance(value, VBox):
        return str(value.children[-1].value)
    if isinstance(value, Searchable):
        return value.table.to_csv()
    return "" if value is None else value.words() if hasattr(value, "words") else repr(value)


def _answers(notebook: nbformat.NotebookNode) -> list[str]:
    """What each cell shows, as by Run All in one kernel."""
    names: dict[str, Any] = {}
    own = [c for c in notebook.cells if c.cell_type == "code"]
    told = {c.get("id"): _told(value_of(c.source, names)) for c in own}
    return [answer for answer in told.values() if answer]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, small_region: Path) -> nbformat.NotebookNode:
    """The notebook as the Lab opens it, of a small region."""
    folder = workbench.lay_out(folder=tmp_path_factory.mktemp("lab")).folder
    notebook = load_notebook_node(str(folder / "80_my_own_question.ipynb"))
    return _with(notebook, 'data = "data/sample"', f"data = {str(small_region)!r}")


def _with(notebook: nbformat.NotebookNode, line: str, changed: str) -> nbformat.NotebookNode:
    """The notebook after somebody has typed something else into its parameters cell."""
    copy: nbformat.NotebookNode = nbformat.from_dict(notebook)
    (cell,) = (c for c in copy.cells if "parameters" in c.metadata.get("tags", []))
    assert line in cell.source.splitlines()
    cell.source = cell.source.replace(line, changed)
    return copy


def test_a_changed_parameters_cell_gives_what_papermill_gives(opened: nbformat.NotebookNode):
    before = _answers(opened)
    changed = {
        "year": (2023, _with(opened, "year = 2024", "year = 2023")),
        "lang": ("en", _with(opened, 'lang = "id"', 'lang = "en"')),
    }
    for name, (value, typed) in changed.items():
        answers = _answers(typed)
        assert answers == _answers(parameterize_notebook(opened, {name: value})), name
        # The choices, the comparisons and the table of units all follow; nothing else is repeated.
        assert len(answers) == len(before) >= 5
        assert sum(a != b for a, b in zip(answers, before, strict=True)) >= 4, name
