"""Known truths: the primary estimators are right on average and their intervals hold what they promise.

Twenty small worlds of each kind, through panels and estimators (that their files give the same is a test of the whole
battery's). Bounds are honest binomial ones: with coverage of 95%, 16 or fewer of 20 happens in 1.6% of batteries.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from helpers import questions, simulate
from helpers.contracts import Answer
from helpers.findings.tried import FEWEST_DRAWS

WORLDS = 20


def _told(plan, seed: int, **kind) -> tuple[Answer, Answer, dict]:
    world = simulate.World(
        seed=seed,
        # As many units as the rule was calibrated on: with 24 its tests of the years before training
        # often cannot be made, which the whole battery tells of as "few units".
        employees=600,
        units=40,
        forms_per_year=1600,
        first_year=2018,
        last_year=2023,
        **kind,
    )
    region = simulate.make(world)
    study = simulate.study(region, plan)
    return (
        questions.productivity_effect(study),
        questions.satisfaction_effect(study),
        region.truth["att"]["2023"],
    )


def _of_two_outcomes(plan):
    """The plan without what is not looked at here: subgroups, most outcomes, most draws."""
    of = plan.outcomes
    people = of.productivity.model_copy(update={"secondary": ()})
    units = of.satisfaction.model_copy(update={"secondary": ("ikm",)})
    return plan.model_copy(
        update={
            "subgroups": (),
            "outcomes": of.model_copy(update={"productivity": people, "satisfaction": units}),
            "inference": plan.inference.model_copy(update={"draws": FEWEST_DRAWS}),
        }
    )


@pytest.fixture(
    scope="module",
    params=[("none", 0.0, 0.0), ("observed", 0.05, 3.0)],
    ids=["nothing happened", "training works"],
)
def battery(request, plan) -> pd.DataFrame:
    selection, effect, points = request.param
    plan, rows = _of_two_outcomes(plan), []
    for seed in range(WORLDS):
        people, units, truth = _told(
            plan,
            seed,
            selection=selection,
            effect_productivity=effect,
            effect_satisfaction=points,
        )
        for name, found, true in (
            ("output_per_day", people, truth["output_per_day"]),
            ("ikm", units, truth["ikm"]),
        ):
            p = found.rows("primary", name)[0].interval
            rows.append(
                (
                    name,
                    p.value - true,
                    p.std_error,
                    p.low <= true <= p.high,
                    bool(p.sign),
                    found.findings[0].grade,
                )
            )
    return pd.DataFrame(
        rows, columns=["outcome", "error", "std_error", "covered", "found", "grade"]
    )


@pytest.mark.parametrize("outcome", ["output_per_day", "ikm"])
def test_no_bias_beyond_chance(battery, outcome):
    part = battery[battery["outcome"] == outcome]
    assert abs(part["error"].mean()) < 3.5 * part["error"].std() / math.sqrt(len(part))


@pytest.mark.parametrize("outcome", ["output_per_day", "ikm"])
def test_intervals_hold_the_truth(battery, outcome):
    part = battery[battery["outcome"] == outcome]
    assert part["covered"].sum() >= 16


def test_standard_errors_are_about_the_true_spread(battery):
    for _, part in battery.groupby("outcome"):
        assert 0.55 < np.median(part["std_error"]) / part["error"].std() < 1.9


def test_causes_are_claimed_where_training_works_and_hardly_ever_where_it_does_not(
    battery, request
):
    """With a true rate of 3% of false claims, 4 or more of 40 happen in 3.5% of batteries; with one
    of 85%, 27 or fewer in 0.8%.
    """
    claims = battery["grade"].isin({"strong", "moderate"}).sum()
    works = "training works" in request.node.name
    assert claims >= 28 if works else claims <= 3
