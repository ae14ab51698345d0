"""How files and folders are written: aside, then moved into place, so that a reader sees them whole
or not at all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from helpers.contracts.errors import EvaluasiError
from helpers.contracts.texts import Text

_NEW: Final = ".new-"
_OLD: Final = ".old-"


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file aside and move it into place; folders on the way are made.

    Parameters
    ----------
    path : its folder is made; a file that is there is replaced in one step.
    content : text is written as UTF-8 with plain newlines on every system.

    Returns
    -------
    The path itself.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{_NEW}{os.getpid()}-{path.name}")
    try:
        aside.write_bytes(content.encode() if isinstance(content, str) else content)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return path


@contextlib.contextmanager
def whole_folder(target: Path, *, keep_existing: bool = False) -> Iterator[Path]:
    """An empty folder beside ``target`` that takes its place when the block ends well, and is
    cleared when it does not.

    Parameters
    ----------
    target : its parent is made, and holds the new folder until it is whole.
    keep_existing : a folder that is there by then stays, and the new one is cleared; else it is
        replaced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f"{_NEW}{target.name}-", dir=target.parent))
    try:
        yield aside
        if not (keep_existing and target.exists()):
            aside.chmod(0o755)
            move_into_place(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def move_into_place(aside: Path, target: Path) -> None:
    """Swap a folder in; a kill between the two moves is mended by `restore`.

    Parameters
    ----------
    aside : a finished folder on the same disk; it is gone afterwards.
    target : where it goes; what was there is removed once the new folder stands.
    """
    old = target.with_name(f"{_OLD}{target.name}")
    if target.exists():
        # What a run left there that was killed after both moves.
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    aside.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def restore(folder: Path) -> None:
    """Put back what a killed run had moved away in a folder, and clear what it left aside there."""
    for old in folder.glob(f"{_OLD}*"):
        place = folder / old.name.removeprefix(_OLD)
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)
    for aside in folder.glob(f"{_NEW}*"):
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.unlink(missing_ok=True)


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
