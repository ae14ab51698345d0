"""Who was trained in which theme, by which kind of activity and for how many hours, as panels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pandas as pd

from helpers.contracts import Study, remembered
from helpers.contracts.panel import NEVER, Panel
from helpers.measures import training
from helpers.measures.panels import employee_year, entities, unit_cohorts_of, unit_year

# The lower ends of the bands of hours above the plan's own minimum.
_BANDS: Final = (32.0, 48.0)


@remembered
def theme_people(study: Study, theme: str) -> Panel:
    """Employees by year, treated from the first year with the plan's hours of one theme.

    Whoever had an hour of the theme is no control. From the year on in which somebody attends
    another theme, that person's rows are left out, of the treated and of the controls alike: what
    is compared is the theme alone with no training at all, so that neither side carries what the
    other themes did.

    Parameters
    ----------
    study : its plan fixes hours and the latest day.
    theme : as the plan's theory of change writes it.
    """
    panel, entity = employee_year(study), entities(study)
    invited = training.invitations(study)
    own = _same(invited["tema"], theme)
    came = invited["attended"] == 1
    frame = panel.frame
    treated = _by_entity(training.cohorts(invited[own], study.plan), entity)
    exposed = _by_entity(_first(invited[own & came]), entity)
    elsewhere = frame["entity"].map(_by_entity(_first(invited[~own & came]), entity))
    frame = frame.assign(
        cohort=frame["entity"].map(treated).fillna(NEVER).astype(int),
        exposed=frame["entity"].map(exposed).fillna(NEVER).astype(int),
        left_out_from=elsewhere.fillna(NEVER).astype(int),
    )
    return replace(panel, frame=frame).only(elsewhere.isna() | (frame["year"] < elsewhere))


@remembered
def theme_units(study: Study, theme: str) -> Panel:
    """Service units by year, treated once the plan's share of their staff has the plan's hours of
    one theme.

    Most units have somebody with an hour of it, and staff of other themes: a unit below the share
    is a control all the same.

    Parameters
    ----------
    study : its plan fixes hours, the latest day and the share.
    theme : as the plan's theory of change writes it.
    """
    panel, people = unit_year(study), training.roll(study)
    invited = training.invitations(study)
    cohort = training.cohorts(invited[_same(invited["tema"], theme)], study.plan)
    from_year = people["pegawai_id"].map(cohort)
    reached = (people["tahun"] >= from_year).fillna(False).astype(float)
    first = unit_cohorts_of(people.assign(trained=reached), study)
    frame = panel.frame.drop(columns="near_threshold", errors="ignore")
    frame = frame.assign(
        cohort=frame["unit"].map(first).fillna(NEVER).astype(int) if len(frame) else frame["cohort"]
    )
    return replace(panel, frame=frame)


@remembered
def first_training(study: Study) -> pd.DataFrame:
    """The training by which each person first reached the plan's hours in a year.

    Returns
    -------
    By ``pegawai_id``: ``metode``, empty where activities of several kinds made up the year, or one
    whose kind is not recorded; ``jp``, the year's hours; ``band``, those hours in bands such as
    ``20–31`` and ``48+``.
    """
    came = training.invitations(study)
    came = came[came["attended"] == 1]
    came = came.assign(metode=came["metode"].fillna(""))
    years = came.groupby(["pegawai_id", "tahun"]).agg(
        jp=("jp", "sum"), metode=("metode", "first"), kinds=("metode", "nunique")
    )
    least = study.plan.treatment.productivity.min_jp
    enough = years[years["jp"] >= least].reset_index().sort_values(["pegawai_id", "tahun"])
    first = enough.drop_duplicates("pegawai_id").set_index("pegawai_id")
    edges = [least, *(edge for edge in _BANDS if edge > least)]
    names = [f"{a:g}–{b - 1:g}" for a, b in pairwise(edges)]
    names.append(f"{edges[-1]:g}+")
    bands = pd.cut(first["jp"], [*edges, float("inf")], right=False, labels=names)
    return pd.DataFrame(
        {
            "metode": first["metode"].where(first["kinds"] == 1, "").astype(str),
            "jp": first["jp"].astype(float),
            "band": bands.astype(str),
        }
    )


def trained_as(study: Study, people: Collection[str]) -> Panel:
    """The employee-year panel with none but these people among the trained.

    Parameters
    ----------
    study : whose employees.
    people : ``pegawai_id`` of the trained who stay; all who were never trained stay.
    """
    panel = employee_year(study)
    chosen = entities(study).reindex(list(people)).dropna()
    return panel.only((panel.frame["cohort"] == NEVER) | panel.frame["entity"].isin(chosen))


def _same(themes: pd.Series, theme: str) -> pd.Series:
    return themes.fillna("").astype(str).str.strip().str.casefold() == theme.strip().casefold()


def _first(invited: pd.DataFrame) -> pd.Series:
    return invited.groupby("pegawai_id")["tahun"].min()


def _by_entity(years: pd.Series, entity: pd.Series) -> pd.Series:
    """Years of people as years of the panel's entities; who is on no roll is left out."""
    known = years[years.index.isin(entity.index)]
    return pd.Series(known.to_numpy(float), index=known.index.map(entity.to_dict()))
