"""Every page for everybody: no violation that axe knows, and every control by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import chromium

pytestmark = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")

# A page is seen wide and narrow, light and dark, by its two languages; pages take turns, so that
# each language is seen in each way.
_SCREENS = ((1280, "light"), (390, "dark"), (1280, "dark"), (390, "light"))
_OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
_FOCUSED = """() => {
    const at = document.activeElement, seen = at.getBoundingClientRect(), set = getComputedStyle(at);
    return {tag: at.tagName, inMain: !!at.closest('main'), href: at.getAttribute('href'),
            ring: set.outlineStyle !== 'none' && parseFloat(set.outlineWidth) >= 2,
            shown: seen.width > 0 && seen.height > 0 && seen.left >= 0 && seen.right > 0};
}"""


def _violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {n['html'][:120]}" for v in found for n in v["nodes"]]


def _language(path: Path) -> str:
    return "en" if path.parent.name == "en" else "id"


def test_axe_finds_nothing_on_any_page(browser, report: Path):
    """Each page once in each language, with menus and code open."""
    page = browser.new_page()
    found: dict[tuple[str, int, str], list[str]] = {}
    names = sorted({path.name for path in report.rglob("*.html")})
    for path in sorted(report.rglob("*.html")):
        turn = names.index(path.name) + (_language(path) == "en")
        width, scheme = _SCREENS[turn % len(_SCREENS)]
        page.goto(path.as_uri())
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(_OPEN_ALL)
        found[str(path.relative_to(report)), width, scheme] = _violations(page)
    page.close()
    seen = {(_language(report / name), width, scheme) for name, width, scheme in found}
    assert len(found) > 30 and len(seen) == 2 * len(_SCREENS)
    assert not {at: said for at, said in found.items() if said}


def test_axe_sees_a_fault_that_is_made(browser, report: Path):
    page = browser.new_page()
    page.goto((report / "2024" / "index.html").as_uri())
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        ' \'<img src="data:,"><p style="color:#bbb;background:#fff">pale</p>\')'
    )
    assert {v.split(":")[0] for v in _violations(page)} == {"image-alt", "color-contrast"}
    page.close()


@pytest.mark.parametrize("name", ["index.html", "20_participation.html", "laporan.html"])
def test_the_first_key_leads_past_the_menu(browser, report: Path, name: str):
    page = browser.new_page()
    page.goto((report / "2024" / name).as_uri())
    page.keyboard.press("Tab")
    skip = page.evaluate(_FOCUSED)
    assert skip["href"] == "#main" and skip["shown"] and skip["ring"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUSED)["inMain"]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "en/31_productivity_effect.html"])
def test_every_stop_of_the_keyboard_is_seen(browser, report: Path, name: str, scheme: str):
    page = browser.new_page(color_scheme=scheme)
    page.goto((report / "2024" / name).as_uri())
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert len(stops) > 5
    assert all(s["ring"] and s["shown"] for s in stops), stops
    page.close()


def test_what_is_folded_opens_by_keyboard(browser, report: Path):
    page = browser.new_page()
    page.goto((report / "2024" / "31_productivity_effect.html").as_uri())
    summaries = page.locator("summary:visible")
    assert summaries.count() >= 2
    for at in range(summaries.count()):
        summary = summaries.nth(at)
        summary.focus()
        for key, opened in (("Enter", True), ("Space", False)):
            page.keyboard.press(key)
            assert summary.evaluate("s => s.parentElement.open") is opened, (at, key)
    page.close()
