"""How often each grade was wrong in simulated regions: package data, written only by
``evaluasi validate --record``.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from helpers.causal.evidence import rule_hash
from helpers.contracts import Finding, Text, count, write_whole
from helpers.contracts.results import Grade, Question, Record
from helpers.findings.words import told

FILE: Final = Path(__file__).with_name("record.json")


def record(question: Question, grade: Grade) -> Record | None:
    """The record of a grade; None where no simulated region got it, or the rule has changed since.

    Parameters
    ----------
    question : what was asked.
    grade : what the finding got.
    """
    kept = _kept()
    if kept.get("rule") != rule_hash():
        return None
    found = kept["grades"].get(question, {}).get(grade)
    return Record(int(found["regions"]), int(found["wrong"])) if found else None


def write(grades: Mapping[str, Mapping[str, Mapping[str, int]]]) -> Path:
    """Keep the records of today's rule.

    Parameters
    ----------
    grades : by question and grade, ``regions`` and ``wrong``.

    Returns
    -------
    The file written.
    """
    content = {"rule": rule_hash(), "grades": grades}
    write_whole(FILE, json.dumps(content, indent=2) + "\n")
    _kept.cache_clear()
    return FILE


def of_grades(findings: Iterable[Finding]) -> Text:
    """One sentence for each grade that some effects got: how often it was wrong.

    Parameters
    ----------
    findings : effects of one question; the order of their grades is kept.
    """
    grades = {f.grade: f.record for f in findings if f.record is not None}
    return sum((_sentence(grade, found) for grade, found in grades.items()), Text())


def _sentence(grade: Grade, found: Record) -> Text:
    return told(
        "record.wrong" if found.wrong else "record.never_wrong",
        grade=told(f"grade.{grade}"),
        regions=count(found.regions),
        wrong=count(found.wrong),
    )


@functools.cache
def _kept() -> Mapping[str, Any]:
    kept: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return kept
