"""How an indicator moved between two years, with the interval of the change; units common to both
are paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import Interval, Study, UnitLabel, codes
from helpers.contracts.units import IKM_POINTS


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one year to another, in the indicator's own unit; ``first`` and ``last`` are
    the two levels.
    """

    indicator: str
    first_year: int
    last_year: int
    first: float
    last: float
    interval: Interval
    unit_label: UnitLabel


def comparable_years(study: Study, measure: str) -> tuple[int, int]:
    """The first year that the study's year may be compared with, and the study's year, for ``ikm``
    or an employee measure.

    Years on the other side of a change of the SKP scale cannot be compared, nor years of so few
    people or forms that their level is hidden; where no earlier year can be compared, or the
    study's cannot, both are the study's year.

    Parameters
    ----------
    study : its plan says how few are too few, and its year is the later of the two.
    measure : ``ikm``, or a column of `measures.performance.employee_years`.
    """
    if measure == "ikm":
        rows = measures.satisfaction.complete(study.skm, ["tahun"])
    else:
        scores = measures.performance.employee_years(study)
        rows = scores[scores[measure].notna()]
    counts = rows.groupby("tahun").size()
    years = [int(y) for y in counts[counts >= study.plan.privacy.small_cell].index]
    if measure == "skp" and study.year >= codes.SKP_BREAK_YEAR:
        years = [y for y in years if y >= codes.SKP_BREAK_YEAR]
    return (min(years) if study.year in years else study.year), study.year


def change_in_ikm(study: Study) -> Change | None:
    """Change of the region's IKM since the first year with an answer to every unsur; None where
    there is no earlier one.

    Returns
    -------
    The change in IKM points, by the plan's weights; its interval's n counts the forms of both
    years.
    """
    first_year, last_year = comparable_years(study, "ikm")
    sides = [study.skm[study.skm["tahun"] == y] for y in (first_year, last_year)]
    if first_year == last_year:
        return None
    levels = [measures.satisfaction.index(s, weights=study.plan.skm.weights) for s in sides]
    return _change(
        "ikm",
        (first_year, last_year),
        [level.value for level in levels],
        [level.influence for level in levels],
        [s["kode_unit"] for s in sides],
        study,
        IKM_POINTS.label,
    )


def change_in_measure(study: Study, column: str) -> Change | None:
    """Change of the mean of an employee measure (``output_per_day``, ``on_time_share``, ``skp``)
    since the first comparable year.

    Parameters
    ----------
    study : its year is the later of the two that are compared.
    column : the measure, a key of `measures.performance.UNIT_LABELS`.

    Returns
    -------
    The change in the measure's own unit, n counting the people of both years together; None where
    no earlier year can be compared.
    """
    first_year, last_year = comparable_years(study, column)
    scores = measures.performance.employee_years(study).merge(
        study.pegawai[["pegawai_id", "tahun", "kode_unit"]], on=["pegawai_id", "tahun"], how="inner"
    )
    scores = scores[scores[column].notna()]
    sides = [scores[scores["tahun"] == y] for y in (first_year, last_year)]
    if first_year == last_year or any(s.empty for s in sides):
        return None
    values = [float(s[column].mean()) for s in sides]
    influences = [
        ((s[column] - v) / len(s)).to_numpy(float) for s, v in zip(sides, values, strict=True)
    ]
    return _change(
        column,
        (first_year, last_year),
        values,
        influences,
        [s["kode_unit"] for s in sides],
        study,
        measures.performance.UNIT_LABELS[column],
    )


def _change(
    indicator: str,
    years: tuple[int, int],
    values: Sequence[float],
    influences: Sequence[np.ndarray],
    clusters: Sequence[pd.Series],
    study: Study,
    label: UnitLabel,
) -> Change:
    signed = np.concatenate([-influences[0], influences[1]])
    units = pd.concat(clusters, ignore_index=True)
    found = measures.intervals.around(
        values[1] - values[0], signed, units, len(signed), level=study.plan.inference.level
    )
    return Change(indicator, *years, values[0], values[1], found, label)
