"""Pictures of what came in and how it was read; nothing is computed here."""

from __future__ import annotations

from textwrap import fill
from typing import Final

from helpers.contracts import Answer, number
from helpers.contracts.fault_words import fault_of
from helpers.findings import known, label, told, word
from helpers.present import captions, style
from helpers.present.blocks import NOTHING, Block

# Letters in a line beside a bar.
_LINE: Final = 52


def contents(answer: Answer, lang: str) -> Block:
    """How many rows each table has in each year; a blank field is a year without rows.

    Parameters
    ----------
    answer : with the frame ``contents``, of the question of data quality.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where no table has a row.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    import seaborn as sns

    said = known(lang)
    rows = answer.frames["contents"]
    if rows.empty:
        return NOTHING
    counts = (
        rows.pivot(index="table", columns="year", values="rows")
        .loc[rows["table"].unique()]
        .fillna(0)
        .astype(int)
    )
    counts.index.name = counts.columns.name = None
    figure, axes = style.canvas(height=0.42 * len(counts) + 1.0)
    shade = counts.div(counts.max(axis=1), axis=0).where(counts > 0)
    written = counts.map(lambda n: number(n, said, 0) if n else "")
    sns.heatmap(
        shade,
        annot=written,
        fmt="",
        cmap="Blues",
        vmin=0,
        vmax=1.6,
        cbar=False,
        linewidths=1,
        ax=axes,
    )
    axes.tick_params(axis="y", rotation=0)
    style.label(axes, said)
    points = style.points((name, number(row.sum(), said, 0)) for name, row in counts.iterrows())
    tables, years = [str(t) for t in counts.index], [int(y) for y in counts.columns]
    return style.finish(
        figure,
        told("alt.table", what=label("rows"), points=points),
        captions.source(tables, years, [counts.to_numpy().sum()], "rows"),
        said,
    )


def exclusion_counts(answer: Answer, lang: str) -> Block:
    """How many values or rows were repaired, left out, warned of or dropped, by fault.

    Parameters
    ----------
    answer : with rows of exclusions.csv.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Bars on a logarithmic scale; nothing where there was no fault.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    marked = answer.exclusions.assign(
        what=[
            fault_of(f, a, t).what[said]
            for f, a, t in answer.exclusions[["fault", "action", "table"]].itertuples(index=False)
        ]
    )
    counts = marked.groupby(["fault", "action", "what"])["count"].sum().sort_values(kind="stable")
    if counts.empty:
        return NOTHING
    figure, axes = style.canvas(height=max(1.8, 0.46 * len(counts) + 0.9))
    colours = {
        "repaired": style.BLUE,
        "excluded": style.ORANGE,
        "warned": style.SERIES[3],
        "dropped": style.GREY,
    }
    names = [f"{what} · {word(action, said)}" for _, action, what in counts.index]
    axes.barh(
        range(len(counts)), counts, color=[colours[a] for _, a, _ in counts.index], height=0.66
    )
    axes.set_yticks(range(len(counts)), [fill(n, _LINE) for n in names], fontsize=8)
    axes.set_xscale("log")
    axes.set_xlim(0.7, float(counts.max()) * 4)
    for i, n in enumerate(counts):
        axes.annotate(
            number(n, said, 0), (n, i), textcoords="offset points", xytext=(5, -3), fontsize=8
        )
    style.label(axes, said, word("count", said), numbers_x=True)
    points = style.points(
        (n, number(c, said, 0))
        for n, c in zip(reversed(names), reversed(counts.tolist()), strict=True)
    )
    tables = sorted({t for t in answer.exclusions["table"] if t})
    return style.finish(
        figure,
        told("alt.bars", what=label("count"), points=points),
        captions.source(tables or ["–"], [answer.year], [counts.sum()], "marked"),
        said,
    )
