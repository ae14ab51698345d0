"""Averages of cells, with errors clustered over the same influence functions."""

from __future__ import annotations

import math
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
    own = _effective(moving, by_precision=by_precision)
    if math.isnan(own):
        return None
    return Average(value, float(np.sqrt((influence**2).sum())), own - 1)


def event_study(cells: Sequence[Cell]) -> EventStudy | None:
    """Averages by years since treatment, the leads and the treated years alike.

    Parameters
    ----------
    cells : of the primary design with its leads.
    """
    by_time: dict[int, list[Cell]] = {}
    for c in cells:
        if c.variance > 0:
            by_time.setdefault(c.time, []).append(c)
    found = {t: weighted(by_time[t]) for t in sorted(by_time)}
    effective = {t: _effective(at) for t, at in by_time.items()}
    # What one cluster alone tells has no error.
    times = tuple(t for t in found if not math.isnan(effective[t]))
    if not times:
        return None
    influence = np.array([found[t][1] for t in times])
    return EventStudy(
        times,
        np.array([found[t][0] for t in times]),
        influence @ influence.T,
        tuple(sum(c.n_treated for c in by_time[t]) for t in times),
        tuple(effective[t] for t in times),
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
    weight = _weights(cells, by_precision=by_precision)
    value = float(weight @ np.array([c.value for c in cells]))
    return value, weight @ np.array([c.influence for c in cells])


def _weights(cells: Sequence[Cell], *, by_precision: bool) -> np.ndarray:
    size = np.array([1 / c.variance if by_precision else c.n_treated for c in cells], float)
    return np.asarray(size / size.sum())


def _effective(cells: Sequence[Cell], *, by_precision: bool = False) -> float:
    """How many clusters of equal weight would tell the variance of an average as well; not a number
    where one alone tells it.

    Two answers, and the smaller counts: by what each cluster is of the treated and of the controls,
    which sees that all the treated came from a few units; and by the kurtosis of the influences (3
    where they are normal), which sees that few of them happened to move. Never more than there are,
    and never below two.

    Source: Carter, Schnepel and Steigerwald (2017), *Review of Economics and Statistics* 99(4),
    where what clusters share is all that varies; for the second, after them.
    """
    weight = _weights(cells, by_precision=by_precision)
    squares = (weight @ np.array([c.influence for c in cells])) ** 2
    shares = np.einsum("c,cag->ag", weight, np.array([c.shares for c in cells]))
    there, alike = float((squares > 0).sum()), 3 * _worth(squares)
    if there < 2:
        return math.nan
    return max(min(there, alike, _worth((shares**2).sum(axis=0))), 2.0)


def _worth(parts: np.ndarray) -> float:
    """How many equal parts would be spread as evenly."""
    return float(parts.sum() ** 2 / (parts**2).sum())
