"""What a killed run (``kill -9``) left aside is cleared by the next one, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpers import workflow
from helpers.contracts import project
from tests.workflow.conftest import own_notebook, pipeline

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture(scope="module")
def dead() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    return ended.pid


@pytest.fixture
def alive():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as waiting:
        yield waiting.pid
        waiting.stdin.close()


def test_the_next_run_clears_what_dead_processes_left_and_nothing_else(
    dead: int, alive: int, tiny, tmp_path: Path
):
    notebooks, out = tmp_path / "notebooks", tmp_path / "out"
    notebooks.mkdir()
    pipeline(notebooks, **{"10_first": ""})
    own_notebook(notebooks / "10_first.ipynb", "print(year)")
    places = [out, *(out / n for n in ("en", "own")), project.PREPARED]
    places += [project.PREPARED / n for n in ("receipts", "locks", "runs")]
    theirs, ours = [], []
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
        ours += [place / f".evaluasi-{dead}-new-index.html", place / f".evaluasi-{dead}-new-x.json"]
        theirs += [place / f".evaluasi-{alive}-new-index.html"]
        theirs += [place / n for n in (".evaluasi-notes", f"evaluasi-{dead}-new-a", ".aside.html")]
        theirs += [place / f".evaluasi-{dead}-index.html"]
    for path in (*ours, *theirs):
        path.write_text("half")
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (out / "linked").symlink_to(elsewhere, target_is_directory=True)
    theirs.append(elsewhere / ours[0].name)
    theirs[-1].write_text("half")
    workflow.run(workflow.Request(years=(2024,), data=tiny(), out=out, notebooks=notebooks))
    assert (out / "2024" / "10_first.html").exists()
    assert [p for p in ours if p.exists()] == []
    assert [p for p in theirs if not p.exists()] == []


def test_what_a_dead_process_had_moved_away_is_put_back(dead: int, tiny, tmp_path: Path):
    notebooks, out = tmp_path / "notebooks", tmp_path / "out"
    notebooks.mkdir()
    pipeline(notebooks, **{"10_first": ""})
    own_notebook(notebooks / "10_first.ipynb", "print(year)")
    (out / "own").mkdir(parents=True)
    (out / "own" / f".evaluasi-{dead}-old-mine.html").write_text("mine")
    workflow.run(workflow.Request(years=(2024,), data=tiny(), out=out, notebooks=notebooks))
    assert [(p.name, p.read_text()) for p in (out / "own").iterdir()] == [("mine.html", "mine")]
