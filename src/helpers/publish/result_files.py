"""Answers to files: what each notebook leaves behind, and the year's result files put together from
that.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from helpers.contracts import (
    ESTIMATE_COLUMNS,
    EXCLUSION_COLUMNS,
    INDICATOR_COLUMNS,
    Answer,
    estimates_frame,
    finding_record,
    out_folder,
    write_whole,
)

# Ten significant digits: more than any figure carries, fewer than the last bits of a processor.
_DIGITS: Final = "%.10g"
# What spreadsheets take for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t")
# The writer leaves a lone CR unquoted, and readers begin a new row there.
_LINE_BREAKS: Final = re.compile(r"[\r\n]+")


def answer(found: Answer, out: str | os.PathLike[str]) -> None:
    """Keep what a notebook found under ``out``; nothing where ``out`` is empty, as when
    exploring.

    Parameters
    ----------
    found : what the question gave, whole.
    out : the folder of ``answer.json``; empty for none.

    Raises
    ------
    EvaluasiError : ``out`` names no folder.
    """
    folder = out_folder(out)
    if folder is not None:
        found.write(folder)


def results(answers: Sequence[Answer], out: Path) -> None:
    """The year's result files from the answers of its notebooks, in the order of the pipeline.

    Parameters
    ----------
    answers : one a notebook; those without rows add none.
    out : the folder of ``indicators.csv``, ``estimates.csv``, ``exclusions.csv`` and
        ``findings.json``,
        made where absent; figures have ten significant digits.
    """
    _csv([a.indicators for a in answers], out / "indicators.csv", INDICATOR_COLUMNS)
    _csv(
        [estimates_frame(e for a in answers for e in a.estimates)],
        out / "estimates.csv",
        ESTIMATE_COLUMNS,
    )
    _csv([a.exclusions for a in answers], out / "exclusions.csv", EXCLUSION_COLUMNS)
    records = [finding_record(f) for a in answers for f in a.findings]
    write_whole(
        out / "findings.json",
        json.dumps(records, indent=1, ensure_ascii=False, allow_nan=False) + "\n",
    )


def _csv(frames: Sequence[pd.DataFrame], path: Path, columns: Sequence[str]) -> None:
    filled = [f for f in frames if len(f)]
    joined = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(columns))
    told = joined.reindex(columns=list(columns))
    for name in told.columns[~told.dtypes.map(pd.api.types.is_numeric_dtype)]:
        told[name] = pd.Series([no_formula(c) for c in told[name]], told.index, object)
    write_whole(path, told.to_csv(index=False, float_format=_DIGITS, lineterminator="\n"))


def no_formula(cell: object) -> object:
    """A cell on one line, and as a spreadsheet shows it where it would otherwise run it: names of
    units and of files are whatever somebody typed.

    Parameters
    ----------
    cell : of any kind; only texts change.
    """
    if not isinstance(cell, str):
        return cell
    line = _LINE_BREAKS.sub(" ", cell)
    return f"'{line}" if cell.lstrip(" \r\n").startswith(_FORMULA) else line
