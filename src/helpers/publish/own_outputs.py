"""What a notebook of somebody's own may show outside the Lab, and what stands in place of the rest.

The line: only blocks that the workspace itself made leave, since these hide groups of few people;
each proves it by its seal. Of whatever else a cell shows (tables of rows, own pictures, printed
figures, choices) nobody can tell how many people it describes, so that a sentence stands in its
place.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import nbformat

from helpers.contracts import Lang
from helpers.findings import say
from helpers.present import MIME, Block, Sentence, made_by_house, read

# Papermill's own cells, which the person who wrote the notebook does not see.
PAPERMILLS: Final = frozenset({"injected-parameters", "papermill-error-cell-tag"})
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
    ran: nbformat.NotebookNode, lang: Lang, said: Callable[[str], bool], key: str
) -> tuple[nbformat.NotebookNode, int]:
    """The notebook with nothing in its outputs but what may leave.

    A block leaves where it is sealed. A printed text leaves where all of it is said by the year's
    report; one that only repeats a block in words is dropped, since the block stands there. Of
    everything else a sentence says what it was, and what shows the same of groups.

    Parameters
    ----------
    ran : one that has just run; outputs that were saved earlier are not to be trusted.
    lang : of the sentences.
    said : whether the year's report says a text.
    key : of the seals of this run, see `present.made_by_house`.

    Returns
    -------
    A copy, and how many outputs of it were left out.
    """
    shown: nbformat.NotebookNode = nbformat.from_dict(ran)
    own = [(n, c) for n, c in numbered(shown, lang) if c.cell_type == "code"]
    words = {
        block.words().strip()
        for _, cell in own
        for output in cell.outputs
        if (block := _block(output, key)) is not None
    }
    left_out = 0
    for number, cell in own:
        kept: list[nbformat.NotebookNode] = []
        hidden: dict[str, None] = {}
        for output in cell.outputs:
            block = _block(output, key)
            text = "".join(output.get("text", "")).strip()
            if block is not None:
                kept.append(_displayed(block))
            elif output.output_type == "stream" and (not text or text in words):
                continue
            elif output.output_type == "stream" and said(text):
                kept.append(output)
            else:
                hidden[_kind(output)] = None
                left_out += 1
        kept += [_displayed(Sentence(say(f"own.hidden.{kind}", lang, cell=number), "notice"))
                 for kind in hidden]  # fmt: skip
        cell.outputs = kept
    return shown, left_out


def _block(output: Mapping[str, Any], key: str) -> Block | None:
    """The block that an output shows, if its seal is this run's."""
    carried = output.get("data", {}).get(MIME)
    if not isinstance(carried, Mapping):
        return None
    rest = {name: value for name, value in carried.items() if name != made_by_house.SEAL}
    seal = str(carried.get(made_by_house.SEAL))
    if not hmac.compare_digest(seal.encode(), made_by_house.seal(rest, key).encode()):
        return None
    try:
        return read(rest)
    except ValueError:
        return None


def _displayed(block: Block) -> nbformat.NotebookNode:
    bundle = block._repr_mimebundle_()
    return nbformat.v4.new_output("display_data", data=bundle)


def _kind(output: Mapping[str, Any]) -> str:
    """What an output is that does not leave."""
    data = output.get("data", {})
    if MIME in data:
        return "by_hand"
    html = "".join(data.get("text/html", ""))
    if _WIDGET in data:
        return "choices"
    if "itables" in html:
        return "search"
    if any(kind.startswith("image/") for kind in data) or re.search("<(?:svg|img|script)", html):
        return "picture"
    return "rows" if "<table" in html else "printed"
