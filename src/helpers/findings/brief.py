"""The brief, statement by statement: each with what this year's findings say of it, its grade, and
where it is worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from helpers.contracts import Answer, Finding, Plan, Statement, Text
from helpers.contracts.answer import Standing
from helpers.findings import contrasted, failed_checks
from helpers.findings.followed import AS_ADVISED
from helpers.findings.main_points import DRAW, ORDER, PRODUCTIVITY, SATISFACTION, by_lot
from helpers.findings.recommended import EXAMPLES, INVITE_FIRST, RULES
from helpers.findings.records import of_grades
from helpers.findings.words import told

# What stands surer comes later.
_SURER: Final[tuple[Standing, ...]] = ("none", "absent", "weak", "moderate", "strong")
SECTIONS: Final = (
    "pendahuluan",
    "tujuan",
    "pelaksanaan",
    "evaluasi_dan_hasil",
    "tantangan",
    "kesimpulan",
)


def statements(answers: Mapping[str, Answer], plan: Plan) -> tuple[Statement, ...]:
    """Every statement of the brief, in its order, answered or marked as not yet answered.

    Parameters
    ----------
    answers : the answers of the year's pages, by notebook name.
    plan : which outcomes are primary; their effects are what is quoted.

    Returns
    -------
    Thirteen statements; ``open`` are those that nothing found answers, with why.
    """
    found = {f.id: (f, page) for page, answer in answers.items() for f in answer.findings}
    waiting = {page: answer.lead for page, answer in answers.items() if answer.waits}
    years = sorted({int(y) for a in answers.values() for y in a.indicators["year"]})

    def of(
        section: str, key: str, page: str, *ids: str, before: str = "", theme: str = ""
    ) -> Statement:
        """A statement answered by findings of one page; open where none of them is there, or the
        page waits for a table.
        """
        there = [found[i][0] for i in ids if i in found]
        if not there:
            return Statement(section, key, waiting.get(page, told("answer.no_data")), "open", page)
        first: Iterable[Finding] = (found[before][0],) if before in found else ()
        text = sum((f.text for f in (*first, *there)), Text())
        themes = {f.id: theme for f in there}
        text += failed_checks.beside_grades(there, themes) + of_grades(there, themes)
        several = len({f.standing for f in there if f.standing in _SURER}) > 1
        return Statement(section, key, text, _least(there), page, weakest=several)

    def not_yet(section: str, key: str, reason: str) -> Statement:
        return Statement(section, key, told(f"answer.{reason}"), "open")

    def by_theme(section: str, key: str, words: str) -> Statement:
        """A statement about a theme, by the outcomes that the plan ties to it."""
        theme = next((t for t in plan.theory_of_change if words in t.lower()), "")
        ids = [contrasted.pair_id(theme, o) for o in plan.theory_of_change.get(theme, ())]
        if not ids:
            return not_yet(section, key, "not_by_theme")
        return of(section, key, "50_methods_and_dose", *ids, theme=theme)

    def commitment() -> Statement:
        """Commitment is in no table; that last year's advice was followed is."""
        answered = of("kesimpulan", "commitment", "60_recommendations", AS_ADVISED)
        if AS_ADVISED not in found:
            return answered
        known = found[AS_ADVISED][0].interval.known
        opening = told("answer.commitment" if known else "answer.commitment_unknown")
        return replace(
            answered, text=opening + answered.text, standing="described" if known else "open"
        )

    main = plan.outcomes.productivity.primary, plan.outcomes.satisfaction.primary
    discipline = (
        found["productivity.discipline.level"][0].text
        if "productivity.discipline.level" in found
        else told("discipline.unrecorded")
    )
    learnt = (
        found["learning.test_gain.level"][0].text if "learning.test_gain.level" in found else Text()
    )
    periodic = (
        told("answer.periodic", first=years[0], last=years[-1]) if years else told("answer.no_data")
    )
    effects = tuple(
        f"{question}.{outcome}.effect"
        for question, outcome in zip(("productivity", "satisfaction"), main, strict=True)
    )
    # Where a draw answers, it takes the place of the comparison without one.
    lots = by_lot(answers, plan)
    capacity_page, first = PRODUCTIVITY, effects[0]
    if "productivity" in lots:
        capacity_page, first = DRAW, f"draw.{main[0]}.effect"
    satisfied_page, second = SATISFACTION, effects[1]
    if "satisfaction" in lots:
        satisfied_page, second = ORDER, f"draw.{main[1]}.effect"
    return (
        of("pendahuluan", "capacity", capacity_page, first, second),
        Statement(
            "tujuan",
            "goals",
            told("answer.measured_by") + learnt + discipline,
            "described",
            "30_productivity_trends",
        ),
        by_theme("tujuan", "ethics", "etika"),
        of("pelaksanaan", "held", "20_participation", "participation.activities.level"),
        by_theme("pelaksanaan", "time_management", "manajemen waktu"),
        of("pelaksanaan", "self_report", "55_learning", "learning.self_report.difference"),
        Statement("evaluasi_dan_hasil", "periodic", periodic, "described", "10_data_quality"),
        of(
            "evaluasi_dan_hasil",
            "satisfied",
            satisfied_page,
            second,
            before="satisfaction.ikm.trend",
        ),
        of(
            "tantangan",
            "no_need",
            "20_participation",
            "participation.refusal.level",
            "participation.no_need.difference",
        ),
        of("tantangan", "outreach", "60_recommendations", EXAMPLES),
        Statement(
            "kesimpulan",
            "encouraging",
            conclusion([f for f, _ in found.values()]),
            "described",
        ),
        of(
            "kesimpulan",
            "equal",
            "60_recommendations",
            INVITE_FIRST,
            RULES,
            before="participation.never_invited.level",
        ),
        commitment(),
    )


def _least(there: Sequence[Finding]) -> Standing:
    """A statement about several effects stands no surer than the one that stands least."""
    effects = [f.standing for f in there if f.standing in _SURER]
    return min(effects, key=_SURER.index) if effects else there[0].standing


def conclusion(findings: Iterable[Finding]) -> Text:
    """The one sentence with which the annual report opens: how many effects may be called a result
    of training.
    """
    effects = [f for f in findings if f.id.endswith(".effect")]
    if not effects:
        return told("answer.no_effects")
    causes, weak = sum(f.may_claim_cause for f in effects), sum(f.grade == "weak" for f in effects)
    return told(
        "answer.conclusion",
        n=len(effects),
        causal=causes,
        weak=weak,
        open=len(effects) - causes - weak,
    )
