"""One estimate timed in a process of its own, ours or the library's, of the same made-up people:
``python -m helpers.bench.timed_estimate estimate 1000 out.json``.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from helpers.causal import Ask
from helpers.causal.fit import fit
from helpers.contracts import SmallestEffect
from helpers.contracts.panel import NEVER, Panel

By = Literal["estimate", "library"]

_YEARS: Final = np.arange(2020, 2025)
_TRAITS: Final = tuple(f"trait_{i}" for i in range(6))
_OF_A_CLUSTER: Final = 70
_FEWEST_CLUSTERS: Final = 40
_CLIP: Final = 0.01
_SEED: Final = 1
# Imports and the first call's own work are not the estimate's.
_WARM: Final = 500
# What takes less is measured again until so much has passed.
_LEAST_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class TimedEstimate:
    """What an estimate took and found.

    Attributes
    ----------
    seconds : by the clock on the wall, the median where it was made more than once.
    effects : the average and, by years since treatment, the event study but for the year before
        treatment, which is 0 by definition.
    """

    seconds: float
    effects: dict[str, float]


def people(employees: int) -> pd.DataFrame:
    """Made-up people by year, trained from one of three years on or never, whose traits move both
    training and output.

    Parameters
    ----------
    employees : how many.
    """
    rng = np.random.default_rng(_SEED)
    traits = rng.normal(size=(employees, len(_TRAITS)))
    inclined = 0.2 * traits.sum(axis=1) + rng.logistic(size=employees) > 0.2
    cohort = np.where(inclined, rng.choice(_YEARS[2:], employees), NEVER)
    clusters = max(_FEWEST_CLUSTERS, employees // _OF_A_CLUSTER)
    cluster = rng.integers(0, clusters, employees)
    level = rng.normal(size=employees) + rng.normal(size=clusters)[cluster]
    years = _YEARS[:, None]
    trend = 0.1 * traits.sum(axis=1) * (years - _YEARS[0])
    effect = 0.2 * ((cohort != NEVER) & (years >= cohort))
    output = level + trend + effect + rng.normal(size=trend.shape)

    def each_year(values: np.ndarray) -> np.ndarray:
        return np.tile(values, len(_YEARS))

    return pd.DataFrame(
        {
            "entity": each_year(np.arange(employees)),
            "cluster": each_year(cluster),
            "year": np.repeat(_YEARS, employees),
            "cohort": each_year(cohort),
            "output": output.ravel(),
            **{name: each_year(traits[:, at]) for at, name in enumerate(_TRAITS)},
        }
    )


def ours(rows: pd.DataFrame) -> dict[str, float]:
    """The primary estimate as a question asks for it, the panel's own checks among it.

    Parameters
    ----------
    rows : of `people`.
    """
    panel = Panel(rows, ("output",), _TRAITS, {"output": "output/day"})
    last = int(_YEARS[-1])
    smallest = SmallestEffect(0.1)
    found = fit(Ask(panel, "productivity", "output", "trained", last, smallest, clip=_CLIP))
    assert found.average is not None and found.study is not None
    points = {str(t): point.value for t, point in found.study.points.items()}
    return {"average": found.average.value, **points}


def of_library(rows: pd.DataFrame) -> dict[str, float]:
    """The same from ``diff-diff``, the fastest public library of those that were measured, asked of
    the rows as they are: without the copies that `validation` makes for itself.

    Parameters
    ----------
    rows : of `people`.
    """
    from helpers.validation import library

    estimator = library.estimator(
        controls="not_yet_treated", base_period="universal", cluster="cluster", clip=_CLIP
    )
    found = estimator.fit(
        rows,
        outcome="output",
        unit="entity",
        time="year",
        first_treat="cohort",
        covariates=list(_TRAITS),
    )
    event = found.aggregate("event_study")
    points = {int(t): float(v) for t, v in zip(event.event_time, event.att, strict=True)}
    return {
        "average": float(found.overall_att),
        **{str(t): v for t, v in points.items() if t != -1},
    }


_WAYS: Final[dict[By, Callable[[pd.DataFrame], dict[str, float]]]] = {
    "estimate": ours,
    "library": of_library,
}


def timed_estimate(by: By, employees: int) -> TimedEstimate:
    """Make the estimate once on few people, and then measure it.

    Parameters
    ----------
    by : whose estimate.
    employees : how many people there are.
    """
    way = _WAYS[by]
    way(people(_WARM))
    rows = people(employees)
    took: list[float] = []
    while sum(took) < _LEAST_SECONDS:
        started = time.perf_counter()
        effects = way(rows)
        took.append(time.perf_counter() - started)
    return TimedEstimate(median(took), effects)


if __name__ == "__main__":
    asked, size, out = sys.argv[1:]
    (by,) = (known for known in get_args(By) if known == asked)
    Path(out).write_text(json.dumps(asdict(timed_estimate(by, int(size)))), encoding="utf-8")
