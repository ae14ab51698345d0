"""Which draws were made here: none is made a second time unnoticed, and of each it is known whose
seed it takes.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final

import typer

from helpers.cli_words import both, say
from helpers.contracts import Lang, Plan, Study, WrongUsage, project

HISTORY: Final = "riwayat_undian.csv"
_COLUMNS: Final = ("waktu", "berkas", "benih", "sha256")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def signed_for(
    study: Study,
    table: str,
    content: str,
    seed: str,
    lang: Lang,
    record: Callable[[datetime], bytes],
    in_data: Sequence[Path],
) -> dict[str, str | bytes]:
    """A draw's table, its record to sign, and the list of all draws made here, by file name. Whose
    seed it takes, and which draw it replaces, is told on the screen before anything is written.

    Parameters
    ----------
    study : the year before the draw's first.
    table : of the inputs, whose file it becomes.
    content : of that file.
    seed : as the lots were made with it.
    lang : of the record and of what is said.
    record : makes the record, given the time that it states.
    in_data : the files of the data folder that hold a draw of that year.

    Raises
    ------
    WrongUsage : another draw of that year lies in data/private or in the data folder, or the list
        of all draws cannot be read.
    """
    name, now = f"{table}_{study.year + 1}", datetime.now().astimezone()
    unlike_an_earlier(name, study.year + 1, content, in_data)
    typer.echo("\n".join(stated(name, content, seed, study.plan, lang)), err=True)
    return {
        **noted(name, content, seed, now),
        f"{name}.csv": content,
        f"{name}_{say('draw.record', lang)}.docx": record(now),
    }


def unlike_an_earlier(name: str, year: int, content: str, in_data: Sequence[Path] = ()) -> None:
    """Refuse a second draw for one year: who may draw again until it suits has not drawn by lot.

    Parameters
    ----------
    name : of the table's file, without its ending.
    year : of the seats, or of the first turn.
    content : of the table about to be written.
    in_data : the files of the data folder that hold a draw of that year.

    Raises
    ------
    WrongUsage : another draw of that year lies in data/private or in the data folder.
    """
    own = project.PRIVATE / f"{name}.csv"
    for file, called in ((own, f"data/private/{own.name}"), *((f, f.name) for f in in_data)):
        if file.exists() and file.read_bytes() != content.encode():
            raise WrongUsage(both("draw.again", file=called, year=year))


def stated(name: str, content: str, seed: str, plan: Plan, lang: Lang) -> list[str]:
    """Whose seed a draw takes, and which others of its year were made here before; for the screen
    before anything is written, and for the record.

    Parameters
    ----------
    name : of the table's file, without its ending.
    content : of the table about to be written.
    seed : as the lots were made with it.
    plan : its seed is one that all knew.
    lang : of what is said.
    """
    whose = "seed_known" if _of_plan(seed, plan) else "seed_named"
    before = [
        f"{row['waktu']} ({row['benih']}, {row['sha256'][:12]})" for row in _others(name, content)
    ]
    listed = {"n": len(before), "draws": "; ".join(before)}
    return [
        say(f"draw.{whose}", lang, seed=seed),
        *([say("draw.made_before", lang, **listed)] if before else ()),
    ]


def to_explain(name: str, content: str, seed: str, plan: Plan) -> tuple[str, ...]:
    """What those who sign the record are asked: where a seed that was named comes from, and why
    other draws do not count.

    Parameters
    ----------
    name : of the table's file, without its ending.
    content : of the table about to be written.
    seed : as the lots were made with it.
    plan : its seed is one that all knew.

    Returns
    -------
    Names of lines that are left open.
    """
    named, before = not _of_plan(seed, plan), _others(name, content)
    return ("origin",) * named + ("cancelled",) * bool(before)


def noted(name: str, content: str, seed: str, now: datetime) -> dict[str, str]:
    """The list of all draws made here, with one more unless it is there, by its file's name.

    Parameters
    ----------
    name : of the table's file, without its ending.
    content : of the table about to be written.
    seed : as the lots were made with it.
    now : the time that it notes.
    """
    rows, sha = _history(), digest(content)
    if not any((row["berkas"], row["sha256"]) == (name, sha) for row in rows):
        made = (now.strftime("%Y-%m-%d %H:%M"), name, seed, sha)
        rows.append(dict(zip(_COLUMNS, made, strict=True)))
    held = StringIO()
    writer = csv.DictWriter(held, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return {HISTORY: held.getvalue()}


def digest(content: str) -> str:
    """SHA-256 of a table's file, as its record states it.

    Parameters
    ----------
    content : of the file.
    """
    return hashlib.sha256(content.encode()).hexdigest()


def _history() -> list[dict[str, str]]:
    file = project.PRIVATE / HISTORY
    if not file.exists():
        return []
    text = _decoded(file.read_bytes())
    # Of a spreadsheet of this country the cells stand between semicolons.
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    header, *lines = csv.reader(StringIO(text), delimiter=delimiter) if text else [[]]
    if tuple(header) != _COLUMNS:
        raise WrongUsage(both("draw.unread", file=f"data/private/{HISTORY}", row=1))
    rows = []
    for number, line in enumerate(lines, start=2):
        # Written again with one more, so that a line that is not understood would be lost.
        if any(line) and not (len(line) == len(_COLUMNS) and _SHA256.fullmatch(line[-1])):
            raise WrongUsage(both("draw.unread", file=f"data/private/{HISTORY}", row=number))
        rows += [dict(zip(_COLUMNS, line, strict=True))] if any(line) else []
    return rows


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _others(name: str, content: str) -> list[dict[str, str]]:
    """Other draws of the same file that were made here."""
    sha = digest(content)
    return [row for row in _history() if row["berkas"] == name and row["sha256"] != sha]


def _of_plan(seed: str, plan: Plan) -> bool:
    # The number of the draw stands behind the seed.
    return seed.partition("/")[0] == str(plan.inference.seed)
