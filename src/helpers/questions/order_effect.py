"""What did a drawn order of units bring?"""

from __future__ import annotations

from typing import Final

from helpers.causal.by_lot import Drawing
from helpers.contracts import Answer, Study, Text, out_folder, remembered
from helpers.findings import told
from helpers.measures import orders
from helpers.questions.answered import answered_by_lot
from helpers.questions.needed import needed
from helpers.questions.satisfaction_effect import satisfaction_effect
from helpers.questions.waiting import waiting

# Years of units on either side, below which turns dealt again tell too little apart.
_FEWEST: Final = 10


@remembered
def order_effect(study: Study, out: str = "") -> Answer:
    """Effect of the last draw of the order in which units are trained, up to the study's year: of a
    unit's turn, and of training enough of its staff (methods.md, a draw).

    Parameters
    ----------
    study : with the table ``undian_unit``; without it the answer says how to get one.
    out : the folder that the notebook was given, with the answers that it needs; empty when
        exploring.

    Returns
    -------
    One finding for each outcome of satisfaction, and one of how far the answer without a draw was
    from the draw's.

    Raises
    ------
    EvaluasiError : ``out`` names no folder.
    """
    folder = out_folder(out)
    if study.skm.empty or study.pegawai.empty:
        return waiting(study, "order_effect", "pegawai", "skm")
    asked = turns_drawn(study)
    if not asked:
        return Answer("order_effect", study.year, told("order.waiting"))
    without = needed(study, folder, "41_satisfaction_effect", satisfaction_effect)
    return answered_by_lot("order_effect", study, asked, without, _other_years(study))


def turns_drawn(study: Study) -> tuple[Drawing, ...]:
    """What is asked of a drawn order: each outcome of satisfaction, the main one first.

    Parameters
    ----------
    study : its plan names outcomes, draws and the level.
    """
    of, inference = study.plan.outcomes.satisfaction, study.plan.inference
    return tuple(
        Drawing(
            held,
            study.year,
            of.smallest(outcome),
            inference.draws,
            inference.seed,
            inference.level,
            # Units are nobody's secret; how few forms may speak for one the plan says.
            small_cell=1,
            fewest=_FEWEST,
        )
        for outcome in of.all
        if (held := orders.order(study, outcome)) is not None
    )


def _other_years(study: Study) -> Text:
    years = orders.order_years(study)[:-1]
    return told("order.other_years", years=", ".join(map(str, years))) if years else Text()
