"""Simulated draws: what is asked of them, and the targets that their answers must meet."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.contracts import LANGS
from helpers.contracts.plan_file import load
from helpers.contracts.results import Record
from helpers.validation import draw_tables
from helpers.validation.draws import KINDS, DrawTold, tell, tried
from helpers.validation.worlds import battery_plan


def test_a_kind_without_effect_has_none_and_the_same_seed_says_the_same():
    plan = battery_plan(load(None))
    nothing = next(k for k in KINDS if not k.effect)
    once = tell(nothing, 11, plan)
    assert once == tell(nothing, 11, plan)
    assert once.truth == 0.0 and once.promised == pytest.approx(0.05)
    works = tell(next(k for k in KINDS if k.effect), 11, plan)
    assert works.truth > 0 and works.promised > 0.9
    for k in KINDS:
        effect = k.world.effect_satisfaction if k.world.order else k.world.effect_productivity
        assert bool(effect) is k.effect and bool(k.world.draw) is not bool(k.world.order)
    assert len({k.name for k in KINDS}) == len(KINDS)


def test_an_order_is_asked_of_satisfaction_and_promises_nothing_beforehand():
    plan = battery_plan(load(None))
    nothing, works = (
        tell(next(k for k in KINDS if k.world.order and k.effect is effect), 11, plan)
        for effect in (False, True)
    )
    assert nothing.truth == 0.0 and works.truth > 3
    assert math.isnan(works.promised) and works.grade == "strong"
    assert nothing.seats and works.drawn and works.came


def _told(each: int = 100) -> list[DrawTold]:
    """Answers that meet every target: 95% covered, found as promised, nothing claimed of nothing."""
    told = []
    for kind in KINDS:
        for at in range(each):
            covered = at % 20 != 0
            found = at % 5 != 0 if kind.effect else False
            told.append(
                DrawTold(
                    kind.name,
                    0.2 if kind.effect else 0.0,
                    0.2,
                    covered,
                    covered,
                    found,
                    math.nan if kind.world.order else 0.8 if kind.effect else 0.05,
                    "strong" if found else "none",
                    80 + at,
                )
            )
    return told


def _spoilt(told: list[DrawTold], effect: bool, share: int, **wrong: object) -> list[DrawTold]:
    """The answers, where of the kinds with or without an effect one in so many is another."""
    names = {k.name for k in KINDS if k.effect is effect and k.valid}
    return [
        replace(t, **wrong) if t.kind in names and at % share == 0 else t
        for at, t in enumerate(told)
    ]


def test_targets_are_met_by_what_is_right_and_missed_by_what_is_not():
    good = _told()
    assert draw_tables.holds(good)
    assert not draw_tables.holds(_spoilt(good, True, 6, drawn=False))
    assert not draw_tables.holds(_spoilt(good, True, 6, came=False))
    assert not draw_tables.holds(_spoilt(good, False, 6, grade="moderate", value=0.1))
    assert not draw_tables.holds(_spoilt(good, True, 3, found=False))
    # Better than promised is another promise than the one made.
    assert not draw_tables.holds(_spoilt(good, True, 1, found=True))
    # Of a cause of the other sign, too, the page would be wrong.
    assert DrawTold("x", 0.2, -0.1, True, None, True, 0.8, "strong", 90).wrong


def test_the_record_counts_every_grade_and_where_it_was_wrong():
    plan = load(None)
    told = _told(20)
    of_nothing = next(k.name for k in KINDS if not k.effect)
    told = [replace(t, grade="weak") if t.kind == of_nothing else t for t in told]
    found, of_orders = tried(told, plan)
    works, orders = (
        sum(k.effect and bool(k.world.order) is o for k in KINDS) for o in (False, True)
    )
    assert found.grades == {"strong": Record(16 * works, 0), "weak": Record(20, 20)}
    assert of_orders.grades == {"strong": Record(16 * orders, 0)}
    assert (found.outcome, found.level, found.seats) == ("output_per_day", 0.95, (80, 99))
    assert of_orders.outcome == "staff_unsur"


def _targets_of_kinds() -> int:
    """Two of coverage for seats and for orders, one a kind without effect, and one a promise."""
    promised = sum(k.effect and k.valid and not k.world.order for k in KINDS)
    return 4 + sum(not k.effect for k in KINDS) + promised


def test_the_page_is_written_in_both_languages(tmp_path: Path):
    said = draw_tables.summary(_told(20), tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"draws.md", "draws.id.md"}
    for lang in LANGS:
        assert said[lang].count("\n| ") == _targets_of_kinds() + 2 * 2 + len(KINDS)
        assert "nan" not in said[lang]
