"""What training cost for each person and each service unit, as far as costs are recorded."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from helpers import measures
from helpers.contracts import Study, remembered
from helpers.contracts.panel import NEVER


@dataclass(frozen=True, slots=True)
class Cost:
    """Rupiah for each person trained (``per_person``) and for the staff of each service unit that
    counts as trained (``per_unit``), and of how many activities the cost is known.

    Both are not-a-number where no attended activity has its cost, or where it would be that of too
    few people.
    """

    per_person: float
    per_unit: float
    activities: int
    with_cost: int


@remembered
def cost_of_training(study: Study) -> Cost:
    """The cost of training hours up to the study's year: cost for each hour attended, over
    activities whose cost is recorded, times the mean hours of those who are trained, or of all who
    are on the roll of a trained service unit.
    """
    held = study.kegiatan
    cost = (
        held["biaya"].astype(float) if "biaya" in held else held["jp"].astype(float) * float("nan")
    )
    known = held["kode_kegiatan"][(cost > 0).fillna(False)]
    came = measures.training.invitations(study)
    hours = float(came.loc[came["kode_kegiatan"].isin(known), "jp"].sum())
    each = float(cost.sum()) / hours if hours > 0 else math.nan
    roll = measures.training.roll(study)
    now = roll[roll["tahun"] == study.year]
    trained = now[(now["cohort"] != NEVER) & (now["cohort"] <= study.year)]
    first = measures.unit_cohorts(study)
    served = study.skm["kode_unit"].unique()
    units = [unit for unit, year in first.items() if year <= study.year and unit in served]
    staff = now[now["kode_unit"].isin(units)]

    def spent(people: pd.DataFrame, divided_by: int) -> float:
        if len(people) < study.plan.privacy.small_cell or not divided_by:
            return math.nan
        attended = came[came["pegawai_id"].isin(people["pegawai_id"])]
        return each * float(attended["jp"].sum()) / divided_by

    return Cost(spent(trained, len(trained)), spent(staff, len(units)), len(held), len(known))
