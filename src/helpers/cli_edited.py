"""What ``evaluasi check-report`` prints: sentences that say too much, why, what may be said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from helpers.cli_words import say

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts import Lang
    from helpers.publish.edited_report import Overclaim


def held(file: Path, year: int, out: Path, form: str, lang: Lang) -> tuple[str, int]:
    """What is printed of an edited file, and the exit code: 1 where a sentence says too much.

    Parameters
    ----------
    file : that people have edited.
    year, out : of the report, and where reports go.
    form : ``text`` or ``json``.
    lang : of what is printed.
    """
    from helpers import contracts
    from helpers.publish.edited_report import check_edited

    folder = folder_of(year, contracts.resolve(out), lang)
    found = check_edited(file.expanduser(), folder)
    if form == "json":
        records = [as_record(f, lang) for f in found]
        return json.dumps(records, indent=1, ensure_ascii=False), int(bool(found))
    return "\n".join(listed(found, year, lang)), int(bool(found))


def tried(edits: int, out: Path, lang: Lang) -> tuple[str, int]:
    """What is printed of made edits, and the exit code: 1 where too many get past.

    Parameters
    ----------
    edits : how many.
    out : where the table is written.
    lang : of what is printed.
    """
    from helpers.publish.edited_report import firewall
    from helpers.validation import edited

    asked = edited.ask(edits, firewall)
    return edited.write(asked, out)[lang], 0 if edited.holds(asked) else 1


def folder_of(year: int, out: Path, lang: Lang) -> Path:
    """Where a year's results are; where they are not those of every question, that is told.

    Parameters
    ----------
    year : of the report.
    out : where reports go.
    lang : of what is told.

    Raises
    ------
    WrongUsage : there is no report of that year.
    """
    from helpers.contracts import Text, WrongUsage
    from helpers.publish.report_files import manifest

    folder = out / str(year)
    if not (folder / "results" / "findings.json").is_file():
        raise WrongUsage(
            Text(
                f"belum ada laporan {year} di {out.name}; buat dulu dengan: "
                f"evaluasi run --year {year}, atau sebut tempatnya dengan --out",
                f"there is no report of {year} in {out.name}; make it first with: "
                f"evaluasi run --year {year}, or name its place with --out",
            )
        )
    only = manifest(folder).get("parameters", {}).get("only")
    if only:
        typer.echo(say("edited.of_some", lang, year=year, only=", ".join(only)), err=True)
    return folder


def listed(found: Sequence[Overclaim], year: int, lang: Lang) -> Iterator[str]:
    """The lines for people.

    Parameters
    ----------
    found : sentences that say too much, in the order of the file.
    year : of the report.
    lang : of the lines.
    """
    from helpers.findings import say

    if not found:
        yield say("edited.clean", lang, year=year)
        return
    yield say("edited.count", lang, year=year, n=len(found))
    for each in found:
        sentence, *rest = each.lines(lang)
        yield sentence
        yield from (f"  {line}" for line in rest)


def as_record(found: Overclaim, lang: Lang) -> dict[str, str]:
    """A sentence as programs read it.

    Parameters
    ----------
    found : a sentence that says too much.
    lang : of its place and reason; the allowed wording is in the sentence's own.
    """
    return {
        "where": found.place[lang],
        "sentence": found.sentence,
        "kind": found.kind,
        "why": found.why[lang],
        "allowed": found.wording(lang),
    }
