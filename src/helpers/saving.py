"""What a Jupyter that was started beside ``evaluasi lab`` saves into the notebooks of this
repository: cells as they were written, results as they were stored; and no news are offered in it.

Jupyter calls it, so that it loads nothing else of ours.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from helpers import project

_EXTENSION: Final = json.dumps({"ServerApp": {"jpserver_extensions": {__name__: True}}}, indent=2)
_LAB: Final = Path(__file__).with_name("workflow") / "lab" / "labconfig" / "page_config.json"


def heeded(prefix: Path | None = None) -> None:
    """Have every Jupyter of this virtual environment call `without_own_figures`, and its Lab ask
    for no news; an editable installation cannot bring the files along. A Python that others use is
    left alone, and so is what somebody set for the Lab.

    Parameters
    ----------
    prefix : of the environment; the one that runs where None.
    """
    own = prefix or Path(sys.prefix)
    if sys.prefix == sys.base_prefix and not (own / "conda-meta").is_dir():
        return
    jupyter = own / "etc" / "jupyter"
    file, lab = jupyter / "jupyter_server_config.d" / "evaluasi.json", jupyter / "labconfig"
    # Only Jupyters that are started without us would miss them.
    with contextlib.suppress(OSError):
        if not file.exists() or file.read_text(encoding="utf-8") != _EXTENSION:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_EXTENSION, encoding="utf-8")
        if not (lab / _LAB.name).exists():
            lab.mkdir(parents=True, exist_ok=True)
            (lab / _LAB.name).write_bytes(_LAB.read_bytes())


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(without_own_figures)


def without_own_figures(
    model: dict[str, Any], path: str, contents_manager: Any, **_others: Any
) -> None:
    """Put the stored results in place of those about to be saved, which may be of real people and
    which git would keep; notebooks elsewhere are saved as they are.

    Parameters
    ----------
    model : the notebook as Jupyter is about to write it; changed in place.
    path : where, below the root of the contents manager.
    contents_manager : of Jupyter, with its ``root_dir``.
    _others : whatever else Jupyter tells a hook; nothing is needed.
    """
    file = Path(contents_manager.root_dir, path)
    if model["type"] != "notebook" or not _is_ours(file):
        return
    before, about = _stored(file)
    for cell in model["content"]["cells"]:
        if cell["cell_type"] == "code":
            old = before.get(cell.get("id"), {})
            cell["outputs"] = old.get("outputs", [])
            cell["execution_count"] = old.get("execution_count")
            cell["metadata"].pop("execution", None)
    # The last state of sliders and pickers holds figures, too, and the version of whose Python it
    # was is nothing to anybody else.
    model["content"]["metadata"] = about


def _stored(file: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The code cells as they are in a file, by id, and what it says of itself; nothing where it
    cannot be read.
    """
    try:
        notebook = json.loads(file.read_text(encoding="utf-8"))
        cells = {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "code"}
        return cells, dict(notebook["metadata"])
    except (ValueError, KeyError, TypeError):
        # Jupyter saves all the same where this fails, so that it must not.
        return {}, {}


def _is_ours(file: Path) -> bool:
    folder = project.NOTEBOOKS.resolve()
    return file.exists() and file.resolve().parent == folder and file.name[:2].isdigit()
