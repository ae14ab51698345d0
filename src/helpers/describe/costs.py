"""What training cost for each person trained, as far as costs are recorded."""

from __future__ import annotations

from dataclasses import dataclass

from helpers import measures
from helpers.contracts import Study, remembered
from helpers.contracts.panel import NEVER


@dataclass(frozen=True, slots=True)
class Cost:
    """Rupiah for each person trained, and of how many activities the cost is known.

    ``per_person`` is not-a-number where no attended activity has its cost.
    """

    per_person: float
    activities: int
    with_cost: int


@remembered
def cost_of_training(study: Study) -> Cost:
    """The cost of one person's training hours up to the study's year: cost for each hour attended,
    over activities whose cost is recorded, times the mean hours of those who are trained.
    """
    held = study.kegiatan
    cost = (
        held["biaya"].astype(float) if "biaya" in held else held["jp"].astype(float) * float("nan")
    )
    known = held["kode_kegiatan"][(cost > 0).fillna(False)]
    came = measures.training.invitations(study)
    hours = float(came.loc[came["kode_kegiatan"].isin(known), "jp"].sum())
    roll = measures.training.roll(study)
    now = roll[roll["tahun"] == study.year]
    trained = now[(now["cohort"] != NEVER) & (now["cohort"] <= study.year)]["pegawai_id"]
    of_trained = came[came["pegawai_id"].isin(trained)]
    whole = float(cost.sum())
    per_person = (
        whole / hours * float(of_trained["jp"].sum()) / len(trained)
        if hours > 0 and len(trained) >= study.plan.privacy.small_cell
        else float("nan")
    )
    return Cost(per_person, len(held), len(known))
