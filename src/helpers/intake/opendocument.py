"""What an OpenDocument file says of its cells and the reader does not: errors, which its programs
store as texts of no length, and cells that reach over others.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from helpers.intake.merged_cells import Corner
from helpers.intake.values import is_error, is_marker

_CELL = re.compile(rb"<table:table-cell\b([^>]*)>(\s*<text:p\b[^>]*>)([^<]*)(?=</text:p>)")
_BARE_FORMULA = re.compile(
    rb"<table:table-cell\b((?=[^>]*\btable:formula=)(?![^>]*\boffice:value-type=)[^>]*?)"
    rb"(?:/>|>\s*</table:table-cell>)"
)
_VALUE = re.compile(rb'\soffice:(?:[a-z]+-)?value(?:-type)?="[^"]*"')
_FAILED: Final = b'calcext:value-type="error"'
_OVER_ROWS = re.compile(rb'table:number-rows-spanned="(?!1")')
_STARTS = re.compile(rb"<table:(table|table-row)(?=[\s/>])([^>]*)>")
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_ANY_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])([^>]*)>")
_AS_TEXT: Final = b' office:value-type="string">'


def errors_as_text(xml: bytes, never_worked_out: str) -> bytes:
    """The content with each failed formula as the text that the cell shows.

    Parameters
    ----------
    xml : ``content.xml`` of the file.
    never_worked_out : the text of a formula whose result was never stored.
    """
    if _FAILED in xml or b">#" in xml or b">Err:" in xml:
        xml = _CELL.sub(_shown, xml)
    if b"table:formula=" in xml:
        said = b"<text:p>" + never_worked_out.encode() + b"</text:p></table:table-cell>"
        xml = _BARE_FORMULA.sub(rb"<table:table-cell\1" + _AS_TEXT + said, xml)
    return xml


def _shown(cell: re.Match[bytes]) -> bytes:
    attributes, opening, said = cell.groups()
    written = said.decode(errors="replace")
    sign = written.startswith("#") and is_marker(written)
    if _FAILED not in attributes and not sign and not is_error(written):
        return cell[0]
    return b"<table:table-cell" + _VALUE.sub(b"", attributes) + _AS_TEXT + opening + said


def merged(xml: bytes) -> dict[str, list[tuple[Corner, Corner]]]:
    """The first and the last cell of each that reaches over several rows, by the sheet's name.

    Parameters
    ----------
    xml : ``content.xml`` of the file.
    """
    found: dict[str, list[tuple[Corner, Corner]]] = {}
    if not _OVER_ROWS.search(xml):
        return found
    # A tree of the whole file would take a kilobyte for each of its cells.
    here: list[tuple[Corner, Corner]] = []
    at = 0
    starts = _STARTS.finditer(xml)
    opened = next(starts, None)
    while opened:
        following = next(starts, None)
        if opened[1] == b"table":
            name = _NAME.search(opened[2])
            here, at = found.setdefault(unescape(name[1].decode()) if name else "", []), 0
        else:
            end = following.start() if following else len(xml)
            if _OVER_ROWS.search(xml, opened.end(), end):
                here += _over_rows(xml[opened.end() : end], at)
            at += _number(opened[2], b"rows-repeated")
        opened = following
    return found


def _over_rows(row: bytes, top: int) -> list[tuple[Corner, Corner]]:
    found, left = [], 0
    for cell in _ANY_CELL.finditer(row):
        high, wide = _number(cell[1], b"rows-spanned"), _number(cell[1], b"columns-spanned")
        if high > 1:
            found.append(((top, left), (top + high - 1, left + wide - 1)))
        left += _number(cell[1], b"columns-repeated")
    return found


def _number(attributes: bytes, of: bytes) -> int:
    said = re.search(rb'\btable:number-%s="(\d+)"' % of, attributes)
    return int(said[1]) if said else 1
