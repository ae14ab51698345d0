"""Notebooks of our own, and a way to run them at once for tests of what becomes of them."""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter
from papermill.exceptions import PapermillExecutionError

from helpers.bench import killed_runs
from helpers.contracts import project
from helpers.explore import beside, marked
from helpers.intake import asked
from helpers.present import made_by_house
from helpers.workflow import cache, execute, kernels, languages, own_pages

_SHOWS = DisplayFormatter()


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


def files(folder: Path) -> dict[str, bytes]:
    """What every file below a folder holds."""
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def untimed(found: dict[str, bytes]) -> dict[str, bytes]:
    """Without the time of the run, and the earlier manifest that a page names, which tells it."""
    kept = {n: b for n, b in found.items() if not n.endswith("manifest.json")}
    return {n: killed_runs.untimed(b) for n, b in kept.items()}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Notebooks run in this process, without papermill and kernels, and are kept on a shelf of this
    test's own.
    """
    monkeypatch.setattr(execute, "_through_papermill", _in_this_process)
    monkeypatch.setattr(kernels, "begun", lambda: contextlib.nullcontext(lambda: "none"))
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    monkeypatch.setattr(own_pages, "kept_in", lambda: tmp_path / "own_pages")
    # What a page's first cell sets, this process forgets after the test.
    for module, name in (
        (asked, "_page"), (beside, "_shown"), (made_by_house, "_key"), (marked, "_given"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, None)
    return tmp_path / "prepared"


def value_of(source: str, names: dict[str, Any]) -> object:
    """What a cell shows: the value of its last line, where that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


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
            value = value_of(cell.source, names)
        except Exception as e:
            told = (type(e).__name__, str(e), traceback.format_exc().splitlines())
            error = dict(zip(("ename", "evalue", "traceback"), told, strict=True))
            cell.outputs.append(nbformat.v4.new_output("error", **error))
            stopped = PapermillExecutionError(number, number, cell.source, *told)
            value = None
        if said.getvalue():
            cell.outputs.append(nbformat.v4.new_output("stream", text=said.getvalue()))
        if value is not None:
            data, metadata = _SHOWS.format(value)
            result = {"data": data, "metadata": metadata}
            cell.outputs.append(nbformat.v4.new_output("execute_result", **result))
        if "parameters" in cell.metadata.get("tags", []):
            names |= {"lang": languages.FIRST, **parameters, "out": str(aside / cache.PART)}
    # A kernel's end would forget it.
    asked._page = None
    nbformat.write(notebook, aside / execute._RAN)
    if stopped:
        raise stopped
