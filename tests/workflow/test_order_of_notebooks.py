"""In which order notebooks run: what most waits for begins first."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import workflow
from tests.workflow.conftest import own_notebook, pipeline


@pytest.mark.usefixtures("at_once")
def test_what_most_waits_for_begins_first(tiny, tmp_path: Path):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    needs = {"10_alone": "", "20_alone": "", "30_first": "", "40_then": "30_first"}
    pipeline(notebooks, **needs, **{"50_last": "40_then, 20_alone"})
    for name in (*needs, "50_last"):
        own_notebook(notebooks / f"{name}.ipynb", "print(year)")
    ended: list[str] = []
    request = workflow.Request((2024,), tiny(), tmp_path / "out", jobs=1, notebooks=notebooks)
    workflow.run(request, ended.append)
    assert [e.removeprefix("2024 ") for e in ended] == [
        "30_first", "20_alone", "40_then", "10_alone", "50_last",
    ]  # fmt: skip
