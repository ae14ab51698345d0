"""The pictures of the guides, taken from the running program: ``make screenshots``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from helpers import publish
from helpers.contracts import LANGS, Lang
from tests.browser.conftest import FLAGS
from tests.browser.running_lab import run_all, running_lab, wait_until_run
from tests.conftest import chromium

_SCREEN: Final = {"width": 1280, "height": 860}
# What is chosen for the picture of the choices: an outcome and groups, in each language.
_CHOSEN: Final[dict[Lang, tuple[str, str]]] = {
    "id": ("Hasil", "nilai SKP"),
    "en": ("Outcome", "SKP score"),
}


def _start(page: Any, lab: str, lang: Lang) -> None:
    """The start notebook, run, with what leads to every question."""
    del lang
    run_all(page, lab, "00_start_here")
    wait_until_run(page)
    page.locator(".jp-MarkdownOutput h2").last.scroll_into_view_if_needed()


def _choices(page: Any, lab: str, lang: Lang) -> None:
    """The choices of the own question, with one of them changed."""
    run_all(page, lab, "80_my_own_question")
    wait_until_run(page)
    label, value = _CHOSEN[lang]
    page.locator(".widget-dropdown", has_text=label).first.locator("select").select_option(
        label=value
    )
    caption = page.locator(".widget-html caption", has_text=value[0].upper() + value[1:]).first
    caption.wait_for(timeout=60_000)
    page.locator(".widget-dropdown").first.evaluate("e => e.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(500)


OF_THE_LAB: Final[dict[str, Callable[[Any, str, Lang], None]]] = {
    "lab-start": _start,
    "lab-choices": _choices,
}


OF_THE_REPORT: Final = {"explore-page": "explore.html", "report": "index.html"}


def take(folder: Path, report: Path) -> list[Path]:
    """Take every picture in both languages.

    Parameters
    ----------
    folder : where they go, as ``NAME.LANG.png``.
    report : a year's report of the sample, whose page to explore is shown.

    Returns
    -------
    The files that were written.
    """
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as play, tempfile.TemporaryDirectory() as aside:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        for lang in LANGS:

            def keep(page: Any, name: str, lang: Lang = lang) -> None:
                taken.append(folder / f"{name}.{lang}.png")
                page.screenshot(path=taken[-1])
                page.close()

            with running_lab(Path(aside) / lang, lang) as lab:
                for name, shown in OF_THE_LAB.items():
                    page = browser.new_page(viewport=_SCREEN)
                    shown(page, lab, lang)
                    keep(page, name)
            for name, file in OF_THE_REPORT.items():
                page = browser.new_page(viewport=_SCREEN)
                page.goto((publish.pages_folder(report, lang) / file).as_uri())
                keep(page, name)
        browser.close()
    return taken


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--report", type=Path, required=True)
    words = asked.parse_args()
    for picture in take(words.folder, words.report):
        print(picture)
