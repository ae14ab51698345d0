"""The first screen of the annual report: the verdict, and at most six main points with their
figure, range, grade and one sentence. What is said comes from findings, and says no more than they.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from helpers.contracts import Answer, Estimate, Finding, Plan, Text, count
from helpers.contracts.points import Point, Strip
from helpers.findings import records, staying_away
from helpers.findings.how_large import named, said_as, size_told
from helpers.findings.words import thing, told, with_amount

PRODUCTIVITY: Final = "31_productivity_effect"
DRAW: Final = "35_draw_effect"
SATISFACTION: Final = "41_satisfaction_effect"
PARTICIPATION: Final = "20_participation"
_MOST_STEPS: Final = 3


def verdict(answers: Mapping[str, Answer], plan: Plan) -> Text:
    """The report in one line: what training does to productivity and to satisfaction.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcomes.
    """
    clauses = [_clause(answer, outcome) for _, answer, outcome in _main_effects(answers, plan)]
    first, second = clauses
    if first.with_amount and first.verb == second.verb:
        both = told("verdict.and", first=first.what, second=second.what)
        clauses = [replace(first, what=both)]
    said = [c.text for c in clauses]
    return Text.made(lambda lang: _capital("; ".join(s[lang] for s in said)))


@dataclass(frozen=True, slots=True)
class _Clause:
    """What the verdict says of one outcome; without a grade, that it cannot be answered."""

    what: Text
    question: str = ""
    grade: str = ""
    claim: str = ""

    @property
    def verb(self) -> tuple[Text, str, str]:
        """What two outcomes have in common where one sentence says both: cause, grade and claim."""
        cause = named(self.question)["cause"] if self.question else Text()
        return cause, self.grade, self.claim

    @property
    def with_amount(self) -> bool:
        """Whether it names an amount; the others say how little can be said."""
        return self.claim in ("increase", "decrease")

    @property
    def text(self) -> Text:
        if not self.grade:
            return told("verdict.open", thing=self.what)
        key = f"verdict.{self.grade}_{self.claim}"
        return told(key, what=self.what, thing=self.what, **named(self.question))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def compared(answers: Mapping[str, Answer], plan: Plan) -> Text:
    """Who was compared with whom, on data of which years; empty where nobody was.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcome.
    """
    if by_lot(answers, plan):
        return answers[DRAW].say("compared")
    row = _primary(answers.get(PRODUCTIVITY), plan.outcomes.productivity.primary)
    years = sorted({int(y) for a in answers.values() for y in a.indicators["year"]})
    if row is None or not row.n_treated or not years:
        return Text()
    return told(
        "point.compared",
        treated=count(row.n_treated),
        controls=count(row.n_control),
        first=years[0],
        last=years[-1],
    )


def main_points(
    answers: Mapping[str, Answer], plan: Plan, steps: Mapping[str, Text]
) -> tuple[Point, ...]:
    """At most six points, those that have something to say.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcomes.
    steps : what to do next, the most urgent first.
    """
    found = [_effect(*main) for main in _main_effects(answers, plan)]
    if by_lot(answers, plan):
        # What would have been said without it.
        of, without = plan.outcomes.productivity.primary, answers.get(PRODUCTIVITY)
        beside = _effect("productivity", without, of)
        found.insert(1, replace(beside, key="without_draw", heading=Text()))
    found += staying_away.points(answers.get(PARTICIPATION))
    if steps:
        found.append(Point("next", steps=tuple(steps.values())[:_MOST_STEPS]))
    return tuple(found)


def how_sure(answers: Mapping[str, Answer], plan: Plan) -> Text:
    """How often such sentences were wrong where the truth is known: the records of both main
    grades, or why one has none; empty where nothing was claimed of either.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcomes.
    """
    main = ((_main(answer, o), o) for _, answer, o in _main_effects(answers, plan))
    found = [(finding, thing(outcome)) for finding, outcome in main if finding]
    said = sum((records.in_short(*one) for one in found), Text())
    if any(finding.record is not None for finding, _ in found):
        said += told("point.apart")
    return told("point.how_often") + said if said else Text()


def _main_effects(
    answers: Mapping[str, Answer], plan: Plan
) -> tuple[tuple[str, Answer | None, str], ...]:
    """What the first screen is about: each question with its answer and main outcome."""
    of, leads = plan.outcomes, DRAW if by_lot(answers, plan) else PRODUCTIVITY
    return (
        ("productivity", answers.get(leads), of.productivity.primary),
        ("satisfaction", answers.get(SATISFACTION), of.satisfaction.primary),
    )


def by_lot(answers: Mapping[str, Answer], plan: Plan) -> bool:
    """Whether a draw answers for productivity.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcome.
    """
    found = _main(answers.get(DRAW), plan.outcomes.productivity.primary)
    return found is not None and found.interval.known


def _main(answer: Answer | None, outcome: str) -> Finding | None:
    found = answer.findings if answer is not None else ()
    return next((f for f in found if f.outcome == outcome and f.id.endswith(".effect")), None)


def _primary(answer: Answer | None, outcome: str) -> Estimate | None:
    rows = answer.rows("primary", outcome) if answer is not None else ()
    return rows[0] if rows else None


def _clause(answer: Answer | None, outcome: str) -> _Clause:
    finding, row = _main(answer, outcome), _primary(answer, outcome)
    plain = thing(outcome)
    if finding is None or row is None or not finding.interval.known:
        return _Clause(plain)
    shown = finding.interval.mirrored if finding.claim == "decrease" else finding.interval
    of_amount = with_amount(outcome, row.unit.change(shown.value), finding.grade)
    clause = _Clause(of_amount, finding.question, finding.grade, finding.claim)
    return clause if clause.with_amount else replace(clause, what=plain)


def heading(question: str, outcome: str) -> Text:
    """The heading of an effect's point: of satisfaction, which is measured in several ways, the
    outcome itself.

    Parameters
    ----------
    question : ``"productivity"`` or ``"satisfaction"``.
    outcome : the question's main outcome.
    """
    if question != "satisfaction":
        return told(f"point.{question}")
    said = thing(outcome)
    return Text.made(lambda lang: _capital(said[lang]))


def _effect(key: str, answer: Answer | None, outcome: str) -> Point:
    finding, row = _main(answer, outcome), _primary(answer, outcome)
    if finding is None or row is None or not finding.interval.known:
        why = answer.lead if answer is not None and answer.waits else Text()
        return Point(
            key,
            standing="open",
            text=finding.text if finding else why or told("answer.no_data"),
            heading=heading(key, outcome),
        )
    unit, found = row.unit, finding.interval
    check = finding.reason("detectable_effect")
    smallest, detectable = (
        (check.threshold, check.figure) if check is not None else (math.nan, math.nan)
    )
    figure = _signed(unit.change(found.value), found.value)
    return Point(
        key,
        figure,
        unit.change_span(found.low, found.high),
        finding.standing,
        told(
            f"point.{said_as(finding, smallest)}",
            thing=thing(outcome),
            **named(finding.question),
            detectable=unit.change(detectable),
            smallest=unit.change(smallest),
            size=size_told(found.value, found.low, found.high, smallest),
        ),
        Strip(
            found.value,
            found.low,
            found.high,
            0.0,
            smallest if smallest > 0 else 0.0,
            Text.same("0"),
            unit.change(smallest) if smallest > 0 else Text(),
            figure,
        ),
        heading=heading(key, outcome),
    )


def _signed(written: Text, value: float) -> Text:
    """A change that says its sign; what rounds to zero has none."""
    moved = value > 0 and any(ch in "123456789" for ch in written.en)
    return Text.made(lambda lang: "+" * moved + written[lang])
