"""The two effect questions, from panel to graded effects: design, estimate, checks, grade."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from statsmodels.stats.multitest import multipletests

from helpers.causal import checks as check
from helpers.causal import evidence as rule
from helpers.causal import inference, naive
from helpers.causal.design import Design, design
from helpers.causal.estimate import Average, GroupTime, NotEstimable, group_time_att
from helpers.contracts import Check, Estimate, Plan
from helpers.contracts.panel import Panel
from helpers.contracts.results import Claim, Grade, Question, Role

EffectQuestion = Literal["productivity", "satisfaction"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One outcome's effect with everything that was done to distrust it."""

    design: Design
    primary: Estimate
    event_study: tuple[Estimate, ...]
    naive: tuple[Estimate, ...]
    checks: tuple[Check, ...]
    claim: Claim
    grade: Grade
    smallest_effect: float

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        return (self.primary, *self.event_study, *self.naive)


@dataclass(frozen=True, slots=True)
class Effects:
    """All outcomes of one question; the plan's primary outcome comes first, negative controls last."""

    question: EffectQuestion
    year: int
    by_outcome: dict[str, Effect]
    controls: dict[str, Effect]

    @property
    def main(self) -> Effect:
        return next(iter(self.by_outcome.values()))

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        return tuple(e for effect in (*self.by_outcome.values(), *self.controls.values()) for e in effect.estimates)


def productivity(panel: Panel, plan: Plan, year: int) -> Effects:
    """Effect of training on employees' productivity: ATT over treated years up to ``year`` (methods.md)."""
    outcomes = (plan.productivity_primary, *plan.productivity_secondary)
    return _effects(panel, plan, year, "productivity", outcomes, (), f"jp>={plan.min_jp:g}")


def satisfaction(panel: Panel, plan: Plan, year: int) -> Effects:
    """Effect of trained staff on units' IKM, with randomisation inference; untouched unsur are negative controls."""
    outcomes = (plan.satisfaction_primary, *plan.satisfaction_secondary)
    return _effects(panel, plan, year, "satisfaction", outcomes, plan.negative_controls, f"trained_share>={plan.min_share:g}")


def _effects(
    panel: Panel, plan: Plan, year: int, question: EffectQuestion, outcomes: tuple[str, ...], controls: tuple[str, ...], treatment: str
) -> Effects:
    made = {o: _effect(panel, plan, year, question, o, treatment, "primary") for o in dict.fromkeys(outcomes)}
    placebo = {o: _effect(panel, plan, year, question, o, treatment, "placebo") for o in controls if o not in made}
    known = [o for o, e in made.items() if e.primary.known]
    adjusted = multipletests([made[o].primary.p_value for o in known], method="holm")[1] if known else []
    for outcome, p in zip(known, adjusted, strict=True):
        made[outcome] = _graded(made[outcome], float(p))
    return Effects(question, year, made, placebo)


def _effect(panel: Panel, plan: Plan, year: int, question: EffectQuestion, outcome: str, treatment: str, role: Role) -> Effect:
    plot = design(panel, outcome)
    smallest = plan.satisfaction_smallest_effect
    if question == "productivity":
        smallest = plan.productivity_smallest_effect * (abs(plot.baseline_mean) if outcome != "skp" else _spread(plot))
    fit: GroupTime | None = None
    if plot.problem is None:
        try:
            fit = group_time_att(plot.frame, outcome, covariates=plot.covariates if question == "productivity" else ())
        except NotEstimable:
            plot = replace(plot, problem="no_controls")
    base = _row(plot, year, question, treatment)
    if fit is None:
        empty = Estimate(**base, estimand="ATT", estimator="callaway_santanna_dr", role=role, value=float("nan"),
                         std_error=float("nan"), ci=(float("nan"), float("nan")))  # fmt: skip
        return Effect(plot, empty, (), _naive(plot, base, year), (), "inconclusive", "none", smallest)
    primary = Estimate(**base, estimand="ATT", estimator="callaway_santanna_dr", role=role, value=fit.overall.value,
                       std_error=fit.overall.std_error, ci=fit.overall.interval(plan.level), p_value=fit.overall.p_value)  # fmt: skip
    made: list[Check] = [check.pre_trend(fit), check.smallest_detectable(fit.overall, smallest)]
    if question == "satisfaction" and role == "primary" and outcome == plan.satisfaction_primary:
        dealt = inference.randomise(plot, fit, draws=plan.draws, seed=plan.seed, level=plan.level)
        if dealt is not None:
            primary = replace(primary, ci=dealt.ci, p_value=dealt.p_value, estimator="callaway_santanna_dr+randomisation")
            made.append(Check("randomisation", dealt.p_value, check.ALPHA, dealt.p_value < check.ALPHA, f"{dealt.draws} draws"))
    event = tuple(_event_rows(fit, base, plan)) if role == "primary" else ()
    return Effect(plot, primary, event, _naive(plot, base, year), tuple(made), "inconclusive", "none", smallest)


def _graded(effect: Effect, p_adjusted: float) -> Effect:
    checks = (check.interval_excludes_zero(p_adjusted), *effect.checks)
    primary = replace(effect.primary, p_adjusted=p_adjusted)
    claim, given = rule.grade(primary, checks, effect.smallest_effect)
    return replace(effect, primary=primary, checks=checks, claim=claim, grade=given)


def _spread(plot: Design) -> float:
    return float(plot.frame[plot.outcome].std()) if len(plot.frame) else float("nan")


def _row(plot: Design, year: int, question: Question, treatment: str) -> dict:  # type: ignore[type-arg]
    return {
        "year": year,
        "question": question,
        "outcome": plot.outcome,
        "treatment": treatment,
        "unit_label": plot.unit_label,
        "baseline_mean": plot.baseline_mean,
        "n_treated": plot.n_treated,
        "n_control": plot.n_control,
        "n_obs": len(plot.frame),
        "n_clusters": plot.n_clusters,
    }


def _event_rows(fit: GroupTime, base: dict, plan: Plan) -> list[Estimate]:  # type: ignore[type-arg]
    rows = []
    for time, value, error in fit.event.itertuples(index=False):
        if pd.isna(error) or error <= 0:
            continue
        point = Average(float(value), float(error), fit.n_clusters - 1)
        rows.append(Estimate(**base, estimand="ATT(event time)", estimator="callaway_santanna_dr", role="event_study",
                             horizon=int(time), value=point.value, std_error=point.std_error, ci=point.interval(plan.level),
                             p_value=point.p_value))  # fmt: skip
    return rows


def _naive(plot: Design, base: dict, year: int) -> tuple[Estimate, ...]:  # type: ignore[type-arg]
    if plot.problem is not None:
        return ()
    made = {"before_after": naive.before_after(plot), "trained_vs_untrained": naive.trained_untrained(plot, year),
            "two_way_fixed_effects": naive.two_way_fixed_effects(plot)}  # fmt: skip
    return tuple(
        Estimate(**base, estimand="difference", estimator=name, role="descriptive", value=a.value, std_error=a.std_error,
                 ci=a.interval(), p_value=a.p_value)
        for name, a in made.items() if a is not None
    )  # fmt: skip
