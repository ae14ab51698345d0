"""How evenly people attend, are invited and get hours; nothing is computed here."""

from __future__ import annotations

import pandas as pd

from helpers.contracts import Answer, Lang, number
from helpers.contracts.schemas import FrameName
from helpers.contracts.units import SHARE
from helpers.findings import known, told, word
from helpers.findings.evenly import figure
from helpers.present import captions, style
from helpers.present.blocks import NOTHING, Block, Table


def parity(answer: Answer, lang: str) -> Block:
    """Each group's chance of an invitation as a ratio to that of all others, with its interval;
    hidden groups are not drawn.

    Parameters
    ----------
    answer : with the frame ``parity``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    A line at 1, the same chance; nothing where all groups are hidden.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = _frame(answer, "parity").dropna(subset=["value", "ci_low", "ci_high"])
    if rows.empty:
        return NOTHING
    drawn, axes = style.canvas(height=0.3 * len(rows) + 1.0)
    axes.axvline(1, color=style.INK, linewidth=0.8)
    y = list(range(len(rows)))[::-1]
    axes.hlines(y, rows["ci_low"], rows["ci_high"], color=style.GREY, linewidth=2)
    apart = (rows["ci_low"] > 1) | (rows["ci_high"] < 1)
    for far, mark, colour in ((False, "o", style.BLUE), (True, "D", style.ORANGE)):
        at = (apart == far).to_numpy()
        axes.plot(
            rows["value"][at], [i for i, k in zip(y, at, strict=True) if k], mark, color=colour
        )
    names = [_name(r, said) for _, r in rows.iterrows()]
    axes.set_yticks(y, names)
    axes.set_xscale("log")
    axes.set_xticks(ticks := _ticks(float(rows["ci_low"].min()), float(rows["ci_high"].max())))
    axes.minorticks_off()
    axes.set_xticklabels([number(t, said, 2) for t in ticks])
    axes.set_xlabel(word("parity", said))
    points = style.points(
        (name, f"{figure(r['value'])[said]} ({_span(r, said)})")
        for name, (_, r) in zip(names, rows.iterrows(), strict=True)
    )
    of = captions.source(captions.TRAINING, [answer.year], rows["n"], "employees")
    caption = of + told("evenness.caption")
    return style.finish(drawn, told("alt.parity", points=points), caption, said)


def _ticks(low: float, high: float) -> list[float]:
    every = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
    return [t for t in every if low / 1.2 <= t <= high * 1.2] or [1.0]


def attending(answer: Answer, lang: str) -> Block:
    """How much more often each group attends, once invited, than the largest of its kind.

    Parameters
    ----------
    answer : with the frame ``attending``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    In percentage points, with interval and people; nothing where there is no model.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = [
        (
            _name(r, said),
            word(str(r["reference"]), said),
            SHARE.change(r["value"])[said],
            SHARE.change_span(r["ci_low"], r["ci_high"])[said],
            number(r["n"], said, 0),
        )
        for _, r in _frame(answer, "attending").iterrows()
    ]
    heads = ("group", "compared_with", "estimate", "interval", "n")
    header = tuple(word(h, said) for h in heads)
    return Table(header, tuple(rows), numeric=(2, 3, 4)) if rows else NOTHING


def concentration(answer: Answer, lang: str) -> Block:
    """The Gini index of training hours, of all and within each group; hidden ones are marked.

    Parameters
    ----------
    answer : with the frame ``concentration``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    From 0 to 1, with interval and people; nothing where there are no hours.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = [
        (_name(r, said), word("hidden", said), "–", "–")
        if pd.isna(r["value"])
        else (
            _name(r, said),
            figure(r["value"])[said],
            "–" if pd.isna(r["ci_low"]) else _span(r, said),
            number(r["n"], said, 0),
        )
        for _, r in _frame(answer, "concentration").iterrows()
    ]
    header = tuple(word(h, said) for h in ("group", "concentration", "interval", "n"))
    return Table(header, tuple(rows), numeric=(1, 2, 3)) if rows else NOTHING


def _frame(answer: Answer, name: FrameName) -> pd.DataFrame:
    columns = ["group_by", "group", "reference", "value", "ci_low", "ci_high", "n"]
    return style.youngest_first(answer.frames.get(name, pd.DataFrame(columns=columns)))


def _name(row: pd.Series, lang: Lang) -> str:
    by, group = str(row["group_by"]), str(row["group"])
    return word("everyone", lang) if by == "all" else f"{word(by, lang)}: {word(group, lang)}"


def _span(row: pd.Series, lang: Lang) -> str:
    return told("evenness.span", low=figure(row["ci_low"]), high=figure(row["ci_high"]))[lang]
