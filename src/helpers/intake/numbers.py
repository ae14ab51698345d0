"""One cell to one number, as offices write them."""

from __future__ import annotations

import re
from typing import Final

from helpers.intake.values import is_empty, is_marker, text

_THOUSANDS_DOT = re.compile(r"^-?\d{1,3}(?:\.\d{3})+$")
_THOUSANDS_COMMA = re.compile(r"^-?\d{1,3}(?:,\d{3})+$")
_PLAIN = re.compile(r"^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$|^-?\.\d+$")
# As budgets write a year: "TA 2024".
_YEAR_IS_SAID = re.compile(r"^(?:tahun(?: anggaran)?|th\.?|t\.?a\.?)\s*(?=\d{4}$)", re.IGNORECASE)
# What a number is of, behind it: of hours nothing but hours, else what was counted.
_OF_HOURS = re.compile(r"(?<=\d)\s*(?:jp|jam)\.?$", re.IGNORECASE)
_COUNTED = re.compile(r"(?<=\d)\s*(?:hari(?: kerja)?|orang|org|layanan|berkas)\.?$", re.IGNORECASE)
# A score out of so many may be written with a sign for per cent.
SCORES: Final = (100, 120)


def number(
    raw: object, kind: str, scale: tuple[float, float] | None
) -> tuple[float | None, str | None]:
    """A number, however it is written.

    Parameters
    ----------
    raw : a cell; ``Rp``, ``%``, blanks and either separator are understood.
    kind : ``"count"`` and ``"money"`` read ``1.428`` as thousands, every other kind as a decimal.
    scale : bounds, both included; None for no bound.

    Returns
    -------
    The value, a per cent as a share, or as it is on a scale to 100 or 120; and ``number_format``,
    ``missing_marker``, ``out_of_scale`` or None.

    >>> number("1.428", "count", None), number("1.428", "number", None)
    ((1428.0, 'number_format'), (1.428, None))
    >>> number("87,5%", "number", (0, 1)), number(640, "number", (0, 120))
    ((0.875, 'number_format'), (None, 'out_of_scale'))
    >>> number("32 JP", "number", None), number("1.250 layanan", "count", None)
    ((32.0, 'number_format'), (1250.0, 'number_format'))
    >>> number("96,7%", "number", (0, 120)), number("50%", "count", (0, 1e7))
    ((96.7, 'number_format'), (None, 'out_of_scale'))
    >>> number("TA 2024", "year", None)
    (2024.0, 'number_format')
    """
    if is_empty(raw):
        return None, None
    if is_marker(raw):
        return None, "missing_marker"
    if isinstance(raw, bool):
        value: float | None = float(raw)
        fault = None
    elif isinstance(raw, (int, float)):
        value, fault = float(raw), None
    else:
        value, fault = _written_number(text(raw), kind, scale)
    if value is None or (scale is not None and not scale[0] <= value <= scale[1]):
        return None, "out_of_scale"
    return value, fault


def _written_number(
    written: str, kind: str, scale: tuple[float, float] | None
) -> tuple[float | None, str | None]:
    bare = re.sub(r"^(?:rp|idr)\.?\s*", "", written.strip(), flags=re.IGNORECASE)
    if kind == "year":
        bare = _YEAR_IS_SAID.sub("", bare)
    percent = bare.endswith("%")
    counted = kind in ("count", "money")
    bare = (_COUNTED if counted else _OF_HOURS).sub("", bare)
    bare = re.sub(r"(?:,-|%)$", "", bare).replace("\u00a0", "").replace(" ", "")
    fault = "number_format" if bare != written else None
    if counted and _THOUSANDS_DOT.match(bare):
        bare, fault = bare.replace(".", ""), "number_format"
    elif counted and _THOUSANDS_COMMA.match(bare):
        bare, fault = bare.replace(",", ""), "number_format"
    elif "," in bare:
        last_comma, last_dot = bare.rfind(","), bare.rfind(".")
        bare = (
            bare.replace(".", "").replace(",", ".")
            if last_comma > last_dot
            else bare.replace(",", "")
        )
        fault = "number_format"
    elif bare.count(".") > 1:
        bare, fault = bare.replace(".", ""), "number_format"
    if not _PLAIN.match(bare):
        return None, None
    value = float(bare)
    if not percent or (scale is not None and scale[1] in SCORES):
        return value, fault
    # Of hours or of tasks there is no per cent.
    return (value / 100 if scale is None or scale[1] <= 1 else None), fault
