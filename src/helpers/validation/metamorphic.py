"""The battery of changes: a region is changed, and its effect must follow exactly or stay.

No truth is needed to see a fault.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from helpers import causal, measures, simulate
from helpers.causal import Ask, Effect
from helpers.contracts import SmallestEffect, Text, number
from helpers.contracts.plan_file import load
from helpers.findings import told
from helpers.questions.productivity_effect import asks as of_people
from helpers.questions.satisfaction_effect import asks as of_units
from helpers.validation.changes import CHANGES

# Where training works.
_REGION: Final = simulate.World(
    seed=20,
    employees=600,
    units=24,
    forms_per_year=1200,
    effect_productivity=0.06,
    effect_satisfaction=4.0,
)
_DRAWS: Final = 199


@dataclass(frozen=True, slots=True)
class Transformed:
    """One change of a question's data: what must happen, the effect before and after, and whether
    it did.
    """

    question: Text
    change: Text
    must: Text
    before: Effect
    after: Effect
    kept: bool


def region() -> tuple[Ask, Ask]:
    """The main asks of people and of service units in a simulated region where training works, with
    smallest effects of interest in the outcome's own unit.
    """
    study = simulate.study(simulate.make(_REGION), load(None))
    people = replace(of_people(study)[0], smallest=SmallestEffect(0.18))
    units = of_units(study, measures.unit_year(study))[0]
    return people, replace(units, smallest=SmallestEffect(2.5), draws=_DRAWS)


def transformed(ask: Ask) -> tuple[Transformed, ...]:
    """Every change that must hold of an ask, made to it.

    Parameters
    ----------
    ask : a primary one; of people with several cohorts and a unit's name on every row.
    """
    found, whole = [], effect(ask)
    for change in CHANGES:
        if ask.panel.of_units and not change.units:
            continue
        start = change.of(ask)
        before = whole if start is ask else effect(start)
        after = effect(change.make(start))
        kept = change.holds(before, after)
        question = _QUESTIONS[ask.panel.of_units]
        found.append(Transformed(question, change.name, change.must, before, after, kept))
    return tuple(found)


_QUESTIONS: Final = {
    False: Text("produktivitas", "productivity"),
    True: Text("kepuasan", "satisfaction"),
}


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
