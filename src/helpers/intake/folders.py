"""What lies in a data folder: the files that may be tables, and those that are not read, with the
reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from helpers.contracts import UNREAD, Problem, Text

SUFFIXES: Final = (
    ".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".htm", ".html", ".parquet",
)  # fmt: skip
Reason = Literal["archive", "link", "special", "kind", "table"]
_ARCHIVES: Final = frozenset({".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"})
# Left by this project, by systems and by open programs; nobody put a table there.
# Either says that the people of its folder are made up.
_MADE_UP: Final = frozenset({"truth.json", "SINTETIS.txt"})
_LEFT_BEHIND: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the folder that is none of the tables, and why: of one whose row looks like a
    table's header, ``found`` are its cells as a message may show them, ``like`` is that table and
    ``lacks`` what it has none of.
    """

    file: str
    why: Reason
    found: str = ""
    like: str = ""
    lacks: tuple[str, ...] = ()

    def problem(self) -> Problem:
        """As the other problems are listed; it stops nothing."""
        why, remedy = UNREAD[self.why], UNREAD[self.why].remedy
        if self.like:
            lacks = ", ".join(self.lacks)
            remedy += Text(
                f"(paling mirip tabel {self.like}; yang belum dikenal: {lacks})",
                f"(most like table {self.like}; not found: {lacks})",
            )
        found = self.found
        return Problem(
            why.code, why.action, "", self.file, found=found, what=why.what, remedy=remedy
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """A data folder's files, in the order of their names.

    Attributes
    ----------
    tables : that may be tables, by their ending.
    unread : that are not.
    """

    tables: tuple[Path, ...]
    unread: tuple[Unread, ...]


def says_synthetic(folder: Path) -> bool:
    """Whether a data folder says that its people are made up.

    Parameters
    ----------
    folder : that is there.
    """
    return any((folder / name).exists() for name in _MADE_UP)


def contents(folder: Path) -> Contents:
    """Everything in a folder and below it, but for hidden files.

    Parameters
    ----------
    folder : that is there; links to other folders are not followed.
    """
    tables, unread = [], []
    for path in sorted(_everything(folder), key=os.fsencode):
        why = _why_not(path)
        if why is None:
            tables.append(path)
        else:
            unread.append(Unread(shown(path, folder), why))
    return Contents(tuple(tables), tuple(unread))


def shown(path: Path, folder: Path) -> str:
    """A file's name as messages and results write it: below the folder, in letters that every
    system has.

    Parameters
    ----------
    path : in the folder or below it.
    folder : the data folder.
    """
    raw = os.fsencode(path.relative_to(folder).as_posix())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _everything(folder: Path) -> Iterator[Path]:
    for place, below, files in os.walk(folder):
        here = Path(place)
        links = [name for name in below if (here / name).is_symlink()]
        below[:] = [n for n in below if n not in links and not _passed_over(n)]
        yield from (here / name for name in (*links, *files) if not _passed_over(name))


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _MADE_UP or name.lower() in _LEFT_BEHIND


def _why_not(path: Path) -> Reason | None:
    suffix = path.suffix.lower()
    try:
        mode = path.stat().st_mode
    except OSError:
        # Whoever cannot even be asked is read as a table, and found unreadable, where it is one.
        return "link" if path.is_symlink() else None
    if stat.S_ISDIR(mode):
        return "link"
    if not stat.S_ISREG(mode):
        return "special"
    if suffix in SUFFIXES:
        return None
    return "archive" if suffix in _ARCHIVES else "kind"
