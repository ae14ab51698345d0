"""Pictures of an answer; nothing is computed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from helpers.contracts import GROUPS_OF_PEOPLE, UNITS, Answer, Lang, Unit, codes, number
from helpers.contracts.schemas import FrameName
from helpers.contracts.units import IKM_POINTS, SHARE
from helpers.findings import known, label, told, word
from helpers.present import captions, style
from helpers.present.blocks import NOTHING, Block
from helpers.present.shown_tables import unit_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LONGEST_NAME: Final = 34
_COUNTED: Final[dict[str, captions.Counted]] = {"answers": "invitations", "reasons": "absences"}


def trend(answer: Answer, name: str, lang: str) -> Block:
    """An indicator of everyone over the years, with its interval; no line across a change
    of scale.

    Parameters
    ----------
    answer : its frame ``headlines`` goes before its own indicators.
    name : an indicator, such as ``"ikm"``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where no year has a value.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return trend_of(answer.frames.get("headlines", answer.indicators), name, known(lang))


def trend_of(indicators: pd.DataFrame, name: str, lang: Lang) -> Block:
    """`trend` of rows of indicators.csv.

    Parameters
    ----------
    indicators : of any years and groups; rows of everyone are drawn.
    name : an indicator, such as ``"ikm"``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where no year has a value.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    rows = (
        indicators[(indicators["indicator"] == name) & (indicators["group_by"] == "all")]
        .dropna(subset=["value"])
        .sort_values("year")
    )
    if rows.empty:
        return NOTHING
    unit = UNITS[rows["unit_label"].iloc[0]]
    figure, axes = style.canvas()
    before = rows["year"] < codes.SKP_BREAK_YEAR
    broken = name == "skp_mean" and before.any() and not before.all()
    for part in (rows[before], rows[~before]) if broken else (rows,):
        _line(axes, part, unit, lang)
    if broken:
        axes.axvline(codes.SKP_BREAK_YEAR - 0.5, color=style.GREY, linestyle="--", linewidth=1)
        axes.annotate(
            word("scale_break", lang),
            (codes.SKP_BREAK_YEAR - 0.5, 0.02),
            xycoords=("data", "axes fraction"),
            fontsize=8,
            textcoords="offset points",
            xytext=(4, 0),
            color=style.INK,
        )
    style.label(
        axes,
        lang,
        y=word("share", lang) + " (%)" if unit is SHARE else unit.axis[lang],
        numbers_y=True,
    )
    axes.set_xticks(rows["year"].to_numpy(int))
    axes.margins(x=0.08, y=0.2)
    points = style.points(
        (y, unit.plain(v)[lang]) for y, v in zip(rows["year"], rows["value"], strict=True)
    )
    of: captions.Counted = "forms" if name == "ikm" else "employees"
    return style.finish(
        figure,
        told("alt.trend", what=label(name), points=points),
        captions.source(captions.tables_of(name), rows["year"], rows["n"], of),
        lang,
    )


def _line(axes: Axes, rows: pd.DataFrame, unit: Unit, lang: Lang) -> None:
    years = rows["year"].to_numpy(int)
    shown = rows["value"].to_numpy(float) * unit.scale
    axes.fill_between(
        years,
        rows["ci_low"] * unit.scale,
        rows["ci_high"] * unit.scale,
        color=style.BLUE,
        alpha=0.18,
        linewidth=0,
    )
    axes.plot(years, shown, color=style.BLUE, marker="o", linewidth=2)
    for year, value in zip(years, shown, strict=True):
        axes.annotate(
            number(value, lang),
            (year, value),
            textcoords="offset points",
            xytext=(0, 8),
            ha="center",
            fontsize=9,
        )


def ikm_by_unit(answer: Answer, lang: str) -> Block:
    """Each service unit's IKM in the report's year with its interval, lowest to highest; hidden
    units are not drawn.

    Parameters
    ----------
    answer : with the indicator ``ikm`` by unit, and the frame ``unit_names``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Points on the IKM scale (25–100); nothing where all are hidden.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said, frame, names = known(lang), answer.indicators, unit_names(answer)
    rows = frame[
        (frame["indicator"] == "ikm")
        & (frame["group_by"] == "unit")
        & (frame["year"] == answer.year)
    ]
    rows = rows.dropna(subset=["value"]).sort_values("value", kind="stable")
    if rows.empty:
        return NOTHING
    figure, axes = style.canvas(height=max(2.6, 0.17 * len(rows) + 0.9))
    at = range(len(rows))
    axes.hlines(at, rows["ci_low"], rows["ci_high"], color=style.GREY, linewidth=1.5)
    axes.plot(rows["value"], at, "o", color=style.BLUE, markersize=4.5)
    axes.set_yticks(
        list(at),
        [style.shortened(names.get(g, g), _LONGEST_NAME) for g in rows["group"]],
        fontsize=7,
    )
    axes.set_ylim(-0.8, len(rows) - 0.2)
    style.label(axes, said, f"IKM ({word('interval', said)})", numbers_x=True)
    lowest, highest = (
        f"{names.get(r['group'], r['group'])} {IKM_POINTS.plain(r['value'])[said]}"
        for r in (rows.iloc[0], rows.iloc[-1])
    )
    return style.finish(
        figure,
        told("alt.units", year=answer.year, lowest=lowest, highest=highest, n=len(rows)),
        captions.source(("skm", "unit"), [answer.year], rows["n"], "forms"),
        said,
    )


def shares(answer: Answer, name: FrameName, lang: str) -> Block:
    """Bars of shares with their intervals; hidden groups are not drawn.

    Parameters
    ----------
    answer : with frames of shares (0–1).
    name : which of them, such as ``"reasons"``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Bars in per cent; nothing where all groups are hidden.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    found = answer.frames.get(name, pd.DataFrame({"value": []})).dropna(subset=["value"])
    if found.empty:
        return NOTHING
    rows = style.youngest_first(found).iloc[::-1]
    figure, axes = style.canvas(height=max(1.8, 0.42 * len(rows) + 0.8))
    at = range(len(rows))
    errors = [(rows["value"] - rows["ci_low"]) * 100, (rows["ci_high"] - rows["value"]) * 100]
    axes.barh(at, rows["value"] * 100, color=style.BLUE, alpha=0.85, height=0.62)
    axes.errorbar(
        rows["value"] * 100, at, xerr=errors, fmt="none", ecolor=style.INK, capsize=3, linewidth=1.2
    )
    names = [_group(str(r["group_by"]), str(r["group"]), said) for _, r in rows.iterrows()]
    axes.set_yticks(list(at), names)
    for i, (value, high) in enumerate(zip(rows["value"], rows["ci_high"], strict=True)):
        axes.annotate(
            SHARE.level(value)[said],
            (high * 100, i),
            textcoords="offset points",
            xytext=(6, -3),
            fontsize=9,
        )
    style.label(axes, said, "%", numbers_x=True)
    axes.set_xlim(0, min(110, max(10.0, float(rows["ci_high"].max() * 118))))
    points = style.points(
        (n, SHARE.level(v)[said])
        for n, v in zip(reversed(names), rows["value"].iloc[::-1], strict=True)
    )
    shown = answer.frames[name].dropna(subset=["value"])
    whole = shown.loc[shown["group_by"] == "all", "n"]
    of = _COUNTED.get(name, "employees")
    many = whole if len(whole) else [shown["n"].sum()]
    return style.finish(
        figure,
        told("alt.bars", what=label(name), points=points),
        captions.source(captions.TRAINING, [answer.year], many, of),
        said,
    )


def _group(by: str, group: str, lang: Lang) -> str:
    name = {"hadir": "attended", "menolak": "refused", "tidak_hadir": "absent"}.get(group, group)
    named = by in (*GROUPS_OF_PEOPLE, "kecamatan")
    return (f"{word(by, lang)}: " if named else "") + word(name, lang)
