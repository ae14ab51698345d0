"""`status`: what a run would do, and why, and that the run then does just that."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import workflow
from helpers.workflow import cache
from tests.workflow.conftest import own_notebook, pipeline

NEW = {"10_first": ["has not run yet"], "20_second": ["has not run yet"]}
pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture
def request_of(small_region: Path, tmp_path: Path) -> workflow.Request:
    """Two notebooks, the second of which needs the first, on data of their own."""
    folder, data = tmp_path / "notebooks", tmp_path / "data"
    folder.mkdir()
    shutil.copytree(small_region, data)
    pipeline(folder, **{"10_first": "", "20_second": "10_first"})
    own_notebook(folder / "10_first.ipynb", "print(year)")
    own_notebook(folder / "20_second.ipynb", "from helpers import causal\ncausal.grade")
    return workflow.Request((2024,), data, tmp_path / "out", notebooks=folder)


def _told(request: workflow.Request) -> dict[str, list[str]]:
    return {one.notebook: [why.en for why in one.why] for one in workflow.would_run(request)}


def _ran(request: workflow.Request) -> set[str]:
    lines: list[str] = []
    workflow.run(request, lines.append)
    return {line.split()[1] for line in lines}


def test_what_has_never_run_would_run_and_then_is_kept(request_of: workflow.Request):
    assert _told(request_of) == NEW
    assert not request_of.out.exists()
    assert _ran(request_of) == {"10_first", "20_second"}
    assert _told(request_of) == {"10_first": [], "20_second": []}
    assert _ran(request_of) == set()
    assert _told(replace(request_of, only=("10",))) == {"10_first": []}
    assert _told(replace(request_of, years=(2023,)))["10_first"] == ["has not run yet"]


def test_it_tells_what_has_changed(request_of: workflow.Request, monkeypatch: pytest.MonkeyPatch):
    _ran(request_of)
    first = request_of.notebooks / "10_first.ipynb"
    before = first.read_bytes()
    own_notebook(first, "print(year + 1)")
    assert _told(request_of) == {
        "10_first": ["the notebook itself"],
        "20_second": ["needs: 10_first"],
    }
    first.write_bytes(before)
    table = next(request_of.data.glob("skm_2024*"))
    table.write_text(table.read_text().replace(",4,", ",3,", 1))
    said = [f"data: {table.name}"]
    assert _told(request_of) == {"10_first": said, "20_second": [*said, "needs: 10_first"]}
    _ran(request_of)
    other = {**cache.packages(), "pandas": "0.1"}
    monkeypatch.setattr(cache, "packages", lambda: other)
    assert [why[0] for why in _told(request_of).values()] == ["versions: pandas"] * 2


def test_code_counts_for_the_notebooks_that_use_it(
    request_of: workflow.Request, monkeypatch: pytest.MonkeyPatch
):
    _ran(request_of)
    used = cache.code_used

    def mended(notebook: Path) -> dict[str, str]:
        return {f: "new" if f == "causal/evidence.py" else h for f, h in used(notebook).items()}

    monkeypatch.setattr(cache, "code_used", mended)
    assert _told(request_of) == {"10_first": [], "20_second": ["code: causal/evidence.py"]}
    assert _ran(request_of) == {"20_second"}


def test_a_run_that_goes_on_says_how_much_is_reused(request_of: workflow.Request):
    _ran(replace(request_of, only=("10",)))
    said: list[str] = []
    workflow.run(request_of, notice=lambda told: said.append(told.en))
    assert said == ["1 of 2 notebooks were finished before and are reused."]


def test_a_damaged_run_would_run_again(request_of: workflow.Request):
    _ran(request_of)
    for entry in cache.every():
        (entry.folder / cache.notebook_file("id")).write_text("")
    assert _told(request_of) == NEW
