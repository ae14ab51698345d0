"""A check is told with its figure, unless the figure counts few people."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.causal import effects
from helpers.contracts import Finding
from helpers.contracts.plan_file import load
from helpers.contracts.results import finding_record
from helpers.findings.graded import effect
from tests.causal.test_few_people import of_people, trained
from tests.causal.test_other_estimators import changed

NAMES = ("events_per_variable", "attrition", "movers")


def found(first: int, lost: int, moved: int) -> Finding:
    """The finding where so many were trained first, left before the last year, or changed unit."""
    panel = trained(_2019=first, _2021=100)
    frame = panel.frame
    gone = frame["entity"].isin(range(20, 20 + lost)) & (frame["year"] == 2022)
    elsewhere = frame["entity"].isin(range(200, 200 + moved)) & (frame["year"] > 2020)
    frame = frame.assign(unit=np.where(elsewhere, 99, frame["unit"]))[~gone]
    ask = of_people(changed(panel, frame))
    (graded,) = effects([ask, *ask.by_other_estimators()])
    return effect(graded, load(None))


def figures(finding: Finding) -> dict[str, bool]:
    checks = {c.name: c for c in finding.reasons}
    for name in NAMES:
        assert bool(checks[name].detail) == np.isfinite(checks[name].figure)
    return {name: np.isfinite(checks[name].figure) for name in NAMES}


@pytest.mark.parametrize(
    ("first", "lost", "moved"), [(20, 15, 30), (7, 15, 30), (20, 3, 30), (20, 15, 2), (20, 0, 0)]
)
def test_a_figure_of_few_people_is_not_told(first, lost, moved):
    finding = found(first, lost, moved)
    told = dict(zip(NAMES, (n >= 10 or n == 0 for n in (first, lost, moved)), strict=True))
    assert figures(finding) == told
    hidden = [r for r in finding_record(finding)["reasons"] if r["check"] in NAMES]
    assert [r["figure"] is not None for r in hidden] == [told[r["check"]] for r in hidden]
    assert all(c.passed is not None for c in finding.reasons if c.name in NAMES)
