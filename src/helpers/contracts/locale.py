"""Numbers as each language writes them: 1.234,5 and 1,234.5."""

from __future__ import annotations

import math

from helpers.contracts.errors import Lang


def number(value: float, lang: Lang, decimals: int = 1) -> str:
    """A number with the language's separators; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    written = f"{value:,.{decimals}f}".replace("-", "−")
    # Zero has no sign, however it was rounded.
    if not any(ch in "123456789" for ch in written):
        written = written.lstrip("−")
    return written.translate(str.maketrans(",.", ".,")) if lang == "id" else written


def percent(share: float, lang: Lang, decimals: int = 1) -> str:
    """A share of one as per cent."""
    shown = number(share * 100, lang, decimals) if share is not None and math.isfinite(share) else "–"
    return f"{shown}%" if shown != "–" else shown


def span(low: float, high: float, lang: Lang, decimals: int = 1, *, share: bool = False) -> str:
    """An interval in words: ``5,2% sampai 6,9%`` or ``5.2% to 6.9%``."""
    write = percent if share else number
    joint = "sampai" if lang == "id" else "to"
    return f"{write(low, lang, decimals)} {joint} {write(high, lang, decimals)}"
