"""What a notebook of somebody's own may show outside the Lab, and what stands in place of the rest.

The line: only blocks that the workspace's functions made leave, since these hide groups of few
people. Of whatever else a cell shows (tables of rows, own pictures, printed figures, choices)
nobody can tell how many people it describes, so that a sentence stands in its place.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import nbformat

from helpers.contracts import Lang
from helpers.findings import say
from helpers.present import MIME, Block, Sentence, read

# Papermill's own cells, which the person who wrote the notebook does not see.
PAPERMILLS: Final = frozenset({"injected-parameters", "papermill-error-cell-tag"})
# With these a block is put together by hand, or an explored frame made to forget whom to hide.
_BY_HAND: Final = frozenset(
    {"Blocks", "MIME", "MainPoint", "Picture", "Sentence", "Shown", "Table", "attrs", "trend_of"}
)
_WIDGET: Final = "application/vnd.jupyter.widget-view+json"


def numbered(
    notebook: nbformat.NotebookNode, lang: Lang
) -> Iterator[tuple[int, nbformat.NotebookNode]]:
    """The cells of a page in one language with their numbers, counted as they are seen in the Lab.

    Parameters
    ----------
    notebook : one that has run, with or without papermill's own cells.
    lang : text cells of the other language are counted and left out.
    """
    other = {"id": "en", "en": "id"}[lang]
    own = (c for c in notebook.cells if not PAPERMILLS & set(c.metadata.get("tags", [])))
    yield from ((n, c) for n, c in enumerate(own, 1) if other not in c.metadata.get("tags", []))


def leaving(
    ran: nbformat.NotebookNode, lang: Lang, said: Callable[[str], bool]
) -> tuple[nbformat.NotebookNode, int]:
    """The notebook with nothing in its outputs but what may leave.

    A block leaves where no cell behind it puts blocks together by hand or changes whom to hide. A
    printed text leaves where all of it is said by the year's report; one that only repeats a block
    in words is dropped, since the block stands there. Of everything else a sentence says what it
    was, and what shows the same of groups.

    Parameters
    ----------
    ran : one that has just run; outputs that were saved earlier are not to be trusted.
    lang : of the sentences.
    said : whether the year's report says a text.

    Returns
    -------
    A copy, and how many outputs of it were left out.
    """
    shown: nbformat.NotebookNode = nbformat.from_dict(ran)
    own = [(n, c) for n, c in numbered(shown, lang) if c.cell_type == "code"]
    by_hand = made_by_hand({n: c.source for n, c in own})
    words = {
        block.words().strip()
        for number, cell in own
        for output in cell.outputs
        if number not in by_hand and (block := _block(output)) is not None
    }
    left_out = 0
    for number, cell in own:
        kept: list[nbformat.NotebookNode] = []
        hidden: dict[str, None] = {}
        for output in cell.outputs:
            block = _block(output)
            text = "".join(output.get("text", "")).strip()
            if block is not None and number not in by_hand:
                kept.append(_displayed(block))
            elif output.output_type == "stream" and (not text or text in words):
                continue
            elif output.output_type == "stream" and said(text):
                kept.append(output)
            else:
                hidden["by_hand" if block is not None else _kind(output)] = None
                left_out += 1
        kept += [_displayed(Sentence(say(f"own.hidden.{kind}", lang, cell=number), "notice"))
                 for kind in hidden]  # fmt: skip
        cell.outputs = kept
    return shown, left_out


def made_by_hand(sources: Mapping[int, str]) -> frozenset[int]:
    """The cells whose blocks may not be the workspace's own: they name what blocks are made of, or
    something that an earlier such cell made.

    Parameters
    ----------
    sources : the code of each cell by its number, in the order in which they run.

    >>> sorted(made_by_hand({1: "from helpers.present import Table as T", 2: "T(a, b)", 3: "seen"}))
    [1, 2]
    """
    suspect, found = set(_BY_HAND), set()
    for number, source in sources.items():
        named, stored = _names(source)
        if named & suspect or MIME in source:
            found.add(number)
            suspect |= stored
    return frozenset(found)


def _names(source: str) -> tuple[set[str], set[str]]:
    """What a cell speaks of, and what it gives a name; magic lines say nothing of either."""
    lines = ("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
    try:
        tree = ast.parse("\n".join(lines))
    except SyntaxError:
        # What cannot be read is not trusted.
        return set(_BY_HAND), set()
    named: set[str] = set()
    stored: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                stored.add(name)
            case ast.Name(id=name) | ast.Attribute(attr=name):
                named.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                stored.add(name)
            case ast.alias(name=name, asname=called):
                named.add(name.rpartition(".")[2])
                stored.add(called or name)
    return named, stored


def _block(output: Mapping[str, Any]) -> Block | None:
    carried = output.get("data", {}).get(MIME)
    if carried is None:
        return None
    try:
        return read(carried)
    except ValueError:
        return None


def _displayed(block: Block) -> nbformat.NotebookNode:
    bundle = block._repr_mimebundle_()
    return nbformat.v4.new_output("display_data", data=bundle)


def _kind(output: Mapping[str, Any]) -> str:
    """What an output is that does not leave."""
    data = output.get("data", {})
    html = "".join(data.get("text/html", ""))
    if _WIDGET in data:
        return "choices"
    if "itables" in html:
        return "search"
    if any(kind.startswith("image/") for kind in data) or re.search("<(?:svg|img|script)", html):
        return "picture"
    return "rows" if "<table" in html else "printed"
