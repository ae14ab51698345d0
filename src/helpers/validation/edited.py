"""The firewall tried on edits of which each says too much, and on sentences that nobody touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.contracts import LANGS, Finding, Lang, Text
from helpers.validation import table
from helpers.validation.edits import EDITS
from helpers.validation.made_findings import made

# From a region's findings, what says of a text whether it says too much.
Firewall = Callable[[tuple[Finding, ...]], Callable[[str], bool]]
_SHARE_CAUGHT = 0.99
_SHARE_FLAGGED = 0.01


@dataclass(frozen=True, slots=True)
class Tried:
    """One text that was put through the firewall.

    Parameters
    ----------
    kind : of the edit; empty where nobody touched it.
    lang : of the text.
    text : as it was read.
    flagged : whether a sentence of it was listed.
    """

    kind: str
    lang: Lang
    text: str
    flagged: bool


def ask(edits: int, firewall: Firewall, seed: int = 1) -> tuple[Tried, ...]:
    """So many edits, kinds and languages in turn, over regions of their own; and beside each region
    all of its sentences as they are.

    Parameters
    ----------
    edits : how many.
    firewall : what is tried.
    seed : of the first region.
    """
    return tuple(_asked(edits, firewall, seed))


def _asked(edits: int, firewall: Firewall, seed: int) -> Iterator[Tried]:
    rng, done, region = np.random.default_rng(seed), 0, seed
    while done < edits:
        findings = made(region)
        region += 1
        flags = firewall(findings)
        for f in findings:
            yield from (Tried("", lang, f.text[lang], flags(f.text[lang])) for lang in LANGS)
        for kind, (_, edit) in EDITS.items():
            for lang in LANGS:
                order = rng.permutation(len(findings))
                texts = (edit(findings[i], findings[i].text[lang], lang, rng) for i in order)
                text = next((t for t in texts if t), None)
                if text and done < edits:
                    done += 1
                    yield Tried(kind, lang, text, flags(text))


def holds(tried: tuple[Tried, ...]) -> bool:
    """Whether 99% of edits are caught, and at most 1% of untouched texts are listed."""
    edited = [t.flagged for t in tried if t.kind]
    untouched = [t.flagged for t in tried if not t.kind]
    return sum(edited) >= _SHARE_CAUGHT * len(edited) and sum(untouched) <= _SHARE_FLAGGED * len(
        untouched
    )


def write(tried: tuple[Tried, ...], folder: Path) -> Text:
    """The table by kind of edit and language, in both languages.

    Parameters
    ----------
    tried : as asked.
    folder : where ``edits.md`` is written.

    Returns
    -------
    The table.
    """
    asked = Counter((t.kind, t.lang) for t in tried)
    listed = Counter((t.kind, t.lang) for t in tried if t.flagged)
    names = {kind: name for kind, (name, _) in EDITS.items()}
    names[""] = Text("tidak disunting", "untouched")
    rows = [
        (name, *(Text.same(f"{listed[kind, lang]} / {asked[kind, lang]}") for lang in LANGS))
        for kind, name in names.items()
    ]
    body = table.table(
        (Text("suntingan", "edit"), Text("Indonesia", "Indonesian"), Text("Inggris", "English")),
        rows,
    )
    note = Text(
        "Banyaknya teks yang didapati berkata lebih daripada temuannya, dari yang diuji.",
        "Texts found to say more than their finding, of those tried.",
    )
    said = table.page(
        Text("Laporan yang disunting", "Edited reports"),
        Text.same(f"`evaluasi validate --edits {sum(1 for t in tried if t.kind)}`"),
        [(Text("Menurut suntingan", "By edit"), note, body)],
    )
    table.write(said, folder, "edits")
    return body
