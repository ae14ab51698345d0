"""What the effect questions answer in the same way, and what those of draws do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from helpers.causal import Effect, drifted
from helpers.causal.by_lot import Drawing
from helpers.causal.draw_checks import balance, draw_effects
from helpers.contracts import Answer, Finding, Study, Text
from helpers.contracts.lots import UNRELATED
from helpers.findings import by_draw, other_ways, records
from helpers.findings import graded as told


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


def answered_by_lot(
    question: str,
    study: Study,
    asked: Iterable[Drawing],
    said: Mapping[str, Text],
    without: Answer | None = None,
) -> Answer:
    """The answer of a draw; the plan's main outcome opens it.

    Parameters
    ----------
    question : the name of the answer, as of the function that gives it.
    study : its year is the answer's.
    asked : what is asked of the draw, the main outcome first, and at least that.
    said : further sentences by name.
    without : what is answered without the draw, where that is another comparison.

    Returns
    -------
    A finding an outcome, and one of how far the answer without a draw was from the draw's, where
    that is given.
    """
    found = draw_effects(asked)
    main, findings = found[0], tuple(by_draw.effect(f) for f in found)
    beside: tuple[Finding, ...] = ()
    if without is not None:
        observed = next(iter(without.rows("primary", main.primary.outcome)), None)
        beside = (by_draw.distance(main, observed),)
    return Answer(
        question,
        study.year,
        findings[0].text,
        findings=(*findings, *beside),
        estimates=tuple(e for f in found for e in f.estimates),
        sentences={
            "compared": by_draw.compared(
                main, unlike_its_seed=_unlike_its_seed(study, main.fitted.drawing)
            ),
            "attended": by_draw.attended(main),
            "record": records.of_grades(findings),
            **said,
        },
        frames={"balance": balance(main.fitted)},
    )


def _unlike_its_seed(study: Study, drawing: Drawing) -> bool:
    """Whether rows of the draw state a seed that gives quite another draw."""
    held = drawing.lottery
    rows = study.undian if held.turns is None else study.undian_unit
    seeds = rows.loc[rows["tahun"] == held.year, "benih"].fillna("").astype(str)
    return bool(seeds.str.startswith(UNRELATED).any())
