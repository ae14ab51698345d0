"""A year's results as files, without a run."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from helpers.contracts import (
    ESTIMATE_COLUMNS,
    EXCLUSION_COLUMNS,
    INDICATOR_COLUMNS,
    Finding,
    finding_record,
)
from helpers.validation.made_findings import made


def results_of_a_year(folder: Path) -> tuple[Finding, ...]:
    """Write made findings and empty tables into a year's folder; returns the findings."""
    findings = made(3)
    at = folder / "results"
    at.mkdir(parents=True)
    (at / "findings.json").write_text(json.dumps([finding_record(f) for f in findings]))
    tables = {
        "indicators": INDICATOR_COLUMNS,
        "estimates": ESTIMATE_COLUMNS,
        "exclusions": EXCLUSION_COLUMNS,
    }
    for name, columns in tables.items():
        pd.DataFrame(columns=list(columns)).to_csv(at / f"{name}.csv", index=False)
    return findings
