"""Prepared tables: taken from the shelf only as they were put there, and from the files that were hashed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from helpers import intake
from helpers.contracts import TABLES, EvaluasiError, project
from helpers.intake import FilesSeen, parse


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


def test_no_object_of_python_is_left_to_a_thread_of_arrow(
    tiny, shelf: Path, monkeypatch: pytest.MonkeyPatch, plan
):
    """One that is let go of while Python ends aborts a command that had done its work."""
    sources: list[object] = []
    read_table = parquet.read_table

    def seen(source: object, **given: Any) -> pa.Table:
        sources.append(source)
        return read_table(source, **given)

    data = tiny()
    intake.study(data, 2024, plan)
    monkeypatch.setattr(parquet, "read_table", seen)
    intake.study(data, 2024, plan)
    assert len(sources) == len(TABLES) + 1
    assert {type(source) for source in sources} == {pa.BufferReader}


def _swap(path: Path, content: str) -> None:
    """As a program saves: written aside, moved over."""
    aside = path.with_name("saving.tmp")
    aside.write_text(content)
    aside.replace(path)


def test_what_was_hashed_is_what_is_read(tiny, shelf: Path, monkeypatch: pytest.MonkeyPatch, plan):
    """A file is replaced between hashing and reading, and put back when it has been read."""
    data = tiny()
    path = data / "kinerja.csv"
    first, second = path.read_text(), path.read_text().replace("80.5", "91.5")
    parsed = parse.folder
    during = iter([second])

    def folder(*given: object) -> parse.Parsed:
        for content in during:
            _swap(path, content)
        return parsed(*given)

    monkeypatch.setattr(parse, "folder", folder)
    assert set(intake.study(data, 2024, plan).kinerja["nilai_skp"]) == {91.5}
    _swap(path, first)
    assert set(intake.study(data, 2024, plan).kinerja["nilai_skp"]) == {80.5}
    _swap(path, second)
    assert set(intake.study(data, 2024, plan).kinerja["nilai_skp"]) == {91.5}


def test_a_folder_that_changes_whenever_it_is_read_is_named(
    tiny, shelf: Path, monkeypatch: pytest.MonkeyPatch, plan
):
    data = tiny()
    parsed = parse.folder

    def folder(*given: object) -> parse.Parsed:
        _swap(data / "skm.csv", (data / "skm.csv").read_text() + "\n")
        return parsed(*given)

    monkeypatch.setattr(parse, "folder", folder)
    with pytest.raises(EvaluasiError, match=r"skm\.csv: changed while it was being read"):
        intake.study(data, 2024, plan)
    assert [p for p in shelf.glob("*") if p.is_dir()] == []


def test_every_touch_of_a_file_is_seen(tiny, tmp_path: Path):
    data = tiny()
    plan = tmp_path / "plan.yml"
    plan.write_text("clip: 0.01\n")
    path = data / "skm.csv"
    seen = FilesSeen.now(data, plan)
    assert seen.changed() == ()
    seen.still()
    # Put aside, another read in its place, and put back with its old time.
    path.rename(data / "aside.tmp")
    (data / "aside.tmp").rename(path)
    assert seen.changed() == ("skm.csv",)
    plan.write_text("clip: 0.02\n")
    (data / "kinerja_2025.csv").write_text("")
    (data / "unit.csv").unlink()
    assert seen.changed() == ("kinerja_2025.csv", "plan.yml", "skm.csv", "unit.csv")
    with pytest.raises(EvaluasiError, match=r"plan\.yml, skm\.csv"):
        seen.still()


@pytest.mark.parametrize("mark", ["truth.json", "SINTETIS.txt"])
def test_a_folder_that_is_read_already_is_read_again_for_what_else_lies_there(tiny, plan, mark):
    """Beside the same tables: a file that is none, and one that says whose people these are."""
    data = tiny()
    assert intake.study(data, 2024, plan).notes == ()
    (data / "catatan.docx").touch()
    study = intake.study(data, 2024, plan)
    assert study.notes == ("catatan.docx",) and not study.synthetic
    (data / mark).touch()
    assert intake.study(data, 2024, plan).synthetic
    (data / mark).unlink()
    (data / "catatan.docx").unlink()
    study = intake.study(data, 2024, plan)
    assert study.notes == () and not study.synthetic
