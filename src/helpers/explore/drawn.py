"""Pictures of explored groups, in the house's visual language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from helpers.contracts import Lang, Text, Unit, codes
from helpers.findings import told
from helpers.present import Block, style
from helpers.present.blocks import NOTHING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKS: Final = ("o", "s", "D", "^")
_LONGEST_NAME: Final = 34
# Of the height of a picture.
_ROOM_FOR_A_NAME: Final = 0.06


def dots(found: pd.DataFrame, title: str, unit: Unit, caption: Text, lang: Lang) -> Block:
    """A dot with its interval for each group, the first at the top; hidden groups are not drawn.

    Parameters
    ----------
    found : ``group``, ``value``, ``ci_low``, ``ci_high``.
    title : above the picture.
    unit : of the values.
    caption : below the picture, as of `captions.source`.
    lang : the reader's.

    Returns
    -------
    Nothing where all groups are hidden.
    """
    rows = found.dropna(subset=["value"]).iloc[::-1]
    if rows.empty:
        return NOTHING
    canvas, axes = style.canvas(height=max(1.6, 0.26 * len(rows) + 1.1))
    at = list(range(len(rows)))
    low, high, value = (rows[c] * unit.scale for c in ("ci_low", "ci_high", "value"))
    axes.hlines(at, low, high, color=style.GREY, linewidth=1.8)
    axes.plot(value, at, "o", color=style.BLUE)
    names = [style.shortened(str(g), _LONGEST_NAME) for g in rows["group"]]
    axes.set_yticks(at, names)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_title(title, loc="left", fontsize=10)
    style.label(axes, lang, x=unit.axis[lang], numbers_x=True)
    said = ((n, _spoken(r, unit, lang)) for n, (_, r) in zip(names, rows.iterrows(), strict=True))
    points = style.points(reversed(list(said)))
    return style.finish(canvas, told("explore.alt", what=title, points=points), caption, lang)


def lines(
    found: pd.DataFrame,
    title: str,
    unit: Unit,
    caption: Text,
    lang: Lang,
    *,
    broken: bool = False,
) -> Block:
    """A line over the years for each group, with a band; hidden years are left open.

    Parameters
    ----------
    found : ``year``, ``group``, ``value``, ``ci_low``, ``ci_high``.
    title : above the picture.
    unit : of the values.
    caption : below the picture, as of `captions.source`.
    lang : the reader's.
    broken : whether the scale changed with the new SKP, so that no line may cross it.

    Returns
    -------
    Nothing where all is hidden.
    """
    if found["value"].isna().all():
        return NOTHING
    canvas, axes = style.canvas()
    points: list[tuple[object, str]] = []
    ends: list[tuple[float, int, str, str]] = []
    for (group, part), colour, mark in zip(
        found.groupby("group", sort=False), style.SERIES, _MARKS, strict=False
    ):
        before = part["year"] < codes.SKP_BREAK_YEAR
        for side in (part[before], part[~before]) if broken else (part,):
            low, high, value = (side[c] * unit.scale for c in ("ci_low", "ci_high", "value"))
            axes.fill_between(side["year"], low, high, color=colour, alpha=0.15, linewidth=0)
            axes.plot(side["year"], value, color=colour, marker=mark, linewidth=2)
        shown = part.dropna(subset=["value"])
        if len(shown):
            last = shown.iloc[-1]
            ends.append((float(last["value"] * unit.scale), int(last["year"]), str(group), colour))
        points += [(f"{group} {r['year']}", _spoken(r, unit, lang)) for _, r in shown.iterrows()]
    _name(axes, ends)
    if broken:
        axes.axvline(codes.SKP_BREAK_YEAR - 0.5, color=style.GREY, linestyle="--", linewidth=1)
    axes.set_xticks(sorted(found["year"].unique()))
    axes.set_title(title, loc="left", fontsize=10)
    style.label(axes, lang, y=unit.axis[lang], numbers_y=True)
    alt = told("explore.alt_years", what=title, points=style.points(points))
    return style.finish(canvas, alt, caption, lang)


def _name(axes: Axes, ends: list[tuple[float, int, str, str]]) -> None:
    """The lines' names at their ends, one above the other where those are close."""
    low, high = axes.get_ylim()
    room = _ROOM_FOR_A_NAME * (high - low)
    at = -float("inf")
    for value, year, name, colour in sorted(ends):
        at = max(value, at + room)
        axes.annotate(
            style.shortened(name, _LONGEST_NAME),
            (year, at),
            textcoords="offset points",
            xytext=(8, -3),
            fontsize=9,
            color=colour,
            annotation_clip=False,
        )


def _spoken(row: pd.Series, unit: Unit, lang: Lang) -> str:
    if pd.isna(row["ci_low"]):
        return unit.plain(row["value"])[lang]
    span = unit.level_span(row["ci_low"], row["ci_high"])[lang]
    return f"{unit.plain(row['value'])[lang]} ({span})"
