"""Explored groups in words: the table of them, and what their figures rest on."""

from __future__ import annotations

import pandas as pd

from helpers.contracts import Lang, Unit, number
from helpers.explore import few_clusters
from helpers.explore.marked import PERSONAL, Mark
from helpers.findings import say, word
from helpers.present import Table


def caption(
    rows: pd.DataFrame,
    groups: pd.Series,
    outcome: str,
    by: str | None,
    found: pd.DataFrame,
    mark: Mark,
) -> str:
    """What the figures rest on: rows, intervals, what was left out or hidden.

    Parameters
    ----------
    rows, groups : what was compared, and the group of each row.
    outcome, by : columns of ``rows``; everybody is one group where ``by`` is None.
    found : the groups with their intervals, small ones hidden.
    mark : of the frame.
    """
    clusters = "rows"
    if mark.rows in PERSONAL and "unit" in rows:
        known = rows[outcome].notna()
        within = few_clusters.within_one(*(s[known] for s in (rows["unit"], rows["year"], groups)))
        clusters = "within" if within else "units"
    caption = say(
        "explore.caption",
        mark.lang,
        n=number(float(found["n"].sum()), mark.lang, 0),
        intervals=say(f"explore.intervals.{clusters}", mark.lang),
        missing=_few_or(_left_out(rows, outcome, by), mark),
        hidden=number(int(found["value"].isna().sum()), mark.lang, 0),
    )
    if (found["value"].notna() & found["ci_low"].isna()).any():
        few = say(f"explore.too_few.{clusters}", mark.lang, n=few_clusters.FEWEST)
        caption += f"; {few}"
    return caption


def _few_or(missing: int, mark: Mark) -> str:
    few = mark.rows in PERSONAL and 0 < missing < mark.small_cell
    return f"< {mark.small_cell}" if few else number(missing, mark.lang, 0)


def table(found: pd.DataFrame, caption: str, unit: Unit, lang: Lang) -> Table:
    """Groups with their intervals as a table; what is hidden says so.

    Parameters
    ----------
    found : the groups.
    caption : above the table.
    unit : of the values.
    lang : the reader's.
    """
    heads = ("year", "group", "value", "interval", "n")
    rows = tuple(
        (str(r["year"]), str(r["group"]), word("hidden", lang), "–", "–")
        if pd.isna(r["value"])
        else (
            str(r["year"]),
            str(r["group"]),
            unit.plain(r["value"])[lang],
            "–" if pd.isna(r["ci_low"]) else unit.level_span(r["ci_low"], r["ci_high"])[lang],
            number(r["n"], lang, 0),
        )
        for _, r in found.iterrows()
    )
    said = {"value": f"{word('value', lang)} ({unit.axis[lang]})"} if unit.axis[lang] else {}
    return Table(
        tuple(said.get(h, word(h, lang)) for h in heads), rows, numeric=(2, 3, 4), caption=caption
    )


def _left_out(rows: pd.DataFrame, outcome: str, by: str | None) -> int:
    columns = [outcome] if by is None else [outcome, by]
    return int(rows[columns].isna().any(axis=1).sum())
