"""Who attends, who refuses and why, who was never invited, and whether those who feel no need are
better off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import (
    UNKNOWN,
    Interval,
    Study,
    codes,
    no_shares,
    remembered,
    schemas,
)
from helpers.describe.people import invited
from helpers.describe.seats import GROUPINGS, placed

NO_NEED: Final = "merasa tidak perlu"
_REFUSED: Final = "menolak"


@dataclass(frozen=True, slots=True)
class Participation:
    """One year's participation; small groups already hidden.

    ``answers`` has share and n of each answer to an invitation; ``reasons`` share and n of each
    reason among those who did not attend; ``never_invited`` by group is the share on the roll not
    invited in any year so far; ``no_need`` compares last year's output per day of those who feel no
    need with that of those who attended. ``asked`` is false where of the study's year attendances
    are recorded, but no invitations, and ``ever_asked`` where that is so of any year: then nobody
    knows who was never invited.
    """

    answers: pd.DataFrame
    reasons: pd.DataFrame
    never_invited: pd.DataFrame
    no_need: Interval
    invitations: int
    asked: bool = True
    ever_asked: bool = True


@remembered
def who_takes_part(study: Study) -> Participation:
    """Participation in the study's year; reasons and never-invited need invitations of that year
    and before.

    Returns
    -------
    Shares in 0–1 with their intervals; n is how many gave an answer or a reason, and in
    ``never_invited`` how many are in the group. ``no_need`` is in output a day, and unknown where
    either side is too few to be shown.
    """
    people = measures.training.roll(study)
    rows = invited(study)
    now = rows[rows["tahun"] == study.year]
    away = now[(now["kehadiran"] != "hadir") & now["alasan"].replace("", np.nan).notna()]
    roll = placed(study, people[people["tahun"] == study.year])
    roll["never"] = (~roll["pegawai_id"].isin(rows["pegawai_id"])).astype(float)
    never = [
        _named(_of_roll(study, roll, []), "all", "all"),
        *(_named(_of_roll(study, roll.dropna(subset=[g]), [g]), g, g) for g in GROUPINGS),
    ]
    unasked = measures.training.unasked_years(study)
    answers = _parts(study, now, "kehadiran")
    reasons = _parts(study, away, "alasan", sensitive=True)
    return Participation(
        answers=schemas.FRAMES["answers"].validate(answers),
        reasons=schemas.FRAMES["reasons"].validate(reasons),
        never_invited=_never_invited(study, never, roll, known=not unasked),
        no_need=_no_need(study, rows),
        invitations=len(now),
        asked=study.year not in unasked,
        ever_asked=not unasked,
    )


def _of_roll(study: Study, roll: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Share of the roll never invited, by group."""
    level = study.plan.inference.level
    return measures.intervals.grouped(
        roll, by, "never", cluster="kode_unit", is_share=True, level=level
    )


def _parts(
    study: Study, rows: pd.DataFrame, column: str, *, sensitive: bool = False
) -> pd.DataFrame:
    """Share of each value of a column, those of few people hidden; n is how many have it."""
    shares = _shares(study, rows, column)
    # Somebody may be invited several times a year, and is one person all the same.
    people = rows.groupby(column)["pegawai_id"].nunique()
    counted = shares.assign(n=shares["group"].map(people))
    small_cell = study.plan.privacy.small_cell
    # How many refuse is an indicator, too: hidden here it would hide nothing of the others.
    told = (counted["group"] == _REFUSED) & (counted["n"] >= small_cell)
    others = measures.suppress_parts(counted[~told], small_cell, sensitive=sensitive)
    shown = pd.concat([others.set_axis(counted.index[~told]), counted[told]]).sort_index()
    return shown.assign(n=shares["n"].where(shown["n"].notna()).astype(float))


def _shares(study: Study, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Share of each value of a column, with its interval; n is how many have it."""
    values = sorted(rows[column].dropna().unique())
    hits = {v: (rows[column] == v).astype(float) for v in values}
    found = {
        (column, v): replace(
            measures.intervals.share(h, rows["kode_unit"], level=study.plan.inference.level),
            n=int(h.sum()),
        )
        for v, h in hits.items()
    }
    return measures.intervals.as_frame(found, ["group_by", "group"]) if found else no_shares()


def _named(frame: pd.DataFrame, group_by: str, column: str) -> pd.DataFrame:
    return frame.assign(group_by=group_by, group=frame.get(column, "all"))[
        ["group_by", "group", "value", "ci_low", "ci_high", "n"]
    ]


def _never_invited(
    study: Study, parts: list[pd.DataFrame], roll: pd.DataFrame, *, known: bool
) -> pd.DataFrame:
    """The shares of everyone and of each group as one frame; small ones hidden, and all where it is
    not known.
    """
    rows = pd.concat(parts, ignore_index=True).assign(year=study.year, indicator="never_invited")
    shown = measures.suppress(
        rows,
        study.plan.privacy.small_cell,
        shares=("never_invited",),
        people={"never_invited": roll.assign(year=study.year)},
    )
    if not known:
        shown[list(measures.HIDDEN)] = float("nan")
    return schemas.FRAMES["never_invited"].validate(shown.drop(columns=["year", "indicator"]))


@remembered
def ratings(study: Study) -> pd.DataFrame:
    """Share of each predikat among those rated in the study's year, best first; small
    ones hidden.

    Returns
    -------
    ``group_by`` (``predikat``), ``group``, ``value`` in 0–1, ``ci_low``, ``ci_high`` and ``n``,
    those who were rated so; no row where nobody was rated.
    """
    rated = study.kinerja[
        (study.kinerja["tahun"] == study.year) & study.kinerja["predikat"].notna()
    ]
    rated = rated.merge(
        study.pegawai[["pegawai_id", "tahun", "kode_unit"]], on=["pegawai_id", "tahun"], how="left"
    )
    best_first = _parts(study, rated, "predikat").sort_values(
        "group", key=lambda names: names.map(codes.PREDIKAT.index), ignore_index=True
    )
    return schemas.FRAMES["predikat"].validate(best_first)


def _no_need(study: Study, rows: pd.DataFrame) -> Interval:
    """Output per day in the year before the invitation: those who feel no need less those who
    attended.
    """
    scores = measures.performance.employee_years(study)[["pegawai_id", "tahun", "output_per_day"]]
    before = rows.merge(
        scores.assign(tahun=scores["tahun"] + 1), on=["pegawai_id", "tahun"], how="inner"
    )
    before["kode_unit"] = before["kode_unit"].astype(str)
    known = before["output_per_day"].notna()
    away, came = (
        before[known & (before["alasan"] == NO_NEED)],
        before[known & (before["kehadiran"] == "hadir")],
    )
    # Somebody may be invited several times a year, and in several years.
    if min(g["pegawai_id"].nunique() for g in (away, came)) < study.plan.privacy.small_cell:
        return UNKNOWN
    found = measures.intervals.difference(
        (away["output_per_day"], came["output_per_day"]),
        (away["kode_unit"], came["kode_unit"]),
        level=study.plan.inference.level,
    )
    return replace(found, n=len(away))
