"""The shape of every frame that crosses a wall, by name; pandera checks it where it is given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

import pandas as pd
import pandera.pandas as pa

from helpers.contracts import codes
from helpers.contracts.faults import FAULTS

FrameName = Literal[
    "answers", "reasons", "never_invited", "contents", "predikat", "unit_names", "headlines"
]

_YEARS: Final = pa.Check.in_range(1990, 2100)


def _text(*allowed: str, nullable: bool = False) -> pa.Column:
    return pa.Column(str, pa.Check.isin(allowed) if allowed else None, nullable=nullable)


def _figure(low: float | None = None, high: float | None = None) -> pa.Column:
    """A figure that may be hidden or unknown."""
    checks = [pa.Check.ge(low)] if low is not None else []
    return pa.Column(
        float, [*checks, pa.Check.le(high)] if high is not None else checks, nullable=True
    )


_INDICATOR: Final = {
    "year": pa.Column(int, _YEARS),
    "indicator": _text(),
    "group_by": _text(),
    "group": _text(),
    "value": _figure(),
    "ci_low": _figure(),
    "ci_high": _figure(),
    "n": _figure(0),
    "unit_label": _text(),
}
_SHARE: Final = {
    "group_by": _text(),
    "group": _text(),
    "value": _figure(0, 1),
    "ci_low": _figure(0, 1),
    "ci_high": _figure(0, 1),
    "n": _figure(0),
}

INDICATORS: Final = pa.DataFrameSchema(_INDICATOR, strict=True, name="indicators")
EXCLUSIONS: Final = pa.DataFrameSchema(
    {
        "table": _text(),
        "file": _text(),
        "row": pa.Column(int, pa.Check.ge(0)),
        "column": _text(),
        "fault": _text(*FAULTS),
        "action": _text("repaired", "excluded", "warned", "dropped"),
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
        {**_SHARE, "group": _text(*codes.PREDIKAT)}, strict=True, name="predikat"
    ),
    # Rows of each table in each year.
    "contents": pa.DataFrameSchema(
        {"table": _text(), "year": pa.Column(int, _YEARS), "rows": pa.Column(int, pa.Check.ge(0))},
        strict=True,
        name="contents",
    ),
    "unit_names": pa.DataFrameSchema(
        {"kode_unit": _text(), "nama_unit": _text()}, strict=True, name="unit_names"
    ),
    # Indicators of everyone that another question gave, for the pictures of the annual report.
    "headlines": pa.DataFrameSchema(_INDICATOR, strict=True, name="headlines"),
}
assert set(FRAMES) == set(get_args(FrameName))


def panel_schema(outcomes: Iterable[str], covariates: Iterable[str]) -> pa.DataFrameSchema:
    """The shape of a panel's frame: one row an entity and year; columns beyond the declared ones
    are left alone.

    Parameters
    ----------
    outcomes : columns of decimals that may be missing.
    covariates : columns of decimals that are never missing.
    """
    whole = {name: pa.Column(int) for name in ("entity", "cluster", "year", "cohort")}
    measured = {name: pa.Column(float, nullable=True) for name in outcomes}
    traits = {name: pa.Column(float) for name in covariates}
    return pa.DataFrameSchema(
        {**whole, **measured, **traits}, unique=["entity", "year"], name="panel"
    )


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
    return name if name.startswith(("int", "float")) else "str"
