"""An ask answered: the design, the estimate, and what the estimator can tell besides. Every
estimator is called here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, get_args

from helpers.causal import borrowed, designs, inference, lost, naive
from helpers.causal.ask import Ask, Estimator, Inference
from helpers.causal.averages import Average, EventStudy, average, event_study
from helpers.causal.cells import Cell
from helpers.causal.design import Design, design
from helpers.causal.designs import DesignName, How
from helpers.contracts import UNKNOWN, Estimate, Interval
from helpers.contracts.results import Role


@dataclass(frozen=True, slots=True, repr=False)
class Fitted:
    """One ask with its design and estimate, which is unknown where the design says why
    (``design.obstacle``).

    ``average`` is what the estimate was made of; ``cells`` and ``study`` stand behind a primary
    one, and ``event_study`` are its averages by years since treatment.
    """

    ask: Ask
    design: Design
    estimate: Estimate
    average: Average | None = None
    cells: tuple[Cell, ...] = ()
    study: EventStudy | None = None
    event_study: tuple[Estimate, ...] = ()
    randomised: inference.Randomised | None = None

    @property
    def training_year(self) -> tuple[Cell, ...]:
        """The cells of the year of training."""
        return tuple(c for c in self.cells if c.time == 0)

    @property
    def smallest_effect(self) -> float:
        """The smallest effect of interest in the outcome's unit."""
        return self.design.smallest(self.ask.smallest)

    def __repr__(self) -> str:
        return f"Fitted({self.estimate!r})"


@dataclass(frozen=True, slots=True)
class Fits:
    """All the fits of one outcome, by role; ``tested_together`` is how many outcomes share an error
    of 5% with it.
    """

    all: tuple[Fitted, ...]
    tested_together: int = 1

    @property
    def primary(self) -> Fitted:
        """The fit that is graded."""
        return next(f for f in self.all if f.ask.role == "primary")

    @property
    def seen_from_all_sides(self) -> bool:
        """Whether other estimators were asked, too: of the main outcome, whose checks are told."""
        return any(f.ask.estimator == "imputation" for f in self.all)

    def of(self, role: Role) -> tuple[Fitted, ...]:
        """The fits of one role.

        Parameters
        ----------
        role : as in estimates.csv.
        """
        return tuple(f for f in self.all if f.ask.role == role)

    def by(self, estimator: Estimator) -> Fitted | None:
        """The fit by one estimator on the outcome itself, or None where it was not asked for.

        Parameters
        ----------
        estimator : as in estimates.csv.
        """
        own = (f for f in self.all if not f.ask.measured)
        return next((f for f in own if f.ask.estimator == estimator), None)


# How an estimator is named whose interval comes from draws.
_DRAWN: Final[dict[Inference, str]] = {
    "randomised": "randomisation",
    "wild_cluster": "wild_cluster",
}


def fit(ask: Ask, plot: Design | None = None) -> Fitted:
    """Answer one ask.

    Parameters
    ----------
    ask : what is asked, by which estimator.
    plot : the design of the ask's panel and outcome, where it has been laid out before.
    """
    return _FITS[ask.estimator](ask, plot or design(ask.panel, ask.column))


def _how(ask: Ask, plot: Design) -> How:
    return How("doubly_robust" if ask.adjusted else "none", plot.fewest, ask.clip)


def _primary(ask: Ask, plot: Design) -> Fitted:
    if plot.obstacle is not None:
        return Fitted(ask, plot, _estimate(ask, plot, None))
    how = _how(ask, plot)
    after = designs.primary_cells(plot.of, how)
    overall = average(after)
    if overall is None:
        still = bool(after) and not any(c.variance > 0 for c in after)
        plot = replace(plot, obstacle="constant_outcome") if still else plot.without_cells()
        return Fitted(ask, plot, _estimate(ask, plot, None))
    entered = plot.entered(after).unless_small(ask.small_cell)
    if entered.obstacle:
        return Fitted(ask, entered, _estimate(ask, entered, None))
    cells = (*after, *(designs.lead_cells(plot.of, how) if ask.role == "primary" else ()))
    study = event_study(cells)
    estimate = _estimate(ask, entered, overall)
    dealt = None
    if ask.inference == "randomised":
        dealt = inference.randomise(
            plot.of, plot.fewest, draws=ask.draws, seed=ask.seed, level=ask.level
        )
    elif ask.inference == "wild_cluster":
        dealt = inference.wild_cluster(after, draws=ask.draws, seed=ask.seed, level=ask.level)
    if dealt is not None:
        interval = replace(estimate.interval, low=dealt.low, high=dealt.high)
        estimate = replace(
            estimate,
            interval=interval,
            p_value=dealt.p_value,
            estimator=f"{ask.estimator}+{_DRAWN[ask.inference]}",
        )
    shown = _event_study(ask, entered, study, cells) if ask.role == "primary" and study else ()
    return Fitted(ask, entered, estimate, overall, cells, study, shown, dealt)


def _near(name: DesignName, ask: Ask, plot: Design) -> Fitted:
    """A design's effect over the year of training and the next; of a training that is pretended two
    years early, in that one.
    """
    cells = [] if plot.obstacle else designs.near_cells(name, plot.of, _how(ask, plot))
    found = designs.near_average(name, cells)
    estimate = _estimate(ask, plot.entered(cells), found)
    estimand = "ATT(k=-2)" if name == "fake_date" else "ATT(k=0,1)"
    return Fitted(ask, plot, replace(estimate, estimand=estimand), found, tuple(cells))


def _event_study(
    ask: Ask, plot: Design, study: EventStudy, cells: Sequence[Cell]
) -> tuple[Estimate, ...]:
    """The points of the event study, each with those who entered it; what too few entered is left
    out, with one point more where the average over the treated years would give it away.
    """
    shape = replace(ask, role="event_study")
    hidden = _few(ask, plot, study.times, cells)
    return tuple(
        replace(
            _estimate(shape, _entered(plot, cells, [time]), point),
            about=replace(ask.about, horizon=time),
            estimand="ATT(event time)",
        )
        for time, point in study.points.items()
        if time not in hidden
    )


def _few(ask: Ask, plot: Design, times: Sequence[int], cells: Sequence[Cell]) -> set[int]:
    """The times that too few entered, and those that must be hidden with them: the people of all
    hidden times after training are then not few.
    """
    people = {t: _fewest(_entered(plot, cells, [t])) for t in times}
    hidden = {t for t, n in people.items() if n < ask.small_cell}
    after = sorted((t for t in times if t >= 0), key=lambda t: (people[t], -t))
    while gone := [t for t in after if t in hidden]:
        left = [t for t in after if t not in hidden]
        if not left or _fewest(_entered(plot, cells, gone)) >= ask.small_cell:
            break
        hidden.add(left[0])
    return hidden


def _entered(plot: Design, cells: Sequence[Cell], times: Sequence[int]) -> Design:
    """The numbers of those who entered at some times; amounts stay shares of everyone's mean."""
    own = plot.entered([c for c in cells if c.time in times])
    return replace(own, baseline_mean=plot.baseline_mean)


def _fewest(plot: Design) -> int:
    return min(plot.n_treated, plot.n_control)


def _other(estimate: Callable[[Design], Average | None]) -> Callable[[Ask, Design], Fitted]:
    """The average over treated years by another estimator."""

    def made(ask: Ask, plot: Design) -> Fitted:
        found = estimate(plot) if plot.obstacle is None else None
        return Fitted(ask, plot, _estimate(ask, plot, found), found)

    return made


def _simple(compare: Callable[[Design, int], Average | None]) -> Callable[[Ask, Design], Fitted]:
    """A comparison without a design behind it, shown to be distrusted."""

    def made(ask: Ask, plot: Design) -> Fitted:
        found = compare(plot, ask.year) if plot.obstacle is None else None
        return Fitted(ask, plot, replace(_estimate(ask, plot, found), estimand="difference"))

    return made


def _lee(name: lost.Bound, ask: Ask, plot: Design) -> Fitted:
    found = None if plot.obstacle else lost.bound(name, plot.of, _how(ask, plot))
    estimate = replace(_estimate(ask, plot, found), estimand="ATT(k=0,1)")
    return Fitted(ask, plot, estimate, found)


_FITS: Final[dict[Estimator, Callable[[Ask, Design], Fitted]]] = {
    **{name: partial(_near, name) for name in get_args(DesignName)},
    "callaway_santanna_dr": _primary,
    "lee_lower": partial(_lee, "lee_lower"),
    "lee_upper": partial(_lee, "lee_upper"),
    "imputation": _other(borrowed.imputation),
    "sun_abraham": _other(borrowed.sun_abraham),
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
