"""The page to explore, as a reader uses it: picked by keyboard, drawn with its table, offline, on a
phone, and whole without JavaScript.
"""

from __future__ import annotations

import csv
import io
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.contracts import Lang
from helpers.findings import say, word
from tests.conftest import chromium
from tests.publish.test_explore_page import explored

pytestmark = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")

# Texts of a picture that reach beyond it, with what they say.
_CUT = """() => [...document.querySelectorAll('svg.drawn')].flatMap(svg => {
    const room = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(one => {
        const at = one.getBoundingClientRect();
        return at.left < room.left - 1 || at.right > room.right + 1 || at.top < room.top - 1
            || at.bottom > room.bottom + 1;
    }).map(one => one.textContent);
})"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Path]:
    """The page of an answer made by hand, in each language."""
    folder = tmp_path_factory.mktemp("explore")
    told: dict[Lang, Path] = {"id": folder / "id.html", "en": folder / "en.html"}
    for lang, path in told.items():
        path.write_text(explored(lang), encoding="utf-8")
    return told


@pytest.fixture
def page(browser) -> Iterator[Any]:
    """A page without a network, which asks nobody and fails nowhere."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda r: asked.append(r.url))
    opened.on("pageerror", lambda e: asked.append(str(e)))
    yield opened
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    context.close()


def _seen(page: Any, part: str) -> list[list[str]]:
    """The table beside the picture, row by row."""
    rows = page.locator(f"#{part} .seen tbody tr")
    return [rows.nth(i).locator("td").all_inner_texts() for i in range(rows.count())]


def _options(page: Any, part: str, at: int) -> list[str]:
    return page.locator(f"#{part} select").nth(at).locator("option").all_inner_texts()


def test_what_is_picked_by_keyboard_is_drawn_beside_its_table(page, places):
    page.goto(places["en"].as_uri())
    first = page.get_by_label("Indicator", exact=True)
    assert _seen(page, "indicators") == [
        ["2023", "80.00", "79.00 to 81.50", "40"],
        ["2024", "82.00", "81.00 to 83.00", "40"],
    ]
    picture = page.locator("#indicators svg")
    assert picture.get_attribute("role") == "img"
    assert "2023: 80.00; 2024: 82.00" in picture.get_attribute("aria-label")
    assert {"IKM points", "year"} <= set(picture.locator("text").all_text_contents())
    first.focus()
    page.keyboard.press("ArrowDown")
    told = word("refusal_share", "en")
    assert page.locator("#indicators .picked").inner_text().startswith(told)
    assert _seen(page, "indicators") == [
        ["2023", word("hidden", "en"), "–", "–"],
        ["2024", "20.0%", "10.0% to 30.0%", "40"],
    ]
    assert page.locator("#indicators .hidden-mark").all_text_contents() == ["×"]
    assert (
        say("browse.hidden", "en", years="2023") in page.locator("#indicators .seen").inner_text()
    )


def test_each_list_offers_what_the_lists_before_it_leave(page, places):
    page.goto(places["en"].as_uri())
    assert _options(page, "indicators", 1) == ["all", "unit"]
    page.get_by_label("By", exact=True).select_option("unit")
    units = _options(page, "indicators", 2)
    assert len(units) == 4 and "K9" in units
    # A unit of which every year is hidden has no picture; the table and a sentence say why.
    page.get_by_label("Group or unit").select_option("K9")
    assert page.locator("#indicators svg").count() == 0
    assert _seen(page, "indicators") == [["2024", word("hidden", "en"), "–", "–"]]
    page.get_by_label("Indicator", exact=True).select_option(word("refusal_share", "en"))
    assert _options(page, "indicators", 1) == ["all"]


def test_a_comparison_never_stands_without_its_sentence_and_grade(page, places):
    page.goto(places["en"].as_uri())
    roles = _options(page, "differences", 2)
    assert len(roles) == 3
    for role in roles:
        page.locator("#differences select").nth(2).select_option(role)
        claim = page.locator("#differences .seen .claim")
        assert claim.count() == 1 and "On output_per_day." in claim.inner_text()
        assert say("grade.weak", "en") in claim.inner_text()
    page.locator("#differences select").nth(1).select_option(say("outcome.biaya", "en"))
    assert page.locator("#differences .seen .claim").count() == 0
    assert say("browse.unclaimed", "en") in page.locator("#differences .seen").inner_text()


def test_findings_are_picked_by_their_grade(page, places):
    page.goto(places["en"].as_uri())
    assert page.locator("#findings .claim:visible").count() == 2
    page.get_by_label(say("report.grade", "en")).select_option(say("grade.weak", "en"))
    assert page.locator("#findings .claim:visible").count() == 1
    assert page.locator("#findings .picked").inner_text() == "1 of 2 findings"


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_pick_is_wider_than_the_screen_and_no_label_is_cut(page, places, lang, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(places[lang].as_uri())
    for part, lists in (("indicators", 3), ("differences", 3)):
        for at in range(lists):
            for option in _options(page, part, at):
                page.locator(f"#{part} select").nth(at).select_option(option)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, option
                assert page.evaluate(_CUT) == [], option


def test_a_picture_is_drawn_again_when_the_screen_is_turned(page, places):
    page.goto(places["en"].as_uri())
    box = "document.querySelector('#indicators svg').viewBox.baseVal.width"
    narrow = page.evaluate(box)
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_function(f"{box} > {narrow}")


def test_the_file_holds_the_rows_picked_and_runs_no_formula(page, places):
    page.goto(places["en"].as_uri())
    page.get_by_label("By", exact=True).select_option("unit")
    name = next(n for n in _options(page, "indicators", 2) if n.startswith("="))
    page.get_by_label("Group or unit").select_option(name)
    link = page.locator("#indicators .seen .csv a")
    text = urllib.parse.unquote(link.get_attribute("href").partition(",")[2])
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert text.startswith("\ufeff") and head[3:] == ["year", "value", "95% interval", "number"]
    assert rows == [[word("ikm", "en"), "unit", f"'{name}", "2024", "72.00 IKM points", "69.00 to 80.00", "40"]]  # fmt: skip


def test_without_javascript_everything_stands_in_tables(browser, places):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(places["en"].as_uri())
    assert opened.locator("select, input, button, svg").count() == 0
    assert opened.locator("#indicators tbody tr:visible").count() == 8
    assert opened.locator("#differences tbody tr:visible").count() == 4
    assert opened.locator("#findings .claim:visible").count() == 2
    assert opened.get_by_text(say("browse.without_script", "en")).is_visible()
    context.close()


def test_a_year_links_to_it_and_it_links_back(page, report: Path):
    for folder in (report / "2024", report / "2024" / "en"):
        page.goto((folder / "index.html").as_uri())
        page.locator("nav a[href='explore.html']").click()
        assert page.url == (folder / "explore.html").as_uri()
        page.locator("#indicators svg").wait_for()
        assert not page.get_by_text(say("browse.without_script", "id")).count()
        page.locator("main a[href='index.html']").click()
        assert page.url == (folder / "index.html").as_uri()
