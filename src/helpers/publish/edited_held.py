"""One finding as the sentences of an edited file are held against it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from helpers.contracts import LANGS, Text
from helpers.publish.edited_files import plain
from helpers.publish.edited_words import numbers

_NUMBERED: Final = re.compile(r"^(?:gambar|tabel|figure|table) \d+: ")
_CONTENT: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Held:
    """One finding as sentences are held against it."""

    id: str
    question: str
    outcome: str
    claim: str
    grade: str
    estimate: float
    low: float
    high: float
    text: Text
    figures: frozenset[float]
    main: tuple[frozenset[float], ...]

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Held:
        """From its object in findings.json."""
        text = Text(**found["text"])
        said = [n for lang in LANGS for n in numbers(plain(text[lang]))]
        value, low, high = (
            math.nan if found[k] is None else float(found[k])
            for k in ("estimate", "ci_low", "ci_high")
        )
        return cls(
            id=found["id"],
            question=found["question"],
            outcome=found["outcome"],
            claim=found["claim"],
            grade=found["grade"],
            estimate=value,
            low=low,
            high=high,
            text=text,
            figures=frozenset().union(*said),
            main=_span(text),
        )

    @property
    def is_effect(self) -> bool:
        """Whether it is about what training does."""
        return self.id.endswith(".effect")

    @property
    def may_claim_cause(self) -> bool:
        """Whether training may be named as the cause."""
        return self.grade in ("strong", "moderate") and self.is_effect

    @property
    def sign(self) -> int:
        """1 or -1 where the whole interval lies on one side of zero, else 0."""
        return (self.low > 0) - (self.high < 0) if math.isfinite(self.low + self.high) else 0


def _span(text: Text) -> tuple[frozenset[float], ...]:
    """The numbers of the range in a finding's sentence, as either language shows them."""
    found = re.search(r"(?:rentang|interval)[^()\d−-]*([^()]*?)\)", text.id)
    return tuple(numbers(plain(found[1]))) if found else ()


def key(sentence: str) -> str:
    """A sentence as sentences are compared: small letters, without marks at its ends or the number
    that a document gives its pictures.

    Parameters
    ----------
    sentence : as `edited_files.plain` gives it.

    >>> key("Gambar 3: Sumber: tabel “skm”.")
    'sumber: tabel skm'
    """
    said = re.sub(r"[\"“”'_•●○]", "", plain(sentence)).casefold().strip(" .;:|-")
    return _NUMBERED.sub("", said)


def bag(sentence: str) -> frozenset[str]:
    """The words of a sentence, without figures."""
    return frozenset(_CONTENT.findall(sentence.casefold()))
