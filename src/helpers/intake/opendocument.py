"""Error cells of an OpenDocument sheet, which its programs store as texts of no length."""

from __future__ import annotations

import re
from typing import Final

from helpers.intake.values import is_error, is_marker

_CELL = re.compile(rb"<table:table-cell\b([^>]*)>(\s*<text:p\b[^>]*>)([^<]*)(?=</text:p>)")
_BARE_FORMULA = re.compile(
    rb"<table:table-cell\b((?=[^>]*\btable:formula=)(?![^>]*\boffice:value-type=)[^>]*?)"
    rb"(?:/>|>\s*</table:table-cell>)"
)
_VALUE = re.compile(rb'\soffice:(?:[a-z]+-)?value(?:-type)?="[^"]*"')
_FAILED: Final = b'calcext:value-type="error"'
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
