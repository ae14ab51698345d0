"""Does training reach colleagues who were not trained? Then they are no untouched comparison: what
they gain makes the effect too small, what they lose makes one out of nothing.
"""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from helpers.causal.averages import Average
from helpers.causal.fit import Fits, Fitted
from helpers.causal.naive import with_years
from helpers.contracts import Check
from helpers.contracts.check_names import CheckName
from helpers.contracts.panel import NEVER

ALPHA: Final = 0.05
_FEWEST_UNITS: Final = 4


def untrained_colleagues(fits: Fits) -> tuple[Check, ...]:
    """Whether people without any hour move with the trained share of their unit.

    Two checks of one slope (`slope`): ``displacement``, one-sided, whether they lose as more of
    their colleagues are trained, so that work, easy cases or credit that goes over to the trained
    reads as a gain of theirs; and ``spillover``, two-sided, of main outcomes, which is told and
    gates no grade: a slope of the effect's sign makes the estimate too small, and the comparison
    inside units most of all.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told of service units.

    Source: Crépon et al. (2013), *Quarterly Journal of Economics* 128(2), on displacement of the
    untreated; Hudgens and Halloran (2008), *JASA* 103(482), on interference inside groups.
    """
    ask = fits.primary.ask
    if ask.panel.of_units or not {"unit", "exposed"} <= set(ask.panel.frame):
        return ()
    names: tuple[CheckName, ...] = ("displacement",)
    if fits.seen_from_all_sides:
        names = (*names, "spillover")
    found = slope(untrained(fits.primary))
    if found is None:
        return tuple(Check(n, math.nan, ALPHA, None, "units do not differ") for n in names)
    detail = f"{found.value:+.4g} from no to all colleagues trained"
    against = found.signed_p(-fits.primary.estimate.interval.value)
    return tuple(
        Check(n, p, ALPHA, p >= ALPHA if math.isfinite(p) else None, detail)
        for n, p in zip(names, (against, found.p_value), strict=False)
    )


def untrained(fitted: Fitted) -> pd.DataFrame:
    """The years of people without any hour, and the trained share of their unit in them.

    Parameters
    ----------
    fitted : its panel has ``unit`` and ``exposed``.

    Returns
    -------
    One row a person and year: ``spell`` (of a person in a unit), ``unit, year, outcome, share`` (of
    colleagues, 0 to 1).
    """
    frame = fitted.ask.panel.frame
    trained = ((frame["cohort"] != NEVER) & (frame["year"] >= frame["cohort"])).astype(float)
    share = trained.groupby([frame["unit"], frame["year"]]).transform("mean")
    rows = frame[["entity", "unit", "year"]].assign(outcome=frame[fitted.ask.column], share=share)
    rows = rows[frame["exposed"] == NEVER].dropna()
    return rows.assign(spell=rows.groupby(["entity", "unit"]).ngroup()).drop(columns="entity")


def slope(rows: pd.DataFrame) -> Average | None:
    """What goes with a unit's trained share from none to all, by fixed effects of spells and years,
    clustered by unit.

    Parameters
    ----------
    rows : of `untrained`.

    Returns
    -------
    None where units are too few or do not differ within years.
    """
    units = rows["unit"].nunique()
    apart = rows["share"] - rows.groupby("spell")["share"].transform("mean")
    apart -= apart.groupby(rows["year"]).transform("mean")
    if units < _FEWEST_UNITS or not apart.std() > 1e-9:
        return None
    return with_years(rows, "outcome", "share", "spell", "unit")
