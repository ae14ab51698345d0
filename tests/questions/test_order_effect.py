"""A drawn order of units: the truth of made regions is found, the answer leads, obstacles say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import questions, simulate
from helpers.contracts import Answer, Study
from helpers.contracts.plan_file import load
from helpers.findings import brief, told
from helpers.findings import main_points as points
from tests.questions.shown import said

WORLD = simulate.World(
    seed=5, employees=1500, units=60, forms_per_year=3000, order=2023, effect_satisfaction=4.0
)


@pytest.fixture(scope="module")
def region() -> simulate.Region:
    return simulate.make(WORLD)


@pytest.fixture(scope="module")
def study(region: simulate.Region) -> Study:
    return simulate.study(region, load(None))


@pytest.fixture(scope="module")
def answer(study: Study) -> Answer:
    return questions.order_effect(study)


def test_what_a_turn_brought_is_found_and_named(answer: Answer, region: simulate.Region):
    truth = region.truth["order"]
    finding = answer.finding("draw.staff_unsur.effect")
    assert (finding.claim, finding.grade) == ("increase", "strong")
    (turn,) = (e for e in answer.rows("primary") if e.outcome == "staff_unsur")
    assert (turn.estimand, turn.about.question) == ("ITT", "draw")
    assert turn.interval.low <= truth["itt"] <= turn.interval.high
    assert "the turn raised satisfaction with what staff can move" in finding.text.en
    assert "giliran itu menaikkan" in finding.text.id
    assert finding.record is not None or finding.untried
    said(answer)


def test_one_primary_row_an_outcome(answer: Answer, study: Study):
    primary = [e.outcome for e in answer.rows("primary")]
    assert primary == list(study.plan.outcomes.satisfaction.all)


def test_the_answer_without_a_draw_is_no_other_comparison_and_is_not_set_beside_it(
    answer: Answer,
):
    assert not [f for f in answer.findings if f.id.endswith(".distance")]
    assert answer.sentences["beside"] == told("order.beside")


def test_the_order_leads_what_the_annual_report_says_of_satisfaction(answer: Answer, study: Study):
    answers = {
        points.ORDER: answer,
        points.SATISFACTION: questions.satisfaction_effect(study),
        "40_satisfaction_trends": questions.satisfaction_trends(study),
    }
    found = points.main_points(answers, study.plan, {})
    assert [p.key for p in found] == ["productivity", "satisfaction"]
    assert found[1].standing == "strong" and found[1].heading.en == "Satisfaction with staff"
    assert found[1].text.en.startswith("A turn to be trained raised")
    assert "a turn to be trained raised" in points.verdict(answers, study.plan).en
    assert "still to come" in points.compared(answers, study.plan).en
    assert points.by_lot(answers, study.plan) == ("satisfaction",)
    satisfied = next(s for s in brief.statements(answers, study.plan) if s.key == "satisfied")
    assert satisfied.page == points.ORDER and answer.findings[0].text.en in satisfied.text.en


def test_two_draws_lead_both(answer: Answer, study: Study):
    lead = answer.findings[0]
    seats = replace(
        answer,
        findings=(replace(lead, id="draw.output_per_day.effect", outcome="output_per_day"),),
        estimates=tuple(
            replace(e, about=replace(e.about, outcome="output_per_day"))
            for e in answer.rows("primary", "staff_unsur")
        ),
    )
    both = {points.DRAW: seats, points.ORDER: answer}
    assert points.by_lot(both, study.plan) == ("productivity", "satisfaction")
    found = points.main_points(both, study.plan, {"next.gap": lead.text})
    assert [p.key for p in found] == ["productivity", "without_draw", "satisfaction", "next"]
    told_of = points.compared(both, study.plan).en
    assert told_of.count("still to come") == 2


def test_without_an_order_the_page_says_how_to_get_one(study: Study):
    found = questions.order_effect(replace(study, undian_unit=study.undian_unit.iloc[:0]))
    assert found.lead == told("order.waiting") and not found.findings
    said(found)


def _changed(study: Study, **columns: object) -> Study:
    rows = study.undian_unit.assign(**columns).astype(study.undian_unit.dtypes)
    return replace(study, undian_unit=rows)


def test_bad_orders_are_inconclusive_with_the_reason(study: Study):
    alone = questions.order_effect(
        _changed(study, strata=[f"s{i}" for i in range(len(study.undian_unit))])
    )
    assert told("order.nobody_left_out")["en"] in alone.lead.en
    few = questions.order_effect(
        replace(study, undian_unit=study.undian_unit.groupby("giliran").head(2))
    )
    assert "fewer than 10 yearly values of units" in few.lead.en
    # Forms of every unit and year below the plan's fewest.
    rare = study.skm.groupby(["kode_unit", "tahun"]).head(5)
    seldom = questions.order_effect(replace(study, skm=rare))
    assert told("order.unmeasured")["en"] in seldom.lead.en
    unmeasured = questions.order_effect(replace(study, skm=study.skm[study.skm["tahun"] < 2023]))
    assert told("order.unmeasured")["en"] in unmeasured.lead.en
    for found in (alone, few, seldom, unmeasured):
        assert found.findings[0].claim == "inconclusive"
        said(found)


def test_an_order_without_a_unit_still_to_come_says_so(study: Study):
    for turns in ({"giliran": 2023}, {"tahun": 2021, "giliran": 2022}):
        over = questions.order_effect(_changed(study, **turns))
        assert not over.findings and "no unit in it was still to come" in over.lead.en
        said(over)


def test_units_that_nobody_trains_prove_nothing_of_training(study: Study):
    nobody = replace(study, peserta=study.peserta[study.peserta["tahun"] < 2023])
    found = questions.order_effect(nobody)
    assert found.findings[0].grade in ("weak", "none")
    said(found)
