"""Graded effects to findings: the claim, its reasons and its sentence in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.causal import Effect, evidence
from helpers.contracts import Estimate, Finding, Plan, Text
from helpers.contracts.check_names import CheckName
from helpers.contracts.panel import FEWEST_EMPLOYEES
from helpers.contracts.units import p_value
from helpers.findings import records
from helpers.findings.few_people import told_checks
from helpers.findings.tried import Trial
from helpers.findings.words import label, listed, told


def effect(found: Effect, plan: Plan, key: str = "", who: Text | None = None) -> Finding:
    """The finding of one outcome's effect.

    Parameters
    ----------
    found : the graded effect.
    plan : by which it was asked for.
    key : the finding's id; the question and the outcome where empty.
    who : whom the sentence is about; all the trained where None.
    """
    p = found.primary
    trial = Trial.of(p, plan, found.fits.primary.ask.panel.staff)
    record, untried = records.record(trial, found.grade) if p.interval.known else (None, "")
    return Finding(
        id=key or f"{p.about.question}.{p.outcome}.effect",
        question=p.about.question,
        outcome=p.outcome,
        claim=found.claim,
        grade=found.grade,
        interval=p.interval,
        unit_label=p.about.unit_label,
        text=_sentence(found, who or _who(p)),
        reasons=told_checks(found),
        record=record,
        untried=untried,
    )


def _sentence(found: Effect, who: Text) -> Text:
    """What may be said of one outcome's effect, and no more."""
    p = found.primary
    about = {"outcome": told(f"outcome.{p.outcome}"), "who": who}
    if not p.interval.known:
        fitted = found.fits.primary
        small = fitted.ask.small_cell
        key = f"problem.{fitted.design.obstacle or 'no_controls'}"
        traits = listed([label(t) for t in fitted.ask.panel.seldom_recorded])
        obstacle = told(key, small=small, fewest=FEWEST_EMPLOYEES, traits=traits, **about)
        return told("effect.impossible", problem=obstacle, **about)
    # What is graded is said as a rise or a fall of so much; what is not keeps its sign.
    shown = p.interval.mirrored if found.grade != "none" and p.interval.value < 0 else p.interval
    detectable = next(
        (c.figure for c in found.checks if c.name == "detectable_effect"), float("nan")
    )
    key = f"effect.{found.grade}_{found.claim}"
    if found.claim == "inconclusive" and p.interval.sign:
        # Its own interval rules zero out; with the other outcomes of its question it does not.
        key = "effect.none_among_several"
    names = evidence.lacking(found.checks, evidence.NO_EFFECT)
    if found.claim == "inconclusive" and _within(p, found.fits.primary.smallest_effect) and names:
        # What these data can see is not what stands in the way.
        key = "effect.none_within"
    return told(
        key,
        value=p.unit.change(shown.value),
        span=p.unit.change_span(shown.low, shown.high),
        smallest=p.unit.change(found.fits.primary.smallest_effect),
        detectable=p.unit.change(detectable),
        lacking=_lacking(found),
        names=_named(names),
        **about,
    )


def _within(p: Estimate, smallest: float) -> bool:
    """Whether a range that holds zero lies within the smallest effect of interest."""
    found = p.interval
    return not found.sign and max(abs(found.low), abs(found.high)) < smallest


def _lacking(found: Effect) -> Text:
    """What a weak finding lacks for a better grade."""
    rule = evidence.moderate(found.primary)
    ask = found.fits.primary.ask
    # Units have no comparison within a unit, so that nothing but a draw lifts them here.
    if rule is None or (ask.panel.of_units and rule is not evidence.UNITS):
        return told("lacking.never")
    names = [*evidence.lacking(found.checks, rule), *evidence.failing(found.checks)]
    stops_at_dip = rule is not evidence.UNITS and set(names) <= {"pre_trend", "dip"}
    if stops_at_dip and evidence.holds(found.checks, evidence.RULE_B):
        return told("lacking.dip", names=_named(names))
    return told("lacking.failed", names=_named(names))


def _named(checks: Sequence[CheckName]) -> Text:
    return listed([told(f"check.{n}") for n in checks], "; ")


def simple_comparisons(found: Effect) -> Text:
    """Why the simple comparisons say something else; of those that could be made."""
    p = found.primary
    shown = {
        e.estimator: e
        for e in found.estimates
        if e.role == "descriptive" and e.outcome == p.outcome and e.interval.known
    }
    if not shown:
        return told("naive.unavailable")
    if not p.interval.known:
        return told("naive.alone")
    if not {"before_after", "trained_vs_untrained"} <= set(shown):
        return told("naive.partly")
    return told(
        "naive.explain",
        before_after=p.unit.change(shown["before_after"].interval.value),
        trained_untrained=p.unit.change(shown["trained_vs_untrained"].interval.value),
        primary=p.unit.change(p.interval.value),
        all=told(f"all.{p.about.question}"),
    )


def pre_trend(found: Effect) -> Text:
    """What the test of trends before training says to the reader."""
    check = next((c for c in found.checks if c.name == "pre_trend"), None)
    if not found.primary.interval.known:
        return told("pre_trend.no_comparison")
    if check is None or check.passed is None:
        study = found.fits.primary.study
        led = study is not None and min(study.times) < -1
        return told("pre_trend.few_units" if led else "pre_trend.unknown")
    return told(
        "pre_trend.passed" if check.passed else "pre_trend.failed",
        who=_who(found.primary),
        p=p_value(check.figure),
    )


def detectable(found: Effect) -> Text:
    """The smallest difference that these data would have shown."""
    check = next((c for c in found.checks if c.name == "detectable_effect"), None)
    return (
        told("detectable_unknown")
        if check is None
        else told("detectable", value=found.primary.unit.change(check.figure))
    )


def _who(p: Estimate) -> Text:
    return told(f"who.{p.about.question}")
