"""The small parts of a DOCX that its library has no word for: bookmarks, fields, links, styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from helpers.contracts import Lang
from helpers.present import type_cuts

_LANGUAGES: Final = {"id": "id-ID", "en": "en-GB"}
_INK, _SOFT, _ACCENT, _LINE = "1F2A37", "5B6673", "00558A", "D5DBE1"
# What XML cannot hold.
_ILLEGAL: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# How a program shows the family where it is not installed.
_HEAD_PT: Final = {"Heading 1": 17, "Heading 2": 13, "Heading 3": 11, "Title": 24, "Subtitle": 12}


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
        _family(made.font, font or "Consolas")
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
    link = _element("w:hyperlink", attributes)
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
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    at = 1 if line._p.pPr is not None else 0
    line._p.insert(at, start)
    line._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


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
    mark = _element("w:fldChar", {"w:fldCharType": kind, **({"w:dirty": "true"} if dirty else {})})
    line.add_run()._r.append(mark)


def _instruction(line: Any, code: str) -> None:
    told = _element("w:instrText", {"xml:space": "preserve"})
    told.text = f" {code} "
    line.add_run()._r.append(told)


def numbering(doc: Any) -> str:
    """A numbered list of its own, that begins at one."""
    held = doc.part.numbering_part.element
    style = doc.styles["List Number"].element.pPr.numPr.numId.val
    kind = held.num_having_numId(style).abstractNumId.val
    made = held.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return str(made.numId)


def numbered(line: Any, number: str | None) -> None:
    """A paragraph as a line of a list.

    Parameters
    ----------
    line : the paragraph.
    number : of `numbering`; None for a list without numbers.
    """
    if number is not None:
        of = line._p.get_or_add_pPr().get_or_add_numPr()
        of.get_or_add_ilvl().val = 0
        of.get_or_add_numId().val = int(number)


def header_row(row: Any) -> None:
    """A row that stands again on every sheet of its table.

    Parameters
    ----------
    row : the first one.
    """
    told = row._tr.get_or_add_trPr()
    told.append(_element("w:cantSplit", {}))
    told.append(_element("w:tblHeader", {}))


def whole_row(grid: Any) -> Any:
    """A new row that no end of a sheet cuts.

    Parameters
    ----------
    grid : the table.
    """
    row = grid.add_row()
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))
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


def properties(doc: Any, title: str, author: str, lang: Lang, made: datetime) -> None:
    """What a document tells of itself, and nothing of this machine.

    Parameters
    ----------
    doc : the document.
    title, author : of the report.
    lang : of its words.
    made : when.
    """
    told = doc.core_properties
    told.title, told.author = legible(title)[:250], legible(author)[:250]
    told.last_modified_by, told.comments, told.language = told.author, "", _LANGUAGES[lang]
    told.created = told.modified = made.replace(tzinfo=None)
    told.revision = 1


def styles(doc: Any, lang: Lang) -> None:
    """The house's styles and language in a new document.

    Parameters
    ----------
    doc : as the library makes it.
    lang : of its words.
    """
    from docx.enum.style import WD_STYLE_TYPE as KIND
    from docx.shared import Cm, Pt, RGBColor

    own = doc.styles
    base = own["Normal"]
    base.font.size = Pt(10)
    base.font.color.rgb = RGBColor.from_string(_INK)
    base.paragraph_format.space_after = Pt(6)
    for name in ("Answer", "Notice", "Statement", "Point", "Contents Title", "Contents Line"):
        own.add_style(name, KIND.PARAGRAPH).base_style = base
    for style in (base, *(own[n] for n in (*_HEAD_PT, "Caption"))):
        _family(style.font, type_cuts.FAMILY)
    for name, size in _HEAD_PT.items():
        own[name].font.size = Pt(size)
        own[name].font.italic = False
        own[name].font.color.rgb = RGBColor.from_string(_INK)
    own["Answer"].font.size, own["Notice"].font.size = Pt(12), Pt(9)
    own["Contents Title"].font.size, own["Contents Title"].font.bold = Pt(17), True
    own["Caption"].font.size, own["Caption"].font.bold = Pt(8.5), False
    own["Caption"].font.color.rgb = RGBColor.from_string(_SOFT)
    own["Statement"].paragraph_format.left_indent = Cm(0.4)
    own["Statement"].paragraph_format.space_after = Pt(3)
    own["Point"].paragraph_format.space_before = Pt(8)
    _shaded(own["Notice"], "FFF4D6")
    table = own.add_style("Report Table", KIND.TABLE)
    table.base_style = own["Normal Table"]
    lines = _element("w:tblBorders", {})
    for side in ("top", "bottom", "insideH"):
        thin = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": _LINE}
        lines.append(_element(f"w:{side}", thin))
    held = _element("w:tblPr", {})
    held.append(lines)
    table.element.append(held)
    defaults = own.element.find(_name("w:docDefaults")).find(_name("w:rPrDefault"))
    spoken = defaults.find(_name("w:rPr")).find(_name("w:lang"))
    spoken.set(_name("w:val"), _LANGUAGES[lang])


def _shaded(style: Any, colour: str) -> None:
    shade = _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": colour})
    style.element.get_or_add_pPr().append(shade)


def _family(font: Any, name: str) -> None:
    font.name = name
    fonts = font._element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_name(f"w:{kind}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(_name(f"w:{kind}"), name)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _element(tag: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(_name(name) if ":" in name else name, value)
    return made
