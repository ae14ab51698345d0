"""What a draw of next year's seats will be able to tell, by the number of seats; nothing is
computed here.
"""

from __future__ import annotations

import pandas as pd

from helpers.contracts import Answer, effect_unit, number
from helpers.findings import known, say, told, word
from helpers.present import captions, style
from helpers.present.blocks import NOTHING, Block, Table


def detectable(answer: Answer, lang: str) -> Block:
    """The smallest effect of coming that will be seen, of each outcome, in multiples of its
    smallest effect of interest.

    Parameters
    ----------
    answer : with the frame ``detectable``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    A line an outcome, over the number of seats; nothing where there is no frame.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    frame = answer.frames.get("detectable", pd.DataFrame())
    if frame.empty:
        return NOTHING
    figure, axes = style.canvas()
    axes.axhline(1, color=style.GREY, linewidth=1)
    # Lines that lie on each other are told apart by their dashes.
    for (colour, dashes), (outcome, rows) in zip(
        zip(style.SERIES, ("-", "--", ":", "-."), strict=True),
        frame.groupby("outcome", sort=False),
        strict=False,
    ):
        axes.plot(
            rows["seats"],
            rows["came"] / rows["smallest"],
            color=colour,
            linestyle=dashes,
            linewidth=2,
            label=say(f"outcome.{outcome}", said),
        )
        marked = rows[rows["told"]]
        axes.plot(marked["seats"], marked["came"] / marked["smallest"], "o", color=colour)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=9, loc="upper right")
    style.label(
        axes, said, word("seats_drawn", said), word("in_smallest", said),
        numbers_x=True, numbers_y=True,
    )  # fmt: skip
    told_of = frame[frame["told"]]
    points = style.points(
        (f"{say(f'outcome.{outcome}', said)}, {number(seats, said, 0)}", number(times, said, 1))
        for outcome, seats, times in zip(
            told_of["outcome"], told_of["seats"], told_of["came"] / told_of["smallest"], strict=True
        )
    )
    source = captions.source(
        ("kinerja", *captions.TRAINING),
        [answer.year - 1, answer.year],
        frame["people"].astype(float),
        "employees",
    )
    return style.finish(
        figure, told("alt.detectable", points=points), source + told("draw_plan.below_one"), said
    )


def detectable_table(answer: Answer, lang: str) -> Block:
    """The same of this year's seats and their multiples, each outcome in its own unit.

    Parameters
    ----------
    answer : with the frame ``detectable``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    A row a number of seats; nothing where there is no frame.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    frame = answer.frames.get("detectable", pd.DataFrame())
    if frame.empty:
        return NOTHING
    told_of = frame[frame["told"]]
    first = told_of["outcome"].iloc[0]
    columns = [
        [word("seats_drawn", said)]
        + [number(n, said, 0) for n in told_of.loc[told_of["outcome"] == first, "seats"]]
        + [word("smallest_of_interest", said)]
    ]
    for outcome, rows in told_of.groupby("outcome", sort=False):
        unit = effect_unit(rows["unit_label"].iloc[0], rows["baseline"].iloc[0])
        shown = [unit.apart(v)[said] for v in (*rows["came"], rows["smallest"].iloc[0])]
        columns.append([f"{say(f'outcome.{outcome}', said)} ({unit.difference[said]})", *shown])
    header, *rows_of = zip(*columns, strict=True)
    return Table(
        header,
        tuple(rows_of),
        numeric=tuple(range(len(header))),
        caption=say("draw_plan.table", said),
    )
