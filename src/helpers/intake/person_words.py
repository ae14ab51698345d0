"""Names of people by their words, to find them in a text in whatever order and with whatever title
they stand there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_APOSTROPHES: Final = re.compile(r"['’‘ʼ`´′]")
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_WORD: Final = re.compile(r"[^\W\d_]+")
# What stands before a name, or after it without a comma; "S.Sos" and the like are known by dots.
# "Mak" and "Md" are words of names, too.
TITLES: Final = frozenset(
    re.findall(
        r"\w+",
        "alm almh apt bapak bu bpk dr dra drg drh drs haji hajah hj ibu ir kh nn ns ny pak prof "
        "sdr sdri tn amd amk amkeb amkep amkg lc mag map mh mhum mip mkep mkes mkn mkom mm mpd "
        "mpdi msi mt ners sag sap se sfarm sgz sh shum shut sip skep skg skm skom spd spdi spi "
        "spsi spt sos ssi ssos sst st sstp sthi",
    )
)
_FIELDS: Final = (
    "ag ak ap farm gz hi hum hut ikom ip keb ked kep kes kg km kn kom pd pdi pi psi pt si sos stat "
    "sy th tp"
)
_FIELD: Final = rf"(?:{_FIELDS.replace(' ', '|')})\b\.?"
# The letter before a field is no name's: "M. Si" and "S Pd", but neither "Li" nor "M. Siddiq". Shi
# is a family name.
_SPACED_DEGREE: Final = re.compile(
    rf"(?<=[\s,])(?:[SM][.\s]+{_FIELD}|[SM][.\s]*Tr[.\s]+{_FIELD}"
    rf"|A[.\s]*Md\b[.\s]*(?:{_FIELD})?|(?-i:SHI\b))",
    re.IGNORECASE,
)
_DEGREE: Final = re.compile(r"\b(?:[A-Z][A-Za-z]{0,2}\.)+[A-Z][A-Za-z]{0,4}\b\.?")


@dataclass(frozen=True)
class NamesByWords:
    """Names that can be found in a text.

    Attributes
    ----------
    who : each as its words in alphabetical order, with how it is written.
    words : that any of them has.
    longest : how many words the longest has.
    """

    who: Mapping[tuple[str, ...], str]
    words: frozenset[str]
    longest: int

    @classmethod
    def of(cls, who: Mapping[tuple[str, ...], str]) -> NamesByWords:
        """An index of names, each by its words in alphabetical order."""
        words = frozenset(word for name in who for word in name)
        return cls(who, words, max(map(len, who), default=0))

    def __repr__(self) -> str:
        return f"NamesByWords({len(self.who)} names, hidden)"

    def among(self, text: Sequence[str]) -> Iterator[tuple[str, range]]:
        """The names of which all words stand beside one another, with the places of these.

        Parameters
        ----------
        text : in its order, as `words` gives them.
        """
        run: list[int] = []
        for at, word in enumerate((*text, "")):
            if word in self.words:
                run.append(at)
                continue
            for start in run:
                for end in range(start + 1, min(at, start + self.longest) + 1):
                    who = self.who.get(tuple(sorted(text[start:end])))
                    if who is not None:
                        yield who, range(start, end)
            run = []


def words(text: str) -> list[str]:
    """Words of two letters and more, as they are compared: without apostrophes and accents.

    >>> words("Ma'ruf A. Café-2")
    ['maruf', 'cafe']
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)))
    return [w.casefold() for w in _WORD.findall(bare) if len(w) > 1]


def without_spaced_degrees(name: str) -> str:
    """A name without degrees whose parts stand apart, which else look like words of it.

    >>> without_spaced_degrees("Siti Aminah A.Md. Kep, M Pd"), without_spaced_degrees("Tan Li")
    ('Siti Aminah , ', 'Tan Li')
    """
    return _SPACED_DEGREE.sub("", name)


def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a name without titles and degrees; where one word stands before a comma, it is
    the family name.

    >>> words_of_name("Drs. H. Budi Santoso, M.Si"), words_of_name("Koto, Sari")
    (('budi', 'santoso'), ('koto', 'sari'))
    """
    before, _, after = without_spaced_degrees(name).partition(",")
    whole, short = _bare(words(before)), _bare(words(_DEGREE.sub(" ", before)))
    given = after.partition(",")[0]
    if len(whole) == 1 and "." not in given:
        return whole + _bare(words(given))
    return short if len(short) > 1 else whole


def _bare(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(w for w in written if w not in TITLES)
