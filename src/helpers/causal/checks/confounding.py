"""How strong something unobserved would have to be, beside the strongest thing observed."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd

from helpers.causal.fit import Fits, Fitted
from helpers.contracts import Check


def confounder(fits: Fits) -> tuple[Check, ...]:
    """Whether a confounder as strong as the strongest observed one would leave the estimate's sign.

    On the least-squares regression of the change in the training year on treatment, covariates and
    cohort; the figure is the robustness value, the threshold the strength of the strongest observed
    trait with all of its columns, both as partial R2. A regression of another sign than the primary
    estimate tells nothing for it.

    Parameters
    ----------
    fits : all the fits of one outcome; nothing is told where the primary adjusts for nothing.

    Source: Cinelli and Hazlett (2020), *JRSS B* 82(1); from ``statspai``.
    """
    if not fits.primary.ask.adjusted or fits.primary.study is None:
        return ()
    unknown = (Check("confounder", math.nan, math.nan, None, "not estimable"),)
    rows = _first_year(fits.primary)
    if rows is None:
        return unknown
    moving = [str(c) for c in rows if rows[c].std() > 0]
    traits = [c for c in moving if c.startswith("x")]
    others = [c for c in moving if c.startswith("g")]
    whole = _by_trait(fits.primary, traits)
    if not traits or len(rows) < len(traits) + len(others) + 10:
        return unknown
    from statspai import sensemakr

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = sensemakr(
                rows,
                y="z",
                treat="treated",
                controls=[*traits, *others],
                benchmark=whole,
            )
        except (ValueError, ZeroDivisionError, np.linalg.LinAlgError):
            return unknown
    table = pd.DataFrame(found["benchmark_table"])
    sign = np.sign(fits.primary.estimate.interval.value)
    kept = np.sign(table["adjusted_estimate"].to_numpy(float)) == sign
    strength = np.sqrt(table["r2dz_x"].astype(float) * table["r2yz_dx"].astype(float))
    return (
        Check("confounder", float(found["rv_q"]), float(strength.max()), bool(kept.all()), "R²"),
    )


def _by_trait(fitted: Fitted, columns: list[str]) -> dict[str, list[str]]:
    """The columns ``x0``, ``x1`` … of each trait, whose categories stand or fall together."""
    names, trait_of = fitted.design.covariates, fitted.ask.panel.trait_of
    whole: dict[str, list[str]] = {}
    for column in columns:
        name = names[int(column[1:])]
        whole.setdefault(trait_of.get(name, name), []).append(column)
    return whole


def _first_year(fitted: Fitted) -> pd.DataFrame | None:
    """The change in the training year of those who entered its cells, with traits and cohort."""
    of, parts = fitted.design.of, []
    for c in fitted.training_year:
        who = np.r_[c.treated, c.controls]
        now, base = of.column(c.year), of.column(c.cohort - 1)
        part = pd.DataFrame(
            of.covariates[who], columns=[f"x{i}" for i in range(of.covariates.shape[1])]
        )
        part["z"] = of.outcome[who, now] - of.outcome[who, base]
        part["treated"] = np.r_[np.ones(len(c.treated)), np.zeros(len(c.controls))]
        part["cohort"] = c.cohort
        parts.append(part)
    if not parts:
        return None
    rows = pd.concat(parts, ignore_index=True)
    cohorts = sorted(rows["cohort"].unique())[1:]
    return rows.assign(**{f"g{g}": (rows["cohort"] == g).astype(float) for g in cohorts})
