"""Who attends once invited: differences with other traits alike, and none where none are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import describe, intake
from helpers.contracts import Plan, Study, project
from helpers.describe.people import invited


@pytest.fixture(scope="module")
def study(plan: Plan) -> Study:
    """The sample: the small region has too few invitations for a model of as many traits."""
    return intake.study(project.SAMPLE, 2024, plan)


def _answered(study: Study, comes: np.ndarray) -> Study:
    answers = pd.Series(np.where(comes, "hadir", "tidak_hadir"), index=study.peserta.index)
    return replace(study, peserta=study.peserta.assign(kehadiran=answers))


def _women(study: Study) -> np.ndarray:
    sex = study.pegawai.drop_duplicates("pegawai_id").set_index("pegawai_id")["jenis_kelamin"]
    return (study.peserta["pegawai_id"].map(sex) == "P").to_numpy(bool)


def test_a_difference_of_one_trait_is_found_beside_that_trait_alone(study: Study):
    rng = np.random.default_rng(4)
    chance = 0.45 + 0.35 * _women(study)
    found = describe.who_attends(_answered(study, rng.random(len(study.peserta)) < chance))
    sex = found[found["group_by"] == "jenis_kelamin"].iloc[0]
    told = sex["value"] if sex["group"] == "P" else -sex["value"]
    assert told == pytest.approx(0.35, abs=0.06)
    assert sex["ci_low"] * sex["ci_high"] > 0
    assert (found["ci_low"] < found["value"]).all() and (found["value"] < found["ci_high"]).all()
    others = found[found["group_by"] != "jenis_kelamin"]
    assert len(others) > 3 and others["value"].abs().max() < 0.15


def test_where_nobody_differs_intervals_hold_zero_as_often_as_they_say(study: Study):
    rng = np.random.default_rng(6)
    held = []
    for _ in range(40):
        found = describe.who_attends(_answered(study, rng.random(len(study.peserta)) < 0.6))
        held.append(((found["ci_low"] <= 0) & (found["ci_high"] >= 0)).mean())
    assert 0.88 <= np.mean(held) <= 0.99


def test_groups_of_which_few_came_or_stayed_away_are_left_out(study: Study):
    rng = np.random.default_rng(4)
    rows = invited(study)
    posts = rows.groupby("pegawai_id")["jenis_jabatan"].last()
    structural = (study.peserta["pegawai_id"].map(posts) == "struktural").to_numpy(bool)
    made = _answered(study, structural | (rng.random(len(structural)) < 0.6))
    found = describe.who_attends(made)
    assert len(found) and "struktural" not in {*found["group"], *found["reference"]}
    assert (found["n"] >= study.plan.privacy.small_cell).all()


@pytest.mark.parametrize("comes", [True, False])
def test_where_all_do_the_same_there_is_no_model(study: Study, comes):
    found = describe.who_attends(_answered(study, np.full(len(study.peserta), comes)))
    assert found.empty and list(found.columns)[:3] == ["group_by", "group", "reference"]
