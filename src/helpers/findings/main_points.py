"""The first screen of the annual report: the verdict, and at most six main points with their
figure, range, grade and one sentence. What is said comes from findings, and says no more than they.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from helpers.contracts import Answer, Estimate, Finding, Plan, Text, count
from helpers.contracts.points import Point, Strip
from helpers.findings import failed_checks, records, staying_away
from helpers.findings.how_large import OF_UNITS, named, said_as, size_told
from helpers.findings.words import thing, told, with_amount

Led = Literal["productivity", "satisfaction"]
PRODUCTIVITY: Final = "31_productivity_effect"
DRAW: Final = "35_draw_effect"
SATISFACTION: Final = "41_satisfaction_effect"
ORDER: Final = "45_order_effect"
PARTICIPATION: Final = "20_participation"
_MOST_STEPS: Final = 3
# Each question with the page that answers it by lot, and the one that does so without.
_PAGES: Final[dict[Led, tuple[str, str]]] = {
    "productivity": (DRAW, PRODUCTIVITY),
    "satisfaction": (ORDER, SATISFACTION),
}


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
    outcome: str = ""
    grade: str = ""
    claim: str = ""

    @property
    def verb(self) -> tuple[Text, str, str]:
        """What two outcomes have in common where one sentence says both: cause, grade and claim."""
        cause = named(self.question, self.outcome)["cause"] if self.question else Text()
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
        return told(key, what=self.what, thing=self.what, **named(self.question, self.outcome))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def compared(answers: Mapping[str, Answer], plan: Plan) -> Text:
    """Who was compared with whom, on data of which years, and of a draw who came; empty where
    nobody was.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcome.
    """
    lots = by_lot(answers, plan)
    of_units = answers[ORDER].say("compared") if "satisfaction" in lots else Text()
    if "productivity" in lots:
        draw = answers[DRAW]
        return draw.say("compared") + draw.say("attended") + of_units
    row = _primary(answers.get(PRODUCTIVITY), plan.outcomes.productivity.primary)
    years = sorted({int(y) for a in answers.values() for y in a.indicators["year"]})
    if row is None or not row.n_treated or not years:
        return of_units
    return (
        told(
            "point.compared",
            treated=count(row.n_treated),
            controls=count(row.n_control),
            first=years[0],
            last=years[-1],
        )
        + of_units
    )


def distance(answers: Mapping[str, Answer], plan: Plan) -> Text:
    """How far the answer without a draw is from the draw's; empty where the two cannot be told
    apart because one is not known.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcome.
    """
    if "productivity" not in by_lot(answers, plan):
        return Text()
    finding = answers[DRAW].finding(f"draw.{_outcome(plan, 'productivity')}.distance")
    return finding.text if finding is not None and finding.interval.known else Text()


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
    lots, found = by_lot(answers, plan), list[Point]()
    for question, answer, outcome in _main_effects(answers, plan):
        found.append(_effect(question, answer, outcome))
        if question == "productivity" and question in lots:
            # What would have been said without the lot; of an order that is no other comparison.
            beside = _effect(question, answers.get(PRODUCTIVITY), outcome)
            found.append(replace(beside, key="without_draw", heading=Text()))
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
) -> tuple[tuple[Led, Answer | None, str], ...]:
    """What the first screen is about: each question with its answer and main outcome."""
    lots = by_lot(answers, plan)
    return tuple(
        (question, answers.get(lot if question in lots else without), _outcome(plan, question))
        for question, (lot, without) in _PAGES.items()
    )


def by_lot(answers: Mapping[str, Answer], plan: Plan) -> tuple[Led, ...]:
    """Which of productivity and satisfaction a draw answers.

    Parameters
    ----------
    answers : of the year's pages, by notebook name.
    plan : names the main outcomes.
    """
    found = ((q, _main(answers.get(lot), _outcome(plan, q))) for q, (lot, _) in _PAGES.items())
    return tuple(q for q, finding in found if finding is not None and finding.interval.known)


def _outcome(plan: Plan, question: Led) -> str:
    of = plan.outcomes
    return of.productivity.primary if question == "productivity" else of.satisfaction.primary


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
    clause = _Clause(of_amount, finding.question, outcome, finding.grade, finding.claim)
    return clause if clause.with_amount else replace(clause, what=plain)


def heading(outcome: str) -> Text:
    """The heading of an effect's point: of satisfaction, which is measured in several ways, the
    outcome itself.

    Parameters
    ----------
    outcome : the question's main outcome.
    """
    if outcome not in OF_UNITS:
        return told("point.productivity")
    said = thing(outcome)
    return Text.made(lambda lang: _capital(said[lang]))


def _effect(key: Led, answer: Answer | None, outcome: str) -> Point:
    finding, row = _main(answer, outcome), _primary(answer, outcome)
    if finding is None or row is None or not finding.interval.known:
        why = answer.lead if answer is not None and answer.waits else Text()
        return Point(
            key,
            standing="open",
            text=finding.text if finding else why or told("answer.no_data"),
            heading=heading(outcome),
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
            **named(finding.question, outcome),
            detectable=unit.change(detectable),
            smallest=unit.change(smallest),
            size=size_told(found.low, found.high, smallest),
        )
        + failed_checks.in_short(finding),
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
        heading=heading(outcome),
    )


def _signed(written: Text, value: float) -> Text:
    """A change that says its sign; what rounds to zero has none."""
    moved = value > 0 and any(ch in "123456789" for ch in written.en)
    return Text.made(lambda lang: "+" * moved + written[lang])
