"""Each grade's record: kept for one rule, said with every graded effect, and forgotten with it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from helpers import intake, questions
from helpers.causal.evidence import rule_hash
from helpers.contracts import LANGS, number
from helpers.contracts.results import Record
from helpers.findings import records


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FILE", tmp_path / "record.json")
    records._kept.cache_clear()
    yield records
    records._kept.cache_clear()


GRADES = {"productivity": {"moderate": {"regions": 212, "wrong": 4}, "none": {"regions": 9, "wrong": 0}}}  # fmt: skip


def test_a_record_is_kept_for_the_rule_that_it_was_measured_with(kept, monkeypatch):
    assert kept.record("productivity", "moderate") is None
    kept.write(GRADES)
    assert kept.record("productivity", "moderate") == Record(212, 4)
    assert kept.record("productivity", "strong") is None
    assert kept.record("draw", "moderate") is None
    monkeypatch.setattr(records, "rule_hash", lambda: "another rule")
    assert kept.record("productivity", "moderate") is None


def test_every_grade_of_a_page_is_told_with_its_record(kept, small_region):
    kept.write(GRADES)
    answer = questions.productivity_effect(intake.study(small_region, 2024))
    some = replace(answer.findings[0], grade="moderate", record=Record(212, 4))
    none = replace(answer.findings[0], grade="none", record=Record(9, 0))
    for lang in LANGS:
        told = records.of_grades([some, none, some])[lang]
        assert told.count("212") == told.count("9 ") == 1
        assert " 4" in told
        many = records.of_grades([replace(some, record=Record(1035, 0))])[lang]
        assert number(1035, lang, 0) in many and "1035" not in many
    assert records.of_grades([replace(some, record=None)]).en == ""


def test_the_packaged_record_is_that_of_todays_rule():
    """Whoever changes the rule measures it again: `evaluasi validate --worlds N --record`."""
    content = json.loads(records.FILE.read_text(encoding="utf-8"))
    assert content["rule"] == rule_hash()
    for grades in content["grades"].values():
        assert all(0 <= g["wrong"] <= g["regions"] for g in grades.values())
        assert sum(g["regions"] for g in grades.values()) > 400
