"""Who is compared with whom: cohorts, controls not yet treated, and what makes a comparison
impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from helpers.causal.cells import PEOPLE, UNITS, Cell, Fewest
from helpers.causal.histories import Histories, histories
from helpers.contracts import SmallestEffect
from helpers.contracts.panel import NEVER, Panel, Unfit

Obstacle = Literal[
    Unfit,
    "no_rows",
    "no_treated",
    "no_controls",
    "no_history",
    "few_measured",
    "constant_outcome",
    "units_below_traits",
    "too_few_units",
    "few_sending_units",
    "too_few",
]
_FEWEST_UNITS: Final = 4
# Of one or two units nothing tells how far units differ, so that their shocks look like effects and
# errors come out far too small (a test shows it).
_FEWEST_SENDING: Final = 3


@dataclass(frozen=True, slots=True, repr=False)
class Design:
    """The rows of one outcome that can be compared, and how many were left out and why.

    ``obstacle`` names what makes an estimate impossible, or is None. ``n_always`` are entities
    treated from the first year on: they have no history and are left out. ``n_control`` are
    entities not treated by the last year. ``of`` are the same rows laid out by entity and year.
    """

    frame: pd.DataFrame
    of: Histories
    outcome: str
    fewest: Fewest
    covariates: tuple[str, ...]
    obstacle: Obstacle | None
    n_treated: int
    n_control: int
    n_always: int
    n_clusters: int
    baseline_mean: float

    def entered(self, cells: Sequence[Cell]) -> Design:
        """The same with the numbers of those who enter the cells, and their mean before treatment.

        Parameters
        ----------
        cells : of this design's histories.
        """
        if not cells:
            return replace(self, n_treated=0, n_control=0, baseline_mean=float("nan"))
        treated = np.unique(np.concatenate([c.treated for c in cells]))
        controls = np.unique(np.concatenate([c.controls for c in cells]))
        before = self.of.cohort[treated] - 1 - self.of.years[0]
        levels = self.of.outcome[treated, before]
        return replace(
            self,
            n_treated=len(treated),
            n_control=len(controls),
            baseline_mean=float(np.nanmean(levels)) if np.isfinite(levels).any() else float("nan"),
        )

    def unless_small(self, small_cell: int) -> Design:
        """The same, as of `entered`, or with nothing told of it where it describes too few people.

        Parameters
        ----------
        small_cell : the fewest treated and the fewest controls that may be told of.
        """
        if min(self.n_treated, self.n_control) >= small_cell:
            return self
        unknown = float("nan")
        return replace(self, obstacle="too_few", n_treated=0, n_control=0, baseline_mean=unknown)

    def without_cells(self) -> Design:
        """The same where no cell could be made, with what was lacking: too few of each cohort
        measured both before and after, or nobody to compare them with.
        """
        of, most = self.of, 0
        for g in of.cohorts:
            seen = np.isfinite(of.outcome[of.cohort == g])
            both = seen[:, g - 1 - of.years[0]] & seen[:, of.years >= g].any(axis=1)
            most = max(most, int(both.sum()))
        enough = most >= self.fewest.treated
        return replace(self, obstacle="no_controls" if enough else "few_measured")

    def smallest(self, effect: SmallestEffect) -> float:
        """The smallest effect of interest in the outcome's unit; not-a-number where it rests on
        what is unknown.

        Parameters
        ----------
        effect : as the plan states it.
        """
        within_year = self.frame[self.outcome] - self.frame.groupby("year")[self.outcome].transform(
            "mean"
        )
        spread = float(within_year.std()) if len(self.frame) else float("nan")
        return (
            effect.size
            * {"unit": 1.0, "baseline": abs(self.baseline_mean), "spread": spread}[effect.of]
        )

    def __repr__(self) -> str:
        stands = (
            self.obstacle
            or f"{self.n_treated} treated, {self.n_control} controls, {self.n_clusters} clusters"
        )
        return f"Design({self.outcome}: {stands})"


def design(panel: Panel, outcome: str) -> Design:
    """The comparison for one outcome of a panel.

    Parameters
    ----------
    panel : people or service units by year.
    outcome : the column that is compared; rows without it are left out.
    """
    rows = panel.frame[panel.frame[outcome].notna()]
    first_year = rows["year"].min() if len(rows) else 0
    always = rows.loc[
        (rows["cohort"] != NEVER) & (rows["cohort"] <= first_year), "entity"
    ].nunique()
    rows = rows[(rows["cohort"] == NEVER) | (rows["cohort"] > first_year)].reset_index(drop=True)
    last_year = rows["year"].max() if len(rows) else 0
    by_entity = rows.drop_duplicates("entity")
    treated = by_entity[(by_entity["cohort"] != NEVER) & (by_entity["cohort"] <= last_year)]
    seen_treated = rows[rows["entity"].isin(treated["entity"])]
    before = seen_treated[seen_treated["year"] == seen_treated["cohort"] - 1]
    return Design(
        frame=rows,
        of=histories(rows, outcome, panel.covariates),
        outcome=outcome,
        fewest=UNITS if panel.of_units else PEOPLE,
        covariates=panel.covariates,
        obstacle=_obstacle(rows, outcome, len(treated), len(by_entity) - len(treated), len(before))
        or _sent_by_few(panel, treated)
        or panel.unfit
        or _below_traits(panel, rows),
        n_treated=len(treated),
        n_control=len(by_entity) - len(treated),
        n_always=int(always),
        n_clusters=int(rows["cluster"].nunique()),
        baseline_mean=float(before[outcome].mean()) if len(before) else float("nan"),
    )


def _sent_by_few(panel: Panel, treated: pd.DataFrame) -> Obstacle | None:
    """Whether the treated people come from too few clusters; units are each their own."""
    few = not panel.of_units and treated["cluster"].nunique() < _FEWEST_SENDING
    return "few_sending_units" if few else None


def _below_traits(panel: Panel, rows: pd.DataFrame) -> Obstacle | None:
    """Whether there are fewer clusters than covariates, so that errors clustered by them would rest
    on fewer figures than they have to tell apart.
    """
    below = rows["cluster"].nunique() < len(panel.covariates)
    return "units_below_traits" if below else None


def _obstacle(
    rows: pd.DataFrame, outcome: str, treated: int, controls: int, before: int
) -> Obstacle | None:
    if rows.empty:
        return "no_rows"
    if treated == 0:
        return "no_treated"
    if rows["year"].nunique() < 2 or before == 0:
        return "no_history"
    if controls == 0 and rows.loc[rows["cohort"] != NEVER, "cohort"].nunique() < 2:
        return "no_controls"
    if rows[outcome].std() < 1e-12:
        return "constant_outcome"
    if rows["cluster"].nunique() < _FEWEST_UNITS:
        return "too_few_units"
    return None
