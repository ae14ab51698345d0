"""The leak scan: no NIP and no name of the inputs in anything that is about to be published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from helpers.contracts import EvaluasiError, Text
from helpers.intake import Identities

_DIGITS = re.compile(r"(?<!\d)(?:\d[ .\-’']?){17}\d(?!\d)")
_WORDS = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*", re.UNICODE)
_BLOB = re.compile(r"base64,[A-Za-z0-9+/=\s]{200,}|\"(?:image/)?png\": \"[A-Za-z0-9+/=\\n]+\"")
# Shorter single words are ordinary words too often; a name of one short word cannot be told from
# one.
_SHORTEST_SINGLE_NAME = 5


def scan(folder: Path, identities: Identities, vocabulary: Iterable[str] = ()) -> None:
    """Search every file below a folder.

    Parameters
    ----------
    folder : every file in it and below is read as text, pictures left out.
    identities : NIPs in 18 digits, and names; none of them is ever printed.
    vocabulary : texts that are the reports' own words (catalogues, notebooks, unit names); a name
        that
        occurs in them (a hospital called after a namesake) is not searched for.

    Raises
    ------
    EvaluasiError : a hit; the message names the files, never the person.
    """
    own_texts = [[w.casefold() for w in _WORDS.findall(text)] for text in vocabulary]
    own_words = {w for text in own_texts for w in text}
    names = {tuple(w.casefold() for w in _WORDS.findall(n)) for n in identities.names}
    several = {n for n in names if len(n) > 1 and not any(_says(text, n) for text in own_texts)}
    single = {n[0] for n in names if len(n) == 1 and len(n[0]) >= _SHORTEST_SINGLE_NAME} - own_words
    hits = [
        str(p.relative_to(folder))
        for p in sorted(folder.rglob("*"))
        if p.is_file() and _holds(p, identities.nips, several, single)
    ]
    if hits:
        where = ", ".join(hits)
        raise EvaluasiError(
            Text(
                "Pemindaian kebocoran: NIP atau nama dari data ditemukan, sehingga tidak ada yang "
                f"diterbitkan: {where}",
                "Leak scan: a NIP or name of the inputs was found, so that nothing was published: "
                f"{where}",
            )
        )


def _says(words: list[str], name: tuple[str, ...]) -> bool:
    return name[0] in words and any(
        tuple(words[i : i + len(name)]) == name for i in range(len(words))
    )


def _holds(path: Path, nips: set[str], several: set[tuple[str, ...]], single: set[str]) -> bool:
    text = _BLOB.sub(" ", path.read_bytes().decode("utf-8", "ignore"))
    if any(re.sub(r"\D", "", m) in nips for m in _DIGITS.findall(text)):
        return True
    words = [w.casefold() for w in _WORDS.findall(re.sub(r"<[^>]{0,400}>", " ", text))]
    if single & set(words):
        return True
    lengths = {len(n) for n in several}
    return any(several & set(zip(*(words[i:] for i in range(k)), strict=False)) for k in lengths)
