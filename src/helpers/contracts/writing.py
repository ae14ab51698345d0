"""How files and folders are written: aside, then moved into place, so that a reader sees them whole
or not at all. What lies aside carries the number of its process and the mark of its machine, so
that what a dead one left is told from a living one's and from everybody else's.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import platform
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from helpers.contracts.errors import EvaluasiError
from helpers.contracts.texts import Text

# Long enough that nobody calls a file of their own so.
_MARK: Final = ".evaluasi-"
_ASIDE: Final = re.compile(rf"{re.escape(_MARK)}(\d+)(?:@([0-9a-f]{{8}}))?-(?:new|(old))-(.+)")
_TEMPORARY: Final = re.compile(r"evaluasi-(\d+)-[a-z0-9_]{8}")
_LEFT_BEHIND_SECONDS: Final = 86_400


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file aside and move it into place; folders on the way are made.

    Parameters
    ----------
    path : its folder is made; a file that is there is replaced in one step.
    content : text is written as UTF-8 with plain newlines on every system.

    Returns
    -------
    The path itself.

    Raises
    ------
    OSError : it could not be written; its ``filename`` is the path.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{_new()}{path.name}")
    try:
        with naming(path):
            aside.write_bytes(content.encode() if isinstance(content, str) else content)
            aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return path


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """A block whose file errors name a file, which the system does not say of a full disk.

    Parameters
    ----------
    path : what is being written or read in the block.
    """
    try:
        yield
    except OSError as e:
        e.filename = str(path)
        raise


@contextlib.contextmanager
def whole_folder(target: Path, *, keep_existing: bool = False) -> Iterator[Path]:
    """An empty folder beside ``target`` that takes its place when the block ends well, and is
    cleared when it does not; what dead processes left there is cleared first.

    Parameters
    ----------
    target : its parent is made, and holds the new folder until it is whole.
    keep_existing : a folder that is there by then stays, and the new one is cleared; else it is
        replaced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    restore(target.parent)
    aside = folder_aside(target)
    try:
        yield aside
        if not (keep_existing and target.exists()):
            aside.chmod(0o755)
            move_into_place(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def folder_aside(target: Path) -> Path:
    """A new and empty folder beside a place, under a name that tells whose it is.

    Parameters
    ----------
    target : where its content is going to; the folder that holds it is there.
    """
    return Path(tempfile.mkdtemp(prefix=_new(), suffix=f"-{target.name}", dir=target.parent))


def move_into_place(aside: Path, target: Path) -> None:
    """Swap a folder in; a kill between the two moves is mended by `restore`.

    Parameters
    ----------
    aside : a finished folder on the same disk; it is gone afterwards.
    target : where it goes; what was there is removed once the new folder stands.
    """
    old = target.with_name(f"{_MARK}{_own()}-old-{target.name}")
    if target.exists():
        # What a run left there that was killed after both moves.
        _remove(old)
        target.rename(old)
    aside.rename(target)
    _remove(old)


def restore(folder: Path, *, all_mine: bool = False) -> None:
    """Put back what a killed run had moved away in a folder, and clear what it left aside there;
    what a living process has aside, and what anybody else put there, stays.

    Parameters
    ----------
    folder : one that need not be there.
    all_mine : nothing of this process is under way there, either: what is left of it counts, too.
    """
    for path in sorted(folder.glob(f"{_MARK}*")):
        told = _ASIDE.fullmatch(path.name)
        if told is None or _under_way(int(told[1]), told[2], path, all_mine):
            continue
        place = folder / told[4]
        if told[3] and not place.exists():
            path.rename(place)
        else:
            _remove(path)


def temporary_folder(within: str | None = None) -> tempfile.TemporaryDirectory[str]:
    """A folder for as long as a block lasts; those of processes that were killed are cleared.

    Parameters
    ----------
    within : the folder that holds it; the system's own for temporary files where None.
    """
    for folder in Path(within or tempfile.gettempdir()).glob("evaluasi-*"):
        told = _TEMPORARY.fullmatch(folder.name)
        if told and folder.is_dir() and _left_behind(int(told[1]), folder):
            shutil.rmtree(folder, ignore_errors=True)
    prefix = f"evaluasi-{os.getpid()}-"
    return tempfile.TemporaryDirectory(prefix=prefix, dir=within, ignore_cleanup_errors=True)


def _left_behind(number: int, path: Path) -> bool:
    """Whether the process that made something is gone."""
    if os.name == "nt":
        # There is no asking without ending it.
        return _old(path)
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _old(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return time.time() - path.stat().st_mtime > _LEFT_BEHIND_SECONDS
    return False


def _under_way(number: int, machine: str | None, path: Path, all_mine: bool) -> bool:
    if machine not in (None, _machine()):
        # A process of another machine, which shares the folder, cannot be asked after.
        return not _old(path)
    mine = number == os.getpid()
    return not all_mine if mine else not _left_behind(number, path)


def _new() -> str:
    return f"{_MARK}{_own()}-new-"


def _own() -> str:
    return f"{os.getpid()}@{_machine()}"


@functools.cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _remove(path: Path) -> None:
    """Clear a file or a folder of ours, as far as that can be."""
    if path.is_symlink() or not path.is_dir():
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        return
    _open_up(path)
    for place, below, _ in os.walk(path):
        for name in below:
            _open_up(Path(place, name))
    shutil.rmtree(path, ignore_errors=True)


def _open_up(folder: Path) -> None:
    """A folder that may not be written to cannot be emptied."""
    if not folder.is_symlink():
        with contextlib.suppress(OSError):
            folder.chmod(folder.stat().st_mode | stat.S_IRWXU)


def out_folder(given: object) -> Path | None:
    """The folder that a notebook's ``out`` names; None where it is empty, as when exploring.

    Raises
    ------
    EvaluasiError : it names no folder.

    >>> out_folder("") is None
    True
    """
    if isinstance(given, (str, os.PathLike)):
        return Path(given) if str(given) else None
    found = repr(given)[:20]
    raise EvaluasiError(
        Text(
            f"out: terbaca {found}; seharusnya folder, atau kosong",
            f"out: found {found}; expected a folder, or nothing",
        )
    )
