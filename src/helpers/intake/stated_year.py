"""The year that a file states of itself, above its header or in its name."""

from __future__ import annotations

import re

from helpers.intake.sheet import Sheet

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DATED = re.compile(
    r"(?:desember|tahun|periode|t\.?a\.?)\s*:?\s*((?:19|20)\d{2})(?!\d)", re.IGNORECASE
)


def of(sheet: Sheet) -> tuple[int | None, tuple[int, int] | None]:
    """The year that title rows or the file name state, and the two where they differ.

    Parameters
    ----------
    sheet : its header is the last row above the body.
    """
    title = " ".join(str(c) for row in sheet.above[:-1] for c in row if isinstance(c, str))
    dated = {int(y) for y in _DATED.findall(title)} or {int(y) for y in _YEAR.findall(title)}
    titled = dated.pop() if len(dated) == 1 else None
    in_name = {int(y) for y in _YEAR.findall(sheet.file)}
    named = in_name.pop() if len(in_name) == 1 else None
    if titled is not None and named is not None and titled != named:
        return None, (titled, named)
    return (titled if titled is not None else named), None
