"""The receipt of a finished run: what it rested on and what it left, so that the same run asked for
again is answered at once, before anything heavy is loaded.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import site
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from helpers import project

_KEPT: Final = 50
# Left behind by Python and by programs that have a file open; no figure rests on it.
_PASSING: Final = ("__pycache__", "~$", ".")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a finished run said.

    Attributes
    ----------
    pages : to open, in the order of the years.
    said : the lines that it began with.
    """

    pages: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run, as far as its report depends on it.

    Attributes
    ----------
    years : of the reports.
    data, out : whole paths of the inputs' and the reports' folder.
    plan : the file of the analysis plan.
    lang : of the page to open and of the lines said.
    only : the notebooks asked for; empty for all.
    formats : of the pages.
    """

    years: tuple[int, ...]
    data: Path
    out: Path
    plan: Path
    lang: str
    only: tuple[str, ...]
    formats: tuple[str, ...]

    def rests_on(self) -> str:
        """One hash of everything that a run reads: inputs, plan, notebooks, code and what is
        installed.
        """
        source = project.ROOT / "src" / "helpers"
        installed = sorted(n for n in _installed() if n.endswith(".dist-info"))
        files = (*_below(self.data), *_below(project.NOTEBOOKS), *_below(source), self.plan)
        return _digest({path: path for path in files}, (sys.version, *installed))

    def leaves(self) -> str:
        """One hash of what a run leaves: its years' folders whole, and what it reads or writes
        beside them.
        """
        beside = ("*/manifest.json", "*/results/*", "index.html", "en/index.html")
        files = {p for pattern in beside for p in self.out.glob(pattern)}
        files |= {p for year in self.years for p in _below(self.out / str(year))}
        # By their places below it: moved with it, they are what they were.
        return _digest({path.relative_to(self.out): path for path in files}, ())

    def held(self, rests_on: str) -> Receipt | None:
        """The receipt of the same run, where nothing that it rests on or left has changed since;
        None where a run is needed.

        Parameters
        ----------
        rests_on : from `rests_on`, now.
        """
        try:
            kept = json.loads(self._place().read_text(encoding="utf-8"))
            if kept["rests_on"] != rests_on or kept["leaves"] != self.leaves():
                return None
            pages = (str(self.out / page) for page in kept["pages"])
            return Receipt(tuple(pages), tuple(kept["said"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, rested_on: str, pages: Sequence[Path], said: Sequence[str]) -> None:
        """Keep the receipt of a run that has just ended well; none is kept where what it rests on
        has changed meanwhile, or where it cannot be written: the next run only takes longer.

        Parameters
        ----------
        rested_on : from `rests_on`, before the run.
        pages : to open, below ``out``.
        said : the lines that it began with.
        """
        with contextlib.suppress(OSError):
            # One of nothing would be that of every empty folder.
            if pages and all(p.is_file() for p in pages) and self.rests_on() == rested_on:
                below = [p.relative_to(self.out).as_posix() for p in pages]
                told = {"pages": below, "said": list(said)}
                self._write({"rests_on": rested_on, "leaves": self.leaves(), **told})

    def _write(self, kept: Mapping[str, object]) -> None:
        # Slow to import, and not needed where a run is answered from here.
        from helpers.contracts import write_whole

        place = write_whole(self._place(), json.dumps(kept))
        for old in sorted(place.parent.glob("*.json"), key=_age)[:-_KEPT]:
            old.unlink(missing_ok=True)

    def _place(self) -> Path:
        """Named by a hash, since a folder's name may be a person's; wherever the reports lie, what
        is there tells whether it is theirs.
        """
        asked = {name: value for name, value in asdict(self).items() if name != "out"}
        told = json.dumps(asked, default=str, sort_keys=True)
        name = hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        return folder() / f"{name}.json"


def folder() -> Path:
    """Where receipts are kept; it need not be there."""
    return project.PREPARED / "receipts"


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another run has just cleared it
        return 0.0


def _installed() -> Iterator[str]:
    for folder in map(Path, site.getsitepackages()):
        if folder.is_dir():
            yield from os.listdir(folder)


def _below(folder: Path) -> Iterator[Path]:
    for place, below, files in os.walk(folder):
        below[:] = [n for n in below if not n.startswith(_PASSING)]
        yield from (Path(place, n) for n in (*files, *below) if not n.startswith(_PASSING))


def _content(path: Path) -> bytes:
    """Of a folder, of what may not be read and of what is no file and would not end: nothing, since
    each counts by its name; what is wrong with it is the run's to say.
    """
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _digest(files: Mapping[Path, Path], more: Iterable[str]) -> str:
    """One hash of files, each under the path that counts as its name, and of texts."""
    whole = hashlib.sha256()
    for name in sorted(files, key=os.fsencode):
        whole.update(hashlib.sha256(os.fsencode(name)).digest())
        whole.update(hashlib.sha256(_content(files[name])).digest())
    for text in more:
        whole.update(hashlib.sha256(text.encode()).digest())
    return whole.hexdigest()
