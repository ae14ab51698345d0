"""Result files hold every row of the answers in order, in the columns of the contract."""

from __future__ import annotations

import csv
import json
import os
import re
from math import nan
from pathlib import Path

import pandas as pd
import pytest

from helpers import publish
from helpers.contracts import (
    ESTIMATE_COLUMNS,
    EXCLUSION_COLUMNS,
    INDICATOR_COLUMNS,
    About,
    Answer,
    Check,
    Estimate,
    Finding,
    Interval,
    Text,
)
from helpers.questions.annual_report import PAGES

FILES = {"indicators.csv", "estimates.csv", "exclusions.csv", "findings.json"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[0].split(",")


def indicator(name: str, value: float, group: str = "all") -> dict[str, object]:
    row = {"year": 2024, "indicator": name, "group_by": "all", "group": group, "value": value}
    return row | {"ci_low": nan, "ci_high": 1 / 3, "n": 30.0, "unit_label": "JP"}


def made(question: str, *names: str, horizon: int | None = None) -> Answer:
    """An answer with an indicator, an estimate, an exclusion and a finding of each name."""
    found = Interval(-1.5, nan, 2.0, 0.25, 900)
    about = [About("productivity", name, "SKP points", 2024, "jp>=20") for name in names]
    about += [About("productivity", "late", "SKP points", 2024, horizon=horizon)]
    hit = {"table": "skm", "row": 3, "column": "u4", "fault": "out_of_scale", "count": 2}
    frame = pd.DataFrame([hit | {"file": f"{n}, é.csv", "action": "excluded"} for n in names])
    checks = (Check("pre_trend", 0.1234567, nan, None, "few"),)
    said = (found, "JP", Text("a", "é"), checks)
    findings = [Finding(n, "productivity", n, "increase", "weak", *said) for n in names]
    return Answer(
        question,
        2024,
        Text("a", "a"),
        tuple(findings),
        tuple(Estimate(a, found, "primary", "att", "x", 0.04, n_clusters=7) for a in about),
        indicators=pd.DataFrame([indicator(n, 12.3456789012345) for n in names]),
        exclusions=frame[list(EXCLUSION_COLUMNS)],
    )


def test_files_have_the_columns_of_the_contract_and_the_rows_in_order(tmp_path: Path):
    publish.results([made("one", "b", "a", horizon=0), made("two", "c", horizon=-3)], tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == FILES
    assert header(tmp_path / "indicators.csv") == list(INDICATOR_COLUMNS)
    assert header(tmp_path / "estimates.csv") == list(ESTIMATE_COLUMNS)
    assert header(tmp_path / "exclusions.csv") == list(EXCLUSION_COLUMNS)
    assert [r["indicator"] for r in rows(tmp_path / "indicators.csv")] == ["b", "a", "c"]
    files = [r["file"] for r in rows(tmp_path / "exclusions.csv")]
    assert files == ["b, é.csv", "a, é.csv", "c, é.csv"]
    told = [(r["outcome"], r["horizon"]) for r in rows(tmp_path / "estimates.csv")]
    assert told == [("b", ""), ("a", ""), ("late", "0"), ("c", ""), ("late", "-3")]
    assert [f["id"] for f in json.loads((tmp_path / "findings.json").read_text())] == list("bac")


def test_figures_are_written_in_ten_digits_and_unknown_ones_left_out(tmp_path: Path):
    publish.results([made("one", "a")], tmp_path)
    (row,) = rows(tmp_path / "indicators.csv")
    assert (row["value"], row["ci_low"], row["ci_high"]) == ("12.3456789", "", "0.3333333333")
    assert (row["year"], row["n"], row["unit_label"]) == ("2024", "30", "JP")
    estimate = rows(tmp_path / "estimates.csv")[0]
    assert (estimate["estimate"], estimate["ci_low"], estimate["ci_high"]) == ("-1.5", "", "2")
    assert (estimate["n_obs"], estimate["n_clusters"]) == ("900", "7")
    assert (estimate["treatment"], estimate["baseline_mean"]) == ("jp>=20", "")


FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\r\n@1",
    " =1",
    '=HYPERLINK("x")',
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_names_that_a_spreadsheet_would_run_are_shown_as_text(tmp_path: Path, formula: str):
    frame = pd.DataFrame([indicator("ikm", -12.5, formula), indicator("ikm", 3.0, "Loket\r= 1")])
    hit = {"table": "skm", "file": f"{formula}.csv", "row": 3, "column": formula}
    hit |= {"fault": "out_of_scale", "action": "excluded", "count": 2}
    excluded = pd.DataFrame([hit])[list(EXCLUSION_COLUMNS)]
    told = Answer("one", 2024, Text("a", "a"), indicators=frame, exclusions=excluded)
    publish.results([told], tmp_path)
    found, plain = rows(tmp_path / "indicators.csv")
    shown = "'" + re.sub("[\r\n]+", " ", formula)
    assert (found["group"], plain["group"]) == (shown, "Loket = 1")
    assert (found["value"], plain["value"]) == ("-12.5", "3")
    (row,) = rows(tmp_path / "exclusions.csv")
    assert row["file"] == f"{shown}.csv" and row["column"] == shown


def test_findings_are_plain_json_with_their_reasons(tmp_path: Path):
    publish.results([made("one", "a")], tmp_path)
    text = (tmp_path / "findings.json").read_text(encoding="utf-8")
    (record,) = json.loads(text, parse_constant=pytest.fail)
    assert (record["estimate"], record["ci_low"], record["ci_high"]) == (-1.5, None, 2.0)
    assert (record["grade"], record["may_claim_cause"]) == ("weak", False)
    assert record["text"] == {"id": "a", "en": "é"} and "é" in text
    (reason,) = record["reasons"]
    assert reason == {
        "check": "pre_trend",
        "figure": 0.123457,
        "threshold": None,
        "passed": None,
        "detail": "few",
    }


@pytest.mark.parametrize("answers", [[], [Answer("contents", 2024, Text("a", "a"))] * 2])
def test_answers_without_a_row_give_files_with_a_header(tmp_path: Path, answers):
    publish.results(answers, tmp_path / "deep" / "results")
    out = tmp_path / "deep" / "results"
    assert {p.name for p in out.iterdir()} == FILES
    for name, columns in (
        ("indicators.csv", INDICATOR_COLUMNS),
        ("estimates.csv", ESTIMATE_COLUMNS),
        ("exclusions.csv", EXCLUSION_COLUMNS),
    ):
        assert (out / name).read_bytes() == (",".join(columns) + "\n").encode()
    assert json.loads((out / "findings.json").read_text()) == []


def test_an_answer_without_rows_changes_nothing_of_the_others(tmp_path: Path):
    empty = Answer("contents", 2024, Text("a", "a"))
    publish.results([made("one", "a")], tmp_path / "a")
    publish.results([empty, made("one", "a"), empty], tmp_path / "b")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_real_year_is_joined_whole_and_the_same_from_disk(small_study, tmp_path: Path):
    study = small_study(2024)
    answers = [question(study) for question in PAGES.values()]
    publish.results(answers, tmp_path / "results")
    for number, answer in enumerate(answers):
        publish.answer(answer, tmp_path / str(number))
    read = [Answer.read(tmp_path / str(number)) for number in range(len(answers))]
    publish.results(read, tmp_path / "again")
    for name in FILES:
        first, again = (tmp_path / folder / name for folder in ("results", "again"))
        assert first.read_bytes() == again.read_bytes()
    joined = pd.concat([a.indicators for a in answers], ignore_index=True)
    written = pd.read_csv(tmp_path / "results" / "indicators.csv", keep_default_na=False)
    assert written["group"].tolist() == joined["group"].tolist()
    assert written["indicator"].tolist() == joined["indicator"].tolist()
    values = pd.to_numeric(written["value"])
    pd.testing.assert_series_equal(values, joined["value"], rtol=1e-9)
    estimates = [e.outcome for a in answers for e in a.estimates]
    told = [r["outcome"] for r in rows(tmp_path / "results" / "estimates.csv")]
    assert told == estimates
    told = json.loads((tmp_path / "results" / "findings.json").read_text(encoding="utf-8"))
    assert [t["id"] for t in told] == [f.id for a in answers for f in a.findings]
    assert all(t["text"]["id"] and t["text"]["en"] for t in told)


def test_an_answer_is_kept_where_a_folder_is_given_and_nowhere_else(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    publish.answer(made("one", "a"), "")
    assert os.listdir(tmp_path) == []
    publish.answer(made("one", "a"), "here")
    assert Answer.read(tmp_path / "here") == made("one", "a")
    publish.answer(made("two", "b"), tmp_path / "here")
    assert Answer.read(tmp_path / "here").question == "two"
    assert os.listdir(tmp_path) == ["here"]
