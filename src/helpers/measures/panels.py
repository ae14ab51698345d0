"""Employee-year and unit-year panels, ready to analyse."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import Study, codes, remembered
from helpers.contracts.measure_shapes import panel_schema
from helpers.contracts.panel import FEWEST_EMPLOYEES, NEVER, Panel, Unfit
from helpers.contracts.schemas import empty
from helpers.contracts.units import IKM_POINTS, SD_WITHIN_YEAR
from helpers.measures import performance, respondents, satisfaction, training, traits

# Where one person trained is a trained unit, an attendance recorded wrongly is the whole treatment.
_FEWEST_TRAINED: Final = 2.0
# Half of the width of the band about the threshold of a unit's treatment, in shares of its staff.
_EDGE = 0.05


@remembered
def employee_year(study: Study) -> Panel:
    """Employees by year: output per day, SKP, on-time share; treated from the first year with
    enough hours.

    SKP is standardised within year where the history crosses the change of scale of 2021/2022.
    Covariates are taken from a person's first year on the roll, before any treatment; a missing one
    has its own indicator.
    """
    plan = study.plan
    people = training.roll(study)
    scores = performance.employee_years(study)
    broken = performance.crosses_break(scores["tahun"])
    if broken:
        scores = scores.assign(skp=scores["skp_standardised"])
    frame = people.merge(scores, on=["pegawai_id", "tahun"], how="inner", validate="one_to_one")
    first = traits.first_years(people)
    alike = traits.as_numbers(first, plan.covariates)
    entity = entities(study)
    units = study.unit.set_index("kode_unit")
    where = (
        first["kode_unit"]
        if plan.cluster == "kode_unit"
        else first["kode_unit"].map(units["opd"]).fillna(first["kode_unit"])
    )
    cluster = pd.Series(pd.factorize(where, sort=True)[0], index=first.index)
    outcomes = tuple(dict.fromkeys((*plan.outcomes.productivity.all, *plan.placebo.productivity)))
    names = [str(name) for name in alike]
    panel = pd.DataFrame(
        {
            "entity": frame["pegawai_id"].map(entity),
            "cluster": frame["pegawai_id"].map(cluster),
            "year": frame["tahun"].astype(int),
            "cohort": frame["cohort"].astype(int),
            "exposed": frame["exposed"].astype(int),
            "first_invited": frame["first_invited"].astype(int),
            "unit": frame["kode_unit"],
        }
    )
    panel = panel.assign(**{name: frame[name].astype(float) for name in outcomes})
    panel = panel.assign(
        **{name: frame["pegawai_id"].map(alike[name]).astype(float) for name in names}
    )
    panel = panel.sort_values(["entity", "year"], ignore_index=True)
    labels = dict(performance.UNIT_LABELS)
    if broken:
        labels["skp"] = SD_WITHIN_YEAR.label
    seldom, unfit = traits.seldom(study), _few(people)
    if seldom and unfit is None:
        unfit = "trait_unrecorded"
    return Panel(
        panel,
        outcomes,
        tuple(names),
        labels,
        unfit=unfit,
        seldom_recorded=seldom,
        trait_of=traits.trait_of(names, plan.covariates),
    )


def _few(people: pd.DataFrame) -> Unfit | None:
    return "few_employees" if people["pegawai_id"].nunique() < FEWEST_EMPLOYEES else None


@remembered
def employee_year_cumulative(study: Study) -> Panel:
    """The same people, treated from the year in which their hours of all years reach the minimum;
    until their first hour they are controls, as everywhere.
    """
    panel = employee_year(study)
    people = entities(study).index.to_numpy()
    cohort = training.cumulative_cohorts(training.invitations(study), study.plan)
    who = pd.Series(people[panel.frame["entity"]])
    treated = who.map(cohort).fillna(NEVER).astype(int)
    return replace(panel, frame=panel.frame.assign(cohort=treated))


@remembered
def entities(study: Study) -> pd.Series:
    """The whole number by which `employee_year` knows each person, by ``pegawai_id``."""
    first = traits.first_years(training.roll(study))
    return pd.Series(range(len(first)), index=first.index)


@remembered
def groups_of_people(study: Study) -> pd.DataFrame:
    """The plan's subgroups of each person as they were in the first year on the roll, before any
    treatment: one row an entity of `employee_year`, missing where not recorded.
    """
    first = traits.first_years(training.roll(study))[list(study.plan.subgroups)]
    return first.set_axis(range(len(first)), axis="index").replace("", np.nan)


@remembered
def unit_year(study: Study) -> Panel:
    """Service units by year: IKM, each unsur and ``staff_unsur`` on the IKM scale; treated once
    enough staff are trained.

    ``staff_unsur`` is the mean of the unsur that staff can move less the mean of those that they
    cannot (the plan's ``movable`` and ``negative_controls``), which a shock to the whole unit
    leaves untouched.

    Unit-years with fewer forms than the plan's minimum are left out. Units are their own clusters.
    """
    return _unit_panel(study, study.skm, study.plan.treatment.satisfaction.min_share)


@remembered
def unit_year_treated_from(study: Study, share: float) -> Panel:
    """The same units, treated from another share of trained staff on than the plan's.

    Parameters
    ----------
    study : its forms and its roll.
    share : of a unit's staff, 0–1.
    """
    return _unit_panel(study, study.skm, share)


@remembered
def unit_year_of_like_respondents(study: Study) -> Panel:
    """The same units as if the same mix of people had answered everywhere and in every year."""
    share = study.plan.treatment.satisfaction.min_share
    return _unit_panel(study, respondents.alike(study.skm), share)


def _unit_panel(study: Study, forms: pd.DataFrame, share: float) -> Panel:
    plan = study.plan
    enough = (
        forms.groupby(["kode_unit", "tahun"])["kode_unit"].transform("size")
        >= plan.skm.min_respondents
    )
    forms = forms[enough]
    outcomes = ("ikm", "staff_unsur", *codes.UNSUR)
    frame = satisfaction.unit_means(forms, ["kode_unit", "tahun"], weights=plan.skm.weights)
    if frame.empty:
        nothing = empty(panel_schema(outcomes, ())).assign(near_threshold=0)
        return Panel(nothing, outcomes, (), dict.fromkeys(outcomes, IKM_POINTS.label), True)
    of = plan.outcomes.satisfaction
    movable, others = frame[list(of.movable)], frame[list(of.negative_controls)]
    frame = frame.assign(staff_unsur=movable.mean(axis=1) - others.mean(axis=1))
    cohort = unit_cohorts(study, share)
    code = {k: i for i, k in enumerate(sorted(frame["kode_unit"].unique()))}
    panel = pd.DataFrame(
        {
            "entity": frame["kode_unit"].map(code).astype(int),
            "cluster": frame["kode_unit"].map(code).astype(int),
            "year": frame["tahun"].astype(int),
            "cohort": frame["kode_unit"].map(cohort).fillna(NEVER).astype(int),
            "unit": frame["kode_unit"],
            "near_threshold": frame["kode_unit"].isin(near_threshold(study)).astype(int),
            "forms": frame["n"].astype(int),
            **{name: frame[name].astype(float) for name in outcomes},
        }
    ).sort_values(["entity", "year"], ignore_index=True)
    labels = dict.fromkeys(outcomes, IKM_POINTS.label)
    people = training.roll(study)
    last = people[people["tahun"] == people["tahun"].max()]
    staff = float(last.groupby("kode_unit").size().mean())
    unfit = _few(people) or ("small_units" if staff * share < _FEWEST_TRAINED else None)
    return Panel(panel, outcomes, (), labels, True, unfit, staff=staff)


@remembered
def unit_cohorts(study: Study, share: float | None = None) -> pd.Series:
    """First year in which a share of a unit's staff on the roll had been trained; never-reached
    left out.

    Parameters
    ----------
    study : its roll and its training.
    share : of a unit's staff, 0–1; the plan's where none is named.
    """
    return unit_cohorts_of(training.roll(study), study, share)


def unit_cohorts_of(people: pd.DataFrame, study: Study, share: float | None = None) -> pd.Series:
    """The same where ``trained`` of each person and year is given.

    Parameters
    ----------
    people : the roll, with ``trained`` from 0 to 1.
    study : whose plan names the share.
    share : of a unit's staff, 0–1; the plan's where none is named.
    """
    least = study.plan.treatment.satisfaction.min_share if share is None else share
    trained = _trained_share(people)
    return trained[trained["trained"] >= least].groupby("kode_unit")["tahun"].min()


@remembered
def near_threshold(study: Study) -> frozenset[str]:
    """Units that a few people put on one side of the threshold: their trained share stood within 5
    percentage points of it when they were first treated, or in any year if they never were.
    """
    share = _trained_share(training.roll(study))
    first = share["kode_unit"].map(unit_cohorts(study))
    told = share[first.isna() | (share["tahun"] == first)]
    edge = (told["trained"] - study.plan.treatment.satisfaction.min_share).abs() <= _EDGE
    return frozenset(told.loc[edge, "kode_unit"].astype(str))


def _trained_share(people: pd.DataFrame) -> pd.DataFrame:
    """Share of each unit's staff on the roll that had been trained, by unit and year."""
    return people.groupby(["kode_unit", "tahun"])["trained"].mean().reset_index()
