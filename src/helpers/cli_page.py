"""What ``evaluasi page`` prints: where the page is, or which sentences say too much."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from helpers.cli_edited import folder_of, listed
from helpers.cli_words import say

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts import Lang


def published(
    notebook: Path,
    data: Path | None,
    plan: Path | None,
    out: Path | None,
    reports: Callable[[Path], Path],
    time_limit: int,
    lang: Lang,
) -> tuple[str, int]:
    """What is printed of an own notebook, and the exit code: 1 where a sentence says too much.

    Parameters
    ----------
    notebook : of somebody's own.
    data, plan : in place of those of its parameters cell, where not None.
    out : where the reports are; `reports` says it of the data where None.
    reports : where reports of a data folder go.
    time_limit : seconds that the notebook may take.
    lang : of what is printed.
    """
    from helpers import contracts
    from helpers.workflow import own_notebook

    own = own_notebook.read(notebook.expanduser(), data, plan)
    folder = contracts.resolve(out or reports(own.data))
    folder_of(own.year, folder)
    named = {"notebook": own.path.name, "data": own.data.name, "year": own.year}
    typer.echo(say("page.running", lang, **named), err=True)
    made = own_notebook.make(own, folder, time_limit=time_limit)
    if made.page is not None:
        return str(made.page), 0
    return "\n".join([*listed(made.overclaims, own.year, lang), say("page.nothing", lang)]), 1
