"""How the seats of next year would fall to each group of staff under each invitation rule, beside
how this year's did; small groups hidden.
"""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from helpers import measures
from helpers.contracts import GROUPS_OF_PEOPLE, Study, remembered, schemas
from helpers.contracts.units import SHARE
from helpers.describe.invitation_rules import RULES, chances, entitled, shares_of_seats
from helpers.describe.people import as_indicators, invited

AS_THIS_YEAR: Final = "as_this_year"
PLACE: Final = "kecamatan"
# By whom seats are counted; a place is where the unit lies.
GROUPINGS: Final = (*GROUPS_OF_PEOPLE, PLACE)


def placed(study: Study, people: pd.DataFrame) -> pd.DataFrame:
    """People with the place of their unit (``kecamatan``), missing where it is not known.

    Parameters
    ----------
    study : its units say where they lie.
    people : with ``kode_unit``.
    """
    places = study.unit.set_index("kode_unit")[PLACE] if PLACE in study.unit else pd.Series()
    where = people["kode_unit"].map(places)
    return people.assign(**{PLACE: where.astype(object).where(where.notna(), None)})


@remembered
def seats_by_group(study: Study, seats: int) -> pd.DataFrame:
    """Share of the staff and of the seats that each group has, by rule and as this year.

    Parameters
    ----------
    study : its year's roll is whom the seats are for.
    seats : from 1 to as many as there are people; as this year has as many as it had.

    Returns
    -------
    ``rule``, ``group_by``, ``group``, ``people``, ``seats``, ``of_staff`` and ``of_seats`` (0–1).
    Under ``gap`` and ``equal`` seats are those that the group may expect of the lot. A group of few
    people, or with a seat for few, or without one for few, is hidden under that rule, and one more
    where the total would tell.
    """
    people = placed(study, entitled(study))
    taken: dict[str, pd.Series] = {rule: chances(people, seats, rule) for rule in RULES}
    taken[AS_THIS_YEAR] = people["invited"].astype(float)
    parts = [
        shares_of_seats(people, of, by).assign(rule=rule, group_by=by)
        for rule, of in taken.items()
        for by in GROUPINGS
        if of.sum() > 0
    ]
    rows = pd.concat(parts, ignore_index=True)
    hidden = _hidden(study, rows, people, {r: float(t.sum()) for r, t in taken.items()})
    figures = ["people", "seats", "of_staff", "of_seats"]
    rows[figures] = rows[figures].astype(float)
    rows.loc[hidden, figures] = float("nan")
    return schemas.FRAMES["seats"].validate(rows[["rule", "group_by", "group", *figures]])


def _hidden(
    study: Study, rows: pd.DataFrame, people: pd.DataFrame, taken: dict[str, float]
) -> pd.Series:
    """Which rows would tell of few."""
    small_cell = study.plan.privacy.small_cell
    told = pd.DataFrame(
        {
            "year": study.year,
            "indicator": rows["rule"],
            "group_by": rows["group_by"],
            "group": rows["group"],
            "value": rows["seats"] / rows["people"],
            "n": rows["people"],
        }
    ).assign(ci_low=float("nan"), ci_high=float("nan"))
    whole = pd.DataFrame(
        [
            (study.year, rule, "all", "all", of / len(people), len(people), math.nan, math.nan)
            for rule, of in taken.items()
            if of > 0
        ],
        columns=list(told.columns),
    )
    both = pd.concat([told, whole], ignore_index=True)
    # An equal chance is everybody's: it tells nothing of anybody.
    whom = dict.fromkeys(("gap", AS_THIS_YEAR), people.assign(year=study.year))
    known = measures.suppress(both, small_cell, shares=tuple(whom), people=whom)
    return known["n"].iloc[: len(rows)].isna() | _tells_who_is_first(study, rows)


def _tells_who_is_first(study: Study, rows: pd.DataFrame) -> pd.Series:
    """Which rows of the rule by which those of whose right nothing is met come first would tell how
    many these are, where that is hidden: the group's, or all, since a share tells of its whole.
    """
    first = invite_first(study)
    if first.loc[first["group_by"] == "all", "n"].isna().any():
        return rows["rule"] == "gap"
    hidden = pd.MultiIndex.from_frame(first.loc[first["n"].isna(), ["group_by", "group"]])
    of = pd.MultiIndex.from_frame(rows[["group_by", "group"]])
    return pd.Series(of.isin(hidden), index=rows.index) & (rows["rule"] == "gap")


@remembered
def invite_first(study: Study) -> pd.DataFrame:
    """The share of the roll of whose right to hours nothing is met yet, by group: who comes first
    where seats are few.

    Returns
    -------
    Rows of indicators.csv, ``invite_first``; small groups hidden, and those of which few were
    invited and came to nothing: beside the share never invited, this one would tell how many.
    """
    people = placed(study, entitled(study)).assign(all="all")
    nothing = people["met"] == 0
    rows = people.assign(
        invite_first=nothing.astype(float), in_vain=(nothing & (people["ever"] == 1)).astype(float)
    )
    level = study.plan.inference.level
    found = [
        (name, by, str(group), measures.intervals.share(p[name], p["kode_unit"], level=level))
        for name in ("invite_first", "in_vain")
        for by in ("all", *GROUPINGS)
        for group, p in rows.dropna(subset=[by]).groupby(by)
    ]
    columns = ["indicator", "group_by", "group", "found"]
    told = pd.DataFrame(found, columns=columns).assign(unit_label=SHARE.label)
    whom = dict.fromkeys(("invite_first", "in_vain"), people.assign(year=study.year))
    shown = as_indicators(study, [told], shares=tuple(whom), people=whom)
    first, in_vain = (
        shown[shown["indicator"] == name].reset_index(drop=True)
        for name in ("invite_first", "in_vain")
    )
    first.loc[in_vain["n"].isna(), list(measures.HIDDEN)] = float("nan")
    return first


def seats_as_this_year(study: Study) -> int:
    """As many seats as people of the year's roll were invited in it, or took one, where attendances
    alone are recorded; at least one.
    """
    return max(1, int(entitled(study)["invited"].sum()))


@remembered
def share_who_came(study: Study) -> float | None:
    """The share of the people invited in the study's year who came at least once; None where
    attendances alone are recorded, nobody came, or either side is of few.
    """
    asked = invited(study)
    of_year = asked[asked["tahun"] == study.year].groupby("pegawai_id")["attended"].max()
    came, stayed = int((of_year == 1).sum()), int((of_year == 0).sum())
    fewest = study.plan.privacy.small_cell
    if came < fewest or 0 < stayed < fewest:
        return None
    return came / (came + stayed)
