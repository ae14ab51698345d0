"""A cell's content as a message may show it: its shape, or the value itself where that can tell
nothing of a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np

from helpers.contracts import codes
from helpers.intake.sheet import Cells
from helpers.intake.values import MONTH_NAMES, text

_LONGEST: Final = 40
_MOST_LISTED: Final = 5
_DIGITS_SHOWN: Final = 6
_DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,]+[\d:.Z+]*)?$")
_CODE = re.compile(r"^(?=.*\d)[A-Za-z]{0,4}[-./ ]?\d{1,6}(?:[-./]\d{1,4}){0,3}$")
_WORDS: Final = codes.WORDS_SHOWN | set(MONTH_NAMES)
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
    """
    written = text(raw)
    if not ((dated and _DATE.match(written)) or _may_be_shown(written)):
        written = _shape(written)
    return f"'{written[:_LONGEST]}'"


def listed(cells: Cells, hit: np.ndarray, *, dated: bool = False) -> str:
    """The values of some rows, the most frequent first, each with how often it is there.

    Parameters
    ----------
    cells : a column.
    hit : a mask over its rows.
    dated : whether it holds dates that are nobody's own.
    """
    if not hit.any():
        return ""
    counts = np.bincount(cells.codes[hit], minlength=len(cells.distinct))
    there = ((cells.distinct[int(at)], int(counts[at])) for at in np.flatnonzero(counts))
    return counted(there, dated=dated)


def counted(values: Iterable[tuple[object, int]], *, dated: bool = False) -> str:
    """Values, the most frequent first, with how often each is there if they are several; empty
    where there is none.

    Parameters
    ----------
    values : each with its count.
    dated : whether its column holds dates that are nobody's own.
    """
    times: Counter[str] = Counter()
    for value, count in values:
        times[shown(value, dated=dated)] += count
    if not times:
        return ""
    if len(times) == 1:
        return next(iter(times))
    most = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    more = ", …" if len(most) > _MOST_LISTED else ""
    return ", ".join(f"{value} × {count}" for value, count in most[:_MOST_LISTED]) + more


def _may_be_shown(written: str) -> bool:
    if sum(c.isdigit() for c in written) > _DIGITS_SHOWN:
        return False
    words = _WORD.findall(written.lower())
    return bool(_CODE.match(written)) or all(w in _WORDS for w in words)


def _shape(written: str) -> str:
    """Letters and digits hidden, signs kept.

    >>> _shape("Siti, S.Pd 19800101")
    'Aaaa, A.Aa 99999999'
    """
    return "".join(
        "9" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else c for c in written
    )
