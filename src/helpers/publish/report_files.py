"""A year's report read back from its files: manifest, findings, figures; a file that is not as it
was written adds nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.contracts import INDICATOR_COLUMNS, UNITS
from helpers.contracts.earlier_report import EarlierReport


def earlier_report(out: Path, year: int) -> EarlierReport | None:
    """A year's report as its files hold it; None where there is none.

    Parameters
    ----------
    out : the folder of all years' reports.
    year : of the report that is looked for.
    """
    folder = out / str(year)
    told = manifest(folder)
    if not told:
        return None
    path = folder / "manifest.json"
    plan = told.get("plan")
    return EarlierReport(
        year,
        path.relative_to(out).as_posix(),
        hashlib.sha256(path.read_bytes()).hexdigest(),
        _findings(folder / "results" / "findings.json"),
        _baselines(folder / "results" / "estimates.csv"),
        own_rows(folder / "results" / "indicators.csv"),
        plan if isinstance(plan, dict) else {},
    )


def manifest(year: Path) -> Mapping[str, Any]:
    """What a year's report tells of how it was made; empty where there is none, or it is damaged.

    Parameters
    ----------
    year : the report's folder.
    """
    try:
        told = json.loads((year / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def own_rows(path: Path) -> pd.DataFrame:
    """The figures of a year's report; none where the file is not as it was written (saved by a
    spreadsheet).

    Parameters
    ----------
    path : of its indicators.csv.
    """
    none = pd.DataFrame(columns=list(INDICATOR_COLUMNS))
    try:
        frame = pd.read_csv(path)
    except (OSError, ValueError):
        return none
    if tuple(frame) != INDICATOR_COLUMNS or not set(frame["unit_label"]) <= set(UNITS):
        return none
    figures = frame[["year", "value", "ci_low", "ci_high"]]
    return frame if all(map(pd.api.types.is_numeric_dtype, figures.dtypes)) else none


def _baselines(path: Path) -> dict[tuple[str, str], float]:
    try:
        rows = pd.read_csv(path, usecols=["question", "outcome", "role", "baseline_mean"])
    except (OSError, ValueError):
        return {}
    rows = rows[rows["role"] == "primary"]
    levels = pd.to_numeric(rows["baseline_mean"], errors="coerce").astype(float)
    return dict(zip(zip(rows["question"], rows["outcome"], strict=True), levels, strict=True))


def _findings(path: Path) -> dict[str, Mapping[str, Any]]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {f["id"]: f for f in told if isinstance(f["grade"], str)}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
