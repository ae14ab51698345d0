"""From asks to graded effects: design, fit, checks, grade, the same way for every question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from statsmodels.stats.multitest import multipletests

from helpers.causal.ask import Ask
from helpers.causal.checks import CHECKS
from helpers.causal.evidence import grade
from helpers.causal.fit import Fits, Fitted, fit
from helpers.contracts import Check, Estimate
from helpers.contracts.results import Claim, Grade


@dataclass(frozen=True, slots=True, repr=False)
class Effect:
    """One outcome's effect with everything that was done to distrust it."""

    fits: Fits
    checks: tuple[Check, ...]
    claim: Claim
    grade: Grade

    @property
    def primary(self) -> Estimate:
        return self.fits.primary.estimate

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The rows of estimates.csv: the primary, its event study, then the rest as asked; what is
        unknown but the primary and the placebos is left out.
        """
        rows: list[Estimate] = []
        for fitted in self.fits.all:
            shown = fitted.ask.role in ("primary", "placebo") or fitted.estimate.interval.known
            rows += [fitted.estimate, *fitted.event_study] if shown else []
        return tuple(rows)

    def __repr__(self) -> str:
        return f"Effect({self.claim}, {self.grade}: {self.primary!r}, {len(self.checks)} checks)"


def effects(asks: Iterable[Ask]) -> tuple[Effect, ...]:
    """The graded effect on every outcome that the asks name, in the order of the asks; each outcome
    has one primary ask.
    """
    fits: dict[str, list[Fitted]] = {}
    for ask in asks:
        fits.setdefault(ask.outcome, []).append(fit(ask))
    adjusted = _holm([Fits(tuple(f)) for f in fits.values()])
    return tuple(_graded(one) for one in adjusted)


def _graded(fits: Fits) -> Effect:
    checks = (
        tuple(c for check in CHECKS for c in check(fits))
        if fits.primary.group_time is not None
        else ()
    )
    claim, given = grade(fits.primary.estimate, checks, fits.primary.smallest_effect)
    return Effect(fits, checks, claim, given)


def _holm(several: Sequence[Fits]) -> list[Fits]:
    """The primary estimates of a question with p-values adjusted for their number (Holm 1979)."""
    known = [f for f in several if f.primary.estimate.interval.known]
    p_values = (
        multipletests([f.primary.estimate.p_value for f in known], method="holm")[1]
        if known
        else []
    )
    p_of = {id(f): float(p) for f, p in zip(known, p_values, strict=True)}
    return [_with_p(f, p_of[id(f)]) if id(f) in p_of else f for f in several]


def _with_p(fits: Fits, p: float) -> Fits:
    primary = fits.primary
    changed = replace(primary, estimate=replace(primary.estimate, p_adjusted=p))
    return Fits(tuple(changed if f is primary else f for f in fits.all))
