"""A data folder once read is kept, pseudonymised, under data/prepared; the next reader starts from
there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path

import pandas as pd

from helpers.contracts import (
    TABLES,
    EvaluasiError,
    Plan,
    Problem,
    Study,
    load_plan,
    prepared_schema,
    project,
    seal,
    sealed,
    whole_folder,
    write_whole,
)
from helpers.intake import asked, folders, parse
from helpers.intake import select as selection
from helpers.intake.folders import Unread
from helpers.intake.ledger import problems
from helpers.intake.parse import Identities, Parsed, SheetRead
from helpers.intake.pseudonym import Pseudonyms, pseudonyms
from helpers.intake.unchanged import FilesSeen

_FOLDERS_KEPT = 12
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
        none.
    """
    folder, chosen = asked.folder(data), asked.plan(plan)
    selected = selection.select(_parsed(folder, chosen), chosen, asked.year(year))
    stops = [p for p in problems(selected.events) if p.stops]
    if stops:
        raise EvaluasiError(stops)
    for name in TABLES:
        prepared_schema(name).validate(selected.study.table(name), lazy=True)
    return selected.study


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
    return parse.folder(
        asked.folder(data), (plan or load_plan()).skm.order, pseudonyms()
    ).identities


def input_hashes(data: str | os.PathLike[str]) -> dict[str, str]:
    """Relative path to sha256 of every table file.

    Returns
    -------
    By file name below the folder; in hexadecimal digits, and empty for a file that may not be read.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    folder = asked.folder(data)
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


@cache
def _own_code() -> str:
    """Changes whenever reading could: the code of intake and contracts."""
    rooms = (project.ROOT / "src" / "helpers" / room for room in ("contracts", "intake"))
    digest = hashlib.sha256()
    for path in sorted(p for room in rooms for p in room.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _parsed(folder: Path, plan: Plan) -> Parsed:
    """What a folder holds, from the shelf or else read; what was hashed is what was read."""
    keys = pseudonyms()
    for _ in range(_READ_AT_MOST):
        seen = FilesSeen.now(folder)
        place = _place(folder, plan, keys)
        kept = _read(place)
        if kept is not None:
            return kept
        parsed = parse.folder(folder, plan.skm.order, keys)
        if not seen.changed():
            break
    seen.still()
    _write(parsed, place)
    return parsed


def _place(folder: Path, plan: Plan, keys: Pseudonyms) -> Path:
    """Where a folder is kept once read, by everything that its reading depends on."""
    state = {
        "inputs": input_hashes(folder),
        "unread": [(u.file, u.why) for u in folders.contents(folder).unread],
        "truth": (folder / "truth.json").exists(),
        "order": plan.skm.order,
        "code": _own_code(),
        "key": keys.fingerprint,
    }
    name = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:24]
    return project.PREPARED / name


def _write(parsed: Parsed, place: Path) -> None:
    """Keep what was read; a workspace that cannot be written to only reads again next time."""
    whole = sealed(place) is not None
    with contextlib.suppress(OSError), whole_folder(place, keep_existing=whole) as aside:
        for name, frame in parsed.tables.items():
            frame.to_parquet(aside / f"{name}.parquet")
        parsed.events.astype({"year": "float64", "row": "int64"}).to_parquet(
            aside / "events.parquet"
        )
        write_whole(
            aside / "facts.json",
            json.dumps(
                {
                    "unread": [(u.file, u.why) for u in parsed.unread],
                    "sheets": [asdict(s) for s in parsed.sheets],
                    "synthetic": parsed.synthetic,
                }
            ),
        )
        seal(aside)
        _forget_old(place.parent)


def _read(place: Path) -> Parsed | None:
    """What was kept, or None where nothing is there as it was kept."""
    held = sealed(place)
    if held is None:
        return None
    facts = json.loads(held["facts.json"])
    tables = {name: pd.read_parquet(BytesIO(held[f"{name}.parquet"])) for name in TABLES}
    events = pd.read_parquet(BytesIO(held["events.parquet"]))
    left = tuple(Unread(file, why) for file, why in facts["unread"])
    sheets = tuple(
        SheetRead(**{**s, "years": tuple(s["years"]) if s["years"] else None})
        for s in facts["sheets"]
    )
    return Parsed(tables, events, left, sheets, facts["synthetic"], Identities())


def _forget_old(folder: Path) -> None:
    kept = sorted(
        (p for p in folder.iterdir() if (p / "facts.json").exists()),
        key=lambda p: p.stat().st_mtime,
    )
    for old in kept[:-_FOLDERS_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
