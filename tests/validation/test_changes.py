"""Changes of the data whose answer is known: each is kept, and a wrong answer would be seen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from helpers.causal import Ask, Effect
from helpers.validation.changes import CHANGES
from helpers.validation.following import clusters_doubled, follows
from helpers.validation.metamorphic import Transformed, effect, region, shown, transformed


@pytest.fixture(scope="module")
def ask() -> Ask:
    return region()[0]


@pytest.fixture(scope="module")
def of_units() -> tuple[Transformed, ...]:
    return transformed(region()[1])


@pytest.fixture(scope="module")
def whole(ask) -> Effect:
    return effect(ask)


@pytest.fixture(scope="module")
def rows(ask) -> tuple[Transformed, ...]:
    return transformed(ask)


def test_the_effect_follows_every_change(rows):
    assert [r.change.en for r in rows if not r.kept] == []
    assert len(rows) == len(CHANGES) >= 15


def test_the_effect_on_service_units_follows_too(of_units):
    assert [r.change.en for r in of_units if not r.kept] == []
    assert len(of_units) == sum(c.units for c in CHANGES) >= 7
    before = of_units[0].before
    assert before.primary.interval.low > 0
    assert before.fits.primary.randomised is not None


def test_the_region_has_what_the_changes_need(ask, whole):
    cohorts = ask.panel.frame.loc[ask.panel.frame["cohort"] != 0, "cohort"].unique()
    assert len(cohorts) >= 3
    assert whole.grade in ("strong", "moderate")
    assert whole.primary.interval.low > 0


def test_every_change_changes_something(ask):
    for change in CHANGES:
        start = change.of(ask)
        before, after = start.panel.frame, change.make(start).panel.frame
        same = before.shape == after.shape and before.reset_index(drop=True).equals(after)
        assert not same, change.name.en


def test_another_answer_is_not_kept(ask, rows):
    """Outcomes of some of the trained moved by a third of their spread: no change may be kept."""
    for change, row in zip(CHANGES, rows, strict=True):
        before, made = row.before, change.make(change.of(ask))
        if change.name.en.startswith("dropping the never trained"):
            # What must happen there is who is compared, whatever the outcomes are.
            assert not change.holds(before, before)
            continue
        frame = made.panel.frame.copy()
        moved = (frame["cohort"] != 0) & (frame["year"] >= frame["cohort"])
        moved &= frame["entity"] % 2 == 0
        frame.loc[moved, ask.column] += 0.3 * np.abs(frame[ask.column]).std()
        other = effect(replace(made, panel=replace(made.panel, frame=frame)))
        assert not change.holds(before, other), change.name.en


def test_an_interval_or_grade_that_stays_behind_is_seen(whole):
    found = whole.primary.interval
    assert follows()(whole, whole)
    assert not follows(times=2.0)(whole, whole)
    assert not follows(times=-1.0)(whole, whole)
    assert not follows(plus=0.01)(whole, whole)
    assert not follows()(whole, replace(whole, grade="weak"))
    assert not follows()(whole, replace(whole, claim="decrease"))
    assert follows(graded=False)(whole, replace(whole, grade="weak"))
    assert found.known


def test_twice_the_region_tells_as_much_as_the_root_of_two(rows):
    doubled = next(r for r in rows if r.change.en == "doubling the region with its units")
    errors = [e.primary.interval.std_error for e in (doubled.before, doubled.after)]
    assert errors[0] / errors[1] == pytest.approx(math.sqrt(2), rel=0.1)
    assert doubled.after.primary.n_clusters == 2 * doubled.before.primary.n_clusters
    assert not clusters_doubled(doubled.before, doubled.before)


def test_what_is_dropped_or_added_is_counted(rows):
    by_name = {r.change.en: r for r in rows}
    always = by_name["adding an always-trained cohort"]
    assert always.after.fits.primary.design.n_always > always.before.fits.primary.design.n_always
    nobody = by_name["dropping the never trained, of one cohort"]
    assert math.isnan(nobody.after.primary.interval.value)
    assert shown(nobody.after)["id"].startswith("– (–)")
