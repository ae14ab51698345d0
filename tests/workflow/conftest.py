"""Notebooks of our own, and a way to run them at once for tests of what becomes of them."""

from __future__ import annotations

import contextlib
import functools
import io
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from papermill.exceptions import PapermillExecutionError

from helpers.contracts import project
from helpers.workflow import cache, execute, kernels, languages


def own_notebook(path: Path, *sources: str, heading: str = "") -> Path:
    """A notebook with a heading, a parameters cell and cells of the given sources."""
    cells = [
        nbformat.v4.new_markdown_cell(f"# {heading or path.stem}"),
        nbformat.v4.new_code_cell('year = 0\ndata = plan = lang = out = ""'),
        *(nbformat.v4.new_code_cell(s) for s in sources),
    ]
    cells[1].metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def pipeline(folder: Path, **needs: str) -> None:
    """The graph of notebooks by their numbers and what each needs."""
    lines = (f"  {name}: {{needs: [{before}]}}\n" for name, before in needs.items())
    (folder / "pipeline.yml").write_text("notebooks:\n" + "".join(lines))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Notebooks run in this process, without papermill and kernels, and are kept on a shelf of this
    test's own.
    """
    monkeypatch.setattr(execute, "_through_papermill", _in_this_process)
    monkeypatch.setattr(kernels, "kernels", lambda: contextlib.nullcontext("none"))
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    return tmp_path / "prepared"


def _in_this_process(
    notebook: nbformat.NotebookNode, aside: Path, parameters: Mapping[str, Any], *_: object
) -> None:
    names: dict[str, Any] = {}
    stopped = None
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or stopped:
            continue
        said = io.StringIO()
        names["print"] = functools.partial(print, file=said)
        cell.outputs = []
        try:
            exec(cell.source, names)
        except Exception as e:
            told = (type(e).__name__, str(e), traceback.format_exc().splitlines())
            error = dict(zip(("ename", "evalue", "traceback"), told, strict=True))
            cell.outputs.append(nbformat.v4.new_output("error", **error))
            stopped = PapermillExecutionError(number, number, cell.source, *told)
        if said.getvalue():
            cell.outputs.append(nbformat.v4.new_output("stream", text=said.getvalue()))
        if "parameters" in cell.metadata.get("tags", []):
            names |= {**parameters, "lang": languages.FIRST, "out": str(aside / cache.PART)}
    nbformat.write(notebook, aside / execute._RAN)
    if stopped:
        raise stopped
