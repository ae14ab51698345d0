"""What is done to distrust a draw, and the grade that is left: a line of the evidence rule of its
own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from helpers.causal.ancova import regressed, within_strata
from helpers.causal.by_lot import DrawFitted, Drawing, fit_draw
from helpers.causal.checks.leaving import ALPHA
from helpers.causal.draw_losses import losses, whoever_left
from helpers.causal.evidence import Rule, holds
from helpers.causal.replayed import replay, share_as_large
from helpers.contracts import Check, Estimate
from helpers.contracts.results import Claim, Grade
from helpers.measures import holm

# Where no more of the drawn came, a difference is not what seats brought.
_SOUND: Final[Rule] = (("drawn_alike",), ("followed_lot",))
STRONG: Final[Rule] = (("replayed_draw",), *_SOUND, ("whoever_left",), ("drawn_losses",))
MODERATE: Final[Rule] = (*STRONG[:-1], ("drawn_losses_wide",))
# That a difference is too small to matter needs a draw that holds.
NO_EFFECT: Final[Rule] = (*_SOUND, ("drawn_losses_wide",))
# Asked of draws whose seed is told: who may exchange the drawn afterwards has not drawn by lot.
_OF_SEEDS: Final[Rule] = (("drawn_by_seed",),)
_EXCHANGED: Final = 0.005
_POWER: Final = 0.8
# A first stage below it makes two-stage least squares unsafe: Staiger and Stock (1997),
# *Econometrica* 65(3).
_FIRM: Final = 10.0


@dataclass(frozen=True, slots=True, repr=False)
class DrawEffect:
    """A draw's effect on one outcome, with everything that was done to distrust it."""

    fitted: DrawFitted
    checks: tuple[Check, ...]
    claim: Claim
    grade: Grade

    @property
    def primary(self) -> Estimate:
        """What is graded: the effect of being drawn."""
        return self.fitted.drawn

    @property
    def complier(self) -> Estimate | None:
        """The effect of coming, where it can be told and, beside that of being drawn, does not tell
        how few came or stayed away.
        """
        few = self._few(self.fitted.compared.people.groupby(["drawn", "came"]).size())
        return self.fitted.complier if self.fitted.complier.interval.known and not few else None

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The rows of estimates.csv."""
        return (self.primary,) if self.complier is None else (self.primary, self.complier)

    @property
    def told_checks(self) -> tuple[Check, ...]:
        """The checks; of those whose figure would tell how few came, or were lost, only whether
        they passed.
        """
        frame = self.fitted.drawing.lottery.frame
        lost = self._few(frame[frame["after"].isna()].groupby("drawn").size())
        hidden = dict.fromkeys(("drawn_losses", "drawn_losses_wide", "whoever_left"), lost)
        hidden["followed_lot"] = self.complier is None
        return tuple(
            replace(c, figure=math.nan, threshold=math.nan, detail="") if hidden.get(c.name) else c
            for c in self.checks
        )

    def _few(self, counts: pd.Series) -> bool:
        return bool(((counts > 0) & (counts < self.fitted.drawing.small_cell)).any())

    def __repr__(self) -> str:
        return f"DrawEffect({self.claim}, {self.grade}: {self.fitted!r})"


def draw_effects(drawings: Iterable[Drawing]) -> tuple[DrawEffect, ...]:
    """The graded effects of a draw.

    Parameters
    ----------
    drawings : what is asked of each outcome, the main one first; the others are tested together,
        and only where the main one moved (methods.md, gatekeeping).
    """
    asked = tuple(drawings)
    # Lots do not hang on outcomes.
    dealt = replay(asked[0].lottery, asked[0].draws, asked[0].seed) if asked else None
    fits = [fit_draw(one, dealt) for one in asked]
    known = [at for at, f in enumerate(fits) if at and f.drawn.interval.known]
    p_of = dict(zip(known, holm([fits[at].drawn.p_value for at in known]), strict=True))
    gate = fits[0].drawn.p_value if fits and fits[0].drawn.interval.known else 1.0
    return tuple(
        _graded(replace(f, drawn=replace(f.drawn, p_adjusted=max(p_of[at], gate))))
        if at in p_of
        else _graded(f)
        for at, f in enumerate(fits)
    )


def _graded(fitted: DrawFitted) -> DrawEffect:
    if not fitted.drawn.interval.known:
        return DrawEffect(fitted, (), "inconclusive", "none")
    p = fitted.drawn.p_adjusted
    checks = (
        Check("replayed_draw", p, ALPHA, p < ALPHA, f"{fitted.compared.dealt.shape[1]} draws"),
        _alike(fitted),
        *losses(fitted),
        *whoever_left(fitted),
        _followed(fitted),
        _detectable(fitted),
        *_colleagues(fitted),
        *_by_seed(fitted),
    )
    claim, given = graded(fitted, checks)
    return DrawEffect(fitted, checks, claim, given)


def graded(fitted: DrawFitted, checks: tuple[Check, ...]) -> tuple[Claim, Grade]:
    """The claim and its grade (methods.md: a draw has its own line). Seats are strong or weak; an
    order of units may be moderate.

    Parameters
    ----------
    fitted : the draw answered.
    checks : all that were made of it.
    """
    found = fitted.drawn.interval
    if not found.known:
        return "inconclusive", "none"
    if not found.sign or not holds(checks, (("replayed_draw",),)):
        inside = max(abs(found.low), abs(found.high)) < fitted.smallest_effect
        small = inside and holds(checks, asked_of(NO_EFFECT, checks))
        return ("no_meaningful_effect" if small else "inconclusive"), "none"
    claim: Claim = "increase" if found.value > 0 else "decrease"
    if holds(checks, asked_of(STRONG, checks)):
        return claim, "strong"
    # Of seats, what passes the wider bound alone is an association: in simulated regions a cause
    # was named wrongly more often than rightly (reports/validation/draws.md of 30 November 2026).
    of_order = fitted.drawing.lottery.turns is not None
    moderate = of_order and holds(checks, asked_of(MODERATE, checks))
    return claim, "moderate" if moderate else "weak"


def asked_of(rule: Rule, checks: Sequence[Check]) -> Rule:
    """A line of the evidence rule as it is asked of a draw: of one whose seed is told, that the
    seed gives it, too.

    Parameters
    ----------
    rule : `STRONG`, `MODERATE` or `NO_EFFECT`.
    checks : all that were made of the draw.
    """
    made = {c.name for c in checks}
    return (*rule, *(row for row in _OF_SEEDS if made.intersection(row)))


def balance(fitted: DrawFitted) -> pd.DataFrame:
    """How far the drawn were from the others before, in standard deviations (the frame of that
    name): of everybody in the draw, and of those who were measured afterwards.

    Parameters
    ----------
    fitted : the draw answered.
    """
    held, small_cell = fitted.drawing.lottery, fitted.drawing.small_cell
    traits = held.traits.loc[:, [not _tells_of_few(t, small_cell) for _, t in held.traits.items()]]
    drawn = held.frame["drawn"].to_numpy(float)[:, None]
    stratum = held.frame["stratum"]
    spread = traits.std(ddof=0).replace(0.0, math.inf).to_numpy(float)

    def apart(who: np.ndarray) -> np.ndarray:
        found = within_strata(traits.to_numpy(float)[who], drawn[who], stratum[who])
        return found[:, 0] / spread

    everybody, seen = np.ones(len(drawn), bool), held.frame["after"].notna().to_numpy()
    lost = [int((~seen & (drawn[:, 0] == arm)).sum()) for arm in (0, 1)]
    few = any(0 < n < small_cell for n in lost)
    return pd.DataFrame(
        {
            "covariate": traits.columns.astype(str),
            "before": apart(everybody),
            # Beside the other it would tell what the few were like.
            "after": np.full(traits.shape[1], math.nan) if few else apart(seen),
        }
    )


def _tells_of_few(trait: pd.Series, small_cell: int) -> bool:
    """Whether a trait of two values is that of few people."""
    counts = trait.value_counts()
    return len(counts) == 2 and int(counts.min()) < small_cell


def _alike(fitted: DrawFitted) -> Check:
    """Whether the draw set drawn and others no farther apart, in all traits together, than draws
    dealt again do.
    """
    held, dealt = fitted.drawing.lottery, fitted.compared.dealt
    traits = held.traits.to_numpy(float)
    if not traits.shape[1] or not dealt.shape[1]:
        return Check("drawn_alike", math.nan, ALPHA, None, "no traits")
    inverse = np.linalg.pinv(np.atleast_2d(np.cov(traits, rowvar=False)))

    def distance(drawn: np.ndarray) -> np.ndarray:
        apart = within_strata(traits, drawn, held.frame["stratum"])
        return np.asarray((apart * (inverse @ apart)).sum(axis=0))

    own = distance(held.frame[["drawn"]].to_numpy(float))[0]
    p = share_as_large(distance(dealt), own)
    return Check("drawn_alike", p, ALPHA, p >= ALPHA, f"{traits.shape[1]} traits")


def _followed(fitted: DrawFitted) -> Check:
    """How much more of the drawn came."""
    came = fitted.first_stage
    if came is None or not came.std_error > 0:
        same = came is not None and came.value > 0
        return Check("followed_lot", came.value if came else math.nan, 0.0, same, "no variation")
    # Where all follow the lot there is no limit to it.
    firm = min((came.value / came.std_error) ** 2, 9999.0)
    return Check(
        "followed_lot",
        came.value,
        0.0,
        came.value > 0 and firm >= _FIRM,
        f"F {firm:.0f}",
    )


def _by_seed(fitted: DrawFitted) -> tuple[Check, ...]:
    """Whether the lots, dealt again with the seed that is told, give the same draw: a NIP corrected
    since, or one in some hundreds, changes no answer.
    """
    held = fitted.drawing.lottery
    if held.by_seed is None:
        return ()
    needed = 1 - max(_EXCHANGED, 1 / held.frame["entity"].nunique())
    return (Check("drawn_by_seed", held.by_seed, needed, held.by_seed >= needed - 1e-9),)


def _detectable(fitted: DrawFitted) -> Check:
    """The smallest effect of being drawn that this draw would have shown four times in five."""
    found, wanted = fitted.drawn.interval, fitted.smallest_effect
    smallest = (found.high - found.low) / 2 + float(stats.norm.ppf(_POWER)) * found.std_error
    enough = smallest <= wanted if math.isfinite(wanted) else None
    return Check("detectable_effect", smallest, wanted, enough, "80% power, 5%")


def _colleagues(fitted: DrawFitted) -> tuple[Check, ...]:
    """Whether those not drawn moved with the drawn share of their colleagues in the draw."""
    people = fitted.compared.people
    others = people["drawn"] == 0
    # Of units, those of one agency in one year; what they share lasts over the years.
    by = people.groupby(["cluster", *(c for c in ("year",) if c in people)])["drawn"]
    size, drawn = by.transform("size"), by.transform("sum")
    share = (drawn / (size - 1).where(size > 1))[others].fillna(0.0)
    controls = fitted.compared.controls[others.to_numpy()]
    if share.nunique() < 3 or people.loc[others, "cluster"].nunique() < 5:
        return ()
    found = regressed(people.loc[others, "after"].to_numpy(float), share.to_numpy(float), controls)
    summed = np.bincount(people.loc[others, "cluster"].to_numpy(int), found.influence)
    units = int(people.loc[others, "cluster"].nunique())
    error = math.sqrt(float((summed**2).sum()) * units / (units - 1))
    if not error > 0:
        return ()
    p = float(2 * stats.t.sf(abs(found.value) / error, units - 1))
    return (Check("drawn_colleagues", p, ALPHA, p >= ALPHA, f"{units} units"),)
