"""The firewall over edited files: each sentence that says more than its finding allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from helpers.contracts import (
    ESTIMATE_COLUMNS,
    EXCLUSION_COLUMNS,
    INDICATOR_COLUMNS,
    Finding,
    Lang,
    Text,
    finding_record,
)
from helpers.findings import told
from helpers.publish.edited_claims import Verdict, Why, judge
from helpers.publish.edited_files import Passage, passages, plain
from helpers.publish.edited_findings import Results, of, results
from helpers.publish.edited_held import Held, key
from helpers.publish.edited_words import Said, pattern, sentences, spoken

# Words of an answer that says nothing without its question.
_ANSWER: Final = 4
# As many digits as a NIP or an identity number has, in whatever groups.
_LONG: Final = re.compile(r"\d(?:[\s.\-’'_/]{0,3}\d){13,}")


@dataclass(frozen=True, slots=True)
class Overclaim:
    """A sentence that says too much.

    Parameters
    ----------
    place : paragraph or row of a table, counted from the beginning.
    sentence : as it stands there, digits of a NIP as their shape.
    kind : what is wrong, for programs.
    why : the same for people.
    allowed : the finding's own wording; or that the sentence has to go.
    """

    place: Text
    sentence: str
    kind: Why
    why: Text
    allowed: Text

    def lines(self, lang: Lang) -> tuple[str, ...]:
        """Place and sentence, why, and what may be written instead.

        Parameters
        ----------
        lang : of place and reason, and of what may be written where the sentence's cannot be told.
        """
        return (f"{self.place[lang]}: {self.sentence}", self.why[lang], self.wording(lang))

    def wording(self, lang: Lang) -> str:
        """What may be written instead, in the language of the sentence that it replaces.

        Parameters
        ----------
        lang : where the sentence's cannot be told.
        """
        return self.allowed[spoken(self.sentence) or lang]


def check_edited(file: Path, folder: Path) -> tuple[Overclaim, ...]:
    """Every sentence of an edited file that says more than a year's findings allow.

    Parameters
    ----------
    file : DOCX, HTML, Markdown or text.
    folder : the year's own, with ``results/``.

    Raises
    ------
    WrongUsage : no such file, or no report of that year, or neither can be read.
    """
    return tuple(overclaims(passages(file), results(folder)))


def overclaims(read: tuple[Passage, ...], held: Results) -> Iterator[Overclaim]:
    """The same of passages that have been read.

    Parameters
    ----------
    read : in the order of the file.
    held : the year's results.
    """
    for at, passage in enumerate(read):
        following = read[at + 1].text if at + 1 < len(read) else ""
        if key(passage.text) in held.quoted and _answered(following, held):
            continue
        before = ""
        for said in _said(passage):
            # Somebody's number is no figure, and is never told.
            bare = _answer(_LONG.sub("", said).strip(), before)
            found = judge(bare, f"{before} {passage.text}", held)
            if found:
                yield _told(passage.place, said, found)
            before = said


def _answered(following: str, held: Results) -> bool:
    """Whether a statement of the brief is followed by what was found of it."""
    first = next(iter(sentences(plain(following))), "")
    return (
        key(first) in held.own
        or key(first) in held.fixed
        or any(form.fullmatch(key(first)) for form, _ in held.forms)
    )


def _answer(said: str, before: str) -> str:
    """A short answer with its question: "yes" and "training" claim what was asked."""
    short = Said.of(said)
    if not before.endswith("?") or len(said.split()) > _ANSWER:
        return said
    if short.has("affirms") or short.has("training"):
        return f"{pattern('asking').sub(' ', before.casefold()).rstrip('?')} – {said}"
    return said


def _said(passage: Passage) -> Iterator[str]:
    if not passage.cells:
        yield from sentences(passage.text)
        return
    for cell in passage.cells:
        yield from sentences(cell)


def _told(place: Text, said: str, found: Verdict) -> Overclaim:
    said = _LONG.sub(lambda m: re.sub(r"\d", "9", m[0]), said)
    why = told(f"edited.why.{found.why}", numbers=", ".join(found.figures))
    if found.finding is None:
        return Overclaim(place, said, found.why, why, told("edited.nothing"))
    allowed = told("edited.allowed", text=found.finding.text)
    return Overclaim(place, said, found.why, why, allowed)


def firewall(findings: tuple[Finding, ...]) -> Callable[[str], bool]:
    """Whether a text says more than some findings, where no other result is known.

    Parameters
    ----------
    findings : of one year.
    """
    records = [finding_record(f) for f in findings]
    tables = (INDICATOR_COLUMNS, ESTIMATE_COLUMNS, EXCLUSION_COLUMNS)
    indicators, estimates, exclusions = (pd.DataFrame(columns=list(c)) for c in tables)
    held = of(tuple(map(Held.read, records)), records, indicators, estimates, exclusions)
    return lambda text: any(overclaims((Passage(Text(), plain(text)),), held))
