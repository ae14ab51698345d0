"""Every question is answered in both languages, with findings that say their figures, or waits."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import get_args

import pytest

from helpers import measures, questions
from helpers.contracts import LANGS, UNITS, Finding
from helpers.contracts.schemas import FrameName
from helpers.findings import say, staying_away

NEEDED = {
    "participation": ("kegiatan", "peserta"),
    "productivity_trends": ("kinerja",),
    "productivity_effect": ("kinerja", "kegiatan", "peserta"),
    "satisfaction_trends": ("skm",),
    "satisfaction_effect": ("skm", "kegiatan", "peserta"),
    "methods_and_dose": ("kinerja", "kegiatan", "peserta"),
    "learning": ("kegiatan", "peserta"),
}
WITH_FINDINGS = tuple(NEEDED)


def without(study, *names: str):
    return replace(study, **{name: study.table(name).iloc[:0] for name in names})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", questions.__all__)
def test_a_question_has_its_answer_in_words(answers, name, lang):
    answer = answers[name]
    assert (answer.question, answer.year, answer.waits) == (name, 2024, ())
    assert len(answer.lead[lang]) > 20
    said = [answer.lead, *answer.sentences.values(), *(f.text for f in answer.findings)]
    said += [s.text for s in answer.statements]
    for text in said:
        assert not re.search(r"\bnan\b|\{|\}|None", text[lang]), text
        assert text["id"] != text["en"] or not text
    assert set(answer.frames) <= set(get_args(FrameName))


@pytest.mark.parametrize("name", WITH_FINDINGS)
def test_a_question_opens_with_its_first_finding(answers, name):
    assert answers[name].lead == answers[name].findings[0].text


def test_the_ids_of_findings_are_unique_over_the_year(answers):
    ids = [f.id for answer in answers.values() for f in answer.findings]
    assert len(ids) == len(set(ids)) > 15
    for name in WITH_FINDINGS:
        for finding in answers[name].findings:
            assert finding.id.split(".")[0] == finding.question


def amounts(text: str, lang: str) -> list[float]:
    thousands, point = (".", ",") if lang == "id" else (",", ".")
    found = re.findall(r"−?\d[\d.,]*\d|−?\d", text)
    plain = [f.replace(thousands, "").replace(point, ".").replace("−", "-") for f in found]
    return [float(p) for p in plain]


def assert_said(finding: Finding, value: float, lang: str, decimals: int) -> None:
    """The amount stands in the sentence; a fall may be said without its sign."""
    said = amounts(finding.text[lang], lang)
    near = [abs(abs(a) - abs(value)) <= 0.51 * 10**-decimals for a in said]
    assert any(near), (finding.id, value, finding.text[lang])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["productivity_effect", "satisfaction_effect"])
def test_the_finding_of_an_effect_repeats_its_estimate(answers, name, lang):
    answer = answers[name]
    for finding in answer.findings:
        (estimate,) = answer.rows("primary", finding.outcome)
        assert finding.interval == estimate.interval
        assert finding.unit_label == estimate.about.unit_label
        for part in (estimate.interval.value, estimate.interval.low, estimate.interval.high):
            assert_said(finding, part * estimate.unit.scale, lang, _of_differences(estimate.unit))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["productivity_trends", "satisfaction_trends"])
def test_the_finding_of_a_trend_repeats_its_change(answers, name, lang):
    trends = [f for f in answers[name].findings if f.id.endswith(".trend")]
    assert trends
    for finding in trends:
        assert finding.interval.known
        unit = UNITS[finding.unit_label]
        for part in (finding.interval.value, finding.interval.low, finding.interval.high):
            assert_said(finding, part * unit.scale, lang, _of_differences(unit))


def _of_differences(unit):
    """Points of a difference are told with one decimal (page.md)."""
    return unit.decimals if unit.fewer is None else unit.fewer


def test_a_trend_and_its_indicators_say_the_same(answers):
    """The change is the last year's level less the first year's, as the indicators have them."""
    for name, indicator, key, years in (
        ("satisfaction_trends", "ikm", "satisfaction.ikm.trend", (2019, 2024)),
        ("productivity_trends", "output_per_day", None, (2019, 2024)),
        ("productivity_trends", "skp_mean", "productivity.skp.trend", (2022, 2024)),
        ("productivity_trends", "on_time_share", None, (2019, 2024)),
    ):
        answer = answers[name]
        rows = answer.indicators.query("indicator == @indicator and group_by == 'all'")
        level = rows.set_index("year")["value"]
        finding = answer.finding(key or f"productivity.{indicator}.trend")
        first, last = years
        assert finding.interval.value == pytest.approx(level[last] - level[first])
        assert str(first) in finding.text["en"] and str(last) in finding.text["en"]


def test_shares_of_a_finding_are_those_of_its_frame(answers):
    answer = answers["participation"]
    never = answer.finding("participation.never_invited.level")
    row = answer.frames["never_invited"].iloc[0]
    assert row["group_by"] == "all"
    assert (never.interval.value, never.interval.n) == (row["value"], row["n"])
    rating = answers["productivity_trends"].finding("productivity.predikat.level")
    shown = answers["productivity_trends"].frames["predikat"].dropna(subset=["value"])
    assert rating.interval.value == shown["value"].max()
    assert_said(rating, rating.interval.value * 100, "id", 1)


def test_only_an_effect_may_claim_more_than_a_description(answers):
    for answer in answers.values():
        for finding in answer.findings:
            effect = finding.id.endswith(".effect")
            assert effect or (finding.claim, finding.grade) == ("descriptive", "none")
            assert effect or finding.reasons == ()


@pytest.mark.parametrize("name", ["productivity_effect", "satisfaction_effect"])
def test_outcomes_that_training_cannot_move_come_last(answers, study, name):
    own = {f.outcome for f in answers[name].findings}
    last = [e.outcome in own for e in answers[name].estimates]
    assert last == sorted(last, reverse=True)
    outcomes = getattr(study.plan.outcomes, name.split("_")[0])
    assert [f.outcome for f in answers[name].findings] == [outcomes.primary, *outcomes.secondary]
    untouched = [e.outcome for e in answers[name].rows("placebo") if e.outcome not in own]
    assert untouched == list(getattr(outcomes, "negative_controls", ()))


@pytest.mark.parametrize(
    ("name", "gone"),
    [(name, gone) for name, needed in NEEDED.items() for gone in (*needed, "+".join(needed))],
)
def test_a_question_waits_for_exactly_the_tables_that_are_not_there(study, name, gone):
    absent = tuple(gone.split("+"))
    answer = getattr(questions, name)(without(study, *absent))
    assert answer.waits == tuple(n for n in NEEDED[name] if n in absent)
    assert answer.findings == answer.estimates == ()
    assert len(answer.indicators) == len(answer.exclusions) == len(answer.frames) == 0
    for lang in LANGS:
        assert all(table in answer.lead[lang] for table in absent)
        assert not any(other in answer.lead[lang].split() for other in study.absent)


@pytest.mark.parametrize("name", NEEDED)
def test_a_question_does_not_wait_for_what_it_does_not_need(study, name):
    others = {"kegiatan", "peserta", "kinerja", "skm", "undian", "undian_unit"} - set(NEEDED[name])
    assert getattr(questions, name)(without(study, *others)).waits == ()


@pytest.mark.parametrize("name", ["contents", "data_quality", "annual_report"])
def test_some_questions_never_wait(study, name):
    answer = getattr(questions, name)(without(study, *NEEDED["satisfaction_effect"], "kinerja"))
    assert answer.waits == () and answer.lead["id"] and answer.lead["en"]


def test_contents_and_quality_say_what_the_study_holds(answers, study):
    people = study.pegawai["pegawai_id"].nunique()
    said = amounts(answers["contents"].lead["en"], "en")
    assert said == [people, len(study.unit), len(study.skm), 2019, 2024]
    assert answers["contents"].frames["contents"]["rows"].sum() == sum(
        len(study.table(n)) for n in ("pegawai", "kegiatan", "peserta", "kinerja", "skm")
    )
    assert answers["data_quality"].exclusions.equals(study.exclusions)
    assert amounts(answers["data_quality"].lead["en"], "en")[0] == 100.0


def test_who_has_no_year_before_training_is_counted_aloud_unless_few(answers, small_study, plan):
    study = small_study(2024)
    frame = measures.employee_year(study).frame
    seen = frame[frame["output_per_day"].notna()]
    early = seen[(seen["cohort"] > 0) & (seen["cohort"] <= seen["year"].min())]
    people = early["entity"].nunique()
    said = answers["productivity_effect"].sentences["always_trained"]
    for lang in LANGS:
        shown = amounts(said[lang], lang)
        assert shown == ([] if people == 0 else [max(people, plan.privacy.small_cell)])


@pytest.mark.parametrize(
    ("people", "shown"), [(0, []), (1, [10]), (9, [10]), (10, [10]), (27, [27])]
)
def test_few_people_without_a_year_before_are_not_counted_aloud(people, shown):
    from helpers.questions import productivity_effect

    module = sys.modules[productivity_effect.__module__]
    for lang in LANGS:
        said = module._always_trained(people, 10)[lang]
        assert amounts(said, lang) == shown
        few = say("always.few", lang, n=10)
        assert (said == few) == (0 < people < 10)


def test_where_nobody_came_it_is_said_and_not_that_few_refused(study):
    of_year = study.peserta["tahun"] == study.year
    away = study.peserta["kehadiran"].mask(of_year, "tidak_hadir")
    answer = questions.participation(replace(study, peserta=study.peserta.assign(kehadiran=away)))
    (point, *_) = staying_away.points(answer)
    for lang, came, refused in (
        ("id", "tidak seorang pun", "menolak"),
        ("en", "nobody", "refused"),
    ):
        assert came in answer.lead[lang] and "{" not in answer.lead[lang]
        assert point.figure[lang].lower().startswith(came)
        assert refused not in point.text[lang] + point.figure[lang]
