"""The battery of changes: a region is changed, and its effect must follow exactly or stay.

No truth is needed to see a fault.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from helpers import causal, simulate
from helpers.causal import Ask, Effect
from helpers.contracts import SmallestEffect, Text, number
from helpers.contracts.plan_file import load
from helpers.findings import told
from helpers.questions.productivity_effect import asks
from helpers.validation.changes import CHANGES

_REGION: Final = simulate.World(
    seed=20, employees=600, units=24, forms_per_year=240, effect_productivity=0.06
)


@dataclass(frozen=True, slots=True)
class Transformed:
    """One change of the data: what must happen, the effect before and after, and whether it did."""

    change: Text
    must: Text
    before: Effect
    after: Effect
    kept: bool


def region() -> Ask:
    """The productivity question of a simulated region where training works, with the smallest
    effect of interest in the outcome's own unit.
    """
    first = asks(simulate.study(simulate.make(_REGION), load(None)))[0]
    return replace(first, smallest=SmallestEffect(0.18))


def transformed(ask: Ask) -> tuple[Transformed, ...]:
    """Every change, made to one ask.

    Parameters
    ----------
    ask : a primary one of people, with several cohorts and a unit's name on every row.
    """
    found, whole = [], effect(ask)
    for change in CHANGES:
        start = change.of(ask)
        before = whole if start is ask else effect(start)
        after = effect(change.make(start))
        kept = change.holds(before, after)
        found.append(Transformed(change.name, change.must, before, after, kept))
    return tuple(found)


def effect(ask: Ask) -> Effect:
    """The graded effect of an ask by every design that its grade rests on.

    Parameters
    ----------
    ask : a primary one.
    """
    return causal.effects((ask, *ask.by_other_designs()))[0]


def shown(of: Effect) -> Text:
    """An effect in a few words: estimate, error, grade.

    Parameters
    ----------
    of : before a change or after it.
    """
    found = of.primary.interval
    amount = Text.made(
        lambda lang: f"{number(found.value, lang, 4)} ({number(found.std_error, lang, 4)}),"
    )
    return amount + told(f"grade.{of.grade}")
