"""The primary estimates of the sample, made again cell by cell with independent libraries.

Each of our cells, with the very people and the contrast that it compares, is a panel of two groups
and two periods; a library estimates it (``diff-diff``, whose logit is ours too, to the last digit;
``statspai`` with its own logit and normalised weights, as near as these may be), and its cells are
averaged and clustered here. Who is compared with whom is asked apart: ``diff-diff`` is given the
whole panel and chooses itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from helpers import intake, measures
from helpers.causal import Ask
from helpers.causal.cells import Cell
from helpers.causal.fit import Fitted, fit
from helpers.contracts import Study, Text, project
from helpers.contracts.panel import NEVER
from helpers.contracts.plan_file import load
from helpers.questions.productivity_effect import asks as of_people
from helpers.questions.satisfaction_effect import asks as of_units
from helpers.validation.library import group_time_att, two_groups

# Sums are added in another order; both take the library's logit.
WITHIN: Final = 1e-9
# Weights that are normalised or not differ by far less than chance: in errors of the estimate.
WITHIN_ERRORS: Final = 0.01
# With which the notebooks start.
SAMPLE_YEAR: Final = 2024


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of ours beside a library's, and how far they may be from each other."""

    question: Text
    figure: Text
    library: str
    ours: float
    theirs: float
    within: float = WITHIN

    @property
    def agrees(self) -> bool:
        """Whether they are as near as two solutions of these equations must be."""
        return bool(abs(self.ours - self.theirs) <= self.within)


def sample() -> Study:
    """The project's sample, by the project's plan."""
    return intake.study(project.SAMPLE, SAMPLE_YEAR, load(None))


def crosschecked(study: Study) -> tuple[Beside, ...]:
    """The primary estimate of each effect question beside the libraries': every cell's effect,
    their average and its clustered error, and the cells as the library chooses their people.

    Parameters
    ----------
    study : of any region.
    """
    people = of_people(study)[0]
    units = replace(of_units(study, measures.unit_year(study))[0], inference="clustered")
    titles = Text("produktivitas", "productivity"), Text("kepuasan", "satisfaction")
    return tuple(
        row
        for title, ask in zip(titles, (people, units), strict=True)
        for row in (*beside_library(title, fit(ask)), _own_choice(title, ask))
    )


def beside_library(title: Text, ours: Fitted) -> tuple[Beside, ...]:
    """Our primary fit beside the library's.

    Parameters
    ----------
    title : what is asked.
    ours : with its cells.
    """
    treated_years = [c for c in ours.cells if c.time >= 0]
    theirs = [of_library(ours, c) for c in treated_years]
    size = np.array([c.n_treated for c in treated_years], float)
    weight = size / size.sum()
    influence = weight @ np.array([i for _, i in theirs])
    error = float(np.sqrt((influence**2).sum()))
    found = ours.estimate.interval

    def row(figure: Text, our: float, their: float) -> Beside:
        return Beside(title, figure, "diff-diff", our, their)

    rows = [
        row(
            Text(f"sel angkatan {c.cohort} pada {c.year}", f"cohort {c.cohort} in {c.year}"),
            c.value,
            value,
        )
        for c, (value, _) in zip(treated_years, theirs, strict=True)
    ]
    rows.append(row(_AVERAGE, found.value, float(weight @ np.array([v for v, _ in theirs]))))
    rows.append(row(_ERROR, uncorrected_error(ours.cells), error))
    if ours.ask.adjusted:
        other = weight @ np.array(
            [two_groups(two_periods(ours, c), "dr")[0] for c in treated_years]
        )
        near = WITHIN_ERRORS * found.std_error
        rows.append(Beside(title, _AVERAGE, "statspai", found.value, float(other), near))
    return tuple(rows)


def _own_choice(title: Text, ask: Ask) -> Beside:
    """Our primary cells beside the library's where it chooses their people."""
    frame = ask.panel.frame
    if "exposed" in frame:
        # A control until the first hour and treated from a later year on has no place in it.
        early = (frame["cohort"] != NEVER) & (frame["exposed"] < frame["cohort"])
        ask = replace(ask, panel=ask.panel.only(~early))
    return chosen_by_library(title, fit(ask))


def chosen_by_library(title: Text, ours: Fitted) -> Beside:
    """The one of our primary cells, before and after training, that is farthest from the
    library's, which is given the whole panel.

    Parameters
    ----------
    title : what is asked.
    ours : of a panel in which nobody has an hour before the year of training.
    """
    rows = ours.design.frame
    some = rows["exposed"] if "exposed" in rows else rows["cohort"]
    # In half years, who never has enough leaves the controls with the first hour, in no cohort of
    # ours.
    halves = rows.assign(
        year=2 * rows["year"],
        cohort=np.select(
            [rows["cohort"] != NEVER, some != NEVER], [2 * rows["cohort"] - 1, 2 * some]
        ),
    )
    cells = group_time_att(
        halves,
        ours.ask.column,
        covariates=ours.ask.panel.covariates if ours.ask.adjusted else (),
        cluster=None,
        clip=ours.ask.clip,
    ).cells
    theirs = cells.set_index(["cohort", "year"])["effect"].to_dict()

    def their(c: Cell) -> float:
        return float(theirs.get((2 * c.cohort - 1, 2 * c.year), float("nan")))

    farthest = max(ours.cells, key=lambda c: np.nan_to_num(abs(c.value - their(c)), nan=np.inf))
    n, cohort, year = len(ours.cells), farthest.cohort, farthest.year
    return Beside(
        title,
        Text(
            f"sel angkatan {cohort} pada {year}, yang terjauh dari {n} sel yang orangnya dipilih "
            "pustaka",
            f"cohort {cohort} in {year}, the farthest of {n} cells whose people the library "
            "chooses",
        ),
        "diff-diff",
        farthest.value,
        their(farthest),
    )


_AVERAGE: Final = Text("rerata pada yang dilatih", "average on the treated")
_ERROR: Final = Text(
    "galat bakunya menurut klaster, sebelum koreksi untuk klaster yang sedikit",
    "its error, clustered, before the correction for few clusters",
)


def uncorrected_error(cells: Sequence[Cell]) -> float:
    """The clustered error of the average over treated years as the library would tell it: before
    `helpers.causal.cells.widened`.

    Parameters
    ----------
    cells : of the primary design; its leads are left out.
    """
    after = [c for c in cells if c.time >= 0]
    treated = np.array([c.n_treated for c in after], float)
    summed = treated / treated.sum() @ np.array([c.raw for c in after])
    return float(np.sqrt((summed**2).sum()))


def of_library(ours: Fitted, cell: Cell) -> tuple[float, np.ndarray]:
    """The library's effect of one cell, and its influences summed to our clusters.

    Parameters
    ----------
    ours : the fit that the cell is of.
    cell : of the primary design.
    """
    rows = two_periods(ours, cell)
    traits = tuple(str(c) for c in rows if str(c).startswith("x"))
    found = group_time_att(
        rows.rename(columns={"treated": "cohort"}),
        "y",
        covariates=traits,
        cluster=None,
        clip=ours.ask.clip,
    )
    of, who = ours.design.of, np.r_[cell.treated, cell.controls]
    # Beside it stands the base period, compared with itself.
    at = int(np.flatnonzero(found.cells["year"] == 1)[0])
    summed = np.bincount(of.cluster[who], found.influence[at], minlength=of.n_clusters)
    return float(found.cells["effect"].iloc[at]), summed


def two_periods(ours: Fitted, cell: Cell) -> pd.DataFrame:
    """The people of one cell in the two years that it compares.

    Parameters
    ----------
    ours : the fit that the cell is of.
    cell : of the primary design.

    Returns
    -------
    ``entity, year`` (0 and 1)``, treated, y``, and the covariates ``x0, x1, …`` where it adjusts.
    """
    of, who = ours.design.of, np.r_[cell.treated, cell.controls]
    treated = np.r_[np.ones(len(cell.treated), int), np.zeros(len(cell.controls), int)]
    people = pd.DataFrame({"entity": np.arange(len(who)), "treated": treated})
    for i in range(of.covariates.shape[1] if ours.ask.adjusted else 0):
        people[f"x{i}"] = of.covariates[who, i]
    columns = of.column(cell.cohort - 1), of.column(cell.year)
    years = [people.assign(year=year, y=of.outcome[who, at]) for year, at in enumerate(columns)]
    return pd.concat(years, ignore_index=True)
