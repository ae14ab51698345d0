"""The texts of the inputs with where each stands: to tell from where a page has a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from helpers.contracts import TABLES, Plan
from helpers.intake import asked, parse
from helpers.intake.pseudonym import pseudonyms
from helpers.publish import Written


def input_texts(data: Path, plan: Plan) -> Iterator[Written]:
    """Every text that a page may repeat, read afresh, once for each file that has it.

    Parameters
    ----------
    data : the folder of the inputs.
    plan : under which files are read.
    """
    tables = parse.folder(asked.folder(data), plan.skm.order, pseudonyms()).tables
    for name, frame in tables.items():
        kept = (c.name for c in TABLES[name].columns if c.kept and c.name in frame)
        for column in kept:
            first = frame.drop_duplicates(["_file", "_sheet", column])
            for text, *place in zip(
                *(first[c] for c in (column, "_file", "_sheet", "_row")), strict=True
            ):
                if isinstance(text, str) and text:
                    file, sheet, row = place
                    yield Written(text, str(file), str(sheet), int(row))
