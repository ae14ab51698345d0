"""The shape of what the room of measures makes; pandera checks it where it is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow

from helpers.contracts import codes
from helpers.contracts.schemas import YEARS, figure, text

_YEAR_ON_ROLL: Final = pa.Column(pd.ArrowDtype(arrow.int64()), YEARS)
_DAY: Final = pa.Column(pd.ArrowDtype(arrow.timestamp("s")), nullable=True)
_REAL: Final = pd.ArrowDtype(arrow.float64())
_FLAG: Final = pa.Column(float, pa.Check.isin([0.0, 1.0]))
_HOURS: Final = pa.Column(float, pa.Check.ge(0))
_FOUND: Final = {
    "value": figure(),
    "ci_low": figure(),
    "ci_high": figure(),
    "n": pa.Column(int, pa.Check.ge(0)),
}

# How many rows of each table about people there were, and how many of them are of known people.
LINKAGE: Final = pa.DataFrameSchema(
    {
        "table": text(),
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
        "pegawai_id": text(),
        "tahun": _YEAR_ON_ROLL,
        "kode_unit": text(),
        "jp": _HOURS,
        **dict.fromkeys(("attended", "invited", "trained", "reaches_target"), _FLAG),
        "cohort": pa.Column(int, pa.Check.ge(0)),
        "umur": pa.Column(_REAL, nullable=True),
        "kelompok_umur": pa.Column(object, nullable=True),
        "tingkat_pendidikan": text(nullable=True),
    },
    unique=["pegawai_id", "tahun"],
    name="roll",
)
# One row an invitation, with its activity.
INVITATIONS: Final = pa.DataFrameSchema(
    {
        "pegawai_id": text(),
        "tahun": _YEAR_ON_ROLL,
        "kode_kegiatan": text(),
        "kehadiran": text(*dict.fromkeys(codes.ATTENDANCE.values())),
        "alasan": text(nullable=True),
        "metode": text(nullable=True),
        "tema": text(nullable=True),
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
        "pegawai_id": text(),
        "tahun": _YEAR_ON_ROLL,
        "output_per_day": figure(0),
        "skp": figure(0, 120),
        "skp_standardised": figure(),
        "on_time_share": figure(0, 1),
        "disciplined": figure(0, 1),
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
        "std_error": figure(0),
        "letter": text("A", "B", "C", "D"),
        "design_effect": figure(0),
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
