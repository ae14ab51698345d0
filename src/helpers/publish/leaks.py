"""The leak scan: no NIP and no name of the inputs in anything that is about to be published."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from helpers.contracts import EvaluasiError, Lang, Study, Text, nip
from helpers.intake import Identities
from helpers.intake.person_words import NamesByWords, words, words_of_name
from helpers.intake.shapes import header
from helpers.publish.readable import readings

FoundBy = Literal["name", "nip"]
_DIGITS: Final = re.compile(r"\d(?:[\s.\-’'_/]{0,3}\d){17,}")
_NIP_LENGTH: Final = 18
# Shorter single words are ordinary words too often; a name of one short word cannot be told from
# one.
_SHORTEST_SINGLE_NAME: Final = 5
_MOST_TOLD: Final = 5


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the inputs, and where it stands first; the sheet is empty in files of one."""

    text: str
    file: str
    sheet: str
    row: int


def names_of_nobody(study: Study) -> tuple[str, ...]:
    """The names in the data that are nobody's: of units, agencies, districts, themes and of the
    region itself. Reading has taken out those that hold somebody's whole name; that of somebody who
    has one word alone is a word there ("Kerja Harmonis").

    Parameters
    ----------
    study : of which a report is made.
    """
    units = study.unit[["nama_unit", "opd", "kecamatan"]].to_numpy(object).ravel()
    named = dict.fromkeys((*units, *study.kegiatan["tema"]))
    return (*(str(n) for n in named if isinstance(n, str) and n), study.plan.region.name)


def scan(
    folder: Path,
    identities: Identities,
    vocabulary: Iterable[str] = (),
    phrases: Iterable[str] = (),
    written: Callable[[], Iterable[Written]] = tuple,
) -> None:
    """Search every file below a folder.

    Names are found in any order of their words, with or without titles, initials and apostrophes;
    NIPs in whatever groups of digits; both through tags and escapes. A NIP that no table of people
    has is found where it is written as one.

    Parameters
    ----------
    folder : every file in it and below is read: text, PDF and DOCX, and of pictures what they tell
        of themselves.
    identities : NIPs in 18 digits, and names; none of them is ever printed.
    vocabulary : texts that are the reports' own sentences; a name that they say is not searched
        for.
    phrases : names that are nobody's, see `names_of_nobody`: a hospital called after a namesake. A
        name that lies in one is passed over where that stands whole, if it is of several words and
        says more than somebody's name.
    written : the texts of the inputs, asked for where there is a hit: a page may have it from one.

    Raises
    ------
    EvaluasiError : a hit; the message names the files, and where in the inputs it is from, or else
        where the roll has whose it is, never the person.
    """
    sought = _Sought.of(identities, vocabulary, phrases)
    hits = dict(sought.below(folder))
    if not hits:
        return
    persons = set().union(*hits.values())
    texts = [(text, sought.among(text.text) & persons) for text in written()]
    others = persons.difference(*(found for _, found in texts))
    of_roll = {identities.places[p] for p in others & set(identities.places)}
    lines = (
        (
            Text("asal di data masukan", "where in the inputs"),
            {(t.file, t.sheet, t.row) for t, found in texts if found},
        ),
        (Text("orangnya terdaftar di", "whose it is"), {(file, "", row) for file, row in of_roll}),
    )
    told = Text.made(
        lambda lang: "".join(_line(label[lang], places, sought, lang) for label, places in lines)
    )
    where = ", ".join(map(sought.without_people, hits))
    raise EvaluasiError(
        Text(
            "Pemindaian kebocoran: NIP atau nama ditemukan, sehingga tidak ada yang diterbitkan: "
            f"{where}{told.id}\n  Perbaiki: nama atau NIP itu berdiri di kolom lain (nama "
            "unit, alasan, tema), di nama berkas, atau diketik di notebook; hapus dari sana.",
            "Leak scan: a NIP or name was found, so that nothing was published: "
            f"{where}{told.en}\n  Remedy: that name or NIP stands in another column (unit name, "
            "reason, theme), in a file name, or was typed into a notebook; take it out there.",
        )
    )


def found_in_files(
    folder: Path,
    identities: Identities,
    vocabulary: Iterable[str] = (),
    phrases: Iterable[str] = (),
) -> dict[str, frozenset[FoundBy]]:
    """By what somebody is found in the files of a folder: by name, or by NIP.

    Parameters
    ----------
    folder, identities, vocabulary, phrases : as of `scan`.

    Returns
    -------
    By path below the folder; a file in which nobody is found is not among them.
    """
    sought = _Sought.of(identities, vocabulary, phrases)
    return {
        name: frozenset("nip" if who.isdigit() else "name" for who in found)
        for name, found in sought.below(folder)
    }


def _line(label: str, places: Collection[tuple[str, str, int]], sought: _Sought, lang: Lang) -> str:
    """The first places, one after another; names of files and sheets without a person."""
    if not places:
        return ""
    word = Text("baris", "row")[lang], Text("lembar", "sheet")[lang]
    shown = sorted(
        (sought.without_people(file), sought.without_people(sheet), row)
        for file, sheet, row in places
    )
    told = (
        f"{file}, {f'{word[1]} {sheet}, ' if sheet else ''}{word[0]} {row}"
        for file, sheet, row in shown[:_MOST_TOLD]
    )
    more = f" (+{len(shown) - _MOST_TOLD})" if len(shown) > _MOST_TOLD else ""
    return f"\n  {label}: {'; '.join(told)}{more}"


@dataclass(frozen=True)
class _Sought:
    """What is searched for: NIPs, and names as sorted words with who they are."""

    nips: frozenset[str]
    names: NamesByWords
    passed_over: tuple[tuple[str, ...], ...]

    @classmethod
    def of(
        cls, identities: Identities, vocabulary: Iterable[str], phrases: Iterable[str]
    ) -> _Sought:
        saying: defaultdict[str, list[list[str]]] = defaultdict(list)
        for text in map(words, vocabulary):
            for word in set(text):
                saying[word].append(text)
        names = {}
        for name in sorted(identities.names):
            own = words_of_name(name)
            if not own or (len(own) == 1 and _is_ordinary(own[0], saying)):
                continue
            if len(own) > 1 and any(_says(text, own) for text in saying.get(own[0], ())):
                continue
            names[tuple(sorted(own))] = name
        whole = {tuple(words(p)) for p in phrases if tuple(sorted(words_of_name(p))) not in names}
        return cls(
            frozenset(identities.nips),
            NamesByWords.of(names),
            # Longest first: one may begin as another does.
            tuple(sorted((p for p in whole if len(p) > 1), key=lambda p: (-len(p), p))),
        )

    def below(self, folder: Path) -> Iterator[tuple[str, set[str]]]:
        """Who is found in which file of a folder."""
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            if found := self.within(path):
                yield str(path.relative_to(folder)), found

    def within(self, path: Path) -> set[str]:
        """Who is found in a file: a name or NIP as `Identities` has it, or an unknown NIP."""
        return set().union(*(self.among(text) for text in readings(path)))

    def among(self, text: str) -> set[str]:
        """The same in a text."""
        found: set[str] = set(nip.written_in(text))
        for run in _DIGITS.findall(text):
            digits = "".join(c for c in run if c.isdigit())
            windows = (digits[i : i + _NIP_LENGTH] for i in range(len(digits) - _NIP_LENGTH + 1))
            found.update(self.nips.intersection(windows))
        found.update(self._names_in(words(text)))
        return found

    def without_people(self, name: str) -> str:
        """The name of a file or a sheet; of one that tells of a person the shape."""
        return header(name) if self.among(name) else name

    def _names_in(self, text: list[str]) -> Iterator[str]:
        nobodys = self._in_phrases(text)
        for who, places in self.names.among(text):
            if not nobodys.issuperset(places):
                yield who

    def _in_phrases(self, text: list[str]) -> set[int]:
        """Which words are part of a phrase that stands whole."""
        begins: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.passed_over:
            if self.names.words.intersection(phrase):
                begins.setdefault(phrase[0], []).append(phrase)
        inside: set[int] = set()
        if not begins:
            return inside
        at = 0
        while at < len(text):
            here = next(
                (p for p in begins.get(text[at], ()) if tuple(text[at : at + len(p)]) == p), ()
            )
            inside.update(range(at, at + len(here)))
            at += len(here) or 1
        return inside


def _is_ordinary(word: str, own_words: Container[str]) -> bool:
    return len(word) < _SHORTEST_SINGLE_NAME or word in own_words


def _says(words: Sequence[str], name: Sequence[str]) -> bool:
    wanted = sorted(name)
    return any(
        sorted(words[i : i + len(name)]) == wanted for i, w in enumerate(words) if w in wanted
    )
