"""Which draws were made here: none is made a second time unnoticed, and of each it is known whose
seed it takes.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final

import typer

from helpers.cli_words import both, say
from helpers.contracts import Lang, WrongUsage, project

HISTORY: Final = "riwayat_undian.csv"
_COLUMNS: Final = ("waktu", "berkas", "benih", "sha256")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class MadeDraw:
    """A draw that is about to be written down.

    Attributes
    ----------
    table : of the inputs, whose file it becomes.
    year : of the seats, or of the first turn.
    content : of that file.
    seed : as the lots were made with it, the number of the draw behind it.
    plan_seed : the plan's, which all knew.
    """

    table: str
    year: int
    content: str
    seed: str
    plan_seed: int

    @property
    def name(self) -> str:
        """Of the table's file, without its ending."""
        return f"{self.table}_{self.year}"

    @property
    def digest(self) -> str:
        """The SHA-256 of the table's file, by which anybody sees whether it is the one signed."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    def refuse_a_second(self, in_data: Sequence[Path]) -> None:
        """Refuse a second draw for one year: who may draw again until it suits has not drawn by
        lot.

        Parameters
        ----------
        in_data : the files of the data folder that hold a draw of that year.

        Raises
        ------
        WrongUsage : another draw of that year lies in data/private or in the data folder.
        """
        own = project.PRIVATE / f"{self.name}.csv"
        for file, called in ((own, f"data/private/{own.name}"), *((f, f.name) for f in in_data)):
            if file.exists() and file.read_bytes() != self.content.encode():
                raise WrongUsage(both("draw.again", file=called, year=self.year))

    def stated(self, lang: Lang) -> list[str]:
        """Whose seed the draw takes, and which others of its year were made here before; for the
        screen before anything is written, and for the record.

        Parameters
        ----------
        lang : of what is said.
        """
        before = [
            f"{row['waktu']} ({row['benih']}, {row['sha256'][:12]})" for row in self._others()
        ]
        listed = {"n": len(before), "draws": "; ".join(before)}
        return [
            say(f"draw.{'seed_known' if self._of_plan else 'seed_named'}", lang, seed=self.seed),
            *([say("draw.made_before", lang, **listed)] if before else ()),
        ]

    def to_explain(self) -> tuple[str, ...]:
        """What those who sign the record are asked, as names of lines that are left open: where a
        seed that was named comes from, and why other draws do not count.
        """
        return ("origin",) * (not self._of_plan) + ("cancelled",) * bool(self._others())

    def noted(self, now: datetime) -> dict[str, str]:
        """The list of all draws made here, with this one unless it is there, by its file's name.

        Parameters
        ----------
        now : the time that it notes.
        """
        rows = _history()
        if not any((row["berkas"], row["sha256"]) == (self.name, self.digest) for row in rows):
            made = (now.strftime("%Y-%m-%d %H:%M"), self.name, self.seed, self.digest)
            rows.append(dict(zip(_COLUMNS, made, strict=True)))
        held = StringIO()
        writer = csv.DictWriter(held, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return {HISTORY: held.getvalue()}

    @property
    def _of_plan(self) -> bool:
        # The number of the draw stands behind the seed.
        return self.seed.partition("/")[0] == str(self.plan_seed)

    def _others(self) -> list[dict[str, str]]:
        """Other draws of the same file that were made here."""
        rows = _history()
        return [r for r in rows if r["berkas"] == self.name and r["sha256"] != self.digest]


def signed_for(
    made: MadeDraw,
    lang: Lang,
    record: Callable[[MadeDraw, datetime], bytes],
    in_data: Sequence[Path],
) -> dict[str, str | bytes]:
    """A draw's table, its record to sign, and the list of all draws made here, by file name. Whose
    seed it takes, and which draw it replaces, is told on the screen before anything is written.

    Parameters
    ----------
    made : the draw.
    lang : of the record and of what is said.
    record : makes the record, given the draw and the time that it states.
    in_data : the files of the data folder that hold a draw of that year.

    Raises
    ------
    WrongUsage : another draw of that year lies in data/private or in the data folder, or the list
        of all draws cannot be read.
    """
    now = datetime.now().astimezone()
    made.refuse_a_second(in_data)
    typer.echo("\n".join(made.stated(lang)), err=True)
    return {
        **made.noted(now),
        f"{made.name}.csv": made.content,
        f"{made.name}_{say('draw.record', lang)}.docx": record(made, now),
    }


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
