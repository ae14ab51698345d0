"""Outcomes of one panel laid out by entity and year, with everything that a comparison needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.contracts.panel import NEVER


@dataclass(frozen=True, slots=True, repr=False)
class Histories:
    """Entities by years.

    ``outcome`` is not-a-number where nothing was measured. ``cohort`` is the first treated year and
    ``exposed`` the first year with any of the treatment (0 for none): who had some hours, but not
    enough, is neither treated nor a control. ``cluster`` and ``place`` are whole numbers from 0;
    ``place`` is the work unit whose shocks a within-unit comparison is free of.
    """

    years: np.ndarray
    outcome: np.ndarray
    cohort: np.ndarray
    exposed: np.ndarray
    covariates: np.ndarray
    cluster: np.ndarray
    place: np.ndarray

    @property
    def n_clusters(self) -> int:
        return int(self.cluster.max()) + 1 if len(self.cluster) else 0

    @property
    def cohorts(self) -> tuple[int, ...]:
        """First treated years that lie within the years observed, but for the first."""
        inside = (self.cohort > self.years[0]) & (self.cohort <= self.years[-1])
        return tuple(int(g) for g in np.unique(self.cohort[inside]))

    def column(self, year: int) -> int | None:
        """Where a year stands, or None where it was not observed."""
        at = np.flatnonzero(self.years == year)
        return int(at[0]) if len(at) else None

    def __repr__(self) -> str:
        people, years = self.outcome.shape
        return f"Histories({people:,} entities, {years} years, {self.n_clusters} clusters)"


def histories(frame: pd.DataFrame, outcome: str, covariates: tuple[str, ...]) -> Histories:
    """The histories of one outcome.

    Parameters
    ----------
    frame : rows of a panel; ``exposed`` and ``unit`` may be missing, and are then the cohort and
        the cluster.
    outcome : column that is compared.
    covariates : columns measured before treatment.

    Returns
    -------
    Entities in their order in the panel. Someone who moves stays in the cluster and the unit of the
    first year: neither may change in time.
    """
    first = frame.sort_values(["entity", "year"], kind="stable").drop_duplicates("entity")
    wide = frame.pivot(index="entity", columns="year", values=outcome).reindex(first["entity"])
    years = wide.columns.to_numpy(int)
    spread = np.arange(years.min(), years.max() + 1) if len(years) else years
    wide = wide.reindex(columns=spread)
    cohort = first["cohort"].to_numpy(int)
    exposed = first["exposed"].to_numpy(int) if "exposed" in first else cohort
    # The treated are exposed from the first treated year at the latest.
    earlier = (cohort != NEVER) & ((exposed == NEVER) | (exposed > cohort))
    cluster = pd.factorize(first["cluster"])[0]
    return Histories(
        years=spread,
        outcome=wide.to_numpy(float),
        cohort=cohort,
        exposed=np.where(earlier, cohort, exposed),
        covariates=first[list(covariates)].to_numpy(float),
        cluster=cluster,
        place=pd.factorize(first["unit"])[0] if "unit" in first else cluster,
    )
