"""A training history tells who attended, and neither who was invited nor who refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from helpers import intake, questions, simulate
from helpers.contracts import LANGS, Answer, Study, codes
from helpers.findings import main_points, told
from tests.questions.history import with_history

UNKNOWN = ("participation.refusal.level", "participation.never_invited.level")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region") / "data"
    simulate.write(simulate.World(seed=4, employees=800, units=20), folder)
    return folder


@pytest.fixture(scope="module")
def study(region: Path) -> Study:
    return intake.study(region, 2024)


@pytest.fixture(scope="module")
def alone(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("alone") / "data"
    return intake.study(with_history(region, folder, 2024), 2024)


@pytest.fixture(scope="module")
def in_part(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("in_part") / "data"
    return intake.study(with_history(region, folder, 2022), 2024)


def _indicators(answer: Answer, name: str) -> pd.DataFrame:
    rows = answer.indicators
    return rows[(rows["indicator"] == name) & (rows["group_by"] == "all")].dropna(subset=["value"])


def test_of_attendances_alone_nobody_is_said_to_have_refused_or_been_passed_over(
    alone: Study, study: Study
) -> None:
    answer, known = questions.participation(alone), questions.participation(study)
    for name in UNKNOWN:
        finding = answer.finding(name)
        assert finding is not None
        assert not finding.interval.known
        assert known.finding(name).interval.known
    for name in ("refusal_share", "invited_share"):
        assert _indicators(answer, name).empty
        assert len(_indicators(known, name)) > 1
    # Hours and who was trained are what they are.
    for name in ("jp_target_share", "trained_share"):
        pd.testing.assert_frame_equal(
            _indicators(answer, name).reset_index(drop=True),
            _indicators(known, name).reset_index(drop=True),
        )
    for lang in LANGS:
        said = " ".join(f.text[lang] for f in answer.findings)
        assert told("participation.attendance_alone", year=2024)[lang] in said
        assert told("evenness.parity_not_asked", year=2024)[lang] in said
        assert told("participation.no_need_not_asked")[lang] in said
        assert "0,0%" not in said
        assert "100" not in said
        assert answer.sentences["next.gap"] == told("next.record_invitations")
    advice = questions.recommendations(alone)
    assert told("followed.unasked", year=2024)["en"] in " ".join(
        f.text["en"] for f in advice.findings
    )


def test_themes_are_found_in_the_names_of_activities(alone: Study, study: Study) -> None:
    assert set(alone.kegiatan["tema"]) == set(study.kegiatan["tema"])


def test_years_with_invitations_speak_for_themselves(in_part: Study, study: Study) -> None:
    answer, known = questions.participation(in_part), questions.participation(study)
    refusal, never = (answer.finding(name) for name in UNKNOWN)
    assert refusal.interval == known.finding(UNKNOWN[0]).interval
    assert not never.interval.known
    assert set(_indicators(answer, "refusal_share")["year"]) == {2023, 2024}
    assert set(_indicators(answer, "invited_share")["year"]) == {2023, 2024}
    assert told("participation.never_not_asked") == never.text
    slots = dict.fromkeys(("attended", "refused", "year", "target", "jp"), "")
    for lang in LANGS:
        last = told("participation.headline_never_unknown", **slots)[lang].rsplit(". ", 1)[-1]
        assert refusal.text[lang].endswith(last)


def test_the_first_screen_says_nothing_of_invitations_that_are_not_recorded(alone: Study) -> None:
    answers = {"20_participation": questions.participation(alone)}
    points = main_points.main_points(answers, alone.plan, {})
    assert not {"refusal", "equal"} & {p.key for p in points}


def test_a_code_of_a_history_is_known_again() -> None:
    assert codes.attendance_alone(codes.history_code("x", answered=False))
    assert not codes.attendance_alone(codes.history_code("x", answered=True))
    assert not codes.attendance_alone("K2024-01")
