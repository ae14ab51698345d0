"""A draw, ready to analyse: who was in it, who was drawn, who came, what was measured. Seats are
drawn among people, and the order in which they are trained among units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from helpers.contracts.units import UnitLabel

COLUMNS: Final = ("entity", "stratum", "cluster", "drawn", "came", "before", "after")
OF_ORDERS: Final = ("year",)
# Years of units on either side, below which turns dealt again tell too little apart.
FEWEST_YEARS_OF_UNITS: Final = 10


@dataclass(frozen=True, slots=True, repr=False)
class Lottery:
    """One draw.

    ``frame`` has one row a person in the draw: ``entity`` and ``cluster`` (the person and the unit,
    whole numbers), ``stratum`` (text), ``drawn`` and ``came`` (0 or 1: any hour attended in the
    year of the seats), ``before`` and ``after`` (the outcome in the year before the seats and in
    theirs, missing where not measured). ``traits`` are what the draw was to be balanced in, numbers
    without gaps, one row a row of ``frame``; ``bound`` how far apart it let them be, in standard
    deviations.

    Of a draw of the order of units ``frame`` has one row a unit and ``year``, from the first turn
    on until all have had theirs: ``stratum`` is that of the draw in that year, ``cluster`` the
    agency, ``drawn`` whether the unit's turn has come, ``came`` whether enough of its
    staff have been trained, ``before`` the outcome in the year before the first turn. ``turns`` has
    one row an entity: its ``stratum`` in the draw and the year of its ``turn``. ``year`` is that of
    the first turn. ``by_seed`` is the share of the draw, 0–1, that is what its seed gives; None
    where none is told, or one that has nothing to do with the draw.
    """

    frame: pd.DataFrame
    traits: pd.DataFrame
    bound: float
    year: int
    outcome: str
    unit_label: UnitLabel
    turns: pd.DataFrame | None = None
    by_seed: float | None = None

    def __post_init__(self) -> None:
        needed = COLUMNS if self.turns is None else (*COLUMNS, *OF_ORDERS)
        missing = set(needed) - set(self.frame)
        if missing or len(self.traits) != len(self.frame):
            raise ValueError(f"no lottery: {sorted(missing)}, {len(self.traits)} rows of traits")

    def __repr__(self) -> str:
        drawn = int(self.frame["drawn"].sum())
        return f"Lottery({self.year}: {drawn} drawn of {len(self.frame)}, {self.outcome})"
