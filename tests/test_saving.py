"""What a Jupyter saves into the notebooks of this repository: no own figure."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from helpers import project, saving
from tests.conftest import free_port, wait_for

NAME = "31_productivity_effect.ipynb"
OWN = "Budi Santoso: 12.34"


def filled(file: Path) -> dict:
    """A notebook in which every cell has shown something, and one more cell was written."""
    notebook = nbformat.read(str(file), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text=OWN)]
            cell.execution_count = 7
            cell.metadata["execution"] = {"iopub.status.busy": OWN}
    notebook.metadata["widgets"] = {"state": OWN}
    notebook.metadata["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    notebook.metadata["language_info"]["version"] = "3.13.1"
    own = nbformat.v4.new_code_cell("1 + 1", outputs=[nbformat.v4.new_output("stream", text=OWN)])
    notebook.cells.append(own)
    return json.loads(nbformat.writes(notebook))


def model(content: dict) -> dict:
    return {"type": "notebook", "format": "json", "content": content}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notebooks of a repository of its own."""
    shutil.copytree(project.NOTEBOOKS, tmp_path / "notebooks")
    monkeypatch.setattr(project, "NOTEBOOKS", tmp_path / "notebooks")
    return tmp_path / "notebooks"


def test_what_is_saved_holds_the_stored_results_and_the_cells_as_written(folder: Path):
    before = json.loads((folder / NAME).read_text())
    saved = model(filled(folder / NAME))
    saving.without_own_figures(saved, f"notebooks/{NAME}", SimpleNamespace(root_dir=folder.parent))
    cells = saved["content"]["cells"]
    assert OWN not in json.dumps(saved)
    # Opened and saved in a Jupyter of whatever version it is as it was.
    assert saved["content"]["metadata"] == before["metadata"]
    assert cells[:-1] == before["cells"] and "".join(cells[-1]["source"]) == "1 + 1"


@pytest.mark.parametrize("name", ["mine.ipynb", "sub/31_productivity_effect.ipynb"])
def test_notebooks_elsewhere_are_saved_as_they_are(folder: Path, name: str):
    (folder / "sub").mkdir()
    shutil.copy(folder / NAME, folder / name)
    saved = model(filled(folder / name))
    as_written = deepcopy(saved)
    saving.without_own_figures(saved, name, SimpleNamespace(root_dir=folder))
    assert saved == as_written


def test_where_the_stored_one_cannot_be_read_nothing_is_kept(folder: Path):
    saved = model(filled(folder / NAME))
    (folder / NAME).write_text("{")
    saving.without_own_figures(saved, NAME, SimpleNamespace(root_dir=folder))
    assert OWN not in json.dumps(saved)


def test_an_environment_is_told_once_and_a_shared_python_never(tmp_path: Path, monkeypatch):
    file = tmp_path / "etc/jupyter/jupyter_server_config.d/evaluasi.json"
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    saving.heeded(tmp_path)
    assert not file.exists()
    monkeypatch.setattr(sys, "base_prefix", "elsewhere")
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    saving.heeded(tmp_path)
    written = json.loads(file.read_text())
    assert written == {"ServerApp": {"jpserver_extensions": {"helpers.saving": True}}}
    lab = tmp_path / "etc/jupyter/labconfig/page_config.json"
    news = "@jupyterlab/apputils-extension:announcements"
    assert json.loads(lab.read_text()) == {"disabledExtensions": {news: True}}
    # What somebody set for the Lab is theirs.
    lab.write_text("{}")
    saving.heeded(tmp_path)
    assert lab.read_text() == "{}"
    file.parent.chmod(0o500)
    saving.heeded(tmp_path)


def test_a_jupyter_of_ones_own_saves_no_own_figure(tmp_path: Path):
    """A real server, started in a folder that it knows nothing of, on a copy of the repository."""
    copy = tmp_path / "repository"
    shutil.copytree(project.NOTEBOOKS, copy / "notebooks")
    (copy / "src" / "helpers").mkdir(parents=True)
    for name in ("__init__.py", "project.py", "saving.py"):
        shutil.copy(project.ROOT / "src" / "helpers" / name, copy / "src" / "helpers" / name)
    saving.heeded()
    port = free_port()
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", f"--port={port}", "--ServerApp.ip=127.0.0.1",
               "--IdentityProvider.token=", "--allow-root", f"--ServerApp.root_dir={copy}", "--ServerApp.disable_check_xsrf=True"]  # fmt: skip
    server = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(copy / "src")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        before = json.loads((copy / "notebooks" / NAME).read_text())
        for name in (f"notebooks/{NAME}", "mine.ipynb"):
            body = json.dumps(model(filled(copy / "notebooks" / NAME))).encode()
            url = f"http://127.0.0.1:{port}/api/contents/{name}"
            asked = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="PUT")  # fmt: skip
            with urllib.request.urlopen(asked, timeout=60) as answered:
                assert answered.status in (200, 201)
        after = json.loads((copy / "notebooks" / NAME).read_text())
        assert after["cells"][:-1] == before["cells"] and len(after["cells"]) > len(before["cells"])
        assert OWN not in json.dumps(after) and OWN in (copy / "mine.ipynb").read_text()
    finally:
        server.terminate()
        server.wait(timeout=60)
