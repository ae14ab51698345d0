"""One report and one browser for the tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import workflow
from tests.conftest import chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def report(small_region: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year's report in both languages."""
    out = tmp_path_factory.mktemp("pages")
    workflow.run(workflow.Request(years=(2024,), data=small_region, out=out))
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser, ended with the module: the Lab's tests start their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()
