"""The effect computed in other ways, and the year before training, as the page says them."""

from __future__ import annotations

import pytest

from helpers import intake, questions, simulate
from helpers.contracts import LANGS, Answer, Text
from helpers.findings import other_ways, told


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, Answer]:
    """Of regions without effect: people sent by lot, after a bad and after a good year."""
    made = {}
    for selection in ("none", "dip", "peak"):
        out = tmp_path_factory.mktemp(selection)
        world = simulate.World(
            seed=12, employees=700, units=24, selection=selection, effect_productivity=0.0
        )
        simulate.write(world, out)
        made[selection] = questions.productivity_effect(intake.study(out, 2024))
    return made


@pytest.mark.parametrize("selection", ["none", "dip"])
def test_the_sentence_counts_what_the_picture_draws(answers, selection):
    answer = answers[selection]
    (main,) = answer.rows("primary", "output_per_day")
    drawn = [
        e
        for role in ("robustness", "sensitivity")
        for e in answer.rows(role, "output_per_day")
        if e.interval.known
    ]
    assert len(drawn) > 5
    values = sorted((e.interval.value, other_ways.way(e)) for e in drawn)
    sign = main.interval.sign
    assert bool(sign) == (selection == "dip")
    expected = told(
        "other_ways.told" if sign else "other_ways.not_told",
        n=len(drawn),
        least=main.unit.change(values[0][0]),
        least_way=values[0][1],
        most=main.unit.change(values[-1][0]),
        most_way=values[-1][1],
        same=sum(e.interval.sign == sign for e in drawn),
    )
    assert answer.sentences["other_ways"] == expected


def test_a_bad_year_before_training_is_told_as_one(answers):
    said = {
        selection: {
            word: all(
                told(f"year_before.{word}", who="W", value="V", p="P")[lang].split(". ")[-1]
                in answer.sentences["pre_trend"][lang]
                for lang in LANGS
            )
            for word in ("low", "high")
        }
        for selection, answer in answers.items()
    }
    assert said == {
        "none": {"low": False, "high": False},
        "dip": {"low": True, "high": False},
        "peak": {"low": False, "high": True},
    }


def test_an_effect_that_cannot_be_computed_has_no_other_ways(answers, tmp_path):
    world = simulate.World(seed=11, employees=60, units=1)
    simulate.write(world, tmp_path)
    answer = questions.productivity_effect(intake.study(tmp_path, 2024))
    assert answer.sentences["other_ways"] == Text()
