"""Who would be invited next year within the seats, under each rule; and how the seats would fall to
each group of staff.

What is told of groups needs no lot: where a rule leaves it to a lot, each of the tied has the same
chance, and the seats that a group may expect are the sum of its chances. So no figure depends on a
seed, nor on the key of the pseudonyms.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import Study, remembered
from helpers.contracts.lots import lot

Rule = Literal["gap", "equal"]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)
# Hours closer than this are the same right met.
_DECIMALS: Final = 6


@remembered
def entitled(study: Study) -> pd.DataFrame:
    """Everybody on the roll of the study's year with how much of their right to the plan's hours a
    year was met.

    Years count from the first one with a recorded invitation, and only those in which the person
    was on the roll; hours beyond a year's target make up for no other year.

    Returns
    -------
    The roll's rows of the year, with ``met`` (share, 0–1), ``missing`` (JP) and ``ever`` (0/1:
    invited in any year).

    Source: PP 11/2017 article 203(4): at least 20 JP in a year.
    """
    return _entitled(study, study.year)


@remembered
def entitled_before(study: Study) -> pd.DataFrame:
    """`entitled` of the year before the study's, from nothing later: whom that year's report had to
    advise to invite first.
    """
    return _entitled(study, study.year - 1)


def _entitled(study: Study, year: int) -> pd.DataFrame:
    roll, invitations = (
        rows[rows["tahun"] <= year]
        for rows in (measures.training.roll(study), measures.training.invitations(study))
    )
    since = int(invitations["tahun"].min()) if len(invitations) else year
    target = study.plan.jp.target
    years = roll[roll["tahun"] >= since]
    counted = years.assign(had=years["jp"].clip(upper=target)).groupby("pegawai_id")["had"]
    had, right = counted.sum(), counted.size() * float(target)
    now = roll[roll["tahun"] == year].reset_index(drop=True)
    return now.assign(
        met=now["pegawai_id"].map(had / right).astype(float).round(_DECIMALS),
        missing=now["pegawai_id"].map(right - had).astype(float).round(_DECIMALS),
        ever=now["pegawai_id"].isin(invitations["pegawai_id"]).astype(float),
    )


def chances(people: pd.DataFrame, seats: int, rule: Rule) -> pd.Series:
    """Each person's chance of a seat under a rule; they add up to the seats.

    Parameters
    ----------
    people : one row a person, with ``met`` and ``missing`` of `entitled`.
    seats : from 0 to as many as there are people.
    rule : ``gap`` seats those whose right is least met, of equal ones those who miss most hours,
        and draws among the tied; ``equal`` draws among all.

    Raises
    ------
    ValueError : fewer people than seats, or seats below zero.
    """
    if not 0 <= seats <= len(people):
        raise ValueError(seats)
    if rule == "equal":
        return pd.Series(seats / max(1, len(people)), index=people.index)
    place = people.groupby(_turn(people), sort=True)
    sizes = place.size()
    left = (seats - (sizes.cumsum() - sizes)).clip(lower=0).clip(upper=sizes)
    return pd.Series((left / sizes).to_numpy()[place.ngroup()], index=people.index)


def seated(people: pd.DataFrame, keys: pd.Series, seats: int, rule: Rule, seed: int) -> pd.Index:
    """Who gets a seat, first one first; a lot decides among the tied, which anybody who knows the
    keys and the seed can repeat.

    Parameters
    ----------
    people : as of `chances`.
    keys : a text for each person that does not depend on this workspace, such as the NIP.
    seats : from 0 to as many as there are people.
    rule : as of `chances`.
    seed : of the lot.

    Returns
    -------
    Labels of the rows of ``people``.

    Raises
    ------
    ValueError : as of `chances`.
    """
    if not 0 <= seats <= len(people):
        raise ValueError(seats)
    order = pd.DataFrame({"lot": [lot(k, seed) for k in keys]}, index=people.index)
    order["turn"] = _turn(people) if rule == "gap" else 0
    return order.sort_values(["turn", "lot"]).index[:seats]


def _turn(people: pd.DataFrame) -> pd.Series:
    """Whose turn it is: 0 for those whose right is least met and who miss most hours."""
    order = pd.MultiIndex.from_arrays([people["met"], -people["missing"]])
    codes, _ = pd.factorize(order, sort=True)
    return pd.Series(codes, index=people.index)


def shares_of_seats(people: pd.DataFrame, seats_of: pd.Series, by: str) -> pd.DataFrame:
    """The share of the seats that falls to each group, beside its share of the staff.

    Parameters
    ----------
    people : one row a person; those of no known group are left out of both.
    seats_of : how much of a seat each person gets or may expect.
    by : the column that makes the groups.

    Returns
    -------
    ``group``, ``people``, ``seats``, ``of_staff`` and ``of_seats`` (shares, 0–1).
    """
    known = people[by].notna()
    groups = people.loc[known, by].astype(str)
    found = pd.DataFrame(
        {"people": groups.groupby(groups).size(), "seats": seats_of[known].groupby(groups).sum()}
    )
    whole = found["seats"].sum()
    found["of_staff"] = found["people"] / found["people"].sum()
    found["of_seats"] = found["seats"] / whole if whole > 0 else np.nan
    return found.rename_axis("group").reset_index()
