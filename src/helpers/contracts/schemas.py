"""The shape of every frame that crosses a wall, by name; pandera checks it where it is given."""

from __future__ import annotations

from typing import Final, Literal, get_args

import pandas as pd
import pandera.pandas as pa

from helpers.contracts import codes
from helpers.contracts.faults import FAULTS
from helpers.contracts.tables import YEARS_READ

FrameName = Literal[
    "answers",
    "reasons",
    "never_invited",
    "contents",
    "predikat",
    "unit_names",
    "headlines",
    "balance",
    "drifted",
    "seats",
    "examples",
    "attending",
    "parity",
    "concentration",
    "detectable",
]

YEARS: Final = pa.Check.in_range(*YEARS_READ)


def text(*allowed: str, nullable: bool = False) -> pa.Column:
    """A column of text.

    Parameters
    ----------
    allowed : the values that it may have; any where none is given.
    nullable : whether one may be missing.
    """
    return pa.Column(str, pa.Check.isin(allowed) if allowed else None, nullable=nullable)


def figure(low: float | None = None, high: float | None = None) -> pa.Column:
    """A column of figures that may be hidden or unknown.

    Parameters
    ----------
    low, high : the least and the most that one may be.
    """
    checks = [pa.Check.ge(low)] if low is not None else []
    return pa.Column(
        float, [*checks, pa.Check.le(high)] if high is not None else checks, nullable=True
    )


_INDICATOR: Final = {
    "year": pa.Column(int, YEARS),
    "indicator": text(),
    "group_by": text(),
    "group": text(),
    "value": figure(),
    "ci_low": figure(),
    "ci_high": figure(),
    "n": figure(0),
    "unit_label": text(),
}
_SHARE: Final = {
    "group_by": text(),
    "group": text(),
    "value": figure(0, 1),
    "ci_low": figure(0, 1),
    "ci_high": figure(0, 1),
    "n": figure(0),
}
_GROUP_FIGURES: Final = {
    "group_by": text(),
    "group": text(),
    "value": figure(),
    "ci_low": figure(),
    "ci_high": figure(),
    "n": figure(0),
}

INDICATORS: Final = pa.DataFrameSchema(_INDICATOR, strict=True, name="indicators")
EXCLUSIONS: Final = pa.DataFrameSchema(
    {
        "table": text(),
        "file": text(),
        "row": pa.Column(int, pa.Check.ge(0)),
        "column": text(),
        "fault": text(*FAULTS),
        "action": text("repaired", "excluded", "warned", "dropped"),
        "count": pa.Column(int, pa.Check.ge(1)),
    },
    strict=True,
    name="exclusions",
)
FRAMES: Final[dict[FrameName, pa.DataFrameSchema]] = {
    # Shares of the invitations by answer, of absences by reason, of the roll never invited by
    # group; small groups hidden.
    "answers": pa.DataFrameSchema(_SHARE, strict=True, name="answers"),
    "reasons": pa.DataFrameSchema(_SHARE, strict=True, name="reasons"),
    "never_invited": pa.DataFrameSchema(_SHARE, strict=True, name="never_invited"),
    "predikat": pa.DataFrameSchema(
        {**_SHARE, "group": text(*codes.PREDIKAT)}, strict=True, name="predikat"
    ),
    # Rows of each table in each year.
    "contents": pa.DataFrameSchema(
        {"table": text(), "year": pa.Column(int, YEARS), "rows": pa.Column(int, pa.Check.ge(0))},
        strict=True,
        name="contents",
    ),
    "unit_names": pa.DataFrameSchema(
        {"kode_unit": text(), "nama_unit": text()}, strict=True, name="unit_names"
    ),
    # Indicators of everyone that another question gave, for the pictures of the annual report.
    "headlines": pa.DataFrameSchema(_INDICATOR, strict=True, name="headlines"),
    # Differences of the treated from their controls, in standard deviations, before and after
    # weighting; the last row is the outcome of the year before, which is not weighted for.
    "balance": pa.DataFrameSchema(
        {"covariate": text(), "before": figure(), "after": figure()},
        strict=True,
        name="balance",
    ),
    # What the main outcome could have done in each year since training, in its unit, if the groups
    # drift apart by as much as they ever did before.
    "drifted": pa.DataFrameSchema(
        {"horizon": pa.Column(int, pa.Check.ge(0)), "low": figure(), "high": figure()},
        strict=True,
        name="drifted",
    ),
    # People and seats of each group, and their shares of all, under each invitation rule.
    "seats": pa.DataFrameSchema(
        {
            "rule": text("gap", "equal", "as_this_year"),
            "group_by": text(),
            "group": text(),
            "people": figure(0),
            "seats": figure(0),
            "of_staff": figure(0, 1),
            "of_seats": figure(0, 1),
        },
        strict=True,
        name="seats",
    ),
    # Gains of units and themes over the not yet trained, as seen and drawn towards their mean.
    "examples": pa.DataFrameSchema(
        {
            "group_by": text("unit", "tema"),
            "group": text(),
            "seen": figure(),
            "value": figure(),
            "ci_low": figure(),
            "ci_high": figure(),
            "n": figure(0),
            "stands": pa.Column(bool),
        },
        strict=True,
        name="examples",
    ),
    # How much more often a group attends than its reference, where other traits are alike (share).
    "attending": pa.DataFrameSchema(
        {"group_by": text(), "group": text(), "reference": text()}
        | {k: figure() for k in ("value", "ci_low", "ci_high")}
        | {"n": figure(0)},
        strict=True,
        name="attending",
    ),
    # The chance of an invitation as a ratio to that of all others; the Gini index of hours.
    "parity": pa.DataFrameSchema(_GROUP_FIGURES, strict=True, name="parity"),
    "concentration": pa.DataFrameSchema(_GROUP_FIGURES, strict=True, name="concentration"),
    # The smallest effects of being drawn and of coming that a draw of next year's seats would tell,
    # in the outcome's unit; ``told`` marks the numbers of seats that the table tells.
    "detectable": pa.DataFrameSchema(
        {
            "outcome": text(),
            "unit_label": text(),
            "baseline": figure(),
            "smallest": figure(0),
            "seats": pa.Column(int, pa.Check.ge(1)),
            "drawn": figure(0),
            "came": figure(0),
            "told": pa.Column(bool),
            "people": pa.Column(int, pa.Check.ge(2)),
        },
        strict=True,
        name="detectable",
    ),
}
assert set(FRAMES) == set(get_args(FrameName))


def no_indicators() -> pd.DataFrame:
    """No row of indicators.csv."""
    return empty(INDICATORS)


def no_exclusions() -> pd.DataFrame:
    """No row of exclusions.csv."""
    return empty(EXCLUSIONS)


def no_shares() -> pd.DataFrame:
    """No share of any group."""
    return empty(FRAMES["answers"])


def empty(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A frame of a shape, without a row."""
    return pd.DataFrame(
        {name: pd.Series(dtype=_dtype(column)) for name, column in schema.columns.items()}
    )


def _dtype(column: pa.Column) -> str:
    name = str(column.dtype)
    return name if name.startswith(("int", "float", "double")) else "str"
