"""How did public satisfaction move over the years?"""

from __future__ import annotations

from helpers import describe, measures
from helpers.contracts import Answer, Study, Text, codes, remembered
from helpers.findings import described, quality, told
from helpers.questions.waiting import waiting


@remembered
def satisfaction_trends(study: Study) -> Answer:
    """IKM of the region, of each unit and of each unsur, and its change since the first comparable
    year.

    Returns
    -------
    An answer with one finding, the indicators of the region, its units and unsur, the frame
    ``unit_names``, and what other weights of the unsur would give; it waits where there are no
    forms.
    """
    if study.skm.empty:
        return waiting(study, "satisfaction_trends", "skm")
    change = describe.change_in_ikm(study)
    trend = described.trend("satisfaction", "ikm", change, study.year, _reason(study))
    return Answer(
        "satisfaction_trends",
        study.year,
        trend.text,
        findings=(trend,),
        indicators=describe.satisfaction(study),
        frames={"unit_names": study.unit[["kode_unit", "nama_unit"]]},
        sentences={"weights": quality.weights(study)},
    )


def _reason(study: Study) -> Text:
    """Why the year has no index, where it has none."""
    forms = study.skm[study.skm["tahun"] == study.year]
    if forms.empty:
        return told("trend.no_forms", year=study.year)
    unanswered = [u for u in codes.UNSUR if forms[u].isna().all()]
    if unanswered:
        names = Text.made(lambda lang: ", ".join(told(f"outcome.{u}")[lang] for u in unanswered))
        return told("trend.unsur_unanswered", year=study.year, unsur=names)
    if measures.satisfaction.complete(study.skm[study.skm["tahun"] < study.year], ["tahun"]).empty:
        return told("trend.no_earlier_year", year=study.year)
    return Text()
