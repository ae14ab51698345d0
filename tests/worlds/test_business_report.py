"""The search for causal verbs, and that the other library's report is read of the same panel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import measures, simulate
from helpers.simulate import World
from helpers.validation.business_report import (
    CAUSAL_VERBS,
    CAUSAL_WORDS,
    business_report,
    names_cause,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The training increased output per day by 0.2 (95% CI: 0.1 to 0.3).",
        "Here is a headline\n\nThe training lowered satisfaction by 2 points.",
        "In this region the training has clearly raised output.",
        "THE TRAINING LED TO a rise.",
        "Output was raised by the training.",
        "Output rose because of the training.",
    ],
)
def test_a_sentence_that_names_training_as_the_cause(sentence):
    assert names_cause(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "The training did not increase output per day.",
        "Output of the trained increased by 0.2 more than that of the others.",
        "After the training output increased.",
        "State explicitly what causal effect you are estimating.",
        "We looked at the training. Increased output was not found.",
        "The training may have increased output.",
        "The rise is not due to the training.",
        "Violations of parallel trends increased the bounds.",
    ],
)
def test_a_sentence_that_names_no_cause(sentence):
    assert not names_cause(sentence)


@given(st.sampled_from(CAUSAL_VERBS), st.text(max_size=30))
def test_every_verb_is_found_wherever_it_stands(verb, around):
    assert names_cause(f"{around}\nThe training {verb} output. {around}")


@given(st.sampled_from(CAUSAL_WORDS), st.text(max_size=30))
def test_every_word_is_found_before_the_training(word, around):
    assert names_cause(f"{around}\nOutput rose {word} the training. {around}")


def test_the_report_is_of_the_panel_and_says_what_its_own_estimate_says(plan):
    region = simulate.make(World(seed=3, employees=500, units=14, forms_per_year=900))
    panel = measures.employee_year(simulate.study(region, plan))
    said = business_report(panel, "output_per_day")
    assert "output_per_day" in said
    assert names_cause(said)
    # Nobody treated: nothing to estimate, nothing said.
    nobody = panel.only(panel.frame["cohort"] == 0)
    assert business_report(nobody, "output_per_day") == ""
