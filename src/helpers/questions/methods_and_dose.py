"""Which training does what: by theme, by kind of activity, by hours?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from helpers import causal, measures
from helpers.causal import Ask
from helpers.contracts import Answer, Estimate, Finding, Study, remembered
from helpers.contracts.panel import Panel
from helpers.findings import contrasted, records
from helpers.measures import kinds
from helpers.questions.waiting import waiting


@remembered
def methods_and_dose(study: Study) -> Answer:
    """Each pair of the plan's theory of change as an effect of its own; kinds of activity and hours
    as contrasts that explore.

    Returns
    -------
    An answer with a finding for each pair of theme and outcome, one of kinds and one of hours;
    estimates of pairs are ``primary`` (of an outcome that an earlier pair names, ``subgroup``), all
    contrasts ``subgroup``. It waits where performance, activities or participants are not there.
    """
    if study.pegawai.empty or study.kinerja.empty or not study.trained:
        return waiting(study, "methods_and_dose", "pegawai", "kinerja", "kegiatan", "peserta")
    pairs = tuple(effects_of_themes(study))
    by_kind, by_hours = _kinds(study), _hours(study)
    of_pairs = [p.finding for p in pairs]
    themes = {p.finding.id: p.theme for p in pairs}
    findings = (
        *of_pairs,
        contrasted.kinds(study, by_kind.shown, by_kind.left_out),
        contrasted.hours(study, by_hours.shown, by_hours.left_out),
    )
    return Answer(
        "methods_and_dose",
        study.year,
        findings[0].text,
        sentences={"record": records.of_grades(of_pairs, themes)},
        findings=findings,
        estimates=tuple(e for p in pairs for e in p.estimates) + by_kind.shown + by_hours.shown,
    )


@dataclass(frozen=True, slots=True)
class ThemeEffect:
    """One theme's effect on one outcome: its finding, and the rows that it gives."""

    theme: str
    finding: Finding
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class _Contrasts:
    """Contrasts that may be shown, and how many were left out since they describe too few."""

    shown: tuple[Estimate, ...]
    left_out: int


def effects_of_themes(study: Study) -> Iterator[ThemeEffect]:
    """The themes of the plan one after the other; each theme's first outcome is its main one, and
    the others are gated behind it.

    Parameters
    ----------
    study : its plan ties outcomes to themes.
    """
    named: set[str] = set()
    for theme, outcomes in study.plan.theory_of_change.items():
        for effect in causal.effects(asks(study, theme, named)):
            repeated = effect.primary.outcome in named
            rows = effect.estimates
            if repeated:
                rows = (replace(rows[0], role="subgroup"),)
            yield ThemeEffect(theme, contrasted.pair(study, theme, effect), rows)
        named |= set(outcomes)


def asks(study: Study, theme: str, named: Collection[str] = ()) -> tuple[Ask, ...]:
    """What is asked of one theme of the plan's theory of change: its outcomes of employees by every
    design, its outcomes of service units by dates dealt again, beside the unsur that staff cannot
    move.

    Parameters
    ----------
    study : its plan ties outcomes to the theme.
    theme : as the plan writes it.
    named : outcomes that an earlier theme has been asked of. They are asked by the main design
        alone, so that they can be no more than weak.
    """
    found: list[Ask] = []
    for outcome in study.plan.theory_of_change[theme]:
        ask = _of_people(study, theme, outcome) or _of_units(study, theme, outcome)
        if ask is None:
            continue
        found += [ask] if outcome in named else [ask, *ask.by_other_designs()]
        first_of_units = ask.panel.of_units and not any(
            a.role == "placebo" and a.measured for a in found
        )
        if first_of_units and outcome not in named:
            untouched = study.plan.outcomes.satisfaction.negative_controls
            found += [replace(ask, role="placebo", measured=u) for u in untouched if u != outcome]
    return tuple(found)


def _of_people(study: Study, theme: str, outcome: str) -> Ask | None:
    of = study.plan.outcomes.productivity
    smallest = next((s for name, s in of.smallest_effect.items() if name == outcome), None)
    panel = kinds.theme_people(study, theme)
    if smallest is None or outcome not in panel.outcomes:
        return None
    least = study.plan.treatment.productivity.min_jp
    about = f"{theme}: jp>={least:g}"
    return Ask.of_people(study, panel, "methods_dose", outcome, about, smallest)


def _of_units(study: Study, theme: str, outcome: str) -> Ask | None:
    plan, panel = study.plan, kinds.theme_units(study, theme)
    of = plan.outcomes.satisfaction
    if outcome not in panel.outcomes:
        return None
    return Ask.of_units(
        study,
        panel,
        "methods_dose",
        outcome,
        f"{theme}: trained_share>={plan.treatment.satisfaction.min_share:g}",
        next((s for name, s in of.smallest_effect.items() if name == outcome), of.smallest("ikm")),
    )


def _kinds(study: Study) -> _Contrasts:
    """Each kind of first training with none, and with each other kind."""
    kind = kinds.first_training(study)["metode"]
    kind = kind[kind != ""].sort_values(kind="stable")
    return _contrasts(study, contrasted.BY_KIND, kind, tuple(combinations(kind.unique(), 2)))


def _hours(study: Study) -> _Contrasts:
    """Each band of hours in the training year with none, and the highest with the lowest."""
    first = kinds.first_training(study).sort_values("jp", kind="stable")
    bands = tuple(dict.fromkeys(first["band"]))
    ends = ((bands[-1], bands[0]),) if len(bands) > 1 else ()
    return _contrasts(study, contrasted.BY_HOURS, first["band"], ends)


def _contrasts(
    study: Study, by: str, part: pd.Series, pairs: tuple[tuple[str, str], ...]
) -> _Contrasts:
    """Contrasts of the main outcome, adjusted for their number (Holm): each part of the trained
    with nobody trained, and some parts with each other.

    No contrast is graded: people were not drawn for a kind. In 40 simulated regions of 900 people
    in 24 units, kinds that worked alike differed at 5% in 7.5% of the pairs, and after Holm in 2 of
    40 regions; most hours and fewest in 1 of 40.
    """
    privacy = study.plan.privacy
    people = {name: tuple(part.index[part == name]) for name in dict.fromkeys(part)}
    alone = causal.explored(
        [
            _contrast(study, kinds.trained_as(study, who), by, (name, contrasted.NONE))
            for name, who in people.items()
        ],
        privacy.small_cell,
        list,
        whole_of=lambda ask: ask.subgroup,
        everyone=_contrast(study, measures.employee_year(study)),
    )
    # Who is too few beside the untrained is hidden beside the others, too.
    told = {contrasted.sides(e)[0]: e.n_treated for e in alone}
    panel, entity = measures.employee_year(study), measures.entities(study)
    arms = part[part.index.isin(entity.index) & part.isin(told)]
    found = causal.between(
        {at: _contrast(study, panel, by, at) for at in pairs if set(at) <= set(told)},
        arms.set_axis(entity.reindex(arms.index)),
    )
    between = tuple(e for e in found if _tells_nobody(e, told, privacy.small_cell))
    adjusted = measures.holm([e.p_value for e in (*alone, *between)])
    shown = tuple(
        replace(e, p_adjusted=p) for e, p in zip((*alone, *between), adjusted, strict=True)
    )
    return _Contrasts(shown, len(people) + len(pairs) - len(shown))


def _tells_nobody(between: Estimate, told: Mapping[str, int], small_cell: int) -> bool:
    """Whether no side is few, nor few less than the same people beside the untrained."""
    one, other = contrasted.sides(between)
    counts = {one: between.n_treated, other: between.n_control}
    gone = [abs(told[name] - n) for name, n in counts.items()]
    return min(counts.values()) >= small_cell and not any(0 < n < small_cell for n in gone)


def _contrast(study: Study, panel: Panel, by: str = "", sides: tuple[str, str] = ("", "")) -> Ask:
    """What is asked of one contrast of the main outcome."""
    of = study.plan.outcomes.productivity
    treatment, smallest = contrasted.treatment(*sides), of.smallest_effect[of.primary]
    ask = Ask.of_people(study, panel, "methods_dose", of.primary, treatment, smallest)
    return replace(ask, role="subgroup", subgroup=by)
