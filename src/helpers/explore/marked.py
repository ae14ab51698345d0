"""What an explored frame remembers of the study that it was made of: its rows, its language, and
whom to hide.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final, Literal, cast

import pandas as pd

from helpers.contracts import EvaluasiError, Lang, Study, Text

Rows = Literal["people", "units", "activities", "forms"]
_KEY: Final = "evaluasi"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an explored frame comes from.

    Parameters
    ----------
    rows : what a row is.
    lang : the language of its words.
    small_cell : the fewest people that a shown figure may describe.
    level : the part of intervals that hold the truth.
    synthetic : whether its people are made up.
    columns : that it was made with.
    """

    rows: Rows
    lang: Lang
    small_cell: int
    level: float
    synthetic: bool
    columns: tuple[str, ...] = ()


def marked(frame: pd.DataFrame, rows: Rows, study: Study, lang: Lang) -> pd.DataFrame:
    """The frame, which keeps its mark through filters and sorting.

    Parameters
    ----------
    frame : one row a person and year, or whatever ``rows`` says.
    rows : what a row is.
    study : that it was made of.
    lang : of its words.
    """
    plan = study.plan
    privacy, level = plan.privacy, plan.inference.level
    mark = Mark(rows, lang, privacy.small_cell, level, study.synthetic, tuple(map(str, frame)))
    # Plain values, since pandas writes attributes into files as JSON.
    frame.attrs[_KEY] = asdict(mark)
    return frame


def mark_of(frame: object) -> Mark:
    """The mark of an explored frame.

    Parameters
    ----------
    frame : whatever was handed to a function of this room.

    Raises
    ------
    EvaluasiError : not a frame, or one that was not made here or lost its mark on the way.
    """
    kept = frame.attrs.get(_KEY) if isinstance(frame, pd.DataFrame) else None
    if not isinstance(kept, dict):
        raise EvaluasiError(
            Text(
                "explore: yang diterima bukan tabel dari explore.people, explore.units, "
                "explore.activities atau explore.forms. Buat dulu, misalnya "
                "people = explore.people(study), lalu saring tabel itu; penggabungan (merge) "
                "melepas tandanya.",
                "explore: this is not a table from explore.people, explore.units, "
                "explore.activities or explore.forms. Make one first, for example "
                "people = explore.people(study), and filter it; a merge takes its mark away.",
            )
        )
    return Mark(**cast("dict[str, object]", kept))  # type: ignore[arg-type]
