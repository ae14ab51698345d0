"""What an edited sentence speaks of: training, outcomes, movement, cause, denial and numbers."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from helpers.contracts import LANGS, Lang
from helpers.findings import say
from helpers.findings.words import templates

KINDS: Final = (
    "training", "trained", "by", "cause", "raise", "lower", "rise", "fall", "works", "not", "sure",
    "although", "perhaps", "strong", "moderate", "proof", "productive", "served",
    "purpose", "untrue", "telling", "unit", "cited", "shows", "affirms", "asking", "rhetoric",
    "effect", "large", "keener", "denies", "filler", "helps", "useless", "seen", "how", "feels",
    "matters", "inputs", "thanks", "otherwise", "people",
)  # fmt: skip
OUTCOMES: Final = (
    "output_per_day", "skp", "on_time_share", "staff_unsur", "ikm", "persyaratan", "prosedur",
    "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan", "test_gain",
)  # fmt: skip
_NUMBER: Final = re.compile(r"(?<![\w.,])(?P<sign>(?<!\d)[-+])?(?P<digits>\d+(?:[.,]\d+)*)(?!\d)")
_SPAN: Final = re.compile(r"(?<=\d)(%?)\s?[–—-]\s?(?=[-+]?\d)")
# Letters' and telephones' numbers are no figures.
_ADDRESS: Final = re.compile(r"\d+(?:/[\w.-]+){2,}|\(?\b0\d{2,}\)?(?:[\s-]?\d+)*")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SLOT: Final = re.compile(r"\{\w+\}")
# A verb so many words after one of purpose is what is wished for.
_WISHED: Final = 6
_CLAUSE: Final = re.compile(
    r"[;:]\s|\.\s|\s[–—-]\s|,?\s(?:tetapi|namun|melainkan|sedangkan|sementara|padahal|but|however|whereas|"
    r"while|yet)\s"
    r"|,\s(?!bahwa|that|apakah|whether|yaitu|which)"
)


@functools.cache
def pattern(kind: str) -> re.Pattern[str]:
    """The words of one kind, in both languages.

    Parameters
    ----------
    kind : of `KINDS`.
    """
    return words_of(",".join(say(f"edited.word.{kind}", lang) for lang in LANGS))


@functools.cache
def outcome_pattern(name: str) -> re.Pattern[str]:
    """How an outcome is named, in both languages.

    Parameters
    ----------
    name : of `OUTCOMES`.
    """
    names = [say(f"edited.outcome.{name}", lang) for lang in LANGS]
    names += [say(f"outcome.{name}", lang) for lang in LANGS]
    return words_of(",".join(names))


def words_of(listed: str) -> re.Pattern[str]:
    """Any of several words, of which one with an asterisk may have any ending.

    Parameters
    ----------
    listed : with commas between them.
    """
    forms = {w.strip().casefold() for w in listed.split(",") if w.strip()}
    ordered = sorted(forms, key=len, reverse=True)
    any_of = "|".join(re.escape(f).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for f in ordered)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)")


def sentences(text: str) -> list[str]:
    """The sentences of a passage; a decimal point ends none.

    Parameters
    ----------
    text : on one line, as `edited_files.plain` gives it.
    """
    return [s.strip() for s in _sentence_end().split(text) if s and s.strip()]


@functools.cache
def _sentence_end() -> re.Pattern[str]:
    """A full stop before what does not begin small; a link to a page stands alone."""
    page = "|".join(say("word.page", lang) for lang in LANGS)
    return re.compile(rf"(?<=[.!?…])[\"'”)\]]*\s+(?=[^a-z])|(?<=[.!?])\s+(?=(?:{page}) \d)")


def spoken(text: str) -> Lang | None:
    """The language that a text is in, by the words that only one of the catalogues has; None where
    neither leads.

    Parameters
    ----------
    text : any.

    >>> spoken("Pelatihan membuat warga jauh lebih puas."), spoken("Training made people happier.")
    ('id', 'en')
    """
    words = set(_WORD.findall(text.casefold()))
    one, two = (len(words & _only_in(lang)) for lang in LANGS)
    if one == two:
        return None
    return LANGS[0] if one > two else LANGS[1]


@functools.cache
def _only_in(lang: Lang) -> frozenset[str]:
    own, others = (
        {w for text in templates(each).values() for w in _WORD.findall(_SLOT.sub(" ", text))}
        for each in (lang, *(x for x in LANGS if x != lang))
    )
    return frozenset(w.casefold() for w in own) - {w.casefold() for w in others}


def numbers(text: str) -> list[frozenset[float]]:
    """The numbers of a text, each with what it may mean as either language writes it.

    Parameters
    ----------
    text : as `edited_files.plain` gives it.

    >>> [sorted(n) for n in numbers("naik 1.234,5 (−0,4–2)")] == [[1234.5], [-0.4], [2.0]]
    True
    """
    spaced = _SPAN.sub(r"\1 … ", text.replace("−", "-"))
    found = []
    for each in _NUMBER.finditer(spaced):
        sign = -1.0 if each["sign"] == "-" else 1.0
        found.append(frozenset(sign * v for v in _meanings(each["digits"])))
    return found


def uncited(text: str) -> str:
    """A text without the numbers of letters, telephones, laws and articles.

    Parameters
    ----------
    text : as `edited_files.plain` gives it.

    >>> uncited("Pasal 203 dan 91,5")
    '  dan 91,5'
    """
    cited = rf"(?i:{pattern('cited').pattern})\.?\s*\d+(?![\d.,]*\d|\s?%)"
    return re.sub(cited, " ", _ADDRESS.sub(" ", text))


def _meanings(digits: str) -> set[float]:
    out = set()
    for thousands, point in ((".", ","), (",", ".")):
        if re.fullmatch(
            rf"(?:\d+|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+)(?:{re.escape(point)}\d+)?",
            digits,
        ):
            out.add(float(digits.replace(thousands, "").replace(point, ".")))
    return out


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence says, as far as words can tell."""

    text: str

    @classmethod
    def of(cls, sentence: str) -> Said:
        """A sentence in small letters."""
        return cls(sentence.casefold())

    def has(self, kind: str) -> bool:
        """Whether a word of a kind stands in it."""
        return bool(pattern(kind).search(self.text))

    def words(self, kind: str) -> frozenset[str]:
        """The words of a kind in it."""
        return frozenset(pattern(kind).findall(self.text))

    @property
    def outcomes(self) -> frozenset[str]:
        """The outcomes that it names."""
        # A unit is named after an index without being it.
        bare = pattern("unit").sub(" ", self.text)
        return frozenset(o for o in OUTCOMES if outcome_pattern(o).search(bare))

    @property
    def clauses(self) -> list[str]:
        """Its parts, within which a denial reaches, without the names of outcomes."""
        bare = re.sub(rf",\s{pattern('not').pattern}[^,]*,", " ", self.text)
        bare = pattern("unit").sub(" ", bare)
        for name in OUTCOMES:
            bare = outcome_pattern(name).sub(" … ", bare)
        return [c for c in _CLAUSE.split(bare) if c and c.strip()]

    def asserted(self, kind: str) -> bool:
        """Whether a word of a kind stands in it undenied."""
        return any(undenied(clause, kind) for clause in self.clauses)


def undenied(clause: str, kind: str) -> bool:
    """Whether a clause holds a word of a kind before which nothing is denied.

    Parameters
    ----------
    clause : in small letters.
    kind : of `KINDS`.
    """
    bare = _affirmed(clause)
    denial = pattern("not").search(bare)
    if denial is None:
        return any(not _wished(bare, m.end()) for m in pattern(kind).finditer(bare))
    return bool(pattern(kind).search(bare[: denial.start()])) and kind not in ("by", "works")


def stands(clause: str) -> bool:
    """Whether a clause denies, asks and wishes nothing.

    Parameters
    ----------
    clause : in small letters.
    """
    bare = _affirmed(clause)
    return not pattern("not").search(bare) and not pattern("purpose").search(bare)


def _affirmed(clause: str) -> str:
    """A clause without denials that deny no claim: of doubt, of a concession, of a denial."""
    bare = pattern("sure").sub(" ", clause)
    denial = pattern("not").search(bare)
    if denial and pattern("although").match(bare.strip()):
        # What is denied is the concession; the claim begins with training.
        claim = pattern("training").search(bare, denial.end())
        bare = bare[claim.start() :] if claim else bare
    untrue = pattern("untrue").search(bare)
    if untrue and pattern("not").search(bare, untrue.end()):
        return bare[: untrue.start()] + pattern("not").sub(" ", bare[untrue.end() :])
    return bare


def _wished(bare: str, at: int) -> bool:
    """Whether a word of purpose stands shortly before the end of a verb."""
    return bool(pattern("purpose").search(" ".join(bare[:at].split()[-_WISHED:])))
