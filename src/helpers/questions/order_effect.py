"""What did a drawn order of units bring?"""

from __future__ import annotations

from helpers.causal.by_lot import Drawing
from helpers.contracts import Answer, Study, Text, remembered
from helpers.contracts.lottery import FEWEST_YEARS_OF_UNITS
from helpers.findings import told
from helpers.measures import orders
from helpers.questions.answered import answered_by_lot
from helpers.questions.waiting import waiting


@remembered
def order_effect(study: Study) -> Answer:
    """Effect of the last draw of the order in which units are trained, up to the study's year: of a
    unit's turn, and of training enough of its staff (methods.md, a draw).

    The answer without a draw is not set beside it: most of those whom it calls trained were trained
    in their drawn turn, so that it could only agree.

    Parameters
    ----------
    study : with the table ``undian_unit``; without it the answer says how to get one.

    Returns
    -------
    One finding for each outcome of satisfaction.
    """
    if study.skm.empty or study.pegawai.empty:
        return waiting(study, "order_effect", "pegawai", "skm")
    asked, years = turns_drawn(study), orders.order_years(study)
    if not asked:
        over = told("order.over", years=", ".join(map(str, years)), year=study.year)
        return Answer("order_effect", study.year, over if years else told("order.waiting"))
    others = [year for year in years if year != asked[0].lottery.year]
    said = told("order.other_years", years=", ".join(map(str, others))) if others else Text()
    beside = told("order.beside") if study.trained else Text()
    return answered_by_lot("order_effect", study, asked, {"beside": beside, "other_years": said})


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
            fewest=FEWEST_YEARS_OF_UNITS,
        )
        for outcome in of.all
        if (held := orders.order(study, outcome)) is not None
    )
