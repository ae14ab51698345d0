"""Tables of a validation as text in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from helpers.contracts import Lang, Text, write_whole

YES_NO: Final = {True: Text("ya", "yes"), False: Text("tidak", "no")}


def table(columns: Sequence[Text], rows: Iterable[Sequence[Text]]) -> Text:
    """A Markdown table.

    Parameters
    ----------
    columns : its head.
    rows : cells in the same order.
    """
    lines = [columns, [Text.same("---")] * len(columns), *rows]
    return Text.made(
        lambda lang: "".join("| " + " | ".join(c[lang] for c in line) + " |\n" for line in lines)
    )


def page(title: Text, made_by: Text, parts: Iterable[tuple[Text, Text, Text]]) -> Text:
    """A page of tables.

    Parameters
    ----------
    title : its heading.
    made_by : the command that made it, and what else is true of all of it.
    parts : heading, what it says, and table of each part; what it says may be empty.
    """
    parts = tuple(parts)

    def said(lang: Lang) -> str:
        found = [f"# {title[lang]}", made_by[lang]]
        for heading, note, body in parts:
            found += [f"## {heading[lang]}", *([note[lang]] if note else []), body[lang].rstrip()]
        return "\n\n".join(found) + "\n"

    return Text.made(said)


def write(said: Text, folder: Path, name: str) -> None:
    """A page in both languages, named as the project names them: ``name.md`` in English, beside it
    ``name.id.md`` in Indonesian.

    Parameters
    ----------
    said : the page.
    folder : made where absent.
    name : without an ending.
    """
    write_whole(folder / f"{name}.md", said["en"])
    write_whole(folder / f"{name}.id.md", said["id"])
