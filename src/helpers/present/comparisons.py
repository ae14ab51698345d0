"""Pictures of effects: over time, beside the simple comparisons, outcome by outcome."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd

from helpers.contracts import Answer, Estimate, Lang, number
from helpers.findings import known, other_ways, say, subgroups, told, word
from helpers.findings.words import thing, trait
from helpers.present import captions, style
from helpers.present.blocks import NOTHING, Block, Picture

# What Works Clearinghouse: groups farther apart than this are not alike, whatever is adjusted for.
_UNLIKE: Final = 0.25


def event_study(answer: Answer, lang: str) -> Block:
    """The difference from the comparison group by years since training; before it, there should be
    none. After it, pale bars say what it could be if the groups drift apart as much as they ever
    did before: the later the year, the less it tells.

    Parameters
    ----------
    answer : its first finding names the outcome that is drawn; with the frame ``drifted``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    In the unit of the outcome, with intervals; nothing where there is no estimate over time.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = [
        e
        for e in answer.rows("event_study")
        if answer.findings and e.outcome == answer.findings[0].outcome
    ]
    if not rows:
        return NOTHING
    rows = sorted(rows, key=lambda e: e.about.horizon or 0)
    unit = rows[0].unit
    figure, axes = style.canvas()
    axes.axhline(0, color=style.INK, linewidth=0.8)
    axes.axvline(-0.5, color=style.GREY, linestyle="--", linewidth=1)
    drifted = _drifted(answer)
    if drifted is not None:
        spans = (drifted["horizon"], drifted["low"] * unit.scale, drifted["high"] * unit.scale)
        axes.vlines(*spans, color=style.BLUE, alpha=0.2, linewidth=11, label=word("drifted", said))
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
    for before, colour, marker in ((True, style.GREY, "s"), (False, style.BLUE, "o")):
        part = [e for e in rows if ((e.about.horizon or 0) < 0) == before]
        x, found = [e.about.horizon or 0 for e in part], [e.interval for e in part]
        errors = [
            [(i.value - i.low) * unit.scale for i in found],
            [(i.high - i.value) * unit.scale for i in found],
        ]
        axes.errorbar(
            x,
            [i.value * unit.scale for i in found],
            yerr=errors,
            fmt=marker,
            color=colour,
            capsize=3,
            linewidth=1.6,
            markersize=6,
        )
    style.label(axes, said, word("event_time", said), unit.axis[said], numbers_y=True)
    axes.set_xticks(sorted({*(e.about.horizon or 0 for e in rows), -1}))
    points = style.points((number(e.about.horizon or 0, said, 0), _change(e, said)) for e in rows)
    what = told(f"outcome.{rows[0].outcome}")
    alt = told("alt.event_study", what=what, points=points)
    if drifted is not None:
        ends = zip(drifted["horizon"], drifted["low"], drifted["high"], strict=True)
        bars = style.points(
            (number(h, said, 0), unit.change_span(low, high)[said]) for h, low, high in ends
        )
        alt += told("alt.drifted", points=bars)
    return style.finish(figure, alt, captions.of_estimates(rows, answer.year), said)


def _drifted(answer: Answer) -> pd.DataFrame | None:
    frame = answer.frames.get("drifted")
    return None if frame is None or frame.empty else frame


def simple_comparisons(answer: Answer, lang: str) -> Block:
    """The simple comparisons beside the one of like with like.

    Parameters
    ----------
    answer : its first finding names the outcome that is drawn.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Descriptive estimates, then the primary one; nothing where none has an interval.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    outcome = answer.findings[0].outcome if answer.findings else ""
    rows = [
        e
        for e in (*answer.rows("descriptive", outcome), *answer.rows("primary", outcome))
        if e.interval.known
    ]
    if not outcome or not rows:
        return NOTHING
    labels = [word("primary" if e.role == "primary" else e.estimator, said) for e in rows]
    return _forest(rows, labels, said, highlight=outcome)


def specifications(answer: Answer, lang: str) -> Block:
    """The main outcome by every design and estimator, smallest first: does the answer hang on one
    of them?

    Parameters
    ----------
    answer : its first finding names the outcome that is drawn; with estimates of the roles
        ``primary``, ``robustness`` and ``sensitivity``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    The primary one stands out; nothing where no other has an interval.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    outcome = answer.findings[0].outcome if answer.findings else ""
    rows = [
        e
        for role in ("primary", "robustness", "sensitivity")
        for e in answer.rows(role, outcome)
        if e.interval.known
    ]
    if not outcome or all(e.role == "primary" for e in rows):
        return NOTHING
    rows.sort(key=lambda e: e.interval.value)
    return _forest(rows, [other_ways.way(e)[said] for e in rows], said, highlight=outcome)


def groups(answer: Answer, lang: str) -> Block:
    """The main outcome in each of the plan's subgroups, each beside its own comparison group.

    Parameters
    ----------
    answer : with estimates of the role ``subgroup`` that are of groups of people.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where no group is large enough.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = subgroups.those_of(answer.estimates)
    if not rows:
        return NOTHING
    return _forest(rows, [subgroups.named(e)[said] for e in rows], said, highlight="")


def balance(answer: Answer, lang: str) -> Block:
    """How far apart the trained and their comparison group are in each trait, before and after
    weighting; of a draw, how far the drawn and the others, all and those measured afterwards.

    Parameters
    ----------
    answer : with the frame ``balance``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    In standard deviations, with the bounds of a quarter; nothing where there is no frame.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    frame = answer.frames.get("balance")
    if frame is None or frame.empty:
        return NOTHING
    outcomes = {f.outcome for f in answer.findings}
    names = [
        thing(str(name))[said] if name in outcomes else trait(str(name))[said]
        for name in frame["covariate"]
    ]
    figure, axes = style.canvas(height=max(1.8, 0.4 * len(names) + 1.2))
    axes.axvline(0, color=style.INK, linewidth=0.8)
    for at in (-_UNLIKE, _UNLIKE):
        axes.axvline(at, color=style.GREY, linestyle="--", linewidth=1)
    rows = range(len(names) - 1, -1, -1)
    of_draw = captions.by_lot(answer)
    before, after = ("in_draw", "measured") if of_draw else ("before_weighting", "after_weighting")
    for column, name, colour, marker in (
        ("before", before, style.GREY, "s"),
        ("after", after, style.BLUE, "o"),
    ):
        # What is hidden as a whole has no entry in the legend either.
        if frame[column].notna().any():
            label = word(name, said)
            axes.plot(frame[column], rows, marker, color=colour, markersize=6, label=label)
    axes.set_yticks(range(len(names)), names[::-1])
    axes.set_ylim(-0.6, len(names) - 0.4)
    if frame[["before", "after"]].notna().any(axis=None):
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    apart = "standardised_difference_of_draw" if of_draw else "standardised_difference"
    style.label(axes, said, word(apart, said), numbers_x=True)
    told_of = zip(names, frame["before"], frame["after"], strict=True)
    points = style.points(
        (n, " → ".join(number(x, said, 2) for x in (b, a) if math.isfinite(x)))
        for n, b, a in told_of
    )
    main = answer.findings[0].outcome if answer.findings else ""
    caption = captions.of_estimates(answer.rows("primary", main), answer.year)
    alt = told("alt.balance_of_draw" if of_draw else "alt.balance", points=points)
    return style.finish(figure, alt, caption, said)


def outcomes(answer: Answer, lang: str) -> Block:
    """Every outcome's difference with its interval; for questions whose outcomes share a unit.

    Parameters
    ----------
    answer : with estimates of the roles ``primary`` and ``placebo``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    The main outcome stands out; nothing where none has an interval.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    rows = [e for e in (*answer.rows("primary"), *answer.untouched) if e.interval.known]
    if not rows or not answer.findings:
        return NOTHING
    return _forest(
        rows,
        [say(f"outcome.{e.outcome}", said) for e in rows],
        said,
        highlight=answer.findings[0].outcome,
    )


def _forest(rows: Sequence[Estimate], labels: Sequence[str], lang: Lang, highlight: str) -> Picture:
    figure, axes = style.canvas(height=max(1.8, 0.45 * len(rows) + 0.9))
    axes.axvline(0, color=style.INK, linewidth=0.8)
    for i, row in enumerate(reversed(rows)):
        main = row.role == "primary" and row.outcome == highlight
        colour = style.BLUE if main else style.ORANGE if row.role == "descriptive" else style.GREY
        scale, found = row.unit.scale, row.interval
        axes.hlines(i, found.low * scale, found.high * scale, color=colour, linewidth=2.2)
        axes.plot(found.value * scale, i, "o" if main else "s", color=colour, markersize=6)
    axes.set_yticks(range(len(rows)), list(reversed(labels)))
    axes.set_ylim(-0.6, len(rows) - 0.4)
    style.label(axes, lang, rows[0].unit.axis[lang], numbers_x=True)
    points = style.points((name, _change(r, lang)) for name, r in zip(labels, rows, strict=True))
    alike = {r.outcome for r in rows}
    what = told(f"outcome.{rows[0].outcome}") if len(alike) == 1 else told("alt.outcomes")
    alt = told("alt.comparison", what=what, points=points)
    return style.finish(figure, alt, captions.of_estimates(rows, rows[0].about.year), lang)


def _change(e: Estimate, lang: Lang) -> str:
    span = e.unit.change_span(e.interval.low, e.interval.high)
    return f"{e.unit.change(e.interval.value)[lang]} ({span[lang]})"
