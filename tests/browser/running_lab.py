"""JupyterLab on copies of the notebooks, and one of them run in it by a browser."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.cli_lab import started
from helpers.contracts import Lang
from helpers.workflow import workbench
from tests.conftest import free_port, wait_for

# A click on Run All before the kernel is connected is lost, or answered with a dialog.
_CONNECTED = """() => {
    const context = window.jupyterapp?.shell?.currentWidget?.sessionContext;
    const kernel = context?.session?.kernel;
    return context?.isReady && kernel?.connectionStatus === "connected" && kernel?.status === "idle";
}"""
_DONE = """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
    .every(p => /\\[\\d+\\]/.test(p.textContent))"""


@contextmanager
def running_lab(folder: Path, lang: Lang = "id") -> Iterator[str]:
    """The address of a Lab on copies of the notebooks, as a user gets them, in a folder."""
    workbench.lay_out(folder=folder / "notebooks", lang=lang)
    port = free_port()
    server = started(
        folder,
        "--no-browser",
        f"--port={port}",
        "--ServerApp.token=",
        "--ServerApp.ip=127.0.0.1",
        "--allow-root",
        "--LabApp.expose_app_in_browser=True",
        quiet=True,
        # A user's Lab knows nothing of the kernels that nbval is given here.
        JUPYTER_PATH="",
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def run_all(page: Any, lab: str, name: str) -> None:
    """Open a notebook in a page and choose Run All; what it shows is not waited for."""
    page.goto(f"{lab}/lab/tree/notebooks/{name}.ipynb?reset")
    page.wait_for_selector(".jp-CodeCell", timeout=90_000)
    page.wait_for_function(_CONNECTED, timeout=90_000)
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()


def wait_until_run(page: Any) -> None:
    """Wait until every cell has its number."""
    page.wait_for_function(_DONE, timeout=240_000)
