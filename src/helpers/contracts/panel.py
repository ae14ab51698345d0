"""A panel: one row a unit and period, ready to analyse, with the roles of its columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import pandas as pd

from helpers.contracts.measure_shapes import panel_schema
from helpers.contracts.units import UnitLabel

NEVER: Final = 0


# Half as many as in the smallest simulated region: what grades are worth below is not known.
FEWEST_EMPLOYEES: Final = 200
Unfit = Literal["few_employees", "small_units", "trait_unrecorded"]


@dataclass(frozen=True, slots=True, repr=False)
class Panel:
    """Who is observed when, and who was treated from when.

    ``frame`` holds ``entity`` and ``cluster`` (whole numbers), ``year``, ``cohort`` (first treated
    year, 0 for none), every column of ``outcomes`` (missing where not measured) and of
    ``covariates`` (numbers, measured before treatment, never missing). It may hold ``exposed``
    (first year with any of the treatment, 0 for none: until then somebody is a control), ``unit``
    (work unit), ``left_out_from`` (the year from which the comparison itself leaves somebody out, 0
    for none) and, of service units, ``near_threshold`` (0/1). ``of_units`` says that its entities
    are service units, not people. ``unfit`` says why nothing of it can be compared, whatever the
    outcome: few employees, units so small that one person makes a trained one of them, or traits
    (``seldom_recorded``) that the plan wants alike and that are known of half or fewer. ``staff``
    is the mean staff of a work unit in the last year, where units are what is treated. ``trait_of``
    names the trait of each covariate that is one of several columns of it.
    """

    frame: pd.DataFrame
    outcomes: tuple[str, ...]
    covariates: tuple[str, ...]
    unit_labels: Mapping[str, UnitLabel]
    of_units: bool = False
    unfit: Unfit | None = None
    seldom_recorded: tuple[str, ...] = ()
    staff: float = math.nan
    trait_of: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        panel_schema(self.outcomes, self.covariates).validate(self.frame)

    def __repr__(self) -> str:
        treated = self.frame.loc[self.frame["cohort"] != NEVER, "entity"].nunique()
        units = self.frame["entity"].nunique()
        size = f"{len(self.frame):,} rows, {units:,} units, {treated:,} treated"
        return f"Panel({size}: {', '.join(self.outcomes)})"

    def only(self, rows: pd.Series) -> Panel:
        """The panel of some of its rows.

        Parameters
        ----------
        rows : true for the rows that stay.
        """
        return replace(self, frame=self.frame[rows].reset_index(drop=True))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(self.frame["year"].unique()))
