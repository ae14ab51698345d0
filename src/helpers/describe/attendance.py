"""Who attends, who refuses and why, who was never invited, and whether those who feel no need are better off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import Plan, Tables

NO_NEED: Final = "merasa tidak perlu"


@dataclass(frozen=True, slots=True)
class Participation:
    """One year's participation; small groups already hidden.

    ``answers`` has share and n of each answer to an invitation; ``reasons`` share and n of each reason among those
    who did not attend; ``never_invited`` by group is the share on the roll not invited in any year so far;
    ``no_need`` compares last year's output per day of those who feel no need with that of those who attended.
    """

    answers: pd.DataFrame
    reasons: pd.DataFrame
    never_invited: pd.DataFrame
    no_need: dict[str, float]
    invitations: int

    @classmethod
    def empty(cls) -> Participation:
        """Participation where the tables of activities or participants are missing."""
        none = pd.DataFrame({c: [] for c in ("group_by", "group", "value", "ci_low", "ci_high", "n")})
        return cls(none, none, none, {"value": np.nan, "ci_low": np.nan, "ci_high": np.nan, "n": 0}, 0)


def who_takes_part(tables: Tables, plan: Plan, year: int) -> Participation:
    """Participation in a year; reasons and never-invited need invitations of that year and before."""
    people = measures.training.roll(tables, plan)
    invited = measures.training.invitations(tables, plan).merge(
        people[["pegawai_id", "tahun", "kode_unit"]], on=["pegawai_id", "tahun"], how="left"
    )
    invited["kode_unit"] = invited["kode_unit"].fillna("?")
    now = invited[invited["tahun"] == year]
    away = now[(now["kehadiran"] != "hadir") & now["alasan"].replace("", np.nan).notna()]
    roll = people[people["tahun"] == year].copy()
    roll["never"] = (~roll["pegawai_id"].isin(invited["pegawai_id"])).astype(float)
    never = [_named(measures.intervals.grouped(roll, [], "never", cluster="kode_unit", is_share=True), "all", "all")]
    for by in ("jenis_kelamin", "jenis_jabatan", "kelompok_umur", "tingkat_pendidikan"):
        groups = measures.intervals.grouped(roll.dropna(subset=[by]), [by], "never", cluster="kode_unit", is_share=True)
        never.append(_named(groups, by, by))
    return Participation(
        answers=_hidden(_shares(now, "kehadiran"), plan),
        reasons=_hidden(_shares(away, "alasan"), plan),
        never_invited=_hidden(pd.concat(never, ignore_index=True), plan),
        no_need=_no_need(tables, invited, plan),
        invitations=len(now),
    )


def _shares(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Share of each value of a column, with its interval; n is how many have it."""
    parts = []
    for value in sorted(rows[column].dropna().unique()):
        found = measures.intervals.share((rows[column] == value).astype(float), rows["kode_unit"])
        parts.append({"group_by": column, "group": value, **found, "n": int((rows[column] == value).sum())})
    return pd.DataFrame(parts, columns=["group_by", "group", "value", "ci_low", "ci_high", "n"])


def _named(frame: pd.DataFrame, group_by: str, column: str) -> pd.DataFrame:
    return frame.assign(group_by=group_by, group=frame.get(column, "all"))[["group_by", "group", "value", "ci_low", "ci_high", "n"]]


def _hidden(frame: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    marked = frame.assign(year=0, indicator="")
    return measures.suppress(marked, plan.small_cell).drop(columns=["year", "indicator"])


def _no_need(tables: Tables, invited: pd.DataFrame, plan: Plan) -> dict[str, float]:
    """Output per day in the year before the invitation: those who feel no need less those who attended."""
    scores = measures.performance.employee_years(tables.kinerja)[["pegawai_id", "tahun", "output_per_day"]]
    before = invited.merge(scores.assign(tahun=scores["tahun"] + 1), on=["pegawai_id", "tahun"], how="inner")
    before["kode_unit"] = before["kode_unit"].astype(str)
    groups = {name: before[mask & before["output_per_day"].notna()] for name, mask in
              (("no_need", before["alasan"] == NO_NEED), ("attended", before["kehadiran"] == "hadir"))}  # fmt: skip
    if min(len(g) for g in groups.values()) < plan.small_cell:
        return {"value": np.nan, "ci_low": np.nan, "ci_high": np.nan, "n": min(len(g) for g in groups.values())}
    means = {name: float(g["output_per_day"].mean()) for name, g in groups.items()}
    parts = [sign * ((g["output_per_day"] - means[name]) / len(g)) for (name, g), sign in zip(groups.items(), (1, -1), strict=True)]
    error, df = measures.intervals.linearised(
        pd.concat(parts).to_numpy(float), pd.concat([g["kode_unit"] for g in groups.values()], ignore_index=True)
    )
    from scipy import stats

    half = float(stats.t.ppf(0.975, df)) * error if df else float("nan")
    value = means["no_need"] - means["attended"]
    return {"value": value, "ci_low": value - half, "ci_high": value + half, "n": len(groups["no_need"]),
            "n_other": len(groups["attended"])}  # fmt: skip
