"""The year that a sheet states of itself, above its header or in its name or its file's."""

from __future__ import annotations

import re
from typing import Final

from helpers.intake.sheet import Sheet

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
DATED: Final = re.compile(
    r"(?:desember|tahun|periode|t\.?a\.?)\s*:?\s*((?:19|20)\d{2})(?!\d)", re.IGNORECASE
)


def of(sheet: Sheet, *, by_sheet: bool) -> tuple[int | None, tuple[int, int] | None]:
    """The year that title rows, the sheet's name or the file's state, and the first two that
    differ.

    Parameters
    ----------
    sheet : its header is the last row above the body.
    by_sheet : whether the sheet's own name is asked, too.
    """
    title = " ".join(str(c) for row in sheet.above[:-1] for c in row if isinstance(c, str))
    dated = {int(y) for y in DATED.findall(title)} or {int(y) for y in _YEAR.findall(title)}
    titled = dated.pop() if len(dated) == 1 else None
    names = (sheet.name, sheet.file) if by_sheet else (sheet.file,)
    stated = [titled, *map(_single, names)]
    years = list(dict.fromkeys(year for year in stated if year is not None))
    if len(years) > 1:
        return None, (years[0], years[1])
    return (years[0] if years else None), None


def _single(name: str) -> int | None:
    """The one year that a name holds."""
    years = {int(y) for y in _YEAR.findall(name)}
    return years.pop() if len(years) == 1 else None
