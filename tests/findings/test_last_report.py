"""This year's report beside last year's: nothing is called a rise or a fall, every figure that is
written differently is listed, and what was not answered is said to be so.
"""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings

from helpers.contracts import LANGS, Answer, Plan, finding_record
from helpers.contracts.earlier_report import EarlierReport
from helpers.findings.last_report import compared_with_last
from helpers.present import beside_last_report, with_last_point
from helpers.present.blocks import Blocks, MainPoint
from tests.findings.test_main_points import BOTH, CAUSE, MOVED, OUTCOMES, made
from tests.present.made import indicators

MOST_WORDS = 25


def _earlier(answers: list[Answer], plan: Plan, **more: object) -> EarlierReport:
    rows = [e for a in answers for e in a.estimates]
    return EarlierReport(
        2023,
        "2023/manifest.json",
        "0" * 64,
        {f.id: finding_record(f) for a in answers for f in a.findings},
        {(e.about.question, e.outcome): e.baseline_mean for e in rows},
        plan=plan.values,
        **more,
    )


def _both(drawn: tuple) -> list[Answer]:
    return [made(*of, d) for of, d in zip(OUTCOMES, drawn, strict=True)]


@settings(max_examples=60)
@given(BOTH, BOTH)
def test_two_reports_side_by_side_call_nothing_a_rise_a_fall_or_a_cause(before, now):
    plan = _plan()
    found = compared_with_last(_earlier(_both(before), plan), _both(now), plan)
    for lang in LANGS:
        said = beside_last_report(found, 2024, lang).words() + found.point.text[lang]
        assert not CAUSE[lang].search(said) and not MOVED[lang].search(said), said
        assert len(found.point.text[lang].split()) <= MOST_WORDS, found.point.text[lang]


def _plan() -> Plan:
    from helpers.contracts import load_plan

    return load_plan()


WIDE, NARROW, NEGATIVE = (
    (0.30, 0.2, "weak", "inconclusive", 0.2),
    (1.50, 0.1, "strong", "inconclusive", 0.2),
    (-1.50, 0.1, "strong", "inconclusive", 0.2),
)
UNKNOWN = (0.3, 0.2, "unknown", "inconclusive", 0.2)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (WIDE, WIDE, "Their ranges overlap."),
        (NARROW, NEGATIVE, "Their ranges do not overlap."),
        (UNKNOWN, WIDE, "The report 2023 and this one hold no effect in common."),
        (WIDE, UNKNOWN, "The report 2023 and this one hold no effect in common."),
    ],
)
def test_the_point_says_whether_ranges_overlap(before, now, said):
    plan = _plan()
    found = compared_with_last(_earlier(_both((before,) * 2), plan), _both((now,) * 2), plan)
    assert said in found.point.text.en


def test_amounts_are_shown_as_in_the_report_that_they_stand_in():
    """Output per day as a share of the level before training, each report by its own."""
    plan = _plan()
    answers = _both((NARROW, NARROW))
    earlier = _earlier(answers, plan)
    half = dataclasses.replace(earlier, baselines={k: v / 2 for k, v in earlier.baselines.items()})
    (effect, *_) = compared_with_last(half, answers, plan).effects
    assert (effect.then.en, effect.now.en) == ("50.0% (46.7% to 53.3%)", "25.0% (23.3% to 26.7%)")
    assert (effect.then_grade.en, effect.now_grade.en) == ("strong", "strong")


def test_every_figure_that_is_written_differently_is_listed_and_no_other():
    plan = _plan()
    years = {2022: (88.704, 88.0, 89.0), 2023: (91.30, 90.0, 92.0), 2024: (93.0, 92.0, 94.0)}
    now = Answer(
        "t", 2024, _both((WIDE, WIDE))[0].lead, indicators=indicators("ikm", years, "IKM points")
    )
    before = indicators(
        "ikm", {**years, 2022: (88.702, 88, 89), 2023: (91.41, 90, 92)}, "IKM points"
    )
    earlier = _earlier([], plan, indicators=before)
    (revised,) = compared_with_last(earlier, [now], plan).revised
    assert (revised.year, revised.then.id, revised.now.id) == (2023, "91,41", "91,30")
    # Grouped rows, and years that the earlier report did not have, are no revisions.
    groups = before.assign(group_by="unit", group="U1", value=1.0)
    earlier = _earlier([], plan, indicators=groups)
    assert not compared_with_last(earlier, [now], plan).revised


def test_a_changed_plan_is_listed_by_its_keys():
    plan = _plan()
    earlier = dataclasses.replace(_earlier([], plan), plan={**plan.values, "clip": 0.05})
    found = compared_with_last(earlier, [], plan)
    assert found.plan == {"clip": (0.05, plan.clip)}
    assert "clip | 0.05 | 0.01" in beside_last_report(found, 2024, "en").words()
    assert "Keys of the plan that changed: 1." in found.point.text.en


@pytest.mark.parametrize("lang", LANGS)
def test_the_point_stands_before_what_to_do_next(lang):
    plan = _plan()
    found = compared_with_last(_earlier([], plan), [], plan)
    others = (MainPoint("a"), MainPoint("b"), MainPoint("next", steps=("do",)))
    told = with_last_point(Blocks(others), found, lang)
    assert isinstance(told, Blocks)
    assert [b.heading for b in told.blocks if isinstance(b, MainPoint)][3] == "next"
    assert with_last_point(Blocks(others[:2]), found, lang).words().endswith(found.point.text[lang])


def test_without_an_earlier_report_it_is_said_how_to_make_one():
    assert re.search(r"2023.*--years 2023-2024", beside_last_report(None, 2024, "id").words())
