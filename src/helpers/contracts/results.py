"""What a run says: intervals, estimates, checks, findings, and the columns in which they are
written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from helpers.contracts.check_names import CheckName
from helpers.contracts.texts import LANGS, Text
from helpers.contracts.units import OUTPUT_PER_DAY, UNITS, Unit, UnitLabel

Question = Literal[
    "productivity", "satisfaction", "methods_dose", "participation", "learning", "draw"
]
Role = Literal[
    "primary", "event_study", "robustness", "placebo", "sensitivity", "subgroup", "descriptive"
]
Claim = Literal["increase", "decrease", "no_meaningful_effect", "inconclusive", "descriptive"]
Grade = Literal["strong", "moderate", "weak", "none"]
# What was not tried in simulated regions, so that an effect has no record; the last two are that no
# region of such a size got the grade, and that the rule has changed since.
Untried = Literal["", "outcome", "theme", "plan", "size", "draw", "grade", "rule"]
# The groups that people are compared by, as `group_by` names them.
GROUPS_OF_PEOPLE: Final = (
    "jenis_kelamin",
    "jenis_jabatan",
    "kelompok_umur",
    "tingkat_pendidikan",
)
INDICATOR_COLUMNS: Final = (
    "year",
    "indicator",
    "group_by",
    "group",
    "value",
    "ci_low",
    "ci_high",
    "n",
    "unit_label",
)
ESTIMATE_COLUMNS: Final = (
    "year",
    "question",
    "outcome",
    "treatment",
    "estimand",
    "estimator",
    "role",
    "group",
    "horizon",
    "estimate",
    "std_error",
    "ci_low",
    "ci_high",
    "p_value",
    "p_adjusted",
    "unit_label",
    "baseline_mean",
    "n_treated",
    "n_control",
    "n_obs",
    "n_clusters",
)
EXCLUSION_COLUMNS: Final = ("table", "file", "row", "column", "fault", "action", "count")


@dataclass(frozen=True, slots=True, repr=False)
class Interval:
    """A value with its 95% interval, all in one unit; not-a-number where a part is unknown or
    hidden.

    ``n`` is how many people, forms or rows it rests on.
    """

    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    std_error: float = math.nan
    n: int = 0

    @property
    def known(self) -> bool:
        """Whether there is a value with an interval at all."""
        return all(map(math.isfinite, (self.value, self.low, self.high)))

    @property
    def sign(self) -> int:
        """1 where the whole interval lies above zero, −1 where it lies below, 0 where it holds zero
        or is unknown.
        """
        return int(self.low > 0) - int(self.high < 0) if self.known else 0

    @property
    def mirrored(self) -> Interval:
        """The same on the other side of zero: a fall of so much."""
        return Interval(-self.value, -self.high, -self.low, self.std_error, self.n)

    def __repr__(self) -> str:
        return f"{self.value:.4g} ({self.low:.4g} to {self.high:.4g}; n {self.n:,})"


UNKNOWN: Final = Interval()


@dataclass(frozen=True, slots=True, repr=False)
class About:
    """What an estimate is about. ``horizon`` counts years since treatment, for event studies."""

    question: Question
    outcome: str
    unit_label: UnitLabel
    year: int
    treatment: str = ""
    group: str = "all"
    horizon: int | None = None

    def __repr__(self) -> str:
        at = "" if self.horizon is None else f" at {self.horizon:+d}"
        who = "" if self.group == "all" else f" of {self.group}"
        return f"{self.question} {self.outcome}{who}{at} {self.year} [{self.unit_label}]"


@dataclass(frozen=True, slots=True, repr=False)
class Estimate:
    """One estimate: what it is about, the value with its interval, how it was found and what for.

    ``baseline_mean`` is the treated's outcome before treatment, so that a share can be told from an
    amount; the interval's ``n`` counts rows.
    """

    about: About
    interval: Interval
    role: Role
    estimand: str
    estimator: str
    p_value: float = math.nan
    p_adjusted: float = math.nan
    baseline_mean: float = math.nan
    n_treated: int = 0
    n_control: int = 0
    n_clusters: int = 0

    @property
    def outcome(self) -> str:
        return self.about.outcome

    @property
    def unit(self) -> Unit:
        """How its amounts are shown."""
        return effect_unit(self.about.unit_label, self.baseline_mean)

    def __repr__(self) -> str:
        how = f"{self.role}, {self.estimator}, {self.n_treated} treated, {self.n_control} controls"
        return f"Estimate({self.about!r}: {self.interval!r}; {how})"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a design: its name, its figure, the threshold, and whether it passed (None:
    could not be told).
    """

    name: CheckName
    figure: float
    threshold: float
    passed: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Of the simulated regions in which such an effect got a grade, how many were wrong: a rise or
    fall was claimed where there was none, or one of the other sign.
    """

    regions: int
    wrong: int


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """What may be said of one question and outcome, and no more than that. ``untried`` says of an
    effect without a record what was not tried.
    """

    id: str
    question: Question
    outcome: str
    claim: Claim
    grade: Grade
    interval: Interval
    unit_label: UnitLabel
    text: Text
    reasons: tuple[Check, ...] = ()
    record: Record | None = None
    untried: Untried = ""

    @property
    def may_claim_cause(self) -> bool:
        return self.grade in ("strong", "moderate")

    @property
    def standing(self) -> Grade | Literal["absent", "described"]:
        """How surely it holds: its grade, unless it only describes, or shows that no effect that
        matters is there.
        """
        if self.claim == "no_meaningful_effect":
            return "absent"
        return "described" if self.claim == "descriptive" else self.grade

    def reason(self, name: CheckName) -> Check | None:
        """One check by its name; None where it was not made."""
        return next((c for c in self.reasons if c.name == name), None)

    def __repr__(self) -> str:
        return f"Finding({self.id}: {self.claim}, {self.grade}: {self.text.en:.300})"


def effect_unit(unit_label: UnitLabel, baseline_mean: float) -> Unit:
    """How amounts of an effect are shown: output per day as a share of the level before training.

    Parameters
    ----------
    unit_label : of the outcome.
    baseline_mean : its level before training, in the outcome's own unit; unknown as NaN.
    """
    unit = UNITS[unit_label]
    return unit.relative_to(baseline_mean) if unit.label == OUTPUT_PER_DAY.label else unit


def estimates_frame(estimates: Iterable[Estimate]) -> pd.DataFrame:
    """Estimates as the rows of estimates.csv."""
    rows = [
        (
            e.about.year,
            e.about.question,
            e.about.outcome,
            e.about.treatment,
            e.estimand,
            e.estimator,
            e.role,
            e.about.group,
            "" if e.about.horizon is None else e.about.horizon,
            e.interval.value,
            e.interval.std_error,
            e.interval.low,
            e.interval.high,
            e.p_value,
            e.p_adjusted,
            e.about.unit_label,
            e.baseline_mean,
            e.n_treated,
            e.n_control,
            e.interval.n,
            e.n_clusters,
        )
        for e in estimates
    ]
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
            {
                "check": c.name,
                "figure": number(c.figure),
                "threshold": number(c.threshold),
                "passed": c.passed,
                "detail": c.detail,
            }
            for c in finding.reasons
        ],
        "record": None
        if finding.record is None
        else {"regions": finding.record.regions, "wrong": finding.record.wrong},
        "estimate": number(finding.interval.value),
        "ci_low": number(finding.interval.low),
        "ci_high": number(finding.interval.high),
        "unit_label": finding.unit_label,
        "text": {lang: finding.text[lang] for lang in LANGS},
    }
