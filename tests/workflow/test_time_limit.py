"""``--time-limit``: a run whose notebook takes too long, as the command line tells it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from helpers import workflow
from helpers.cli import app
from helpers.contracts import project


@pytest.mark.parametrize(
    ("lang", "said"), [("id", "belum selesai dalam 2 detik"), ("en", "not done within 2 seconds")]
)
def test_a_notebook_that_takes_too_long_is_exit_1_and_leaves_the_report(
    lang: str, said: str, tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "pipeline.yml").write_text("notebooks:\n  10_slow: {needs: []}\n")
    cell = nbformat.v4.new_code_cell("import time\ntime.sleep(600)")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "10_slow.ipynb")
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    request = workflow.Request
    monkeypatch.setattr(workflow, "Request", lambda **asked: request(notebooks=folder, **asked))
    page = tmp_path / "out" / "2024" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("earlier")
    (page.parent / "manifest.json").write_text("{}")
    args = ["run", "--year", "2024", "--data", str(tiny()), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, [*args, "--lang", lang, "--time-limit", "2"])
    assert done.exit_code == 1
    assert "10_slow" in done.output and said in done.output and "--time-limit 4" in done.output
    assert page.read_text() == "earlier"
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["2024"]
