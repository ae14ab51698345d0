"""Regions with hardly anything in them: every question still gets an answer in words, none a traceback."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import intake, present, publish, questions, simulate
from helpers.contracts import LANGS, Answer, EvaluasiError, Finding
from helpers.questions.annual_report import PAGES

OPTIONAL = ["opd", "kecamatan", "layanan_publik", "nama", "status", "jenis_kelamin", "tanggal_lahir", "golongan", "jenis_jabatan", "eselon", "pendidikan", "tmt", "tanggal_selesai", "biaya", "alasan", "nilai_pre", "nilai_post", "nilai_reaksi", "produktivitas_diri", "hasil_kerja", "perilaku_kerja", "predikat", "tepat_waktu", "hukuman_disiplin", "id_respon", "umur", "pekerjaan", "saran"]  # fmt: skip


def _all_told(folder: Path, year: int, plan) -> dict[str, Answer]:
    """Every question answered and told in both languages, and shown as its notebook does."""
    study = intake.study(folder, year, plan)
    answers = {page: question(study) for page, question in PAGES.items()}
    answers |= {
        "00_start_here": questions.contents(study),
        "90_annual_report": questions.annual_report(study),
    }
    for at, answer in enumerate(answers.values()):
        for lang in LANGS:
            for text in (
                answer.lead,
                *answer.sentences.values(),
                *(f.text for f in answer.findings),
                *(s.text for s in answer.statements),
            ):
                assert not re.search(r"\bnan\b|…:|\b0 pertanyaan|^–|Of 0 ", text[lang]), text
            assert answer.lead[lang]
        # In one language a page, which takes as long as reading it in both.
        _shown(answer, LANGS[at % len(LANGS)])
    return answers


def _shown(answer: Answer, lang: str) -> None:
    for draw in (present.event_study, present.simple_comparisons, present.effects, present.checks, present.outcomes, present.ikm_by_unit,
                 present.predikat, present.exclusions, present.exclusion_counts, present.steps, present.other_findings):  # fmt: skip
        draw(answer, lang)
    for name in ("answers", "reasons", "never_invited"):
        present.shares(answer, name, lang)
    for name in ("ikm", "output_per_day", "skp_mean"):
        present.trend(answer, name, lang)
    present.indicators(answer, ["ikm", "output_per_day", "trained_share"], lang)
    if answer.question == "contents":
        present.contents(answer, lang)
    if answer.statements:
        present.main_points(answer, lang)


def _findings(answers: dict[str, Answer]) -> list[Finding]:
    return [f for a in answers.values() for f in a.findings]


def _without(folder: Path, columns: list[str]) -> None:
    for file in folder.glob("*.csv"):
        frame = pd.read_csv(file, dtype=str)
        frame.drop(columns=[c for c in columns if c in frame]).to_csv(file, index=False)


@pytest.mark.parametrize(
    ("size", "year"),
    [
        ({"employees": 60, "units": 1, "forms_per_year": 100}, 2024),
        ({"employees": 60, "units": 2, "forms_per_year": 100}, 2024),
        ({"employees": 100, "units": 5, "forms_per_year": 200, "first_year": 2023}, 2024),
        ({"employees": 100, "units": 5, "forms_per_year": 200}, 2020),
        ({"employees": 100, "units": 5, "forms_per_year": 200}, 2019),
        ({"employees": 30, "units": 3, "forms_per_year": 20}, 2024),
    ],
    ids=[
        "one unit",
        "two units",
        "two years",
        "first year of training",
        "before any training",
        "thirty people",
    ],
)
def test_a_thin_region_is_told_in_words(tmp_path: Path, plan, size, year):
    simulate.write(simulate.World(**size), tmp_path / "data")
    told = _all_told(tmp_path / "data", year, plan)
    assert not any(f.may_claim_cause for f in _findings(told))


@pytest.mark.parametrize(
    "columns",
    [
        OPTIONAL,
        ["output", "hari_kerja", "predikat", "tepat_waktu"],
        ["output", "hari_kerja", "nilai_skp"],
    ],
)
def test_optional_columns_may_be_missing(tmp_path: Path, plan, columns):
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), tmp_path / "data")
    _without(tmp_path / "data", columns)
    _all_told(tmp_path / "data", 2024, plan)


@pytest.mark.parametrize(("unknown", "answered"), [(0.6, False), (0.3, True), (1.0, True)])
def test_a_trait_known_of_half_compares_nobody(tmp_path: Path, plan, unknown, answered):
    """Not recorded at all it is told in the methods; known of most, the others are a group."""
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=300, units=12, forms_per_year=300), data)
    for file in data.glob("pegawai_*.csv"):
        frame = pd.read_csv(file, dtype=str)
        # Of the same people in every year.
        rows = frame["nip"].str[-5:-3].astype(int) * 7919 % 100 < 100 * unknown
        frame.assign(pendidikan=frame["pendidikan"].mask(rows)).to_csv(file, index=False)
    told = _all_told(data, 2024, plan)
    (main, *_) = told["31_productivity_effect"].findings
    assert math.isfinite(main.interval.value) == answered
    assert ("education is recorded for half" in main.text.en) != answered
    assert ("pendidikan tercatat hanya untuk separuh" in main.text.id) != answered
    not_alike = "not made alike: education"
    how = told["90_annual_report"].say("methods.how").en
    assert (not_alike in how) == (unknown == 1)
    read = told["10_data_quality"].sentences
    assert ("seldom" in read, "unrecorded" in read) == (not answered, unknown == 1)


@pytest.mark.parametrize(
    "gone", [["skm*"], ["kinerja*"], ["peserta*"], ["skm_2024*"], ["peserta*", "kinerja*"]]
)
def test_tables_may_be_missing(tmp_path: Path, plan, gone):
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), tmp_path / "data")
    for pattern in gone:
        for file in (tmp_path / "data").glob(pattern):
            file.unlink()
    told = _all_told(tmp_path / "data", 2024, plan)
    assert bool(told["31_productivity_effect"].waits) == any(
        g.startswith(("kinerja", "peserta")) for g in gone
    )
    for page in told.values():
        assert "undian" not in page.lead.id and all(
            "undian" not in s.text.id for s in page.statements
        )


@pytest.mark.parametrize("answer", ["tidak_hadir", "menolak", ""])
def test_nobody_may_have_come(tmp_path: Path, plan, answer: str):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), data)
    for file in data.glob("peserta_*"):
        pd.read_csv(file, dtype=str).assign(kehadiran=answer).to_csv(file, index=False)
    if answer:
        told = _all_told(data, 2024, plan)
        effects = [f for f in _findings(told) if f.id.endswith(".effect")]
        assert effects and all(f.claim == "inconclusive" for f in effects)
    else:
        with pytest.raises(EvaluasiError, match="kehadiran"):
            intake.study(data, 2024, plan)


def test_everybody_trained_at_once_cannot_be_compared(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), data)
    people = pd.concat(pd.read_csv(f, dtype=str) for f in data.glob("pegawai_*"))["nip"].unique()
    activity = pd.read_csv(data / "kegiatan.csv", dtype=str)["kode_kegiatan"][0]
    for file in data.glob("peserta_*"):
        file.unlink()
    pd.DataFrame({"kode_kegiatan": activity, "nip": people, "kehadiran": "hadir"}).to_csv(
        data / "peserta.csv", index=False
    )
    told = _all_told(data, 2024, plan)
    effects = [f for f in _findings(told) if f.id.endswith(".effect")]
    assert effects and all(f.claim == "inconclusive" for f in effects)


@pytest.mark.parametrize(
    ("size", "why"),
    [
        ({"employees": 120}, "fewer than 200 employees"),
        ({"employees": 400, "units": 6}, "fewer units than traits"),
        ({"employees": 240}, "a single trained person makes a trained unit"),
    ],
    ids=["120 employees", "fewer units than traits", "six staff a unit"],
)
def test_what_was_never_tried_names_no_cause(tmp_path: Path, plan, size, why):
    """However clear the effect would be; it is large here."""
    world = simulate.World(seed=7, effect_productivity=0.2, effect_satisfaction=9.0, **size)
    simulate.write(world, tmp_path)
    told = _all_told(tmp_path, 2024, plan)
    main = [told[p].findings[0] for p in ("31_productivity_effect", "41_satisfaction_effect")]
    of_units = [f for f in main if why in f.text.en]
    assert of_units and all(f.claim == "inconclusive" for f in of_units)
    assert not any(f.may_claim_cause for f in of_units)


def test_exactly_one_trained_unit_is_told_in_words(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=200, units=10, forms_per_year=600), data)
    people = pd.concat(pd.read_csv(f, dtype=str) for f in data.glob("pegawai_*"))
    service = (
        pd.read_csv(data / "unit.csv", dtype=str)
        .query("layanan_publik == 'ya'")["kode_unit"]
        .iloc[0]
    )
    of_unit = people.loc[people["kode_unit"] == service, "nip"].unique()
    invited = pd.concat(pd.read_csv(f, dtype=str) for f in data.glob("peserta_*"))
    for file in data.glob("peserta_*"):
        file.unlink()
    invited[invited["nip"].isin(of_unit)].to_csv(data / "peserta.csv", index=False)
    told = _all_told(data, 2024, plan)["41_satisfaction_effect"]
    assert "two-way fixed effects" in repr(present.simple_comparisons(told, "en"))
    assert "the simple comparisons alone" in told.sentences["simple"].en
    assert told.sentences["detectable"].en.startswith("Without an estimate")


def test_a_blank_question_of_one_year_leaves_the_others_answered(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), data)
    forms = pd.read_csv(data / "skm_2019.csv", dtype=str)
    forms.assign(u4="").to_csv(data / "skm_2019.csv", index=False)
    ikm = _all_told(data, 2024, plan)["40_satisfaction_trends"].indicators.query(
        "indicator == 'ikm' and group_by == 'all'"
    )
    assert set(ikm["year"]) == set(range(2018, 2025)) - {2019}
    of_2019 = _all_told(data, 2019, plan)["40_satisfaction_trends"]
    assert "biaya" in of_2019.lead.id and "2019" in of_2019.lead.id


def test_ratings_alone_are_an_answer_with_its_reason(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=200, units=8, forms_per_year=300), data)
    _without(data, ["nilai_skp", "output", "hari_kerja", "tepat_waktu"])
    lead = _all_told(data, 2024, plan)["30_productivity_trends"].lead
    assert "output, hari_kerja" in lead.id and re.search(r"baik \(\d", lead.id)


def test_where_everything_is_excluded_no_report_is_made(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=100, units=6, forms_per_year=200), data)
    for file in (*data.glob("kinerja_*"), *data.glob("peserta_*")):
        frame = pd.read_csv(file, dtype=str)
        frame.assign(nip="19" + frame["nip"].str[2:].str[::-1].str[:15] + "7").to_csv(
            file, index=False
        )
    for file in data.glob("skm_*"):
        frame = pd.read_csv(file, dtype=str)
        frame.assign(kode_unit="X99").to_csv(file, index=False)
    with pytest.raises(EvaluasiError, match="mass_loss"):
        intake.study(data, 2024, plan)


def test_where_every_unit_is_unknown_no_report_is_made(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=100, units=6, forms_per_year=200), data)
    for file in data.glob("pegawai_*"):
        pd.read_csv(file, dtype=str).assign(kode_unit="X99").to_csv(file, index=False)
    with pytest.raises(EvaluasiError, match="mass_loss"):
        intake.study(data, 2024, plan)


def test_where_nobody_is_left_questions_wait(small_study):
    study = small_study(2024)
    nobody = replace(study, pegawai=study.pegawai.head(0))
    assert questions.productivity_effect(nobody).waits == ("pegawai",)
    assert questions.methods_and_dose(nobody).waits == ("pegawai",)
    nothing = {t: getattr(study, t).head(0) for t in ("kinerja", "peserta", "skm")}
    assert "alasannya" in questions.contents(replace(study, **nothing)).lead.id


@pytest.mark.parametrize("out", [5, None, ["reports"]])
def test_an_out_that_names_no_folder_gives_one_sentence(small_study, out):
    study = small_study(2024)
    for ask in (
        lambda: publish.answer(questions.contents(study), out),
        lambda: questions.annual_report(study, out),
    ):
        with pytest.raises(EvaluasiError, match="out: found") as refused:
            ask()
        assert len(refused.value.message("en").splitlines()) == 1


@pytest.mark.parametrize(
    ("year", "told"),
    [("2023", ""), ("dua ribu", "dua ribu"), (20.5, "20.5"), (None, "None"), ("", "''")],
)
def test_any_year_that_a_person_types_gives_one_sentence(small_region: Path, plan, year, told):
    if not told:
        assert intake.study(small_region, year, plan).year == 2023
        return
    with pytest.raises(EvaluasiError) as refused:
        intake.study(small_region, year, plan)
    assert (
        told in refused.value.message("en") and len(refused.value.message("en").splitlines()) == 1
    )


def test_an_unknown_language_gives_one_sentence(small_study):
    answer = questions.contents(small_study(2024))
    for show in (present.headline, present.contents, present.exclusions):
        with pytest.raises(EvaluasiError, match="xx"):
            show(answer, "xx")


def test_no_figure_and_no_line_crosses_the_break_of_the_skp_scale(small_study):
    for year, first in ((2024, 2022), (2022, None), (2021, 2019)):
        trend = questions.productivity_trends(small_study(year)).finding("productivity.skp.trend")
        if first is None:
            assert not trend.interval.known and "PermenPANRB 6/2022" in trend.text.id
        else:
            assert (
                trend.interval.known
                and f"{first}" in trend.text.en
                and abs(trend.interval.value) < 5
            )


def test_years_of_few_people_are_not_compared(tmp_path: Path, plan):
    """Three people measured in the first year: no sentence and no figure tells their mean."""
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), data)
    for name, rows in (("kinerja_2018", 3), ("skm_2018", 9)):
        frame = pd.read_csv(data / f"{name}.csv", dtype=str)
        frame.head(rows).to_csv(data / f"{name}.csv", index=False)
    answers = _all_told(data, 2024, plan)
    for page, key in (
        ("30_productivity_trends", "productivity.output_per_day.trend"),
        ("40_satisfaction_trends", "satisfaction.ikm.trend"),
    ):
        found = answers[page].finding(key)
        assert "2019" in found.text.en and "2018" not in found.text.en


def test_nobody_refusing_is_no_hidden_answer(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), data)
    for file in data.glob("peserta_*"):
        frame = pd.read_csv(file, dtype=str)
        frame.assign(kehadiran="hadir", alasan="").to_csv(file, index=False)
    lead = _all_told(data, 2024, plan)["20_participation"].lead
    assert "100.0% of training invitations were attended, and 0.0% of the people" in lead.en


def test_a_roll_of_few_people_is_told_without_a_dash(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=30, units=3, forms_per_year=60), data)
    people = pd.read_csv(data / "pegawai_2024.csv", dtype=str)["nip"].head(8)
    for file in (*data.glob("pegawai_*"), *data.glob("kinerja_*"), *data.glob("peserta_*")):
        frame = pd.read_csv(file, dtype=str)
        kept = frame[frame["nip"].isin(people)]
        if kept.empty:
            file.unlink()
        else:
            kept.to_csv(file, index=False)
    for answer in _all_told(data, 2024, plan).values():
        assert not re.search(r"(^|[ ,])– (of|pegawai|undangan)", answer.lead.id + answer.lead.en)
