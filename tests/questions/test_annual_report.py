"""The annual report computes nothing: it repeats the answers on disk, or asks for them itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from helpers import present, questions
from helpers.contracts import LANGS, NEEDS, Answer, Text
from helpers.findings import brief, failed_checks
from helpers.findings.brief import SECTIONS
from helpers.questions.annual_report import PAGES

EFFECTS = ("31_productivity_effect", "41_satisfaction_effect", "50_methods_and_dose")


@pytest.fixture
def out(answers, tmp_path: Path) -> Path:
    """The folder of a notebook beside which every answer lies that it needs."""
    for page in PAGES:
        answers[page[3:]].write(tmp_path / NEEDS / page)
    return tmp_path


def change(out: Path, page: str, **parts: object) -> Answer:
    """Write another answer of a page."""
    folder = out / NEEDS / page
    replace(Answer.read(folder), **parts).write(folder)
    return Answer.read(folder)


def test_the_pages_are_the_questions_that_the_pipeline_gives_it(study):
    import yaml

    from helpers.contracts import project

    pipeline = yaml.safe_load((project.resolve("notebooks") / "pipeline.yml").read_text())
    assert list(PAGES) == pipeline["notebooks"]["90_annual_report"]["needs"]
    assert all(question is getattr(questions, page[3:]) for page, question in PAGES.items())


def test_read_from_disk_or_asked_for_it_is_the_same(study, out):
    asked, read = questions.annual_report(study), questions.annual_report(study, out)
    assert read == asked
    assert questions.annual_report(study, str(out)) == asked
    assert questions.annual_report(study, out / "nowhere") == asked


def test_with_every_answer_on_disk_no_table_is_looked_at(study, out, answers):
    """A study without a row gives the same report, so that nothing in it is computed."""
    names = ("unit", "pegawai", "kegiatan", "peserta", "kinerja", "skm", "undian")
    bare = replace(study, **{name: study.table(name).iloc[:0] for name in names})
    assert questions.annual_report(bare, out) == answers["annual_report"]
    assert questions.annual_report(bare) != answers["annual_report"]


def test_an_answer_that_is_not_there_is_asked_for(study, out, answers):
    (out / NEEDS / "20_participation" / "answer.json").unlink()
    assert questions.annual_report(study, out) == answers["annual_report"]


def test_a_damaged_answer_or_one_of_another_year_is_asked_again(study, out, answers):
    damaged = out / NEEDS / "20_participation" / "answer.json"
    damaged.write_text('{"question":')
    earlier = out / NEEDS / "31_productivity_effect" / "answer.json"
    earlier.write_text(earlier.read_text().replace('"year":2024', '"year":2021', 1))
    assert questions.annual_report(study, out) == answers["annual_report"]


def test_it_has_no_finding_estimate_or_indicator_of_its_own(answers):
    report = answers["annual_report"]
    assert report.findings == report.estimates == ()
    assert len(report.indicators) == len(report.exclusions) == 0
    of_pages = [answers[page[3:]].indicators for page in PAGES]
    joined = pd.concat([i[i["group_by"] == "all"] for i in of_pages], ignore_index=True)
    pd.testing.assert_frame_equal(report.frames["headlines"], joined)
    assert set(report.frames) == {"headlines"}


@pytest.mark.parametrize("lang", LANGS)
def test_a_statement_that_has_an_answer_repeats_findings(answers, plan, lang):
    """What is said of the programme is made of the pages' sentences, and of fixed ones."""
    from helpers import findings

    found = [f for page in PAGES for f in answers[page[3:]].findings]
    said = {f.text[lang] for f in found} | {findings.records.of_grades([f])[lang] for f in found}
    said |= {failed_checks.beside_grades([f])[lang] for f in found}
    for theme, outcomes in plan.theory_of_change.items():
        ids = {findings.contrasted.pair_id(theme, o): theme for o in outcomes}
        of_theme = [f for f in found if f.id in ids]
        said.add(findings.records.of_grades(of_theme, ids)[lang])
        said |= {failed_checks.beside_grades([f], ids)[lang] for f in of_theme}
    # The programme as a whole is answered by both main effects.
    both = [answers[q].findings[0] for q in ("productivity_effect", "satisfaction_effect")]
    said.add(findings.records.of_grades(both)[lang])
    answered = [s for s in answers["annual_report"].statements if s.standing != "open"]
    opening = {"goals": "measured_by", "commitment": "commitment"}
    fixed = {"periodic", "encouraging", *opening}
    assert {s.key for s in answered} > fixed
    for statement in answered:
        rest = statement.text[lang]
        for text in sorted(said, key=len, reverse=True):
            rest = rest.replace(text, "")
        if statement.key not in fixed:
            assert rest.strip() == "", statement
        elif statement.key in opening:
            assert rest.strip() == findings.say(f"answer.{opening[statement.key]}", lang)


def test_no_statement_leads_to_the_annual_report_itself(answers):
    pages = {s.page for s in answers["annual_report"].statements}
    assert "90_annual_report" not in pages and pages - {""} <= set(PAGES)


def test_statements_follow_the_sections_of_the_brief(answers):
    sections = [s.section for s in answers["annual_report"].statements]
    assert list(dict.fromkeys(sections)) == list(SECTIONS)
    assert sections == sorted(sections, key=SECTIONS.index)
    keys = [s.key for s in answers["annual_report"].statements]
    assert len(keys) == len(set(keys))
    pages = {s.page for s in answers["annual_report"].statements} - {""}
    assert pages <= set(PAGES)


def test_another_answer_on_disk_changes_what_is_said(study, out):
    page = "20_participation"
    old = Answer.read(out / NEEDS / page).findings
    new = tuple(replace(f, text=Text(f"Lain {f.id}.", f"Other {f.id}.")) for f in old)
    change(out, page, findings=new)
    report = questions.annual_report(study, out)
    told = {s.key: s.text["en"] for s in report.statements}
    assert told["held"] == "Other participation.activities.level."
    refused, no_need = "participation.refusal.level", "participation.no_need.difference"
    assert told["no_need"] == f"Other {refused}. Other {no_need}."


def test_the_conclusion_counts_the_grades_of_the_effects(study, out):
    grades = iter(("strong", "moderate", "weak", *["none"] * 99))
    effects = 0
    for page in EFFECTS:
        found = Answer.read(out / NEEDS / page).findings
        found = tuple(f for f in found if f.id.endswith(".effect"))
        effects += len(found)
        graded = [(f, next(grades)) for f in found]
        claims = {"none": "inconclusive"}
        told = [replace(f, grade=g, claim=claims.get(g, "increase")) for f, g in graded]
        change(out, page, findings=tuple(told))
    stated = questions.annual_report(study, out).statements
    lead = next(s.text.en for s in stated if s.key == "encouraging")
    counted = [int(word.strip(",")) for word in lead.split() if word.strip(",").isdigit()]
    assert counted == [effects, 2, 1, effects - 3]


def test_a_page_that_waits_leaves_its_statements_open(study, out):
    bare = replace(study, skm=study.skm.iloc[:0])
    waiting = questions.satisfaction_effect(bare)
    waiting.write(out / NEEDS / "41_satisfaction_effect")
    report = questions.annual_report(study, out)
    (satisfied,) = [s for s in report.statements if s.key == "satisfied"]
    assert (satisfied.standing, satisfied.text) == ("open", waiting.lead)


def test_next_steps_come_from_the_pages_in_their_order(study, out):
    change(out, "10_data_quality", sentences={"next.data": Text("D.", "D.")})
    change(out, "20_participation", sentences={"next.gap": Text("G.", "G."), "x": Text("X", "X")})
    report = questions.annual_report(study, out)
    steps = [name for name in report.sentences if name.startswith("next.")]
    assert steps == ["next.gap", "next.design", "next.data"]
    (shown,) = (p.steps for p in report.points if p.key == "next")
    assert shown == tuple(report.sentences[name] for name in steps)
    assert report.sentences["next.data"] == Text("D.", "D.")


def test_a_question_asked_twice_is_answered_once(study):
    for question in PAGES.values():
        assert question(study) is question(study)


def test_a_statement_about_several_effects_stands_no_surer_than_the_least(answers, plan):
    pages = {page: answers[page[3:]] for page in PAGES}
    order = ["none", "absent", "weak", "moderate", "strong"]
    for grades in product(order, repeat=2):
        graded = dict(pages)
        for page, grade in zip(
            ("31_productivity_effect", "41_satisfaction_effect"), grades, strict=True
        ):
            first, *others = pages[page].findings
            claim = {"none": "inconclusive", "absent": "no_meaningful_effect"}.get(
                grade, "increase"
            )
            known = grade if claim == "increase" else "none"
            graded[page] = replace(
                pages[page], findings=(replace(first, claim=claim, grade=known), *others)
            )
        statements = brief.statements(graded, plan)
        told = {s.key: s.standing for s in statements}
        assert told["capacity"] == min(grades, key=order.index)
        assert told["satisfied"] == grades[1]
        weakest = {s.key: s.weakest for s in statements}
        assert weakest["capacity"] is (grades[0] != grades[1]) and not weakest["satisfied"]
        report = Answer("annual_report", 2024, Text.same("x"), statements=statements)
        said = str(present.statements(report, "pendahuluan", "en"))
        assert ("Evidence of the weakest statement" in said) is weakest["capacity"]
