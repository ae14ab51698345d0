"""The first screen says no more than the findings: no cause without its grade, no rise or fall
where the range holds zero, no point of more words than a reader takes in.
"""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.contracts import LANGS, About, Answer, Check, Estimate, Finding, Interval, Text
from helpers.contracts.results import Record
from helpers.findings import how_large
from helpers.findings import main_points as points

CAUSE = {
    "id": re.compile(r"pelatihan (agaknya )?(menaikkan|menurunkan)", re.IGNORECASE),
    "en": re.compile(r"training (probably )?(raised|lowered)", re.IGNORECASE),
}
MOVED = {
    "id": re.compile(
        r"\b(naik|turun|kenaikan|penurunan|menaikkan|menurunkan|meningkat\w*|lebih (besar|kecil))\b",
        re.I,
    ),
    "en": re.compile(
        r"\b(rose|fell|rise|fall|raised|lowered|increas\w+|decreas\w+|larger|smaller)\b", re.I
    ),
}
OUTCOMES = (("productivity", "output_per_day"), ("satisfaction", "staff_unsur"))


RANGES = st.tuples(
    st.floats(-5, 5).filter(lambda v: abs(v) > 1e-3),
    st.floats(0.01, 6),
    st.sampled_from(["weak", "moderate", "strong", "unknown"]),
    st.sampled_from(["inconclusive", "no_meaningful_effect"]),
    st.floats(0.05, 3),
)
BOTH = st.tuples(RANGES, RANGES)


def made(question: str, outcome: str, drawn: tuple) -> Answer:
    """A main effect whose claim and grade go with its range, as the rule gives them."""
    value, half, grade, claim, smallest = drawn
    found = Interval(value, value - half, value + half, half / 2, 900)
    if grade == "unknown":
        found, claim = Interval(n=900), "inconclusive"
    if found.sign:
        claim = "increase" if found.value > 0 else "decrease"
    else:
        grade = "none"
    label = "output/day" if question == "productivity" else "IKM points"
    finding = Finding(
        f"{question}.{outcome}.effect", question, outcome, claim, grade, found, label,
        Text("Belum dapat dijawab.", "Cannot be answered yet."),
        (Check("detectable_effect", 2 * smallest, smallest, True, ""),), Record(1035, 4),
    )  # fmt: skip
    about = About(question, outcome, label, 2024)
    row = Estimate(about, found, "primary", "ATT", "callaway_santanna_dr", 0.01, 0.01, 6.0, 17, 12)
    return Answer(question, 2024, finding.text, (finding,), (row,))


def pages(both: tuple) -> dict[str, Answer]:
    names = (points.PRODUCTIVITY, points.SATISFACTION)
    return {n: made(*o, d) for n, o, d in zip(names, OUTCOMES, both, strict=True)}


@settings(deadline=None)
@given(BOTH)
def test_the_verdict_names_a_cause_only_where_it_may(plan, both):
    answers = pages(both)
    said = points.verdict(answers, plan)
    causes = [a.findings[0].may_claim_cause for a in answers.values()]
    signs = [a.findings[0].interval.sign for a in answers.values()]
    for lang in LANGS:
        assert bool(CAUSE[lang].search(said[lang])) == any(causes)
        assert bool(MOVED[lang].search(said[lang])) == any(signs)
        assert said[lang][0].isupper() and "{" not in said[lang]


@settings(deadline=None)
@given(BOTH)
def test_no_point_says_more_than_its_finding(plan, both):
    answers = pages(both)
    found = points.main_points(answers, plan, {})
    assert [p.key for p in found] == ["productivity", "satisfaction"]
    for point, answer in zip(found, answers.values(), strict=True):
        finding = answer.findings[0]
        expected = {"productivity": "Productivity", "satisfaction": "Satisfaction with staff"}
        assert point.heading.en == expected[point.key]
        for lang in LANGS:
            said = point.text[lang]
            assert len(said.split()) <= 25, said
            assert bool(CAUSE[lang].search(said)) == finding.may_claim_cause
            assert bool(MOVED[lang].search(said)) == bool(finding.interval.sign)
        if finding.interval.known:
            assert point.standing == finding.standing and point.strip is not None
            assert (point.figure.en.startswith("+")) == (
                finding.interval.value > 0 and bool(re.search("[1-9]", point.figure.en))
            )
        else:
            assert point.standing == "open" and point.strip is None


@pytest.mark.parametrize(
    ("value", "half", "word"),
    [
        (0.05, 0.02, "too small to matter"),
        (0.15, 0.1, "perhaps too small to matter"),
        # The end nearer to zero counts: no larger word than the data bear.
        (0.25, 0.1, "perhaps too small to matter"),
        (0.3, 0.1, "small"),
        (0.5, 0.2, "small"),
        (0.5, 0.1, "clear"),
        (0.8, 0.1, "clear"),
        (0.9, 0.1, "large"),
        (0.9, 1.0, "perhaps too small to matter"),
    ],
)
def test_sizes_are_counted_in_smallest_effects_of_interest(value, half, word):
    found = Interval(value, value - half, value + half, half / 2, 9)
    small, nearer = word == "too small to matter", max(value - half, 0)
    number = f"{(value + half if small else nearer) / 0.18:.1f}"
    least = "" if "too small" in word else "at least "
    for sign in (found, found.mirrored):
        said = how_large.size_told(sign.low, sign.high, 0.18).en
        assert said.startswith(f"{word}, {least}{number} times")
    assert not how_large.size_told(found.low, found.high, math.nan)


@settings(deadline=None)
@given(RANGES, BOTH)
def test_of_a_draw_being_drawn_is_named_not_training(plan, drawn, both):
    of_draw = made("draw", OUTCOMES[0][1], drawn)
    answers = pages(both) | {points.DRAW: of_draw}
    lot = of_draw.findings[0]
    led, beside = points.main_points(answers, plan, {})[:2]
    said = points.verdict(answers, plan)
    if not lot.interval.known:
        assert led.text == points.main_points(pages(both), plan, {})[0].text
        assert said == points.verdict(pages(both), plan)
        return
    assert (led.key, beside.key) == ("productivity", "without_draw")
    satisfaction = answers[points.SATISFACTION].findings[0].may_claim_cause
    for lang, named in {
        "id": r"terpilih dalam undian kursi (agaknya )?(menaikkan|menurunkan)",
        "en": r"being drawn for a seat (probably )?(raised|lowered)",
    }.items():
        for text in (said[lang], led.text[lang]):
            assert bool(re.search(named, text, re.I)) == lot.may_claim_cause
        assert not CAUSE[lang].search(led.text[lang])
        assert bool(CAUSE[lang].search(said[lang])) == satisfaction
        assert len(led.text[lang].split()) <= 25


def test_two_effects_of_one_grade_share_a_verb(plan):
    def said(first: str, second: str) -> str:
        both = tuple((0.3, 0.2, grade, "inconclusive", 0.18) for grade in (first, second))
        return points.verdict(pages(both), plan).en

    assert said("strong", "strong").count("raised") == 1
    assert said("strong", "moderate").count("raised") == 2
    assert said("unknown", "unknown").count("cannot be answered") == 2


@pytest.mark.parametrize("outcome", ["ikm", "kompetensi"])
def test_an_element_may_be_the_main_outcome_of_satisfaction(plan, outcome):
    """An element has no shorter name than its own."""
    satisfaction = plan.outcomes.satisfaction.model_copy(update={"primary": outcome})
    outcomes = plan.outcomes.model_copy(update={"satisfaction": satisfaction})
    other = plan.model_copy(update={"outcomes": outcomes})
    drawn = (2.0, 1.0, "weak", "inconclusive", 0.5)
    answers = pages((drawn, drawn)) | {points.SATISFACTION: made("satisfaction", outcome, drawn)}
    name = {"ikm": "IKM", "kompetensi": "staff competence element"}[outcome]
    assert name in points.verdict(answers, other).en
    heading = points.main_points(answers, other, {})[1].heading.en
    assert heading.lower() == name.lower()


def test_a_range_of_what_does_not_matter_is_not_called_hard_to_see(plan):
    """What stands in the way are the checks, not how little the data can show."""

    def said(half: float) -> str:
        drawn = (0.05, half, "weak", "inconclusive", 1.0)
        return points.main_points(pages((drawn, drawn)), plan, {})[1].text.en

    assert said(0.5).startswith("The whole range lies below")
    assert "hard to see" in said(1.5)
