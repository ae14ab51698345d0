"""What a report publishes of people, as its tables have it, and the people that each figure is of.

Left out are the pages of effects but for the numbers of people in them where nothing is estimated:
an effect is weighted by what other people do, so that no sum of it is anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers import describe, measures
from helpers.contracts import GROUPS_OF_PEOPLE, Study
from helpers.describe.attendance import Participation
from helpers.describe.invitation_rules import chances, entitled, entitled_before
from helpers.describe.people import invited
from helpers.describe.seats import GROUPINGS, placed
from helpers.validation.compared_people import Compared, compared

# Of whom each indicator is, and the column that it counts or adds up.
OF_ROLL: Final = {
    "trained_share": "trained",
    "jp_mean": "jp",
    "jp_target_share": "reaches_target",
    "invited_share": "invited",
}
OF_INVITED: Final = {"refusal_share": "refused"}
OF_MEASURED: Final = {
    "skp_mean": "skp",
    "output_per_day": "output_per_day",
    "on_time_share": "on_time_share",
    "discipline_share": "disciplined",
}
COUNTED: Final = (
    "trained_share",
    "jp_target_share",
    "invited_share",
    "refusal_share",
    "discipline_share",
    "never_invited",
    "invite_first",
)
SENSITIVE: Final = ("discipline_share",)


@dataclass(frozen=True, slots=True)
class Release:
    """One report: what it shows, and what lies behind.

    Parameters
    ----------
    study : its data.
    shown : rows of ``year, indicator, group_by, group, value, n``, hidden ones empty.
    people : one row a person and year: ``pegawai_id, tahun``, the groups, and every column that a
        figure is made of; missing where nothing is known of the person.
    parts : tables of parts of a whole (answers, reasons, ratings) by name, with ``value`` and ``n``
        as shown and ``rows`` and ``persons`` as they are.
    invitations : how many there were, by year, as far as the report tells.
    seats : how many were given this year; None where the report does not tell.
    gap : ``group_by, group, of_seats`` where those whose right is least met come first.
    advice : rows of ``as_advised`` that are shown.
    compared : how many people are compared where nothing can be estimated.
    """

    study: Study
    shown: pd.DataFrame
    people: pd.DataFrame
    parts: dict[str, pd.DataFrame]
    invitations: pd.Series
    seats: int | None
    gap: pd.DataFrame
    advice: pd.DataFrame
    compared: tuple[Compared, ...]

    @property
    def year(self) -> int:
        return self.study.year


def release(study: Study) -> Release:
    """A study's report.

    Parameters
    ----------
    study : with performance, activities and participants.
    """
    took_part = describe.who_takes_part(study)
    never = took_part.never_invited.assign(year=study.year, indicator="never_invited")
    shown = pd.concat(
        [
            describe.participation(study),
            describe.productivity(study),
            describe.invite_first(study),
            never,
            _ratios(study),
            _seats(study),
        ],
        ignore_index=True,
    )
    kept = shown[["year", "indicator", "group_by", "group", "value", "n"]]
    seats = describe.seats_as_this_year(study)
    by_group = describe.seats_by_group(study, seats)
    told = by_group.pivot(index=["group_by", "group"], columns="rule", values="of_seats")
    ruled = told.reindex(columns=["gap", "equal", "as_this_year"]).notna().all(axis=1).any()
    advice = describe.as_advised(study).rows
    return Release(
        study,
        kept,
        _people(study),
        _parts(study, took_part),
        _invitations(study),
        seats if ruled else None,
        by_group[by_group["rule"] == "gap"],
        advice.dropna(subset=["value"]),
        compared(study),
    )


def _ratios(study: Study) -> pd.DataFrame:
    """Each group's chance of an invitation as a ratio to that of all others."""
    return describe.invitation_parity(study).assign(year=study.year, indicator="parity")


def _seats(study: Study) -> pd.DataFrame:
    """Seats and people of each group as this year, as the share of the people with a seat."""
    rows = describe.seats_by_group(study, describe.seats_as_this_year(study))
    now = rows[rows["rule"] == "as_this_year"]
    return pd.DataFrame(
        {
            "year": study.year,
            "indicator": "seats",
            "group_by": now["group_by"],
            "group": now["group"],
            "value": now["seats"] / now["people"],
            "n": now["people"],
        }
    )


def _people(study: Study) -> pd.DataFrame:
    roll = placed(study, measures.training.roll(study))
    asked = invited(study).groupby(["pegawai_id", "tahun"])["refused"].max().reset_index()
    scores = measures.performance.employee_years(study)
    rows = roll.merge(asked, on=["pegawai_id", "tahun"], how="left").merge(
        scores, on=["pegawai_id", "tahun"], how="left"
    )
    rows = rows.merge(_up_to(study), on=["pegawai_id", "tahun"], how="left")
    columns = (
        *OF_ROLL.values(),
        *OF_INVITED.values(),
        *OF_MEASURED.values(),
        "never_invited",
        "invite_first",
        "right",
        "chance",
    )
    return rows[["pegawai_id", "tahun", "kode_unit", *GROUPINGS, *columns]].reset_index(drop=True)


def _up_to(study: Study) -> pd.DataFrame:
    """Of the report's year and the one before: who was never invited, of whose right nothing is
    met, how many years it is of, and the chance of a seat where those come first.
    """
    roll, asked = measures.training.roll(study), measures.training.invitations(study)
    years = roll.loc[roll["tahun"].between(asked["tahun"].min(), study.year), "pegawai_id"]
    now, before = entitled(study), entitled_before(study)
    given = chances(now, describe.seats_as_this_year(study), "gap")
    both = pd.concat([now.assign(chance=given), before.assign(chance=np.nan)])
    nothing = both["met"] == 0
    return pd.DataFrame(
        {
            "pegawai_id": both["pegawai_id"],
            "tahun": both["tahun"],
            "never_invited": 1.0 - both["ever"],
            "invite_first": nothing.astype(float),
            "right": both["pegawai_id"].map(years.value_counts()),
            "chance": both["chance"],
        }
    )


def _parts(study: Study, took_part: Participation) -> dict[str, pd.DataFrame]:
    now = invited(study)
    now = now[now["tahun"] == study.year]
    rated = study.kinerja[study.kinerja["tahun"] == study.year]
    away = now[now["kehadiran"] != "hadir"]
    return {
        "answers": _counted(took_part.answers, now, "kehadiran"),
        "reasons": _counted(took_part.reasons, away[away["alasan"].fillna("") != ""], "alasan"),
        "predikat": _counted(describe.ratings(study), rated, "predikat"),
    }


def _counted(shown: pd.DataFrame, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    by = rows.groupby(column)["pegawai_id"].agg(rows="size", persons="nunique")
    return shown[["group", "value", "n"]].merge(by, left_on="group", right_index=True)


def _invitations(study: Study) -> pd.Series:
    """Invitations by year, as the contents of the first page have them."""
    rows = describe.rows_by_year(study)
    of = rows[rows["table"] == "peserta"]
    return of.set_index("year")["rows"]


assert set(GROUPS_OF_PEOPLE) < set(GROUPINGS)
