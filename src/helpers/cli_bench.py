"""What ``evaluasi bench`` prints: a line for each measurement while it goes on, then the table."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from helpers.cli_faults import wrong_usage
from helpers.cli_words import say

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.bench import Pair, Timed
    from helpers.contracts import Lang

_COLUMNS = ("name", "baseline", "seconds", "against", "ratio", "target", "met", "peak", "peak_of")


def measured(
    only: Sequence[str] | None, rounds: int, data: Path | None, as_json: bool, lang: Lang
) -> str:
    """Measure, telling each measurement on the way, and say what came of it.

    Parameters
    ----------
    only : names of pairs as they were given; those of commands where there is none.
    rounds : how often each side is measured.
    data : a folder of input tables; a sample is written where None.
    as_json : for programs.
    lang : of the lines and of the table.

    Raises
    ------
    WrongUsage : a name that no pair has.
    """
    from helpers import bench

    pairs = pairs_named(only)

    def progress(side: str, turn: int, seconds: float) -> None:
        took = _number(seconds, lang)
        what = say(f"bench.{side}", lang)
        line = say("bench.progress", lang, turn=turn, rounds=rounds, side=what, seconds=took)
        typer.echo(line, err=True)

    found = bench.measure(pairs, rounds=rounds, data=data, lang=lang, progress=progress)
    return as_object(found) if as_json else "\n".join(table(found, lang))


def pairs_named(only: Sequence[str] | None) -> tuple[Pair, ...]:
    """The pairs of ``--only``.

    Parameters
    ----------
    only : as given; each may hold several, with commas between them.

    Raises
    ------
    WrongUsage : a name that none has.
    """
    from helpers import bench

    names = [name.strip() for given in only or () for name in given.split(",")]
    for name in names:
        try:
            bench.named([name])
        except KeyError:
            known = ", ".join((*(pair.asked_as for pair in bench.PAIRS), bench.ALL_ESTIMATES))
            said = {"name": name or "-", "known": known}
            wrong_usage(say("usage.no_pair", "id", **said), say("usage.no_pair", "en", **said))
    return bench.named(names)


def as_object(found: Sequence[Timed]) -> str:
    """What was measured as one JSON object.

    Parameters
    ----------
    found : in the order of the pairs.
    """
    told = {"processors": os.cpu_count(), "pairs": [one.record() for one in found]}
    return json.dumps(told, indent=1, ensure_ascii=False)


def table(found: Sequence[Timed], lang: Lang) -> Iterator[str]:
    """What was measured as the lines of a table, in Markdown and straight where it is printed.

    Parameters
    ----------
    found : in the order of the pairs.
    lang : of its words and numbers.
    """
    rows = [tuple(say(f"bench.{column}", lang) for column in _COLUMNS)]
    rows += [_row(one, lang) for one in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for at, row in enumerate(rows):
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"
        if not at:
            yield f"| {' | '.join('-' * width for width in widths)} |"
    yield ""
    rounds = found[0].rounds if found else 0
    yield say("bench.how", lang, rounds=rounds, processors=os.cpu_count() or "?")


def _row(one: Timed, lang: Lang) -> tuple[str, ...]:
    target = "seconds" if one.target_of == "seconds" else "ratio"
    return (
        say(f"bench.{one.name}", lang),
        say(f"bench.{one.baseline}", lang),
        _number(one.seconds, lang),
        _number(one.baseline_seconds, lang),
        _number(one.ratio, lang),
        say(f"bench.target_{target}", lang, most=_shortest(one.target, lang)),
        say("bench.is_met" if one.met else "bench.is_not_met", lang),
        _number(one.peak_mb, lang, 1),
        _number(one.baseline_peak_mb, lang, 1),
    )


def _number(value: float | None, lang: Lang, decimals: int = 3) -> str:
    from helpers.contracts import number

    return number(value, lang, decimals)


def _shortest(value: float, lang: Lang) -> str:
    """A target as it is written: 0.25, 4."""
    written = f"{value:g}"
    return written.replace(".", ",") if lang == "id" else written
