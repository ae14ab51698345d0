"""What a draw of seats will be able to tell, from what two years tell of those who would be in it;
and that promise, tried on them.

Source: Bloom (1995), *Evaluation Review* 19(5), for the smallest effect that a draw can tell where
not all of the drawn come.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from helpers.causal.ancova import regressed
from helpers.causal.by_lot import Drawing, controls, fit_draw
from helpers.causal.replayed import replay
from helpers.contracts import Unit, UnitLabel
from helpers.contracts.results import effect_unit

# Four times in five, as everywhere (methods.md, check 9).
POWER: Final = 0.8
# Draws that each trial is judged by.
_JUDGED_BY: Final = 199


@dataclass(frozen=True, slots=True)
class Promise:
    """What next year's draw can tell of one outcome.

    ``people`` would be in the draw, of whom the share ``measured`` will be seen a year later;
    ``spread`` is what the year before and the stratum leave unexplained of the outcome, in its
    unit, and ``explained`` their share of its variance; the share ``attendance`` of the drawn come.
    """

    outcome: str
    unit_label: UnitLabel
    people: int
    measured: float
    spread: float
    explained: float
    attendance: float
    baseline: float
    smallest: float
    level: float

    @property
    def unit(self) -> Unit:
        """How its amounts are shown."""
        return effect_unit(self.unit_label, self.baseline)

    def of_being_drawn(self, seats: int) -> float:
        """The smallest effect of being drawn that is found four times in five.

        Parameters
        ----------
        seats : at least one, and fewer than there are people.

        Raises
        ------
        ValueError : a seat for nobody, or for everybody.
        """
        if not 0 < seats < self.people:
            raise ValueError(seats)
        drawn, others = (max(n * self.measured, 2.0) for n in (seats, self.people - seats))
        freedom = drawn + others - 2
        multiple = stats.t.ppf((1 + self.level) / 2, freedom) + stats.t.ppf(POWER, freedom)
        return float(multiple) * self.spread * math.sqrt(1 / drawn + 1 / others)

    def power(self, seats: int, effect: float) -> float:
        """How likely an effect of being drawn is found.

        Parameters
        ----------
        seats : at least one, and fewer than there are people.
        effect : of being drawn, in the outcome's unit, of either sign.
        """
        from statsmodels.stats.power import TTestIndPower

        return float(
            TTestIndPower().power(
                abs(effect) / self.spread,
                nobs1=max(seats * self.measured, 2.0),
                ratio=(self.people - seats) / seats,
                alpha=1 - self.level,
            )
        )

    def of_coming(self, seats: int) -> float:
        """The smallest effect on those who come that is found four times in five.

        Parameters
        ----------
        seats : at least one, and fewer than there are people.

        Raises
        ------
        ValueError : a seat for nobody, or for everybody.
        """
        return self.of_being_drawn(seats) / self.attendance

    def seats_for(self, effect: float) -> int | None:
        """The fewest seats with which an effect on those who come is found four times in five; None
        where seats for half of the people, with which a draw tells most, are too few.

        Parameters
        ----------
        effect : in the outcome's unit, above zero.
        """
        possible = range(1, self.people // 2 + 1)
        at = bisect_left(possible, -effect, key=lambda seats: -self.of_coming(seats))
        return possible[at] if at < len(possible) else None


def promise(drawing: Drawing, people: int, attendance: float) -> Promise | None:
    """What a draw can tell, if next year goes as the last one did.

    Parameters
    ----------
    drawing : of a draw that could have been held a year ago (`lotteries.rehearsal`).
    people : who would be in the next draw.
    attendance : share of the drawn who would come, above zero.

    Returns
    -------
    None where too few were measured, or all alike.
    """
    import statsmodels.api as sm

    held = drawing.lottery.frame
    seen = held[held["after"].notna()]
    if len(seen) < max(2 * drawing.small_cell, 10) or not seen["after"].std() > 0:
        return None
    fit = sm.OLS(seen["after"].to_numpy(float), controls(seen)).fit()
    spread = math.sqrt(fit.ssr / fit.df_resid) if fit.df_resid > 0 else 0.0
    if not spread > 0:
        return None
    baseline = float(seen["after"].mean())
    return Promise(
        drawing.lottery.outcome,
        drawing.lottery.unit_label,
        people,
        # Rounded, so that nobody is counted by dividing one figure by another.
        round(float(held["after"].notna().mean()), 2),
        spread,
        1 - float(fit.ssr) / float(((seen["after"] - baseline) ** 2).sum()),
        round(attendance, 2),
        baseline,
        drawing.smallest.scaled(baseline, float(seen["after"].std())),
        drawing.level,
    )


def tried(drawing: Drawing, effect: float, attendance: float, times: int) -> tuple[int, int]:
    """How often an effect is found if it is added to the outcomes of those who come.

    Parameters
    ----------
    drawing : of a draw that could have been held a year ago, with its seats drawn once.
    effect : on those who come, in the outcome's unit.
    attendance : share of the drawn who come.
    times : how many draws are held.

    Returns
    -------
    In how many the effect of being drawn was told from none at the drawing's level, and how many
    were held: none where too few can be compared.
    """
    held = drawing.lottery
    dealt = replay(held, times + _JUDGED_BY, drawing.seed)
    # Where few draws keep the bound, half of them judge the others.
    judges = min(_JUDGED_BY, dealt.shape[1] // 2)
    fitted = fit_draw(drawing, dealt[:, :judges])
    of_none, seen = fitted.drawn.interval, fitted.compared.seen
    if not of_none.known:
        return 0, 0
    # How many standard errors an effect must be away from none, by the draws dealt again.
    away = (of_none.high - of_none.value) / of_none.std_error
    after = fitted.compared.people["after"].to_numpy(float)
    own = dealt[:, judges : judges + times]
    rng = np.random.default_rng(drawing.seed)
    found = 0
    for drawn in own.T:
        came = drawn * (rng.random(len(drawn)) < attendance)
        one = regressed(after + effect * came[seen], drawn[seen], fitted.compared.controls)
        found += bool(abs(one.value) > away * one.std_error)
    return found, own.shape[1]


def by_seats(promises: tuple[Promise, ...], seats: tuple[int, ...]) -> pd.DataFrame:
    """What can be told with each number of seats, of each outcome.

    Parameters
    ----------
    promises : of the outcomes.
    seats : each at least one, and fewer than there are people.
    """
    return pd.DataFrame(
        [
            {
                "outcome": p.outcome,
                "unit_label": p.unit_label,
                "baseline": p.baseline,
                "smallest": p.smallest,
                "seats": n,
                "drawn": p.of_being_drawn(n),
                "came": p.of_coming(n),
            }
            for p in promises
            for n in seats
        ]
    )
