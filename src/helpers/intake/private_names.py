"""Names of files and sheets as messages and results may show them: without people in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

import pandas as pd

from helpers.contracts import nip
from helpers.intake import shapes
from helpers.intake.folders import Unread
from helpers.intake.person_words import TITLES, without_spaced_degrees
from helpers.intake.sheet_read import SheetRead

_WORD: Final = re.compile(r"[^\W\d_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Shorter words are initials and titles.
_SHORTEST_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class WithoutPeople:
    """The names that tell of a person, each with what is shown in its place; two that would be
    shown alike are numbered.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, files: Iterable[str], sheets: Iterable[str], people: Collection[str]
    ) -> WithoutPeople:
        """Find the names that tell of a person.

        Parameters
        ----------
        files : names of all files of a folder.
        sheets : names of all their sheets.
        people : names of people in the inputs; NIPs are known without.
        """
        return cls(_shown_for(files, people), _shown_for(sheets, people))

    def __bool__(self) -> bool:
        return bool(self.files or self.sheets)

    def __repr__(self) -> str:
        return f"WithoutPeople({len(self.files)} files, {len(self.sheets)} sheets)"

    def frame(self, frame: pd.DataFrame, file: str, sheet: str) -> pd.DataFrame:
        """A table with the names that may be shown.

        Parameters
        ----------
        frame : rows, each of some file and sheet.
        file, sheet : its columns that hold their names.
        """
        for column, shown in ((file, self.files), (sheet, self.sheets)):
            if shown and column in frame and frame[column].isin(list(shown)).any():
                frame = frame.assign(**{column: frame[column].replace(dict(shown))})
        return frame

    def unread(self, one: Unread) -> Unread:
        """A file or a sheet that was not read, under the name that may be shown."""
        named = one.file
        for sheet, shown in self.sheets.items():
            named = named.replace(f" [{sheet}]", f" [{shown}]")
        for file, shown in self.files.items():
            if named == file or named.startswith(f"{file} ["):
                named = shown + named.removeprefix(file)
        return replace(one, file=named)

    def read(self, one: SheetRead) -> SheetRead:
        """A sheet that was read, under the names that may be shown."""
        return replace(
            one,
            file=self.files.get(one.file, one.file),
            sheet=self.sheets.get(one.sheet, one.sheet),
            beside=tuple(self.sheets.get(name, name) for name in one.beside),
        )


def _shown_for(names: Iterable[str], people: Collection[str]) -> dict[str, str]:
    everyone = "\n".join(people).lower()
    masked = {name: _masked(name, people, everyone) for name in sorted(set(names))}
    taken = {name for name, shown in masked.items() if name == shown}
    found: dict[str, str] = {}
    for name, shown in masked.items():
        if name != shown:
            found[name] = next(free for free in _numbered(shown) if free not in taken)
            taken.add(found[name])
    return found


def _numbered(name: str) -> Iterator[str]:
    """The name, and then with a number before its ending."""
    yield name
    stem, dot, ending = name.rpartition(".")
    for number in count(2):
        yield f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"


def _masked(name: str, people: Collection[str], everyone: str) -> str:
    """A name without NIPs, without the words of a person whose whole name is in it, and without
    first names: a file of one person is called by that alone, and a word hidden in vain costs
    little.
    """
    name = nip.hidden_in(name)
    written = _words(name)
    # Most files are called by words that nobody is, or that headers have.
    strange = {w for w in written if len(w) >= _SHORTEST_WORD and w in everyone}
    strange = {w for w in strange if not shapes.in_headers(w)}
    if not strange:
        return name
    theirs: set[str] = set()
    for person in people:
        lower = person.lower()
        if any(word in lower for word in strange):
            own = _core(lower)
            theirs |= {*own[:1]} & strange
            if written.issuperset(own) and strange.intersection(own):
                theirs.update(own)
    return _WORD.sub(lambda m: _hide(m[0], theirs), name) if theirs else name


def _words(text: str) -> set[str]:
    return {word.lower() for part in _WORD.findall(text) for word in _CAMEL.split(part)}


def _core(name: str) -> list[str]:
    """A person's name without titles and initials."""
    words = _WORD.findall(without_spaced_degrees(name).partition(",")[0])
    return [w for w in words if len(w) >= _SHORTEST_WORD and w not in TITLES]


def _hide(word: str, theirs: set[str]) -> str:
    parts = _CAMEL.split(word)
    return "".join(shapes.shape(p) if p.lower() in theirs else p for p in parts)
