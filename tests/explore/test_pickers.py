"""Choices in the Lab: every one of them shows something, in place, with small groups hidden."""

from __future__ import annotations

import itertools

import pytest

from helpers import explore, intake
from helpers.contracts import Study, project
from helpers.findings import say, told


@pytest.fixture(scope="module")
def study() -> Study:
    return intake.study(project.ROOT / "data" / "sample", 2024, project.DEFAULT_PLAN)


@pytest.fixture
def chosen(study: Study):
    """The widget's parts by what they are called in English."""
    _, rows, grid, below = explore.pickers(study, "en").children
    return {c.description: c for c in (rows, *grid.children)} | {"below": below}


def test_a_choice_changes_what_is_shown_in_place(chosen):
    seen = {chosen["below"].value}
    for name, value in (
        ("Outcome", "skp"),
        ("Groups", "tema"),
        ("Year", 2021),
        ("Theme", "time management"),
        ("Year", ""),
    ):
        chosen[name].value = value
        seen.add(chosen["below"].value)
    assert len(seen) == 6
    assert all("exploring" in html for html in seen)


@pytest.mark.parametrize("rows", ["people", "units", "activities", "forms"])
def test_every_outcome_and_every_group_can_be_chosen(chosen, rows: str):
    chosen["What"].value = rows
    outcomes, groups = ([v for _, v in chosen[n].options] for n in ("Outcome", "Groups"))
    pairs = [(o, groups[0]) for o in outcomes] + [(outcomes[0], g) for g in groups]
    for (outcome, by), year in zip(pairs, itertools.cycle((2024, "")), strict=False):
        chosen["Outcome"].value, chosen["Groups"].value = outcome, by
        chosen["Year"].value = year
        assert "<table" in chosen["below"].value, (outcome, by, year)


@pytest.mark.parametrize("rows", ["people", "units", "activities", "forms"])
def test_nothing_is_grouped_by_itself(chosen, rows: str):
    chosen["What"].value = rows
    every = {g for _, g in chosen["Groups"].options}
    for _, outcome in chosen["Outcome"].options:
        chosen["Outcome"].value = outcome
        assert {g for _, g in chosen["Groups"].options} == every - {outcome}
        assert chosen["Groups"].value != outcome and "<table" in chosen["below"].value


def test_groups_that_became_the_outcome_give_way(chosen):
    chosen["Groups"].value = "trained"
    chosen["Outcome"].value = "trained"
    assert chosen["Groups"].value == "opd" and "Trained by agency" in chosen["below"].value


def test_a_unit_of_few_people_shows_nobodys_figures(chosen, study: Study):
    people = explore.people(study, "en")
    sizes = people[people["year"] == 2024].groupby("unit").size()
    chosen["Unit"].value = sizes.idxmin()
    chosen["Groups"].value = "kelompok_umur"
    assert told("word.hidden")["en"].split(" ")[0] in chosen["below"].value


def test_a_list_offers_what_the_choices_before_it_leave(chosen, study: Study):
    people = explore.people(study, "en")
    every = {v for _, v in chosen["Unit"].options}
    agency = people["opd"].iloc[0]
    chosen["Unit"].value = people.loc[people["opd"] != agency, "unit"].iloc[0]
    chosen["Agency (OPD)"].value = agency
    assert {v for _, v in chosen["Unit"].options} == {
        "",
        *people.loc[people["opd"] == agency, "unit"],
    }
    # A unit of another agency is chosen no longer.
    assert chosen["Unit"].value == "" and "<table" in chosen["below"].value
    chosen["Agency (OPD)"].value = ""
    assert {v for _, v in chosen["Unit"].options} == every


def test_choices_that_leave_nothing_say_so(chosen):
    chosen["Theme"].value, chosen["Year"].value = "time management", 2018
    assert chosen["below"].value == f"<p>{say('explore.none_chosen', 'en')}</p>"
