"""How often each grade was wrong in simulated regions: package data, written only by
``evaluasi validate --record``. An effect has a record where such effects were tried, and nowhere
else.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from helpers.causal.evidence import rule_hash
from helpers.contracts import Finding, Text, count, write_whole
from helpers.contracts.results import Grade, Record, Untried
from helpers.findings import tried
from helpers.findings.tried import Trial, Trials
from helpers.findings.words import told

FILE: Final = Path(__file__).with_name("record.json")


def record(trial: Trial, grade: Grade) -> tuple[Record | None, Untried]:
    """The record of an effect's grade, or for what reason there is none.

    Parameters
    ----------
    trial : what was asked, by which plan, in a region of which size.
    grade : what the effect got.

    Returns
    -------
    No record where no such effect was tried, with what was not; neither where the rule has changed
    since, nor of ``none``, which claims no rise and no fall that could be wrong.
    """
    rule, kept = _kept()
    if rule != rule_hash():
        return None, "rule"
    outside = tried.untried(trial, grade, kept)
    same = tried.found(trial, kept)
    if outside or same is None or grade == "none":
        return None, outside
    of_grade = same.grades[grade]
    return Record(of_grade.regions, of_grade.wrong), ""


def write(of_today: Sequence[Trials]) -> Path:
    """Keep the records of today's rule.

    Parameters
    ----------
    of_today : all that was tried.

    Returns
    -------
    The file written.
    """
    trials = _adapter().dump_python(tuple(of_today), mode="json")
    write_whole(FILE, json.dumps({"rule": rule_hash(), "tried": trials}, indent=2) + "\n")
    _kept.cache_clear()
    return FILE


def of_grades(findings: Iterable[Finding]) -> Text:
    """One sentence for each outcome and grade that was tried: how often it was wrong; one for each
    thing that was not.

    Parameters
    ----------
    findings : effects of one question; their order is kept.
    """
    said, without = dict[str, Text](), dict[Untried, list[str]]()
    for f in findings:
        if f.record is not None:
            said.setdefault(f"{f.outcome} {f.grade}", _sentence(f, f.record))
        elif f.untried:
            without.setdefault(f.untried, []).append(f.outcome)
    rest = (not_tried(why, dict.fromkeys(outcomes)) for why, outcomes in without.items())
    return sum((*said.values(), *rest), Text())


def not_tried(why: Untried, outcomes: Iterable[str]) -> Text:
    """That nobody knows how often the sentences about some outcomes are wrong, and for what reason.

    Parameters
    ----------
    why : what was not tried.
    outcomes : by their codes in the plan.
    """
    names = [told(f"outcome.{o}") for o in outcomes]
    listed = Text.made(lambda lang: ", ".join(name[lang] for name in names))
    return told(f"record.untried_{why}", outcomes=listed)


def _sentence(finding: Finding, found: Record) -> Text:
    return told(
        "record.wrong" if found.wrong else "record.never_wrong",
        grade=told(f"grade.{finding.grade}"),
        outcome=told(f"outcome.{finding.outcome}"),
        regions=count(found.regions),
        wrong=count(found.wrong),
    )


@functools.cache
def _kept() -> tuple[str, tuple[Trials, ...]]:
    """The rule that was tried, and on what; none where nothing was."""
    if not FILE.exists():
        return "", ()
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return kept["rule"], _adapter().validate_python(kept["tried"])


@functools.cache
def _adapter() -> TypeAdapter[tuple[Trials, ...]]:
    return TypeAdapter(tuple[Trials, ...])
