"""Beside a grade that names a cause stands which checks did not pass, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.contracts import LANGS, Answer, Check
from helpers.findings import brief, say
from helpers.findings import main_points as points
from tests.findings.test_main_points import pages

CHECKS = (
    Check("interval", 0.001, 0.05, True),
    Check("events_per_variable", 4.0, 10.0, False),
    Check("breakdown", 0.4, 1.0, False),
    Check("placebo_outcomes", 0.5, 0.05, None),
    # What a claim of no difference needs alone, and every effect that matters fails.
    Check("robust_inside", 9.0, 0.18, False),
)


def _answers(grade: str, checks: tuple[Check, ...]) -> dict[str, Answer]:
    drawn = (0.5, 0.1, grade, "inconclusive", 0.18)
    made = pages((drawn, drawn))
    return {
        page: replace(a, findings=tuple(replace(f, reasons=checks) for f in a.findings))
        for page, a in made.items()
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("grade", ["strong", "moderate", "weak"])
def test_a_grade_that_names_a_cause_has_its_failed_checks_beside_it(plan, grade, lang):
    answers = _answers(grade, CHECKS)
    point = points.main_points(answers, plan, {})[0].text[lang]
    stated = brief.statements(answers, plan)
    statement = next(s.text[lang] for s in stated if s.key == "capacity")
    for said in (point, statement):
        for name in ("events_per_variable", "breakdown"):
            # A weak one says of itself what it lacks.
            assert (say(f"check.{name}", lang) in said) == (grade != "weak")
        for name in ("interval", "placebo_outcomes", "robust_inside"):
            assert say(f"check.{name}", lang) not in said


@pytest.mark.parametrize("lang", LANGS)
def test_where_every_check_passed_nothing_is_added(plan, lang):
    passed = tuple(c for c in CHECKS if c.passed or c.name == "robust_inside")
    without, bare = (points.main_points(_answers("strong", c), plan, {}) for c in (passed, ()))
    assert without[0].text[lang] == bare[0].text[lang]
