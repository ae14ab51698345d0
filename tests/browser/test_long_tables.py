"""Long tables: twelve rows open, the rest one key away and searchable; whole without JavaScript and
on paper.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.contracts import Lang
from helpers.present import Table
from helpers.publish import Page, fill
from helpers.publish.carried_tables import with_downloads
from helpers.publish.narrow_tables import as_cards
from tests.conftest import chromium

pytestmark = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")

_OPEN = 12
_ROWS = 40
_SEEN = "() => [...document.querySelectorAll('tbody tr')].filter(r => r.getClientRects().length).map(r => r.cells[0].textContent)"
_MOST_SEEN = """() => Math.max(0, ...[...document.querySelectorAll('tbody')].map(b =>
    [...b.rows].filter(r => r.getClientRects().length).length))"""


def _page(rows: int, lang: Lang = "id") -> str:
    table = Table(
        ("Unit", "IKM"), tuple((f"Unit Café {i:02d}", f"{60 + i},0") for i in range(rows)), (1,)
    )
    around = Page("t", "h", lang, "0" * 64, "2024", extra={"sections": [{"name": "a", "content": table.html()}]})  # fmt: skip
    return with_downloads(fill("whole.html.j2", around), lang)


@pytest.fixture
def page(browser) -> Iterator[Any]:
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda r: asked.append(r.url))
    opened.on("pageerror", lambda e: asked.append(str(e)))
    yield opened
    assert not [url for url in asked if not url.startswith(("file:", "data:", "about:"))]
    opened.close()


def _names(*at: int) -> list[str]:
    return [f"Unit Café {i:02d}" for i in at]


def test_twelve_rows_are_open_and_one_key_shows_and_folds_all(page):
    page.set_content(_page(_ROWS))
    assert page.evaluate(_SEEN) == _names(*range(_OPEN))
    button = page.locator("button")
    assert button.inner_text() == f"Tampilkan semua {_ROWS} baris"
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(_SEEN) == _names(*range(_ROWS))
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Space")
    assert page.evaluate(_SEEN) == _names(*range(_OPEN))
    assert button.get_attribute("aria-expanded") == "false"


def test_a_search_finds_folded_rows_whatever_the_case_and_accents(page):
    page.set_content(_page(_ROWS, "en"))
    page.get_by_label("Search the table").fill("  39 CAFE")
    assert page.evaluate(_SEEN) == _names(39)
    assert page.locator("[role=status]").inner_text() == f"1 of {_ROWS} rows"
    assert not page.locator("button").is_visible()
    page.get_by_label("Search the table").fill("nothing like it")
    assert page.evaluate(_SEEN) == []
    page.get_by_label("Search the table").fill("")
    assert page.evaluate(_SEEN) == _names(*range(_OPEN))


@pytest.mark.parametrize("rows", [1, _OPEN, _OPEN + 1])
def test_only_tables_of_more_than_twelve_rows_are_folded(page, rows: int):
    page.set_content(_page(rows))
    assert page.locator("button").count() == (rows > _OPEN)
    assert len(page.evaluate(_SEEN)) == min(rows, _OPEN)


def test_a_wide_table_is_searched_and_folded_on_a_telephone_as_elsewhere(page):
    """Its rows are cards there: every value with the name of its column."""
    rows = tuple((f"Unit {i:02d}", "a", "b", f"grade {i}") for i in range(_ROWS))
    table = as_cards(Table(("Unit", "x", "y", "Kekuatan bukti"), rows).html())
    around = Page("t", "h", "id", "0" * 64, "2024", extra={"sections": [{"name": "a", "content": table}]})  # fmt: skip
    page.set_viewport_size({"width": 390, "height": 800})
    page.set_content(fill("whole.html.j2", around))
    assert page.evaluate(_SEEN) == [f"Unit {i:02d}" for i in range(_OPEN)]
    page.get_by_label("Cari dalam tabel").fill("unit 17")
    assert page.evaluate(_SEEN) == ["Unit 17"]
    box = page.locator("tbody tr:visible td").last.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    label = page.evaluate(
        "getComputedStyle([...document.querySelectorAll('td')].pop(), '::before').content"
    )
    assert label == '"Kekuatan bukti"'


def test_every_row_is_there_without_javascript(browser):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.set_content(_page(_ROWS))
    assert opened.locator("tbody tr:visible").count() == _ROWS
    assert opened.locator("button, input").count() == 0
    context.close()


def test_every_row_is_on_paper_also_while_searching(page):
    import pypdf

    page.set_content(_page(_ROWS))
    page.get_by_label("Cari dalam tabel").fill("05")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    told = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in printed.pages))
    assert all(f"UnitCafé{i:02d}" in told for i in range(_ROWS))
    assert "Cari" not in told and "Tampilkan" not in told


def test_no_page_of_a_report_opens_with_more_rows(page, report: Path):
    folded = 0
    for path in sorted(report.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate(_MOST_SEEN) <= _OPEN, path
        assert page.locator(".rows button").count() * 2 == page.locator(".rows").count(), path
        folded += page.locator(".rows button").count()
    assert folded > 4


def test_what_is_saved_and_what_is_downloaded_hold_every_row(page):
    import base64

    page.set_content(_page(_ROWS))
    link = page.locator(".csv a").get_attribute("href")
    told = base64.b64decode(link.split("base64,")[1]).decode("utf-8-sig")
    assert len(told.splitlines()) == _ROWS + 1
