"""The house's styles and lists in a DOCX, its language, and what it tells of itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from helpers.contracts import Lang
from helpers.present import type_cuts
from helpers.publish.word_parts import element, family, legible, tag_name

_LANGUAGES: Final = {"id": "id-ID", "en": "en-GB"}
_INK, _SOFT, _LINE = "1F2A37", "5B6673", "D5DBE1"
_HEAD_PT: Final = {"Heading 1": 17, "Heading 2": 13, "Heading 3": 11, "Title": 24, "Subtitle": 12}


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
        family(style.font, type_cuts.FAMILY)
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
    lines = element("w:tblBorders", {})
    for side in ("top", "bottom", "insideH"):
        thin = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": _LINE}
        lines.append(element(f"w:{side}", thin))
    held = element("w:tblPr", {})
    held.append(lines)
    table.element.append(held)
    defaults = own.element.find(tag_name("w:docDefaults")).find(tag_name("w:rPrDefault"))
    spoken = defaults.find(tag_name("w:rPr")).find(tag_name("w:lang"))
    spoken.set(tag_name("w:val"), _LANGUAGES[lang])


def _shaded(style: Any, colour: str) -> None:
    shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": colour})
    style.element.get_or_add_pPr().append(shade)


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
