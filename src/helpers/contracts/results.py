"""What a run says: indicators, estimates, checks, findings, and the columns in which they are written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from helpers.contracts.errors import Lang

Question = Literal["productivity", "satisfaction", "methods_dose", "participation", "learning", "draw"]
Role = Literal["primary", "event_study", "robustness", "placebo", "sensitivity", "subgroup", "descriptive"]
Claim = Literal["increase", "decrease", "no_meaningful_effect", "inconclusive", "descriptive"]
Grade = Literal["strong", "moderate", "weak", "none"]

INDICATOR_COLUMNS: Final = ("year", "indicator", "group_by", "group", "value", "ci_low", "ci_high", "n", "unit_label")
ESTIMATE_COLUMNS: Final = (
    "year", "question", "outcome", "treatment", "estimand", "estimator", "role", "group", "horizon", "estimate",
    "std_error", "ci_low", "ci_high", "p_value", "p_adjusted", "unit_label", "baseline_mean", "n_treated", "n_control",
    "n_obs", "n_clusters",
)  # fmt: skip
EXCLUSION_COLUMNS: Final = ("table", "file", "row", "column", "fault", "action", "count")


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate with its interval, in ``unit_label``; not-a-number where a part cannot be computed.

    ``baseline_mean`` is the treated's outcome before treatment, so that a share can be told from an amount.
    """

    year: int
    question: Question
    outcome: str
    treatment: str
    estimand: str
    estimator: str
    role: Role
    value: float
    std_error: float
    ci: tuple[float, float]
    unit_label: str
    group: str = "all"
    horizon: int | None = None
    p_value: float = math.nan
    p_adjusted: float = math.nan
    baseline_mean: float = math.nan
    n_treated: int = 0
    n_control: int = 0
    n_obs: int = 0
    n_clusters: int = 0

    @property
    def known(self) -> bool:
        """Whether there is an estimate with an interval at all."""
        return all(map(math.isfinite, (self.value, *self.ci)))

    @property
    def excludes_zero(self) -> bool:
        return self.known and (self.ci[0] > 0 or self.ci[1] < 0)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a design: its name, its figure, the threshold, and whether it passed (None: could not be told)."""

    name: str
    figure: float
    threshold: float
    passed: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What may be said of one question and outcome, and no more than that."""

    id: str
    question: Question
    outcome: str
    claim: Claim
    grade: Grade
    reasons: tuple[Check, ...]
    estimate: float
    ci: tuple[float, float]
    unit_label: str
    text: Mapping[Lang, str]

    @property
    def may_claim_cause(self) -> bool:
        return self.grade in ("strong", "moderate")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one notebook found: the rows it adds to the results, and the detail that its pictures are drawn from."""

    indicators: pd.DataFrame
    estimates: tuple[Estimate, ...] = ()
    findings: tuple[Finding, ...] = ()
    exclusions: pd.DataFrame | None = None
    detail: Any = None


def estimates_frame(estimates: tuple[Estimate, ...]) -> pd.DataFrame:
    """Estimates as the rows of estimates.csv."""
    rows = [
        (e.year, e.question, e.outcome, e.treatment, e.estimand, e.estimator, e.role, e.group,
         "" if e.horizon is None else e.horizon, e.value, e.std_error, *e.ci, e.p_value, e.p_adjusted, e.unit_label,
         e.baseline_mean, e.n_treated, e.n_control, e.n_obs, e.n_clusters)
        for e in estimates
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(ESTIMATE_COLUMNS))


def finding_record(finding: Finding) -> dict[str, object]:
    """A finding as its object in findings.json; not-a-number becomes null."""

    def number(x: float) -> float | None:
        return round(float(x), 6) if math.isfinite(x) else None

    return {
        "id": finding.id,
        "question": finding.question,
        "outcome": finding.outcome,
        "claim": finding.claim,
        "grade": finding.grade,
        "may_claim_cause": finding.may_claim_cause,
        "reasons": [
            {"check": c.name, "figure": number(c.figure), "threshold": number(c.threshold), "passed": c.passed, "detail": c.detail}
            for c in finding.reasons
        ],
        "estimate": number(finding.estimate),
        "ci_low": number(finding.ci[0]),
        "ci_high": number(finding.ci[1]),
        "unit_label": finding.unit_label,
        "text": dict(finding.text),
    }
