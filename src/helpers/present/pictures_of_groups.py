"""Pictures of groups beside one another: what was learnt by where people began, and contrasts of
kinds and hours.
"""

from __future__ import annotations

import pandas as pd

from helpers.contracts import UNITS, Answer, Estimate, Text, number
from helpers.findings import contrasted, known, say, told, word
from helpers.present import captions, style
from helpers.present.blocks import NOTHING, Block, Table


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
    caption = captions.source(("kegiatan", "peserta"), [answer.year], seen["n"], "participants")
    return style.finish(figure, told("alt.gains", points=points), caption, said)


def _values(rows: pd.DataFrame, indicator: str) -> pd.Series:
    return rows[rows["indicator"] == indicator].set_index("group")["value"]


def contrasts(answer: Answer, by: str, lang: str) -> Block:
    """Contrasts of the trained with the untrained, and among the trained, each with its interval;
    as associations that explore.

    Parameters
    ----------
    answer : with estimates of the role ``subgroup``.
    by : ``"metode"`` for kinds of activity, ``"jp"`` for hours.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    In per cent of the level before training, or the outcome's unit; nothing where there is none.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = [e for e in answer.rows("subgroup") if e.about.group == by]
    if not rows:
        return NOTHING
    names = [contrasted.both_sides(e, by)[said] for e in rows]
    figure, axes = style.canvas(height=max(1.8, 0.45 * len(rows) + 0.9))
    axes.axvline(0, color=style.INK, linewidth=0.8)
    for i, e in enumerate(reversed(rows)):
        alone = contrasted.sides(e)[1] == contrasted.NONE
        colour, scale = style.BLUE if alone else style.ORANGE, e.unit.scale
        axes.hlines(i, e.interval.low * scale, e.interval.high * scale, color=colour, linewidth=2.2)
        marker = "o" if alone else "s"
        axes.plot(e.interval.value * scale, i, marker, color=colour, markersize=6)
    axes.set_yticks(range(len(rows)), list(reversed(names)))
    axes.set_ylim(-0.6, len(rows) - 0.4)
    style.label(axes, said, rows[0].unit.axis[said], numbers_x=True)
    points = style.points(
        (name, f"{e.unit.change(e.interval.value)[said]} ({_span(e)[said]})")
        for name, e in zip(names, rows, strict=True)
    )
    alt = told("alt.comparison", what=told(f"outcome.{rows[0].outcome}"), points=points)
    return style.finish(figure, alt, captions.of_estimates(rows, answer.year), said)


def themes(answer: Answer, lang: str) -> Block:
    """Each theme and outcome of the plan's theory of change with its difference, interval, numbers
    and grade.

    Parameters
    ----------
    answer : with findings of pairs, and their estimates as ``primary`` or ``subgroup``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where the plan ties no outcome to a theme.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = []
    for e in (*answer.rows("primary"), *answer.rows("subgroup")):
        theme = e.about.treatment.rpartition(": ")[0]
        finding = answer.finding(contrasted.pair_id(theme, e.outcome))
        if finding is None or e.about.group != "all":
            continue
        told_of = finding.interval.known
        rows.append(
            (
                word(theme, said),
                say(f"outcome.{e.outcome}", said),
                e.unit.change(e.interval.value)[said] if told_of else "–",
                _span(e)[said] if told_of else "–",
                number(e.n_treated, said, 0) if told_of else "–",
                number(e.n_control, said, 0) if told_of else "–",
                say(f"grade.{finding.grade}", said),
            )
        )
    heads = ("tema", "outcome", "estimate", "interval", "trained", "comparison", "grade")
    header = tuple(word(h, said) for h in heads)
    return Table(header, tuple(rows), numeric=(4, 5)) if rows else NOTHING


def _span(e: Estimate) -> Text:
    return e.unit.change_span(e.interval.low, e.interval.high)
