"""Tables of an answer; nothing is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from helpers.contracts import (
    UNITS,
    Answer,
    Check,
    Estimate,
    Lang,
    Unit,
    UnitLabel,
    codes,
    fault_of,
    number,
)
from helpers.contracts.check_names import FIGURE_KINDS
from helpers.contracts.units import SHARE, p_value
from helpers.findings import known, say, word
from helpers.present import captions
from helpers.present.blocks import NOTHING, Block, Table
from helpers.present.style import shortened, youngest_first

_LONGEST_HEADER: Final = 60


def predikat(answer: Answer, lang: str) -> Block:
    """Ratings of the report's year as shares, best first; ratings of few people are hidden.

    Parameters
    ----------
    answer : with the frame ``predikat``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Share, interval and people of each rating; nothing where there is no frame.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return _shares_table(answer.frames.get("predikat", pd.DataFrame()), known(lang))


def _shares_table(frame: pd.DataFrame, lang: Lang) -> Block:
    if frame.empty:
        return NOTHING
    share = SHARE
    rows = [
        (word(str(r["group"]), lang), *_figures(r, share.label, lang)) for _, r in frame.iterrows()
    ]
    header = (
        word(str(frame["group_by"].iloc[0]), lang),
        word("share", lang),
        word("interval", lang),
        word("n", lang),
    )
    return Table(header, tuple(rows), numeric=(1, 2, 3))


def effects(answer: Answer, lang: str) -> Block:
    """Every outcome with its difference, interval, numbers and grade; then the outcomes that
    training cannot move.

    Parameters
    ----------
    answer : with estimates of the roles ``primary`` and ``placebo``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where there are none.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    graded = (f for f in answer.findings if f.claim != "descriptive")
    grades = {f.outcome: say(f"grade.{f.standing}", said) for f in graded}
    rows = [*answer.rows("primary"), *answer.untouched]
    if not rows:
        return NOTHING
    arms = captions.arms(answer)
    header = tuple(
        word(k, said) for k in ("outcome", "estimate", "interval", *arms, "clusters", "grade")
    )
    return Table(
        header,
        tuple(_effect(e, grades.get(e.outcome, word("comparison", said)), said) for e in rows),
        numeric=(3, 4, 5),
    )


def _effect(e: Estimate, told: str, lang: Lang) -> tuple[str, ...]:
    found = e.interval
    value = (
        (e.unit.change(found.value)[lang], e.unit.change_span(found.low, found.high)[lang])
        if found.known
        else ("–", "–")
    )
    return (
        say(f"outcome.{e.outcome}", lang),
        *value,
        *(number(n, lang, 0) if n else "–" for n in (e.n_treated, e.n_control, e.n_clusters)),
        told,
    )


def checks(answer: Answer, lang: str) -> Block:
    """The checks made for the main outcome: what each asks, its figure, whether it passed, and what
    passing does not show.

    Parameters
    ----------
    answer : its first finding is the main outcome's.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where no check was made.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    if not answer.findings or not answer.findings[0].reasons:
        return NOTHING
    finding = answer.findings[0]
    units = [e.unit for e in answer.rows("primary", finding.outcome)]
    unit = units[0] if units else UNITS[finding.unit_label]
    passed = {True: word("yes", said), False: word("no", said), None: word("unknown", said)}
    rows = [
        (
            say(f"check.{c.name}", said),
            say(f"check_asks.{c.name}", said),
            _figure(c, unit, said),
            passed[c.passed],
            say(f"check_not.{c.name}", said),
        )
        for c in finding.reasons
    ]
    heads = ("check", "question", "figure", "passed", "does_not_show")
    return Table(tuple(word(k, said) for k in heads), tuple(rows), numeric=(2,))


def _figure(check: Check, unit: Unit, lang: Lang) -> str:
    """A check's figure as its kind is written; hidden where it passed or failed without one."""
    if not math.isfinite(check.figure):
        return "–" if check.passed is None else word("hidden", lang)
    match FIGURE_KINDS.get(check.name, "p"):
        case "outcome":
            return unit.change(check.figure)[lang]
        case "below":
            return _below(check, unit, lang)
        case "share":
            return f"{number(100 * check.figure, lang, 0)}%"
        case "r2":
            both = (f"{number(100 * x, lang, 1)}%" for x in (check.figure, check.threshold))
            return " / ".join(both)
        case "drift":
            return f"M̄ = {number(check.figure, lang, 2)}"
        case "sd":
            return f"{number(check.figure, lang, 2)} {word('standard_deviations', lang)}"
        case "count":
            return number(check.figure, lang, 0 if check.figure == int(check.figure) else 1)
        case "points":
            both = (number(x, lang, 1) for x in (check.figure, check.threshold))
            return f"{' / '.join(both)} {word('percentage_points', lang)}"
        case "p":
            return p_value(check.figure)[lang]


def _below(check: Check, unit: Unit, lang: Lang) -> str:
    """A figure and the limit that it has to keep, with a decimal more where both would be alike."""
    amounts = check.figure, check.threshold
    if len({unit.change(x).en for x in amounts}) < len(set(amounts)):
        unit = replace(unit, decimals=unit.decimals + 1, fewer=None)
    return f"{unit.apart(check.figure)[lang]} / {unit.change(check.threshold)[lang]}"


def indicators(answer: Answer, names: Sequence[str], lang: str) -> Block:
    """Indicators of the report's year by group, hidden ones marked as hidden.

    Parameters
    ----------
    answer : with rows of indicators.csv.
    names : indicators in the order of the table.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Value, interval and people of each group; nothing where the year has no row.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    units = unit_names(answer)
    rows: list[tuple[str, ...]] = []
    for name in names:
        part = answer.indicators[
            (answer.indicators["indicator"] == name) & (answer.indicators["year"] == answer.year)
        ]
        rows += [
            (_group(r, units, said), *_figures(r, r["unit_label"], said))
            for _, r in youngest_first(part).iterrows()
        ]
    return (
        Table(
            tuple(word(k, said) for k in ("group", "value", "interval", "n")),
            tuple(rows),
            numeric=(1, 2, 3),
        )
        if rows
        else NOTHING
    )


def unit_names(answer: Answer) -> dict[str, str]:
    """Names of units by their codes, as far as the answer has them."""
    frame = answer.frames.get("unit_names")
    return {} if frame is None else dict(zip(frame["kode_unit"], frame["nama_unit"], strict=True))


def _group(row: pd.Series, units: dict[str, str], lang: Lang) -> str:
    by, group = str(row["group_by"]), str(row["group"])
    if by == "all":
        return word(row["indicator"], lang)
    if by == "unit":
        return units.get(group, group)
    return (
        say(f"outcome.{group}", lang)
        if group in codes.UNSUR
        else f"{word(by, lang)}: {word(group, lang)}"
    )


def _figures(row: pd.Series, label: UnitLabel, lang: Lang) -> tuple[str, str, str]:
    if pd.isna(row["value"]):
        return word("hidden", lang), "–", "–"
    unit = UNITS[label]
    span = "–" if pd.isna(row["ci_low"]) else unit.level_span(row["ci_low"], row["ci_high"])[lang]
    return unit.plain(row["value"])[lang], span, number(row["n"], lang, 0)


def exclusions(answer: Answer, lang: str) -> Block:
    """Every fault of the inputs that concerns this report, with what was done about it.

    Parameters
    ----------
    answer : with rows of exclusions.csv.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    One row a file, column, fault and action; nothing where there was no fault.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    if answer.exclusions.empty:
        return NOTHING
    header = tuple(
        word(k, said) for k in ("file", "row", "column", "fault", "what", "action", "count")
    )
    rows = [
        (
            str(r["file"]),
            str(r["row"]),
            shortened(str(r["column"]), _LONGEST_HEADER),
            str(r["fault"]),
            fault_of(r["fault"], r["action"], r["table"]).what[said],
            word(r["action"], said),
            number(r["count"], said, 0),
        )
        for _, r in answer.exclusions.iterrows()
    ]
    return Table(header, tuple(rows), numeric=(1, 6))
