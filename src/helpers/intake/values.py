"""One cell to one value: numbers, dates, choices and answers as offices write them.

Every reader returns the value (None where there is none) and the fault that was mended or met, or
None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final, Literal

from helpers.contracts import codes
from helpers.contracts.invisible_signs import visible

DateFault = Literal["date_impossible", "month_first", "missing_marker"]

MONTH_NAMES: Final = {
    name: i
    for i, names in enumerate(
        (
            "jan januari january",
            "feb februari february peb pebruari",
            "mar maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agt agustus aug august ags",
            "sep sept september",
            "okt oktober oct october",
            "nov november nop nopember",
            "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T,\s].*)?$")
# A year of two digits beside a month in words, as Excel shows days by default, is no other number.
_WORDED = re.compile(
    r"^(?:[a-z']+,\s*)?(\d{1,2})[\s\-]+([a-z]+)\.?[\s\-,]+(\d{4}|\d{2})(?:\s.*)?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\(?\d{1,2}\)?\s*[-–—.:=)]*\s*(?=[^\W\d])")
# Excel counts days from 1899-12-30; serials outside these bounds are not dates of living people.
_EXCEL_EPOCH: Final = date(1899, 12, 30)
_EXCEL_SERIALS: Final = (7000, 80000)
# Of years of two digits, as Excel has it.
_FIRST_OF_LAST_CENTURY: Final = 30


def is_empty(raw: object) -> bool:
    """Nothing in the cell at all."""
    return (
        raw is None
        or (isinstance(raw, float) and raw != raw)
        or (isinstance(raw, str) and not visible(raw).strip())
    )


def text(raw: object) -> str:
    """A cell as text; a whole number without its ``.0``, a leading apostrophe taken off.

    >>> text(12.0), text("'0012"), text("  a   b ")
    ('12', '0012', 'a b')
    """
    if is_empty(raw):
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return re.sub(r"\s+", " ", visible(str(raw))).strip().lstrip("'’")


def is_marker(raw: object) -> bool:
    """A word or sign that stands for no value."""
    return isinstance(raw, str) and visible(raw).strip().lower() in codes.MISSING_MARKERS


def is_error(raw: object) -> bool:
    """What a spreadsheet shows in place of a value that its formula could not work out.

    >>> is_error("#REF!"), is_error("#N/A"), is_error("# ref")
    (True, False, False)
    """
    return isinstance(raw, str) and raw.strip().lower() in codes.SPREADSHEET_ERRORS


def choice(raw: object, choices: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The code of a spelling; a spelling that is not listed is out of scale.

    Parameters
    ----------
    raw : a cell; case, blanks and signs make no difference.
    choices : spelling to code, spellings reduced as `codes.key` does.

    Returns
    -------
    The code; and ``missing_marker``, ``out_of_scale`` or None.

    >>> choice("Laki-laki", codes.SEX), choice("x", codes.SEX)
    (('L', None), (None, 'out_of_scale'))
    """
    if is_empty(raw):
        return None, None
    written = text(raw)
    for spelling in (written, codes.SIGNS.get(written, ""), _NUMBERED.sub("", written)):
        code = choices.get(codes.key(spelling)) if spelling else None
        if code is not None:
            return code, None
    if choices is codes.STATUS:
        return _status(codes.key(written))
    return (None, "missing_marker") if is_marker(raw) else (None, "out_of_scale")


def _status(said: str) -> tuple[str | None, str | None]:
    """SIASN writes long forms of the two, and in the same column whether somebody serves."""
    for start, code in (("pppk", "PPPK"), ("p3k", "PPPK"), ("pns", "PNS"), ("cpns", "PNS")):
        if said.startswith(start):
            return code, None
    return None, "missing_marker" if said in codes.IN_SERVICE or not said else "out_of_scale"


def day(raw: object) -> tuple[date | None, DateFault | None, bool]:
    """A date, day before month; the last part is whether the order of day and month is proven by
    the value.

    Returns
    -------
    The date; ``date_impossible``, ``month_first``, ``missing_marker`` or None; and the proof. Years
    outside 1900–2100 are impossible.

    >>> day("17 Agustus 2023")[0], day("17/08/2023")[2], day("08/07/2023")[2]
    (datetime.date(2023, 8, 17), True, False)
    >>> day("02/17/2023")
    (None, 'month_first', False)
    """
    if is_empty(raw):
        return None, None, False
    if is_marker(raw):
        return None, "missing_marker", False
    if isinstance(raw, date):
        return _date(raw.year, raw.month, raw.day)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _serial(float(raw))
    if isinstance(raw, (time, timedelta)):
        return None, "date_impossible", False
    written = text(raw)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", written):
        return _serial(float(written))
    if iso := _ISO.match(written):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if compact := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", written):
        return _date(*map(int, compact.groups()))
    if worded := _WORDED.match(written):
        month = MONTH_NAMES.get(worded[2].lower())
        return (
            _date(_whole_year(worded[3]), month, int(worded[1]))
            if month
            else (None, "date_impossible", False)
        )
    if numeric := _DAY_FIRST.match(written):
        first, second, year = map(int, numeric.groups())
        if second > 12 >= first >= 1:
            return (
                None,
                ("month_first" if _date(year, first, second)[0] else "date_impossible"),
                False,
            )
        value, fault, _ = _date(year, second, first)
        return value, fault, first > 12 and value is not None
    return None, "date_impossible", False


def _whole_year(written: str) -> int:
    """Of two digits, as spreadsheets read them: 00–29 are of this century.

    >>> _whole_year("22"), _whole_year("85"), _whole_year("1985")
    (2022, 1985, 1985)
    """
    year = int(written)
    if len(written) > len("22"):
        return year
    return year + (2000 if year < _FIRST_OF_LAST_CENTURY else 1900)


def either_order(raw: object) -> bool:
    """Whether a date is another one, and as likely, with the month first.

    >>> either_order("08/07/2023"), either_order("17/08/2023"), either_order("07-07-2023")
    (True, False, False)
    """
    numeric = _DAY_FIRST.match(text(raw)) if isinstance(raw, str) else None
    first, second = (int(numeric[1]), int(numeric[2])) if numeric else (0, 0)
    return first != second and 1 <= first <= 12 and 1 <= second <= 12


def _date(year: int, month: int, dom: int) -> tuple[date | None, DateFault | None, bool]:
    try:
        value = date(year, month, dom)
    except ValueError:
        return None, "date_impossible", False
    return (value, None, False) if 1900 <= year <= 2100 else (None, "date_impossible", False)


def _serial(days: float) -> tuple[date | None, DateFault | None, bool]:
    if _EXCEL_SERIALS[0] <= days <= _EXCEL_SERIALS[1]:
        return _EXCEL_EPOCH + timedelta(days=int(days)), None, False
    return None, "date_impossible", False


def reason(raw: object) -> str | None:
    """A reason for staying away as one of a few groups; the words themselves go no further."""
    words = text(raw).lower()
    if not words or is_marker(raw):
        return None
    return next(
        (group for word, group in codes.REASON_KEYWORDS if word in words), codes.REASON_OTHER
    )


def looks_active(raw: object) -> bool:
    """Free text that a spreadsheet or a browser would execute.

    >>> looks_active("=A1+1"), looks_active("<b>"), looks_active("-5"), looks_active("terima kasih")
    (True, True, False, False)
    """
    if not isinstance(raw, str):
        return False
    stripped = raw.lstrip()
    return bool(re.search(r"<\s*/?\s*[a-zA-Z!]", raw)) or (
        stripped[:1] in ("=", "@") or bool(re.match(r"[+\-][^\d\s.,\-]", stripped))
    )
