"""Who leaves and who moves: losses against their bound, and the effect among those who stayed in
their unit. No cause is named where either fails: an effect can be made of who is missing, or of
where the trained were moved to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import stats

from helpers.causal import lost
from helpers.causal.cells import PEOPLE
from helpers.causal.design import Design
from helpers.causal.designs import How
from helpers.causal.fit import Fits, fit
from helpers.contracts import Check
from helpers.contracts.panel import NEVER

ALPHA: Final = 0.05
# Largest difference of losses (percentage points) by overall loss of 0, 1 … 57%.
# Source: What Works Clearinghouse, standards 4.0, table II.1, cautious bound.
CAUTIOUS: Final = (
    5.7, 5.8, 5.9, 5.9, 6.0, 6.1, 6.2, 6.3, 6.3, 6.3, 6.3, 6.2, 6.2, 6.1, 6.0, 5.9, 5.9, 5.8, 5.7,
    5.5, 5.4, 5.3, 5.2, 5.1, 4.9, 4.8, 4.7, 4.5, 4.4, 4.3, 4.1, 4.0, 3.8, 3.6, 3.5, 3.3, 3.2, 3.1,
    2.9, 2.8, 2.6, 2.5, 2.3, 2.1, 2.0, 1.8, 1.6, 1.5, 1.3, 1.2, 1.0, 0.9, 0.7, 0.6, 0.4, 0.3, 0.2,
    0.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lost:
    """Shares of the trained lost since the year before training, and of the others in the same
    years, 0 to 1, and the standard error of their difference.
    """

    trained: float
    others: float
    std_error: float


def attrition(fits: Fits) -> tuple[Check, ...]:
    """Whether the trained and the not yet trained left the data at rates near enough; a difference
    that chance alone explains passes, since few people make a large one.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told of service units. The figure is the
        difference in percentage points. When people were trained within a year is not known: they
        may have been at risk for half of it, as on average, or for none of it, since they had to be
        there; a difference that lies between the two is none.
    """
    if fits.primary.ask.panel.of_units:
        return ()
    losses, least = (cumulated_loss(fits.primary.design, left) for left in (0.5, 0.0))
    if losses is None or least is None:
        return (Check("attrition", math.nan, math.nan, None, "no arms to follow"),)
    others = min(max(losses.trained, least.others), losses.others)
    allowed = bound(50 * (losses.trained + others))
    gap = 100 * abs(losses.trained - others)
    by_chance = 100 * losses.std_error * float(stats.norm.ppf(1 - ALPHA / 2))
    detail = f"{100 * losses.trained:.1f}% of the trained, {100 * others:.1f}% of the others lost"
    return (Check("attrition", gap, allowed, gap <= max(allowed, by_chance), detail),)


def whoever_left(fits: Fits) -> tuple[Check, ...]:
    """Whether an effect is left where the arm that lost fewer people loses as many, those who make
    the effect first.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told of service units, nor where zero is not
        ruled out. The figure is the bound's end that is nearer to zero, 0 where it holds zero: of
        the year of training and the next.

    Source: Lee (2009), as in `lost`.
    """
    primary = fits.primary
    sign, of = primary.estimate.interval.sign, primary.design.of
    if primary.ask.panel.of_units or not sign:
        return ()
    how = How("doubly_robust" if primary.ask.adjusted else "none", PEOPLE, primary.ask.clip)
    nearer: lost.Bound = "lee_lower" if sign > 0 else "lee_upper"
    found = lost.bound(nearer, of, how, since_training=True)
    if found is None:
        return (Check("whoever_left", math.nan, 0.0, None, "not estimable"),)
    low, high = found.interval(primary.ask.level)
    end = low if sign > 0 else high
    figure = end if end * sign > 0 else 0.0
    return (Check("whoever_left", figure, 0.0, figure != 0, f"{low:.4g} … {high:.4g}"),)


def bound(overall: float) -> float:
    """The largest difference of losses that the cautious bound allows, in percentage points.

    Parameters
    ----------
    overall : loss of both arms together, in percent; beyond the table none is allowed.
    """
    return CAUTIOUS[min(round(overall), len(CAUTIOUS) - 1)]


def cumulated_loss(design: Design, left_of_year: float = 0.5) -> Lost | None:
    """What the trained lost from the year before training on, and what the others would have lost
    in the same calendar years: two life tables by years since training.

    Each year those observed the year before are followed: the trained of every cohort together, and
    whoever was not trained in the year before, weighed as the trained fall on calendar years. Who
    is trained in a year had to be there for it: until then nobody of them could be lost. So they
    count half among the others of that year, whose losses count against theirs for what was left of
    it; who is trained and lost in one year was lost to the trained. Whom the comparison itself
    leaves out from a year on is followed no further, and not lost.

    Parameters
    ----------
    design : the rows that can be compared.
    left_of_year : what is left of the year after training, 0 to 1.

    Returns
    -------
    None where no year has both.

    Source: the actuarial life table (Cutler and Ederer 1958, *Journal of Chronic Diseases* 8(6)),
    training being a withdrawal from the others; the error is Greenwood's (1926).
    """
    seen, cohort = np.isfinite(design.of.outcome), design.of.cohort
    years, left_out = design.of.years, _left_out_from(design)
    others, trained = {}, {}
    for at, year in enumerate(map(int, years[1:]), start=1):
        here = seen[:, at - 1] & ((left_out == NEVER) | (left_out > year))
        gone, entering = ~seen[:, at], cohort == year
        free = here & ((cohort == NEVER) | (cohort >= year))
        people = float(free.sum()) - float((free & entering).sum()) / 2
        if people > 0:
            others[year] = (people, float((free & ~entering & gone).sum()) / people)
        for g in np.unique(cohort[(cohort != NEVER) & (cohort > years[0]) & (cohort <= year)]):
            arm = here & (cohort == g)
            trained[int(g), year - int(g)] = (float(arm.sum()), float((arm & gone).sum()))
    times = sorted({k for (g, k), (n, _) in trained.items() if n and g + k in others})
    if not times:
        return None
    stay, spread, pull = np.ones(2), 0.0, dict.fromkeys(others, 0.0)
    for k in times:
        arms = {g + k: of for (g, time), of in trained.items() if time == k and g + k in others}
        n, gone_of = np.sum([*arms.values()], axis=0)
        lost = gone_of / n
        share = (left_of_year if k == 0 else 1.0) / n
        expected = sum(share * arm[0] * others[y][1] for y, arm in arms.items())
        if lost < 1:
            spread += lost / (n * (1 - lost))
        for y, arm in arms.items():
            pull[y] += share * arm[0] / max(1 - expected, 1e-9)
        stay *= 1 - lost, 1 - expected
    drift = sum(pull[y] ** 2 * q * (1 - q) / n for y, (n, q) in others.items())
    error = float(np.sqrt(stay[0] ** 2 * spread + stay[1] ** 2 * drift))
    return Lost(float(1 - stay[0]), float(1 - stay[1]), error)


def movers(fits: Fits) -> tuple[Check, ...]:
    """Whether the effect among those who never changed unit lies inside the primary interval.

    Parameters
    ----------
    fits : all the fits of one outcome; the figure is the effect among those who stayed.
    """
    ask, found = fits.primary.ask, fits.primary.estimate.interval
    frame = ask.panel.frame
    if ask.panel.of_units or "unit" not in frame:
        return ()
    moved = frame.groupby("entity")["unit"].transform("nunique") > 1
    share = frame.loc[moved, "entity"].nunique() / max(frame["entity"].nunique(), 1)
    value = found.value
    if share:
        stayed = replace(
            ask, panel=ask.panel.only(~moved), role="robustness", inference="clustered"
        )
        value = fit(stayed).estimate.interval.value
    passed = found.low <= value <= found.high if math.isfinite(value) else None
    return (Check("movers", value, math.nan, passed, f"{100 * share:.1f}% changed unit"),)


def _left_out_from(design: Design) -> np.ndarray:
    """The year from which each entity is left out, in the order of the histories."""
    if "left_out_from" not in design.frame:
        return np.full(len(design.of.cohort), NEVER)
    first = design.frame.sort_values("entity", kind="stable").drop_duplicates("entity")
    return first["left_out_from"].to_numpy(int)
