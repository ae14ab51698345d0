"""Whether files are still those that were looked at first: what was hashed must be what is read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpers.contracts import TABLES, EvaluasiError, Text
from helpers.contracts.nip import hidden_in
from helpers.intake import asked, folders, shapes

_WORD: Final = re.compile(r"[^\W\d_]+")
_State = tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class FilesSeen:
    """Files as they stood when they were first looked at, told by what any write or swap changes.

    Attributes
    ----------
    folder : the data folder.
    more : further files.
    states : each file's size, times and number on the disk, by the name that messages give it.
    """

    folder: Path
    more: tuple[Path, ...]
    states: Mapping[str, _State]

    @classmethod
    def now(cls, data: str | os.PathLike[str], *more: Path) -> FilesSeen:
        """The files of a data folder, and further ones, as they are.

        Parameters
        ----------
        data : a folder, as the user or else the project has it.
        more : further files that a report rests on.

        Raises
        ------
        EvaluasiError : a folder that is not there, or nothing that names one.
        """
        folder = asked.folder(data)
        return cls(folder, more, _states(folder, more))

    def changed(self) -> tuple[str, ...]:
        """Files that were written, swapped, added or removed since, in the order of their names."""
        now = _states(self.folder, self.more)
        return tuple(
            sorted(n for n in {*now, *self.states} if now.get(n) != self.states.get(n, ()))
        )

    def still(self) -> None:
        """Go on only where nothing was touched.

        Raises
        ------
        EvaluasiError : something was; the message names the files, without people in them.
        """
        if changed := self.changed():
            named = {p.name for p in self.more}
            shown = (hidden_in(n) if n in named else _without_people(n) for n in changed)
            names = ", ".join(dict.fromkeys(shown))
            raise EvaluasiError(
                Text(
                    f"{names}: berubah selagi dibaca, sehingga tidak ada yang diterbitkan\n"
                    "  Perbaiki: tunggu sampai berkasnya selesai disalin atau disimpan, lalu "
                    "jalankan lagi",
                    f"{names}: changed while it was being read, so that nothing is published\n"
                    "  Remedy: wait until the file has been copied or saved, then run again",
                )
            )


def _without_people(name: str) -> str:
    """A file's name with the shape of every word that headers do not have: who is on the roll may
    be written in the very file that changed.
    """
    stem, dot, ending = hidden_in(name).rpartition(".")
    return _WORD.sub(lambda m: _shown(m[0]), stem) + dot + ending


def _shown(word: str) -> str:
    known = word.lower() in TABLES or shapes.in_headers(word.lower())
    return word if known else shapes.shape(word)


def _states(folder: Path, more: tuple[Path, ...]) -> dict[str, _State]:
    inside = folders.contents(folder)
    found = {folders.shown(p, folder): _state(p) for p in inside.tables}
    found |= {u.file: None for u in inside.unread}
    return found | {p.name: _state(p) for p in more}


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except OSError:
        return None
    # The time of change tells also of a file that was put aside and put back.
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
