"""Themes, kinds and hours: the truth of made regions is found, and obstacles give words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers import intake, measures, present, questions, simulate
from helpers.contracts import LANGS, Study
from helpers.findings.contrasted import NONE, pair_id, sides

TIME, ETHICS = "manajemen waktu", "etika pelayanan publik"


def with_theory(study: Study, theory) -> Study:
    return replace(study, plan=study.plan.model_copy(update={"theory_of_change": theory}))


@pytest.fixture(scope="module")
def one_theme_works(tmp_path_factory) -> Study:
    """A region where hours of time management, and of nothing else, raise output by a fifth."""
    folder = tmp_path_factory.mktemp("one") / "data"
    world = simulate.World(seed=9, employees=900, units=24, effect_productivity=0.0)
    simulate.write(replace(world, selection="none"), folder)
    study = intake.study(folder, 2024)
    invited = measures.training.invitations(study)
    cohort = measures.training.cohorts(invited[invited["tema"] == TIME], study.plan)
    from_year = study.kinerja["pegawai_id"].map(cohort).fillna(9999).astype(int)
    factor = np.where(study.kinerja["tahun"] >= from_year, 1.2, 1.0)
    output = (study.kinerja["output"] * factor).astype(study.kinerja["output"].dtype)
    kinerja = study.kinerja.assign(output=output)
    return with_theory(
        replace(study, kinerja=kinerja), {TIME: ("output_per_day",), ETHICS: ("output_per_day",)}
    )


def test_a_theme_that_works_is_told_from_one_that_does_not(one_theme_works):
    answer = questions.methods_and_dose(one_theme_works)
    time, ethics = (answer.finding(pair_id(t, "output_per_day")) for t in (TIME, ETHICS))
    (primary,) = answer.rows("primary")
    assert primary.about.treatment == f"{TIME}: jp>=20"
    share = primary.interval.value / primary.baseline_mean
    assert share == pytest.approx(0.2, abs=0.05)
    assert time.claim == "increase"
    assert ethics.interval.low < 0 < ethics.interval.high
    assert "manajemen waktu" in time.text.id and "time management" in time.text.en


def test_an_outcome_of_an_earlier_theme_is_a_subgroup_and_at_most_weak(study):
    twice = with_theory(study, {TIME: ("output_per_day",), ETHICS: ("output_per_day", "perilaku")})
    answer = questions.methods_and_dose(twice)
    assert [e.outcome for e in answer.rows("primary")] == ["output_per_day", "perilaku"]
    (second,) = [e for e in answer.rows("subgroup") if e.about.group == "all"]
    assert (second.about.treatment, second.outcome) == (f"{ETHICS}: jp>=20", "output_per_day")
    assert answer.finding(pair_id(ETHICS, "output_per_day")).grade in ("weak", "none")


def test_each_question_and_outcome_has_one_primary_row(answers, study):
    rows = answers["methods_and_dose"].rows("primary")
    named = dict.fromkeys(o for of in study.plan.theory_of_change.values() for o in of)
    assert [e.outcome for e in rows] == list(named)
    assert {e.about.question for e in answers["methods_and_dose"].estimates} == {"methods_dose"}


def test_contrasts_are_subgroups_large_enough_and_adjusted(answers, study):
    rows = [e for e in answers["methods_and_dose"].rows("subgroup") if e.about.group != "all"]
    assert {e.about.group for e in rows} <= {"metode", "jp"}
    assert rows
    for e in rows:
        assert min(e.n_treated, e.n_control) >= study.plan.privacy.small_cell
        assert e.p_adjusted >= e.p_value
        assert sides(e)[0]
    for by in ("metode", "jp"):
        family = [e for e in rows if e.about.group == by]
        assert measures.holm([e.p_value for e in family]) == pytest.approx(
            [e.p_adjusted for e in family]
        )


def test_kinds_that_work_alike_are_not_told_apart(tmp_path):
    simulate.write(
        simulate.World(seed=21, employees=900, units=24, effect_productivity=0.08), tmp_path
    )
    answer = questions.methods_and_dose(intake.study(tmp_path, 2024))
    rows = [e for e in answer.rows("subgroup") if e.about.group == "metode"]
    for e in rows:
        truth = 0.08 if sides(e)[1] == NONE else 0.0
        assert e.interval.value / e.baseline_mean == pytest.approx(truth, abs=0.04)
    between = [e.interval for e in rows if sides(e)[1] != NONE]
    assert len(between) == 3
    assert all(abs(i.value) < 4 * i.std_error for i in between)


def said(answer) -> None:
    """Words in both languages, none of them a hole, and blocks that can be shown."""
    for lang in LANGS:
        for text in (answer.lead, *(f.text for f in answer.findings)):
            assert len(text[lang]) > 20
            assert "nan" not in text[lang].split()
        present.themes(answer, lang)
        for by in ("metode", "jp"):
            present.contrasts(answer, by, lang)
        present.effects(answer, lang)


def test_nobody_in_a_theme(study):
    answer = questions.methods_and_dose(with_theory(study, {"menembak": ("output_per_day",)}))
    assert "there are no employees trained in menembak" in answer.lead.en
    said(answer)


def test_one_theme_only(study):
    one = study.kegiatan.assign(tema=TIME, metode="seminar").astype(study.kegiatan.dtypes)
    answer = questions.methods_and_dose(replace(study, kegiatan=one))
    kinds = [e for e in answer.rows("subgroup") if e.about.group == "metode"]
    assert [sides(e) for e in kinds] == [("seminar", NONE)]
    said(answer)


def test_no_theory_of_change(study):
    bare = with_theory(study, {})
    answer = questions.methods_and_dose(bare)
    assert answer.rows("primary") == () and answer.findings[0].claim == "descriptive"
    said(answer)
    report = questions.annual_report(bare)
    ethics = next(s for s in report.statements if s.key == "ethics")
    assert ethics.standing == "open" and ethics.text.en.startswith("Not answered yet")


def test_rating_only(study):
    """Where performance is a predikat alone there is no output to compare."""
    blank = ("output", "hari_kerja", "nilai_skp", "tepat_waktu")
    gone = study.kinerja.assign(**dict.fromkeys(blank, np.nan)).astype(study.kinerja.dtypes)
    answer = questions.methods_and_dose(replace(study, kinerja=gone))
    assert "no value can be used" in answer.lead.en
    assert [e for e in answer.rows("subgroup") if e.about.group != "all"] == []
    said(answer)
    said(questions.learning(replace(study, kinerja=gone)))


def test_nobody_came(study):
    away = study.peserta[study.peserta["kehadiran"] != "hadir"].reset_index(drop=True)
    bare = replace(study, peserta=away)
    said(questions.methods_and_dose(bare))
    said(questions.learning(bare))


def test_no_survey(study):
    answer = questions.methods_and_dose(replace(study, skm=study.skm.iloc[:0]))
    assert answer.finding(pair_id(TIME, "waktu")).grade == "none"
    said(answer)


def test_an_outcome_that_the_plan_does_not_measure_is_passed_over(study):
    of = study.plan.outcomes.productivity.model_copy(update={"secondary": ("skp",)})
    outcomes = study.plan.outcomes.model_copy(update={"productivity": of})
    less = replace(study, plan=study.plan.model_copy(update={"outcomes": outcomes}))
    answer = questions.methods_and_dose(less)
    assert answer.finding(pair_id(TIME, "on_time_share")) is None
    said(answer)


def with_small_cell(study: Study, people: int) -> Study:
    privacy = study.plan.privacy.model_copy(update={"small_cell": people})
    return replace(study, plan=study.plan.model_copy(update={"privacy": privacy}))


def test_a_hidden_kind_or_band_is_not_what_the_others_leave_of_all_trained(study, answers):
    """The effects page tells how many were trained, and a contrast how many are on each side."""
    whole = answers["productivity_effect"].estimates[0].n_treated
    rows = [e for e in answers["methods_and_dose"].rows("subgroup") if sides(e)[1] == NONE]
    fewest = min(e.n_treated for e in rows)
    bare, told = with_theory(study, {}), 0
    for small in (fewest + 1, max(e.n_treated for e in rows if e.about.group == "jp")):
        found = questions.methods_and_dose(with_small_cell(bare, small)).rows("subgroup")
        for by in ("metode", "jp"):
            alone = {
                sides(e)[0]: e.n_treated for e in found if e.about.group == by and NONE in sides(e)
            }
            hidden = {sides(e)[0] for e in rows if e.about.group == by} - set(alone)
            assert not hidden or not alone or whole - sum(alone.values()) >= small
            told += len(alone)
            named = {s for e in found if e.about.group == by for s in sides(e)} - {NONE}
            assert named == set(alone)
    assert 0 < told < 2 * len(rows)


def test_few_people_of_a_theme_are_not_described(study):
    answer = questions.methods_and_dose(with_small_cell(study, 900))
    of_people = answer.finding(pair_id(TIME, "output_per_day"))
    assert not of_people.interval.known and "fewer than 900" in of_people.text.en
    shown = [e for e in answer.estimates if e.outcome == "output_per_day"]
    assert len(shown) == 1 and not shown[0].interval.known
    said(answer)
