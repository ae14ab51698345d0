"""JupyterLab in a real browser: a notebook opened from the folder runs with Run All, no edit, no news prompt."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.cli_words import say
from helpers.contracts import Lang, project
from helpers.findings import say as of_report
from tests.browser.conftest import FLAGS
from tests.browser.running_lab import run_all, running_lab, wait_until_run
from tests.conftest import chromium

pytestmark = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_lab(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.mark.parametrize("name", ["31_productivity_effect", "10_data_quality"])
def test_run_all_answers_without_an_edit(lab: str, name: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        run_all(page, lab, name)
        wait_until_run(page)
        assert (
            page.locator(
                ".jp-RenderedText[data-mime-type*=error], .jp-OutputArea-output .ansi-red-fg"
            ).count()
            == 0
        )
        answer = page.locator(".jp-RenderedText pre").first.inner_text()
        assert "news" not in page.locator("body").inner_text().lower()
        browser.close()
    stored = Path(project.NOTEBOOKS / f"{name}.ipynb").read_text()
    assert answer[:40] in stored


def test_a_choice_changes_the_picture_and_tables_are_searched_without_a_network(lab: str):
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 4000})
        page.on("request", lambda r: asked.append(r.url))
        run_all(page, lab, "80_my_own_question")
        shown = page.locator(".widget-html figure + .scroll caption, .widget-html caption").first
        shown.wait_for(timeout=240_000)
        before = shown.inner_text()
        choice = page.locator(".widget-dropdown", has_text="Hasil").locator("select")
        choice.select_option(label="nilai SKP")
        page.wait_for_function(
            "before => document.querySelector('.widget-html caption').innerText !== before",
            arg=before,
            timeout=60_000,
        )
        assert "Nilai SKP menurut" in shown.inner_text()
        # In quotation marks the words are looked for together.
        search = page.locator(".dt-search input:visible").last
        search.press_sequentially('"Contoh 007"', timeout=120_000)
        rows = page.locator(".dt-container tbody tr")
        rows.filter(has_not_text="Contoh 007").first.wait_for(state="detached", timeout=60_000)
        assert rows.count() >= 1
        browser.close()
    outside = [u for u in asked if not u.startswith((lab, "data:", "blob:"))]
    assert not outside


_FITS = """figure => {
    const place = figure.closest('.jp-OutputArea-output').getBoundingClientRect();
    const shown = [figure.querySelector('img'), figure.parentElement.querySelector('[role=note]')];
    return shown.every(e => {
        const {left, right, width} = e.getBoundingClientRect();
        return width > 300 && left >= place.left && right <= place.right;
    });
}"""


def test_choices_fit_the_window_and_their_keys_are_their_own(lab: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        run_all(page, lab, "80_my_own_question")
        figure = page.locator(".widget-html figure").first
        figure.wait_for(timeout=240_000)
        for width in (1280, 1024, 1600):
            # The list of files is open, and then closed.
            for _ in range(2):
                page.set_viewport_size({"width": width, "height": 860})
                page.wait_for_timeout(500)
                assert figure.evaluate(_FITS), width
                page.keyboard.press("Control+b")
        cells = page.locator(".jp-Cell").count()
        choice = page.locator(".widget-dropdown", has_text="Hasil").locator("select")
        choice.focus()
        for title in ("Nilai SKP menurut", "Ketepatan waktu menurut"):
            page.keyboard.press("ArrowDown")
            page.locator(".widget-html caption", has_text=title).first.wait_for(timeout=60_000)
        # Elsewhere in a notebook it cuts the cell.
        page.keyboard.press("x")
        assert choice.evaluate("e => e === document.activeElement")
        assert page.locator(".jp-Cell").count() == cells
        browser.close()


def test_a_table_to_search_speaks_the_language_and_stays_in_its_place(lab: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        run_all(page, lab, "80_my_own_question")
        wait_until_run(page)
        table = page.locator(".dt-container").last
        table.scroll_into_view_if_needed()
        said = table.inner_text()
        assert "Baris 1 sampai 10 dari 280" in said and "Cari:" in said
        assert not re.search(r"entries|Search|Showing", table.inner_html())
        assert table.evaluate(
            "e => e.getBoundingClientRect().right <= "
            "e.closest('.jp-OutputArea-output').getBoundingClientRect().right"
        )
        # As text, 100,00 would come before 82,00.
        head = table.locator(".dt-scroll-head th", has_text="Biaya/tarif")
        head.scroll_into_view_if_needed()
        head.click()
        at = head.evaluate("e => e.cellIndex")
        costs = table.locator(f".dt-scroll-body tbody td:nth-child({at + 1})").all_inner_texts()
        values = [float(c.replace(",", ".")) for c in costs]
        assert len(values) == 10 and values == sorted(values) and values[0] < 100
        length = table.locator(".dt-length select")
        length.focus()
        page.keyboard.press("ArrowDown")
        assert length.evaluate("e => e === document.activeElement && e.value === '25'")
        browser.close()


def test_a_notebook_saved_and_opened_another_day_says_how_its_choices_come_alive(tmp_path: Path):
    from playwright.sync_api import sync_playwright

    name, note = "80_my_own_question", of_report("explore.reopen", "id")
    with running_lab(tmp_path) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 4000})
        run_all(page, address, name)
        wait_until_run(page)
        page.locator(".widget-dropdown").first.wait_for(timeout=60_000)
        page.locator(".widget-dropdown select").first.focus()
        page.keyboard.press("Control+s")
        saved = tmp_path / "notebooks" / f"{name}.ipynb"
        for _ in range(150):
            if "widget-state" in saved.read_text():
                break
            time.sleep(0.2)
        browser.close()
    # Its kernel is gone.
    with running_lab(tmp_path) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 4000})
        page.goto(f"{address}/lab/tree/notebooks/{name}.ipynb?reset")
        page.locator(".widget-html", has_text=note).first.wait_for(timeout=90_000)
        assert page.get_by_text("model not found").count() == 0
        browser.close()


# As the command does, but for where the copies go; no browser of this machine is opened.
_OPENED = """
import sys
from pathlib import Path
from helpers.cli_lab import opened
from helpers.contracts import project
project.PRIVATE = Path(sys.argv[1])
sys.exit(opened(sys.argv[2], project.SAMPLE))
"""


@pytest.mark.parametrize("lang", ["en"])
def test_the_address_that_is_printed_opens_the_start_notebook_for_whoever_runs_it(
    lang: Lang, tmp_path: Path
):
    from playwright.sync_api import sync_playwright

    asked = [sys.executable, "-c", _OPENED, str(tmp_path), lang]
    own = {"BROWSER": "true", "JUPYTER_PATH": "", "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path)}
    with (
        (tmp_path / "said").open("w+") as said,
        subprocess.Popen(
            asked, stdout=said, stderr=said, start_new_session=True, env={**os.environ, **own}
        ) as lab,
    ):
        try:
            address = _first_address(tmp_path / "said")
            told = (tmp_path / "said").read_text()
            assert say("lab.opens", lang, start="00_start_here.ipynb") in told
            root = hasattr(os, "geteuid") and os.geteuid() == 0
            assert (say("lab.root", lang) in told) == root
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
                page = browser.new_page()
                page.goto(address)
                page.wait_for_selector(".jp-CodeCell", timeout=90_000)
                tabs = page.locator(".lm-DockPanel .lm-TabBar-tabLabel").all_inner_texts()
                assert tabs == ["00_start_here.ipynb"]
                browser.close()
        finally:
            os.killpg(lab.pid, signal.SIGKILL)


def _first_address(said: Path) -> str:
    """The address that the Lab prints, within a minute."""
    for _ in range(300):
        if found := re.search(r"http://127\.0\.0\.1:\S+\n", said.read_text()):
            return found[0].strip()
        time.sleep(0.2)
    raise AssertionError(said.read_text())
