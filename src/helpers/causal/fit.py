"""An ask answered: the design, the estimate, and what the estimator can tell besides. Every
estimator is called here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from helpers.causal import inference, naive
from helpers.causal.ask import Ask, Estimator
from helpers.causal.design import Design, design
from helpers.causal.estimate import Average, GroupTime, NotEstimable, group_time_att
from helpers.contracts import UNKNOWN, Estimate, Interval
from helpers.contracts.results import Role


@dataclass(frozen=True, slots=True, repr=False)
class Fitted:
    """One ask with its design and estimate, which is unknown where the design says why
    (``design.obstacle``).

    ``group_time`` is the fit behind it where there is one; ``event_study`` its averages by years
    since treatment.
    """

    ask: Ask
    design: Design
    estimate: Estimate
    event_study: tuple[Estimate, ...] = ()
    group_time: GroupTime | None = None
    randomised: inference.Randomised | None = None

    @property
    def smallest_effect(self) -> float:
        """The smallest effect of interest in the outcome's unit."""
        return self.design.smallest(self.ask.smallest)

    def __repr__(self) -> str:
        return f"Fitted({self.estimate!r})"


@dataclass(frozen=True, slots=True)
class Fits:
    """All the fits of one outcome, by role."""

    all: tuple[Fitted, ...]

    @property
    def primary(self) -> Fitted:
        return next(f for f in self.all if f.ask.role == "primary")

    def of(self, role: Role) -> tuple[Fitted, ...]:
        return tuple(f for f in self.all if f.ask.role == role)


def fit(ask: Ask) -> Fitted:
    """Answer one ask."""
    return _FITS[ask.estimator](ask, design(ask.panel, ask.column))


def _group_time(ask: Ask, plot: Design) -> Fitted:
    found: GroupTime | None = None
    if plot.obstacle is None:
        try:
            found = group_time_att(
                plot.frame,
                ask.column,
                covariates=plot.covariates if ask.adjusted else (),
                clip=ask.clip,
            )
        except NotEstimable:
            plot = replace(plot, obstacle="no_controls")
    if found is None:
        return Fitted(ask, plot, _estimate(ask, plot, None))
    estimate = _estimate(ask, plot, found.overall)
    dealt = None
    if ask.inference == "randomised":
        dealt = inference.randomise(plot, found, draws=ask.draws, seed=ask.seed, level=ask.level)
    if dealt is not None:
        interval = replace(estimate.interval, low=dealt.low, high=dealt.high)
        estimate = replace(
            estimate,
            interval=interval,
            p_value=dealt.p_value,
            estimator=f"{ask.estimator}+randomisation",
        )
    return Fitted(
        ask,
        plot,
        estimate,
        _event_study(ask, plot, found) if ask.role == "primary" else (),
        found,
        dealt,
    )


def _event_study(ask: Ask, plot: Design, found: GroupTime) -> tuple[Estimate, ...]:
    rows = found.event[found.event["std_error"] > 0]
    points = {
        int(t): Average(float(v), float(e), found.n_clusters - 1)
        for t, v, e in rows.itertuples(index=False)
    }
    shape = ask.but(role="event_study")
    return tuple(
        replace(
            _estimate(shape, plot, point),
            about=replace(ask.about, horizon=time),
            estimand="ATT(event time)",
        )
        for time, point in points.items()
    )


def _simple(compare: Callable[[Design, int], Average | None]) -> Callable[[Ask, Design], Fitted]:
    """A comparison without a design behind it, shown to be distrusted."""

    def made(ask: Ask, plot: Design) -> Fitted:
        found = compare(plot, ask.year) if plot.obstacle is None else None
        return Fitted(ask, plot, replace(_estimate(ask, plot, found), estimand="difference"))

    return made


_FITS: Final[dict[Estimator, Callable[[Ask, Design], Fitted]]] = {
    "callaway_santanna_dr": _group_time,
    "before_after": _simple(lambda plot, _: naive.before_after(plot)),
    "trained_vs_untrained": _simple(naive.trained_untrained),
    "two_way_fixed_effects": _simple(lambda plot, _: naive.two_way_fixed_effects(plot)),
}


def _estimate(ask: Ask, plot: Design, found: Average | None) -> Estimate:
    n = len(plot.frame)
    return Estimate(
        about=ask.about,
        interval=replace(UNKNOWN, n=n)
        if found is None
        else Interval(found.value, *found.interval(ask.level), found.std_error, n),
        role=ask.role,
        estimand="ATT",
        estimator=ask.estimator,
        p_value=float("nan") if found is None else found.p_value,
        baseline_mean=plot.baseline_mean,
        n_treated=plot.n_treated,
        n_control=plot.n_control,
        n_clusters=plot.n_clusters,
    )
