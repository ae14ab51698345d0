"""What each invitation rule gives each group, what to change for each reason, and which examples
stand up; nothing is computed here.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.contracts import UNITS, Answer, Lang, UnitLabel, number
from helpers.contracts.units import SHARE
from helpers.findings import known, recommended, told, word
from helpers.present import captions, style
from helpers.present.blocks import NOTHING, Block, Table
from helpers.present.shown_tables import unit_names

_RULES: Final = ("gap", "equal", "as_this_year")
_MARKS: Final = ("o", "|", "D")


def seats(answer: Answer, lang: str) -> Block:
    """Each group's share of the seats under each rule, beside its share of the staff.

    Parameters
    ----------
    answer : with the frame ``seats``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Per cent of all seats; nothing where every group is hidden.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    wide = _wide(answer)
    if wide.empty:
        return NOTHING
    names = [_name(at, said) for at in wide.index]
    figure, axes = style.canvas(height=0.32 * len(wide) + 1.2)
    y = list(range(len(wide)))[::-1]
    colours = (style.BLUE, style.INK, style.ORANGE)
    for rule, mark, colour in zip(_RULES, _MARKS, colours, strict=True):
        if rule in wide:
            axes.plot(100 * wide[rule], y, mark, color=colour, markersize=7, label=word(rule, said))
    axes.set_yticks(y, names)
    axes.set_xlim(left=0)
    axes.legend(frameon=False, fontsize=9, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=1)
    style.label(axes, said, word("of_seats", said) + " (%)", numbers_x=True)
    points = style.points(
        (
            name,
            ", ".join(
                f"{word(r, said)} {_share(float(row[r]), said)}" for r in _RULES if r in wide
            ),
        )
        for name, (_, row) in zip(names, wide.iterrows(), strict=True)
    )
    people = answer.frames["seats"]["people"]
    of = captions.source(captions.TRAINING, [answer.year], people, "employees")
    caption = of + told("recommend.seats")
    return style.finish(figure, told("alt.seats", points=points), caption, said)


def seats_table(answer: Answer, lang: str) -> Block:
    """The same figures as a table, hidden ones marked as hidden.

    Parameters
    ----------
    answer : with the frame ``seats``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    One row a group; nothing where there is no frame.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    frame = answer.frames.get("seats", pd.DataFrame())
    if frame.empty:
        return NOTHING
    frame = style.youngest_first(frame)
    shares = frame.set_index(["rule", "group_by", "group"])
    places = list(dict.fromkeys(zip(frame["group_by"], frame["group"], strict=True)))
    rules = [r for r in _RULES if (frame["rule"] == r).any()]
    rows = []
    for at in places:
        of_staff = shares.loc[(rules[0], *at), "of_staff"]
        if pd.isna(of_staff):
            of_staff = shares.loc[("equal", *at), "of_staff"]
        figures = [
            of_staff,
            *(shares.loc[(r, *at), "of_seats"] for r in rules if (r, *at) in shares.index),
        ]
        rows.append((_name(at, said), *(_share(float(f), said) for f in figures)))
    heads = ("group", "of_staff", *rules)
    return Table(
        tuple(word(h, said) for h in heads), tuple(rows), numeric=tuple(range(1, len(heads)))
    )


def to_change(answer: Answer, lang: str) -> Block:
    """Each reason for staying away with its share of the absences, and what can be changed.

    Parameters
    ----------
    answer : with the frame ``reasons``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Most frequent first; nothing where no reason is recorded.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    frame = answer.frames.get("reasons", pd.DataFrame())
    if frame.empty:
        return NOTHING
    rows = [
        (
            word(str(r["group"]), said),
            _share(float(r["value"]), said),
            "–"
            if pd.isna(r["value"])
            else SHARE.level_span(float(r["ci_low"]), float(r["ci_high"]))[said],
            recommended.remedy(str(r["group"]))[said],
        )
        for _, r in frame.sort_values("value", ascending=False, na_position="last").iterrows()
    ]
    heads = ("reason", "share", "interval", "to_change")
    return Table(tuple(word(h, said) for h in heads), tuple(rows), numeric=(1,))


def examples(answer: Answer, unit: UnitLabel, lang: str) -> Block:
    """Gains of every theme, and of the units that stand out, as seen and with chance taken out;
    other units are not named, so that no list of ranks can be read from luck.

    Parameters
    ----------
    answer : with the frame ``examples``.
    unit : of the gains.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    One row each; nothing where there is none.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said, shown = known(lang), UNITS[unit]
    frame = answer.frames.get("examples", pd.DataFrame())
    if frame.empty:
        return NOTHING
    names = unit_names(answer)
    frame = frame[frame["stands"] | (frame["group_by"] == "tema")]
    rows = [
        (
            names.get(str(r["group"]), word(str(r["group"]), said)),
            shown.plain(float(r["seen"]))[said],
            shown.plain(float(r["value"]))[said],
            shown.change_span(float(r["ci_low"]), float(r["ci_high"]))[said],
            number(r["n"], said, 0),
            word("yes" if r["stands"] else "no", said),
        )
        for _, r in frame.iterrows()
    ]
    heads = ("group", "as_seen", "without_chance", "interval", "n", "stands")
    header = tuple(word(h, said) for h in heads)
    return Table(header, tuple(rows), numeric=(1, 2, 4)) if rows else NOTHING


def _wide(answer: Answer) -> pd.DataFrame:
    frame = answer.frames.get("seats", pd.DataFrame())
    if frame.empty:
        return frame
    frame = style.youngest_first(frame)
    places = list(dict.fromkeys(zip(frame["group_by"], frame["group"], strict=True)))
    wide = frame.pivot(index=["group_by", "group"], columns="rule", values="of_seats")
    return wide.reindex(pd.MultiIndex.from_tuples(places)).dropna(how="all")


def _name(at: tuple[str, str], lang: Lang) -> str:
    return f"{word(at[0], lang)}: {word(at[1], lang)}"


def _share(value: float, lang: Lang) -> str:
    return word("hidden", lang) if pd.isna(value) else SHARE.level(value)[lang]
