"""Did productivity rise because of training?"""

from __future__ import annotations

from dataclasses import replace

from helpers import causal, measures
from helpers.causal import Ask
from helpers.contracts import Answer, Study, Text, number, remembered
from helpers.findings import subgroups, told
from helpers.questions.answered import answered
from helpers.questions.waiting import waiting


@remembered
def productivity_effect(study: Study) -> Answer:
    """Effect of training on employees' productivity: the ATT over treated years up to the study's
    (methods.md).

    Returns
    -------
    An answer with one finding for each outcome of the plan; it waits where the roll, performance,
    activities or participants are not there.
    """
    if study.pegawai.empty or study.kinerja.empty or not study.trained:
        return waiting(study, "productivity_effect", "pegawai", "kinerja", "kegiatan", "peserta")
    found = causal.effects(asks(study))
    answer = answered("productivity_effect", study, found)
    groups = by_group(study)
    shown = causal.explored(
        groups,
        study.plan.privacy.small_cell,
        measures.false_discovery,
        whole_of=lambda ask: subgroups.column(ask.subgroup),
        everyone=found[0].fits.primary.ask,
    )
    always = _always_trained(found[0].fits.primary.design.n_always, study.plan.privacy.small_cell)
    return replace(
        answer,
        estimates=(*answer.estimates, *shown),
        sentences={
            **answer.sentences,
            "always_trained": always,
            "subgroups": subgroups.sentence(shown, len(groups), study.plan.privacy.small_cell),
        },
        frames={**answer.frames, "balance": found[0].balance},
    )


def asks(study: Study) -> tuple[Ask, ...]:
    """What is asked of the employee-year panel: each outcome of the plan by every design, a
    training that is pretended too early, outcomes that training cannot move, and the simple
    comparisons beside them; the main outcome also by other estimators, and with hours summed over
    the years.
    """
    plan, first = study.plan, _primary(study)
    untouched = [
        replace(first[0], role="placebo", measured=name) for name in plan.placebo.productivity
    ]
    return (
        *(
            ask
            for one in first
            for ask in (*one.with_simple_comparisons(), *one.by_other_designs())
        ),
        *untouched,
        *first[0].by_other_estimators(),
        *first[0].whoever_left(),
        replace(
            first[0],
            role="sensitivity",
            panel=measures.employee_year_cumulative(study),
            panel_of="hours_over_years",
            treatment=f"jp_cumulative>={plan.treatment.productivity.min_jp:g}",
        ),
    )


def _primary(study: Study) -> list[Ask]:
    """Each outcome of the plan by the main design."""
    panel, plan = measures.employee_year(study), study.plan
    return [
        Ask.of_people(
            study,
            panel,
            "productivity",
            outcome,
            f"jp>={plan.treatment.productivity.min_jp:g}",
            plan.outcomes.productivity.smallest_effect[outcome],
        )
        for outcome in plan.outcomes.productivity.all
    ]


def by_group(study: Study) -> tuple[Ask, ...]:
    """The main outcome's effect in each of the plan's subgroups: the trained of a group beside
    those of the same group who were not trained yet.
    """
    ask = _primary(study)[0]
    groups, entity = measures.groups_of_people(study), ask.panel.frame["entity"]
    return tuple(
        replace(
            ask,
            role="subgroup",
            subgroup=subgroups.code(by, str(group)),
            panel=ask.panel.only(entity.map(groups[by]) == group),
        )
        for by in study.plan.subgroups
        for group in sorted(groups[by].dropna().unique())
    )


def _always_trained(people: int, small_cell: int) -> Text:
    """How many have no year before training; few of them are not counted aloud."""
    if not people:
        return told("always.none")
    shown = max(people, small_cell)
    n = Text.made(lambda lang: number(shown, lang, 0))
    return told("always.some" if people >= small_cell else "always.few", n=n)
