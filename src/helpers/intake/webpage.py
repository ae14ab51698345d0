"""The tables of an HTML page, as many survey applications export them under the name of a
spreadsheet.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from helpers.intake import merged_cells
from helpers.intake.merged_cells import Corner

_WIDEST: Final = 500


def tables(text: str) -> list[list[list[str]]]:
    """Every table of a page as rows of texts; a cell over several columns stands in the first of
    them, one over several rows in each of these.

    Parameters
    ----------
    text : the page.

    >>> tables("<table><tr><th colspan=2>a</th></tr><tr><td>1<td>2&amp;3</table>")
    [[['a', ''], ['1', '2&3']]]
    """
    page = _Page()
    page.feed(text)
    page.close()
    for rows, merged in zip(page.tables, page.merged, strict=True):
        for (top, _), (bottom, right) in merged:
            # A row may end before a cell that reaches into it.
            for row in rows[top : bottom + 1]:
                row.extend([""] * (right + 1 - len(row)))
        merged_cells.fill(rows, merged)
    return [rows for rows in page.tables if any(any(row) for row in rows)]


class _Page(HTMLParser):
    """Cells as they are met; what stands outside of a table is let go."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.merged: list[list[tuple[Corner, Corner]]] = []
        self._open = False
        self._at = 0
        self._reaching: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self.merged.append([])
            self._open, self._reaching = False, {}
        elif not self.tables:
            return
        elif tag == "tr":
            self.tables[-1].append([])
            self._open = False
        elif tag in ("td", "th"):
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._cell(dict(attrs))
        elif tag == "br" and self._open:
            self.tables[-1][-1][self._at] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.tables[-1][-1][self._at] += data

    def _close(self) -> None:
        if self._open:
            row = self.tables[-1][-1]
            row[self._at] = " ".join(row[self._at].split())
        self._open = False

    def _cell(self, attrs: dict[str, str | None]) -> None:
        self._close()
        row = self.tables[-1][-1]
        # Room for cells that reach down from the rows above.
        while self._reaching.get(len(row), 0) > 0:
            self._reaching[len(row)] -= 1
            row.append("")
        self._at = len(row)
        over = min(_span(attrs.get("colspan")), _WIDEST)
        row += [""] * over
        rows = _span(attrs.get("rowspan"))
        if rows > 1:
            self._reaching |= {self._at + i: rows - 1 for i in range(over)}
            top = len(self.tables[-1]) - 1
            last = (top + rows - 1, self._at + over - 1)
            self.merged[-1].append(((top, self._at), last))
        self._open = True


def _span(said: str | None) -> int:
    return max(1, int(said)) if said and said.isascii() and said.isdigit() else 1
