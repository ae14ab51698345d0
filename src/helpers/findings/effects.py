"""Graded effects to findings: the claim, its reasons and its sentence in both languages."""

from __future__ import annotations

import math

from helpers.causal import Effect, Effects
from helpers.causal.evidence import MODERATE, missing
from helpers.contracts import Estimate, Finding, Lang, locale
from helpers.findings.words import LANGS, say


def findings(effects: Effects) -> tuple[Finding, ...]:
    """One finding for each outcome of an effect question."""
    return tuple(_finding(effects, outcome, effect) for outcome, effect in effects.by_outcome.items())


def _finding(effects: Effects, outcome: str, effect: Effect) -> Finding:
    p = effect.primary
    return Finding(
        id=f"{effects.question}.{outcome}.effect",
        question=effects.question,
        outcome=outcome,
        claim=effect.claim,
        grade=effect.grade,
        reasons=effect.checks,
        estimate=p.value,
        ci=p.ci,
        unit_label=p.unit_label,
        text={lang: sentence(effects, outcome, lang) for lang in LANGS},
    )


def sentence(effects: Effects, outcome: str, lang: Lang) -> str:
    """What may be said of one outcome's effect, and no more."""
    effect = effects.by_outcome[outcome]
    about = {"outcome": say(f"outcome.{outcome}", lang), "who": say(f"who.{effects.question}", lang)}
    if not effect.primary.known:
        problem = say(f"problem.{effect.design.problem or 'no_controls'}", lang, **about)
        return say("effect.impossible", lang, problem=problem, **about)
    size = abs(effect.primary.value) if effect.grade != "none" else effect.primary.value
    p = effect.primary
    span = p.ci if effect.grade == "none" or p.value > 0 else (-p.ci[1], -p.ci[0])
    detectable = next((c.figure for c in effect.checks if c.name == "detectable_effect"), math.nan)
    return say(
        f"effect.{effect.grade}_{effect.claim}",
        lang,
        value=amount(size, p, lang),
        span=amount_span(span, p, lang),
        smallest=amount(effect.smallest_effect, p, lang),
        detectable=amount(detectable, p, lang),
        lacking=_lacking(effect, lang),
        **about,
    )


def _lacking(effect: Effect, lang: Lang) -> str:
    failed = [c.name for c in effect.checks if c.passed is False and c.name in MODERATE]
    key, names = ("lacking.failed", failed) if failed else ("lacking.not_made", [n for n in missing(effect.checks) if n in MODERATE])
    return say(key, lang, names=", ".join(say(f"check.{n}", lang) for n in names))


def effect_sentences(effects: Effects | None, lang: Lang) -> tuple[str, ...]:
    """One sentence for every outcome but the main one, which opens the page."""
    return tuple(sentence(effects, o, lang) for o in list(effects.by_outcome)[1:]) if effects else ()


def naive_sentence(effects: Effects | None, lang: Lang) -> str:
    """Why the simple comparisons say something else."""
    if effects is None:
        return say("naive.unavailable", lang)
    effect = effects.main
    simple = {e.estimator: e for e in effect.naive}
    if not effect.primary.known or len(simple) < 2:
        return say("naive.unavailable", lang)
    p = effect.primary
    return say(
        "naive.explain",
        lang,
        before_after=amount(simple["before_after"].value, p, lang),
        trained_untrained=amount(simple["trained_vs_untrained"].value, p, lang),
        primary=amount(p.value, p, lang),
        all=say(f"all.{effects.question}", lang),
    )


def pre_trend_sentence(effects: Effects | None, lang: Lang) -> str:
    """What the test of trends before training says to the reader."""
    found = next((c for c in effects.main.checks if c.name == "pre_trend"), None) if effects else None
    if effects is None or found is None or found.passed is None:
        return say("pre_trend.unknown", lang)
    key = "pre_trend.passed" if found.passed else "pre_trend.failed"
    return say(key, lang, who=say(f"who.{effects.question}", lang), p=locale.number(found.figure, lang, 3))


def detectable_sentence(effects: Effects | None, lang: Lang) -> str:
    """The smallest difference that these data would have shown."""
    if effects is None:
        return say("naive.unavailable", lang)
    effect = effects.main
    found = next((c for c in effect.checks if c.name == "detectable_effect"), None)
    return say("naive.unavailable", lang) if found is None else say("detectable", lang, value=amount(found.figure, effect.primary, lang))


def amount(value: float, estimate: Estimate, lang: Lang) -> str:
    """An amount in the estimate's unit, output per day as a share of the level before training."""
    if estimate.outcome == "output_per_day" and math.isfinite(estimate.baseline_mean) and estimate.baseline_mean:
        return locale.percent(value / estimate.baseline_mean, lang)
    if estimate.unit_label == "share (0-1)":
        unit = "poin persen" if lang == "id" else "percentage points"
        return f"{locale.number(value * 100, lang)} {unit}"
    return f"{locale.number(value, lang, 2)} {say(f'unit.{estimate.unit_label}', lang)}"


def amount_span(ci: tuple[float, float], estimate: Estimate, lang: Lang) -> str:
    """An interval in the estimate's unit."""
    if estimate.outcome == "output_per_day" and math.isfinite(estimate.baseline_mean) and estimate.baseline_mean:
        return locale.span(ci[0] / estimate.baseline_mean, ci[1] / estimate.baseline_mean, lang, share=True)
    if estimate.unit_label == "share (0-1)":
        return locale.span(ci[0] * 100, ci[1] * 100, lang)
    return locale.span(*ci, lang, 2)
