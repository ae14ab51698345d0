"""What goes wrong, as an evaluator reads it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from helpers.contracts.nip import hidden_in
from helpers.contracts.texts import LANGS, Lang, Text

Action = Literal["repaired", "excluded", "warned", "dropped", "stopped"]

_WORDS = {
    "row": Text("baris", "row"),
    "column": Text("kolom", "column"),
    "sheet": Text("lembar", "sheet"),
    "found": Text("terbaca", "found"),
    "expected": Text("seharusnya", "expected"),
    "remedy": Text("Perbaiki", "Remedy"),
    "times": Text("kali", "times"),
}
_DONE: Final[dict[Action, Text]] = {
    "stopped": Text("laporan tidak dibuat", "no report is made"),
    "excluded": Text(
        "tidak ikut dihitung, tercatat di mutu data", "not counted, listed under data quality"
    ),
    "repaired": Text("diperbaiki waktu dibaca", "mended at reading"),
    "dropped": Text("dilewati", "passed over"),
    "warned": Text("dibiarkan, hanya diberitahukan", "left as it is, only told"),
}
# So many rows can be found by hand; all of them are in what programs read.
_ROWS_TOLD: Final = 5
# A line of its own, which no message has, between the languages of an error's ``str``.
_BETWEEN: Final = "\n—\n"


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
    what: Text = Text()
    expected: Text = Text()
    remedy: Text = Text()
    count: int = 1

    @property
    def stops(self) -> bool:
        """Whether a run must end before anything is written."""
        return self.action == "stopped"

    @property
    def done(self) -> Text:
        """What was done about it, in words."""
        return _DONE[self.action]

    def sentence(self, lang: Lang = "id") -> str:
        """Place, finding, expectation and remedy, on up to four short lines."""
        w = {name: text[lang] for name, text in _WORDS.items()}
        place = [hidden_in(self.file) or self.table]
        if self.sheet:
            place.append(f"{w['sheet']} {hidden_in(self.sheet)}")
        if self.rows:
            first = ", ".join(map(str, self.rows[:_ROWS_TOLD]))
            more = ", …" if len(self.rows) > _ROWS_TOLD else ""
            place.append(f"{w['row']} {first}{more}")
        if self.column:
            place.append(f"{w['column']} {self.column}")
        head = f"[{self.fault}] {', '.join(place)}"
        if self.found:
            head += f": {w['found']} {self.found}"
        if self.count > 1:
            head += f" ({self.count} {w['times']})"
        lines = (
            [head, f"  {self.what[lang][:1].upper()}{self.what[lang][1:]}: {self.done[lang]}."]
            if self.what[lang]
            else [head]
        )
        if self.expected[lang]:
            lines.append(f"  {w['expected']}: {self.expected[lang]}")
        if self.remedy[lang]:
            lines.append(f"  {w['remedy']}: {self.remedy[lang]}")
        return "\n".join(lines)


class EvaluasiError(Exception):
    """The data, the plan or a notebook is at fault; the message says how to mend it, in the
    language asked for.

    Its ``str`` holds both languages, so that whoever gets nothing but that (a notebook's output,
    a traceback) can still choose: `heard` does.
    """

    def __init__(self, at_fault: Sequence[Problem] | Text):
        self.problems: tuple[Problem, ...] = () if isinstance(at_fault, Text) else tuple(at_fault)
        self.text = at_fault if isinstance(at_fault, Text) else Text()
        super().__init__(at_fault)

    def __str__(self) -> str:
        said = [self.message(lang) for lang in LANGS]
        return _BETWEEN.join(dict.fromkeys(said))

    def message(self, lang: Lang = "id") -> str:
        """The whole message in one language."""
        return self.text[lang] or "\n".join(p.sentence(lang) for p in self.problems)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the message, without the way that led to it, in the language of
        its parameters cell; in both where it has none.
        """
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython else None
        lang = shell.user_ns.get("lang") if shell else None
        return [self.message(lang) if lang in LANGS else str(self)]


def heard(value: str, shown: Sequence[str]) -> Text | None:
    """What an `EvaluasiError` said, from what a notebook keeps of it; None for any other error.

    Parameters
    ----------
    value : the error output's ``evalue``, which is the error's ``str``.
    shown : its ``traceback``. Ours is the message alone, whatever the class is called; that of
        other errors shows the way through the code as well.
    """
    said = value.split(_BETWEEN)
    if len(said) > len(LANGS) or len(shown) != 1 or shown[0] not in (value, *said):
        return None
    return Text(said[0], said[-1])


class WrongUsage(EvaluasiError):
    """What was asked for on the command line cannot be; nothing is wrong with the data."""
