"""What an explored column is called, the unit of its values, and where its scale ends."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from helpers.contracts import Lang, Text, Unit, codes
from helpers.contracts.units import (
    IKM_POINTS,
    JP,
    NO_UNIT,
    OUTPUT_PER_DAY,
    SHARE,
    SKP_POINTS,
    TEST_POINTS,
)
from helpers.explore import mistakes
from helpers.explore.marked import Rows
from helpers.findings import word

_RUPIAH: Final = Unit("", Text.same("rupiah"), Text.same("rupiah"), decimals=0)
_UNITS: Final = {
    "output_per_day": OUTPUT_PER_DAY,
    "skp": SKP_POINTS,
    "ikm": IKM_POINTS,
    "jp": JP,
    "test_gain": TEST_POINTS,
}
_IKM: Final = (25.0, 100.0)
_ANSWER: Final = (1.0, 4.0)
_NEVER_NEGATIVE: Final = (OUTPUT_PER_DAY, SKP_POINTS, JP, _RUPIAH)


def named(column: str, lang: Lang, rows: Rows) -> str:
    """What a column is called in a title.

    >>> named("biaya", "id", "forms"), named("biaya", "id", "activities")
    ('Biaya/tarif', 'biaya kegiatan')

    Parameters
    ----------
    column : of an explored frame; one that somebody added is called as it is.
    lang : the reader's.
    rows : what a row of its frame is.
    """
    if rows == "activities" and column == "biaya":
        return word("cost_of_activity", lang)
    if column in codes.UNSUR_WORDS:
        return codes.UNSUR_WORDS[column][lang]
    return word(column, lang)


def unit_of(values: pd.Series, outcome: str, rows: Rows) -> Unit:
    """The unit of a column's values.

    Parameters
    ----------
    values : of the column; true and false are a share.
    outcome : its name.
    rows : what a row of its frame is.
    """
    if mistakes.yes_or_no(values) or outcome.endswith("_share"):
        return SHARE
    if outcome in codes.UNSUR and rows == "units":
        return IKM_POINTS
    if outcome == "biaya" and rows == "activities":
        return _RUPIAH
    return _UNITS.get(outcome, NO_UNIT)


def within(found: pd.DataFrame, unit: Unit, outcome: str, rows: Rows) -> pd.DataFrame:
    """Groups whose intervals end where the scale does: no index above 100, no cost below zero.

    Parameters
    ----------
    found : with ``value``, ``ci_low`` and ``ci_high`` in the unit itself; a value that somebody
        moved off the scale keeps its interval.
    unit : of the outcome.
    outcome : its name.
    rows : what a row of its frame is.
    """
    low, high = _ends(unit, outcome, rows)
    on_it = found["value"].between(low, high)
    return found.assign(
        **{e: found[e].where(~on_it, found[e].clip(low, high)) for e in ("ci_low", "ci_high")}
    )


def _ends(unit: Unit, outcome: str, rows: Rows) -> tuple[float, float]:
    if unit is IKM_POINTS:
        return _IKM
    if unit is SHARE:
        return 0.0, 1.0
    if outcome in codes.UNSUR and rows == "forms":
        return _ANSWER
    return (0.0 if unit in _NEVER_NEGATIVE else -math.inf), math.inf
