"""The small parts of a DOCX that its library has no word for: bookmarks, fields, links, styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

_ACCENT: Final = "00558A"
# What XML cannot hold.
_ILLEGAL: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    """A text without the letters that no document can hold.

    Parameters
    ----------
    text : as somebody typed it.
    """
    return _ILLEGAL.sub("", text).replace("\n", " ")


def run(
    line: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    code: bool = False,
    size: float = 0,
    font: str = "",
) -> Any:
    """Words at the end of a paragraph.

    Parameters
    ----------
    line : the paragraph.
    text : as somebody typed it.
    bold, italic, code : how they are set.
    size : in points; 0 for the paragraph's own.
    font : a family of their own.
    """
    from docx.shared import Pt

    made = line.add_run(legible(text))
    made.bold, made.italic = bold or None, italic or None
    if size:
        made.font.size = Pt(size)
    if code or font:
        family(made.font, font or "Consolas")
    return made


def leading_to(name: str) -> Callable[..., Any]:
    """A writer of words that lead to a bookmark.

    Parameters
    ----------
    name : the bookmark's.
    """
    return lambda line, text, **set_so: _linked(line, text, {"w:anchor": name}, set_so)


def leading_out(address: str) -> Callable[..., Any]:
    """A writer of words that lead out of the document.

    Parameters
    ----------
    address : of a file beside it, or elsewhere.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE as KINDS

    def write(line: Any, text: str, **set_so: Any) -> Any:
        number = line.part.relate_to(address, KINDS.HYPERLINK, is_external=True)
        return _linked(line, text, {"r:id": number}, set_so)

    return write


def _linked(line: Any, text: str, attributes: dict[str, str], set_so: dict[str, Any]) -> Any:
    from docx.shared import RGBColor

    made = run(line, text, **set_so)
    made.font.color.rgb = RGBColor.from_string(_ACCENT)
    made.font.underline = True
    link = element("w:hyperlink", attributes)
    made._r.addprevious(link)
    link.append(made._r)
    return made


def bookmark(line: Any, name: str, number: int) -> None:
    """A name by which links lead to a paragraph.

    Parameters
    ----------
    line : the paragraph.
    name : of at most 40 letters.
    number : another for each.
    """
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    at = 1 if line._p.pPr is not None else 0
    line._p.insert(at, start)
    line._p.append(element("w:bookmarkEnd", {"w:id": str(number)}))


def counted(line: Any, series: str, number: int) -> None:
    """The number of a caption, as a field that counts anew when captions are added.

    Parameters
    ----------
    line : the caption.
    series : what is counted: tables, pictures.
    number : shown until then.
    """
    _field(line, f"SEQ {series} \\* ARABIC", str(number))


def contents(doc: Any, entries: Sequence[tuple[str, str]]) -> None:
    """The table of contents: links at once, page numbers when the program refreshes its fields.

    Parameters
    ----------
    doc : at whose end it stands.
    entries : bookmark and words of each line.
    """
    for i, (name, title) in enumerate(entries):
        line = doc.add_paragraph(style="Contents Line")
        if i == 0:
            _mark(line, "begin", dirty=True)
            _instruction(line, 'TOC \\o "1-2" \\h \\z \\u')
            _mark(line, "separate")
        leading_to(name)(line, title)
        if i == len(entries) - 1:
            _mark(line, "end")


def footer(doc: Any, text: str) -> None:
    """What stands below every sheet: a text, and its number of all.

    Parameters
    ----------
    doc : the document.
    text : to the left of the number.
    """
    from docx.shared import Cm

    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    line = section.footer.paragraphs[0]
    run(line, f"{text} · ", size=8)
    _field(line, "PAGE", "1")
    run(line, " / ", size=8)
    _field(line, "NUMPAGES", "1")


def _field(line: Any, code: str, shown: str) -> None:
    _mark(line, "begin")
    _instruction(line, code)
    _mark(line, "separate")
    run(line, shown)
    _mark(line, "end")


def _mark(line: Any, kind: str, *, dirty: bool = False) -> None:
    mark = element("w:fldChar", {"w:fldCharType": kind, **({"w:dirty": "true"} if dirty else {})})
    line.add_run()._r.append(mark)


def _instruction(line: Any, code: str) -> None:
    told = element("w:instrText", {"xml:space": "preserve"})
    told.text = f" {code} "
    line.add_run()._r.append(told)


def header_row(row: Any) -> None:
    """A row that stands again on every sheet of its table.

    Parameters
    ----------
    row : the first one.
    """
    told = row._tr.get_or_add_trPr()
    told.append(element("w:cantSplit", {}))
    told.append(element("w:tblHeader", {}))


def whole_row(grid: Any) -> Any:
    """A new row that no end of a sheet cuts.

    Parameters
    ----------
    grid : the table.
    """
    row = grid.add_row()
    row._tr.get_or_add_trPr().append(element("w:cantSplit", {}))
    return row


def fill(
    row: Any,
    texts: Sequence[str],
    numeric: Sequence[int],
    widths: Sequence[float],
    size: float,
    *,
    bold: bool = False,
) -> None:
    """The cells of a row.

    Parameters
    ----------
    row : an empty one.
    texts : one a cell.
    numeric : which columns are set to the right.
    widths : of the columns, in centimetres.
    size : of the letters, in points.
    bold : whether it is a header.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Cm(widths[at])
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(1)
        if at in numeric:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run(line, text, size=size, bold=bold)


def described(image: Any, alt: str) -> None:
    """The words that stand for a picture.

    Parameters
    ----------
    image : as it was added.
    alt : those words.
    """
    image._inline.docPr.set("descr", legible(alt))


def family(font: Any, name: str) -> None:
    """The family of type of words or a style, for every script.

    Parameters
    ----------
    font : of a run or a style.
    name : the family's.
    """
    font.name = name
    fonts = font._element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(tag_name(f"w:{kind}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(tag_name(f"w:{kind}"), name)


def tag_name(tag: str) -> str:
    """A tag as XML has it.

    Parameters
    ----------
    tag : with its prefix, as in ``w:p``.
    """
    from docx.oxml.ns import qn

    return str(qn(tag))


def element(tag: str, attributes: dict[str, str]) -> Any:
    """A new element.

    Parameters
    ----------
    tag : with its prefix.
    attributes : theirs with prefixes, too.
    """
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(tag_name(name) if ":" in name else name, value)
    return made
