"""`make wheels` fetches for each system what the lock says there, and nothing that is not hashed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.contracts import project
from tests.conftest import make

TAGS = {"windows": "win_amd64", "macos": "macosx_14_0_arm64", "linux": "manylinux_2_28_x86_64"}


def _told(folder: Path, *words: str) -> str:
    """What make would do, without doing it."""
    done = make(folder, "-n", "wheels", "-o", ".venv/report-installed", *words)
    done.check_returncode()
    return done.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="no make")
def test_each_system_gets_its_own_wheels(tmp_path: Path):
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(project.ROOT / name, tmp_path)
    for system, tag in TAGS.items():
        told = _told(tmp_path, f"SYSTEMS={system}", "VERSION=3.13")
        assert f"--python-platform {system} --python-version 3.13" in told
        (fetched,) = (x for x in told.splitlines() if "pip download" in x and "-r " in x)
        assert f"--platform {tag}" in fetched and "--require-hashes" in fetched
        assert not any(f"--platform {other} " in fetched for other in {*TAGS.values()} - {tag})
    assert _told(tmp_path).count("--require-hashes") == len(TAGS)


def test_what_is_fetched_never_enters_git():
    assert "wheels/" in (project.ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
