"""The catalogues are whole, say the same in both languages, and never name a cause that the evidence does not carry."""

from __future__ import annotations

import re
import string

import pytest

from helpers import findings, intake
from helpers.contracts import locale
from helpers.findings.words import _flat

CAUSAL = re.compile(
    r"\b(menaikkan|menurunkan|menyebabkan|mengakibatkan|berdampak|berkat|raised?|lowered|caused?|because of|led to|thanks to)\b",
    re.IGNORECASE,
)


def _slots(text: str) -> set[str]:
    return {name.lower() for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_catalogues_have_the_same_sentences_with_the_same_figures():
    one, two = _flat("id"), _flat("en")
    assert set(one) == set(two)
    different = {k for k in one if _slots(one[k]) != _slots(two[k])}
    assert not different
    assert all(t.strip() for t in (*one.values(), *two.values()))


@pytest.mark.parametrize("lang", findings.LANGS)
def test_only_strong_and_moderate_sentences_name_a_cause(lang):
    for key, text in _flat(lang).items():
        if key.startswith("effect."):
            named = bool(CAUSAL.search(text))
            assert named == key.startswith(("effect.strong", "effect.moderate")), key
        if key.startswith(("trend.", "participation.", "naive.", "pre_trend.", "quality.", "detectable")):
            assert not CAUSAL.search(text), key


def test_every_sentence_of_a_weak_report_is_free_of_causes(small_region, plan):
    told = findings.work_out(intake.load(small_region, 2024), plan, 2024)
    assert told.findings
    for finding in told.findings:
        assert not finding.may_claim_cause
        for text in finding.text.values():
            assert not CAUSAL.search(text), text
    for lang in findings.LANGS:
        for claim in findings.claims(told, lang):
            assert claim.answer and not CAUSAL.search(claim.answer), claim
        assert all(findings.next_steps(told, lang))


def test_every_claim_of_the_brief_is_answered_or_marked(small_region, plan):
    told = findings.work_out(intake.load(small_region, 2024), plan, 2024)
    claims = findings.claims(told, "en")
    assert [s for s in findings.SECTIONS if s not in {c.section for c in claims}] == []
    assert len(claims) == 13
    assert all(c.answer.startswith("Not answered yet") for c in claims if c.standing == "open")


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-0.04, 1, "0,0", "0.0"),
        (-3.25, 2, "−3,25", "−3.25"),
        (float("nan"), 1, "–", "–"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(value, decimals, indonesian, english):
    assert locale.number(value, "id", decimals) == indonesian
    assert locale.number(value, "en", decimals) == english
    assert locale.percent(0.1234, "id") == "12,3%"
