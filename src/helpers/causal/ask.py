"""What is asked of a panel: the effect of a treatment on an outcome, by which estimator, and what
for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from helpers.contracts import About, SmallestEffect
from helpers.contracts.panel import Panel
from helpers.contracts.results import Question, Role

Estimator = Literal[
    "callaway_santanna_dr", "before_after", "trained_vs_untrained", "two_way_fixed_effects"
]
Inference = Literal["clustered", "randomised"]


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One ask. A placebo, a robustness row, a subgroup and a specification are further asks of the
    same outcome.

    ``outcome`` is what is to be claimed; ``measured`` the column that is compared, another one
    where the ask is a placebo on an outcome that training cannot move. ``adjusted`` compares people
    with the same covariates.
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
    adjusted: bool = True
    draws: int = 999
    seed: int = 0
    level: float = 0.95
    clip: float = 0.01

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
        )

    def but(self, **other: object) -> Ask:
        """The same ask with something else about it."""
        return replace(self, **other)  # type: ignore[arg-type]

    def with_simple_comparisons(self) -> tuple[Ask, ...]:
        """This ask, and what a report would say without a design."""
        simple: tuple[Estimator, ...] = (
            "before_after",
            "trained_vs_untrained",
            "two_way_fixed_effects",
        )
        return (self, *(self.but(role="descriptive", estimator=name) for name in simple))

    def __repr__(self) -> str:
        of = f" of {self.measured}" if self.measured else ""
        return (
            f"Ask({self.question}: {self.outcome} by {self.treatment}, "
            f"{self.role}, {self.estimator}{of})"
        )
