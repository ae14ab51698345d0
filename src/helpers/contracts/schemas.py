"""The shape of every frame that crosses a wall, by name; pandera checks it where it is given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow

from helpers.contracts import codes
from helpers.contracts.faults import FAULTS

FrameName = Literal[
    "answers",
    "reasons",
    "never_invited",
    "contents",
    "predikat",
    "unit_names",
    "headlines",
    "balance",
    "seats",
    "examples",
    "attending",
    "parity",
    "concentration",
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
_GROUP_FIGURES: Final = {
    "group_by": _text(),
    "group": _text(),
    "value": _figure(),
    "ci_low": _figure(),
    "ci_high": _figure(),
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
    # Differences of the treated from their controls, in standard deviations, before and after
    # weighting; the last row is the outcome of the year before, which is not weighted for.
    "balance": pa.DataFrameSchema(
        {"covariate": _text(), "before": _figure(), "after": _figure()},
        strict=True,
        name="balance",
    ),
    # People and seats of each group, and their shares of all, under each invitation rule.
    "seats": pa.DataFrameSchema(
        {
            "rule": _text("gap", "equal", "as_this_year"),
            "group_by": _text(),
            "group": _text(),
            "people": _figure(0),
            "seats": _figure(0),
            "of_staff": _figure(0, 1),
            "of_seats": _figure(0, 1),
        },
        strict=True,
        name="seats",
    ),
    # Gains of units and themes over the not yet trained, as seen and drawn towards their mean.
    "examples": pa.DataFrameSchema(
        {
            "group_by": _text("unit", "tema"),
            "group": _text(),
            "seen": _figure(),
            "value": _figure(),
            "ci_low": _figure(),
            "ci_high": _figure(),
            "n": _figure(0),
            "stands": pa.Column(bool),
        },
        strict=True,
        name="examples",
    ),
    # How much more often a group attends than its reference, where other traits are alike (share).
    "attending": pa.DataFrameSchema(
        {"group_by": _text(), "group": _text(), "reference": _text()}
        | {k: _figure() for k in ("value", "ci_low", "ci_high")}
        | {"n": _figure(0)},
        strict=True,
        name="attending",
    ),
    # The chance of an invitation as a ratio to that of all others; the Gini index of hours.
    "parity": pa.DataFrameSchema(_GROUP_FIGURES, strict=True, name="parity"),
    "concentration": pa.DataFrameSchema(_GROUP_FIGURES, strict=True, name="concentration"),
}
assert set(FRAMES) == set(get_args(FrameName))


_YEAR_ON_ROLL: Final = pa.Column(pd.ArrowDtype(arrow.int64()), _YEARS)
_DAY: Final = pa.Column(pd.ArrowDtype(arrow.timestamp("s")), nullable=True)
_REAL: Final = pd.ArrowDtype(arrow.float64())
_FLAG: Final = pa.Column(float, pa.Check.isin([0.0, 1.0]))
_HOURS: Final = pa.Column(float, pa.Check.ge(0))
_FOUND: Final = {
    "value": _figure(),
    "ci_low": _figure(),
    "ci_high": _figure(),
    "n": pa.Column(int, pa.Check.ge(0)),
}

# How many rows of each table about people there were, and how many of them are of known people.
LINKAGE: Final = pa.DataFrameSchema(
    {
        "table": _text(),
        "linked": pa.Column(int, pa.Check.ge(0)),
        "rows": pa.Column(int, pa.Check.ge(1)),
    },
    checks=pa.Check(lambda frame: frame["linked"] <= frame["rows"], name="linked_within_rows"),
    unique=["table"],
    strict=True,
    name="linkage",
)
# One row an employee on the roll of a year; the roll's own columns are left as they are.
ROLL: Final = pa.DataFrameSchema(
    {
        "pegawai_id": _text(),
        "tahun": _YEAR_ON_ROLL,
        "kode_unit": _text(),
        "jp": _HOURS,
        **dict.fromkeys(("attended", "invited", "trained", "reaches_target"), _FLAG),
        "cohort": pa.Column(int, pa.Check.ge(0)),
        "umur": pa.Column(_REAL, nullable=True),
        "kelompok_umur": pa.Column(object, nullable=True),
        "tingkat_pendidikan": _text(nullable=True),
    },
    unique=["pegawai_id", "tahun"],
    name="roll",
)
# One row an invitation, with its activity.
INVITATIONS: Final = pa.DataFrameSchema(
    {
        "pegawai_id": _text(),
        "tahun": _YEAR_ON_ROLL,
        "kode_kegiatan": _text(),
        "kehadiran": _text(*dict.fromkeys(codes.ATTENDANCE.values())),
        "alasan": _text(nullable=True),
        "metode": _text(nullable=True),
        "tema": _text(nullable=True),
        "tanggal_mulai": _DAY,
        "tanggal_selesai": _DAY,
        "jp": _HOURS,
        **dict.fromkeys(("attended", "refused", "attendance_alone"), _FLAG),
    },
    unique=["pegawai_id", "kode_kegiatan"],
    name="invitations",
)
# One row an employee and year of appraisal.
EMPLOYEE_YEARS: Final = pa.DataFrameSchema(
    {
        "pegawai_id": _text(),
        "tahun": _YEAR_ON_ROLL,
        "output_per_day": _figure(0),
        "skp": _figure(0, 120),
        "skp_standardised": _figure(),
        "on_time_share": _figure(0, 1),
        "disciplined": _figure(0, 1),
    },
    unique=["pegawai_id", "tahun"],
    strict=True,
    name="employee_years",
)
# Measures by group, with their intervals; the columns that make the groups come first.
GROUPED: Final = pa.DataFrameSchema(_FOUND, name="grouped")
INDEX: Final = pa.DataFrameSchema(
    {
        **_FOUND,
        "std_error": _figure(0),
        "letter": _text("A", "B", "C", "D"),
        "design_effect": _figure(0),
    },
    name="index",
)


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
    return name if name.startswith(("int", "float", "double")) else "str"
