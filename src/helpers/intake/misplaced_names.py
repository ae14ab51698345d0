"""Names of people where the name of a unit, an agency, a theme or the like should stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from helpers.contracts import TABLES, codes
from helpers.intake import shapes
from helpers.intake.ledger import Ledger

_KINDS: Final = ("text", "words")
# A name of one word is a place's, or an ordinary word, too often.
_FEWEST_WORDS: Final = 2


def without_names(
    tables: Mapping[str, pd.DataFrame], names: Collection[str], ledger: Ledger
) -> dict[str, pd.DataFrame]:
    """The tables without cells that hold nothing but the name of somebody in the inputs.

    Parameters
    ----------
    tables : as read, by name.
    names : of people, as they are written; a title after a comma is none of the name.
    ledger : where each such cell is entered, as a value out of its scale.
    """
    known = {_key(name) for name in names if len(name.partition(",")[0].split()) >= _FEWEST_WORDS}
    return {name: _cleared(name, frame, known, ledger) for name, frame in tables.items()}


def _cleared(table: str, frame: pd.DataFrame, known: set[str], ledger: Ledger) -> pd.DataFrame:
    for column in TABLES[table].columns:
        if column.kind not in _KINDS or not column.kept or column.name not in frame or not known:
            continue
        named = [v for v in frame[column.name].dropna().unique() if v and _key(v) in known]
        hit = frame[column.name].isin(named)
        if named:
            found = shapes.counted(frame.loc[hit, column.name].value_counts().items())
            ledger.add_rows("out_of_scale", table, column.name, frame[hit], found=found)
            frame = frame.assign(**{column.name: frame[column.name].mask(hit, "")})
    return frame


def _key(name: str) -> str:
    return codes.key(name.partition(",")[0])
