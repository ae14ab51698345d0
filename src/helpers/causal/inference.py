"""Randomisation inference where units are few: the very adoption dates, dealt again to
the units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.causal.design import Design
from helpers.causal.estimate import GroupTime
from helpers.contracts.panel import NEVER


@dataclass(frozen=True, slots=True)
class Randomised:
    """An average with a p-value and interval from dealing adoption dates again (studentised)."""

    p_value: float
    low: float
    high: float
    draws: int


def randomise(
    design: Design, fit: GroupTime, *, draws: int, seed: int, level: float = 0.95
) -> Randomised | None:
    """Studentised randomisation inference for the overall effect.

    Each draw deals the observed adoption dates to the units at random and estimates again; the
    p-value is the share of draws whose t is at least as large, and the interval inverts the same
    distribution of t.

    Source: Imbens and Rosenbaum (2005); studentised as in Wu and Ding (2021), *JASA* 116.
    """
    units = design.frame.drop_duplicates("entity").sort_values("entity")
    dates = units["cohort"].to_numpy()
    outcome = design.frame.pivot(index="entity", columns="year", values=design.outcome).sort_index()
    table, years = outcome.to_numpy(float), outcome.columns.to_numpy()
    observed = overall_effect(table, years, dates)
    if observed is None:
        return None
    rng = np.random.default_rng(seed)
    dealt = (overall_effect(table, years, rng.permutation(dates)) for _ in range(draws))
    ts = np.array([abs(value / error) for value, error in (d for d in dealt if d is not None)])
    if len(ts) < draws / 2:
        return None
    value, error = observed
    p = (1 + int((ts >= abs(value / error) - 1e-12).sum())) / (1 + len(ts))
    half = float(np.quantile(ts, level, method="higher")) * error
    return Randomised(p, fit.overall.value - half, fit.overall.value + half, len(ts))


def overall_effect(
    table: np.ndarray, years: np.ndarray, dates: np.ndarray
) -> tuple[float, float] | None:
    """The overall group-time effect without covariates and its error, fast enough to be repeated a
    thousand times.

    The same estimand as `estimate.group_time_att` with controls not yet treated: each treated cell
    is a difference of mean changes since the year before treatment, weighted by its treated units.
    Errors take the weights as known.

    Parameters
    ----------
    table : units by years, not-a-number where a unit was not observed.
    dates : first treated year of each unit, 0 for none.
    """
    effects, sizes, influences = [], [], []
    for cohort in np.unique(dates[dates != NEVER]):
        base = np.flatnonzero(years == cohort - 1)
        if not len(base):
            continue
        for at in np.flatnonzero(years >= cohort):
            change = table[:, at] - table[:, base[0]]
            seen = np.isfinite(change)
            treated = seen & (dates == cohort)
            control = seen & ((dates == NEVER) | (dates > years[at]))
            if not treated.any() or not control.any():
                continue
            means = change[treated].mean(), change[control].mean()
            effects.append(means[0] - means[1])
            sizes.append(treated.sum())
            influence = np.zeros(len(dates))
            influence[treated] = (change[treated] - means[0]) / treated.sum()
            influence[control] -= (change[control] - means[1]) / control.sum()
            influences.append(influence)
    if not effects:
        return None
    weight = np.array(sizes, float) / sum(sizes)
    error = float(np.sqrt(((weight @ np.array(influences)) ** 2).sum()))
    return (float(weight @ np.array(effects)), error) if error > 0 else None
