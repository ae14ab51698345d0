"""Pages on paper: A4, no heading left behind at a page's foot, no table cut, links that read."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import chromium

pytestmark = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")

_A4 = (595, 842)
# What is left of A4 between the margins of style.css (16 mm a side), in CSS pixels.
_WIDTH = int((210 - 2 * 16) / 25.4 * 96)
_HEADINGS = """[...document.querySelectorAll('h1, h2, h3, h4, caption')]
    .filter(h => h.getClientRects().length).map(h => h.textContent)"""
_TOO_WIDE = """[...document.querySelectorAll('main *')].filter(e =>
    e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 0.5)
    .map(e => e.outerHTML.slice(0, 120))"""
_LINKS = """[...document.querySelectorAll('main a')].filter(a => a.getClientRects().length).map(a =>
    ({same: getComputedStyle(a).color === getComputedStyle(a.parentElement).color,
      text: a.textContent.trim()}))"""
_TURNED = "[...document.querySelectorAll('figure img')].map(i => getComputedStyle(i).filter)"
_LIGHTNESS = """what => getComputedStyle(document.documentElement)[what].match(/\\d+/g)
    .slice(0, 3).reduce((a, b) => a + Number(b), 0) / 765"""


def _pages(page: Any) -> list[str]:
    """Each printed sheet's text without blanks, which a PDF puts where it likes."""
    import pypdf

    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in printed.pages:
        assert tuple(round(float(x)) for x in sheet.mediabox[2:]) == _A4
    return [re.sub(r"\s", "", sheet.extract_text()) for sheet in printed.pages]


def _stranded(sheets: list[str], headings: list[str]) -> list[str]:
    """Headings that are the last that a sheet says."""
    squeezed = [h for h in (re.sub(r"\s", "", h) for h in headings) if h]
    return [h for sheet in sheets[:-1] for h in squeezed if sheet.endswith(h)]


def _reports(report: Path) -> list[Path]:
    return [p for p in sorted(report.rglob("*.html")) if p.stem != "laporan"]


def test_no_heading_is_left_at_the_foot_of_a_sheet(browser, report: Path):
    page = browser.new_page()
    left, sheets = {}, 0
    for path in _reports(report):
        page.goto(path.as_uri())
        printed = _pages(page)
        sheets += len(printed)
        left[str(path.relative_to(report))] = _stranded(printed, page.evaluate(_HEADINGS))
    page.close()
    assert sheets > 60
    assert not {name: found for name, found in left.items() if found}


def test_a_heading_that_is_left_behind_is_noticed(browser):
    """What the test above looks for can be told from a heading that moves with its text."""
    page = browser.new_page()
    filler = "<div style='height:240mm'>filler</div>"
    for kept, found in (("avoid", []), ("auto", ["Stranded"])):
        page.set_content(
            f"<style>@page{{size:A4;margin:10mm}}h2{{break-after:{kept}}}</style>{filler}"
            "<h2>Stranded</h2><p style='break-inside:avoid;height:100mm'>text</p>"
        )
        assert _stranded(_pages(page), ["Stranded"]) == found
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_on_paper_and_links_read_like_text(browser, report: Path, scheme: str):
    """Also when printed from a dark screen: ink on paper."""
    page = browser.new_page(viewport={"width": _WIDTH, "height": 1000})
    page.emulate_media(media="print", color_scheme=scheme)
    cut = {}
    for path in _reports(report):
        page.goto(path.as_uri())
        cut[str(path.relative_to(report))] = page.evaluate(_TOO_WIDE)
        assert all(link["same"] and link["text"] for link in page.evaluate(_LINKS)), path
        assert page.evaluate(_LIGHTNESS, "color") < 0.3, path
        assert set(page.evaluate(_TURNED)) <= {"none"}, path
        assert page.evaluate(_LIGHTNESS, "backgroundColor") > 0.9, path
    page.close()
    assert not {name: found for name, found in cut.items() if found}
