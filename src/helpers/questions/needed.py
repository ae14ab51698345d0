"""The answers that a page needs of other pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.contracts import NEEDS, Answer, Study


def needed(
    study: Study, out: Path | None, page: str, question: Callable[[Study], Answer]
) -> Answer:
    """The answer of another page from ``out/needs/``; asked afresh where none of this year lies
    there.

    Parameters
    ----------
    study : its year is the answer's.
    out : the folder that the notebook was given; None when exploring.
    page : the notebook's name.
    question : what it asks.
    """
    try:
        found = Answer.read(out / NEEDS / page) if out else None
    except (OSError, ValueError):
        found = None
    return found if found is not None and found.year == study.year else question(study)
