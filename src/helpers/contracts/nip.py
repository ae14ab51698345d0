"""NIP (nomor induk pegawai): its 18 digits, what they say, and how spreadsheets damage them.

Source: the form described in domain.md section 6.1 (PNS: birth date, start year and month, sex,
serial; PPPK: 21 or 22 in place of the month). There is no check digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

NipState = Literal["good", "repaired", "rounded", "bad", "missing"]

_E_NOTATION = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$")
# Doubles hold whole numbers exactly up to 2**53, which has 16 digits: an 18-digit number is
# damaged.
_LARGEST_EXACT = 2**53
_WRITTEN = re.compile(
    r"(?<![\d.,])\d{8}[ .\-\u00a0]?\d{6}[ .\-\u00a0]?\d[ .\-\u00a0]?\d{3}(?!\d|[.,]\d)"
)
# In a file's name dots and underscores part words.
_IN_A_NAME = re.compile(r"(?<!\d)\d{8}[ ._-]?\d{6}[ ._-]?\d[ ._-]?\d{3}(?!\d)")
_BORN = range(1930, 2015)
_STARTED = range(1950, 2100)


@dataclass(frozen=True, slots=True)
class NipContent:
    """What a NIP says of its holder."""

    birth: date | None
    start_year: int
    start_month: int | None
    sex: Literal["L", "P"] | None
    is_pppk: bool


def clean(raw: object) -> tuple[str | None, NipState]:
    """Read a NIP as it comes out of a file.

    Parameters
    ----------
    raw : text, or a number where a spreadsheet stored it as one.

    Returns
    -------
    The 18 digits or None, and ``good`` (as it should be), ``repaired`` (blanks, dots, apostrophe,
    ``.0``), ``rounded`` (E notation, or the serial number lost to zeros), ``bad`` (not 18 digits)
    or ``missing``.

    >>> clean("19800101 200501 1 001")
    ('198001012005011001', 'repaired')
    >>> clean("1.98001E+17")
    (None, 'rounded')
    """
    if isinstance(raw, float) or (isinstance(raw, int) and not isinstance(raw, bool)):
        if raw != raw:
            return None, "missing"
        if isinstance(raw, float) and abs(raw) >= _LARGEST_EXACT:
            return None, "rounded"
        text = str(int(raw))
        state: NipState = "good"
    else:
        text = str(raw) if raw is not None else ""
        state = "good"
    if not text.strip():
        return None, "missing"
    if _E_NOTATION.match(text.strip().lstrip("'’`")):
        return None, "rounded"
    digits = re.sub(r"\.0+$", "", text.strip())
    digits = re.sub(r"[\s.\-'’`\"\u00a0\u200b=]", "", digits)
    if digits != text:
        state = "repaired"
    if not (digits.isascii() and digits.isdigit() and len(digits) == 18):
        return None, "bad"
    # Serial numbers start at 001, so three zeros are what is left after rounding to 15 digits.
    if digits.endswith("000"):
        return None, "rounded"
    return digits, state


def content(nip: str) -> NipContent:
    """Birth date, start, sex and kind of a clean 18-digit NIP; None for a part that cannot be.

    >>> said = content("198001012005012001")
    >>> said.birth.isoformat(), said.start_year, said.sex, said.is_pppk
    ('1980-01-01', 2005, 'P', False)
    """
    try:
        birth: date | None = date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        birth = None
    month = int(nip[12:14])
    return NipContent(
        birth=birth,
        start_year=int(nip[8:12]),
        start_month=month if 1 <= month <= 12 else None,
        sex={"1": "L", "2": "P"}.get(nip[14]),  # type: ignore[arg-type]
        is_pppk=month in (21, 22),
    )


def written_in(text: str) -> list[str]:
    """The NIPs that stand in a text, in 18 digits: those of which birth, start and sex can be, and
    beside which no other digits stand.

    >>> written_in("Kepala: Siti (NIP 19850315 201001 2 002), telp 081234567890")
    ['198503152010012002']
    """
    found = ("".join(c for c in w if c.isdigit()) for w in _WRITTEN.findall(text))
    return [digits for digits in found if _can_be(content(digits))]


def hidden_in(text: str) -> str:
    """A text, such as a file's name, with every NIP in it hidden.

    >>> hidden_in("SKP 198503152010012002 (2023).xlsx"), hidden_in("skp.19850315_201001_2_002.csv")
    ('SKP … (2023).xlsx', 'skp.….csv')
    """
    return _IN_A_NAME.sub(
        lambda found: "…" if written_in(re.sub(r"\D", "", found[0])) else found[0], text
    )


def _can_be(said: NipContent) -> bool:
    return (
        said.birth is not None
        and said.birth.year in _BORN
        and said.start_year in _STARTED
        and (said.start_month is not None or said.is_pppk)
        and said.sex is not None
    )


def shape(raw: object) -> str:
    """A NIP with every digit and letter hidden, for messages: the form without the person.

    >>> shape("198503152010011002"), shape("1.98503E+17")
    ('999999999999999999', '1.98…E+17')
    """
    text = str(raw)
    if _E_NOTATION.match(text.strip().lstrip("'’`")):
        return re.sub(r"^(\d[.,]\d\d)\d*", r"\1…", text.strip().lstrip("'’`")).upper()
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text))[:40]
