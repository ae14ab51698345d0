"""Training hours (JP), who was trained from when, and how invitations were answered.

Sources: PP 11/2017 article 203(4) (20 JP a year); domain.md section 4. One hour is `jp.per_hour`
JP.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.contracts import Plan, Study, codes, measure_shapes, remembered
from helpers.contracts.panel import NEVER


@remembered
def invitations(study: Study) -> pd.DataFrame:
    """One row an invitation: person, year, activity, method, theme, ``jp`` attended (0 where
    absent), answer, reason; ``attendance_alone`` (0/1) where no invitations are recorded of the
    activity, but who attended it.
    """
    joined = study.peserta.merge(
        study.kegiatan.drop(columns="tahun"), on="kode_kegiatan", how="left", validate="many_to_one"
    )
    hours = joined["jp"].astype(float).fillna(0.0) * study.plan.jp.per_hour
    told = joined.assign(
        jp=np.where(joined["kehadiran"] == "hadir", hours, 0.0),
        attended=(joined["kehadiran"] == "hadir").astype(float),
        refused=(joined["kehadiran"] == "menolak").astype(float),
        attendance_alone=joined["kode_kegiatan"].map(codes.attendance_alone).astype(float),
    )
    return measure_shapes.INVITATIONS.validate(told)


@remembered
def unasked_years(study: Study) -> frozenset[int]:
    """The years of which attendances are recorded, but no invitations: who stayed away, refused or
    was never invited is not known of them.
    """
    alone = invitations(study).groupby("tahun")["attendance_alone"].min()
    return frozenset(int(year) for year in alone.index[alone == 1])


@remembered
def roll(study: Study) -> pd.DataFrame:
    """One row an employee on the roll of a year, with the year's JP, invitations and training
    status.

    Columns beyond the roll's: ``jp``, ``reaches_target`` (at least the plan's target that year),
    ``invited`` and ``attended`` (0/1 that year), ``cohort`` (first year with the plan's minimum
    hours, 0 for none), ``trained`` (cohort reached by that year), ``exposed`` (first year in which
    anything was attended, 0 for none) and ``first_invited`` (first year invited, 0 for none).
    """
    people = study.pegawai.copy()
    invited = invitations(study)
    years = (
        invited.groupby(["pegawai_id", "tahun"])
        .agg(jp=("jp", "sum"), attended=("attended", "max"))
        .reset_index()
    )
    people = people.merge(
        years.assign(invited=1.0), on=["pegawai_id", "tahun"], how="left", validate="one_to_one"
    )
    people[["jp", "attended", "invited"]] = (
        people[["jp", "attended", "invited"]].astype(float).fillna(0.0)
    )
    people["cohort"] = (
        people["pegawai_id"].map(cohorts(invited, study.plan)).fillna(NEVER).astype(int)
    )
    came = invited[invited["attended"] == 1]
    for name, rows in (("exposed", came), ("first_invited", invited)):
        first = rows.groupby("pegawai_id")["tahun"].min()
        people[name] = people["pegawai_id"].map(first).fillna(NEVER).astype(int)
    people["trained"] = (
        (people["cohort"] != NEVER) & (people["tahun"] >= people["cohort"])
    ).astype(float)
    people["reaches_target"] = (people["jp"] >= study.plan.jp.target).astype(float)
    return measure_shapes.ROLL.validate(people.assign(**groups(people)))


def cohorts(invited: pd.DataFrame, plan: Plan) -> pd.Series:
    """First treated year of each person; people who never attended the plan's minimum hours are not
    in it.

    Hours reached by the plan's latest day make a person treated from that year on, later ones from
    the next: who was trained late in a year has hardly worked in it since.

    Parameters
    ----------
    invited : rows of `invitations`.
    plan : its treatment of employees.
    """
    wanted = plan.treatment.productivity
    hours = _hours(invited, plan)
    return _first_treated(hours[hours["jp"] >= wanted.min_jp], wanted.min_jp)


def cumulative_cohorts(invited: pd.DataFrame, plan: Plan) -> pd.Series:
    """The same where hours are summed over the years: first year in which all that was attended
    until then reaches the plan's minimum.

    Parameters
    ----------
    invited : rows of `invitations`.
    plan : its treatment of employees.
    """
    hours = _hours(invited, plan)
    before = hours.groupby("pegawai_id")["jp"].cumsum() - hours["jp"]
    summed = hours.assign(jp=before + hours["jp"], in_time=before + hours["in_time"])
    min_jp = plan.treatment.productivity.min_jp
    return _first_treated(summed[summed["jp"] >= min_jp], min_jp)


def _hours(invited: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Hours of each person and year, and those by the plan's latest day; years in order."""
    ends = invited["tanggal_selesai"].fillna(invited["tanggal_mulai"]).dt.strftime("%m-%d")
    # What runs into the next year ended on the last day of its own.
    over = invited["tanggal_selesai"].dt.year > invited["tahun"]
    latest = plan.treatment.productivity.latest
    in_time = invited["jp"].where(ends.mask(over, "12-31") <= latest, 0.0)
    return (
        invited.assign(in_time=in_time)
        .groupby(["pegawai_id", "tahun"])[["jp", "in_time"]]
        .sum()
        .reset_index()
    )


def _first_treated(enough: pd.DataFrame, min_jp: float) -> pd.Series:
    """The first of the years with enough hours; the next one where they came too late in it."""
    first = enough["tahun"] + (enough["in_time"] < min_jp).astype("int64")
    return first.groupby(enough["pegawai_id"]).min()


def groups(people: pd.DataFrame) -> dict[str, pd.Series]:
    """Age in years, age group and education level, as the reports group people."""
    age = people["tahun"] - people["tahun_lahir"].astype(float)
    bands = pd.cut(age, [0, 35, 45, 55, 120], right=False, labels=["<35", "35–44", "45–54", "55+"])
    return {
        "umur": age,
        "kelompok_umur": bands.astype(object).where(bands.notna(), None),
        "tingkat_pendidikan": people["pendidikan"].map(codes.EDUCATION_LEVEL),
    }
