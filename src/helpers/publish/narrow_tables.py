"""Tables of many columns on a narrow screen: every row a card whose values say what they are, since
nothing may lie beyond the edge, the grade least of all.
"""

from __future__ import annotations

import html
import re
from typing import Final

from helpers.publish.carried_tables import ROW, TAG

# So many columns fit side by side on a telephone.
_FITS: Final = 3
_TABLE: Final = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEAD: Final = re.compile(r"<thead>.*?</thead>", re.DOTALL)
_LABEL: Final = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_CELL: Final = re.compile(r"<(t[hd])\b")
_GROUP: Final = re.compile(r"<(thead|tbody)>")


def as_cards(page: str) -> str:
    """A page whose wide tables carry, in every cell, the name of its column; the style sheet makes
    cards of their rows where the screen is narrow.

    Parameters
    ----------
    page : HTML.
    """
    return _TABLE.sub(lambda found: _labelled(found[0], found[1]), page)


def _labelled(table: str, inside: str) -> str:
    head = _HEAD.search(inside)
    labels = [_attribute(label) for label in _LABEL.findall(head[0])] if head else []
    if head is None or len(labels) <= _FITS:
        return table
    above = _CELL.sub(r'<\1 role="columnheader"', head[0]).replace("<tr>", '<tr role="row">')
    below = ROW.sub(lambda row: _row(row[1], labels), inside[head.end() :])
    made = inside[: head.start()] + above + below
    # Laid out as cards, a table is none any more to a browser that is not told.
    made = _GROUP.sub(r'<\1 role="rowgroup">', made)
    return f'<table class="cards" role="table">{made}</table>'


def _attribute(label: str) -> str:
    """A header's text as an attribute may hold it: nothing in it ends one, or begins another."""
    return html.escape(html.unescape(TAG.sub("", label)), quote=True)


def _row(cells: str, labels: list[str]) -> str:
    named = iter(labels)

    def cell(found: re.Match[str]) -> str:
        role = "rowheader" if found[1] == "th" else "cell"
        return f'<{found[1]} role="{role}" data-of="{next(named, "")}"'

    return f'<tr role="row">{_CELL.sub(cell, cells)}</tr>'
