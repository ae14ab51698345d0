"""What a question gives: findings, estimates, indicators, exclusions, and what sentences and
pictures need.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import pandas as pd
from pandera.errors import SchemaError, SchemaErrors
from pydantic import PlainSerializer, PlainValidator, TypeAdapter

from helpers.contracts import schemas
from helpers.contracts.points import Point
from helpers.contracts.results import Estimate, Finding, Grade, Role
from helpers.contracts.schemas import FrameName
from helpers.contracts.texts import Text
from helpers.contracts.writing import write_whole

Standing = Grade | Literal["absent", "described", "open"]
FILE: Final = "answer.json"
# The folder below a notebook's `out` in which the answers lie that it needs.
NEEDS: Final = "needs"


def _columns(frame: pd.DataFrame) -> dict[str, Any]:
    """A frame as JSON can carry it: each column with its type, a missing value as null."""
    return {
        "types": {c: str(frame[c].dtype) for c in frame},
        "columns": {c: [None if pd.isna(v) else v for v in frame[c].tolist()] for c in frame},
    }


def _frame(carried: Any) -> pd.DataFrame:
    if isinstance(carried, pd.DataFrame):
        return carried
    try:
        types, columns = carried["types"], carried["columns"].items()
        return pd.DataFrame({c: pd.Series(v, dtype=types[c]) for c, v in columns})
    except (AttributeError, KeyError, TypeError) as e:
        raise ValueError(f"{FILE}: {type(e).__name__}") from None


Frame = Annotated[pd.DataFrame, PlainValidator(_frame), PlainSerializer(_columns)]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the brief: its section, what the data say of it, how surely, and on which
    page it is worked out; ``weakest`` where that is the least of several different grades.
    """

    section: str
    key: str
    text: Text
    standing: Standing
    page: str = ""
    weakest: bool = False


@dataclass(frozen=True, repr=False)
class Answer:
    """What a question found, whole: it writes itself into a folder and reads itself back.

    ``lead`` is the answer in one sentence; ``sentences`` are what else the page says, by name;
    ``indicators`` are rows of indicators.csv, ``exclusions`` rows of exclusions.csv; ``frames``
    hold what tables and pictures need beyond them, each under a name that `schemas` declares;
    ``statements`` are the brief's, answered, and ``points`` the main points before them; ``waits``
    names the tables without which there is no answer.
    """

    question: str
    year: int
    lead: Text
    findings: tuple[Finding, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    indicators: Frame = field(default_factory=schemas.no_indicators)
    exclusions: Frame = field(default_factory=schemas.no_exclusions)
    sentences: Mapping[str, Text] = field(default_factory=dict)
    frames: Mapping[FrameName, Frame] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    points: tuple[Point, ...] = ()
    waits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        schemas.INDICATORS.validate(self.indicators)
        schemas.EXCLUSIONS.validate(self.exclusions)
        for name, frame in self.frames.items():
            schemas.FRAMES[name].validate(frame)

    def __repr__(self) -> str:
        found = ", ".join(
            f"{n} {len(v)}"
            for n, v in (
                ("findings", self.findings),
                ("estimates", self.estimates),
                ("indicators", self.indicators),
            )
        )
        return f"Answer({self.question} {self.year}: {self.lead.en or self.lead.id} [{found}])"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Answer):
            return NotImplemented
        return json.dumps(_adapter().dump_python(self)) == json.dumps(_adapter().dump_python(other))

    __hash__ = None  # type: ignore[assignment]

    def finding(self, key: str) -> Finding | None:
        """A finding by its id."""
        return next((f for f in self.findings if f.id == key), None)

    def say(self, key: str) -> Text:
        """A finding's or a sentence's text by its id or name; empty where there is none."""
        found = self.finding(key)
        return found.text if found is not None else self.sentences.get(key, Text())

    def rows(self, role: Role, outcome: str = "") -> tuple[Estimate, ...]:
        """The estimates of a role, of one outcome where it is named.

        Parameters
        ----------
        role : what the estimates are for, e.g. ``"primary"``.
        outcome : its code in the plan; every outcome where empty.

        Returns
        -------
        In the order in which they were found; none where there is no such row.
        """
        return tuple(e for e in self.estimates if e.role == role and outcome in ("", e.outcome))

    @property
    def untouched(self) -> tuple[Estimate, ...]:
        """Placebo estimates on outcomes that training cannot move: those that no finding is of."""
        own = {f.outcome for f in self.findings}
        return tuple(e for e in self.rows("placebo") if e.outcome not in own)

    def write(self, folder: Path) -> None:
        """Write the answer as one file of a folder, whole or not at all."""
        content = json.dumps(
            _adapter().dump_python(self), ensure_ascii=False, separators=(",", ":")
        )
        write_whole(folder / FILE, content + "\n")

    @classmethod
    def read(cls, folder: Path) -> Answer:
        """The answer that lies in a folder.

        Raises
        ------
        OSError, ValueError : there is none, or it is damaged.
        """
        carried = json.loads((folder / FILE).read_text(encoding="utf-8"))
        try:
            return _adapter().validate_python(carried)
        except (SchemaError, SchemaErrors) as e:
            raise ValueError(f"{FILE}: {e.schema.name}") from None


@functools.cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
