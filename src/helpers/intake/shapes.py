"""A cell's content as a message may show it: its shape, or the value itself where that can tell
nothing of a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

import numpy as np

from helpers.contracts import TABLES, codes
from helpers.intake.sheet import Cells
from helpers.intake.values import MONTH_NAMES, is_error, is_marker, text

_LONGEST: Final = 40
_MOST_LISTED: Final = 5
_DIGITS_SHOWN: Final = 6
_DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,]+[\d:.Z+]*)?$")
_CODE = re.compile(r"^(?=.*\d)[A-Za-z]{0,4}[-./ ]?\d{1,6}(?:[-./]\d{1,4}){0,3}$")
_WORDS: Final = codes.WORDS_SHOWN | set(MONTH_NAMES)
# How like a known header's word a word must be to be shown; shorter words, as in U1, are nobody's
# name. A short word with a capital that is one letter off may be somebody's ("Nila"), and is shown
# beside a word of headers alone.
_NEAR: Final = 0.8
_SHORTEST_NAME: Final = 2
_LONGEST_FIRST_NAME: Final = 6
# Words of the questions of a survey (domain.md 1.1), which are headers in many forms.
_OF_QUESTIONS: Final = (
    "bagaimana pendapat pemahaman saudara anda tentang kesesuaian kemudahan kecepatan kewajaran "
    "kompetensi kemampuan perilaku kesopanan keramahan kualitas penanganan persyaratan pelayanan "
    "layanan jenisnya prosedur petugas sarana prasarana pengaduan pengguna produk biaya tarif "
    "hasil waktu skor umur akhir total rata respon responden formulir stempel"
)
# Words of what personnel systems and training offices list besides (domain.md 6.3).
_OF_EXPORTS: Final = (
    "gelar depan belakang tempat agama kawin nik hp email alamat npwp bpjs kartu virtual sk cpns "
    "golongan mk bulan tmt lulus kpkn lokasi induk valid sekolah flag ikd sertifikat sertipikat "
    "nomor penyelenggara peraturan kode tahun keterangan"
)
_WORD = re.compile(r"[^\W\d_]+\d?")


def shown(raw: object, *, dated: bool = False) -> str:
    """A value in quotes: numbers, dates, unit codes and words of lists as they are; of other text
    only the shape.

    Parameters
    ----------
    raw : a cell.
    dated : whether its column holds dates that are nobody's own.

    >>> shown("Lulus 2"), shown("Budi Santoso"), shown("31/02/2024", dated=True)
    ("'Lulus 2'", "'Aaaa Aaaaaaa'", "'31/02/2024'")
    >>> shown("#REF!"), shown("# Budi")
    ("'#REF!'", "'# Aaaa'")
    """
    written = text(raw)
    if not ((dated and _DATE.match(written)) or _may_be_shown(written)):
        written = shape(written)
    return f"'{written[:_LONGEST]}'"


def each(
    cells: Cells, hit: np.ndarray, *, dated: bool = False, of_persons: bool = False
) -> np.ndarray:
    """What is shown of each of some rows.

    Parameters
    ----------
    cells : a column.
    hit : a mask over its rows.
    dated : whether it holds dates that are nobody's own.
    of_persons : whether it holds dates of a life, of which none is shown however it is written.
    """
    some = cells.of(hit)
    if of_persons:
        said = [shown(v if is_error(v) else shape(text(v))) for v in some.distinct]
    else:
        said = [shown(v, dated=dated) for v in some.distinct]
    return some.spread(said, object)


def counted(values: Iterable[tuple[object, int]]) -> str:
    """Values, the most frequent first, with how often each is there if they are several; empty
    where there is none.

    Parameters
    ----------
    values : each with its count.
    """
    times: Counter[str] = Counter()
    for value, count in values:
        times[shown(value)] += count
    return most(times)


def most(times: Mapping[str, int]) -> str:
    """Values as they are shown, the most frequent first, with how often each is there if they are
    several; empty where there is none.

    Parameters
    ----------
    times : how often each is there.
    """
    if len(times) <= 1:
        return next(iter(times), "")
    first = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    more = ", …" if len(first) > _MOST_LISTED else ""
    return ", ".join(f"{value} × {count}" for value, count in first[:_MOST_LISTED]) + more


def header(written: object) -> str:
    """A header as a message may show it: of words that no known header has, or nearly, the shape
    alone.

    Parameters
    ----------
    written : a cell of the row that was taken for the header; it may be data.

    >>> header("Nilai Kinerja"), header("nlai_skp"), header("Siti Aminah"), header("19850101201")
    ('Nilai Kinerja', 'nlai_skp', 'Aaaa Aaaaaa', '…')
    >>> header("Nila Sari"), header("Gelar Depan")
    ('Aaaa Aaaa', 'Gelar Depan')
    """
    said = " ".join(str(written).split())[:_LONGEST].replace(",", " ")
    if sum(c.isdigit() for c in said) > _DIGITS_SHOWN:
        return "…"
    known = any(len(w) > _SHORTEST_NAME and in_headers(w.lower()) for w in _WORD.findall(said))
    return _WORD.sub(lambda m: _in_a_header(m[0], known), said)


def in_headers(word: str) -> bool:
    """Whether a known header, or a list of values, has the very word.

    Parameters
    ----------
    word : in small letters.

    >>> in_headers("nilai"), in_headers("nila")
    (True, False)
    """
    return word in _words_of_headers()


def _in_a_header(word: str, beside_known: bool) -> str:
    """A word as it is, or its shape where it may be somebody's name."""
    if len(word) <= _SHORTEST_NAME or in_headers(word.lower()):
        return word
    own = word[0].isupper() and len(word) <= _LONGEST_FIRST_NAME and not beside_known
    return word if not own and _nearly_of_headers(word.lower()) else shape(word)


@cache
def _nearly_of_headers(word: str) -> bool:
    return bool(get_close_matches(word, _words_of_headers(), 1, _NEAR))


@cache
def _words_of_headers() -> frozenset[str]:
    columns = (c for table in TABLES.values() for c in table.columns)
    known = " ".join(name for c in columns for name in (c.name, *c.aliases)).lower()
    listed = f"{known} {_OF_QUESTIONS} {_OF_EXPORTS}".replace("_", " ")
    return _WORDS | frozenset(_WORD.findall(listed))


def _may_be_shown(written: str) -> bool:
    if is_error(written) or is_marker(written):
        return True
    if sum(c.isdigit() for c in written) > _DIGITS_SHOWN:
        return False
    words = _WORD.findall(written.lower())
    return bool(_CODE.match(written)) or all(w in _WORDS for w in words)


def shape(written: str) -> str:
    """Letters and digits hidden, signs kept.

    Parameters
    ----------
    written : any text.

    >>> shape("Siti, S.Pd 19800101")
    'Aaaa, A.Aa 99999999'
    """
    return "".join(
        "9" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else c for c in written
    )
