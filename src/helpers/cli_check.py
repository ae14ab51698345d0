"""What ``evaluasi check`` prints: the counts, a line for each sheet, the region, then the problems,
those first that cost most; what was mended is folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.cli_words import say

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts import Lang, Problem
    from helpers.intake import SheetRead

# A wide export would fill the screen with what nobody asked for.
_MOST_NAMED = 8
_MOST_FILES = 3
# Letters and digits of a value that only its shape is shown of.
_MASKED = re.compile(r"'[^']*(?:aa|AA|99)[^']*'")


def checked(
    problems: Sequence[Problem], sheets: Sequence[SheetRead], region: str, lang: Lang
) -> Iterator[str]:
    """The lines of a check.

    Parameters
    ----------
    problems : in any order.
    sheets : what was read.
    region : the line that says of which region a report would be.
    lang : of the lines.
    """
    from helpers.contracts import count

    def sum_of(action: str) -> str:
        return count(sum(p.count for p in problems if p.action == action))[lang]

    stops = count(sum(p.stops for p in problems))[lang]
    excluded, repaired = sum_of("excluded"), sum_of("repaired")
    counts = say("words.counts", lang, stops=stops, excluded=excluded, repaired=repaired)
    unread = len({p.file for p in problems if p.fault == "file_unread"})
    yield counts + (say("words.unread", lang, files=count(unread)[lang]) if unread else "")
    for sheet in sheets:
        yield "  " + _line(sheet, count(sheet.rows)[lang], lang)
    yield region
    for action in ("stopped", "excluded", "warned"):
        yield from (p.sentence(lang) for p in problems if p.action == action)
    if any(_MASKED.search(p.found) for p in problems):
        yield say("words.masked", lang)
    folded = [p for p in problems if p.action in ("repaired", "dropped")]
    folded.sort(key=_alike)
    for (_, fault, _), alike in groupby(folded, key=_alike):
        yield f"[{fault}] {_folded(list(alike), lang)}"


def _alike(problem: Problem) -> tuple[str, str, str]:
    return problem.action, problem.fault, problem.what.en


def _folded(alike: Sequence[Problem], lang: Lang) -> str:
    """What was mended: how often, in which files, and an example where one was kept."""
    from helpers.contracts import count, nip

    files = list(dict.fromkeys(nip.hidden_in(p.file) for p in alike))
    named = ", ".join(files) if len(files) <= _MOST_FILES else count(len(files))[lang]
    found = next((p.found for p in alike if p.found), "")
    number = count(sum(p.count for p in alike))[lang]
    said = say(
        "words.folded",
        lang,
        what=alike[0].what[lang],
        count=number,
        files=named,
        done=alike[0].done[lang],
    )
    return said + (f" {say('words.found', lang, found=found)}" if found else "")


def record(problem: Problem, lang: Lang) -> dict[str, object]:
    """A problem as programs read it.

    Parameters
    ----------
    problem : of any kind.
    lang : of its sentences.
    """
    from helpers.contracts import nip

    return {
        "fault": problem.fault,
        "action": problem.action,
        "table": problem.table,
        "file": nip.hidden_in(problem.file),
        "sheet": nip.hidden_in(problem.sheet),
        "row": problem.rows[0] if problem.rows else None,
        "rows": list(problem.rows),
        "column": problem.column,
        "found": problem.found,
        "what": problem.what[lang],
        "expected": problem.expected[lang],
        "remedy": problem.remedy[lang],
        "count": problem.count,
        "stops": problem.stops,
    }


def _line(sheet: SheetRead, rows: str, lang: Lang) -> str:
    from helpers.contracts import nip

    place = nip.hidden_in(f"{sheet.file} [{sheet.sheet}]" if sheet.sheet else sheet.file)
    if sheet.years is None:
        years = say("words.no_years", lang)
    else:
        years = "–".join(dict.fromkeys(map(str, sheet.years)))
    read = say("words.sheet", lang, place=place, table=sheet.table, years=years, rows=rows)
    if sheet.hidden:
        read += say("words.hidden", lang)
    if sheet.unused:
        read += say("words.unused", lang, columns=_few(sheet.unused))
    if sheet.beside:
        hidden = [nip.hidden_in(name) for name in sheet.beside]
        read += say("words.beside", lang, sheets=_few(hidden))
    return read


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f", +{more}" if more > 0 else "")
