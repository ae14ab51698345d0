"""An answer is read back as it was written, byte for byte; a frame of another shape is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaError, SchemaErrors

from helpers import contracts, questions
from helpers.contracts import (
    About,
    Answer,
    Check,
    Estimate,
    Finding,
    Interval,
    Statement,
    Text,
    UnitLabel,
    codes,
    schemas,
)
from helpers.contracts.check_names import CheckName
from helpers.contracts.results import Grade

FILE = "answer.json"
REFUSED = (SchemaError, SchemaErrors)
folders = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
figures = st.one_of(st.none(), st.floats(-1e6, 1e6), st.just(math.nan))
numbers = st.floats(allow_infinity=False)
texts = st.builds(Text, st.text(max_size=20), st.text(max_size=20))
intervals = st.builds(Interval, numbers, numbers, numbers, numbers, st.integers(0, 10**9))
checks = st.builds(
    Check,
    st.sampled_from(get_args(CheckName)),
    numbers,
    numbers,
    st.sampled_from([True, False, None]),
    st.text(max_size=8),
)
findings = st.builds(
    Finding,
    st.text(max_size=8),
    st.just("productivity"),
    st.text(max_size=8),
    st.just("descriptive"),
    st.sampled_from(get_args(Grade)),
    intervals,
    st.sampled_from(get_args(UnitLabel)),
    texts,
    st.lists(checks, max_size=3).map(tuple),
)
estimates = st.builds(
    Estimate,
    st.builds(
        About,
        st.just("satisfaction"),
        st.text(max_size=8),
        st.sampled_from(get_args(UnitLabel)),
        st.integers(1990, 2100),
        horizon=st.none() | st.integers(-9, 9),
    ),
    intervals,
    st.sampled_from(["primary", "event_study", "placebo"]),
    st.just("att"),
    st.text(max_size=8),
    numbers,
    numbers,
    numbers,
    st.integers(0, 10**6),
)


@st.composite
def indicator_frames(draw) -> pd.DataFrame:
    """Rows of indicators.csv with hidden figures, numbered as a selection of a longer frame is."""
    size = draw(st.integers(0, 5))

    def column(values) -> list:
        return draw(st.lists(values, min_size=size, max_size=size))

    words = ("indicator", "group_by", "group")
    shown = ("value", "ci_low", "ci_high")
    counts = st.none() | st.integers(0, 10**9)
    labels = st.sampled_from(get_args(UnitLabel))
    columns = {"year": pd.Series(column(st.integers(1990, 2100)), dtype="int64")}
    columns |= {c: pd.Series(column(st.text(max_size=12)), dtype="str") for c in words}
    columns |= {c: pd.Series(column(figures), dtype="float64") for c in shown}
    columns["n"] = pd.Series(column(counts), dtype="float64")
    columns["unit_label"] = pd.Series(column(labels), dtype="str")
    frame = pd.DataFrame(columns)
    return frame.set_index(pd.Index(column(st.integers(0, 99)), dtype="int64"))


answers = st.builds(
    Answer,
    st.just("participation"),
    st.integers(1990, 2100),
    texts,
    st.lists(findings, max_size=2).map(tuple),
    st.lists(estimates, max_size=2).map(tuple),
    indicator_frames(),
    sentences=st.dictionaries(st.text(max_size=8), texts, max_size=3),
    frames=st.fixed_dictionaries({"headlines": indicator_frames()}),
    statements=st.lists(
        st.builds(Statement, st.just("tujuan"), st.text(max_size=8), texts, st.just("open")),
        max_size=2,
    ).map(tuple),
    waits=st.lists(st.sampled_from(sorted(contracts.TABLES)), max_size=3).map(tuple),
)


def assert_same_frame(read: pd.DataFrame, written: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(read, written.reset_index(drop=True))


@given(answers)
@folders
def test_any_answer_is_read_back_equal_and_byte_for_byte(tmp_path: Path, answer):
    answer.write(tmp_path)
    first = (tmp_path / FILE).read_bytes()
    read = Answer.read(tmp_path)
    read.write(tmp_path)
    assert (tmp_path / FILE).read_bytes() == first
    assert read == answer
    assert repr(read.findings) == repr(answer.findings)
    assert repr(read.estimates) == repr(answer.estimates)
    assert (read.lead, read.sentences) == (answer.lead, answer.sentences)
    assert (read.statements, read.waits) == (answer.statements, answer.waits)
    assert_same_frame(read.indicators, answer.indicators)
    assert_same_frame(read.frames["headlines"], answer.frames["headlines"])


@pytest.mark.parametrize("year", [2024, 2020])
@pytest.mark.parametrize("name", questions.__all__)
def test_every_answer_is_read_back_whole(small_study, tmp_path: Path, name, year):
    answer = getattr(questions, name)(small_study(year))
    answer.write(tmp_path / "a")
    read = Answer.read(tmp_path / "a")
    read.write(tmp_path / "b")
    assert (tmp_path / "a" / FILE).read_bytes() == (tmp_path / "b" / FILE).read_bytes()
    assert read == answer and answer == read
    assert (read.year, read.question) == (year, name)
    assert_same_frame(read.indicators, answer.indicators)
    assert_same_frame(read.exclusions, answer.exclusions)
    assert list(read.frames) == list(answer.frames)
    for frame in answer.frames:
        assert_same_frame(read.frames[frame], answer.frames[frame])
    for pair in zip(read.estimates, answer.estimates, strict=True):
        assert repr(pair[0]) == repr(pair[1]) and type(pair[0]) is Estimate


def _row(**changed: object) -> pd.DataFrame:
    row = {"year": 2024, "indicator": "ikm", "group_by": "all", "group": "all", "value": 90.0}
    row |= {"ci_low": 88.0, "ci_high": 92.0, "n": 30.0, "unit_label": "IKM points"}
    return pd.DataFrame([row | changed])


def _share(**changed: object) -> pd.DataFrame:
    row = {"group_by": "alasan", "group": "jarak", "value": 0.5, "ci_low": 0.4, "ci_high": 0.6}
    return pd.DataFrame([row | {"n": 30.0} | changed])


def _answer(**parts: object) -> Answer:
    return Answer("participation", 2024, Text("a", "a"), **parts)


def test_answers_differ_in_any_figure():
    one = _answer(indicators=_row())
    assert one == _answer(indicators=_row())
    for other in (
        _answer(indicators=_row(value=90.000001)),
        _answer(indicators=_row(ci_low=np.nan)),
        _answer(indicators=_row(), waits=("skm",)),
        _answer(indicators=_row(), sentences={"order": Text("b", "b")}),
        _answer(frames={"headlines": _row()}),
        Answer("participation", 2023, Text("a", "a"), indicators=_row()),
    ):
        assert one != other
    assert one != "an answer"


@pytest.mark.parametrize(
    "frame",
    [
        _row().drop(columns="n"),
        _row().assign(nip="19800101"),
        _row(year=1889),
        _row(year=2024.5),
        _row(value="90"),
        _row(n=-1.0),
        _row(group=None),
    ],
    ids=["column lost", "column more", "no year", "half a year", "text", "n below 0", "no group"],
)
def test_indicators_of_another_shape_are_refused(frame):
    assert len(_answer(indicators=_row()).indicators) == 1
    with pytest.raises(REFUSED):
        _answer(indicators=frame)
    with pytest.raises(REFUSED):
        _answer(frames={"headlines": frame})


@pytest.mark.parametrize("name", ["answers", "reasons", "never_invited", "predikat"])
def test_shares_lie_between_none_and_all(name):
    group = codes.PREDIKAT[0]
    assert _answer(frames={name: _share(group=group)})
    assert _answer(frames={name: _share(group=group, value=np.nan, ci_low=np.nan)})
    for changed in ({"value": 1.01}, {"ci_low": -0.01}, {"ci_high": 50.0}, {"n": -1.0}):
        with pytest.raises(REFUSED):
            _answer(frames={name: _share(group=group, **changed)})


def test_other_frames_hold_what_their_schema_says():
    with pytest.raises(REFUSED):
        _answer(frames={"predikat": _share(group="cukup")})
    with pytest.raises(REFUSED):
        below_none = pd.DataFrame({"table": ["skm"], "year": [2024], "rows": [-1]})
        _answer(frames={"contents": below_none})
    with pytest.raises(KeyError):
        _answer(frames={"people": _share()})
    hit = {"table": "skm", "file": "a.csv", "row": 2, "column": "u4", "fault": "out_of_scale"}
    good = pd.DataFrame([hit | {"action": "excluded", "count": 1}])
    assert len(_answer(exclusions=good).exclusions) == 1
    for changed in ({"fault": "unheard_of"}, {"action": "stopped"}, {"count": 0}, {"row": -1}):
        with pytest.raises(REFUSED):
            _answer(exclusions=good.assign(**changed))


def test_empty_frames_keep_their_shape():
    for empty, schema in (
        (contracts.no_indicators(), schemas.INDICATORS),
        (contracts.no_exclusions(), schemas.EXCLUSIONS),
        (contracts.no_shares(), schemas.FRAMES["answers"]),
    ):
        assert len(empty) == 0
        assert list(schema.validate(empty)) == list(schema.columns)
    assert list(contracts.no_indicators()) == list(contracts.INDICATOR_COLUMNS)
    assert list(contracts.no_exclusions()) == list(contracts.EXCLUSION_COLUMNS)


def test_an_answer_that_is_not_there_is_an_os_error(tmp_path: Path):
    with pytest.raises(OSError):
        Answer.read(tmp_path)


def _write(folder: Path, change: Callable[[dict], object]) -> None:
    _answer(indicators=_row()).write(folder)
    content = json.loads((folder / FILE).read_text())
    change(content)
    (folder / FILE).write_text(json.dumps(content))


@pytest.mark.parametrize("keep", [0, 1, 40, -2])
def test_half_a_file_is_a_value_error(tmp_path: Path, keep):
    _answer(indicators=_row()).write(tmp_path)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:keep])
    with pytest.raises(ValueError):
        Answer.read(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.pop("lead"),
        lambda c: c.update(year="soon"),
        lambda c: c.update(findings=[{"id": "x"}]),
        lambda c: c.update(frames={"people": c["indicators"]}),
    ],
    ids=["no lead", "no year", "half a finding", "unknown frame"],
)
def test_a_damaged_answer_is_a_value_error(tmp_path: Path, change):
    _write(tmp_path, change)
    with pytest.raises(ValueError):
        Answer.read(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["indicators"].pop("types"),
        lambda c: c["indicators"]["types"].pop("value"),
        lambda c: c["indicators"]["columns"].update(year=[1889]),
        lambda c: c["indicators"]["columns"].pop("n"),
    ],
    ids=["no types", "no type", "no year", "no column"],
)
def test_a_damaged_frame_is_a_value_error_too(tmp_path: Path, change):
    """`Answer.read` promises OSError or ValueError."""
    _write(tmp_path, change)
    with pytest.raises(ValueError):
        Answer.read(tmp_path)


def test_findings_sentences_and_estimates_are_found_by_name():
    nothing = Interval()
    found = Finding("a.b.c", "productivity", "skp", "descriptive", "none", nothing, "", Text("x"))
    about = About("productivity", "skp", "SKP points", 2024)
    rows = [Estimate(about, Interval(), role, "att", "x") for role in ("primary", "placebo")]
    answer = _answer(findings=(found,), estimates=tuple(rows), sentences={"b": Text("y")})
    assert answer.finding("a.b.c") is found and answer.finding("a.b") is None
    assert (answer.say("a.b.c"), answer.say("b"), answer.say("z")) == (Text("x"), Text("y"), Text())
    assert answer.rows("primary") == (rows[0],) == answer.rows("primary", "skp")
    assert answer.rows("primary", "ikm") == () == answer.rows("event_study")
