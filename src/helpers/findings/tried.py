"""What a record belongs to: an outcome of a question, a plan, and sizes of regions that were tried.
One place says what of a plan counts.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from helpers.contracts import Estimate, Plan
from helpers.contracts.results import Grade, Question, Untried

# Dates of units are dealt again so often in simulated regions; more draws hold the same 5%.
FEWEST_DRAWS: Final = 199
_OF_THEME: Final = ": "


@dataclass(frozen=True, slots=True)
class Trial:
    """One estimate as far as the record of its grade depends on it.

    ``treatment`` is as estimates.csv names it, the theme before it where it is of one; ``plan`` the
    digest of `plan_keys`; ``n_treated`` people or service units, ``n_clusters`` work units;
    ``staff`` is the mean staff of a unit where units are treated, else not-a-number.
    """

    question: Question
    outcome: str
    treatment: str
    plan: str
    n_treated: int
    n_clusters: int
    staff: float = math.nan

    @classmethod
    def of(cls, estimate: Estimate, plan: Plan, staff: float = math.nan) -> Trial:
        """The trial of a primary estimate.

        Parameters
        ----------
        estimate : as estimates.csv has it.
        plan : by which it was made.
        staff : as the panel has it that it was made from.
        """
        about = estimate.about
        return cls(
            about.question,
            about.outcome,
            about.treatment,
            digest(plan, about.question, about.outcome, about.treatment),
            estimate.n_treated,
            estimate.n_clusters,
            staff,
        )


@dataclass(frozen=True, slots=True)
class Sizes:
    """The smallest and the largest regions, by those treated and by clusters; both ends belong.

    ``least_staff`` is the mean staff of a unit where units were smallest: where units are smaller
    still, a single person makes a unit a trained one.
    """

    treated: tuple[int, int]
    clusters: tuple[int, int]
    least_staff: float = 0.0

    @classmethod
    def of(cls, sizes: Iterable[tuple[int, int]], least_staff: float = 0.0) -> Sizes:
        """The range of some regions' sizes.

        Parameters
        ----------
        sizes : of at least one region, the treated and the clusters.
        least_staff : of the regions, the least mean staff of a unit.
        """
        treated, clusters = zip(*sizes, strict=True)
        return cls((min(treated), max(treated)), (min(clusters), max(clusters)), least_staff)

    def hold(self, trial: Trial) -> bool:
        """Whether a region is neither smaller nor larger than these."""
        (fewest, most), (first, last) = self.treated, self.clusters
        inside = fewest <= trial.n_treated <= most and first <= trial.n_clusters <= last
        return inside and not trial.staff < self.least_staff


@dataclass(frozen=True, slots=True)
class OfGrade:
    """Regions in which a grade was given, how many were wrong, and their sizes (None where the
    effect could be told in none of them).
    """

    regions: int
    wrong: int
    sizes: Sizes | None


@dataclass(frozen=True, slots=True)
class Trials:
    """Simulated regions in which one outcome of a question was asked for by one plan."""

    question: Question
    outcome: str
    treatment: str
    plan: str
    sizes: Sizes | None
    grades: Mapping[Grade, OfGrade]


def plan_keys(plan: Plan, question: Question, outcome: str, treatment: str) -> dict[str, Any]:
    """Every key of a plan that changes what is estimated of an outcome, or how it is graded, with
    its value; no other.

    Left out are what reports say besides (subgroups, further outcomes and themes), what hides
    (``privacy``), what refuses (``intake``), how columns of forms are read (``skm.order``), and
    chance alone (``inference.seed``).

    Parameters
    ----------
    plan : what is analysed.
    question : of the effect.
    outcome : its code in the plan.
    treatment : as estimates.csv names it.
    """
    of, treated = plan.outcomes, plan.treatment
    keys: dict[str, Any] = {
        "main": _main(plan, question, outcome, treatment),
        "min_jp": treated.productivity.min_jp,
        "latest": treated.productivity.latest,
        "jp.per_hour": plan.jp.per_hour,
        "level": plan.inference.level,
    }
    of_people = {str(o): str(s) for o, s in of.productivity.smallest_effect.items()}
    if question != "satisfaction" and outcome in of_people:
        keys |= {
            "smallest_effect": of_people[outcome],
            "covariates": sorted(plan.covariates),
            "cluster": plan.cluster,
            "clip": plan.clip,
        }
        return keys | (
            {"placebo": sorted(plan.placebo.productivity)} if question == "productivity" else {}
        )
    units = of.satisfaction
    asked = units.all if question == "satisfaction" else (outcome,)
    smallest = {str(o): str(s) for o, s in units.smallest_effect.items()}
    keys |= {
        "smallest_effect": smallest.get(outcome, smallest["ikm"]),
        "min_share": treated.satisfaction.min_share,
        "min_respondents": plan.skm.min_respondents,
        "placebo": sorted(set(units.negative_controls).difference(asked)),
        "draws": min(plan.inference.draws, FEWEST_DRAWS),
    }
    if outcome == "staff_unsur":
        keys |= {
            "movable": sorted(units.movable),
            "negative_controls": sorted(units.negative_controls),
        }
    return keys | ({"weights": plan.skm.weights} if outcome == "ikm" else {})


def digest(plan: Plan, question: Question, outcome: str, treatment: str) -> str:
    """A short hash of `plan_keys`.

    Parameters
    ----------
    plan : what is analysed.
    question : of the effect.
    outcome : its code in the plan.
    treatment : as estimates.csv names it.
    """
    keys = plan_keys(plan, question, outcome, treatment)
    return hashlib.sha256(json.dumps(keys, sort_keys=True).encode()).hexdigest()[:12]


def untried(trial: Trial, grade: Grade, tried: Iterable[Trials]) -> Untried:
    """The first thing in which an effect lies outside of what was tried; empty where it lies
    inside.

    Parameters
    ----------
    trial : of the effect.
    grade : what it got; that of the regions counts where it claims something.
    tried : all that were.
    """
    left = [t for t in tried if (t.question, t.outcome) == (trial.question, trial.outcome)]
    if not left:
        return "outcome"
    left = [t for t in left if theme(t.treatment) == theme(trial.treatment)]
    if not left:
        return "theme"
    same = found(trial, left)
    if same is None:
        return "plan"
    if same.sizes is None or not same.sizes.hold(trial):
        return "size"
    of_grade = same.grades.get(grade)
    inside = of_grade is not None and of_grade.sizes is not None and of_grade.sizes.hold(trial)
    return "" if inside or grade == "none" else "grade"


def found(trial: Trial, tried: Iterable[Trials]) -> Trials | None:
    """What was tried of the same outcome, treatment and plan, of whatever size; None where nothing
    was.

    Parameters
    ----------
    trial : of an effect.
    tried : all that were.
    """
    return next((t for t in tried if _same(t) == _same(trial)), None)


def theme(treatment: str) -> str:
    """The theme that a treatment is of; empty where it is any training.

    Parameters
    ----------
    treatment : as estimates.csv names it.

    >>> theme("manajemen waktu: jp>=20"), theme("jp>=20")
    ('manajemen waktu', '')
    """
    return treatment.rpartition(_OF_THEME)[0]


def _same(of: Trial | Trials) -> tuple[str, str, str, str]:
    return of.question, of.outcome, of.treatment, of.plan


def _main(plan: Plan, question: Question, outcome: str, treatment: str) -> bool:
    """Whether an outcome is the one that the others of its question or theme are gated behind,
    which are asked by fewer estimators; of themes, where no earlier one was asked of it.
    """
    if question == "productivity":
        return plan.outcomes.productivity.primary == outcome
    if question == "satisfaction":
        return plan.outcomes.satisfaction.primary == outcome
    earlier: set[str] = set()
    for name, outcomes in plan.theory_of_change.items():
        if name == theme(treatment):
            return outcomes[:1] == (outcome,) and outcome not in earlier
        earlier |= set(outcomes)
    return False
