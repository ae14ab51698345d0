"""The year that a sheet states of itself, above its header or in its name or its file's."""

from __future__ import annotations

import re
from typing import Final

from helpers.intake.sheet import Sheet

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
DATED: Final = re.compile(
    r"(?:desember|tahun|periode|t\.?a\.?)\s*:?\s*((?:19|20)\d{2})(?!\d)", re.IGNORECASE
)
# A rule that a title cites was made in its year, and the table is of another.
_CITED = re.compile(
    r"\b(?:nomor|no)\b\.?\s*:?\s*\S+(?:\s+\S+)?\s+tahun\s+(?:19|20)\d{2}(?!\d)", re.IGNORECASE
)


def of(sheet: Sheet, *, by_sheet: bool) -> tuple[int | None, tuple[int, int] | None]:
    """The year that title rows, the sheet's name or the file's state, and the first two that
    differ.

    Parameters
    ----------
    sheet : its header is the last row above the body.
    by_sheet : whether the sheet's own name is asked, too.
    """
    rows = [" ".join(c for c in row if isinstance(c, str)) for row in sheet.above[:-1]]
    titles = [_CITED.sub(" ", row) for row in rows]
    of_rows = [{int(y) for y in DATED.findall(title)} for title in titles]
    dated = set().union(*of_rows) or {int(y) for y in _YEAR.findall(" ".join(titles))}
    titled = list(dated) if len(dated) == 1 else []
    if by_sheet:
        # What a title says of several years is a span; two titles of one each do not agree.
        titled = titled or [years.pop() for years in of_rows if len(years) == 1]
    names = (sheet.name, sheet.file) if by_sheet else (sheet.file,)
    stated = [*titled, *map(_single, names)]
    years = list(dict.fromkeys(year for year in stated if year is not None))
    if len(years) > 1:
        return None, (years[0], years[1])
    return (years[0] if years else None), None


def _single(name: str) -> int | None:
    """The one year that a name holds."""
    years = {int(y) for y in _YEAR.findall(name)}
    return years.pop() if len(years) == 1 else None
