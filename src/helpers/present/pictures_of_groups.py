"""Pictures of groups beside one another: what was learnt by where people began, and contrasts of
kinds and hours.
"""

from __future__ import annotations

import pandas as pd

from helpers.contracts import UNITS, Answer
from helpers.findings import known, told, word
from helpers.present import style
from helpers.present.blocks import NOTHING, Block


def gains_by_start(answer: Answer, lang: str) -> Block:
    """The gain of each third of the first scores with its interval, beside what regression to the
    mean alone would give.

    Parameters
    ----------
    answer : with the indicators ``test_gain`` and ``test_gain_expected`` by ``start_third``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    In test points; nothing where every third is hidden.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said, frame = known(lang), answer.indicators
    thirds = frame[frame["group_by"] == "start_third"].dropna(subset=["value"])
    seen = thirds[thirds["indicator"] == "test_gain"].reset_index(drop=True)
    if seen.empty:
        return NOTHING
    alone = _values(thirds, "test_gain_expected").reindex(seen["group"])
    unit = UNITS[seen["unit_label"].iloc[0]]
    names = [word(str(g), said) for g in seen["group"]]
    figure, axes = style.canvas(height=2.8)
    x = range(len(seen))
    errors = [seen["value"] - seen["ci_low"], seen["ci_high"] - seen["value"]]
    axes.errorbar(
        x,
        seen["value"],
        yerr=errors,
        fmt="o",
        color=style.BLUE,
        capsize=3,
        linewidth=1.8,
        label=word("observed", said),
    )
    axes.plot(x, alone, "D", color=style.ORANGE, fillstyle="none", label=word("by_itself", said))
    axes.set_xticks(list(x), names)
    axes.margins(x=0.2, y=0.3)
    axes.legend(frameon=False, fontsize=9)
    style.label(axes, said, word("start_third", said), unit.axis[said], numbers_y=True)
    points = style.points(
        (name, f"{unit.change(v)[said]} ({word('by_itself', said)} {unit.change(a)[said]})")
        for name, v, a in zip(names, seen["value"], alone, strict=True)
    )
    return style.finish(figure, told("alt.gains", points=points), said)


def _values(rows: pd.DataFrame, indicator: str) -> pd.Series:
    return rows[rows["indicator"] == indicator].set_index("group")["value"]
