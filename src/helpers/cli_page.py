"""What ``evaluasi page`` prints: where the page is, or which sentences say too much."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from helpers.cli_edited import folder_of, listed
from helpers.cli_faults import fails_politely
from helpers.cli_words import both, say

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts import Lang
    from helpers.workflow.own_notebook import OwnNotebook


def published(
    notebook: Path,
    data: Path | None,
    plan: Path | None,
    out: Path | None,
    reports: Callable[[Path], Path],
    time_limit: int,
    context: typer.Context,
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
    context : of the command.
    lang : of what is printed, where it was asked for; else the notebook's own.
    """
    from helpers import contracts
    from helpers.workflow import own_notebook

    own = own_notebook.read(notebook.expanduser(), data, plan)
    folder = contracts.resolve(out or reports(own.data))
    spoken = lang if _lang_asked(context) else own.lang
    return _published(own=own, folder=folder, time_limit=time_limit, lang=spoken)


def _lang_asked(context: typer.Context) -> bool:
    """Whether the command line asks for a language, before the command's name or after it."""
    levels = filter(None, (context, context.parent))
    sources = [level.get_parameter_source("lang") for level in levels]
    return any(source is not None and source.name == "COMMANDLINE" for source in sources)


@fails_politely
def _published(*, own: OwnNotebook, folder: Path, time_limit: int, lang: Lang) -> tuple[str, int]:
    from helpers.workflow import own_notebook

    if not (folder / str(own.year)).is_dir():
        _refuse_a_year_without_data(own)
    folder_of(own.year, folder, lang)
    named = {"notebook": own.path.name, "data": own.data.name, "year": own.year}
    typer.echo(say("page.running", lang, **named), err=True)
    made = own_notebook.make(own, folder, time_limit=time_limit)
    if made.page is not None:
        if made.unknown:
            typer.echo(say("page.unknown", lang, pages=", ".join(made.unknown)), err=True)
        return str(made.page), 0
    return "\n".join([*listed(made.overclaims, own.year, lang), say("page.nothing", lang)]), 1


def _refuse_a_year_without_data(own: OwnNotebook) -> None:
    """Raise where the data have no roll of the notebook's year: a report of it cannot be made
    first, either.
    """
    from helpers import intake
    from helpers.contracts import EvaluasiError, load_plan

    rolls = [
        range(s.years[0], s.years[1] + 1)
        for s in intake.sheets_read(own.data, load_plan(own.plan))
        if s.table == "pegawai" and s.years
    ]
    there = sorted({year for roll in rolls for year in roll})
    if there and own.year not in there:
        named = {"file": own.path.name, "year": own.year, "data": own.data.name}
        raise EvaluasiError(both("page.no_year", **named, years=", ".join(map(str, there))))
