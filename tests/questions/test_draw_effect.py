"""Seats drawn by lot: the truth of made regions is found, the answer leads, and obstacles say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

from helpers import intake, questions, simulate
from helpers.contracts import LANGS, Answer, Study, Text, project
from helpers.contracts.lots import lot
from helpers.contracts.plan_file import load
from helpers.findings import brief, draw_records, told
from helpers.findings import main_points as points
from helpers.questions.draw_effect import drawings
from tests.questions.shown import said

WORLD = simulate.World(
    seed=5, employees=1500, units=40, forms_per_year=800, draw=2024, effect_productivity=0.08
)


@pytest.fixture(scope="module")
def region() -> simulate.Region:
    return simulate.make(WORLD)


@pytest.fixture(scope="module")
def study(region: simulate.Region) -> Study:
    return simulate.study(region, load(None))


@pytest.fixture(scope="module")
def answer(study: Study) -> Answer:
    return questions.draw_effect(study)


def test_what_the_seats_brought_is_found_and_named(
    answer: Answer, region: simulate.Region, study: Study
):
    truth = region.truth["draw"]
    finding = answer.finding("draw.output_per_day.effect")
    assert (finding.claim, finding.grade) == ("increase", "strong")
    rows = [e for e in answer.estimates if e.outcome == "output_per_day"]
    assert [(e.role, e.estimand) for e in rows] == [("primary", "ITT"), ("sensitivity", "LATE")]
    for e, name in zip(rows, ("itt", "complier"), strict=True):
        assert e.interval.low <= truth[name] <= e.interval.high
    assert "Being drawn for a seat in 2024 raised" in finding.text.en
    # Its record is the draw's own.
    record, why = draw_records.record(drawings(study)[0], rows[0].n_treated, "strong")
    assert (finding.record, finding.untried) == (record, why)
    said_of_it = "simulated regions" if record else told(f"untried.{why}")["en"]
    assert said_of_it in answer.sentences["record"].en
    assert told("record.apart")["en"] not in answer.sentences["record"].en
    said(answer)


def test_one_primary_row_an_outcome_and_none_of_the_others(answer: Answer, study: Study):
    primary = [e.outcome for e in answer.rows("primary")]
    assert primary == list(study.plan.outcomes.productivity.all)
    assert {e.about.question for e in answer.estimates} == {"draw"}
    assert {e.role for e in answer.estimates} <= {"primary", "sensitivity"}


def test_the_answer_without_a_draw_stands_beside_it_with_its_distance(answer: Answer, study: Study):
    finding = answer.finding("draw.output_per_day.distance")
    assert finding.claim == "descriptive"
    weak = questions.draw_effect(
        replace(study, peserta=study.peserta[study.peserta["tahun"] < 2024])
    )
    assert weak.findings[0].grade in ("weak", "none")
    assert weak.finding("draw.output_per_day.distance").text == told("draw.distance_none")
    (without,) = questions.productivity_effect(study).rows("primary", "output_per_day")
    (late,) = (e for e in answer.rows("sensitivity") if e.outcome == "output_per_day")
    assert finding.interval.value == pytest.approx(without.interval.value - late.interval.value)
    assert finding.interval.std_error == pytest.approx(
        np.hypot(without.interval.std_error, late.interval.std_error)
    )


def test_the_draw_leads_the_annual_report(answer: Answer, study: Study):
    answers = {
        points.DRAW: answer,
        points.PRODUCTIVITY: questions.productivity_effect(study),
        "30_productivity_trends": questions.productivity_trends(study),
    }
    found = points.main_points(answers, study.plan, {})
    assert [p.key for p in found] == ["productivity", "without_draw", "satisfaction"]
    assert found[0].standing == "strong"
    (primary,) = answer.rows("primary", "output_per_day")
    assert found[0].span == primary.unit.change_span(primary.interval.low, primary.interval.high)
    assert f"{primary.n_treated} employees drawn for a seat of 2024" in (
        points.compared(answers, study.plan).en
    )
    assert "others in the draw" in points.compared(answers, study.plan).en
    amount = primary.unit.change(primary.interval.value)["en"]
    assert points.verdict(answers, study.plan).en.startswith(
        f"Being drawn for a seat raised output a day by {amount}"
    )
    assert answer.say("attended").en in points.compared(answers, study.plan).en
    apart = answer.finding("draw.output_per_day.distance")
    assert points.distance(answers, study.plan) == apart.text
    # Both answers are in per cent: between them lie percentage points.
    value = abs(primary.unit.scale * apart.interval.value)
    assert f"{value:.1f} percentage points" in apart.text.en
    capacity = brief.statements(answers, study.plan)[0]
    assert (capacity.page, capacity.standing) == ("35_draw_effect", "strong")
    assert answer.findings[0].text.en in capacity.text.en
    assert answers[points.PRODUCTIVITY].findings[0].text.en not in capacity.text.en
    # A draw that tells nothing leads nowhere.
    answers[points.DRAW] = questions.draw_effect(_changed(study, terpilih="ya"))
    assert [p.key for p in points.main_points(answers, study.plan, {})][:2] == [
        "productivity",
        "satisfaction",
    ]


def test_without_a_draw_the_page_says_how_to_get_one(study: Study):
    bare = replace(study, undian=study.undian.iloc[:0])
    found = questions.draw_effect(bare)
    assert found.lead == told("draw.waiting") and not found.findings
    said(found)
    before = questions.draw_effect(replace(study, year=2023))
    assert before.lead == told("draw.waiting")


def _changed(study: Study, **columns: object) -> Study:
    return replace(study, undian=study.undian.assign(**columns).astype(study.undian.dtypes))


def test_bad_draws_are_inconclusive_with_the_reason(study: Study):
    everybody = questions.draw_effect(_changed(study, terpilih="ya"))
    assert everybody.findings[0].claim == "inconclusive"
    assert told("draw.nobody_left_out")["en"] in everybody.lead.en
    assert not everybody.sentences["attended"]["en"]
    alone = questions.draw_effect(
        _changed(study, strata=[f"s{i}" for i in range(len(study.undian))])
    )
    assert told("draw.nobody_left_out")["en"] in alone.lead.en
    nobody = replace(study, peserta=study.peserta[study.peserta["tahun"] < 2024])
    came = questions.draw_effect(nobody)
    assert came.findings[0].interval.known
    assert not [e for e in came.rows("sensitivity") if e.outcome == "output_per_day"]
    assert came.sentences["attended"] == told("draw.none_came")
    drawn = study.undian.loc[study.undian["terpilih"] == "ya", "pegawai_id"]
    of_year = study.peserta["tahun"] == 2024
    there = study.peserta[of_year & (study.peserta["kehadiran"] == "hadir")]["pegawai_id"]
    few = ~of_year | study.peserta["pegawai_id"].isin(drawn[drawn.isin(there)].iloc[:6])
    hardly = questions.draw_effect(replace(study, peserta=study.peserta[few]))
    small = study.plan.privacy.small_cell
    assert hardly.sentences["attended"] == told("draw.few_came", small=small)
    blank = ("output", "hari_kerja", "nilai_skp", "tepat_waktu")
    gone = study.kinerja.assign(**dict.fromkeys(blank, np.nan)).astype(study.kinerja.dtypes)
    unmeasured = questions.draw_effect(replace(study, kinerja=gone))
    assert unmeasured.findings[0].claim == "inconclusive"
    assert not unmeasured.sentences["attended"]["en"]
    for found in (everybody, alone, came, unmeasured):
        said(found)


def test_who_was_not_measured_is_said_not_to_be_compared(study: Study):
    """Their number would follow from the seats, so that the count holds them; the sentence says so."""
    small = study.plan.privacy.small_cell
    few = told("draw.few_unmeasured", small=small)["en"]
    of_year = study.kinerja["tahun"] == study.year
    measured = study.kinerja.loc[of_year & study.kinerja["output"].notna(), "pegawai_id"]
    lots = study.undian[study.undian["pegawai_id"].isin(measured)]
    drawn = lots.loc[lots["terpilih"] == "ya", "pegawai_id"]
    for without, said_of in ((0, False), (4, True)):
        gone = of_year & study.kinerja["pegawai_id"].isin(drawn.iloc[:without])
        whole = replace(study, kinerja=study.kinerja[~gone], undian=lots)
        assert (few in questions.draw_effect(whole).sentences["compared"]["en"]) == said_of


def test_a_drawn_person_who_is_on_no_roll_is_named_before_a_report(tmp_path: Path):
    simulate.write(replace(WORLD, employees=300, units=10), tmp_path)
    file = tmp_path / "undian_2024.csv"
    seed = pd.read_csv(file, dtype=str)["benih"][0]
    stranger = f"2024,199001012015011999,fungsional,ya,{seed}\n"
    file.write_text(file.read_text() + stranger)
    study = intake.study(tmp_path, 2024)
    lost = study.exclusions[study.exclusions["table"] == "undian"]
    assert lost["fault"].tolist() == ["nip_contradicts", "nip_unknown"]
    # One row that the seed did not give may be a NIP corrected since.
    assert lost["count"].tolist() == [1, 1]
    assert questions.draw_effect(study).findings[0].reasons[-1].passed
    assert "199001012015011999" not in lost.to_string()


@pytest.mark.parametrize("name", ["35_draw_effect", "45_order_effect"])
def test_the_page_of_a_draw_says_who_was_compared(name: str):
    """And with that, whether the table is what its seed gives."""
    cells = nbformat.read(project.NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    code = "\n".join(c.source for c in cells if c.cell_type == "code")
    for key in ("compared", "attended", "record", "other_years"):
        assert f'"{key}"' in code, key


def test_people_drawn_again_with_another_seed_are_said_to_be(tmp_path: Path):
    """Nobody may read that their draw was made in another way, where its people were drawn again."""
    simulate.write(replace(WORLD, employees=400, units=10), tmp_path)
    file = tmp_path / "undian_2024.csv"
    rows = pd.read_csv(file, dtype=str)

    def told_of() -> list[str]:
        compared = questions.draw_effect(intake.study(tmp_path, 2024)).sentences["compared"]
        return [key for key in ("not_repeated", "drawn_again") if _all(key, compared)]

    def _all(key: str, compared: Text) -> bool:
        return all(told(f"draw.{key}")[lang] in compared[lang] for lang in LANGS)

    assert told_of() == []
    for _, of in rows.groupby("strata"):
        lots = of["nip"].map(lambda nip: lot(nip, "another"))
        first = lots.sort_values().index[: (of["terpilih"] == "ya").sum()]
        rows.loc[of.index, "terpilih"] = np.where(of.index.isin(first), "ya", "tidak")
    rows.to_csv(file, index=False)
    assert told_of() == ["not_repeated", "drawn_again"]
    rows.assign(benih="").to_csv(file, index=False)
    assert told_of() == ["not_repeated"]
