"""How an indicator moved between two years, with the interval of the change; units common to both are paired."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from helpers import measures
from helpers.contracts import Plan, Tables, codes


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one year to another, in the indicator's own unit."""

    indicator: str
    first_year: int
    last_year: int
    first: float
    last: float
    ci: tuple[float, float]
    unit_label: str

    @property
    def value(self) -> float:
        return self.last - self.first


def change_in_ikm(tables: Tables, plan: Plan, first_year: int, last_year: int) -> Change | None:
    """Change of the region's IKM between two years."""
    sides = [tables.skm[tables.skm["tahun"] == y] for y in (first_year, last_year)]
    if any(s[list(codes.UNSUR)].notna().sum().min() == 0 for s in sides):
        return None
    weight = measures.satisfaction.WEIGHTS[plan.skm_weights] * 25
    values, influences = zip(*(_index(s, weight) for s in sides), strict=True)
    return _change("ikm", first_year, last_year, values, influences, [s["kode_unit"] for s in sides], plan, "IKM points")


def change_in_measure(tables: Tables, plan: Plan, column: str, first_year: int, last_year: int, label: str) -> Change | None:
    """Change of the mean of an employee measure (``output_per_day``, ``on_time_share``, ``skp``) between two years."""
    scores = measures.performance.employee_years(tables.kinerja).merge(
        tables.pegawai[["pegawai_id", "tahun", "kode_unit"]], on=["pegawai_id", "tahun"], how="inner"
    )
    scores = scores[scores[column].notna()]
    sides = [scores[scores["tahun"] == y] for y in (first_year, last_year)]
    if any(s.empty for s in sides):
        return None
    values = [float(s[column].mean()) for s in sides]
    influences = [((s[column] - v) / len(s)).to_numpy(float) for s, v in zip(sides, values, strict=True)]
    return _change(column, first_year, last_year, values, influences, [s["kode_unit"] for s in sides], plan, label)


def _index(forms: pd.DataFrame, weight: float) -> tuple[float, np.ndarray]:
    scores = forms[list(codes.UNSUR)].to_numpy(float, na_value=np.nan)
    count = (~np.isnan(scores)).sum(axis=0)
    nrr = np.nansum(scores, axis=0) / count
    return float(nrr.sum() * weight), np.where(np.isnan(scores), 0.0, (scores - nrr) / count).sum(axis=1) * weight


def _change(name, first_year, last_year, values, influences, clusters, plan, label) -> Change:  # type: ignore[no-untyped-def]
    signed = np.concatenate([-influences[0], influences[1]])
    error, df = measures.intervals.linearised(signed, pd.concat(clusters, ignore_index=True))
    half = float(stats.t.ppf(0.5 + plan.level / 2, df)) * error if df > 0 else float("nan")
    value = values[1] - values[0]
    return Change(name, first_year, last_year, values[0], values[1], (value - half, value + half), label)
