"""What participants say of their own productivity, beside what was measured of the same people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import UNKNOWN, Interval, Study, remembered
from helpers.contracts.units import OUTPUT_PER_DAY, SHARE
from helpers.describe.people import as_indicators, invited

# What a report says of one's own productivity, by its sign.
REPORTS: Final = ("reports_rise", "reports_same", "reports_fall")
_COLUMNS: Final = ["indicator", "group_by", "group", "found", "unit_label"]


@dataclass(frozen=True, slots=True)
class SelfReports:
    """Reports of people, each counted once with the first year in which something was reported.

    ``rise`` and ``other`` are the changes of output per day, from the year before the activity to
    its year, of those who report a rise and of the others; ``difference`` is the one less the
    other; ``fell`` is the share of those who report a rise whose output fell. ``later_rise`` and
    ``later_other`` are the changes from the year before to the year after. Whatever describes too
    few people is unknown.
    """

    attended: int
    reported: int
    measured: int
    rise_share: Interval
    rise: Interval
    other: Interval
    difference: Interval
    fell: Interval
    later_rise: Interval
    later_other: Interval
    indicators: pd.DataFrame


@remembered
def self_reports(study: Study) -> SelfReports:
    """Self-reported productivity beside the measured change of output per day, up to the study's
    year.

    Returns
    -------
    Indicators by ``self_report``: ``self_report_share`` (of all who reported), ``output_change``
    and ``output_change_later`` (output a day), ``output_fell_share``. Intervals are clustered by
    work unit; n counts people.
    """
    came = invited(study)
    came = came[came["attended"] == 1]
    rows = reports(came, measures.performance.employee_years(study))
    level, small_cell = study.plan.inference.level, study.plan.privacy.small_cell

    def mean(column: str, part: pd.DataFrame) -> Interval:
        found = measures.intervals.mean(part[column], part["kode_unit"], level=level)
        return found if found.n >= small_cell else UNKNOWN

    rises = rows["self_report"] == REPORTS[0]
    shown = _indicators(study, rows, level)
    both = rows[rows["change"].notna()]
    one, two = (both[both["self_report"].eq(REPORTS[0]) == side] for side in (True, False))
    return SelfReports(
        attended=came["pegawai_id"].nunique(),
        reported=len(rows),
        measured=len(both),
        rise_share=_shown(shown, "self_report_share"),
        rise=mean("change", rows[rises]),
        other=mean("change", rows[~rises]),
        difference=measures.intervals.difference(
            (one["change"], two["change"]), (one["kode_unit"], two["kode_unit"]), level=level
        )
        if min(len(one), len(two)) >= small_cell
        else UNKNOWN,
        fell=_shown(shown, "output_fell_share"),
        later_rise=mean("later", rows[rises]),
        later_other=mean("later", rows[~rises]),
        indicators=shown,
    )


def reports(came: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """One row a person who reported: what was reported in the first year with a report, and what
    was measured about it.

    Parameters
    ----------
    came : one row an attendance, with ``produktivitas_diri`` (−2…2) and ``kode_unit``.
    scores : ``output_per_day`` by ``pegawai_id`` and ``tahun``.

    Returns
    -------
    ``self_report`` (the sign of the year's mean report), ``change`` and ``later``: output per day
    in the year of the activity, and in the year after it, less that in the year before; missing
    where a year was not measured.
    """
    said = came[came["produktivitas_diri"].notna()]
    said = said[said["tahun"] == said.groupby("pegawai_id")["tahun"].transform("min")]
    people = said.groupby("pegawai_id", as_index=False).agg(
        tahun=("tahun", "first"),
        kode_unit=("kode_unit", "first"),
        reported=("produktivitas_diri", "mean"),
    )
    sign = np.sign(people["reported"].to_numpy(float))
    people["self_report"] = pd.Series(np.select([sign > 0, sign == 0], REPORTS[:2], REPORTS[2]))
    people["all"] = "all"
    output = scores.set_index(["pegawai_id", "tahun"])["output_per_day"]
    levels = [
        output.reindex(pd.MultiIndex.from_arrays([people["pegawai_id"], people["tahun"] + k]))
        for k in (-1, 0, 1)
    ]
    before, now, later = (at.to_numpy(float) for at in levels)
    people["change"], people["later"] = now - before, later - before
    people["fell"] = (people["change"] < 0).astype(float).where(people["change"].notna())
    return people


def _indicators(study: Study, rows: pd.DataFrame, level: float) -> pd.DataFrame:
    parts = []
    groups = [("all", "all"), *(("self_report", r) for r in REPORTS)]
    for name, column, unit in (
        ("output_change", "change", OUTPUT_PER_DAY.label),
        ("output_change_later", "later", OUTPUT_PER_DAY.label),
        ("output_fell_share", "fell", SHARE.label),
    ):
        compute = measures.intervals.share if unit == SHARE.label else measures.intervals.mean
        for by, group in groups:
            part = rows[rows[by] == group]
            found = compute(part[column], part["kode_unit"], level=level)
            parts.append((name, by, group, found, unit))
    measured = as_indicators(
        study, [pd.DataFrame(parts, columns=_COLUMNS)], shares=("output_fell_share",)
    )
    said = {r: (rows["self_report"] == r).astype(float) for r in REPORTS}
    shares = [
        (
            "self_report_share",
            "self_report",
            r,
            measures.intervals.share(h, rows["kode_unit"], level=level),
        )
        for r, h in said.items()
        if h.any()
    ]
    given = as_indicators(
        study, [pd.DataFrame(shares, columns=_COLUMNS[:4]).assign(unit_label=SHARE.label)]
    )
    given["n"] = [float(said[g].sum()) for g in given["group"]]
    hidden = measures.suppress_parts(given, study.plan.privacy.small_cell)
    return pd.concat([hidden, measured], ignore_index=True)


def _shown(indicators: pd.DataFrame, name: str) -> Interval:
    """The figure of those who report a rise; unknown where it is hidden."""
    at = (indicators["indicator"] == name) & (indicators["group"] == REPORTS[0])
    rows = indicators[at].dropna(subset=["value"])
    if rows.empty:
        return UNKNOWN
    row = rows.iloc[0]
    bounds = float(row["value"]), float(row["ci_low"]), float(row["ci_high"])
    return Interval(*bounds, n=int(row["n"]))
