"""Who of a draw was not measured afterwards: losses of the drawn beside those of the others, and
what is left of the effect whoever left.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy import stats

from helpers.causal.ancova import regressed, within_strata
from helpers.causal.by_lot import DrawFitted
from helpers.causal.checks.leaving import CAUTIOUS
from helpers.contracts import Check
from helpers.contracts.check_names import CheckName

# Largest difference of losses (percentage points) by overall loss of 0, 1 … 57%.
# Source: What Works Clearinghouse, standards 4.0, table II.1, optimistic bound.
OPTIMISTIC: Final = (
    10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.7, 10.8, 10.9, 10.9, 10.9, 10.9, 10.9, 10.8, 10.8, 10.7,
    10.6, 10.5, 10.3, 10.2, 10.0, 9.9, 9.7, 9.5, 9.4, 9.2, 9.0, 8.8, 8.6, 8.4, 8.2, 8.0, 7.8, 7.6,
    7.4, 7.2, 7.0, 6.7, 6.5, 6.3, 6.0, 5.8, 5.6, 5.3, 5.1, 4.9, 4.6, 4.4, 4.2, 3.9, 3.7, 3.5, 3.2,
    3.0, 2.8, 2.6, 2.3, 2.1,
)  # fmt: skip


def losses(fitted: DrawFitted) -> tuple[Check, ...]:
    """The difference of losses between the drawn and the others, within strata, beside both bounds.

    Parameters
    ----------
    fitted : the draw answered.
    """
    frame = fitted.drawing.lottery.frame
    share = frame.groupby("stratum")["drawn"].transform("mean")
    # Only these are compared, each within its stratum: of an order, within its year.
    frame = frame[(share > 0) & (share < 1)]
    lost = 100.0 * frame["after"].isna()
    drawn = frame[["drawn"]].to_numpy(float)
    apart = float(abs(within_strata(lost.to_numpy()[:, None], drawn, frame["stratum"])[0, 0]))
    overall = math.ceil(round(float(lost.mean()), 6))
    detail = f"overall {float(lost.mean()):.1f}%"

    def held_against(name: CheckName, table: tuple[float, ...]) -> Check:
        if overall >= len(table):
            return Check(name, apart, math.nan, False, detail)
        return Check(name, apart, table[overall], apart <= table[overall], detail)

    return (
        held_against("drawn_losses", CAUTIOUS),
        held_against("drawn_losses_wide", OPTIMISTIC),
    )


def whoever_left(fitted: DrawFitted) -> tuple[Check, ...]:
    """Whether an effect is left where the arm that lost fewer people loses as many, those who make
    the effect first; what the controls explain is taken out before.

    Parameters
    ----------
    fitted : the draw answered; nothing is told where zero is not ruled out. The figure is the
        bound's end that is nearer to zero, 0 where it holds zero.

    Source: Lee (2009), *Review of Economic Studies* 76(3).
    """
    sign, people = fitted.drawn.interval.sign, fitted.compared.people
    if not sign:
        return ()
    frame, drawn = fitted.drawing.lottery.frame, people["drawn"].to_numpy()
    after, controls = people["after"].to_numpy(float), fitted.compared.controls
    rest = after - controls @ np.linalg.lstsq(controls, after, rcond=None)[0]
    stay = np.ones(len(people), bool)
    # Of an order, those lost in one year say nothing of another.
    when = np.zeros(len(frame)) if "year" not in frame else frame["year"].to_numpy()
    seen = when[fitted.compared.seen]
    for year in np.unique(seen):
        there = frame[when == year]
        measured = there["after"].notna().groupby(there["drawn"]).mean()
        kept = [float(measured.get(arm, 1.0)) for arm in (0, 1)]
        more = int(kept[1] > kept[0])
        arm = np.flatnonzero((drawn == more) & (seen == year))
        gone = round(len(arm) * (1 - min(kept) / max(kept)))
        # Against a rise the drawn lose their best, or the others their worst; against a fall the
        # other way round.
        best_go = (sign > 0) == bool(more)
        ranked = np.argsort(-rest[arm] if best_go else rest[arm], kind="stable")
        stay[arm[ranked[:gone]]] = False
    entity = people["entity"].to_numpy()[stay]
    bound = regressed(after[stay], drawn[stay].astype(float), controls[stay], entity)
    away = float(stats.norm.ppf((1 + fitted.drawing.level) / 2)) * bound.std_error
    end = bound.value - sign * away
    figure = end if end * sign > 0 else 0.0
    detail = f"{bound.value - away:.4g} … {bound.value + away:.4g}"
    return (Check("whoever_left", figure, 0.0, figure != 0, detail),)
