"""The notebooks to work on in the Lab: copies in a folder that git never sees, so that what is
saved there, with own figures in it, cannot be committed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import nbformat

from helpers.contracts import Lang, project, restore, write_whole
from helpers.workflow import languages
from helpers.workflow.execute import NotebookFailed, whole

# With it the Lab offers nobody news from the network.
LAB_SETTINGS: Final = Path(__file__).with_name("lab")
START: Final = "00_start_here.ipynb"
# Beside the copies: what was written in each of them when it was copied.
_ORIGINS: Final = ".copied-from.json"


@dataclass(frozen=True, slots=True)
class Workbench:
    """The copies.

    Parameters
    ----------
    folder : where they are.
    own : names of those that hold somebody's work and stay as they were saved, though the original
        is another by now, or was asked for in another language.
    """

    folder: Path
    own: tuple[str, ...] = ()


def lay_out(
    notebooks: Path = project.NOTEBOOKS,
    folder: Path | None = None,
    lang: Lang = "id",
    given: Mapping[str, str | int] | None = None,
) -> Workbench:
    """Copy the notebooks, but for those that are there already.

    Parameters
    ----------
    notebooks : the folder of the originals, which are only read.
    folder : where the copies go; ``data/private/lab`` where None.
    lang : whose text cells the copies have, and what they answer in.
    given : values of their parameters cells, in place of those of the originals.

    Returns
    -------
    The folder. A copy in which somebody changed a cell keeps its name, its place and every word;
    one that was only run is none of theirs: what a cell showed can be had again.
    """
    folder = folder or project.PRIVATE / "lab"
    restore(folder)
    origins = _read(folder / _ORIGINS)
    own = []
    for original in sorted(notebooks.glob("*.ipynb")):
        notebook = languages.alone(nbformat.read(str(original), as_version=4), lang)
        _give(notebook, given or {})
        new, copy = _written(notebook), folder / original.name
        if copy.exists():
            if origins.get(original.name) == new:
                continue
            if _is_own(copy, new, origins.get(original.name)):
                own.append(original.name)
                continue
        write_whole(copy, nbformat.writes(notebook) + "\n")
        origins[original.name] = new
    write_whole(folder / _ORIGINS, json.dumps(origins, indent=1) + "\n")
    return Workbench(folder, tuple(own))


def _give(notebook: nbformat.NotebookNode, given: Mapping[str, str | int]) -> None:
    """Write values into the parameters cell; what is stored was answered with others."""
    changed = False
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            before = cell.source
            cell.source = "\n".join(_line(line, given) for line in before.splitlines())
            changed |= cell.source != before
    for cell in notebook.cells if changed else ():
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def _line(line: str, given: Mapping[str, str | int]) -> str:
    name = line.partition("=")[0].strip()
    return f"{name} = {json.dumps(given[name], ensure_ascii=False)}" if name in given else line


def _read(path: Path) -> dict[str, str]:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _is_own(copy: Path, *laid: str | None) -> bool:
    try:
        return _written(whole(copy)) not in laid
    except NotebookFailed:
        return True  # Damaged, or no notebook at all: somebody's, as it is.


def _written(notebook: nbformat.NotebookNode) -> str:
    """Names what somebody wrote into a notebook: its cells, whatever they showed when they ran."""
    cells = [[c.cell_type, c.source, c.metadata.get("tags", [])] for c in notebook.cells]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
