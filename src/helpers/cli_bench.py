"""The benchmark's table, as ``evaluasi bench`` prints it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli_words import both, say

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.bench import Ratio
    from helpers.contracts import Lang

_COLUMNS = ("what", "baseline", "seconds", "of_baseline", "ratio", "target", "met", "memory")


def measured(
    only: Sequence[str] | None,
    rounds: int,
    year: int,
    data: Path | None,
    lang: Lang,
    *,
    as_json: bool,
) -> str:
    """Measure, and give the table in the language asked for or as JSON.

    Parameters
    ----------
    only : names of measurements; all where None or empty.
    rounds : how often each is measured.
    year : whose report is made.
    data : a data folder; a sample where None.
    lang : of the table.
    as_json : for programs.

    Raises
    ------
    WrongUsage : a measurement that there is not.
    EvaluasiError : a command that is measured failed.
    """
    from helpers import bench, contracts

    names = tuple(only or bench.NAMES)
    if unknown := [n for n in names if n not in bench.NAMES]:
        known = ", ".join(bench.NAMES)
        raise contracts.WrongUsage(both("bench.unknown", names=", ".join(unknown), known=known))

    def progress(side: str, number: int) -> None:
        said = say("bench.progress", lang, what=say(f"bench.{side}", lang), round=number)
        print(said, file=sys.stderr, flush=True)

    folder = None if data is None else contracts.resolve(data)
    found = bench.ratios(names, rounds, year, folder, progress)
    return as_records(found) if as_json else as_table(found, lang)


def as_records(found: Sequence[Ratio]) -> str:
    """The rows for programs.

    Parameters
    ----------
    found : as measured.
    """
    rows = [
        {
            "name": r.name,
            "baseline": r.baseline,
            "seconds": round(r.seconds, 3),
            "baseline_seconds": round(r.baseline_seconds, 3),
            "ratio": round(r.ratio, 4),
            "target": r.target,
            "met": r.met,
            "peak_mb": round(r.peak_mb),
            "baseline_peak_mb": round(r.baseline_peak_mb),
            "rounds": r.rounds,
        }
        for r in found
    ]
    return json.dumps(rows, indent=1)


def as_table(found: Sequence[Ratio], lang: Lang) -> str:
    """The rows as a table of text, as the README shows it.

    Parameters
    ----------
    found : as measured.
    lang : of its words.
    """
    from helpers.contracts import number

    heads = [say(f"bench.{c}", lang) for c in _COLUMNS]
    lines = [heads, ["---"] * len(heads)]
    lines += [
        [
            say(f"bench.{r.name}", lang),
            say(f"bench.{r.baseline}", lang),
            number(r.seconds, lang, 2),
            number(r.baseline_seconds, lang, 2),
            number(r.ratio, lang, 3),
            f"≤ {number(r.target, lang, 2)}",
            say("bench.yes" if r.met else "bench.no", lang),
            f"{number(r.peak_mb, lang, 0)} / {number(r.baseline_peak_mb, lang, 0)}",
        ]
        for r in found
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
