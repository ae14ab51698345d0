"""What participants say of their own productivity, beside what was measured of the same people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import UNKNOWN, Interval, Study, remembered
from helpers.contracts.units import OUTPUT_PER_DAY, SHARE
from helpers.describe.people import as_indicators, invited
from helpers.describe.releases import last_release, moved, told_by_two

# What a report says of one's own productivity, by its sign.
REPORTS: Final = ("reports_rise", "reports_same", "reports_fall")
_COLUMNS: Final = ["indicator", "group_by", "group", "found", "unit_label"]
# What each indicator is made of, beside who reports what.
_MADE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "self_report_share": (),
    "output_change": ("change",),
    "output_change_later": ("later",),
    "output_fell_share": ("fell",),
}


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
    scores = measures.performance.employee_years(study)
    level, small_cell = study.plan.inference.level, study.plan.privacy.small_cell
    rows = _not_nearly(reports(came, scores), small_cell)
    shown = _indicators(study, rows, _added(rows, came, scores, study), level)
    mean = partial(_mean, shown, rows, level)
    both = rows[rows["change"].notna()]
    one, two = (both[both["self_report"].eq(REPORTS[0]) == side] for side in (True, False))
    rise, other = mean("change", True), mean("change", False)
    return SelfReports(
        attended=came["pegawai_id"].nunique(),
        reported=len(rows),
        measured=len(both),
        rise_share=_shown(shown, "self_report_share"),
        rise=rise,
        other=other,
        difference=measures.intervals.difference(
            (one["change"], two["change"]), (one["kode_unit"], two["kode_unit"]), level=level
        )
        if rise.known and other.known
        else UNKNOWN,
        fell=_shown(shown, "output_fell_share"),
        later_rise=mean("later", True),
        later_other=mean("later", False),
        indicators=shown,
    )


def _not_nearly(rows: pd.DataFrame, small_cell: int) -> pd.DataFrame:
    """The reports, without those of whom nothing was measured where these are few: two numbers of
    one page would tell how many.
    """
    unmeasured = rows["change"].isna()
    return rows[~unmeasured].reset_index(drop=True) if 0 < unmeasured.sum() < small_cell else rows


def _added(
    rows: pd.DataFrame, came: pd.DataFrame, scores: pd.DataFrame, study: Study
) -> pd.Series | None:
    """How many people make the difference to the last report that showed reports, by row."""
    small_cell = study.plan.privacy.small_cell
    last = last_release(rows["tahun"], rows["pegawai_id"], study.year, small_cell)
    if last is None:
        return None
    before = reports(came[came["tahun"] <= last], scores[scores["tahun"] <= last])
    before = _not_nearly(before, small_cell)
    each = {
        (name, by): moved(rows, before, by, what)
        for name, what in _MADE_OF.items()
        for by in ("all", "self_report")
    }
    return pd.concat(each)


def _mean(
    shown: pd.DataFrame, rows: pd.DataFrame, level: float, column: str, rises: bool
) -> Interval:
    """The mean of those who report a rise, or of the others; unknown where it, or both together,
    may not be told.
    """
    name = next(n for n, what in _MADE_OF.items() if what == (column,))
    at = shown[(shown["indicator"] == name) & shown["n"].notna()]
    if not {"all", REPORTS[0]} <= set(at["group"]):
        return UNKNOWN
    part = rows[rows["self_report"].eq(REPORTS[0]) == rises]
    return measures.intervals.mean(part[column], part["kode_unit"], level=level)


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


def _indicators(
    study: Study, rows: pd.DataFrame, added: pd.Series | None, level: float
) -> pd.DataFrame:
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
        study, [pd.DataFrame(parts, columns=_COLUMNS)], shares=("output_fell_share",), added=added
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
    small_cell = study.plan.privacy.small_cell
    hidden = measures.suppress_parts(given, small_cell)
    if added is not None:
        hidden.loc[told_by_two(hidden, added, small_cell), list(measures.HIDDEN)] = float("nan")
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
