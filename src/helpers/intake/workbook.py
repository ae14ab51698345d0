"""The sheets of a spreadsheet file as rows of cells, without the traps that such files hold: error
cells, a stray cell at the sheet's far end, a calendar that begins in 1904.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

# A sheet's rows end where so many empty ones follow; what stands below belongs to no table.
_GAP: Final = 1000
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_FAR_CELL = re.compile(rb'<c\b[^>]*?\br="[A-Z]{3,}(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ERROR_CELL = re.compile(rb'<c\b([^>]*?\bt="e"[^>]*)>(.*?)</c>', re.DOTALL)
_BARE_FORMULA = re.compile(
    rb"<c\b([^>]*)><f\b[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_FORMULA: Final = "=…"
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_DIMENSION = re.compile(rb"<dimension\b[^>]*/>")
_SINCE_1904 = re.compile(rb'\bdate1904="(?:1|true|on)"')
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class WorkbookSheet:
    """One sheet of a workbook.

    Attributes
    ----------
    rows : as the sheet has them from its first row on.
    stray : numbers of rows far from the others, which are not among ``rows``.
    since_1904 : whether its serial numbers count days from 1904.
    hidden : whether whoever opens the workbook does not see it.
    """

    name: str
    rows: list[list[object]]
    stray: tuple[int, ...] = ()
    since_1904: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Traps:
    """What the stored sheets hold besides what a reader gives."""

    errors: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    stray: dict[str, tuple[int, ...]] = field(default_factory=dict)
    since_1904: bool = False


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
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    found = []
    for sheet in book.sheets_metadata:
        name, hidden = sheet.name, sheet.visible != SheetVisibleEnum.Visible
        page = book.get_sheet_by_name(name)
        rows: list[list[object]] = [list(row) for row in page.to_python(skip_empty_area=False)]
        _filled_down(rows, page.merged_cell_ranges or ())
        for row, column, said in traps.errors.get(name, ()):
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = said
        stray = traps.stray.get(name, ())
        found.append(WorkbookSheet(name, rows, stray, traps.since_1904, hidden))
    return found


def _filled_down(
    rows: list[list[object]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """A cell merged down over a group of rows says the same of each of them."""
    for (top, left), (bottom, right) in merged:
        if left == right and bottom < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _without_traps(raw: bytes) -> tuple[bytes, _Traps]:
    traps, replaced = _Traps(), {}
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        names = set(book.namelist())
        if "xl/workbook.xml" not in names:
            return raw, traps
        traps.since_1904 = bool(_SINCE_1904.search(book.read("xl/workbook.xml")))
        for name, part in _parts(book):
            if part not in names:
                continue
            xml = book.read(part)
            if b't="e"' in xml or b"<f" in xml:
                traps.errors[name] = [*_errors(xml), *_not_worked_out(xml)]
            kept, stray = _near(xml)
            if stray:
                replaced[part], traps.stray[name] = kept, stray
        return (_rewritten(book, replaced) if replaced else raw), traps


def _parts(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Each sheet's name and where in the file it is stored."""
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("xl", link.get("Target", "")))
        for link in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iterfind(".//{*}sheet")
    found = [(s.get("name", ""), targets.get(s.get(_REL), "")) for s in sheets]
    return [(name, part.lstrip("/")) for name, part in found]


def _errors(xml: bytes) -> list[tuple[int, int, str]]:
    found = []
    for cell in _ERROR_CELL.finditer(xml):
        place, value = _PLACE.search(cell[1]), _VALUE.search(cell[2])
        if place and value:
            found.append((int(place[2]) - 1, _column(place[1]), value[1].decode(errors="replace")))
    return found


def _not_worked_out(xml: bytes) -> list[tuple[int, int, str]]:
    """Formulas whose result was never stored, and which would else read as empty cells."""
    places = (_PLACE.search(cell[1]) for cell in _BARE_FORMULA.finditer(xml))
    return [(int(p[2]) - 1, _column(p[1]), _FORMULA) for p in places if p]


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - ord("A") + 1
    return at - 1


def _near(xml: bytes) -> tuple[bytes, tuple[int, ...]]:
    """The sheet without cells beyond column ZZ and rows below a gap; and the numbers of the rows
    that lost something.
    """
    stray: set[int] = set()
    if re.search(rb'\br="[A-Z]{3,}\d+"', xml):
        stray |= {int(cell[1]) for cell in _FAR_CELL.finditer(xml)}
        xml = _FAR_CELL.sub(b"", xml)
    last = xml.rfind(b"<row ")
    numbered = _ROW.match(xml, last) if last >= 0 else None
    if numbered and int(numbered[1]) > xml.count(b"<row ") + _GAP:
        rows = list(_ROW.finditer(xml))
        at = _first_far([int(row[1]) for row in rows])
        if at is not None:
            stray |= {int(row[1]) for row in rows[at:]}
            end = xml.index(b"</sheetData>")
            xml = xml[: rows[at].start()] + xml[end:]
    return (_DIMENSION.sub(b"", xml, count=1) if stray else xml), tuple(sorted(stray))


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
