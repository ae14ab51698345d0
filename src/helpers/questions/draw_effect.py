"""What did seats drawn by lot bring?"""

from __future__ import annotations

from collections.abc import Callable

from helpers.causal.by_lot import Drawing
from helpers.contracts import Answer, Study, Text, out_folder, remembered
from helpers.contracts.lottery import Lottery
from helpers.findings import told
from helpers.measures import lotteries
from helpers.questions.answered import answered_by_lot
from helpers.questions.needed import needed
from helpers.questions.productivity_effect import productivity_effect
from helpers.questions.waiting import waiting


@remembered
def draw_effect(study: Study, out: str = "") -> Answer:
    """Effect of the last draw for seats up to the study's year: of being drawn, and of coming
    (methods.md).

    Parameters
    ----------
    study : with the table ``undian``; without it the answer says how to get one.
    out : the folder that the notebook was given, with the answers that it needs; empty when
        exploring.

    Returns
    -------
    One finding for each outcome of productivity, and one of how far the answer without a draw was
    from the draw's.

    Raises
    ------
    EvaluasiError : ``out`` names no folder.
    """
    folder = out_folder(out)
    if study.pegawai.empty or study.kinerja.empty:
        return waiting(study, "draw_effect", "pegawai", "kinerja")
    asked = drawings(study)
    if not asked:
        return Answer("draw_effect", study.year, told("draw.waiting"))
    without = needed(study, folder, "31_productivity_effect", productivity_effect)
    return answered_by_lot(
        "draw_effect", study, asked, {"other_years": _other_years(study)}, without
    )


def drawings(
    study: Study, of_outcome: Callable[[Study, str], Lottery | None] = lotteries.lottery
) -> tuple[Drawing, ...]:
    """What is asked of a draw: each outcome of productivity, the main one first.

    Parameters
    ----------
    study : its plan names outcomes, draws and the level.
    of_outcome : makes the draw, the last one where nothing else is said.
    """
    of, inference = study.plan.outcomes.productivity, study.plan.inference
    return tuple(
        Drawing(
            held,
            study.year,
            of.smallest_effect[outcome],
            inference.draws,
            inference.seed,
            inference.level,
            study.plan.privacy.small_cell,
        )
        for outcome in of.all
        if (held := of_outcome(study, outcome)) is not None
    )


def _other_years(study: Study) -> Text:
    years = lotteries.drawn_years(study)[:-1]
    return told("draw.other_years", years=", ".join(map(str, years))) if years else Text()
