"""How many seats to draw: what is promised is what was put in, and obstacles say so."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers import describe, present, questions, simulate
from helpers.contracts import LANGS, Answer, Study
from helpers.contracts.plan_file import load
from helpers.findings import told

WORLD = simulate.World(seed=3, employees=1200, units=32, forms_per_year=800)


@pytest.fixture(scope="module")
def study() -> Study:
    return simulate.study(simulate.make(WORLD), load(None))


@pytest.fixture(scope="module")
def answer(study: Study) -> Answer:
    return questions.next_year_design(study)


def test_this_years_seats_lead_and_the_table_tells_their_multiples(answer: Answer, study: Study):
    seats, people = (
        describe.seats_as_this_year(study),
        len(study.pegawai[lambda f: f.tahun == 2024]),
    )
    assert (
        f"With {seats} seats, as many as this year, drawn among {people:,} employees"
        in answer.lead.en
    )
    frame = answer.frames["detectable"]
    of_table = frame[frame["told"]]
    assert set(of_table["outcome"]) == set(study.plan.outcomes.productivity.all)
    assert {seats, round(seats / 2), people // 2} <= set(of_table["seats"])
    # More seats show more, up to half of the people.
    for _, rows in frame.groupby("outcome"):
        assert rows["came"].is_monotonic_decreasing and rows["seats"].is_monotonic_increasing
    # Who stays away dilutes: the effect of coming has to be larger.
    asked = study.peserta[study.peserta["tahun"] == 2024]
    came = asked.groupby("pegawai_id")["kehadiran"].agg(lambda k: (k == "hadir").any()).mean()
    ratio = (frame["drawn"] / frame["came"]).to_numpy()
    assert ratio == pytest.approx(came, abs=0.02)


def test_nothing_is_found_yet_and_no_cause_is_named(answer: Answer):
    assert not answer.findings and not answer.estimates
    assert set(answer.sentences) == {"rests_on", "tried", "strata", "next.design", "how"}


def test_the_page_shows_it_in_both_languages(answer: Answer):
    for lang in LANGS:
        table = present.detectable_table(answer, lang)
        told_of = answer.frames["detectable"].query("told")["seats"].nunique()
        assert len(table.rows) == told_of + 1 and len(table.header) == 4
        picture = present.detectable(answer, lang)
        assert picture.png and "nan" not in picture.alt
    assert present.detectable(Answer("x", 2024, told("draw_plan.one_year")), "id") is not None


def test_its_advice_is_the_annual_reports(answer: Answer, study: Study):
    whole = questions.annual_report(study)
    assert whole.sentences["next.design"] == answer.sentences["next.design"]
    assert "Draw the seats of 2025 by lot:" in answer.sentences["next.design"].en


def test_who_has_drawn_is_told_to_draw_again(study: Study):
    drawn = pd.DataFrame({"tahun": [2024]}).reindex(columns=study.undian.columns)
    again = replace(study, undian=drawn.astype(study.undian.dtypes))
    assert "by lot again" in questions.next_year_design(again).sentences["next.design"].en


def test_what_cannot_be_planned_says_why(study: Study):
    one_year = replace(study, kinerja=study.kinerja[study.kinerja["tahun"] == 2024])
    # Without the year before, more stays unexplained, and the promise is smaller.
    before = questions.next_year_design(study).frames["detectable"]["came"].iloc[0]
    assert questions.next_year_design(one_year).frames["detectable"]["came"].iloc[0] > before
    of_now = replace(study, pegawai=study.pegawai[study.pegawai["tahun"] == 2024])
    assert questions.next_year_design(of_now).lead == told("draw_plan.one_year")
    unmeasured = replace(study, kinerja=study.kinerja[study.kinerja["tahun"] < 2024])
    assert questions.next_year_design(unmeasured).lead == told("draw_plan.one_year")


def test_few_who_come_cost_more_than_seats_that_are_not_there(study: Study):
    missed = study.peserta["tahun"].eq(2024) & (study.peserta.groupby("tahun").cumcount() % 5 > 0)
    kehadiran = study.peserta["kehadiran"].mask(missed, "tidak_hadir")
    asked = replace(study, peserta=study.peserta.assign(kehadiran=kehadiran))
    found = questions.next_year_design(asked)
    lead = found.lead
    assert "see to it that people come" in found.sentences["next.design"].en
    assert "If all of the drawn came" in lead.en and "Andai semua yang terpilih" in lead.id


def test_few_seats_are_not_counted(study: Study):
    earlier = study.peserta["tahun"] < 2024
    few = study.peserta[earlier | (study.peserta[~earlier].groupby("tahun").cumcount() < 7)]
    assert questions.next_year_design(replace(study, peserta=few)).lead == told("draw_plan.few")


def test_seats_for_everybody_leave_nothing_to_draw(study: Study):
    roll = study.pegawai[study.pegawai["tahun"] == 2024]
    one = study.peserta[study.peserta["tahun"] == 2024].head(1)
    copies = pd.concat([one] * len(roll), ignore_index=True)
    copies = copies.assign(pegawai_id=roll["pegawai_id"].to_numpy()).astype(study.peserta.dtypes)
    earlier = study.peserta[study.peserta["tahun"] < 2024]
    everybody = replace(study, peserta=pd.concat([earlier, copies], ignore_index=True))
    assert questions.next_year_design(everybody).lead == told("draw_plan.everybody")


def test_it_waits_for_its_tables(study: Study):
    empty = replace(study, kinerja=study.kinerja.head(0))
    answer = questions.next_year_design(empty)
    assert answer.waits == ("kinerja",)
