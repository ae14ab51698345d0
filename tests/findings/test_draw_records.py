"""A draw's record: what was tried has one, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.causal.rule_code import draw_rule_hash, rule_hash
from helpers.contracts.results import Record
from helpers.findings import draw_records
from helpers.findings.draw_records import DrawsTried
from tests.causal.lots import asked, lottery

KEPT = DrawsTried(
    draw_rule_hash(),
    "output",
    0.95,
    (60, 300),
    {"strong": Record(100, 2), "weak": Record(9, 8)},
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(draw_records, "FILE", tmp_path / "draw_record.json")
    draw_records._kept.cache_clear()
    yield draw_records.write
    draw_records._kept.cache_clear()


def test_what_was_tried_has_a_record(kept):
    kept([replace(KEPT, outcome="other", seats=(1, 2)), KEPT])
    drawing = asked(lottery())
    assert draw_records.record(drawing, 80, "strong") == (Record(100, 2), "")
    assert draw_records.record(drawing, 300, "weak") == (Record(9, 8), "")
    # It claims nothing that could be wrong.
    assert draw_records.record(drawing, 80, "none") == (None, "")


def test_what_was_not_tried_says_what(kept):
    drawing = asked(lottery())
    assert draw_records.record(drawing, 80, "strong") == (None, "draw")
    kept([KEPT])
    other = replace(drawing, lottery=replace(drawing.lottery, outcome="skp"))
    assert draw_records.record(other, 80, "strong") == (None, "outcome")
    assert draw_records.record(replace(drawing, level=0.9), 80, "strong") == (None, "plan")
    for seats in (59, 301):
        assert draw_records.record(drawing, seats, "strong") == (None, "size")
    assert draw_records.record(drawing, 80, "moderate") == (None, "grade")
    kept([replace(KEPT, rule=rule_hash())])
    assert draw_records.record(drawing, 80, "strong") == (None, "rule")


def test_the_rule_of_draws_is_another_than_that_of_years():
    assert draw_rule_hash() != rule_hash() and len(draw_rule_hash()) == 12
