"""A data folder once read is kept, pseudonymised, under data/prepared; the next reader starts from
there.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from helpers.contracts import (
    TABLES,
    EvaluasiError,
    Plan,
    Problem,
    Study,
    load_plan,
    prepared_schema,
)
from helpers.intake import asked, folders, parse, shelf
from helpers.intake import select as selection
from helpers.intake.folders import Unread
from helpers.intake.parse import Identities, Parsed
from helpers.intake.pseudonym import Pseudonyms, pseudonyms
from helpers.intake.remedies import problems
from helpers.intake.sheet_read import SheetRead
from helpers.intake.unchanged import FilesSeen

# A folder that somebody copies files into is read again, but not for ever.
_READ_AT_MOST = 3


def study(
    data: str | os.PathLike[str], year: int, plan: Plan | str | os.PathLike[str] = ""
) -> Study:
    """What every notebook starts from: the prepared tables of a data folder up to a year, and the
    analysis plan.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    year : the last year that anything is known of; ``2023`` or ``"2023"``.
    plan : a plan that was read, or a plan file; the project's own where empty.

    Returns
    -------
    Prepared tables with rows up to the year, each employee under a pseudonym.

    Raises
    ------
    EvaluasiError : every fault that stops a run, all in one go; a folder, plan or year that is
        none, or another than that of the page which is being made, or a plan of smaller cells.
    """
    folder, chosen, upto = asked.folder(data), asked.plan(plan), asked.year(year)
    asked.on_the_page(folder, upto, chosen.privacy.small_cell)
    parsed, place = _parsed_from(folder, chosen)
    selected = selection.select(parsed, chosen, upto)
    stops = [p for p in problems(selected.events) if p.stops]
    if stops:
        raise EvaluasiError(stops)
    for name in TABLES:
        prepared_schema(name).validate(selected.study.table(name), lazy=True)
    return selected.study.knowing(_worked_out((place.name, chosen.sha256, upto)))


# What was worked out on the study that this process read last, under what it was read from.
_LAST: dict[tuple[str, str, int], dict[object, Any]] = {}


def _worked_out(of: tuple[str, str, int]) -> dict[object, Any]:
    """A cell that is run twice, or in a second language, asks nothing twice."""
    if of not in _LAST:
        _LAST.clear()
    return _LAST.setdefault(of, {})


def check(
    data: str | os.PathLike[str], plan: Plan | None = None, year: int | None = None
) -> list[Problem]:
    """Every fault of a data folder; changes nothing and stops at none.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    plan : under which files are read (``skm.order``); the project's own where None.
    year : faults up to it, and whether it can be reported on; None for all years and the newest.

    Returns
    -------
    One problem for each file, sheet, column and fault; what would stop a run comes first.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    plan = plan or load_plan()
    parsed = _parsed(asked.folder(data), plan)
    found = problems(selection.select(parsed, plan, year).events)
    unknowable = ("table_missing", "file_empty", "file_unreadable", "column_missing")
    if year is None and not any(p.stops and p.fault in unknowable for p in found):
        newest = selection.last_year(parsed)
        if newest is not None:
            found = [
                p
                for p in problems(selection.select(parsed, plan, newest).events)
                if p.fault in ("years_too_few", "year_missing")
            ] + found
    return found + [u.problem() for u in parsed.unread]


def unread(data: str | os.PathLike[str], plan: Plan | None = None) -> tuple[Unread, ...]:
    """Files of the folder that are none of the tables, and are left alone, each with the reason.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    plan : under which files are read (``skm.order``); the project's own where None.

    Returns
    -------
    In the order of their names.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    return _parsed(asked.folder(data), plan or load_plan()).unread


def sheets_read(data: str | os.PathLike[str], plan: Plan | None = None) -> tuple[SheetRead, ...]:
    """The sheets of the folder that were read: which table each is, its rows and years.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    plan : under which files are read (``skm.order``); the project's own where None.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    read = _parsed(asked.folder(data), plan or load_plan()).sheets
    return tuple(sorted(read, key=lambda s: (s.file, s.sheet, s.table)))


def identities(data: str | os.PathLike[str], plan: Plan | None = None) -> Identities:
    """NIPs and names of the inputs, read afresh and held in memory only, for the leak scan.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    plan : under which files are read (``skm.order``); the project's own where None.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    folder, order = asked.folder(data), (plan or load_plan()).skm.order
    return parse.folder(folder, order, pseudonyms(), people_alone=True).identities


def input_hashes(data: str | os.PathLike[str], plan: Plan | None = None) -> dict[str, str]:
    """Relative path to sha256 of every table file; no path tells of a person.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    plan : under which files are read (``skm.order``); the project's own where None.

    Returns
    -------
    By file name below the folder; in hexadecimal digits, and empty for a file that may not be read.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    folder = asked.folder(data)
    shown, keys = _parsed(folder, plan or load_plan()).shown, pseudonyms()
    return {shown.get(keys.of(f), f) if shown else f: h for f, h in _hashes(folder).items()}


def _hashes(folder: Path) -> dict[str, str]:
    return {folders.shown(p, folder): _hash(p) for p in folders.contents(folder).tables}


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def files_used(data: str | os.PathLike[str], year: int, plan: Plan) -> tuple[str, ...]:
    """The files that hold at least one row, or one fault, that concerns a year's report.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    year : rows of later years do not count; rows without a year do.
    plan : under which files are read (``skm.order``) and rows are chosen.

    Returns
    -------
    File names in alphabetical order.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    parsed = _parsed(asked.folder(data), plan)
    used = {
        f
        for frame in parsed.tables.values()
        if len(frame)
        for f in frame.loc[~(frame["_year"].astype(float) > year), "_file"]
    }
    return tuple(
        sorted(used | {f for f in selection.select(parsed, plan, year).events["file"] if f})
    )


def content_of(data: str | os.PathLike[str], plan: Plan) -> str:
    """Names what a folder holds under a plan: of other content, or read by other code, it is
    another.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    plan : under which files are read (``skm.order``).

    Raises
    ------
    EvaluasiError : nothing that names a folder.
    """
    return _place(asked.folder(data), plan, pseudonyms()).name


def _place(folder: Path, plan: Plan, keys: Pseudonyms) -> Path:
    return shelf.place_of(folder, plan, keys, _hashes(folder))


def _parsed(folder: Path, plan: Plan) -> Parsed:
    """What a folder holds, from the shelf or else read; what was hashed is what was read."""
    return _parsed_from(folder, plan)[0]


def _parsed_from(folder: Path, plan: Plan) -> tuple[Parsed, Path]:
    """What a folder holds, and the place on the shelf that is named by its content."""
    keys = pseudonyms()
    for _ in range(_READ_AT_MOST):
        seen = FilesSeen.now(folder)
        place = _place(folder, plan, keys)
        kept = shelf.kept(place)
        if kept is not None:
            return kept, place
        parsed = parse.folder(folder, plan.skm.order, keys)
        if not seen.changed():
            break
    seen.still()
    shelf.keep(parsed, place)
    return parsed, place
