"""Other people's numbers on real data, through the functions that the notebooks call."""

from __future__ import annotations

from collections import Counter

import pytest

from helpers import validation
from helpers.contracts import Text
from helpers.validation import Printed
from helpers.validation.published import against_cps, medicaid


@pytest.fixture(scope="module")
def rows() -> tuple[Printed, ...]:
    return validation.published()


def test_every_printed_figure_is_reproduced(rows):
    assert [f"{r.study.en}: {r.figure.en}: {r.ours}" for r in rows if not r.agrees] == []


def test_all_but_bounds_are_reproduced_to_the_last_digit(rows):
    exact = [r for r in rows if r.study.en != "Medicaid expansion"]
    assert {r.within for r in exact} == {0.0}
    for r in exact:
        assert abs(r.ours - float(r.printed)) <= 0.5001 * 10**-r.decimals, r


def test_bounds_are_as_near_as_the_grid_of_the_vignette(rows):
    bounds = [r for r in rows if r.study.en == "Medicaid expansion"]
    assert {r.within for r in bounds if r.figure.en.startswith("M̄")} == {0.0006}
    assert {r.within for r in bounds if r.figure.en.startswith("M =")} == {0.0001}


def test_agreement_means_the_last_printed_digit():
    def row(printed: str, ours: float, within: float = 0.0) -> Printed:
        return Printed(Text.same("s"), Text.same("f"), printed, ours, Text.same("x"), within)

    assert row("-.080", -0.0804).agrees
    assert not row("-.080", -0.0806).agrees
    assert not row("1794", 1794.6).agrees
    assert row(".0241", 0.0235, 0.0006).agrees
    assert not row(".0241", 0.0234, 0.0006).agrees


def test_every_study_is_there(rows):
    assert Counter(r.study.en for r in rows) == {
        "minimum wage (mpdta)": 25,
        "NSW job training": 13,
        "Michigan training grants": 10,
        "Medicaid expansion": 16,
    }


def test_the_comparison_groups_are_those_of_the_documentation():
    people = against_cps()
    assert len(people) == 2 * (425 + 15_992)
    assert people["treated"].sum() == 2 * 425
    assert people.groupby("entity")["year"].nunique().eq(2).all()


def test_the_event_study_of_the_states_is_a_difference_of_mean_changes():
    raw = validation.read("medicaid_ehec")
    raw = raw[(raw["year"] < 2016) & (raw["yexp2"] != 2015)]
    means = raw.groupby([raw["yexp2"] == 2014, "year"])["dins"].mean().unstack()
    change = means.sub(means[2013], axis=0)
    study = medicaid()
    for time, effect in zip(study.times, study.effects, strict=True):
        plain = change.loc[True, 2014 + time] - change.loc[False, 2014 + time]
        assert effect == pytest.approx(plain, abs=1e-12)
