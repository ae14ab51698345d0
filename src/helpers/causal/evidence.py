"""The evidence rule: what may be claimed, and how strongly. One place; methods.md says why.

A grade needs every check of its row to be there and to have passed: a check that was not made, or
could not be told, counts as not passed, so nothing can be overclaimed by leaving a check out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpers.contracts import Check, Estimate
from helpers.contracts.results import CheckName, Claim, Grade

STRONG: Final[tuple[CheckName, ...]] = (
    "interval",
    "pre_trend",
    "pre_trend_power",
    "breakdown_1",
    "placebo",
    "agreement_sign",
    "agreement_interval",
    "confounder",
    "attrition",
)
MODERATE: Final[tuple[CheckName, ...]] = (
    "interval",
    "pre_trend",
    "placebo",
    "agreement_sign",
    "breakdown_half",
)


def grade(
    primary: Estimate, checks: Sequence[Check], smallest_effect: float
) -> tuple[Claim, Grade]:
    """The claim and its grade.

    Parameters
    ----------
    smallest_effect : the smallest effect of interest, in the estimate's own unit.
    """
    found = primary.interval
    if not found.known:
        return "inconclusive", "none"
    if not found.sign or not passed(checks, ("interval",)):
        inside = -smallest_effect < found.low and found.high < smallest_effect
        return ("no_meaningful_effect" if inside else "inconclusive"), "none"
    claim: Claim = "increase" if found.value > 0 else "decrease"
    if passed(checks, STRONG) and passed(checks, MODERATE):
        return claim, "strong"
    if passed(checks, MODERATE):
        return claim, "moderate"
    return claim, "weak"


def passed(checks: Sequence[Check], needed: Sequence[CheckName]) -> bool:
    """Whether every needed check was made and passed."""
    results = {c.name: c.passed for c in checks}
    return all(results.get(name) is True for name in needed)


def missing(checks: Sequence[Check]) -> tuple[CheckName, ...]:
    """Checks of the strongest grade that were not made or could not be told."""
    results = {c.name: c.passed for c in checks}
    return tuple(name for name in dict.fromkeys((*STRONG, *MODERATE)) if results.get(name) is None)
