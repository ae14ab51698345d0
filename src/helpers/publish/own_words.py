"""The words of a notebook of somebody's own, held against the year's findings before they leave."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import nbformat

from helpers.contracts import EvaluasiError, Lang, codes, project, temporary_folder
from helpers.findings import told
from helpers.findings.words import templates
from helpers.present import MIME
from helpers.publish.edited_files import Passage, passages, plain
from helpers.publish.edited_findings import Results
from helpers.publish.edited_held import key
from helpers.publish.edited_printed import strings
from helpers.publish.edited_report import Overclaim, overclaims
from helpers.publish.edited_words import numbers, sentences
from helpers.publish.own_outputs import numbered

# A comment or a text of fewer words claims nothing.
_FEWEST_WORDS: Final = 4
_SPOKEN: Final = ("COMMENT", "STRING", "FSTRING_MIDDLE")


@dataclass(frozen=True, slots=True)
class ReportSays:
    """What the report of the year says: by it is told whether a printed text may leave.

    Parameters
    ----------
    results : of the year.
    """

    results: Results

    def __call__(self, text: str) -> bool:
        """Whether every sentence of a text is one of the report's own."""
        keys = [key(s) for s in sentences(plain(text))]
        known = self.results.said_before
        return bool(keys) and all(k in self.results.own or k in known for k in keys)


def too_much(shown: nbformat.NotebookNode, held: Results, lang: Lang) -> tuple[Overclaim, ...]:
    """Every sentence of a page-to-be that says more than the year's findings: of text cells, of
    comments and texts in the code, and of what the cells show.

    A figure that the page itself shows may be repeated; what it means for training may not be
    claimed beyond the findings. Text cells that stand so in the workspace's notebooks are its own.

    Parameters
    ----------
    shown : text cells of one language, and outputs that may leave.
    held : the results of the notebook's year.
    lang : whose text cells the page has.
    """
    figures = _figures(shown, lang)
    here = replace(
        held,
        figures=held.figures | figures,
        of_outcome={o: own | figures for o, own in held.of_outcome.items()},
        stated=replace(held.stated, beside=figures),
    )
    own_texts = _texts_of_the_house()
    read: list[Passage] = []
    for number, cell in numbered(shown, lang):
        at = told("own.cell", cell=number)
        if cell.cell_type == "markdown" and cell.source.strip() not in own_texts:
            read += (Passage(at + p.place, p.text, p.cells) for p in _written(cell.source))
        elif cell.cell_type == "code":
            code = at + told("own.in_code")
            read += (Passage(code, plain(s)) for s in _spoken_in(cell.source))
            output = at + told("own.in_output")
            read += (Passage(output, _untitled(plain(s), lang)) for s in _shown_by(cell))
    return tuple(overclaims(tuple(read), here))


def must_be_plain(shown: nbformat.NotebookNode, lang: Lang) -> None:
    """Text cells may hold neither pictures nor HTML: no check sees what stands in a picture, and
    HTML may load or hide something.

    Parameters
    ----------
    shown : the notebook before it is made a page.
    lang : whose text cells the page has.

    Raises
    ------
    EvaluasiError : a cell that does; the message names it.
    """
    import mistune

    at_fault = []
    for number, cell in numbered(shown, lang):
        if cell.cell_type != "markdown":
            continue
        tokens = mistune.create_markdown(renderer="ast", plugins=["table"])(cell.source)
        if cell.get("attachments") or _kinds(tokens) & {"image", "inline_html", "block_html"}:
            at_fault.append(str(number))
    if at_fault:
        raise EvaluasiError(told("own.not_plain", cells=", ".join(at_fault)))


def _kinds(tree: Any) -> set[str]:
    if isinstance(tree, list):
        return set().union(*map(_kinds, tree))
    return {str(tree.get("type")), *_kinds(tree.get("children", []))}


def _texts_of_the_house() -> frozenset[str]:
    return frozenset(
        cell.source.strip()
        for path in project.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")
        for cell in nbformat.read(str(path), as_version=4).cells
        if cell.cell_type == "markdown"
    )


def _written(source: str) -> tuple[Passage, ...]:
    with temporary_folder() as folder:
        path = project.resolve(folder) / "cell.md"
        path.write_text(source, encoding="utf-8")
        return passages(path)


def _untitled(text: str, lang: Lang) -> str:
    """A text without the titles of comparisons between columns that the workspace knows: a column
    and a group side by side claim nothing, even where the group is the trained. What somebody calls
    a column of their own may.
    """
    return _title(lang).sub("", text)


@cache
def _title(lang: Lang) -> re.Pattern[str]:
    of_words = (text for name, text in templates(lang).items() if name.startswith("word."))
    known = {*of_words, *(words[lang] for words in codes.UNSUR_WORDS.values())}
    column = "(?:" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + ")"
    form = re.escape(templates(lang)["explore.title"])
    for name, part in (("Outcome", column), ("by", column), ("year", r"\d{4}")):
        form = form.replace(re.escape("{" + name + "}"), part)
    return re.compile(rf"(?<!\w){form}(?!\w)", re.IGNORECASE)


def _spoken_in(source: str) -> Iterator[str]:
    """Comments and texts of code that are long enough to claim something."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        # A cell with magic lines: all of it may be read.
        yield source
        return
    for token in tokens:
        if tokenize.tok_name[token.type] in _SPOKEN:
            said = token.string.strip("#'\" rfbRFB")
            if len(said.split()) >= _FEWEST_WORDS:
                yield said


def _shown_by(cell: nbformat.NotebookNode) -> Iterator[str]:
    for output in cell.get("outputs", []):
        yield from strings(output.get("data", {}).get(MIME))
        yield from strings("".join(output.get("text", "")) or None)


def _figures(shown: nbformat.NotebookNode, lang: Lang) -> frozenset[float]:
    """The figures that the page itself shows."""
    return frozenset(
        round(v, 6)
        for _, cell in numbered(shown, lang)
        if cell.cell_type == "code"
        for text in _shown_by(cell)
        for number in numbers(plain(text))
        for v in number
    )
