"""A notebook of somebody's own as a page that may be shared: marked as exploratory, its outputs and
words checked, nobody's name on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import nbformat

from helpers.contracts import EvaluasiError, Lang, Text, temporary_folder, write_whole
from helpers.findings import told, vocabulary
from helpers.findings.words import listed
from helpers.intake import Identities
from helpers.intake.pseudonym import DIGITS
from helpers.present import Sentence
from helpers.publish.html import Page, render
from helpers.publish.index import pages_folder
from helpers.publish.leaks import found_in_files
from helpers.publish.own_outputs import numbered

_PSEUDONYM: Final = re.compile(rf"(?<![0-9a-f])[0-9a-f]{{{DIGITS}}}(?![0-9a-f])")
_WHOLE: Final = "page"
_LINK: Final = re.compile(r'<a href="(\d\d_\w+\.html)(#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)


def own_page(
    shown: nbformat.NotebookNode, around: Page, about: Collection[str], year: Path, folder: Path
) -> str:
    """The page.

    Parameters
    ----------
    shown : with outputs that may leave, see `own_outputs.leaving`.
    around : what surrounds the content.
    about : sentences on where the page comes from, at its end.
    year : the folder of the year's report; links to its pages lead there, where it has them.
    folder : where the page is going to.

    Returns
    -------
    HTML that loads nothing from elsewhere.
    """
    whole: nbformat.NotebookNode = nbformat.from_dict(shown)
    for cell in whole.cells:
        # What the page's own notice says need not be said by a cell again.
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if not _said_by(around.notice, o)]
    blocks = [Sentence(s, "notice")._repr_mimebundle_() for s in about]
    outputs = [nbformat.v4.new_output("display_data", data=b) for b in blocks]
    whole.cells.append(nbformat.v4.new_code_cell("", outputs=outputs))
    pages = pages_folder(year, around.lang)
    up = Path(*[".."] * len(folder.relative_to(year.parent).parts))
    to = (up / pages.relative_to(year.parent)).as_posix()

    def linked(link: re.Match[str]) -> str:
        there = (pages / link[1]).is_file()
        return f'<a href="{to}/{link[1]}{link[2] or ""}">{link[3]}</a>' if there else link[3]

    return _LINK.sub(linked, render(whole, around))


def nobody_named(
    shown: nbformat.NotebookNode,
    name: str,
    page: str,
    identities: Identities,
    pseudonyms: Iterable[str],
    phrases: Collection[str],
    lang: Lang,
) -> None:
    """Search the cells, and then the whole page, for names, NIPs and pseudonyms.

    Parameters
    ----------
    shown : with outputs that may leave.
    name : of the page's file, which is searched, too.
    page : as it would be published.
    identities : of the inputs.
    pseudonyms : of everybody in the study.
    phrases : names that are nobody's, as of `leaks.names_of_nobody`.
    lang : the page's.

    Raises
    ------
    EvaluasiError : a hit; the message names the cells and the kind of what was found, never whom.
    """
    known = frozenset(pseudonyms)
    written = {f"{number}.html": _text(cell) for number, cell in numbered(shown, lang)}
    texts = {**written, f"{_WHOLE}/{name}": page}
    with temporary_folder() as aside:
        folder = Path(aside)
        for place, text in texts.items():
            write_whole(folder / place, text)
        hits = found_in_files(folder, identities, vocabulary(), phrases)
    found: dict[str, list[str]] = {}
    for place, text in texts.items():
        kinds: list[str] = sorted(hits.get(str(Path(place)), ()))
        if known.intersection(_PSEUDONYM.findall(text)):
            kinds.append("pseudonym")
        if kinds:
            found[place] = kinds
    cells = {place: kinds for place, kinds in found.items() if place in written}
    if found:
        # The page holds its cells; by itself it counts where none of them was hit.
        places = [_place(place, kinds) for place, kinds in (cells or found).items()]
        raise EvaluasiError(told("own.persons", places=listed(places)))


def _said_by(notice: str, output: nbformat.NotebookNode) -> bool:
    words = output.get("data", {}).get("text/plain", "")
    return bool(words) and words in notice


def _text(cell: nbformat.NotebookNode) -> str:
    outputs = cell.get("outputs", [])
    shown = (o.get("data", {}).get("text/html") or o.get("text", "") for o in outputs)
    return "\n".join((cell.source, *shown))


def _place(place: str, kinds: Iterable[str]) -> Text:
    number = Path(place).stem
    where = told("own.outside") if place.startswith(_WHOLE) else told("own.cell", cell=number)
    what = [told(f"own.kind_{kind}") for kind in kinds]
    return Text.made(lambda lang: f"{where[lang].rstrip(',')} ({listed(what)[lang]})")
