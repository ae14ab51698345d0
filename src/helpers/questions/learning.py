"""What did participants learn, and do their own reports agree with what was measured?"""

from __future__ import annotations

import pandas as pd

from helpers import describe
from helpers.contracts import About, Answer, Estimate, Interval, Study, UnitLabel, remembered
from helpers.contracts.units import OUTPUT_PER_DAY, SHARE, TEST_POINTS
from helpers.describe import Gains, SelfReports
from helpers.findings import learnt
from helpers.questions.waiting import waiting


@remembered
def learning(study: Study) -> Answer:
    """The gain from the test before to the test after, with what regression to the mean gives by
    itself, and self-reports beside the measured output of the same people. Everything is described.

    Returns
    -------
    An answer with findings of the gain, of the gain by where people began, and of self-reports; it
    waits where there are no activities or no participants.
    """
    if not study.trained:
        return waiting(study, "learning", "kegiatan", "peserta")
    gained, said = describe.gains(study), describe.self_reports(study)
    exactly = learnt.exact(study, gained, said)
    findings = (
        *learnt.learning(study, gained, exactly=exactly),
        learnt.self_report(study, said, exactly=exactly),
    )
    later = learnt.later(said)
    return Answer(
        "learning",
        study.year,
        findings[0].text,
        findings=findings,
        estimates=_estimates(study, gained, said),
        indicators=pd.concat([gained.indicators, said.indicators], ignore_index=True),
        sentences={"later": later} if later else {},
    )


def _estimates(study: Study, gained: Gains, said: SelfReports) -> tuple[Estimate, ...]:
    """What is known, as rows that describe."""

    def row(
        outcome: str, unit: UnitLabel, found: Interval, estimand: str, estimator: str
    ) -> Estimate:
        about = About("learning", outcome, unit, study.year)
        return Estimate(about, found, "descriptive", estimand, estimator)

    rows = (
        row("test_gain", TEST_POINTS.label, gained.gain, "mean gain", "paired_difference"),
        row("test_gain", SHARE.label, gained.normalised, "normalised gain", "hake"),
        row("test_gain", TEST_POINTS.label, gained.slope, "gain by mean of tests", "oldham"),
        row(
            "output_per_day",
            OUTPUT_PER_DAY.label,
            said.difference,
            "difference of changes by report",
            "difference_in_means",
        ),
    )
    return tuple(r for r in rows if r.interval.known)
