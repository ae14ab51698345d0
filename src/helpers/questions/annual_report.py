"""What changed, how surely, and what next? The annual report reads the answers of the other
questions; it computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from helpers.contracts import Answer, Study, Text, no_indicators, out_folder
from helpers.findings import brief, methods, told
from helpers.findings import main_points as points
from helpers.findings.followed import AS_ADVISED
from helpers.questions.data_quality import data_quality
from helpers.questions.draw_effect import draw_effect
from helpers.questions.learning import learning
from helpers.questions.methods_and_dose import methods_and_dose
from helpers.questions.needed import needed
from helpers.questions.next_year_design import next_year_design
from helpers.questions.order_effect import order_effect
from helpers.questions.participation import participation
from helpers.questions.productivity_effect import productivity_effect
from helpers.questions.productivity_trends import productivity_trends
from helpers.questions.recommendations import recommendations
from helpers.questions.satisfaction_effect import satisfaction_effect
from helpers.questions.satisfaction_trends import satisfaction_trends

# The pages that the brief's statements point to, and the question that each answers.
PAGES: Final[dict[str, Callable[[Study], Answer]]] = {
    "10_data_quality": data_quality,
    "20_participation": participation,
    "30_productivity_trends": productivity_trends,
    "31_productivity_effect": productivity_effect,
    "35_draw_effect": draw_effect,
    "40_satisfaction_trends": satisfaction_trends,
    "41_satisfaction_effect": satisfaction_effect,
    "45_order_effect": order_effect,
    "50_methods_and_dose": methods_and_dose,
    "55_learning": learning,
    "60_recommendations": recommendations,
    "70_next_year_design": next_year_design,
}
_STEPS: Final = ("next.gap", "next.reasons", "next.design", "next.data")


def annual_report(study: Study, out: str | Path = "") -> Answer:
    """The brief, statement by statement, from the answers of the pages that it needs.

    Parameters
    ----------
    study : its year chooses the answers; no table of it is looked at where all are on disk.
    out : the folder that the notebook was given; the answers lie in ``out/needs/NOTEBOOK/``. Where
        it is empty, or an answer is not there, damaged or of another year, the question is asked.

    Raises
    ------
    EvaluasiError : ``out`` names no folder.
    """
    folder = out_folder(out)
    answers = {page: needed(study, folder, page, question) for page, question in PAGES.items()}
    steps = _steps(answers)
    first = {
        "compared": points.compared(answers, study.plan),
        "distance": points.distance(answers, study.plan),
        "how_sure": points.how_sure(answers, study.plan),
        "whole": answers["10_data_quality"].lead,
        "as_advised": answers["60_recommendations"].say(AS_ADVISED),
    }
    return Answer(
        "annual_report",
        study.year,
        points.verdict(answers, study.plan),
        statements=brief.statements(answers, study.plan),
        points=points.main_points(answers, study.plan, steps),
        sentences=first
        | steps
        | methods.methods(
            study.plan,
            answers["10_data_quality"].say("alike"),
            points.by_lot(answers, study.plan),
        ),
        frames={"headlines": _headlines(answers)},
    )


def _steps(answers: Mapping[str, Answer]) -> dict[str, Text]:
    """What to do next, in the words of the questions that found it."""
    said = {"next.design": told("next.design")} | {
        k: t for a in answers.values() for k, t in a.sentences.items() if k in _STEPS
    }
    return {k: said[k] for k in _STEPS if said.get(k)}


def _headlines(answers: Mapping[str, Answer]) -> pd.DataFrame:
    """The indicators of everyone, for the pictures of the page."""
    parts = [
        a.indicators[a.indicators["group_by"] == "all"]
        for a in answers.values()
        if len(a.indicators)
    ]
    return pd.concat(parts, ignore_index=True) if parts else no_indicators()
