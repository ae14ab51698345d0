"""What has run is kept: an executed notebook with its results, under a name made of everything it
depends on.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from helpers.contracts import (
    Lang,
    folder_aside,
    move_into_place,
    project,
    seal,
    sealed,
    write_whole,
)
from helpers.workflow.code_used import code_used

_ENTRIES_KEPT: Final = 400
# Runs that share this folder, of several regions on a cluster, still read what others have made.
_IN_USE_SECONDS: Final = 3600.0
_FACTS: Final = "facts.json"
# Endings of what says and shapes a page.
_CODE: Final = (".py", ".yml", ".j2", ".css", ".js", ".json", ".typ")
PART: Final = "part"
_PACKAGES: Final = (
    "diff-diff",
    "jupyterlab",
    "matplotlib",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "python-docx",
    "scipy",
    "seaborn",
    "statsmodels",
    "typst",
)


@functools.cache
def packages() -> dict[str, str]:
    """The versions on which figures, pages and documents depend."""
    return {name: metadata.version(name) for name in _PACKAGES}


@functools.cache
def code_sha256() -> str:
    """The code of all helpers, catalogues and templates, as it was when first asked for."""
    return code_now()


def code_now() -> str:
    """The code of all helpers, catalogues and templates, as it lies on the disk."""
    digest = hashlib.sha256()
    source = project.ROOT / "src" / "helpers"
    for path in sorted(p for p in source.rglob("*") if p.suffix in _CODE):
        digest.update(str(path.relative_to(source).as_posix()).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def rests_on(notebook: Path, **more: object) -> dict[str, Any]:
    """Everything that a run of a notebook depends on.

    Parameters
    ----------
    notebook : its text counts, and the code of the helpers that it uses.
    more : whatever else changes what it says, by any names; the versions of packages always count.

    Returns
    -------
    What JSON can hold, by name.
    """
    state = {
        "notebook": hashlib.sha256(notebook.read_bytes()).hexdigest(),
        "code": code_used(notebook),
        "packages": packages(),
        **more,
    }
    plain: dict[str, Any] = json.loads(json.dumps(state, default=str))
    return plain


def key(state: Mapping[str, Any]) -> str:
    """The name under which a run is kept; none of it is personal.

    Parameters
    ----------
    state : from `rests_on`.
    """
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:32]


def notebook_file(lang: Lang) -> str:
    """What the executed notebook of a language is called in a kept run."""
    return f"notebook.{lang}.ipynb"


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept run: the executed notebook in each language, what it wrote, and how long it took."""

    folder: Path

    def notebook(self, lang: Lang) -> Path:
        """The executed notebook of a language."""
        return self.folder / notebook_file(lang)

    @property
    def part(self) -> Path:
        return self.folder / PART

    @property
    def seconds(self) -> float:
        return float(self._facts()["seconds"])

    @property
    def rests_on(self) -> dict[str, Any]:
        """What it was kept with, see `rests_on`; empty where that was not told."""
        state: dict[str, Any] = self._facts().get("rests_on", {})
        return state

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads((self.folder / _FACTS).read_text(encoding="utf-8"))
        return facts


def root() -> Path:
    """The folder of all kept runs; it need not be there."""
    return project.PREPARED / "runs"


def find(name: str) -> Entry | None:
    """A kept run, or None where there is none or it is not as it was kept; what is found counts as
    new.
    """
    folder = root() / name
    try:
        # The oldest are forgotten while others run, and this one is still to be read from.
        os.utime(folder)
    except OSError:
        return None
    entry = Entry(folder)
    return entry if sealed(folder) is not None and entry.part.is_dir() else None


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder aside, in which a notebook runs before its result is kept; what was not kept
    is cleared.
    """
    root().mkdir(parents=True, exist_ok=True)
    aside = folder_aside(root() / "run")
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def every() -> Iterator[Entry]:
    """Every kept run that is as it was kept, the newest first."""
    if root().is_dir():
        for folder in _newest_first():
            if sealed(folder) is not None:
                yield Entry(folder)


def keep(
    aside: Path, name: str, seconds: float, state: Mapping[str, Any] = MappingProxyType({})
) -> Entry:
    """Keep what ran in a workplace, whole or not at all; the oldest runs are forgotten.

    Parameters
    ----------
    aside : the workplace, with its notebook and its part; it is moved away.
    name : from `key`.
    seconds : how long it took, for the manifest.
    state : from `rests_on`, for who asks why it would run again.
    """
    facts = {"seconds": round(seconds, 2), "rests_on": dict(state)}
    write_whole(aside / _FACTS, json.dumps(facts))
    seal(aside)
    place = root() / name
    try:
        move_into_place(aside, place)
    except OSError:
        # Another run may have kept the same in the meantime.
        if find(name) is None:
            raise
        shutil.rmtree(aside, ignore_errors=True)
    _forget_old()
    return Entry(place)


def _forget_old() -> None:
    now = time.time()
    for old in _newest_first()[_ENTRIES_KEPT:]:
        if now - (_made(old) or now) > _IN_USE_SECONDS:
            shutil.rmtree(old, ignore_errors=True)


def _newest_first() -> list[Path]:
    ages = {p: -made for p in root().iterdir() if (made := _made(p)) is not None}
    return sorted((p for p in ages if not p.name.startswith(".")), key=ages.__getitem__)


def _made(folder: Path) -> float | None:
    """When a folder was made or last found; None where another notebook has just moved it away."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return None
