"""Nothing is told of few people: no point of an event study, no number and no mean before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers.causal import effects
from helpers.causal.ask import Ask
from helpers.causal.exploring import explored
from helpers.causal.fit import fit
from helpers.contracts.panel import NEVER, Panel
from tests.causal.test_other_estimators import asked, changed, people

SMALL = 10


def trained(**when: int) -> Panel:
    """So many people trained from each year on, of 400."""
    panel, start = people(), 0
    cohort = np.full(400, NEVER)
    for year, count in when.items():
        cohort[start : start + count] = int(year[1:])
        start += count
    each = np.repeat(cohort, 6)
    return changed(panel, panel.frame.assign(cohort=each, exposed=each, first_invited=each))


def of_people(panel: Panel) -> Ask:
    return replace(asked(panel), small_cell=SMALL)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        # Years since training to the people who entered: a cohort of six is not shown as 106, nor
        # alone, nor is it what the average over the treated years leaves.
        ({"_2019": 6, "_2021": 100}, {-4: 100, -3: 100, -2: 106, 0: 106}),
        ({"_2019": 12, "_2021": 100}, {-4: 100, -3: 100, -2: 112, 0: 112, 1: 112, 2: 12, 3: 12}),
        ({"_2019": 6, "_2020": 30, "_2021": 100}, {-4: 100, -3: 130, -2: 136, 0: 136, 1: 136}),
    ],
)
def test_each_year_since_training_has_its_own_people(when, shown):
    found = fit(of_people(trained(**when)))
    assert {e.about.horizon: e.n_treated for e in found.event_study} == shown
    assert found.estimate.n_treated == sum(when.values())
    # The checks see all of them.
    assert found.study is not None and set(found.study.times) == {-4, -3, -2, 0, 1, 2, 3}
    assert {e.baseline_mean for e in found.event_study} == {found.estimate.baseline_mean}


def test_numbers_of_few_people_whose_effect_is_unknown_are_not_told():
    few = of_people(trained(_2020=4))
    (effect,) = effects([few, *few.with_simple_comparisons()[1:]])
    assert not effect.primary.interval.known
    for e in effect.estimates:
        assert (e.n_treated, e.n_control) == (0, 0) and np.isnan(e.baseline_mean)
        assert not e.interval.known


def test_units_are_no_people():
    """Numbers of service units tell of nobody."""
    few = replace(of_people(trained(_2020=8)), small_cell=0)
    assert {e.n_treated for e in fit(few).event_study} == {8}


@pytest.mark.parametrize(("new", "told"), [(6, 0), (40, 40)])
def test_two_years_reports_do_not_tell_how_few_were_trained_since(new, told):
    ask = of_people(trained(_2020=100, _2022=new))
    assert ask.year == 2022
    (effect,) = effects([ask])
    assert effect.primary.n_treated == 100 + told
    by_horizon = {e.about.horizon: e.n_treated for e in effect.estimates if e.about.horizon == 0}
    assert by_horizon == {0: 100 + told}
    # The effect itself is of all of them.
    assert effect.fits.primary.estimate.n_treated == 100 + new
    assert explored([replace(ask, role="subgroup")], SMALL, list)[0].n_treated == 100 + told
