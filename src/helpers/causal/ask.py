"""What is asked of a panel: the effect of a treatment on an outcome, by which estimator, and what
for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from helpers.causal.designs import DesignName
from helpers.contracts import About, SmallestEffect, Study
from helpers.contracts.panel import NEVER, Panel
from helpers.contracts.results import Question, Role

Estimator = (
    DesignName
    | Literal[
        "imputation",
        "sun_abraham",
        "lee_lower",
        "lee_upper",
        "before_after",
        "trained_vs_untrained",
        "two_way_fixed_effects",
    ]
)
# What is special about a panel: some of its rows, or another measure or treatment.
PanelPart = Literal[
    "",
    "near_threshold",
    "invited_but_absent",
    "invited_not_trained",
    "hours_over_years",
    "like_respondents",
    "lower_threshold",
    "higher_threshold",
]
Inference = Literal["clustered", "randomised", "wild_cluster"]


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One ask. A placebo, a robustness row, a subgroup and a specification are further asks of the
    same outcome.

    ``outcome`` is what is to be claimed; ``measured`` the column that is compared, another one
    where the ask is a placebo on an outcome that training cannot move. ``adjusted`` compares people
    with the same covariates. ``subgroup`` names the people whom a panel is cut to; with fewer
    trained or controls than ``small_cell`` nothing is told of them.
    """

    panel: Panel
    question: Question
    outcome: str
    treatment: str
    year: int
    smallest: SmallestEffect
    role: Role = "primary"
    estimator: Estimator = "callaway_santanna_dr"
    inference: Inference = "clustered"
    measured: str = ""
    panel_of: PanelPart = ""
    subgroup: str = ""
    adjusted: bool = True
    draws: int = 999
    seed: int = 0
    level: float = 0.95
    clip: float = 0.01
    small_cell: int = 0

    @classmethod
    def of_people(
        cls,
        study: Study,
        panel: Panel,
        question: Question,
        outcome: str,
        treatment: str,
        smallest: SmallestEffect,
    ) -> Ask:
        """The primary ask of employees, by the study's year and plan.

        Parameters
        ----------
        study : its plan says how propensities are clipped and how wide intervals are.
        panel : people by year.
        question : which question it belongs to.
        outcome : a column of the panel.
        treatment : as estimates.csv names it.
        smallest : effect of interest.
        """
        plan = study.plan
        return cls(
            panel,
            question,
            outcome,
            treatment,
            study.year,
            smallest,
            clip=plan.clip,
            level=plan.inference.level,
            small_cell=plan.privacy.small_cell,
        )

    @classmethod
    def of_units(
        cls,
        study: Study,
        panel: Panel,
        question: Question,
        outcome: str,
        treatment: str,
        smallest: SmallestEffect,
    ) -> Ask:
        """The primary ask of service units, whose dates are dealt again.

        Parameters
        ----------
        study : its plan says how often and from which seed, and how wide intervals are.
        panel : units by year.
        question : which question it belongs to.
        outcome : a column of the panel.
        treatment : as estimates.csv names it.
        smallest : effect of interest.
        """
        inference = study.plan.inference
        return cls(
            panel,
            question,
            outcome,
            treatment,
            study.year,
            smallest,
            adjusted=False,
            inference="randomised",
            draws=inference.draws,
            seed=inference.seed,
            level=inference.level,
        )

    @property
    def column(self) -> str:
        return self.measured or self.outcome

    @property
    def about(self) -> About:
        return About(
            self.question,
            self.column,
            self.panel.unit_labels[self.column],
            self.year,
            self.treatment,
            self.panel_of or self.subgroup or "all",
        )

    def with_simple_comparisons(self) -> tuple[Ask, ...]:
        """This ask, and what a report would say without a design."""
        simple: tuple[Estimator, ...] = (
            "before_after",
            "trained_vs_untrained",
            "two_way_fixed_effects",
        )
        return (self, *(replace(self, role="descriptive", estimator=name) for name in simple))

    def by_other_designs(self) -> tuple[Ask, ...]:
        """The same by designs that fail for other reasons, and with training pretended too early;
        of service units, those that need no comparison inside a unit.
        """
        designs: tuple[Estimator, ...] = (
            "symmetric",
            "own_line_removed",
            "own_line_without_year_before",
            *(() if self.panel.of_units else ("within_unit",)),
            "base_two_years_before",
            "base_three_years_before",
        )
        fake = replace(self._robustly("fake_date"), role="placebo")
        return (*(self._robustly(name) for name in designs), fake)

    def by_other_estimators(self) -> tuple[Ask, ...]:
        """The same by another weighting; of people also among those alike in every outcome before
        training (shown, never trusted alone), against those who were invited and stayed away, and
        with these pretended to be trained.
        """
        names: tuple[Estimator, ...] = ("imputation", "sun_abraham")
        if self.panel.of_units:
            return tuple(self._robustly(name) for name in names)
        names = (*names, "lagged_outcomes", "balanced")
        other = tuple(self._robustly(name) for name in names)
        absent, pretended = invited_but_absent(self.panel), not_trained(self.panel)
        if absent is None or pretended is None:
            return other
        beside = self._robustly(self.estimator)
        return (
            *other,
            replace(beside, panel=absent, panel_of="invited_but_absent"),
            replace(beside, panel=pretended, panel_of="invited_not_trained", role="placebo"),
        )

    def whoever_left(self) -> tuple[Ask, ...]:
        """Bounds of the same whoever left the data."""
        names: tuple[Estimator, ...] = ("lee_lower", "lee_upper")
        return tuple(replace(self._robustly(name), role="sensitivity") for name in names)

    def _robustly(self, estimator: Estimator) -> Ask:
        return replace(self, role="robustness", estimator=estimator, inference="clustered")

    def __repr__(self) -> str:
        of = f" of {self.measured}" if self.measured else ""
        return (
            f"Ask({self.question}: {self.outcome} by {self.treatment}, "
            f"{self.role}, {self.estimator}{of})"
        )


def invited_but_absent(panel: Panel) -> Panel | None:
    """The treated of a panel, and of the others those who were invited and never came: they share
    being chosen with the treated, not the going.

    Parameters
    ----------
    panel : with ``exposed`` and ``first_invited``; otherwise nothing is given.

    Returns
    -------
    The treated serve as controls until they are exposed, as everywhere.
    """
    frame = panel.frame
    if not {"exposed", "first_invited"} <= set(frame):
        return None
    absent = (frame["exposed"] == NEVER) & (frame["first_invited"] != NEVER)
    return panel.only((frame["cohort"] != NEVER) | absent)


def not_trained(panel: Panel) -> Panel | None:
    """Everybody without any hour; who was invited is pretended to be trained in that year. They
    share with the trained how people come to be chosen, and cannot have gained by training.

    Parameters
    ----------
    panel : with ``exposed`` and ``first_invited``; otherwise nothing is given.
    """
    frame = panel.frame
    if not {"exposed", "first_invited"} <= set(frame):
        return None
    rest = panel.only(frame["exposed"] == NEVER)
    invited = rest.frame["first_invited"]
    return replace(rest, frame=rest.frame.assign(cohort=invited, exposed=invited))
