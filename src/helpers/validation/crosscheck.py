"""The primary estimates of the sample, made again cell by cell with an independent library.

Each of our cells, with the very people and the contrast that it compares, is a panel of two groups
and two periods; the library (``diff-diff``) estimates it, and its cells are averaged and clustered
here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from helpers import intake, measures
from helpers.causal.cells import Cell
from helpers.causal.fit import Fitted, fit
from helpers.contracts import Study, Text, project
from helpers.contracts.plan_file import load
from helpers.questions.productivity_effect import asks as of_people
from helpers.questions.satisfaction_effect import asks as of_units
from helpers.validation.library import group_time_att, uncorrected_error

# Sums are added in another order; both take the library's logit.
WITHIN: Final = 1e-9
# With which the notebooks start.
SAMPLE_YEAR: Final = 2024


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of ours beside the library's."""

    question: Text
    figure: Text
    ours: float
    theirs: float

    @property
    def agrees(self) -> bool:
        """As near as two solutions of the same equations can be."""
        return bool(abs(self.ours - self.theirs) <= WITHIN * max(1.0, abs(self.theirs)))


def sample() -> Study:
    """The project's sample, by the project's plan."""
    return intake.study(project.SAMPLE, SAMPLE_YEAR, load(None))


def crosschecked(study: Study) -> tuple[Beside, ...]:
    """The primary estimate of each effect question beside the library's: every cell's effect and
    error where they differ most, their average and its clustered error.

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
        for row in beside_library(title, fit(ask))
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
    rows = [
        Beside(
            title,
            Text(
                f"sel angkatan {c.cohort} pada {c.year}", f"cell of cohort {c.cohort} in {c.year}"
            ),
            c.value,
            value,
        )
        for c, (value, _) in zip(treated_years, theirs, strict=True)
    ]
    value = float(weight @ np.array([v for v, _ in theirs]))
    return (
        *rows,
        Beside(
            title,
            Text("rerata pada yang dilatih", "average on the treated"),
            ours.estimate.interval.value,
            value,
        ),
        Beside(
            title,
            Text(
                "galat bakunya menurut klaster, sebelum koreksi untuk klaster yang sedikit",
                "its error, clustered, before the correction for few clusters",
            ),
            uncorrected_error(ours.cells),
            error,
        ),
    )


def of_library(ours: Fitted, cell: Cell) -> tuple[float, np.ndarray]:
    """The library's effect of one cell, and its influences summed to our clusters.

    Parameters
    ----------
    ours : the fit that the cell is of.
    cell : of the primary design.
    """
    of = ours.design.of
    who = np.r_[cell.treated, cell.controls]
    names = [f"x{i}" for i in range(of.covariates.shape[1])] if ours.ask.adjusted else []
    people = pd.DataFrame({"entity": np.arange(len(who))}).assign(
        cohort=np.r_[np.ones(len(cell.treated), int), np.zeros(len(cell.controls), int)]
    )
    for i, name in enumerate(names):
        people[name] = of.covariates[who, i]
    before, now = of.column(cell.cohort - 1), of.column(cell.year)
    two = [
        people.assign(year=period, y=of.outcome[who, at]) for period, at in enumerate((before, now))
    ]
    found = group_time_att(
        pd.concat(two, ignore_index=True),
        "y",
        covariates=tuple(names),
        cluster=None,
        clip=ours.ask.clip,
    )
    # Beside it stands the base period, compared with itself.
    at = int(np.flatnonzero(found.cells["year"] == 1)[0])
    summed = np.bincount(of.cluster[who], found.influence[at], minlength=of.n_clusters)
    return float(found.cells["effect"].iloc[at]), summed
