"""From asks to graded effects: design, fit, checks, grade, the same way for every question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from helpers.causal.ask import Ask
from helpers.causal.checks import CHECKS
from helpers.causal.checks.likeness import standardised
from helpers.causal.design import Design, design
from helpers.causal.evidence import grade
from helpers.causal.fit import Fits, Fitted, fit
from helpers.causal.told_before import told_before
from helpers.contracts import UNKNOWN, Check, Estimate
from helpers.contracts.results import Claim, Grade
from helpers.measures import holm


@dataclass(frozen=True, slots=True, repr=False)
class Effect:
    """One outcome's effect with everything that was done to distrust it.

    ``primary`` is the estimate that is graded, as it may be told beside last year's report.
    """

    fits: Fits
    primary: Estimate
    checks: tuple[Check, ...]
    claim: Claim
    grade: Grade

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The rows of estimates.csv: the primary, its event study, then the rest as asked; what is
        unknown but the primary and the placebos is left out, as is everything but the primary where
        too few people entered it, or where nothing of people can be estimated. No number of few
        people is told, nor their mean, nor how few came to the treated in the report's own year.
        """
        plot, ask = self.fits.primary.design, self.fits.primary.ask
        if plot.obstacle == "too_few":
            return (self.primary,)
        if plot.obstacle is not None and not ask.panel.of_units:
            # Who could be compared is all who were measured: beside those of another outcome, or of
            # the roll, their number would tell of few.
            return (_without_people(self.primary),)
        rows: list[Estimate] = []
        for fitted in map(told_before, self.fits.all):
            told = _unless_few(fitted.estimate, fitted.ask.small_cell)
            shown = fitted.ask.role in ("primary", "placebo") or told.interval.known
            rows += [told, *fitted.event_study] if shown else []
        return tuple(rows)

    @property
    def balance(self) -> pd.DataFrame:
        """How alike the groups of the training year are (the frame of that name)."""
        return standardised(self.fits.primary)

    def __repr__(self) -> str:
        return f"Effect({self.claim}, {self.grade}: {self.primary!r}, {len(self.checks)} checks)"


def _unless_few(estimate: Estimate, small_cell: int) -> Estimate:
    """The estimate, or the same without its figures where it is about too few people."""
    if min(estimate.n_treated, estimate.n_control) >= small_cell:
        return estimate
    return _without_people(estimate)


def _without_people(estimate: Estimate) -> Estimate:
    nothing = replace(UNKNOWN, n=estimate.interval.n)
    unknown = float("nan")
    return replace(
        estimate,
        interval=nothing,
        p_value=unknown,
        p_adjusted=unknown,
        baseline_mean=unknown,
        n_treated=0,
        n_control=0,
    )


def effects(asks: Iterable[Ask]) -> tuple[Effect, ...]:
    """The graded effect on every outcome that the asks name.

    Parameters
    ----------
    asks : each outcome has one primary ask; the first outcome is the question's main one.

    Returns
    -------
    One effect an outcome, in the order of the asks. A panel's outcome is laid out once, and nothing
    is fitted twice.
    """
    laid: dict[tuple[int, str], Design] = {}
    fits: dict[str, list[Fitted]] = {}
    for ask in asks:
        key = (id(ask.panel), ask.column)
        if key not in laid:
            laid[key] = design(ask.panel, ask.column)
        fits.setdefault(ask.outcome, []).append(fit(ask, laid[key]))
    adjusted = _gatekept([Fits(tuple(f)) for f in fits.values()])
    return tuple(_graded(one) for one in adjusted)


def _graded(fits: Fits) -> Effect:
    known = fits.primary.estimate.interval.known
    checks = tuple(c for check in CHECKS for c in check(fits)) if known else ()
    claim, given = grade(fits.primary.estimate, checks)
    return Effect(fits, told_before(fits.primary).estimate, checks, claim, given)


def _gatekept(several: Sequence[Fits]) -> list[Fits]:
    """The primary estimates of a question with p-values for their number: the main outcome's as it
    is, the others' adjusted among themselves (Holm 1979) and never below it (methods.md,
    gatekeeping).
    """
    main = several[0]
    others = [replace(f, tested_together=max(len(several) - 1, 1)) for f in several[1:]]
    known = [f for f in others if f.primary.estimate.interval.known]
    adjusted = holm([f.primary.estimate.p_value for f in known])
    gate = main.primary.estimate.p_value if main.primary.estimate.interval.known else 1.0
    p_of = {id(f): max(p, gate) for f, p in zip(known, adjusted, strict=True)}
    first = _with_p(main, gate) if main.primary.estimate.interval.known else main
    return [first, *(_with_p(f, p_of[id(f)]) if id(f) in p_of else f for f in others)]


def _with_p(fits: Fits, p: float) -> Fits:
    primary = fits.primary
    changed = replace(primary, estimate=replace(primary.estimate, p_adjusted=p))
    return replace(fits, all=tuple(changed if f is primary else f for f in fits.all))
