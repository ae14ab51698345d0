"""The evidence rule: what may be claimed, and how strongly. One place; methods.md says why.

A grade needs every check of its row to be there and to have passed: a check that was not made, or
could not be told, counts as not passed, so nothing can be overclaimed by leaving a check out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpers.contracts import Check, Estimate
from helpers.contracts.check_names import CheckName
from helpers.contracts.results import Claim, Grade

# Each row of a rule is a set of checks of which one has to pass.
Rule = tuple[tuple[CheckName, ...], ...]

RULE_A: Final[Rule] = (
    ("interval",),
    ("clusters",),
    ("pre_trend",),
    ("dip",),
    ("bounds_training_year", "bounds_two_years"),
    ("within_unit",),
)
# Of one theme, with a third of the trained, the tests of the years before are less sensitive: a
# training that is pretended too early must not seem to work either.
RULE_OF_THEMES: Final[Rule] = (*RULE_A, ("placebo_date",))
RULE_B: Final[Rule] = (
    ("interval",),
    ("clusters",),
    ("bounds_training_year",),
    ("symmetric",),
    ("own_line",),
    ("within_unit",),
)
STRONG: Final[Rule] = (
    *RULE_A,
    *RULE_B,
    ("placebo_date",),
    ("confounder",),
    ("pre_trend_power",),
)
# Of units, few and each its own cluster: dates dealt again, and outcomes that staff cannot move.
UNITS: Final[Rule] = (
    ("interval",),
    ("randomisation",),
    ("pre_trend",),
    ("dip",),
    ("bounds_training_year", "bounds_two_years"),
    ("placebo_outcomes",),
    ("near_threshold",),
)
# Each of these can make an effect out of none and leave every other check in place: the trained
# vanish in bad years, move to better posts, or take over the work of their colleagues.
MAY_NOT_FAIL: Final[tuple[CheckName, ...]] = (
    "attrition",
    "whoever_left",
    "movers",
    "displacement",
)
# What a difference too small to matter needs besides an interval that holds zero.
NO_EFFECT: Final[Rule] = (("pre_trend",), ("dip",), ("robust_inside",))
# The one outcome of satisfaction that a shock to a whole unit leaves untouched.
UNTOUCHED_BY_SHOCKS: Final = "staff_unsur"


def moderate(primary: Estimate) -> Rule | None:
    """What a moderate grade of this estimate needs; None where it is never more than weak.

    Parameters
    ----------
    primary : of any question.
    """
    if primary.about.question == "methods_dose":
        return RULE_OF_THEMES
    if primary.about.question != "satisfaction":
        return RULE_A
    return UNITS if primary.outcome == UNTOUCHED_BY_SHOCKS else None


def grade(primary: Estimate, checks: Sequence[Check]) -> tuple[Claim, Grade]:
    """The claim and its grade.

    Parameters
    ----------
    primary : the estimate that is graded.
    checks : all that were made of it.
    """
    found = primary.interval
    if not found.known:
        return "inconclusive", "none"
    if not found.sign or not holds(checks, (("interval",),)):
        inside = holds(checks, NO_EFFECT)
        return ("no_meaningful_effect" if inside else "inconclusive"), "none"
    claim: Claim = "increase" if found.value > 0 else "decrease"
    needed = moderate(primary)
    # A placebo that the plan names may not fail; that it names none is no failure.
    placebo = next((c.passed for c in checks if c.name == "placebo_outcomes"), True)
    if needed is None or not holds(checks, needed) or failing(checks):
        return claim, "weak"
    strong = primary.about.question != "satisfaction" and holds(checks, STRONG) and placebo is True
    return claim, "strong" if strong else "moderate"


def holds(checks: Sequence[Check], rule: Rule) -> bool:
    """Whether one check of each row of a rule was made and passed.

    Parameters
    ----------
    checks : all that were made.
    rule : rows of check names.
    """
    return not lacking(checks, rule)


def lacking(checks: Sequence[Check], rule: Rule) -> tuple[CheckName, ...]:
    """The first check of each row of a rule in which none passed.

    Parameters
    ----------
    checks : all that were made.
    rule : rows of check names.
    """
    passed = {c.name for c in checks if c.passed is True}
    return tuple(row[0] for row in rule if not passed.intersection(row))


def failing(checks: Sequence[Check]) -> tuple[CheckName, ...]:
    """The checks that no cause is named beside, where they were made and failed; units that nobody
    leaves, or that do not differ, give nothing to check.

    Parameters
    ----------
    checks : all that were made.
    """
    return tuple(c.name for c in checks if c.name in MAY_NOT_FAIL and c.passed is False)
