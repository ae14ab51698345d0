"""One run, both languages: a notebook's cells are run once more in the other language, in the same
kernel, where the study and its answers are still known.
"""

from __future__ import annotations

import copy
import re
from typing import Final

import nbformat

from helpers.contracts import LANGS, Lang
from helpers.publish import in_language

FIRST: Final[Lang] = LANGS[0]
SECOND: Final[Lang] = LANGS[1]
_AGAIN: Final = f"-{SECOND}"
_TURN: Final = "turn" + _AGAIN
_INJECTED: Final = "injected-parameters"
_PARAMETERS: Final = "parameters"
# What is for the Lab alone, and on no page.
_LAB: Final = "lab"
_LANG: Final = re.compile(r"^lang\s*=.*$", re.MULTILINE)


def both(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with its code once more at its end, for the second language.

    Parameters
    ----------
    notebook : as it is stored; one without ``lang`` among its parameters says the same in every
        language.

    Returns
    -------
    A copy without what is for the Lab alone; where the notebook knows no language, nothing is
    added.
    """
    whole = paged(notebook)
    if not any(_tagged(c, _PARAMETERS) and _LANG.search(c.source) for c in whole.cells):
        return whole
    turn = nbformat.v4.new_code_cell(f'lang = "{SECOND}"', id=_TURN)
    again = [
        copy.deepcopy(c)
        for c in whole.cells
        if c.cell_type == "code" and not _tagged(c, _PARAMETERS)
    ]
    for cell in again:
        cell["id"] += _AGAIN
    whole.cells += [turn, *again]
    return whole


def paged(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what is for the Lab alone; every cell has an id.

    Parameters
    ----------
    notebook : as it is stored.

    Returns
    -------
    A copy.
    """
    whole: nbformat.NotebookNode = copy.deepcopy(notebook)
    whole.cells = [c for c in whole.cells if not _tagged(c, _LAB)]
    for number, cell in enumerate(whole.cells):
        cell.setdefault("id", f"cell-{number}")
    return whole


def apart(ran: nbformat.NotebookNode) -> dict[Lang, nbformat.NotebookNode]:
    """The notebook that `both` made, once it has run, as one notebook a language.

    Parameters
    ----------
    ran : with papermill's own cells; it is not changed.

    Returns
    -------
    By language, each with the cells, the order and the ids of the stored notebook and what it
    showed in the language.
    """
    at = next((i for i, c in enumerate(ran.cells) if c.get("id") == _TURN), None)
    first: nbformat.NotebookNode = copy.deepcopy(ran)
    second: nbformat.NotebookNode = copy.deepcopy(ran)
    if at is None:
        return {FIRST: first, SECOND: second}
    del first.cells[at:]
    del second.cells[at:]
    shown = {own_id(c): c for c in ran.cells[at + 1 :]}
    for cell in second.cells:
        if _tagged(cell, _INJECTED):
            cell.source = _LANG.sub(f'lang = "{SECOND}"', cell.source)
        elif cell.get("id") in shown:
            cell["outputs"] = copy.deepcopy(shown[cell["id"]].outputs)
    return {FIRST: first, SECOND: second}


def alone(notebook: nbformat.NotebookNode, lang: Lang) -> nbformat.NotebookNode:
    """The notebook as it is opened in the Lab: with the text cells and the parameter of one
    language, and without what was stored in another.

    Parameters
    ----------
    notebook : as it is stored.
    lang : the reader's.

    Returns
    -------
    A copy.
    """
    one = in_language(notebook, lang)
    for cell in one.cells:
        if _tagged(cell, _PARAMETERS):
            cell.source = _LANG.sub(f'lang = "{lang}"', cell.source)
        if cell.cell_type == "code" and lang != FIRST:
            cell.outputs, cell.execution_count = [], None
    return one


def own_id(cell: nbformat.NotebookNode) -> str:
    """The id of a cell in the stored notebook, in whichever language it ran."""
    return str(cell.get("id", "")).removesuffix(_AGAIN)


def is_turn(cell: nbformat.NotebookNode) -> bool:
    """Whether the cell is the one that turns to the second language."""
    return cell.get("id") == _TURN


def _tagged(cell: nbformat.NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])
