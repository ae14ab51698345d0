"""Tables and sentences repeat the answer's own figures; a hidden group has none anywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from math import nan

import pandas as pd
import pytest

from helpers import findings, present
from helpers.contracts import FAULTS, LANGS, UNITS, Answer, Check, Statement, Text
from helpers.present import Blocks, Sentence, Table, style
from tests.present.made import answer, estimate, finding, indicators, shares

FIGURE = re.compile(r"−?\d[\d.,]*")


def figures(text: str, lang: str) -> list[float]:
    """The numbers in a text, as a reader of the language reads them."""
    thousands, point = (".", ",") if lang == "id" else (",", ".")
    plain = [f.replace(thousands, "").replace(point, ".") for f in FIGURE.findall(text)]
    return [float(f.replace("−", "-")) for f in plain]


@pytest.fixture
def mixed() -> Answer:
    """Indicators of two kinds of amount: of everyone, of named units, and of a hidden group."""
    names = pd.DataFrame({"kode_unit": ["K1", "K2"], "nama_unit": ["Loket Satu", "Loket Dua"]})
    return answer(
        indicators("ikm", {2024: (91.25, 90.0, 92.5), 2023: (11.11, 10.0, 12.0)}, "IKM points"),
        indicators("ikm", {2024: (88.5, 80.0, 97.0)}, "IKM points", "unit", "K1"),
        indicators("ikm", {2024: (nan, nan, nan)}, "IKM points", "unit", "K2"),
        indicators("trained_share", {2024: (0.0523, 0.0101, 0.2)}, "share (0-1)"),
        indicators("trained_share", {2024: (1.0, nan, nan)}, "share (0-1)", "jenis_kelamin", "L"),
        frames={"unit_names": names},
    )


@pytest.mark.parametrize("lang", LANGS)
def test_indicators_of_the_year_with_hidden_groups_marked(mixed, lang):
    table = present.indicators(mixed, ["ikm", "trained_share"], lang)
    hidden = findings.word("hidden", lang)
    groups = [row[0] for row in table.rows]
    assert groups[1:3] == ["Loket Satu", "Loket Dua"]
    assert groups[0] == findings.word("ikm", lang)
    assert [row[2] for row in table.rows][-1] == "–"
    read = [[figures(cell, lang) for cell in row[1:]] for row in table.rows]
    assert read == [
        [[91.25], [90.0, 92.5], [40]],
        [[88.5], [80.0, 97.0], [40]],
        [[], [], []],
        [[5.2], [1.0, 20.0], [40]],
        [[100.0], [], [40]],
    ]
    assert table.rows[2][1:] == (hidden, "–", "–")
    assert table.numeric == (1, 2, 3) and len(table.header) == 4
    assert "11" not in table.words()


def test_indicators_that_are_not_there_give_nothing(mixed):
    assert present.indicators(mixed, ["jp_mean"], "id") == Blocks()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("participation", ("trained_share", "refusal_share", "jp_mean")),
        ("productivity_trends", ("skp_mean", "output_per_day", "on_time_share")),
        ("satisfaction_trends", ("ikm",)),
    ],
)
def test_a_real_table_shows_the_answers_figures(answers, question, names, lang):
    found = answers[question]
    rows = found.indicators[found.indicators["year"] == 2024]
    rows = pd.concat([style.youngest_first(rows[rows["indicator"] == name]) for name in names])
    table = present.indicators(found, names, lang)
    assert len(table.rows) == len(rows) > 0
    for shown, row in zip(table.rows, rows.itertuples(), strict=True):
        unit = UNITS[row.unit_label]
        near = pytest.approx
        if pd.isna(row.value):
            assert shown[1:] == (findings.word("hidden", lang), "–", "–")
            continue
        rounding = 0.51 * 10**-unit.decimals
        assert figures(shown[1], lang) == [near(row.value * unit.scale, abs=rounding)]
        ends = [row.ci_low * unit.scale, row.ci_high * unit.scale]
        assert figures(shown[2], lang) == near(ends, abs=rounding)
        assert figures(shown[3], lang) == [row.n]


def test_units_are_named_and_never_coded(answers):
    names = answers["satisfaction_trends"].frames["unit_names"]
    shown = present.indicators(answers["satisfaction_trends"], ["ikm"], "id")
    units = {row[0] for row in shown.rows} & set(names["nama_unit"])
    assert units == set(names["nama_unit"]) & units and len(units) > 5
    assert not {row[0] for row in shown.rows} & set(names["kode_unit"])


@pytest.mark.parametrize("lang", LANGS)
def test_ratings_are_a_table_of_shares(lang):
    frame = shares("predikat", baik=(0.6123, 0.55, 0.7, 130), kurang=(nan, nan, nan, nan))
    table = present.predikat(answer(frames={"predikat": frame}), lang)
    assert [figures(cell, lang) for cell in table.rows[0][1:]] == [[61.2], [55.0, 70.0], [130]]
    assert table.rows[1][1:] == (findings.word("hidden", lang), "–", "–")
    assert present.predikat(answer(), lang) == Blocks()


@pytest.mark.parametrize("lang", LANGS)
def test_effects_show_amounts_numbers_and_grades(lang):
    unknown = estimate("placebo", nan, "biaya")
    # A placebo on the outcome itself, such as a pretended date, is no outcome with a grade.
    pretended = estimate("placebo", 0.1, estimator="fake_date")
    rows = (estimate("primary", 0.4), estimate("descriptive", 0.9), pretended, unknown)
    table = present.effects(answer(estimates=rows, findings=(finding(),)), lang)
    assert len(table.rows) == 2
    first, last = table.rows
    # Output a day is shown as a share of the 8.0 before training.
    assert figures(first[1], lang) == [5.0]
    assert figures(first[2], lang) == [2.5, 8.8] or figures(first[2], lang) == [2.5, 8.7]
    assert [figures(cell, lang) for cell in first[3:6]] == [[1234], [56], [40]]
    assert first[6] == findings.say("grade.weak", lang)
    assert first[0] == findings.say("outcome.output_per_day", lang)
    assert last[1:3] == ("–", "–")
    assert last[0] == findings.say("outcome.biaya", lang)
    assert present.effects(answer(), lang) == Blocks()


def test_an_effect_too_small_to_matter_is_not_called_unanswered():
    small = replace(finding(grade="none"), claim="no_meaningful_effect")
    # What only describes the same outcome has no grade to show.
    beside = replace(finding(grade="none"), claim="descriptive", id="draw.output_per_day.distance")
    table = present.effects(
        answer(estimates=(estimate("primary", 0.1),), findings=(small, beside)), "en"
    )
    assert table.rows[0][6] == findings.say("grade.absent", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_checks_of_the_main_outcome(lang):
    table = present.checks(answer(findings=(finding(), finding("skp"))), lang)
    names = ("interval", "pre_trend", "bounds_training_year", "pre_trend_power", "placebo_date")
    assert [row[0] for row in table.rows] == [findings.say(f"check.{n}", lang) for n in names]
    assert [row[1] for row in table.rows] == [findings.say(f"check_asks.{n}", lang) for n in names]
    shown = [figures(row[2], lang) for row in table.rows]
    assert shown == [[0.001], [0.043], [0.43], [71.0], []]
    assert [row[2].startswith("p < ") for row in table.rows] == [True, False, False, False, False]
    yes, no, unknown = (findings.word(name, lang) for name in ("yes", "no", "unknown"))
    assert [row[3] for row in table.rows] == [yes, no, yes, no, unknown]
    assert [row[4] for row in table.rows] == [findings.say(f"check_not.{n}", lang) for n in names]
    assert present.checks(answer(), lang) == Blocks()


KINDS = {
    "breakdown": (1.5, 1.0, [1.5], "M̄ = "),
    "balance": (0.118, 0.25, [0.12], ""),
    "overlap": (0.914, 0.1, [91.0], ""),
    "events_per_variable": (1012.5, 10.0, [1012.5], ""),
    "attrition": (2.63, 5.7, [2.6, 5.7], ""),
    "movers": (0.4, nan, [0.4], ""),
    "spillover": (0.0431, 0.05, [0.043], "p = "),
    "confounder": (0.192, 0.001, [19.2, 0.1], ""),
    "detectable_effect": (3.1, 2.5, [3.1, 2.5], ""),
    "robust_inside": (2.5041, 2.5, [2.504, 2.5], ""),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", KINDS)
def test_a_figure_is_written_as_its_kind(name, lang):
    figure, threshold, shown, start = KINDS[name]
    made = replace(finding(), unit_label="output/day")
    made = replace(made, reasons=(Check(name, figure, threshold, True),))
    ((_, _, told, _, _),) = present.checks(answer(findings=(made,)), lang).rows
    assert told.startswith(start)
    assert figures(told, lang) == shown
    assert not re.search(r"_|%", told) or name in ("overlap", "confounder")


@pytest.mark.parametrize("lang", LANGS)
def test_a_check_whose_figure_is_hidden_says_so(lang):
    """Passed without a figure is passed with one that would tell of few people."""
    hidden, unknown = Check("attrition", nan, nan, True), Check("attrition", nan, nan, None)
    made = replace(finding(), reasons=(hidden, unknown))
    first, second = present.checks(answer(findings=(made,)), lang).rows
    assert (first[2], second[2]) == (findings.word("hidden", lang), "–")


@pytest.mark.parametrize("lang", LANGS)
def test_exclusions_are_listed_whole(lang):
    rows = [
        ("skm", "a.csv", 12, "u4", "out_of_scale", "excluded", 1234),
        ("peserta", "b.csv", 0, "", "nip_unknown", "excluded", 1),
        ("kinerja", "<i>.csv", 3, "x" * 80, "missing_marker", "repaired", 2),
    ]
    columns = ["table", "file", "row", "column", "fault", "action", "count"]
    frame = pd.DataFrame(rows, columns=columns)
    table = present.exclusions(answer(exclusions=frame), lang)
    assert len(table.rows) == 3
    for shown, row in zip(table.rows, rows, strict=True):
        assert shown[0] == row[1] and figures(shown[1], lang) == [row[2]]
        whole = len(row[3]) <= 60
        assert shown[2] == (row[3] if whole else f"{row[3][:59]}…") and shown[3] == row[4]
        assert shown[4] == FAULTS[row[4]].what[lang]
        assert shown[5] == findings.word(row[5], lang) != row[5] or lang == "en"
        assert figures(shown[6], lang) == [row[6]]
    assert "<i>" not in table.html()
    assert present.exclusions(answer(), lang) == Blocks()


@pytest.mark.parametrize("lang", LANGS)
def test_sentences_repeat_the_answer(lang):
    found = answer(
        findings=(finding(), finding("skp"), finding("ikm")),
        sentences={"b": Text("Dua.", "Two."), "next.gap": Text("Undang.", "Invite."), "e": Text()},
    )
    assert present.headline(found, lang) == found.lead[lang]
    others = [found.findings[1].text[lang], found.findings[2].text[lang]]
    assert [s.text for s in present.other_findings(found, lang).blocks] == others
    keys = ("b", "e", "unknown", found.findings[1].id)
    shown = present.sentences(found, keys, lang)
    assert [s.text for s in shown.blocks] == [found.sentences["b"][lang], others[0]]
    assert present.sentence(found, "b", lang).words() == found.sentences["b"][lang]
    steps = present.steps(found, lang)
    assert steps.html() == f'<ol class="steps"><li>{found.sentences["next.gap"][lang]}</li></ol>'


@pytest.mark.parametrize("lang", LANGS)
def test_statements_of_a_section_with_their_pages(lang):
    told = (
        Statement("tujuan", "ethics", Text("a & b", "c & d"), "open"),
        Statement("tujuan", "goals", Text("e", "f"), "weak", "30_productivity_trends"),
        Statement("tantangan", "no_need", Text("g", "h"), "described"),
    )
    first, second = present.statements(answer(statements=told), "tujuan", lang).blocks
    assert (first.text, second.text) == (told[0].text[lang], told[1].text[lang])
    claim = findings.say("claim.ethics", lang)
    assert first.heading == findings.say("report.claim", lang, claim=claim) != claim
    assert first.note.endswith(findings.say("grade.open", lang))
    assert (first.mark, first.link) == ("open", "")
    assert (second.mark, second.link) == ("weak", "30_productivity_trends.html")
    assert "30" in second.link_text and "<a " not in first.html()
    assert present.statements(answer(statements=told), "nowhere", lang) == Blocks()


@pytest.mark.parametrize("name", ["participation", "productivity_trends", "satisfaction_trends"])
def test_a_hidden_group_has_no_figure_in_any_table(answers, name):
    found = answers[name]
    names = tuple(dict.fromkeys(found.indicators["indicator"]))
    hidden = found.indicators["value"].isna() & (found.indicators["year"] == 2024)
    table = present.indicators(found, names, "en")
    assert isinstance(table, Table)
    marked = [row for row in table.rows if row[1] == findings.word("hidden", "en")]
    assert len(marked) == hidden.sum()
    assert all(not re.search(r"\d", "".join(row[1:])) for row in marked)


def test_synthetic_data_carry_their_label(answers, small_study):
    from dataclasses import replace

    study = small_study(2024)
    assert study.synthetic
    for lang in LANGS:
        label = present.notice(study, lang)
        assert label == Sentence(findings.say("report.synthetic", lang), "notice")
    assert present.notice(replace(study, synthetic=False), "en") == Blocks()


@pytest.mark.parametrize("lang", LANGS)
def test_the_youngest_stand_first_and_all_others_where_they_stood(lang):
    ages = [
        indicators("refusal_share", {2024: (v, v, v)}, "share (0-1)", "kelompok_umur", name)
        for name, v in (("35–44", 0.2), ("45–54", 0.3), ("55+", 0.4), ("<35", 0.1))
    ]
    before = indicators(
        "refusal_share", {2024: (0.9, 0.8, 1.0)}, "share (0-1)", "jenis_kelamin", "P"
    )
    after = indicators("refusal_share", {2024: (0.7, 0.6, 0.8)}, "share (0-1)", "kecamatan", "<a")
    made = answer(before, *ages, after)
    table = present.indicators(made, ["refusal_share"], lang)
    assert [row[1].replace(",", ".") for row in table.rows] == [
        f"{v}%" for v in ("90.0", "10.0", "20.0", "30.0", "40.0", "70.0")
    ]
