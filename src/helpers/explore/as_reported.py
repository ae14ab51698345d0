"""Figures of units and activities, with those missing that the year's report hides too."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import describe, measures
from helpers.contracts import Study
from helpers.contracts.units import SHARE


def not_few(counts: pd.Series, study: Study) -> pd.Series:
    """Counts of people or forms, missing where they are few.

    Parameters
    ----------
    counts : of each row.
    study : its smallest cell.
    """
    few = (counts > 0) & (counts < study.plan.privacy.small_cell)
    return counts.astype(float).mask(few)


def indexes(found: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The indexes of units and years of which the report shows one.

    Parameters
    ----------
    found : one row a ``kode_unit`` and ``tahun``.
    study : that they are of.
    """
    rows = describe.satisfaction(study)
    open_ = rows[(rows["group_by"] == "unit") & rows["value"].notna()]
    shown = pd.DataFrame(
        {"kode_unit": open_["group"].astype(str), "tahun": open_["year"].astype(int)}
    )
    kept = found.astype({"kode_unit": str, "tahun": int})
    return kept.merge(shown, on=["kode_unit", "tahun"])


def shares(
    frame: pd.DataFrame, share: str, of: str, study: Study, *, of_years: bool = False
) -> pd.Series:
    """Shares of each row's people, hidden where they tell of few; each row is a total of its own,
    or all of a year make up one.

    Parameters
    ----------
    frame : one row a group, with ``tahun``.
    share : the column of shares.
    of : the column of how many people each is of.
    study : its smallest cell.
    of_years : whether the rows of a year are groups of one total, which is known.
    """
    rows = pd.DataFrame(
        {
            "year": frame["tahun"].astype(int),
            "indicator": share,
            "group_by": "unit" if of_years else [f"row {i}" for i in range(len(frame))],
            "group": [str(i) for i in range(len(frame))] if of_years else "all",
            "value": frame[share].astype(float),
            "ci_low": np.nan,
            "ci_high": np.nan,
            "n": frame[of].astype(float),
            "unit_label": SHARE.label,
        }
    )
    if of_years:
        rows = pd.concat([rows, _totals(rows)], ignore_index=True)
    hidden = measures.suppress(rows, study.plan.privacy.small_cell, shares={share})
    return hidden["value"].iloc[: len(frame)].set_axis(frame.index)


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    """The year's share of everybody, which the report shows."""
    true = (rows["value"] * rows["n"]).groupby(rows["year"]).sum()
    people = rows["n"].groupby(rows["year"]).sum()
    totals = pd.DataFrame({"value": true / people, "n": people}).reset_index()
    return totals.assign(
        indicator=rows["indicator"].iloc[0] if len(rows) else "",
        group_by="all",
        group="all",
        ci_low=np.nan,
        ci_high=np.nan,
        unit_label=SHARE.label,
    )[list(rows.columns)]
