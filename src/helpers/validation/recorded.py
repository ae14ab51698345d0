"""From what regions told to the record of each grade, outcome by outcome, with the sizes tried."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from helpers.contracts.results import Grade, Record
from helpers.findings.tried import OfGrade, Sizes, Trials
from helpers.validation.kinds_of_world import BY_NAME, KINDS
from helpers.validation.worlds import Told


def record(told: Iterable[Told]) -> tuple[Trials, ...]:
    """Of the simulated regions in which an effect got a grade, how many were wrong.

    Parameters
    ----------
    told : of every kind of world; those that no data could tell from an effect are not counted.

    Returns
    -------
    One an outcome, treatment and plan, in the order of their names; every region is counted in one
    grade. Sizes are of regions whose effect could be told.
    """
    of: dict[tuple[str, ...], list[Told]] = {}
    for t in (t for t in told if BY_NAME[t.kind].tellable):
        of.setdefault((t.question, t.outcome, t.treatment, t.plan), []).append(t)
    return tuple(_trials(of[key]) for key in sorted(of))


def deceived(told: Iterable[Told]) -> tuple[Record, ...]:
    """Of each kind of region that no data could tell from an effect, how many there were, and in
    how many training was named as the cause of productivity or of satisfaction.

    Parameters
    ----------
    told : of every kind of world.

    Returns
    -------
    In the order of the kinds; those that were not tried are left out.
    """
    of: dict[str, dict[int, bool]] = {k.name: {} for k in KINDS if not k.tellable}
    for t in told:
        if t.kind in of and t.question != "methods_dose":
            of[t.kind][t.seed] = of[t.kind].get(t.seed, False) or (t.cause and t.wrong)
    return tuple(Record(len(seeds), sum(seeds.values())) for seeds in of.values() if seeds)


def frame(tried: Iterable[Trials]) -> pd.DataFrame:
    """Records as a table, one row an outcome and grade.

    Parameters
    ----------
    tried : as `record` gives it.

    Returns
    -------
    Ranges of those treated and of clusters are written ``fewest–most``.
    """
    rows = [
        (t.question, t.outcome, grade, g.regions, g.wrong, *_ranges(g.sizes))
        for t in tried
        for grade, g in t.grades.items()
    ]
    columns = ["question", "outcome", "grade", "regions", "wrong", "treated", "clusters"]
    return pd.DataFrame(rows, columns=columns)


def _trials(told: Sequence[Told]) -> Trials:
    of: dict[Grade, list[Told]] = {}
    for t in told:
        of.setdefault(t.grade, []).append(t)
    first = told[0]
    return Trials(
        first.question,
        first.outcome,
        first.treatment,
        first.plan,
        _sizes(told),
        {g: OfGrade(len(of[g]), sum(t.wrong for t in of[g]), _sizes(of[g])) for g in sorted(of)},
    )


def _sizes(told: Iterable[Told]) -> Sizes | None:
    known = [t for t in told if math.isfinite(t.value)]
    sizes = [(t.n_treated, t.n_clusters) for t in known]
    return Sizes.of(sizes, min(BY_NAME[t.kind].staff for t in known)) if known else None


def _ranges(sizes: Sizes | None) -> tuple[str, str]:
    if sizes is None:
        return "", ""
    (fewest, most), (first, last) = sizes.treated, sizes.clusters
    return f"{fewest}–{most}", f"{first}–{last}"
