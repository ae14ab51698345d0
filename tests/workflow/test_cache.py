"""Kept runs: what is forgotten, and what is not while others run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from helpers.contracts import project
from helpers.workflow import cache


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(project, "PREPARED", tmp_path)
    monkeypatch.setattr(cache, "_ENTRIES_KEPT", 2)
    monkeypatch.setattr(cache, "_IN_USE_SECONDS", 30.0)
    return tmp_path / "runs"


def _keep(name: str, age: float | None = None) -> None:
    with cache.workplace() as aside:
        (aside / cache.notebook_file("id")).write_text("{}")
        (aside / cache.PART).mkdir()
        (aside / cache.PART / "answer.json").write_text('{"lead": "naik"}')
        entry = cache.keep(aside, name, 0.5)
    if age is not None:
        made = entry.folder.stat().st_mtime - age
        os.utime(entry.folder, (made, made))


def test_the_oldest_run_is_forgotten(runs: Path):
    for name, age in (("old", 90.0), ("young", 60.0), ("new", None)):
        _keep(name, age)
    assert {p.name for p in runs.iterdir()} == {"young", "new"}


def test_what_another_run_may_still_read_is_kept_however_much_there_is(runs: Path):
    for name, age in (("old", 60.0), ("in use", 20.0), ("young", 10.0), ("new", None)):
        _keep(name, age)
    assert {p.name for p in runs.iterdir()} == {"in use", "young", "new"}


def test_a_run_that_was_found_is_not_forgotten_by_those_that_follow(runs: Path):
    _keep("old", 90.0)
    _keep("young", 60.0)
    found = cache.find("old")
    _keep("new")
    assert found is not None and found.seconds == 0.5
    assert {p.name for p in runs.iterdir()} == {"old", "new"}


def test_a_folder_that_vanishes_while_others_are_looked_at_does_no_harm(
    runs: Path, monkeypatch: pytest.MonkeyPatch
):
    """Another notebook of the run moves its workplace away between the listing and the look."""
    listed = Path.iterdir

    def with_a_ghost(folder: Path):
        return [*listed(folder), folder / ".evaluasi-1-new-moved-run", folder / "forgotten"]

    _keep("one")
    monkeypatch.setattr(Path, "iterdir", with_a_ghost)
    _keep("two")
    assert cache.find("one") is not None and cache.find("two") is not None


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _one_bit(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)


DAMAGES = {
    "a part missing": lambda kept: shutil.rmtree(kept / cache.PART),
    "an answer missing": lambda kept: (kept / cache.PART / "answer.json").unlink(),
    "a file cut by half": lambda kept: _cut(kept / cache.PART / "answer.json"),
    "an empty file": lambda kept: (kept / cache.PART / "answer.json").write_bytes(b""),
    "one bit changed": lambda kept: _one_bit(kept / cache.PART / "answer.json"),
    "another notebook": lambda kept: (kept / cache.notebook_file("id")).write_text('{"cells": []}'),
    "no facts": lambda kept: (kept / "facts.json").unlink(),
    "a folder for a file": lambda kept: ((kept / "facts.json").unlink(), (kept / "facts.json").mkdir()),
    "nothing": lambda kept: [shutil.rmtree(kept), kept.mkdir()],
    "a file for a folder": lambda kept: [shutil.rmtree(kept), kept.write_text("")],
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_run_counts_as_none_and_is_kept_anew(damage: str, runs: Path):
    _keep("one")
    assert cache.find("one") is not None
    DAMAGES[damage](runs / "one")
    assert cache.find("one") is None
    _keep("one")
    assert cache.find("one") is not None
    assert [p.name for p in runs.iterdir()] == ["one"]
