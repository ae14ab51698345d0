"""Groups of people: each beside its own comparison group, none too small, none graded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from helpers import measures, present, questions
from helpers.contracts import LANGS, Study
from helpers.findings import subgroups
from helpers.questions.productivity_effect import by_group


def of_groups(study: Study) -> dict[str, object]:
    shown = subgroups.those_of(questions.productivity_effect(study).estimates)
    return {e.about.group: e for e in shown}


def test_a_gain_of_women_alone_moves_no_estimate_of_men(study):
    found = of_groups(study)
    people = measures.groups_of_people(study)["jenis_kelamin"]
    entity = study.kinerja["pegawai_id"].map(measures.entities(study))
    panel = measures.employee_year(study).frame.drop_duplicates("entity")
    cohort = entity.map(panel.set_index("entity")["cohort"])
    gained = (entity.map(people) == "P") & (cohort > 0) & (study.kinerja["tahun"] >= cohort)
    output = study.kinerja["output"].astype(float) * np.where(gained, 1.3, 1.0)
    kinerja = study.kinerja.assign(output=output.astype(study.kinerja["output"].dtype))
    moved = of_groups(replace(study, kinerja=kinerja))
    assert moved["jenis_kelamin=L"].interval == found["jenis_kelamin=L"].interval
    rise = moved["jenis_kelamin=P"].interval.value - found["jenis_kelamin=P"].interval.value
    assert rise == pytest.approx(0.3 * found["jenis_kelamin=P"].baseline_mean, rel=0.2)


def test_every_group_is_shown_with_people_enough_or_counted(study, answers):
    asked, small = by_group(study), study.plan.privacy.small_cell
    found = of_groups(study)
    assert 0 < len(found) <= len(asked)
    assert {a.subgroup for a in asked} >= set(found)
    assert all(min(e.n_treated, e.n_control) >= small for e in found.values())
    whole = answers["productivity_effect"].estimates[0]
    for by in study.plan.subgroups:
        own = [e.n_treated for name, e in found.items() if name.startswith(by)]
        assert sum(own) <= whole.n_treated
    text = answers["productivity_effect"].sentences["subgroups"]
    hidden = len(asked) - len(found)
    assert (str(hidden) in text.en.rpartition(":")[2]) == bool(hidden)


def test_p_values_are_adjusted_for_the_number_of_groups(study):
    rows = list(of_groups(study).values())
    expected = multipletests([e.p_value for e in rows], method="fdr_bh")[1]
    assert [e.p_adjusted for e in rows] == pytest.approx(list(expected))
    assert any(e.p_adjusted > e.p_value for e in rows)


def test_no_group_is_a_finding(answers, study):
    graded = answers["productivity_effect"].findings
    assert {f.outcome for f in graded} == set(study.plan.outcomes.productivity.all)
    assert len(graded) == len(study.plan.outcomes.productivity.all)


def test_a_plan_without_groups_draws_nothing(study):
    bare = replace(study, plan=study.plan.model_copy(update={"subgroups": ()}))
    answer = questions.productivity_effect(bare)
    assert subgroups.those_of(answer.estimates) == []
    for lang in LANGS:
        assert present.groups(answer, lang) == present.Blocks()
        assert answer.sentences["subgroups"][lang]


@pytest.mark.parametrize("lang", LANGS)
def test_groups_are_named_in_words(study, answers, lang):
    picture = present.groups(answers["productivity_effect"], lang)
    for e in of_groups(study).values():
        name = subgroups.named(e)[lang]
        assert name in picture.alt
        assert "=" not in name and "_" not in name


def test_an_effect_that_rests_on_few_people_is_not_told(study, answers):
    entered = answers["productivity_effect"].estimates[0].n_treated
    privacy = study.plan.privacy.model_copy(update={"small_cell": entered + 1})
    few = questions.productivity_effect(
        replace(study, plan=study.plan.model_copy(update={"privacy": privacy}))
    )
    (main,) = [e for e in few.estimates if e.outcome == few.findings[0].outcome]
    assert (main.role, main.n_treated, main.n_control) == ("primary", 0, 0)
    assert not main.interval.known
    assert (few.findings[0].claim, few.findings[0].grade) == ("inconclusive", "none")
    assert few.frames["balance"].empty
    for lang in LANGS:
        told = " ".join([few.lead[lang], *(t[lang] for t in few.sentences.values())])
        assert str(entered + 1) in few.lead[lang]
        assert f" {entered} " not in told
