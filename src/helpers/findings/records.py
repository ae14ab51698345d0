"""How often each grade was wrong in simulated regions: package data, written only by
``evaluasi validate --record``. An effect has a record where such effects were tried, and nowhere
else.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from helpers.causal.rule_code import rule_hash
from helpers.contracts import Finding, Text, count, write_whole
from helpers.contracts.results import Grade, Record, Untried
from helpers.findings import tried
from helpers.findings.tried import Trial, Trials
from helpers.findings.words import label, told

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
    rule, kept, _ = _kept()
    if rule != rule_hash():
        return None, "rule"
    outside = tried.untried(trial, grade, kept)
    same = tried.found(trial, kept)
    if outside or same is None or grade == "none":
        return None, outside
    of_grade = same.grades[grade]
    return Record(of_grade.regions, of_grade.wrong), ""


def write(of_today: Sequence[Trials], deceived: Sequence[Record]) -> Path:
    """Keep the records of today's rule.

    Parameters
    ----------
    of_today : all that was tried.
    deceived : of each kind of region that no data could tell from an effect, in the order of
        methods.untellable, in how many a cause was named.

    Returns
    -------
    The file written.
    """
    content = {
        "rule": rule_hash(),
        "tried": _adapter().dump_python(tuple(of_today), mode="json"),
        "deceived": [asdict(one) for one in deceived],
    }
    write_whole(FILE, json.dumps(content, indent=2) + "\n")
    _kept.cache_clear()
    return FILE


def deceived() -> tuple[Record, ...]:
    """In how many of the regions that no data could tell from an effect a cause was named; nothing
    where the rule has changed since.
    """
    rule, _, kinds = _kept()
    return kinds if rule == rule_hash() else ()


def of_grades(findings: Iterable[Finding], themes: Mapping[str, str] | None = None) -> Text:
    """One sentence for each outcome and grade that was tried: how often it was wrong; and one for
    each thing that was not tried, with the outcomes that have no record for its sake.

    Parameters
    ----------
    findings : effects of one question; their order is kept. Descriptions have no record.
    themes : of findings by id, where they are of one.
    """
    findings, said = list(findings), list[Text]()
    without: dict[Untried, list[Text]] = {}
    for f in findings:
        if f.record is not None:
            said.append(_sentence(subject(f, themes), f.grade, f.record))
        elif f.untried:
            without.setdefault(f.untried, []).append(subject(f, themes))
    said += [
        told("record.untried", what=_listed(names), why=told(f"untried.{why}"))
        for why, names in without.items()
    ]
    # Draws were tried in every kind of region, and none is left out.
    apart = any(f.record is not None and f.question != "draw" for f in findings)
    return sum([*said, told("record.apart")] if apart else said, Text())


def in_short(finding: Finding, what: Text) -> Text:
    """The record of one effect for the first screen, or why it has none; empty where the effect
    claims nothing.

    Parameters
    ----------
    finding : the effect.
    what : the outcome in a few words.
    """
    if finding.untried:
        return told("point.untried", what=what, why=told(f"untried.{finding.untried}"))
    if finding.record is None:
        return Text()
    return told(
        "point.record_weak" if finding.grade == "weak" else "point.record",
        what=what,
        grade=told(f"grade.{finding.grade}"),
        wrong=count(finding.record.wrong),
        regions=count(finding.record.regions),
    )


def subject(finding: Finding, themes: Mapping[str, str] | None) -> Text:
    """What a sentence about an effect's grade is about: its outcome, and its theme.

    Parameters
    ----------
    finding : the effect.
    themes : of findings by id, where they are of one.
    """
    outcome, theme = told(f"outcome.{finding.outcome}"), (themes or {}).get(finding.id)
    return told("record.of_theme", outcome=outcome, theme=label(theme)) if theme else outcome


def _listed(names: Sequence[Text]) -> Text:
    return Text.made(lambda lang: ", ".join(dict.fromkeys(name[lang] for name in names)))


def _sentence(what: Text, grade: Grade, found: Record) -> Text:
    # A weak grade names no cause: what can be wrong of it is that there is an effect at all.
    which = "wrong" if found.wrong else "never_wrong"
    return told(
        f"record.{which}_weak" if grade == "weak" else f"record.{which}",
        what=what,
        grade=told(f"grade.{grade}"),
        regions=count(found.regions),
        wrong=count(found.wrong),
    )


@functools.cache
def _kept() -> tuple[str, tuple[Trials, ...], tuple[Record, ...]]:
    """The rule that was tried, on what, and how often it was deceived; none where nothing was."""
    if not FILE.exists():
        return "", (), ()
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    deceived_in = tuple(Record(**one) for one in kept.get("deceived", ()))
    return kept["rule"], _adapter().validate_python(kept["tried"]), deceived_in


@functools.cache
def _adapter() -> TypeAdapter[tuple[Trials, ...]]:
    return TypeAdapter(tuple[Trials, ...])
