"""Does training reach colleagues who were not trained? Then they are no untouched comparison: what
they gain makes the effect too small, what they lose makes one out of nothing.
"""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np
import pandas as pd
import statsmodels.api as sm

from helpers.causal.fit import Fits, Fitted
from helpers.contracts import Check
from helpers.contracts.panel import NEVER

ALPHA: Final = 0.05
_FEWEST_UNITS: Final = 4


def spillover(fits: Fits) -> tuple[Check, ...]:
    """Whether the never trained move alike, however the trained share of their unit moves.

    Within years, the change since the year before of people without any hour is regressed on the
    change of their unit's trained share, clustered by unit. A slope above zero makes the estimated
    effect too small, and the comparison inside units most of all. Told, never gating a grade.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told of service units, or where other estimators
        were not asked for.

    Source: interference inside groups, Hudgens and Halloran (2008), *JASA* 103(482).
    """
    return _check("spillover", fits) if fits.seen_from_all_sides else ()


def displacement(fits: Fits) -> tuple[Check, ...]:
    """Whether the never trained lose as more of their colleagues are trained: work, easy cases or
    credit that goes over to the trained reads as a gain of theirs.

    The slope of `spillover`, tested one-sided: the p-value of a slope against the sign of the
    estimated effect.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told of service units.

    Source: displacement of the untreated, Crépon et al. (2013), *Quarterly Journal of Economics*
    128(2).
    """
    return _check("displacement", fits)


def _check(name: Literal["spillover", "displacement"], fits: Fits) -> tuple[Check, ...]:
    ask = fits.primary.ask
    if ask.panel.of_units or not {"unit", "exposed"} <= set(ask.panel.frame):
        return ()
    found = slope(changes(fits.primary))
    if found is None:
        return (Check(name, math.nan, ALPHA, None, "units do not differ"),)
    value, p = found
    if name == "displacement":
        against = value * fits.primary.estimate.interval.value < 0
        p = p / 2 if against else 1 - p / 2
    detail = f"{value:+.4g} from no to all colleagues trained"
    return (Check(name, p, ALPHA, p >= ALPHA, detail),)


def changes(fitted: Fitted) -> pd.DataFrame:
    """Changes of people without any hour, and of the trained share of their unit, since the year
    before; of those who stayed in it.

    Parameters
    ----------
    fitted : its panel has ``unit`` and ``exposed``.

    Returns
    -------
    One row a person and year: ``unit, year, change, share`` (of colleagues, 0 to 1).
    """
    frame, outcome = fitted.ask.panel.frame, fitted.ask.column
    trained = ((frame["cohort"] != NEVER) & (frame["year"] >= frame["cohort"])).astype(float)
    share = trained.groupby([frame["unit"], frame["year"]]).transform("mean")
    rows = frame[["entity", "unit", "year", outcome]].assign(share=share)
    rows = rows[frame["exposed"] == NEVER]
    before = rows.assign(year=rows["year"] + 1)
    both = rows.merge(before, on=["entity", "unit", "year"], suffixes=("", "_before"))
    return pd.DataFrame({
        "unit": both["unit"],
        "year": both["year"],
        "change": both[outcome] - both[f"{outcome}_before"],
        "share": both["share"] - both["share_before"],
    }).dropna()  # fmt: skip


def slope(rows: pd.DataFrame) -> tuple[float, float] | None:
    """The change that goes with a unit's share from none to all, and its p-value.

    Parameters
    ----------
    rows : of `changes`.

    Returns
    -------
    None where units are too few or do not differ within years.
    """
    within = rows[["change", "share"]] - rows.groupby("year")[["change", "share"]].transform("mean")
    moving, units = within["share"].to_numpy(float), pd.factorize(rows["unit"])[0]
    if len(np.unique(units)) < _FEWEST_UNITS or not moving.std() > 1e-9:
        return None
    fit = sm.OLS(within["change"].to_numpy(float), moving).fit(
        cov_type="cluster", cov_kwds={"groups": units}, use_t=True
    )
    value, p = float(fit.params[0]), float(fit.pvalues[0])
    return (value, p) if math.isfinite(p) else None
