"""Prepared tables: taken from the shelf only as they were put there, and from the files that were hashed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers import intake
from helpers.contracts import project
from helpers.intake import parse


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    monkeypatch.setattr(project, "PRIVATE", tmp_path / "private")
    return tmp_path / "prepared"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every folder that was parsed, in order."""
    seen: list[Path] = []
    parsed = parse.folder

    def folder(data: Path, *rest: object) -> parse.Parsed:
        seen.append(data)
        return parsed(data, *rest)

    monkeypatch.setattr(parse, "folder", folder)
    return seen


def _one_bit(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a table missing": lambda kept: (kept / "kinerja.parquet").unlink(),
    "a table cut by half": lambda kept: (kept / "skm.parquet").write_bytes(
        (kept / "skm.parquet").read_bytes()[: (kept / "skm.parquet").stat().st_size // 2]
    ),
    "an empty table": lambda kept: (kept / "pegawai.parquet").write_bytes(b""),
    "one bit of a table changed": lambda kept: _one_bit(kept / "kinerja.parquet"),
    "another table in its place": lambda kept: shutil.copy(
        kept / "kegiatan.parquet", kept / "peserta.parquet"
    ),
    "no facts": lambda kept: (kept / "facts.json").write_text("{}"),
    "rows lost": lambda kept: (
        pd.read_parquet(kept / "kinerja.parquet").head(3).to_parquet(kept / "kinerja.parquet")
    ),
    "nothing": lambda kept: [p.unlink() for p in kept.iterdir()],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_prepared_tables_are_made_again(
    damage: str, tiny, shelf: Path, read: list[Path], plan
):
    data = tiny()
    first = intake.study(data, 2024, plan)
    (kept,) = (p for p in shelf.iterdir() if p.is_dir())
    intake.study(data, 2024, plan)
    assert len(read) == 1
    DAMAGES[damage](kept)
    again = intake.study(data, 2024, plan)
    assert len(read) == 2
    for name in ("pegawai", "kinerja", "skm", "kegiatan", "peserta", "unit"):
        pd.testing.assert_frame_equal(first.table(name), again.table(name))
    pd.testing.assert_frame_equal(first.exclusions, again.exclusions)
    assert again.synthetic == first.synthetic
    intake.study(data, 2024, plan)
    assert len(read) == 2
    assert [p for p in shelf.iterdir() if p.is_dir()] == [kept]
