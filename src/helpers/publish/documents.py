"""The year in documents: each page and the whole report, in every format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import nbformat

from helpers.publish.parts import Read, parts
from helpers.publish.typeset import Document, pdf
from helpers.publish.word import docx

WHOLE: Final = "laporan"
FORMATS: Final = ("html", "pdf", "docx")
_WRITERS: Final[Mapping[str, Callable[[Document, Sequence[Read]], bytes]]] = {
    "pdf": pdf,
    "docx": docx,
}


def documents(
    notebooks: Mapping[str, nbformat.NotebookNode],
    around: Document,
    formats: Collection[str],
) -> Iterator[tuple[Path, bytes]]:
    """Each page of a year in one language as a document of its own, by its file's name.

    Parameters
    ----------
    notebooks : those that have run, by name, in the order of their pages.
    around : heading, author, language, time and notice of them all.
    formats : of `FORMATS`; HTML is written elsewhere.

    Raises
    ------
    EvaluasiError : a document could not be made; the message names the page.
    """
    asked = [f for f in FORMATS if f in formats and f in _WRITERS]
    if not asked:
        return
    pages = {name: parts(n, name, around.lang) for name, n in notebooks.items()}
    for name, page in pages.items():
        for kind in asked:
            yield (
                Path(f"{name}.{kind}"),
                _WRITERS[kind](replace(around, title=page.title), [page]),
            )


def whole_report(
    notebooks: Mapping[str, nbformat.NotebookNode],
    around: Document,
    formats: Collection[str],
    first: str,
) -> Iterator[tuple[Path, bytes]]:
    """All pages of a year in one language as one document, by its file's name.

    Parameters
    ----------
    notebooks : those that have run, by name, in the order of their pages.
    around : heading, author, language, time and notice.
    formats : of `FORMATS`; HTML is written elsewhere.
    first : the annual notebook, with which the report begins and after which it is titled.

    Raises
    ------
    EvaluasiError : the document could not be made; the message names the page.
    """
    asked = [f for f in FORMATS if f in formats and f in _WRITERS]
    if not asked:
        return
    pages = {name: parts(n, name, around.lang) for name, n in notebooks.items()}
    whole = replace(around, title=pages[first].title, cover=True)
    ordered = [pages[first], *(p for n, p in pages.items() if n != first)]
    for kind in asked:
        yield Path(f"{WHOLE}.{kind}"), _WRITERS[kind](whole, ordered)
