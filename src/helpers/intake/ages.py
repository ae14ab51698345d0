"""Ages as survey forms ask for them: in years, or as one of some classes."""

from __future__ import annotations

import re
from typing import Final

from helpers.intake import numbers, values

_YEARS: Final = r"(?:\s*(?:tahun|thn?|years?|yrs?)\b\.?)?"
_CLASS: Final = re.compile(
    rf"(?:usia|umur)?\s*(\d{{1,3}}){_YEARS}"
    r"\s*(?:[-–—]|s\s*[./]?\s*d\.?|sampai(?: dengan)?|hingga|to)"
    rf"\s*(\d{{1,3}}){_YEARS}"
)
_ABOVE: Final = re.compile(
    rf"(?:(?:>=?|≥|di ?atas|lebih dari|minimal|over)\s*(\d{{1,3}}){_YEARS}"
    rf"|(\d{{1,3}}){_YEARS}\s*(?:\+|ke ?atas|atau lebih|lebih|and over|or more))"
)
_BELOW: Final = re.compile(
    rf"(?:(?:<=?|≤|di ?bawah|kurang dari|maksimal|under)\s*(\d{{1,3}}){_YEARS}"
    rf"|(\d{{1,3}}){_YEARS}\s*(?:ke ?bawah|atau kurang|or less))"
)
_ONE: Final = re.compile(rf"(\d{{1,3}}){_YEARS}")
# The middle of a class of ten years, the commonest width.
_HALF: Final = 5.0


def age(raw: object, scale: tuple[float, float] | None) -> tuple[float | None, str | None]:
    """An age in years; of a class its middle, of an open one five years beyond its end.

    Parameters
    ----------
    raw : a cell.
    scale : bounds, both included; None for no bound.

    Returns
    -------
    As `numbers.number`; a class is a ``number_format``.

    >>> age("25-34 tahun", None), age("> 50", None), age("di bawah 20 thn", None)
    ((29.5, 'number_format'), (55.0, 'number_format'), (15.0, 'number_format'))
    >>> age("45 s.d. 54", (5, 110)), age("tua", (5, 110))
    ((49.5, 'number_format'), (None, 'out_of_scale'))
    """
    value, fault = numbers.number(raw, "number", scale)
    if fault != "out_of_scale" or not isinstance(raw, str):
        return value, fault
    found = _in_words(values.text(raw).lower())
    if found is None or (scale is not None and not scale[0] <= found <= scale[1]):
        return None, "out_of_scale"
    return found, "number_format"


def _in_words(written: str) -> float | None:
    if (both := _CLASS.fullmatch(written)) is not None:
        low, high = float(both[1]), float(both[2])
        return (low + high) / 2 if low <= high else None
    for pattern, step in ((_ABOVE, _HALF), (_BELOW, -_HALF), (_ONE, 0.0)):
        if (one := pattern.fullmatch(written)) is not None:
            return float(next(filter(None, one.groups()))) + step
    return None
