"""Checks that did not pass, named beside a grade that names a cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from helpers.causal import evidence
from helpers.contracts import Finding, Text
from helpers.findings.records import subject
from helpers.findings.words import listed, told

# An effect that matters fails what only the claim of no difference asks for.
_OF_NO_EFFECT: Final = {name for row in evidence.NO_EFFECT for name in row} - {
    name for row in evidence.STRONG for name in row
}


def beside_grades(findings: Iterable[Finding], themes: Mapping[str, str] | None = None) -> Text:
    """One sentence for each effect that names a cause though checks of it did not pass.

    Parameters
    ----------
    findings : of any question; their order is kept.
    themes : of findings by id, where they are of one.
    """
    return sum(
        (
            told(
                "failed.beside",
                what=subject(f, themes),
                grade=told(f"grade.{f.grade}"),
                names=_names(f),
            )
            for f in findings
            if _failed(f)
        ),
        Text(),
    )


def in_short(finding: Finding) -> Text:
    """The same of one effect for the first screen; empty where nothing failed.

    Parameters
    ----------
    finding : the effect, whose grade stands beside it.
    """
    return told("point.failed", names=_names(finding)) if _failed(finding) else Text()


def _failed(finding: Finding) -> list[str]:
    if not finding.may_claim_cause:
        return []
    return [c.name for c in finding.reasons if c.passed is False and c.name not in _OF_NO_EFFECT]


def _names(finding: Finding) -> Text:
    return listed([told(f"check.{name}") for name in _failed(finding)], "; ")
