"""Draws for seats: who was in one, what they were like before, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from helpers.contracts import Study, remembered
from helpers.contracts.lots import MOVED, UNRELATED
from helpers.contracts.lottery import Lottery
from helpers.measures import performance, training, traits
from helpers.measures.panels import employee_year, entities

# Of an earlier draw the reports of its time told; others have been trained since.
_YEARS_TOLD: Final = 2
_UNKNOWN: Final = "?"


def drawn_years(study: Study) -> tuple[int, ...]:
    """The years for whose seats a draw is recorded, of the study's and the one before.

    Parameters
    ----------
    study : with the table ``undian``, or without rows in it.
    """
    years = {int(year) for year in study.undian["tahun"].dropna()}
    first = study.year - _YEARS_TOLD + 1
    return tuple(sorted(year for year in years if first <= year <= study.year))


def by_seed(rows: pd.DataFrame) -> float | None:
    """The share of a draw's rows that are what its seed gives; None where no seed is told, or one
    that has nothing to do with the draw.

    Parameters
    ----------
    rows : of ``undian`` or ``undian_unit``, all of one draw.
    """
    seeds = rows["benih"].fillna("").astype(str)
    repeated = len(seeds) > 0 and not (seeds.eq("") | seeds.str.startswith(UNRELATED)).any()
    return float(1 - seeds.str.startswith(MOVED).mean()) if repeated else None


def seeds_told(rows: pd.DataFrame) -> pd.Series:
    """The seed of each row as it was handed in; empty where none is told.

    Parameters
    ----------
    rows : of ``undian`` or ``undian_unit``.
    """
    return rows["benih"].fillna("").astype(str).str.lstrip(UNRELATED + MOVED)


@remembered
def lottery(study: Study, outcome: str) -> Lottery | None:
    """The last draw of the study's year and the one before; None where there is none, or where
    nobody of it is on the roll.

    Of whom it is not recorded whether they were drawn is left out. Who left the roll stays in the
    draw, without an outcome. Several draws for seats of one year are told apart by their seeds.

    Parameters
    ----------
    study : its plan names the traits and the balance of draws.
    outcome : a column of `employee_year`.
    """
    years = drawn_years(study)
    if not years:
        return None
    year = years[-1]
    known = study.undian["terpilih"].isin(["ya", "tidak"])
    rows = study.undian[(study.undian["tahun"] == year) & known]
    rows = rows.drop_duplicates("pegawai_id", ignore_index=True)
    people, seeds = rows["pegawai_id"], seeds_told(rows)
    several = seeds[seeds != ""].nunique() > 1
    roll = training.roll(study)
    came = roll.loc[(roll["tahun"] == year) & (roll["attended"] == 1), "pegawai_id"]
    first = _as_before(roll, year).reindex(people).reset_index(drop=True)
    if first["tahun"].isna().all():
        return None
    stratum = rows["strata"].fillna("").astype(str)
    held = _lottery(
        study,
        first.assign(
            pegawai_id=people,
            stratum=seeds + ": " + stratum if several else stratum,
            drawn=(rows["terpilih"] == "ya").astype(int),
            came=people.isin(came).astype(int),
        ),
        year,
        outcome,
    )
    return replace(held, by_seed=by_seed(rows))


@remembered
def rehearsal(study: Study, outcome: str) -> Lottery | None:
    """The draw that could have been held among everybody on the roll of the year before, for seats
    of the study's year; nobody is drawn yet. None where that year has no roll.

    Parameters
    ----------
    study : its plan names the strata, the traits and the balance of draws.
    outcome : a column of `employee_year`.
    """
    roll = training.roll(study)
    people = roll[roll["tahun"] == study.year - 1].reset_index(drop=True)
    if people.empty:
        return None
    people = people.assign(stratum=strata(people, tuple(study.plan.draw.strata)), drawn=0, came=0)
    return _lottery(study, people, study.year, outcome)


def _lottery(study: Study, people: pd.DataFrame, year: int, outcome: str) -> Lottery:
    """People in an order that only what is known of them makes, the same for every outcome, so that
    the lots dealt again depend on no pseudonym.
    """
    ids, unit = people["pegawai_id"], people["kode_unit"].astype(object)
    frame = pd.DataFrame(
        {
            "entity": range(len(people)),
            "stratum": people["stratum"],
            # Of whom no unit is known is alone.
            "cluster": pd.factorize(unit.where(unit.notna(), ids), sort=True)[0],
            "drawn": people["drawn"],
            "came": people["came"],
            "before": _measured(study, ids, outcome, year - 1),
            "after": _measured(study, ids, outcome, year),
        }
    )
    balanced = alike(study, people, year - 1)
    order = balanced.assign(unit=unit.astype(str), **frame[["stratum", "drawn", "came"]])
    at = order.sort_values(list(order.columns), kind="stable").index
    label = employee_year(study).unit_labels[outcome]
    return Lottery(
        frame.loc[at].reset_index(drop=True),
        balanced.loc[at].reset_index(drop=True),
        study.plan.draw.balance,
        year,
        outcome,
        label,
    )


def strata(people: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Each person's stratum, ``a / b`` where there are several traits; one that is not recorded is
    a value of its own.

    Parameters
    ----------
    people : one row a person.
    names : columns of ``people``; one stratum for all where there is none.
    """
    if not names:
        return pd.Series(_UNKNOWN, index=people.index)
    known = people[list(names)].astype(object)
    return known.where(known.notna(), _UNKNOWN).astype(str).agg(" / ".join, axis=1)


def alike(study: Study, people: pd.DataFrame, year: int) -> pd.DataFrame:
    """What those drawn and the others are to be alike in: the plan's covariates, and the main
    outcome of the year before the seats, as numbers without gaps.

    Parameters
    ----------
    study : its plan names covariates and outcome.
    people : one row a person, as on the roll.
    year : the one before the seats.
    """
    numbers = traits.as_numbers(people.reset_index(drop=True), study.plan.covariates)
    outcome = study.plan.outcomes.productivity.primary
    measured = performance.employee_years(study)
    of_year = measured[measured["tahun"] == year].set_index("pegawai_id")[outcome]
    last = people["pegawai_id"].map(of_year).astype(float)
    return numbers.set_index(people.index).assign(**{outcome: last.fillna(last.mean()).fillna(0.0)})


def _as_before(roll: pd.DataFrame, year: int) -> pd.DataFrame:
    """Each person's row of the year before the seats; the latest until then of who has none."""
    until = roll[roll["tahun"] <= year]
    order = (until["tahun"] == year - 1).astype(int) * 10_000 + until["tahun"]
    ordered = until.assign(_order=order).sort_values("_order", kind="stable")
    return ordered.drop_duplicates("pegawai_id", keep="last").set_index("pegawai_id")


def _measured(study: Study, people: pd.Series, outcome: str, year: int) -> pd.Series:
    """The outcome of people in a year, in their order; missing where not measured."""
    frame = employee_year(study).frame
    of_year = frame[frame["year"] == year].set_index("entity")[outcome]
    return people.map(entities(study)).map(of_year).astype(float)
