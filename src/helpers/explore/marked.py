"""What an explored frame remembers of the study that it was made of: its rows, its language, and
whom to hide.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final, Literal, cast

import pandas as pd

from helpers.contracts import EvaluasiError, Lang, Study, Text

Rows = Literal["people", "units", "activities", "forms"]
# Frames whose rows are a person or a form each.
PERSONAL: Final[tuple[Rows, ...]] = ("people", "forms")
_KEY: Final = "evaluasi"
# The marks that this process gave, and the fewest people that may be shown; None where no page is
# being made.
_given: set[Mark] | None = None
_fewest = 0


def begin(fewest: int) -> None:
    """From here on a page is being made: a mark that was not given here, or changed, counts for
    nothing.

    Parameters
    ----------
    fewest : people that a figure of the page may describe.
    """
    global _given, _fewest
    _given, _fewest = set(), fewest


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
    if _given is not None:
        _given.add(mark)
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
    EvaluasiError : not a frame, or one that was not made here, or whose mark was lost or changed on
        the way.
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
    try:
        mark = Mark(**cast("dict[str, object]", kept))  # type: ignore[arg-type]
    except TypeError:
        raise EvaluasiError(_CHANGED) from None
    if _given is not None and (mark not in _given or mark.small_cell < _fewest):
        raise EvaluasiError(_CHANGED)
    return mark


_CHANGED: Final = Text(
    "explore: tanda pada tabel ini (attrs) telah diubah, atau rencananya memperlihatkan kelompok "
    "yang lebih kecil daripada rencana halaman, sehingga tidak diketahui siapa yang harus "
    "disembunyikan. Buat tabelnya lagi dengan study dari sel pertama.",
    "explore: the mark of this table (attrs) was changed, or its plan shows smaller groups "
    "than the page's plan, so that nobody can tell whom to hide. Make the table again from the "
    "study of the first cell.",
)
