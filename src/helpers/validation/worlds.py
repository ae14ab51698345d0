"""Simulated worlds of known truth, asked the same questions that the notebooks ask."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

import pandas as pd

from helpers import measures, questions, simulate
from helpers.contracts import Estimate, Finding, Plan
from helpers.contracts.panel import Panel
from helpers.contracts.results import Claim, Grade, Question
from helpers.findings.tried import FEWEST_DRAWS, Trial
from helpers.measures import kinds as of_themes
from helpers.questions.methods_and_dose import effects_of_themes
from helpers.validation import oracle
from helpers.validation.business_report import business_report, names_cause
from helpers.validation.kind import Kind
from helpers.validation.kinds_of_world import KINDS


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of one region's main outcome, beside what is true of it.

    ``outcome``, ``treatment``, ``plan``, ``n_treated`` and ``n_clusters`` say what was tried
    (`findings.tried`); ``smallest`` is the smallest effect of interest in the outcome's unit.
    ``failed`` names the checks that did not pass; ``oracle`` is what who knows the untreated
    outcomes would have found. The last four say what others would have claimed from the same data
    (`business_report`: its text names training as the cause); they are not asked of themes.
    """

    kind: str
    seed: int
    question: Question
    outcome: str
    treatment: str
    plan: str
    n_treated: int
    n_clusters: int
    smallest: float
    truth: float
    value: float
    low: float
    high: float
    claim: Claim
    grade: Grade
    failed: str
    oracle: bool
    before_after: bool | None
    two_way_fixed_effects: bool | None
    pre_tested: bool | None
    business_report: bool | None

    @property
    def found(self) -> bool:
        """Whether the primary interval rules out zero on the side of the truth."""
        return self.truth * self.value > 0 and (self.low > 0 or self.high < 0)

    @property
    def covered(self) -> bool:
        """Whether the primary interval holds the truth."""
        return self.low <= self.truth <= self.high

    @property
    def wrong(self) -> bool:
        """Whether a rise or fall is claimed where the truth is zero or of the other sign."""
        direction = {"increase": 1, "decrease": -1}.get(self.claim, 0)
        return direction != 0 and direction * self.truth <= 0

    @property
    def overlooked(self) -> bool:
        """Whether no meaningful effect is claimed where there is one of the smallest that matters
        or more.
        """
        return self.claim == "no_meaningful_effect" and abs(self.truth) >= self.smallest

    @property
    def trial(self) -> Trial:
        """What was tried."""
        return Trial(
            self.question,
            self.outcome,
            self.treatment,
            self.plan,
            self.n_treated,
            self.n_clusters,
        )

    @property
    def cause(self) -> bool:
        """Whether the report names training as the cause."""
        return self.grade in ("strong", "moderate")


COLUMNS: Final = tuple(f.name for f in fields(Told))


def battery_plan(plan: Plan) -> Plan:
    """The plan with its main outcomes only, its first theme's main outcome, no subgroups and fewer
    draws: nothing else is looked at in a battery.

    Parameters
    ----------
    plan : the project's own.
    """
    of = plan.outcomes
    people = of.productivity.model_copy(update={"secondary": ()})
    units = of.satisfaction.model_copy(update={"secondary": ()})
    outcomes = of.model_copy(update={"productivity": people, "satisfaction": units})
    inference = plan.inference.model_copy(update={"draws": FEWEST_DRAWS})
    theme, named = next(iter(plan.theory_of_change.items()))
    changed = {
        "outcomes": outcomes,
        "inference": inference,
        "theory_of_change": {theme: named[:1]},
        "subgroups": (),
    }
    return plan.model_copy(update=changed)


def tell(kind: Kind, seed: int, plan: Plan) -> tuple[Told, ...]:
    """The answers of every question of effects in one region; the same kind and seed always give
    the same.

    Parameters
    ----------
    kind : of world.
    seed : of the region.
    plan : as `battery_plan` gives it.
    """
    region = simulate.make(replace(kind.world, seed=seed))
    study = simulate.study(region, plan)
    people, units = measures.employee_year(study), measures.unit_year(study)
    (theme,) = plan.theory_of_change
    of_theme = of_themes.theme_people(study, theme)
    who = measures.entities(study)
    productivity = questions.productivity_effect(study)
    satisfaction = questions.satisfaction_effect(study)
    theme_effect = next(effects_of_themes(study))
    gains = oracle.gains_of_people(region, who), oracle.gains_of_units(region, units)
    att = region.truth["att"]
    assert isinstance(att, dict)
    of_all = att[str(study.year)]
    told = tuple(
        _told((kind.name, seed), plan, finding, estimates, panel, gained, truth)
        for finding, estimates, panel, gained, truth in (
            (productivity.findings[0], productivity.estimates, people, gains[0], of_all),
            (satisfaction.findings[0], satisfaction.estimates, units, gains[1], of_all),
            (theme_effect.finding, theme_effect.estimates, of_theme, gains[0], None),
        )
    )
    # What was read stays for the whole battery; collecting it again and again takes time.
    gc.freeze()
    return told


def tasks(worlds: int, first_seed: int) -> Iterator[tuple[Kind, int]]:
    """Every kind with its own seeds, so that no two regions of a battery share their chance.

    Parameters
    ----------
    worlds : regions a kind.
    first_seed : seeds lie above it.
    """
    for at in range(worlds):
        for k, kind in enumerate(KINDS):
            yield kind, first_seed + 100_000 * k + at


def _told(
    region: tuple[str, int],
    plan: Plan,
    finding: Finding,
    estimates: Iterable[Estimate],
    panel: Panel,
    gains: pd.DataFrame,
    truth: Mapping[str, float | None] | None,
) -> Told:
    """What is told of an outcome. Of all training, ``truth`` is that of who was trained indeed,
    whatever the records say; of a theme there is none beside the records, and nobody else is asked.
    """
    found, rows = finding.interval, [e for e in estimates if e.outcome == finding.outcome]
    trial = Trial.of(next(e for e in rows if e.role == "primary"), plan)
    detectable = finding.reason("detectable_effect")
    gained = oracle.gained(panel, gains[finding.outcome])
    beside = truth is not None
    true = oracle.truth(gained) if truth is None else truth[finding.outcome]
    return Told(
        *region,
        trial.question,
        trial.outcome,
        trial.treatment,
        trial.plan,
        trial.n_treated,
        trial.n_clusters,
        math.nan if detectable is None else detectable.threshold,
        float(true or 0.0),
        found.value,
        found.low,
        found.high,
        finding.claim,
        finding.grade,
        " ".join(c.name for c in finding.reasons if c.passed is not True),
        oracle.finds(gained),
        _rises(rows, "before_after") if beside else None,
        _rises(rows, "two_way_fixed_effects") if beside else None,
        bool(found.sign) and _passed(finding, "pre_trend") if beside else None,
        names_cause(business_report(panel, finding.outcome)) if beside else None,
    )


def _rises(rows: Iterable[Estimate], estimator: str) -> bool:
    return any(e.estimator == estimator and e.interval.sign != 0 for e in rows)


def _passed(finding: Finding, name: str) -> bool:
    check = next((c for c in finding.reasons if c.name == name), None)
    return check is not None and check.passed is True and math.isfinite(check.figure)
