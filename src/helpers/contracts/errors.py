"""What goes wrong, as an evaluator reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Action = Literal["repaired", "excluded", "warned", "dropped", "stopped"]
Lang = Literal["id", "en"]

_WORDS = {
    "id": {"row": "baris", "column": "kolom", "sheet": "lembar", "found": "terbaca", "expected": "seharusnya",
           "remedy": "Perbaiki", "times": "kali"},
    "en": {"row": "row", "column": "column", "sheet": "sheet", "found": "found", "expected": "expected",
           "remedy": "Remedy", "times": "times"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one column of one file, with every row that it hits.

    ``found`` never holds a name, a complete NIP or free text: only their shape.
    """

    fault: str
    action: Action
    table: str
    file: str
    sheet: str = ""
    column: str = ""
    rows: tuple[int, ...] = ()
    found: str = ""
    what: tuple[str, str] = ("", "")
    expected: tuple[str, str] = ("", "")
    remedy: tuple[str, str] = ("", "")
    count: int = 1

    @property
    def stops(self) -> bool:
        """Whether a run must end before anything is written."""
        return self.action == "stopped"

    def sentence(self, lang: Lang = "id") -> str:
        """Place, finding, expectation and remedy, on three short lines."""
        w = _WORDS[lang]
        place = [self.file or self.table]
        if self.sheet:
            place.append(f"{w['sheet']} {self.sheet}")
        if self.rows:
            place.append(f"{w['row']} {self.rows[0]}")
        if self.column:
            place.append(f"{w['column']} {self.column}")
        i = 0 if lang == "id" else 1
        head = f"[{self.fault}] {', '.join(place)}"
        if self.found:
            head += f": {w['found']} {self.found}"
        if self.count > 1:
            head += f" ({self.count} {w['times']})"
        lines = [head, f"  {self.what[i][:1].upper()}{self.what[i][1:]}."] if self.what[i] else [head]
        if self.expected[i]:
            lines.append(f"  {w['expected']}: {self.expected[i]}")
        if self.remedy[i]:
            lines.append(f"  {w['remedy']}: {self.remedy[i]}")
        return "\n".join(lines)


class EvaluasiError(Exception):
    """The data, the plan or a notebook is at fault; the message says how to mend it."""

    def __init__(self, problems: Sequence[Problem] | str):
        self.problems: tuple[Problem, ...] = () if isinstance(problems, str) else tuple(problems)
        self.text = problems if isinstance(problems, str) else ""
        super().__init__(self.message())

    def message(self, lang: Lang = "id") -> str:
        """The whole message in one language."""
        return self.text or "\n".join(p.sentence(lang) for p in self.problems)
