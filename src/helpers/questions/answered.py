"""What both effect questions answer in the same way."""

from __future__ import annotations

from helpers.causal import Effect, drifted
from helpers.contracts import Answer, Study
from helpers.findings import graded as told
from helpers.findings import other_ways, records


def answered(question: str, study: Study, found: tuple[Effect, ...]) -> Answer:
    """The answer of an effect question; the plan's main outcome opens it.

    Parameters
    ----------
    question : the name of the answer, as of the function that gives it.
    study : its year is the answer's, and its plan says what was asked.
    found : the effects, the plan's main outcome first and each with at least its primary estimate.

    Returns
    -------
    A finding an outcome; estimates of outcomes that training cannot move stand last; sentences
    ``pre_trend``, ``simple``, ``other_ways`` and ``detectable`` are of the main outcome.
    """
    main = found[0]
    findings = tuple(told.effect(f, study.plan) for f in found)
    rows = [(f, e) for f in found for e in f.estimates]
    own = [e for f, e in rows if e.outcome == f.primary.outcome]
    # Outcomes that training cannot move come last.
    others = [e for f, e in rows if e.outcome != f.primary.outcome]
    return Answer(
        question,
        study.year,
        findings[0].text,
        findings=findings,
        estimates=(*own, *others),
        sentences={
            "record": records.of_grades(findings),
            "pre_trend": told.pre_trend(main) + other_ways.year_before(main),
            "simple": told.simple_comparisons(main),
            "other_ways": other_ways.other_ways(main) + other_ways.one_cohort(main),
            "detectable": told.detectable(main),
        },
        frames={"drifted": drifted(main)},
    )
