"""Groups beside one another: pictures in both languages that say in words what they draw."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import present, questions
from helpers.contracts import LANGS, Answer, no_indicators, number
from helpers.present.blocks import NOTHING


@pytest.fixture(scope="module")
def learnt(small_study) -> Answer:
    return questions.learning(small_study(2024))


@pytest.fixture(scope="module")
def compared(small_study) -> Answer:
    return questions.methods_and_dose(small_study(2024))


@pytest.mark.parametrize("lang", LANGS)
def test_gains_are_drawn_with_what_comes_by_itself(learnt, lang):
    shown = present.gains_by_start(learnt, lang)
    rows = learnt.indicators[learnt.indicators["group_by"] == "start_third"]
    assert len(rows) == 6
    for value in rows["value"]:
        assert number(value, lang) in shown.words()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("by", ["metode", "jp"])
def test_every_contrast_is_drawn_and_said(compared, by, lang):
    rows = [e for e in compared.rows("subgroup") if e.about.group == by]
    words = present.contrasts(compared, by, lang).words()
    assert rows
    for e in rows:
        assert e.unit.change(e.interval.value)[lang] in words


@pytest.mark.parametrize("lang", LANGS)
def test_themes_are_told_once_each(compared, lang):
    table = present.themes(compared, lang)
    effects = [f for f in compared.findings if f.id.endswith(".effect")]
    assert len(table.rows) == len(effects)


def test_nothing_is_shown_of_nothing(learnt, compared):
    assert present.gains_by_start(replace(learnt, indicators=no_indicators()), "id") == NOTHING
    bare = replace(compared, estimates=())
    assert present.contrasts(bare, "metode", "id") == present.themes(bare, "en") == NOTHING
