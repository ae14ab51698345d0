"""The page to explore holds what is published, hidden as published, graded as published, and no
more.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from math import nan

import pandas as pd
import pytest

from helpers.contracts import LANGS, Answer, Interval, Lang
from helpers.contracts.results import Record
from helpers.findings import say, word
from helpers.publish import Page, explore_page
from tests.findings.test_words import CAUSAL
from tests.present.made import answer, estimate, finding, indicators

_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
_HIDDEN = (nan, nan, nan)
# Two units of one name, one of which a browser would take for a part of the page.
_NAMES = pd.DataFrame(
    {
        "kode_unit": ["K1", "K2", "K3"],
        "nama_unit": ["Loket <b>A</b>", "Loket <b>A</b>", "=</script><script>alert(1)"],
    }
)


def _answer() -> Answer:
    rows = [
        indicators("refusal_share", {2023: _HIDDEN, 2024: (0.2, 0.1, 0.3)}, "share (0-1)"),
        indicators("ikm", {2023: (80.0, 79.0, 81.5), 2024: (82.0, 81.0, 83.0)}, "IKM points"),
        *(
            indicators("ikm", {2024: (70.0 + i, 69.0, 80.0)}, "IKM points", "unit", code)
            for i, code in enumerate(_NAMES["kode_unit"])
        ),
        indicators("ikm", {2024: _HIDDEN}, "IKM points", "unit", "K9"),
    ]
    graded = replace(finding(), record=Record(987, 12))
    trend = replace(finding(), id="productivity.output_per_day.trend", claim="descriptive")
    unknown = replace(estimate("robustness", 1.0), interval=Interval())
    later = estimate("event_study", 0.3, horizon=1)
    estimates = (estimate("primary", 0.4), unknown, later, estimate("placebo", 0.1, "biaya"))
    frames = {"unit_names": _NAMES}
    return answer(*rows, findings=(graded, trend), estimates=estimates, frames=frames)


def explored(lang: Lang = "en", *answers: Answer) -> str:
    """The page of an answer made by hand, or of others."""
    around = Page("t", "h", lang, "0" * 64, "2024")
    return explore_page(answers or [_answer()], around, 10)


def _rows(page: str, part: str) -> list[list[str]]:
    within = re.search(rf'<section class="browse" id="{part}".*?</section>', page, re.DOTALL)
    assert within
    found = (_CELL.findall(row) for row in _ROW.findall(within[0]))
    return [[html.unescape(c) for c in cells] for cells in found if cells]


def _carried(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def test_every_published_row_is_there_and_drawn_in_its_own_place():
    page, given = explored(), _answer()
    levels, carried = _rows(page, "indicators"), _carried(page)["indicators"]
    assert len(levels) == len(given.indicators) == len(carried["value"])
    shown = {(cells[0], cells[2], cells[3]): at for at, cells in enumerate(levels)}
    at = shown[word("ikm", "en"), "all", "2024"]
    assert levels[at][4:] == ["82.00 IKM points", "81.00 to 83.00", "40"]
    assert [carried[k][at] for k in ("value", "low", "high", "at")] == [82.0, 81.0, 83.0, 2024]
    # A share is drawn in per cent, as its axis says.
    at = shown[word("refusal_share", "en"), "all", "2024"]
    assert (carried["value"][at], carried["axis"][at]) == (20.0, "%")
    differences = _rows(page, "differences")
    assert len(differences) == len(given.estimates) == len(_carried(page)["differences"]["value"])


def test_what_is_hidden_or_unknown_has_no_figure_anywhere():
    page = explored()
    levels, carried = _rows(page, "indicators"), _carried(page)["indicators"]
    hidden = [at for at, cells in enumerate(levels) if cells[4] == word("hidden", "en")]
    assert [levels[at][5:] for at in hidden] == [["–", "–"]] * 2
    for name in ("value", "low", "high"):
        assert [at for at, v in enumerate(carried[name]) if v is None] == hidden
    assert {carried["text"][at] for at in hidden} == {"–"}
    assert say("methods.hidden", "en", cell="10") in page
    unknown = _rows(page, "differences")[1]
    assert unknown[3:5] == ["–", "–"]
    assert [_carried(page)["differences"][k][1] for k in ("value", "low", "high")] == [None] * 3


@pytest.mark.parametrize("lang", LANGS)
def test_only_the_comparison_of_a_finding_has_its_grade(lang):
    page = explored(lang)
    grades = [cells[-1] for cells in _rows(page, "differences")]
    assert grades == [say("grade.weak", lang), *[say("browse.ungraded", lang)] * 3]
    # Its sentence is shown beside each row about it; a trend, or another outcome, lends none.
    assert _carried(page)["differences"]["claims"] == [[0], [0], [0], []]
    assert _carried(page)["findings"] == [
        [say("browse.question.productivity", lang), say(f"grade.{g}", lang)]
        for g in ("weak", "described")
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_grade_never_stands_without_how_often_it_was_wrong(lang):
    (note,) = re.findall(r'<p class="grade">([^<]*987[^<]*)</p>', explored(lang))
    assert say("grade.weak", lang) in html.unescape(note) and "12" in note


@pytest.mark.parametrize("lang", LANGS)
def test_how_many_are_compared_says_of_whom(lang):
    counted = replace(estimate("primary", 0.4), n_treated=1206, n_control=14)
    surveyed = replace(counted, about=replace(counted.about, unit_label="IKM points"))
    page = explored(lang, replace(_answer(), estimates=(counted, surveyed)))
    both = {"id": "1.206 / 14", "en": "1,206 / 14"}[lang]
    of = [say(f"caption.{of}", lang) for of in ("employees", "units")]
    assert [cells[5] for cells in _rows(page, "differences")] == [f"{both} {o}" for o in of]
    none = replace(counted, n_treated=0, n_control=0)
    page = explored(lang, replace(_answer(), estimates=(none,)))
    assert _rows(page, "differences")[0][5] == "–"


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_itself_names_no_cause(lang):
    own = {k: say(k, lang) for k in _OWN}
    assert not {k: text for k, text in own.items() if CAUSAL.search(text)}


_OWN = [
    *(f"browse.{k}" for k in ("intro", "indicators_say", "differences_say", "findings_say")),
    *(f"browse.role.{k}" for k in ("primary", "event_study", "robustness", "placebo")),
    *(f"browse.role_says.{k}" for k in ("primary", "event_study", "robustness", "sensitivity")),
    *(f"browse.role_says.{k}" for k in ("subgroup", "descriptive")),
]


def test_units_of_one_name_are_told_apart_and_names_stay_texts():
    page = explored()
    names = {cells[2] for cells in _rows(page, "indicators")}
    assert {"Loket <b>A</b> (K1)", "Loket <b>A</b> (K2)", "K9"} <= names
    assert "<b>" not in page and "<script>alert" not in page
    # What is carried to the script ends no script either.
    one = estimate("subgroup", 0.2)
    wild = replace(one, about=replace(one.about, group="kecamatan=</script>"))
    carried = explored("en", replace(_answer(), estimates=(wild,)))
    assert _carried(carried)["differences"]["label"] == ["district: </script>"]
    assert page.count("</script>") == carried.count("</script>") == 3


def test_main_indicators_and_everybody_come_first():
    order = [(c[0], c[1], c[3]) for c in _rows(explored(), "indicators")]
    ikm, refused = word("ikm", "en"), word("refusal_share", "en")
    assert order[:3] == [(ikm, "all", "2023"), (ikm, "all", "2024"), (ikm, "unit", "2024")]
    assert order[-1] == (refused, "all", "2024")


def test_an_answer_without_figures_gives_a_page_that_says_so():
    page = explored("en", answer())
    assert say("browse.nothing", "en") in page and "<table" not in page
    assert say("browse.nothing", "en") not in explored()


def test_scores_on_two_scales_are_not_joined():
    scores = indicators(
        "skp_mean", dict.fromkeys((2021, 2022, 2023), (80.0, 79.0, 81.0)), "SKP points"
    )
    assert _carried(explored("en", answer(scores)))["indicators"]["part"] == [0, 1, 1]


def test_a_region_of_many_units_stays_below_three_megabytes():
    years = dict.fromkeys(range(2018, 2025), (80.123, 79.456, 81.789))
    sizes = [len(explored("id", answer(*_units(many, years))).encode()) for many in (10, 30)]
    each = (sizes[1] - sizes[0]) / 20
    assert each > 1_000 and sizes[0] + 490 * each < 3_000_000


def _units(many: int, years: dict[int, tuple[float, float, float]]) -> list[pd.DataFrame]:
    codes = (f"UNIT{i:04d}" for i in range(many))
    return [indicators("ikm", years, "IKM points", "unit", code) for code in codes]
