"""How often each grade of a draw was wrong in simulated regions: package data, written only by
``evaluasi validate --draws N --record``.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from helpers.causal.by_lot import Drawing
from helpers.causal.rule_code import draw_rule_hash
from helpers.contracts import write_whole
from helpers.contracts.results import Grade, Record, Untried

FILE: Final = Path(__file__).with_name("draw_record.json")


@dataclass(frozen=True, slots=True)
class DrawsTried:
    """What was tried: by which rule, of which outcome, at which level, with the fewest and the most
    people, or units, drawn; and of each grade, in how many regions it was given, and in how many
    wrong.
    """

    rule: str
    outcome: str
    level: float
    seats: tuple[int, int]
    grades: Mapping[Grade, Record]


def record(drawing: Drawing, seats: int, grade: Grade) -> tuple[Record | None, Untried]:
    """The record of a draw's grade, or for what reason there is none.

    Parameters
    ----------
    drawing : what was asked.
    seats : how many of the drawn are compared.
    grade : what the effect got.

    Returns
    -------
    No record of ``none``, which claims no rise and no fall that could be wrong.
    """
    kept_of = {one.outcome: one for one in _kept()}
    if not kept_of:
        return None, "draw"
    kept = kept_of.get(drawing.lottery.outcome)
    if kept is None:
        return None, "outcome"
    if kept.rule != draw_rule_hash():
        return None, "rule"
    if drawing.level != kept.level:
        return None, "plan"
    fewest, most = kept.seats
    if not fewest <= seats <= most:
        return None, "size"
    if grade == "none":
        return None, ""
    found = kept.grades.get(grade)
    return found, "" if found else "grade"


def write(of_today: Sequence[DrawsTried]) -> Path:
    """Keep the records of today's rule, one an outcome.

    Parameters
    ----------
    of_today : all that was tried.

    Returns
    -------
    The file written.
    """
    content = [asdict(one) for one in of_today]
    write_whole(FILE, json.dumps(content, indent=2) + "\n")
    _kept.cache_clear()
    return FILE


@functools.cache
def _kept() -> tuple[DrawsTried, ...]:
    if not FILE.exists():
        return ()
    return TypeAdapter(tuple[DrawsTried, ...]).validate_json(FILE.read_text(encoding="utf-8"))
