"""A draw, evaluated as an experiment: who was drawn beside who was not; units whose turn has come
beside those whose turn comes later, in the same year (a stepped wedge).

Sources: Angrist, Imbens and Rubin (1996), *JASA* 91, for the effect on those who come because they
were drawn; Wu and Ding (2021), *JASA* 116, for studentised statistics under the draw; Anderson and
Rubin (1949) for intervals that hold where few follow the lot; Thompson et al. (2018), *Statistics
in Medicine* 37(16), for comparing units within years alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from helpers.causal.ancova import Regressed, independent, regressed, statistics
from helpers.causal.inference import critical
from helpers.causal.replayed import replay, share_as_large
from helpers.contracts import UNKNOWN, About, Estimate, Interval, SmallestEffect
from helpers.contracts.lottery import Lottery
from helpers.contracts.results import Role

Obstacle = Literal["", "nobody_left_out", "unmeasured", "too_few", "constant_outcome"]
Estimand = Literal["ITT", "LATE"]
ITT: Final = "ITT"
COMPLIER: Final = "LATE"
# How each is estimated, and what its row of estimates.csv is for and calls the treatment.
_ROWS: Final[dict[Estimand, tuple[str, Role, str]]] = {
    ITT: ("ancova+replayed_draw", "primary", "drawn"),
    COMPLIER: ("2sls+anderson_rubin", "sensitivity", "came"),
}

_OF_ORDERS: Final[dict[Estimand, str]] = {ITT: "turn since", COMPLIER: "staff trained since"}


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """What is asked of a draw: the effect of being drawn, and of coming, on its outcome.

    Fewer than ``small_cell`` people are hidden; an arm of fewer than ``fewest`` rows is not
    compared.
    """

    lottery: Lottery
    year: int
    smallest: SmallestEffect
    draws: int = 999
    seed: int = 0
    level: float = 0.95
    small_cell: int = 10
    fewest: int = 0

    def __repr__(self) -> str:
        return f"Drawing({self.lottery!r}, reported in {self.year})"


@dataclass(frozen=True, slots=True, repr=False)
class Comparable:
    """The people, or years of units, of a draw that can be compared: of strata with some drawn and
    some not, and measured.

    ``controls`` are one column a stratum, and the outcome of the year before with a column that
    says where it is missing; ``dealt`` are the draws dealt again, of everybody in the draw, of whom
    ``seen`` are compared; ``obstacle`` says why nothing can be told.
    """

    people: pd.DataFrame
    controls: np.ndarray
    seen: np.ndarray
    dealt: np.ndarray
    obstacle: Obstacle = ""


@dataclass(frozen=True, slots=True, repr=False)
class DrawFitted:
    """A draw answered. ``drawn`` is the effect of being drawn, ``complier`` of coming on those who
    come because they were drawn; ``first_stage`` how much more of the drawn came.
    """

    drawing: Drawing
    compared: Comparable
    drawn: Estimate
    complier: Estimate
    first_stage: Regressed | None = None

    @property
    def smallest_effect(self) -> float:
        """The smallest effect of interest in the outcome's unit."""
        of = self.compared.people
        spread = float(of["after"].std()) if len(of) else math.nan
        return self.drawing.smallest.scaled(self.drawn.baseline_mean, spread)

    def __repr__(self) -> str:
        return f"DrawFitted({self.drawn!r}; {self.complier!r})"


def fit_draw(drawing: Drawing, dealt: np.ndarray | None = None) -> DrawFitted:
    """The effect of a draw on one outcome.

    Outcomes of the year of the seats are regressed on being drawn, with a level for each stratum
    and the outcome of the year before. Chance is judged by dealing the very draw again.

    Parameters
    ----------
    drawing : what is asked.
    dealt : the draws dealt again, where that has been done; people by draws.
    """
    compared = compare(drawing, dealt)
    if compared.obstacle:
        return _unanswered(drawing, compared)
    people, drawn = compared.people, compared.people["drawn"].to_numpy(float)
    entity = people["entity"].to_numpy()
    after = regressed(people["after"].to_numpy(float), drawn, compared.controls, entity)
    came = regressed(people["came"].to_numpy(float), drawn, compared.controls, entity)
    ts = statistics(
        people["after"].to_numpy(float), compared.dealt[compared.seen], compared.controls, entity
    )
    t = abs(after.value / after.std_error) if after.std_error > 0 else math.nan
    if not math.isfinite(t) or not len(ts):
        return _unanswered(drawing, replace(compared, obstacle="constant_outcome"))
    size = critical(ts, drawing.level)
    p_value = share_as_large(ts, t)
    half = size * after.std_error
    blank = _estimate(drawing, compared, ITT)
    ends = (after.value - half, after.value + half)
    estimate = replace(
        blank,
        interval=Interval(after.value, *ends, after.std_error, blank.interval.n),
        p_value=p_value,
        p_adjusted=p_value,
    )
    complier = _complier(drawing, compared, after, came, size, p_value)
    return DrawFitted(drawing, compared, estimate, complier, came)


def compare(drawing: Drawing, dealt: np.ndarray | None = None) -> Comparable:
    """Who of a draw can be compared, and the draws dealt again.

    Parameters
    ----------
    drawing : what is asked.
    dealt : the draws dealt again, where that has been done.
    """
    held = drawing.lottery
    share = held.frame.groupby("stratum")["drawn"].transform("mean")
    both = (share > 0) & (share < 1)
    seen = (both & held.frame["after"].notna()).to_numpy()
    people = held.frame[seen]
    nothing = Comparable(people, np.empty((len(people), 0)), seen, np.empty((len(seen), 0)))
    if not both.any():
        return replace(nothing, obstacle="nobody_left_out")
    if people.empty:
        return replace(nothing, obstacle="unmeasured")
    fewest = min((people["drawn"] == 1).sum(), (people["drawn"] == 0).sum())
    if fewest < max(drawing.small_cell, drawing.fewest, 2):
        return replace(nothing, obstacle="too_few")
    if not people["after"].std() > 0:
        return replace(nothing, obstacle="constant_outcome")
    if dealt is None:
        dealt = replay(held, drawing.draws, drawing.seed)
    return Comparable(people, controls(people), seen, dealt)


def controls(people: pd.DataFrame) -> np.ndarray:
    """What an outcome is regressed on beside being drawn, as an orthonormal basis: one column a
    stratum, the outcome of the year before, and one that says where it is missing.

    Parameters
    ----------
    people : rows of a lottery's frame.
    """
    strata = pd.get_dummies(people["stratum"], dtype=float).to_numpy()
    missing = people["before"].isna()
    before = people["before"].fillna(people["before"].mean()).fillna(0.0)
    return independent(np.column_stack([strata, before, missing.astype(float)]))


def _complier(
    drawing: Drawing,
    compared: Comparable,
    after: Regressed,
    came: Regressed,
    size: float,
    p_value: float,
) -> Estimate:
    """Two-stage least squares with one instrument, which is a ratio; and the interval of all
    effects that the draw does not rule out: it is unknown where too few followed the lot.
    """
    blank = _estimate(drawing, compared, COMPLIER)
    rows = blank.interval.n
    ends = _ratio_interval(after, came, size)
    if ends is None:
        return replace(blank, interval=replace(UNKNOWN, n=rows))
    value = after.value / came.value
    influence = (after.influence - value * came.influence) / came.value
    error = float(np.sqrt((influence**2).sum()))
    return replace(blank, interval=Interval(value, *ends, error, rows), p_value=p_value)


def _ratio_interval(after: Regressed, came: Regressed, size: float) -> tuple[float, float] | None:
    """All β for which the drawn do not differ in outcome less β times coming; None where they have
    no two ends.
    """
    cross = float(after.influence @ came.influence)
    a = came.value**2 - size**2 * came.std_error**2
    b = after.value * came.value - size**2 * cross
    c = after.value**2 - size**2 * after.std_error**2
    inside = b**2 - a * c
    if not (math.isfinite(size) and a > 0 and inside >= 0):
        return None
    root = math.sqrt(inside)
    return (b - root) / a, (b + root) / a


def _estimate(drawing: Drawing, compared: Comparable, estimand: Estimand) -> Estimate:
    """An estimate of either kind, without its value."""
    estimator, role, treatment = _ROWS[estimand]
    held, people = drawing.lottery, compared.people
    if held.turns is not None:
        treatment = _OF_ORDERS[estimand]
    before = people[people["drawn"] == 1].drop_duplicates("entity")["before"].dropna()
    enough = len(before) >= max(drawing.small_cell, 1)
    counted = [_counted(drawing, compared, drawn) for drawn in (1, 0)]
    return Estimate(
        about=About(
            "draw", held.outcome, held.unit_label, drawing.year, f"{treatment} {held.year}"
        ),
        interval=replace(UNKNOWN, n=sum(counted) if held.turns is None else len(people)),
        role=role,
        estimand=estimand,
        estimator=estimator,
        baseline_mean=float(before.mean()) if enough else math.nan,
        n_treated=counted[0],
        n_control=counted[1],
        n_clusters=int(people["cluster" if held.turns is None else "entity"].nunique()),
    )


def _counted(drawing: Drawing, compared: Comparable, drawn: int) -> int:
    """How many of an arm are told: people measured, and few who were not, since beside the seats of
    the draw their number could be worked out; units measured in any year.
    """
    people = compared.people[compared.people["drawn"] == drawn]
    measured = int(people["entity"].nunique())
    if drawing.lottery.turns is not None:
        return measured
    lost = int((drawing.lottery.frame["drawn"] == drawn).sum()) - measured
    return measured + lost if lost < drawing.small_cell else measured


def _unanswered(drawing: Drawing, compared: Comparable) -> DrawFitted:
    """Nothing can be told; of few people not even their number."""

    def blank(estimand: Estimand) -> Estimate:
        made = _estimate(drawing, compared, estimand)
        return replace(
            made, interval=UNKNOWN, baseline_mean=math.nan, n_treated=0, n_control=0, n_clusters=0
        )

    return DrawFitted(drawing, compared, blank(ITT), blank(COMPLIER))
