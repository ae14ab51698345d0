"""The table of a validation, for the repository."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.contracts import write_whole

_COMMAND = "evaluasi validate"


def write(table: pd.DataFrame, out: Path) -> None:
    """The table as CSV and as a page of text, each written whole.

    Parameters
    ----------
    table : as `published` gives it.
    out : the folder of ``published.csv`` and ``published.md``; made where absent.
    """
    head = (
        "| study | figure | printed | ours | agrees | where printed |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
    )
    body = "".join(
        f"| {r.study} | {r.figure} | {r.printed} | {r.ours} "
        f"| {'yes' if r.agrees else 'NO'} | {r.source} |\n"
        for r in table.itertuples()
    )
    for name, text in (
        ("published.csv", table.to_csv(index=False, lineterminator="\n")),
        (
            "published.md",
            f"# Published results, reproduced\n\nMade by `{_COMMAND}`.\n\n{head}{body}",
        ),
    ):
        write_whole(out / name, text)
