"""Pages in a real browser: no request to anywhere, no sideways scrolling, in light and dark."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.conftest import chromium

_SIDEWAYS = """() => [...document.querySelectorAll('main .scroll')]
    .some(frame => frame.scrollWidth > frame.clientWidth + 1)"""

pytestmark = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")


def test_every_page_opens_offline_and_fits_its_width(browser, report: Path):
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("pageerror", lambda e: failed.append(str(e)))
    for path in sorted(report.rglob("*.html")):
        page.goto(path.as_uri())
        for width, scheme in product((390, 1280), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (path, width, scheme)
            # Nor does a table: what it says last is often how sure it is.
            assert width > 390 or not page.evaluate(_SIDEWAYS), (path, scheme)
        assert page.evaluate(
            "[...document.images].every(i => i.naturalWidth > 0 && i.alt.length > 20)"
        ), path.name
        assert page.locator("h1").count() == 1, path.name
        assert page.locator("[role=note]").count() >= 1, path.name
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert not failed
    context.close()


def test_no_entry_of_the_menu_runs_out_of_it(browser, report: Path):
    page = browser.new_page()
    menus = 0
    for path in sorted((report / "2024").rglob("*.html")):
        page.goto(path.as_uri())
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            menu = page.locator("details.menu")
            menu.evaluate_all("all => all.forEach(e => e.open = true)")
            inside = menu.locator("ul").evaluate_all(
                "all => all.map(ul => [...ul.querySelectorAll('a')].every(a =>"
                " a.getBoundingClientRect().right <= ul.getBoundingClientRect().right))"
            )
            menus += len(inside)
            assert all(inside), (path, width)
    assert menus
    page.close()


def test_pictures_are_dark_where_the_page_is(browser, report: Path):
    page = browser.new_page()
    page.goto((report / "2024" / "31_productivity_effect.html").as_uri())
    lightness = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        shown = page.locator("figure img").first.screenshot()
        lightness[scheme] = np.asarray(Image.open(io.BytesIO(shown)).convert("L")).mean() / 255
    page.close()
    assert lightness["light"] > 0.85 and lightness["dark"] < 0.25


def test_links_between_pages_lead_somewhere(browser, report: Path):
    page = browser.new_page()
    for path in sorted(report.rglob("*.html")):
        page.goto(path.as_uri())
        targets = page.evaluate(
            "[...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])"
        )
        assert targets
        # What a page says is never worked out on the page itself; its menu names it all the same.
        own = page.evaluate(
            "[...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))"
        )
        assert path.name not in own, path
        # A table's rows are carried by the page itself.
        for target in {t for t in targets if not t.startswith("data:text/csv")}:
            assert Path(target.removeprefix("file://")).exists(), target
    page.close()
