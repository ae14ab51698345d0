"""Files and folders appear whole or not at all, and what a killed run moved away is put back."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.contracts import (
    folder_aside,
    move_into_place,
    restore,
    seal,
    sealed,
    temporary_folder,
    whole_folder,
    write_whole,
)


def ended() -> int:
    """The number of a process that is no more."""
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    return child.pid


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too, with what it holds."""
    files = [p for p in folder.rglob("*") if p.is_file()]
    return {p.relative_to(folder).as_posix(): p.read_text() for p in files}


def folder_of(place: Path, **files: str) -> Path:
    place.mkdir(parents=True)
    for name, content in files.items():
        (place / name).write_text(content)
    return place


class Killed(BaseException):
    """What no code may take for an ordinary failure."""


def test_a_file_is_written_in_a_new_folder_and_replaced(tmp_path: Path):
    path = tmp_path / "a" / "b" / "c.json"
    assert write_whole(path, "tiga\nbaris – é\n") == path
    assert path.read_bytes() == "tiga\nbaris – é\n".encode()
    write_whole(path, b"\x00\xff")
    assert path.read_bytes() == b"\x00\xff"
    assert [p.name for p in path.parent.iterdir()] == ["c.json"]


@pytest.mark.parametrize("failure", [OSError, Killed])
def test_an_interrupted_file_leaves_the_old_one(tmp_path: Path, monkeypatch, failure):
    path = write_whole(tmp_path / "a.json", "old")

    def stop(self: Path, target: Path) -> Path:
        assert self.read_text() == "new" and self.parent == path.parent
        raise failure

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(failure):
        write_whole(path, "new")
    assert tree(tmp_path) == {"a.json": "old"}


def test_text_that_cannot_be_written_leaves_nothing(tmp_path: Path):
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "a.json", "half \ud800")
    assert tree(tmp_path) == {}


def test_a_folder_takes_its_place_when_the_block_ends_well(tmp_path: Path):
    target = folder_of(tmp_path / "out" / "2024", old="1")
    with whole_folder(target) as aside:
        assert aside.parent == target.parent and list(aside.iterdir()) == []
        (aside / "new").write_text("2")
        assert tree(target) == {"old": "1"}
    assert tree(tmp_path) == {"out/2024/new": "2"}
    assert [p.name for p in target.parent.iterdir()] == ["2024"]
    assert target.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, Killed])
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_fails_leaves_what_was_there(tmp_path: Path, failure, there):
    target = folder_of(tmp_path / "2024", old="1") if there else tmp_path / "2024"

    def fail() -> None:
        with whole_folder(target) as aside:
            (aside / "deep").mkdir()
            (aside / "deep" / "half").write_text("2")
            raise failure

    with pytest.raises(failure):
        fail()
    assert tree(tmp_path) == ({"2024/old": "1"} if there else {})
    assert [p.name for p in tmp_path.iterdir()] == (["2024"] if there else [])


def test_a_folder_that_somebody_else_finished_first_may_stay(tmp_path: Path):
    target = tmp_path / "prepared"
    with whole_folder(target, keep_existing=True) as aside:
        (aside / "mine").write_text("2")
        folder_of(target, theirs="1")
    assert tree(tmp_path) == {"prepared/theirs": "1"}
    assert [p.name for p in tmp_path.iterdir()] == ["prepared"]


def test_two_writers_of_one_folder_do_not_mix(tmp_path: Path):
    target = tmp_path / "2024"
    with whole_folder(target) as first, whole_folder(target) as second:
        assert first != second
        (first / "a").write_text("1")
        (second / "b").write_text("2")
    assert tree(tmp_path) == {"2024/a": "1"}


def test_a_swap_interrupted_between_its_moves_is_mended(tmp_path: Path, monkeypatch):
    target = folder_of(tmp_path / "2024", old="1")
    aside = folder_aside(target)
    (aside / "new").write_text("2")
    plain = Path.rename

    def until_the_second(self: Path, to: Path) -> Path:
        if self == aside:
            raise Killed
        return plain(self, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", until_the_second)
        with pytest.raises(Killed):
            move_into_place(aside, target)
    assert not target.exists()
    restore(tmp_path)
    assert not target.exists()
    restore(tmp_path, all_mine=True)
    assert tree(tmp_path) == {"2024/old": "1"}
    assert [p.name for p in tmp_path.iterdir()] == ["2024"]


def test_a_swap_interrupted_after_its_moves_keeps_the_new_folder(tmp_path: Path):
    folder_of(tmp_path / "2024", new="2")
    folder_of(tmp_path / f".evaluasi-{ended()}-old-2024", old="1")
    restore(tmp_path)
    assert tree(tmp_path) == {"2024/new": "2"}
    assert [p.name for p in tmp_path.iterdir()] == ["2024"]


def test_restoring_clears_what_a_dead_process_left_aside_and_nothing_else(tmp_path: Path):
    dead, parent = ended(), os.getppid()
    folder_of(tmp_path / f".evaluasi-{dead}-new-abc-2023", half="1")
    (tmp_path / f".evaluasi-{dead}-new-index.html").write_text("half")
    folder_of(tmp_path / f".evaluasi-{dead}-old-2022", kept="2")
    long_ago = folder_of(tmp_path / f".evaluasi-{parent}@00000000-new-abc-2020", half="1")
    os.utime(long_ago, (0, 0))
    own = folder_aside(tmp_path / "2019")
    own.rename(tmp_path / own.name.replace(str(os.getpid()), str(dead), 1))
    stay = {
        f".evaluasi-{parent}-new-abc-2023/half": "1",
        f".evaluasi-{parent}-old-2021/moved": "1",
        f".evaluasi-{os.getpid()}-new-abc-2023/mine": "1",
        f".evaluasi-{dead}@00000000-new-abc-2023/of another machine": "1",
        ".new-notes/mine": "2",
        ".old-2020/mine": "3",
        ".evaluasi-notes/mine": "4",
        ".run-it/mine": "5",
        "index.html": "whole",
    }
    for name, content in stay.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    restore(tmp_path)
    restore(tmp_path)
    assert tree(tmp_path) == {**stay, "2022/kept": "2"}
    restore(tmp_path / "nowhere")


def test_a_new_folder_clears_what_was_left_beside_it(tmp_path: Path):
    folder_of(tmp_path / f".evaluasi-{ended()}-new-abc-sample", half="1")
    folder_of(tmp_path / ".new-notes", mine="2")
    with whole_folder(tmp_path / "sample") as aside:
        (aside / "new").write_text("3")
    assert tree(tmp_path) == {".new-notes/mine": "2", "sample/new": "3"}


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_or_a_link_in_the_way_is_swapped_once_and_for_all(tmp_path: Path, kind: str):
    folder_of(tmp_path / "elsewhere", kept="1")
    if kind == "file":
        (tmp_path / "2024").write_text("a file")
    else:
        (tmp_path / "2024").symlink_to(tmp_path / "elsewhere")
    for content in ("1", "2"):
        with whole_folder(tmp_path / "2024") as aside:
            (aside / "new").write_text(content)
        restore(tmp_path, all_mine=True)
    assert tree(tmp_path) == {"elsewhere/kept": "1", "2024/new": "2"}
    assert {p.name for p in tmp_path.iterdir()} == {"elsewhere", "2024"}


def test_temporary_folders_of_dead_processes_are_cleared(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = folder_of(tmp_path / f"evaluasi-{ended()}-abcdefg1", socket="")
    others = [
        folder_of(tmp_path / name, kept="1")
        for name in (f"evaluasi-{os.getppid()}-abcdefg1", "evaluasi-notes", "evaluasi-2024-report")
    ]
    with temporary_folder() as first, temporary_folder() as second:
        assert Path(first).is_dir() and Path(second).is_dir()
        assert not gone.exists() and all(o.is_dir() for o in others)
    assert set(tmp_path.iterdir()) == set(others)


@pytest.mark.skipif(os.name == "nt", reason="limits by resource")
def test_a_full_disk_names_the_file_and_leaves_the_old_one(tmp_path: Path):
    write_whole(tmp_path / "report.html", "old")
    script = (
        "import resource, sys; from pathlib import Path; from helpers.contracts import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_whole(Path(sys.argv[1]), 'x' * 2000)\n"
        "except OSError as e: print(e.errno, e.filename)"
    )
    path = str(tmp_path / "report.html")
    told = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["27", path]
    assert tree(tmp_path) == {"report.html": "old"}


def test_moving_into_an_empty_place_and_over_a_folder(tmp_path: Path):
    move_into_place(folder_of(tmp_path / "a", x="1"), tmp_path / "out")
    move_into_place(folder_of(tmp_path / "b", y="2"), tmp_path / "out")
    assert tree(tmp_path) == {"out/y": "2"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A sealed folder, one of its files in a folder below."""
    folder = folder_of(tmp_path / "kept", **{"facts.json": '{"synthetic": true}'})
    write_whole(folder / "part" / "answer.json", b"\x00\xff" * 50)
    seal(folder)
    return folder


def test_a_sealed_folder_is_read_whole(kept: Path, tmp_path: Path):
    held = {"facts.json": b'{"synthetic": true}', "part/answer.json": b"\x00\xff" * 50}
    assert sealed(kept) == held
    kept.rename(tmp_path / "moved")
    assert sealed(tmp_path / "moved") == held
    assert sealed(kept) is None


@given(st.data())
def test_a_folder_that_was_damaged_since_is_not_taken_for_whole(data: st.DataObject):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("a", "below/b"):
            write_whole(folder / name, data.draw(st.binary(min_size=1, max_size=40)))
        seal(folder)
        path = folder / data.draw(st.sampled_from(["a", "below/b", "checksums.json"]))
        was = path.read_bytes()
        at = data.draw(st.integers(0, len(was) - 1))
        bit = was[:at] + bytes([was[at] ^ 1 << data.draw(st.integers(0, 7))]) + was[at + 1 :]
        how = data.draw(st.sampled_from(["gone", "cut", "empty", "bit", "longer", "one more"]))
        if how == "gone":
            path.unlink()
        elif how == "one more":
            (folder / "more").write_bytes(was)
        else:
            damaged = {"cut": was[: len(was) // 2], "empty": b"", "bit": bit, "longer": was + b"x"}
            path.write_bytes(damaged[how])
        assert sealed(folder) is None
