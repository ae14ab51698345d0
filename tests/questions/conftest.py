"""A small region's study, and every question's answer to it."""

from __future__ import annotations

import pytest

from helpers import questions
from helpers.contracts import Answer, Study


@pytest.fixture(scope="session")
def study(small_study) -> Study:
    return small_study(2024)


@pytest.fixture(scope="session")
def answers(study: Study) -> dict[str, Answer]:
    return {name: getattr(questions, name)(study) for name in questions.__all__}
