"""A small region's study, and every question's answer to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import intake, questions
from helpers.contracts import Answer, Plan, Study


@pytest.fixture(scope="session")
def study(small_region: Path, plan: Plan) -> Study:
    return intake.study(small_region, 2024, plan)


@pytest.fixture(scope="session")
def answers(study: Study) -> dict[str, Answer]:
    return {name: getattr(questions, name)(study) for name in questions.__all__}
