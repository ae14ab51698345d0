"""How did productivity move over the years?"""

from __future__ import annotations

from typing import Final

from helpers import describe, measures
from helpers.contracts import Answer, Finding, Study, Text, codes, remembered
from helpers.findings import described
from helpers.questions.waiting import waiting

_COLUMNS: Final = {
    "output_per_day": ("output", "hari_kerja"),
    "skp": ("nilai_skp",),
    "on_time_share": ("tepat_waktu",),
}


@remembered
def productivity_trends(study: Study) -> Answer:
    """Levels of the productivity indicators, their change since the first comparable year, and the
    year's ratings.

    Returns
    -------
    An answer with one finding for each outcome of the plan, the ratings and discipline, and the
    frame ``predikat``; it waits where there is no performance.
    """
    if study.kinerja.empty:
        return waiting(study, "productivity_trends", "kinerja")
    outcomes = study.plan.outcomes.productivity.all
    findings = tuple(_trend(study, outcome) for outcome in outcomes)
    ratings = describe.ratings(study)
    rated = (described.rating(ratings, study.year),) if len(ratings) else ()
    measured = _measured(study, outcomes[0])
    return Answer(
        "productivity_trends",
        study.year,
        # Where only ratings were recorded, they are what can be said.
        findings[0].text if measured or not rated else findings[0].text + rated[0].text,
        findings=(*findings, *rated, described.discipline(study)),
        indicators=describe.productivity(study),
        frames={"predikat": ratings},
    )


def _trend(study: Study, outcome: str) -> Finding:
    return described.trend(
        "productivity",
        outcome,
        describe.change_in_measure(study, outcome),
        study.year,
        _reason(study, outcome),
    )


def _reason(study: Study, outcome: str) -> Text:
    """What must be said beside a change, or instead of one."""
    if not _measured(study, outcome):
        return described.no_values(outcome, _COLUMNS[outcome])
    crosses = outcome == "skp" and study.kinerja["tahun"].min() < codes.SKP_BREAK_YEAR <= study.year
    return described.scale_break() if crosses else Text()


def _measured(study: Study, outcome: str) -> bool:
    return bool(measures.performance.employee_years(study)[outcome].notna().any())
