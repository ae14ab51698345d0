"""The graph of notebooks as people write it: what runs with what, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.contracts import EvaluasiError
from helpers.workflow import pipeline


@pytest.mark.parametrize(
    "written",
    {
        "empty": "",
        "not yaml": "notebooks: {10_one",
        "not text": "\x07",
        "no notebooks": "pages: {}",
        "a list": "notebooks: [10_one]",
        "without needs": "notebooks: {10_one: {}}",
        "needs nothing said": "notebooks: {10_one: {needs: }}",
    }.values(),
)
def test_a_file_of_another_form_is_refused_in_a_sentence(written: str, tmp_path: Path):
    (tmp_path / "pipeline.yml").write_text(written, encoding="utf-8")
    with pytest.raises(EvaluasiError) as wrong:
        pipeline.load(tmp_path)
    message = wrong.value.message("en")
    assert message.startswith("pipeline.yml: cannot be read; ") and "\n" not in message


def test_a_file_that_begins_with_a_mark_of_bytes_is_read(tmp_path: Path):
    text = "notebooks:\n  10_one: {needs: []}\n"
    (tmp_path / "pipeline.yml").write_text(text, encoding="utf-8-sig")
    (tmp_path / "10_one.ipynb").write_text("{}")
    assert pipeline.load(tmp_path).needs == {"10_one": ()}


def test_a_circle_or_an_unknown_need_is_refused(tmp_path):
    for text, found in (
        ("{a: {needs: [b]}, b: {needs: [a]}}", "(a - b - a|b - a - b)$"),
        ("{a: {needs: [c]}, b: {needs: []}}", "c"),
    ):
        (tmp_path / "pipeline.yml").write_text(f"notebooks: {text}\n")
        for name in "ab":
            (tmp_path / f"{name}.ipynb").write_text("{}")
        with pytest.raises(EvaluasiError, match=found):
            pipeline.load(tmp_path)


def test_a_notebook_brings_what_it_needs():
    graph = pipeline.load()
    assert graph.chosen(["31"]) == ("31_productivity_effect",)
    assert graph.chosen(["90_annual_report.ipynb"])[0] == "10_data_quality"
    assert graph.chosen([]) == tuple(graph.needs)
