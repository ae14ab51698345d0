"""JupyterLab in a real browser: a notebook opened from the folder runs with Run All, no edit, no news prompt."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.contracts import project
from tests.browser.conftest import FLAGS
from tests.conftest import chromium

pytestmark = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory):
    """A Lab on a copy of the notebooks; the project's own stay as they are stored."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(project.NOTEBOOKS, folder / "notebooks")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ServerApp.token=", "--ServerApp.ip=127.0.0.1",
               f"--ServerApp.root_dir={folder}", "--allow-root", "--LabApp.news_url=",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.expose_app_in_browser=True"]  # fmt: skip
    server = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # A user's Lab knows nothing of the kernels that nbval is given here.
        env={k: v for k, v in os.environ.items() if k != "JUPYTER_PATH"},
    )
    for _ in range(300):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


# A click on Run All before the kernel is connected is lost, or answered with a dialog.
_CONNECTED = """() => {
    const context = window.jupyterapp?.shell?.currentWidget?.sessionContext;
    const kernel = context?.session?.kernel;
    return context?.isReady && kernel?.connectionStatus === "connected" && kernel?.status === "idle";
}"""


@pytest.mark.parametrize("name", ["31_productivity_effect", "10_data_quality"])
def test_run_all_answers_without_an_edit(lab: str, name: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{lab}/lab/tree/notebooks/{name}.ipynb?reset")
        page.wait_for_selector(".jp-CodeCell", timeout=90_000)
        page.wait_for_function(_CONNECTED, timeout=90_000)
        page.locator(".lm-MenuBar-item", has_text="Run").click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        done = "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(p => /\\[\\d+\\]/.test(p.textContent))"
        page.wait_for_function(done, timeout=240_000)
        assert (
            page.locator(
                ".jp-RenderedText[data-mime-type*=error], .jp-OutputArea-output .ansi-red-fg"
            ).count()
            == 0
        )
        answer = page.locator(".jp-RenderedText pre").first.inner_text()
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
        page.goto(f"{lab}/lab/tree/notebooks/80_my_own_question.ipynb?reset")
        page.wait_for_selector(".jp-CodeCell", timeout=90_000)
        page.wait_for_function(_CONNECTED, timeout=90_000)
        page.locator(".lm-MenuBar-item", has_text="Run").click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
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
