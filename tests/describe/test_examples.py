"""Gains drawn towards their mean: luck is not held up as a model."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from helpers import simulate
from helpers.contracts import Study
from helpers.contracts.plan_file import load
from helpers.describe.examples import examples, shrunk


def _regions(spread: float, mean: float, regions: int = 300, units: int = 40):
    rng = np.random.default_rng(11)
    for _ in range(regions):
        truth = mean + spread * rng.standard_normal(units)
        errors = pd.Series(rng.uniform(0.1, 0.3, units))
        yield truth, pd.Series(truth + errors * rng.standard_normal(units)), errors


@pytest.mark.parametrize("mean", [0.0, 0.3])
def test_where_no_unit_differs_an_example_is_rare(mean):
    with_one = [shrunk(seen, errors)["stands"].any() for _, seen, errors in _regions(0.0, mean)]
    assert np.mean(with_one) <= 0.05
    # Held up by their own intervals alone, most regions would have an example.
    raw = [(seen - seen.mean() > 1.96 * errors).any() for _, seen, errors in _regions(0.0, mean)]
    assert np.mean(raw) > 0.5


def test_where_units_differ_the_drawn_gains_are_closer_and_their_intervals_hold_the_truth():
    held, closer, right, named = [], [], 0, 0
    for truth, seen, errors in _regions(0.3, 0.2):
        found = shrunk(seen, errors)
        held.append(((found["ci_low"] <= truth) & (truth <= found["ci_high"])).mean())
        closer.append(((found["value"] - truth) ** 2).mean() < ((seen - truth) ** 2).mean())
        named += found["stands"].sum()
        right += (truth[found["stands"]] > max(0, truth.mean())).sum()
    assert 0.93 <= np.mean(held) <= 0.97
    assert np.mean(closer) > 0.9
    assert named > 300 and right / named > 0.95


def test_the_drawing_is_by_hand():
    seen, errors = pd.Series([0.0, 1.0, 2.0, 5.0]), pd.Series([1.0, 1.0, 1.0, 1.0])
    between = seen.var(ddof=1) - 1
    kept = between / (between + 1)
    assert shrunk(seen, errors)["value"].tolist() == pytest.approx(
        (seen.mean() + kept * (seen - seen.mean())).tolist()
    )


def test_examples_of_few_people_are_left_out(study: Study):
    found = examples(study)
    assert len(found) and (found["n"] >= study.plan.privacy.small_cell).all()
    assert set(found["group_by"]) <= {"unit", "tema"}
    assert (found["ci_low"] <= found["value"]).all() and (found["value"] <= found["ci_high"]).all()


def test_few_people_added_to_a_group_wait_until_they_are_enough():
    """Two years' means of one unit, with their numbers, would be the gain of the one who came."""
    world = simulate.World(seed=8, employees=500, units=7, forms_per_year=100)
    study = simulate.study(simulate.make(world), load(None))
    tables = ("pegawai", "kegiatan", "peserta", "kinerja", "skm")

    def until(year: int) -> pd.DataFrame:
        rows = {t: study.table(t)[study.table(t)["tahun"] <= year] for t in tables}
        found = examples(replace(study, year=year, **rows))
        return found.set_index(["group_by", "group"])

    reports = [until(year) for year in (2022, 2023, 2024)]
    more = 0
    for before, now in pairwise(reports):
        both = before.index.intersection(now.index)
        added = now["n"][both] - before["n"][both]
        assert ((added == 0) | (added >= 10)).all(), added
        assert np.allclose(now["seen"][both][added == 0], before["seen"][both][added == 0])
        more += (added >= 10).sum()
    assert more
