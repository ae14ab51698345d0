"""Does training seem to move what it cannot have moved?"""

from __future__ import annotations

import math
from typing import Final

from helpers.causal.fit import Fits
from helpers.contracts import Check
from helpers.measures import holm

ALPHA: Final = 0.05


def fake_date(fits: Fits) -> tuple[Check, ...]:
    """Whether a training that is pretended two years early has no effect.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told where no fake date was asked for.
    """
    fitted = next((f for f in fits.of("placebo") if f.ask.estimator == "fake_date"), None)
    if fitted is None:
        return ()
    p = fitted.estimate.p_value
    if not math.isfinite(p):
        return (Check("placebo_date", math.nan, ALPHA, None, "not estimable"),)
    return (Check("placebo_date", p, ALPHA, p >= ALPHA, "−2"),)


def placebo_people(fits: Fits) -> tuple[Check, ...]:
    """Whether people who were invited and never trained stay where they are, beside those who were
    not invited: how people are chosen may not look like an effect.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told where invitations are not known.
    """
    fitted = next((f for f in fits.of("placebo") if f.ask.panel_of == "invited_not_trained"), None)
    if fitted is None:
        return ()
    p = fitted.estimate.p_value
    if not math.isfinite(p):
        return (Check("placebo_people", math.nan, ALPHA, None, "not estimable"),)
    detail = f"{fitted.estimate.interval.value:+.4g}"
    return (Check("placebo_people", p, ALPHA, p >= ALPHA, detail),)


def placebo_outcomes(fits: Fits) -> tuple[Check, ...]:
    """Whether outcomes that training cannot move stay where they are: the smallest of their
    p-values, with Holm among them.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told where the plan names no such outcome.
    """
    rows = [f for f in fits.of("placebo") if f.ask.measured]
    if not rows:
        return ()
    known = [f.estimate.p_value for f in rows if math.isfinite(f.estimate.p_value)]
    if len(known) < len(rows):
        return (Check("placebo_outcomes", math.nan, ALPHA, None, "not estimable"),)
    p = float(min(holm(known)))
    return (Check("placebo_outcomes", p, ALPHA, p >= ALPHA, f"{len(known)} outcomes, Holm"),)
