"""Averages of cells, with errors clustered over the same influence functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from helpers.causal.cells import Cell


@dataclass(frozen=True, slots=True)
class Average:
    """One average with its clustered error; ``df`` are the effective clusters less one."""

    value: float
    std_error: float
    df: float

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The interval by t with ``df`` degrees of freedom.

        Parameters
        ----------
        level : how often such intervals hold the truth.
        """
        half = float(stats.t.ppf(0.5 + level / 2, self.df)) * self.std_error
        return self.value - half, self.value + half

    @property
    def p_value(self) -> float:
        """Two-sided, by t."""
        if not self.std_error > 0:
            return float("nan")
        return float(2 * stats.t.sf(abs(self.value) / self.std_error, self.df))

    def signed_p(self, sign: float) -> float:
        """One-sided p-value of the hypothesis that the effect is not of this sign.

        Parameters
        ----------
        sign : positive for a rise, negative for a fall.
        """
        if not self.std_error > 0:
            return float("nan")
        return float(stats.t.sf(np.sign(sign) * self.value / self.std_error, self.df))


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Effects by years since treatment: ``times``, their ``effects`` and joint covariance.

    Leads are compared with the year before treatment. ``effective`` is for each time how many
    clusters of equal weight would tell as much: far fewer where a cohort came from a few units.
    """

    times: tuple[int, ...]
    effects: np.ndarray
    covariance: np.ndarray
    treated: tuple[int, ...]
    effective: tuple[float, ...]

    def at(self, times: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Effects and covariance of some times, in their order.

        Parameters
        ----------
        times : years since treatment, each among ``times``.
        """
        places = [self.times.index(t) for t in times]
        return self.effects[places], self.covariance[np.ix_(places, places)]

    @property
    def points(self) -> dict[int, Average]:
        """Each time's average."""
        errors = np.sqrt(np.diag(self.covariance))
        return {
            t: Average(float(v), float(e), own - 1)
            for t, v, e, own in zip(self.times, self.effects, errors, self.effective, strict=True)
        }


_MOST_LEADS: Final = 4


def average(cells: Sequence[Cell], *, by_precision: bool = False) -> Average | None:
    """The average of cells, weighted by the treated who entered them or by their precision; None
    without a cell, or where the clusters are too few for an error.

    Parameters
    ----------
    cells : of one set of histories.
    by_precision : weights are inverse variances.

    Source: Callaway and Sant'Anna (2021), section 3.2; cohort shares are taken as known.
    """
    moving = [c for c in cells if c.variance > 0]
    if not moving or (by_precision and len(moving) < len(cells)):
        return None
    value, influence = weighted(moving, by_precision=by_precision)
    if clusters(moving) < 2:
        return None
    own = _effective(influence, clusters(moving))
    return Average(value, float(np.sqrt((influence**2).sum())), own - 1)


def event_study(cells: Sequence[Cell]) -> EventStudy | None:
    """Averages by years since treatment, the leads and the treated years alike.

    Parameters
    ----------
    cells : of the primary design with its leads.
    """
    moving = [c for c in cells if c.variance > 0]
    if not moving:
        return None
    times = sorted({c.time for c in moving})
    found = [weighted([c for c in moving if c.time == t]) for t in times]
    influence = np.array([i for _, i in found])
    entered = clusters(moving)
    if entered < 2:
        return None
    return EventStudy(
        tuple(times),
        np.array([v for v, _ in found]),
        influence @ influence.T,
        tuple(sum(c.n_treated for c in moving if c.time == t) for t in times),
        tuple(_effective(own, entered) for own in influence),
    )


def leads(study: EventStudy) -> list[int]:
    """The years before treatment that are compared with the last of them, at most the nearest four.

    Parameters
    ----------
    study : an event study.
    """
    return [t for t in study.times if t < -1][-_MOST_LEADS:]


def clusters(cells: Sequence[Cell]) -> int:
    """How many clusters entered any of the cells.

    Parameters
    ----------
    cells : of one set of histories.
    """
    return int(np.any([c.influence != 0 for c in cells], axis=0).sum()) if len(cells) else 0


def weighted(cells: Sequence[Cell], *, by_precision: bool = False) -> tuple[float, np.ndarray]:
    """The average of cells and its influence, a number a cluster.

    Parameters
    ----------
    cells : at least one, each with a variance.
    by_precision : weights are inverse variances, not the treated.
    """
    size = np.array([1 / c.variance if by_precision else c.n_treated for c in cells], float)
    weight = size / size.sum()
    value = float(weight @ np.array([c.value for c in cells]))
    return value, weight @ np.array([c.influence for c in cells])


def _effective(influence: np.ndarray, most: int) -> float:
    """How many clusters of equal weight would tell a variance as well: by the kurtosis of the
    influences, which is 3 where they are normal.

    Source: after Carter, Schnepel and Steigerwald (2017), *Review of Economics and Statistics*
    99(4).
    """
    squares = influence**2
    return min(float(most), 3 * float(squares.sum() ** 2 / (squares**2).sum()))
