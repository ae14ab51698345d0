"""Trials of killed runs: a few of them, and that each thing that could go wrong would be seen."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from helpers.bench import killed_runs
from helpers.bench.copied_project import CopiedProject
from helpers.bench.killed_runs import KilledRun

WELL = KilledRun("running", "before", torn=(), finished=True, left=(), alive=0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of processes")
def test_a_killed_run_leaves_the_report_and_the_next_one_finishes(tmp_path: Path):
    told = killed_runs.ask(2, seed=1)
    assert [t.phase for t in told] == ["running", "publishing"]
    assert [t for t in told if not t.well] == []
    said = killed_runs.write(told, tmp_path)
    assert "--kills 2" in said["en"] and "| while its report is written | 1 |" in said["en"]
    assert (tmp_path / "kills.id.md").read_text(encoding="utf-8") == said["id"]


@pytest.mark.parametrize(
    ("fault", "column"),
    [
        ({"stood": "none"}, 6),
        ({"torn": ("index.html",)}, 6),
        ({"finished": False}, 7),
        ({"left": (".evaluasi-1-new-2024",)}, 8),
        ({"alive": 1}, 9),
    ],
)
def test_whatever_goes_wrong_is_counted(fault: dict, column: int, tmp_path: Path):
    ill = dataclasses.replace(WELL, **fault)
    assert WELL.well and not ill.well
    rows = {}
    for told in (WELL, ill):
        page = killed_runs.write([told], tmp_path)["en"]
        (row,) = (line for line in page.splitlines() if line.startswith("| at any moment"))
        rows[told] = [cell.strip() for cell in row.split("|")]
    assert (rows[WELL][column], rows[ill][column]) == ("0", "1")


OLD = {"2024/a.html": b"old a", "2024/b.html": b"old b", "index.html": b"old"}
NEW = {"2024/a.html": b"new a", "2024/b.html": b"new b", "index.html": b"new"}


def _laid_out(root: Path, **files: bytes) -> CopiedProject:
    for name, content in files.items():
        path = root / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return CopiedProject(root)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (OLD, ("before", ())),
        (NEW, ("new", ())),
        ({**NEW, "index.html": b"old"}, ("new", ())),
        ({**OLD, "2024/a.html": b"new a"}, ("none", ())),
        ({**OLD, "2024/a.html": b"old"}, ("none", ())),
        ({**OLD, "2024/c.html": b""}, ("none", ())),
        ({**OLD, "index.html": b"ne"}, ("before", ("index.html",))),
        ({n: c for n, c in OLD.items() if n != "index.html"}, ("before", ("index.html",))),
        ({**OLD, ".evaluasi-1-new-2024/a.html": b"new a"}, ("before", ())),
        ({"index.html": b"old", ".evaluasi-1-old-2024/a.html": b"old a"}, ("none", ())),
        (
            {".evaluasi-1-old-2024/a.html": b"old a", ".evaluasi-1-old-2024/b.html": b"old b"}
            | {"index.html": b"old"},
            ("aside", ()),
        ),
    ],
)
def test_a_report_is_the_one_before_or_the_new_one_or_none(files, told, tmp_path: Path):
    assert killed_runs._standing(_laid_out(tmp_path, **files), OLD, NEW) == told


def test_what_is_left_behind_is_found(tmp_path: Path):
    copy = _laid_out(tmp_path, **OLD)
    assert list(killed_runs._left(copy)) == []
    prepared = tmp_path / "data" / "prepared"
    for place in (
        tmp_path / "reports" / ".evaluasi-1-new-2024",
        prepared / "runs" / ".evaluasi-1-new-run",
        prepared / "locks" / "a.holder",
        tmp_path / "tmp" / "evaluasi-1-abcdefgh",
    ):
        place.mkdir(parents=True)
        (name,) = killed_runs._left(copy)
        assert name.endswith(place.name)
        place.rmdir()
