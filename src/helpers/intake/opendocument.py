"""What an OpenDocument file says of its cells and the reader does not: errors, which its programs
store as texts of no length, and cells that reach over others.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from helpers.intake.merged_cells import Corner
from helpers.intake.values import is_error, is_marker

_CELL = re.compile(rb"<table:table-cell\b([^>]*)>(\s*<text:p\b[^>]*>)([^<]*)(?=</text:p>)")
_BARE_FORMULA = re.compile(
    rb"<table:table-cell\b((?=[^>]*\btable:formula=)(?![^>]*\boffice:value-type=)[^>]*?)"
    rb"(?:/>|>\s*</table:table-cell>)"
)
_VALUE = re.compile(rb'\soffice:(?:[a-z]+-)?value(?:-type)?="[^"]*"')
_FAILED: Final = b'calcext:value-type="error"'
_OVER_ROWS = re.compile(rb'\btable:number-rows-spanned="(?!1")')
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
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
    for table in ElementTree.fromstring(xml).iter(f"{_TABLE}table"):
        here = found.setdefault(table.get(f"{_TABLE}name", ""), [])
        at = 0
        for row in table.iter(f"{_TABLE}table-row"):
            here += _over_rows(row, at)
            at += _number(row, "number-rows-repeated")
    return found


def _over_rows(row: ElementTree.Element, top: int) -> list[tuple[Corner, Corner]]:
    found, left = [], 0
    for cell in row:
        if cell.tag in _CELLS:
            high, wide = (_number(cell, f"number-{of}-spanned") for of in ("rows", "columns"))
            if high > 1:
                found.append(((top, left), (top + high - 1, left + wide - 1)))
            left += _number(cell, "number-columns-repeated")
    return found


def _number(element: ElementTree.Element, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}", "1"))
