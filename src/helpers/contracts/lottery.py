"""A draw for seats, ready to analyse: who was in it, who was drawn, who came, what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from helpers.contracts.units import UnitLabel

COLUMNS: Final = ("stratum", "cluster", "drawn", "came", "before", "after")


@dataclass(frozen=True, slots=True, repr=False)
class Lottery:
    """One draw.

    ``frame`` has one row a person in the draw: ``stratum`` (text), ``cluster`` (the unit, a whole
    number), ``drawn`` and ``came`` (0 or 1: any hour attended in the year of
    the seats), ``before`` and ``after`` (the outcome in the year before the seats and in theirs,
    missing where not measured). ``traits`` are what the draw was to be balanced in, numbers without
    gaps, one row a row of ``frame``; ``bound`` how far apart it let them be, in standard
    deviations.
    """

    frame: pd.DataFrame
    traits: pd.DataFrame
    bound: float
    year: int
    outcome: str
    unit_label: UnitLabel

    def __post_init__(self) -> None:
        missing = set(COLUMNS) - set(self.frame)
        if missing or len(self.traits) != len(self.frame):
            raise ValueError(f"no lottery: {sorted(missing)}, {len(self.traits)} rows of traits")

    def __repr__(self) -> str:
        drawn = int(self.frame["drawn"].sum())
        return f"Lottery({self.year}: {drawn} drawn of {len(self.frame)}, {self.outcome})"
