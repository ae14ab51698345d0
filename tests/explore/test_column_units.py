"""Names in words, units, and intervals that end where their scale does."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers import explore, intake
from helpers.contracts import LANGS, Study, project
from helpers.explore import column_units
from helpers.explore.column_words import description

FRAMES = ("people", "units", "activities", "forms")


@pytest.fixture(scope="module")
def study() -> Study:
    return intake.study(project.ROOT / "data" / "sample", 2024, project.DEFAULT_PLAN)


@pytest.mark.parametrize("rows", FRAMES)
def test_every_column_has_a_name_in_words(study: Study, rows):
    for lang in LANGS:
        frame = getattr(explore, rows)(study, lang)
        table = explore.search(frame)._repr_html_() if rows in ("units", "activities") else ""
        for column in map(str, frame):
            assert "_" not in column_units.named(column, lang, rows)
            assert f">{column}<" not in table or "_" not in column
    heads = explore.search(explore.over_time(frame, frame.columns[-1])).table.columns
    assert not [h for h in heads if "_" in h]


@pytest.mark.parametrize("rows", FRAMES)
def test_descriptions_speak_of_what_stands_in_the_frame(study: Study, rows):
    for lang in LANGS:
        frame = getattr(explore, rows)(study, lang)
        for column in ("jenis_kelamin", "biaya"):
            if column in frame:
                said = description(column, rows)[lang]
                assert "label" not in said and " L " not in said


def test_costs_are_rupiah_and_no_element_of_the_survey(study: Study):
    for rows, by, told in (
        ("activities", "metode", ("cost of the activity", "(rupiah)")),
        ("units", "trained", ("cost by", "(ikm points)")),
    ):
        seen = explore.compare(getattr(explore, rows)(study, "en"), "biaya", by=by)
        assert all(word in seen.blocks.html().lower() for word in told)


@pytest.mark.parametrize(
    ("rows", "outcome", "values", "low", "high"),
    [
        ("units", "ikm", [100.0, 99.0, 60.0], 25, 100),
        ("units", "waktu", [25.0, 26.0, 80.0], 25, 100),
        ("units", "trained_share", [0.0, 0.05, 0.9], 0, 1),
        ("activities", "biaya", [0.0, 1e6, 9e7], 0, np.inf),
        ("activities", "attended_share", [0.98, 1.0, 0.5], 0, 1),
    ],
)
def test_no_interval_leaves_its_scale(study: Study, rows, outcome, values, low, high):
    frame = getattr(explore, rows)(study, "en")
    few = frame[frame["year"] == 2024].head(6).copy()
    few[outcome] = values * 2
    by = "opd" if rows == "units" else "year_group"
    few[by] = "x"
    found = explore.compare(few, outcome, by=by).frame.iloc[0]
    assert low <= found["ci_low"] < found["value"] < found["ci_high"] <= high
    # The scale cut it: without one the interval is symmetric.
    below, above = found["value"] - found["ci_low"], found["ci_high"] - found["value"]
    assert below != pytest.approx(above)
    moved = few.assign(**{outcome: few[outcome] - 1e12})
    whole = explore.compare(moved, outcome, by=by).frame.iloc[0]
    assert whole["value"] - whole["ci_low"] == pytest.approx(
        whole["ci_high"] - whole["value"], rel=1e-3
    )


def test_an_amount_that_may_fall_below_zero_does(study: Study):
    few = (
        explore.activities(study)
        .query("year == 2024")
        .head(5)
        .assign(test_gain=[-1.0, -1, 0, 1, 1])
    )
    few["own"] = "x"
    assert explore.compare(few, "test_gain", by="own").frame["ci_low"].iloc[0] < 0


def test_rooms_complete_by_tab_and_nothing_is_read_for_it():
    rooms = [n for n in dir(helpers) if not n.startswith("_")]
    assert {"explore", "intake", "present", "questions"} <= set(rooms)
    for room in rooms:
        assert getattr(helpers, room).__name__ == f"helpers.{room}"
        assert getattr(helpers, room).__all__
    asked = "import helpers, sys; dir(helpers); assert 'pandas' not in sys.modules; helpers.explore"
    subprocess.run([sys.executable, "-c", asked], check=True)
    with pytest.raises(AttributeError, match="nowhere"):
        helpers.nowhere  # noqa: B018


def test_a_word_is_what_stands_on_the_page(study: Study):
    frame = explore.forms(study, "en")
    assert column_units.named("kecamatan", "en", "forms") == "district"
    assert isinstance(frame["jenis_kelamin"].dropna().iloc[0], str)
    assert set(frame["jenis_kelamin"].dropna()) & {"men", "women"}
    assert pd.api.types.is_numeric_dtype(frame["waktu"])
