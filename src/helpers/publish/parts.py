"""What a notebook shows, in order, read once for every writer: headings, texts and lists of its
text cells, and the blocks of its outputs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import nbformat

from helpers.contracts import Lang
from helpers.present import MIME, Blocks, MainPoint, Picture, Sentence, Table, read
from helpers.publish.html import in_language

Role = Literal["say", "notice", "answer", "verdict"]
_PAGE: Final = re.compile(r"^(\d\d_\w+)\.(?:ipynb|html)(?:#.*)?$")
_ADDRESS: Final = re.compile(r"^(?:https?://|mailto:)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike. ``page`` is the notebook that they lead to, ``address`` one elsewhere."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    page: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page's own title."""

    level: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(r.text for r in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: of a text cell, or what a cell printed."""

    runs: tuple[Run, ...]
    role: Role = "say"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, one item a line."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False


Part = Heading | Paragraph | Listing | Sentence | Picture | Table | MainPoint


@dataclass(frozen=True, slots=True)
class Read:
    """A page as every writer gets it: its name, its title, and what stands below the title."""

    name: str
    title: str
    parts: tuple[Part, ...]


def parts(notebook: nbformat.NotebookNode, name: str, lang: Lang) -> Read:
    """A notebook's page for the writers of documents.

    Parameters
    ----------
    notebook : one that has run.
    name : the notebook's, by which other pages lead to it.
    lang : whose text cells are read.

    Returns
    -------
    The title is the verdict where there is one, or else the first heading.
    """
    found: list[Part] = []
    title = verdict = ""
    for cell in in_language(notebook, lang).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            for part in _markdown(cell.source):
                if isinstance(part, Heading) and part.level == 1 and not title:
                    title = part.text
                elif "question" not in tags:
                    found.append(part)
        elif cell.cell_type == "code":
            for part in _outputs(cell.get("outputs", []), tags):
                if isinstance(part, Paragraph) and part.role == "verdict" and not verdict:
                    verdict = part.runs[0].text
                else:
                    found.append(part)
    return Read(name, verdict or title or name, tuple(found))


def leads_to(link: str) -> dict[str, str]:
    """Where a link leads: to a page of the report, to an address elsewhere, or nowhere.

    Parameters
    ----------
    link : as it stands in a text cell or a block.
    """
    page = _PAGE.match(link)
    if page:
        return {"page": page[1]}
    return {"address": link} if _ADDRESS.match(link) else {}


def _outputs(outputs: Sequence[Mapping[str, Any]], tags: Sequence[str]) -> Iterator[Part]:
    for output in outputs:
        data = output.get("data", {})
        if MIME in data:
            block = read(data[MIME])
            yield from _blocks(block.blocks if isinstance(block, Blocks) else (block,))
        elif output["output_type"] == "stream" and output.get("name") == "stdout":
            role: Role = (
                "verdict" if "verdict" in tags else "answer" if "headline" in tags else "say"
            )
            text = "".join(output["text"]).strip()
            if text:
                yield Paragraph((Run(text),), role)
        elif "text/plain" in data:
            yield Paragraph((Run("".join(data["text/plain"]), code=True),))


def _blocks(blocks: Sequence[Sentence | Picture | Table | MainPoint]) -> Iterator[Part]:
    """Blocks as they are, steps as one list."""
    for is_step, group in itertools.groupby(
        blocks, lambda b: isinstance(b, Sentence) and b.kind == "step"
    ):
        if is_step:
            yield Listing(
                tuple((Run(b.text),) for b in group if isinstance(b, Sentence)), ordered=True
            )
        else:
            yield from group


def _markdown(source: str) -> Iterator[Part]:
    import mistune

    tokens = mistune.create_markdown(renderer="ast", plugins=["table"])(source)
    assert isinstance(tokens, list)
    for token in tokens:
        yield from _block(token)


def _block(token: Mapping[str, Any]) -> Iterator[Part]:
    children = token.get("children", ())
    match token["type"]:
        case "heading":
            yield Heading(token["attrs"]["level"], tuple(_runs(children)))
        case "paragraph" | "block_text":
            yield Paragraph(tuple(_runs(children)))
        case "list":
            items = tuple(
                tuple(r for inner in item.get("children", ()) for r in _runs([inner]))
                for item in children
            )
            yield Listing(items, bool(token["attrs"].get("ordered")))
        case "block_quote":
            for inner in children:
                yield from _block(inner)
        case "block_code":
            yield Paragraph((Run(token["raw"].rstrip(), code=True),))
        case "table":
            yield _table(children)


def _table(children: Sequence[Mapping[str, Any]]) -> Table:
    def cells(row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple("".join(r.text for r in _runs(c["children"])) for c in row["children"])

    head, *body = children
    return Table(cells(head), tuple(cells(row) for part in body for row in part["children"]))


def _runs(tokens: Sequence[Mapping[str, Any]], **set_so: Any) -> Iterator[Run]:
    for token in tokens:
        children = token.get("children", ())
        match token["type"]:
            case "text" | "inline_html" | "block_html":
                yield Run(token.get("raw", ""), **set_so)
            case "codespan":
                yield Run(token["raw"], **{**set_so, "code": True})
            case "strong":
                yield from _runs(children, **{**set_so, "bold": True})
            case "emphasis":
                yield from _runs(children, **{**set_so, "italic": True})
            case "link":
                yield from _runs(children, **{**set_so, **leads_to(token["attrs"]["url"])})
            case "softbreak" | "linebreak":
                yield Run(" ", **set_so)
            case _:
                yield from _runs(children, **set_so)
