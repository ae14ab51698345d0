"""Which cells each design is an average of (methods.md, the designs in one form).

The designs fail for different reasons: the symmetric one is immune to a dip that fades as it came,
the one with each person's own line removed to trends, the one within units to what befalls a whole
unit. Where they agree, a common bias has to be of a kind that none of them is immune to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from helpers.causal.averages import Average, average
from helpers.causal.cells import PEOPLE, Adjustment, Cell, Fewest, cell
from helpers.causal.histories import Histories

DesignName = Literal[
    "callaway_santanna_dr",
    "symmetric",
    "own_line_removed",
    "own_line_without_year_before",
    "within_unit",
    "base_two_years_before",
    "base_three_years_before",
    "fake_date",
    "lagged_outcomes",
    "balanced",
]
# Shown only: compared are levels, among those alike in covariates and in every outcome before.
GIVEN_HISTORY: Final = ("lagged_outcomes", "balanced")
# The year of training and the next: what the designs are compared on.
NEAR: Final = (0, 1)


@dataclass(frozen=True, slots=True)
class How:
    """How cells are made: the adjustment for covariates, the fewest people, the clip."""

    adjustment: Adjustment = "doubly_robust"
    fewest: Fewest = PEOPLE
    clip: float = 0.01


def primary_cells(of: Histories, how: How) -> list[Cell]:
    """The outcome of each treated year less that of the year before training.

    Parameters
    ----------
    of : the histories of the outcome.
    how : how cells are made.
    """
    return [c for c in _against_year_before(of, how, after=True) if c is not None]


def lead_cells(of: Histories, how: How) -> list[Cell]:
    """The same for the years before the year before training: what should not have moved.

    Parameters
    ----------
    of : the histories of the outcome.
    how : how cells are made.
    """
    return [c for c in _against_year_before(of, how, after=False) if c is not None]


def near_cells(name: DesignName, of: Histories, how: How) -> list[Cell]:
    """A design's cells in the year of training and the next.

    Parameters
    ----------
    name : which design.
    of : the histories of the outcome.
    how : how cells are made; the designs within units and of balanced people make their own
        adjustment.
    """
    if name == "within_unit" or name == "balanced":
        how = How(name, how.fewest, how.clip)
    found = []
    for cohort in of.cohorts:
        given = of.years[of.years < cohort].tolist() if name in GIVEN_HISTORY else []
        for k in NEAR:
            contrast = _contrast(name, of.years, cohort, k)
            made = _made(of, how, cohort, cohort + k, contrast, given) if contrast else None
            found += [made] if made is not None else []
    return found


def near_average(name: DesignName, cells: Sequence[Cell]) -> Average | None:
    """A design's effect over the year of training and the next, or None where no cell was made.

    Parameters
    ----------
    name : which design; with the own line removed, cells are weighted by precision.
    cells : as `near_cells` makes them for this design.
    """
    return average(cells, by_precision=name.startswith("own_line"))


def _against_year_before(of: Histories, how: How, *, after: bool) -> Iterator[Cell | None]:
    for cohort in of.cohorts:
        for year in of.years:
            if (year >= cohort) == after and year != cohort - 1:
                yield _made(of, how, cohort, int(year), {int(year): 1.0, cohort - 1: -1.0})


def _made(
    of: Histories,
    how: How,
    cohort: int,
    year: int,
    contrast: Mapping[int, float],
    given: Sequence[int] = (),
) -> Cell | None:
    return cell(
        of,
        cohort,
        year,
        contrast,
        adjustment=how.adjustment,
        given=given,
        fewest=how.fewest,
        clip=how.clip,
    )


def _contrast(name: DesignName, years: np.ndarray, cohort: int, k: int) -> dict[int, float]:
    """The coefficient of each year's outcome; none where the years before are too few."""
    year = cohort + k
    match name:
        case "symmetric":
            # As long after the year before training as the other lies before it.
            return {year: 1.0, cohort - 2 - k: -1.0}
        case "own_line_removed":
            return _less_line(years[years < cohort], year)
        case "own_line_without_year_before":
            return _less_line(years[years < cohort - 1], year)
        case "base_two_years_before":
            return {year: 1.0, cohort - 2: -1.0}
        case "base_three_years_before":
            return {year: 1.0, cohort - 3: -1.0}
        case "fake_date":
            # Training is pretended two years early, so that every year used lies before it.
            return {cohort - 2: 1.0, cohort - 3: -1.0} if k == 0 else {}
        case "lagged_outcomes" | "balanced":
            return {year: 1.0}
        case _:
            return {year: 1.0, cohort - 1: -1.0}


def _less_line(before: np.ndarray, year: int) -> dict[int, float]:
    """The year's outcome less the least-squares line through the years before, read at the year."""
    if len(before) < 2:
        return {}
    middle = before.mean()
    slope = (before - middle) / float(((before - middle) ** 2).sum())
    line = 1 / len(before) + (year - middle) * slope
    return {year: 1.0} | {int(s): -float(c) for s, c in zip(before, line, strict=True)}
