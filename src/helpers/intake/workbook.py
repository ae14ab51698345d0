"""The sheets of a spreadsheet file as rows of cells, without the traps that such files hold: error
cells, a stray cell at the sheet's far end, a calendar that begins in 1904.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

from helpers.intake import merged_cells, old_workbook, opendocument
from helpers.intake.merged_cells import Corner

# A sheet's rows end where so many empty ones follow; what stands below belongs to no table.
_GAP: Final = 1000
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_FAR_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{3,})(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_FILLED_CELL = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?(?<!/)>(?:(?!</c>).)*?<[vt]\b[^>]*>[^<]', re.DOTALL
)
# The reader gives an error as an empty cell, and the same text as a formula's result as it is.
_ERROR = re.compile(rb"(<c\b[^>]*?\bt=)([\"'])e\2")
_BARE_FORMULA = re.compile(
    rb"<c\b([^>]*)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_KIND = re.compile(rb"""\bt=["'](\w+)["']""")
_FORMULA: Final = "=…"
_PREFIXED = re.compile(rb"<(\w[\w.-]*:)worksheet\b")
_DIMENSION = re.compile(rb"<dimension\b[^>]*/>")
_SINCE_1904 = re.compile(rb'\bdate1904="(?:1|true|on)"')


@dataclass(slots=True)
class WorkbookSheet:
    """One sheet of a workbook.

    Attributes
    ----------
    rows : as the sheet has them from its first row on.
    stray : numbers of rows far from the others, or with cells that are, and the positions of what
        is filled there; none of it is among ``rows``.
    since_1904 : whether its serial numbers count days from 1904.
    hidden : whether whoever opens the workbook does not see it.
    """

    name: str
    rows: list[list[object]]
    stray: Mapping[int, frozenset[int]] = field(default_factory=dict)
    since_1904: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Traps:
    """What the stored sheets hold besides what a reader gives."""

    stray: dict[str, dict[int, frozenset[int]]] = field(default_factory=dict)
    merged: dict[str, list[tuple[Corner, Corner]]] = field(default_factory=dict)
    since_1904: bool = False
    errors: Mapping[str, Mapping[Corner, str]] = field(default_factory=dict)


def sheets(raw: bytes) -> list[WorkbookSheet]:
    """Every sheet of an XLSX, XLSM, XLSB, XLS or ODS file.

    Parameters
    ----------
    raw : the file.

    Returns
    -------
    The sheets in their order; a formula's error stands in its cell as it is written (``#REF!``),
    and ``=…`` for a formula whose result was never stored.
    """
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    traps = _Traps()
    if raw.startswith(b"PK"):
        raw, traps = _without_traps(raw)
    else:
        traps.errors, traps.since_1904 = old_workbook.errors_and_calendar(raw)
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    found = []
    for sheet in book.sheets_metadata:
        name, hidden = sheet.name, sheet.visible != SheetVisibleEnum.Visible
        page = book.get_sheet_by_name(name)
        rows: list[list[object]] = [list(row) for row in page.to_python(skip_empty_area=False)]
        _put(rows, traps.errors.get(name, {}))
        merged_cells.fill(rows, page.merged_cell_ranges or traps.merged.get(name, []))
        stray = traps.stray.get(name, {})
        found.append(WorkbookSheet(name, rows, stray, traps.since_1904, hidden))
    return found


def _put(rows: list[list[object]], errors: Mapping[Corner, str]) -> None:
    """Errors that the reader left empty, into their cells."""
    for (row, column), error in errors.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = error


def _without_traps(raw: bytes) -> tuple[bytes, _Traps]:
    traps, replaced = _Traps(), {}
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        names = set(book.namelist())
        if "content.xml" in names:
            stored = book.read("content.xml")
            traps.merged = opendocument.merged(stored)
            shown = opendocument.errors_as_text(stored, _FORMULA)
            return (_rewritten(book, {"content.xml": shown}) if shown != stored else raw), traps
        if "xl/workbook.xml" not in names:
            return raw, traps
        traps.since_1904 = bool(_SINCE_1904.search(book.read("xl/workbook.xml")))
        for name, part in _parts(book):
            if part not in names:
                continue
            stored = book.read(part)
            xml, stray = _near(_said(stored))
            if stray:
                traps.stray[name] = stray
            if xml != stored:
                replaced[part] = xml
        return (_rewritten(book, replaced) if replaced else raw), traps


def _parts(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Each sheet's name and where in the file it is stored."""
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("xl", link.get("Target", "")))
        for link in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iterfind(".//{*}sheet")
    # Strict workbooks write the same link in another namespace.
    links = (
        (s.get("name", ""), next((v for k, v in s.items() if k.endswith("}id")), ""))
        for s in sheets
    )
    return [(name, targets.get(link, "").lstrip("/")) for name, link in links]


def _said(xml: bytes) -> bytes:
    """The sheet with errors, and formulas whose result was never stored, as the texts that they
    show; tags without a prefix.
    """
    if named := _PREFIXED.search(xml):
        xml = xml.replace(b"<" + named[1], b"<").replace(b"</" + named[1], b"</")
    if b"<f" in xml:
        xml = _BARE_FORMULA.sub(_shown, xml)
    return _ERROR.sub(rb"\1\2str\2", xml) if b't="e"' in xml or b"t='e'" in xml else xml


def _shown(cell: re.Match[bytes]) -> bytes:
    kind = _KIND.search(cell[1])
    if kind and kind[1] == b"str":
        # A result, and an empty one.
        return cell[0]
    return b'<c%s t="str"><v>%s</v></c>' % (_KIND.sub(b"", cell[1]), _FORMULA.encode())


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - ord("A") + 1
    return at - 1


def _near(xml: bytes) -> tuple[bytes, dict[int, frozenset[int]]]:
    """The sheet without cells beyond column ZZ and rows below a gap; and what was filled there, by
    the number of its row.
    """
    stray: defaultdict[int, set[int]] = defaultdict(set)
    if re.search(rb'\br="[A-Z]{3,}\d+"', xml):
        for cell in _FAR_CELL.finditer(xml):
            stray[int(cell[2])].add(_column(cell[1]))
        xml = _FAR_CELL.sub(b"", xml)
    last = xml.rfind(b"<row ")
    numbered = _ROW.match(xml, last) if last >= 0 else None
    if numbered and int(numbered[1]) > xml.count(b"<row ") + _GAP:
        rows = list(_ROW.finditer(xml))
        at = _first_far([int(row[1]) for row in rows])
        if at is not None:
            begins, ends = rows[at].start(), xml.index(b"</sheetData>")
            for row in rows[at:]:
                stray.setdefault(int(row[1]), set())
            for cell in _FILLED_CELL.finditer(xml, begins, ends):
                stray[int(cell[2])].add(_column(cell[1]))
            xml = xml[:begins] + xml[ends:]
    found = {number: frozenset(stray[number]) for number in sorted(stray)}
    return (_DIMENSION.sub(b"", xml, count=1) if stray else xml), found


def _first_far(numbers: Sequence[int]) -> int | None:
    before = 0
    for at, number in enumerate(numbers):
        if number - before > _GAP:
            return at
        before = number
    return None


def _rewritten(book: zipfile.ZipFile, replaced: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in book.namelist():
            copy.writestr(name, replaced.get(name) or book.read(name))
    return out.getvalue()
