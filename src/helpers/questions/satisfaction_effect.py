"""Is the public more satisfied because of training?"""

from __future__ import annotations

from dataclasses import replace

from helpers import causal, measures
from helpers.causal import Ask
from helpers.causal.ask import PanelPart
from helpers.contracts import Answer, Study, remembered
from helpers.contracts.panel import Panel
from helpers.questions.answered import answered
from helpers.questions.waiting import waiting


@remembered
def satisfaction_effect(study: Study) -> Answer:
    """Effect of trained staff on a unit's IKM, with randomisation inference; untouched unsur are
    negative controls.

    Returns
    -------
    An answer with one finding for each outcome of the plan; it waits where forms, activities or
    participants are not there.
    """
    if study.skm.empty or not study.trained:
        return waiting(study, "satisfaction_effect", "skm", "kegiatan", "peserta")
    return answered(
        "satisfaction_effect", study, causal.effects(asks(study, measures.unit_year(study)))
    )


def asks(study: Study, panel: Panel) -> tuple[Ask, ...]:
    """What is asked of the unit-year panel: each outcome of the plan, and of the main one also what
    cannot have moved, what stays without the units on the edge of being treated, and what other
    estimators say.

    Parameters
    ----------
    study : its plan names outcomes, treatment and thresholds, and its year ends what is estimated.
    panel : service units by year, with every outcome and negative control of the plan.
    """
    plan = study.plan
    outcomes = plan.outcomes.satisfaction.all
    first = [
        Ask.of_units(
            study,
            panel,
            "satisfaction",
            outcome,
            f"trained_share>={plan.treatment.satisfaction.min_share:g}",
            plan.outcomes.satisfaction.smallest(outcome),
        )
        for outcome in outcomes
    ]
    untouched = [
        replace(first[0], role="placebo", measured=u)
        for u in plan.outcomes.satisfaction.negative_controls
        if u not in outcomes
    ]
    clear = panel.only(panel.frame["near_threshold"] == 0)
    on_edge = replace(first[0], role="robustness", panel=clear, panel_of="near_threshold")
    return (
        *(
            ask
            for one in first
            for ask in (*one.with_simple_comparisons(), *one.by_other_designs())
        ),
        *untouched,
        replace(on_edge, inference="clustered"),
        replace(first[0], role="robustness", inference="wild_cluster"),
        *_otherwise(study, first[0]),
        *first[0].by_other_estimators(),
    )


def _otherwise(study: Study, ask: Ask) -> tuple[Ask, ...]:
    """The same as if the same mix of people had answered everywhere, and with units that count as
    trained from half of the plan's share on, and from half as much again.
    """
    alike = replace(
        ask,
        role="sensitivity",
        inference="clustered",
        panel=measures.unit_year_of_like_respondents(study),
        panel_of="like_respondents",
    )
    least = study.plan.treatment.satisfaction.min_share
    asks = [alike]
    parts: tuple[tuple[PanelPart, float], ...] = (
        ("lower_threshold", 0.5),
        ("higher_threshold", 1.5),
    )
    for part, times in parts:
        share = round(least * times, 4)
        if share < 1:
            asks.append(
                replace(
                    alike,
                    panel=measures.unit_year_treated_from(study, share),
                    treatment=f"trained_share>={share:g}",
                    panel_of=part,
                )
            )
    return tuple(asks)
