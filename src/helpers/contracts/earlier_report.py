"""What an earlier year's report said, as its result files hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.contracts.schemas import no_indicators


@dataclass(frozen=True, eq=False)
class EarlierReport:
    """The report of an earlier year.

    ``file`` is its manifest's path below the folder of reports and ``sha256`` that file's hash, by
    which it is named; ``findings`` are the records of findings.json by id, ``baselines`` the levels
    before training of estimates.csv by question and outcome, ``indicators`` the rows of
    indicators.csv, ``plan`` its plan's keys joined by dots.
    """

    year: int
    file: str
    sha256: str
    findings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    baselines: Mapping[tuple[str, str], float] = field(default_factory=dict)
    indicators: pd.DataFrame = field(default_factory=no_indicators)
    plan: Mapping[str, Any] = field(default_factory=dict)
