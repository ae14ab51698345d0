"""A report as DOCX, for those who edit it: real headings, tables, captions and bookmarks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any, Final

from helpers.contracts import EvaluasiError, Text
from helpers.present import MainPoint, Picture, Sentence, Table, type_cuts
from helpers.publish import word_parts as xml
from helpers.publish import word_styles
from helpers.publish.drawings import pngs
from helpers.publish.parts import Heading, Listing, Paragraph, Part, Read, Run
from helpers.publish.typeset import Document, alternative, captioned, statement_runs, widths

_DOTS: Final = 4
_WIDTH_CM: Final = 16.6
_STRIP_CM: Final = 7.0
_SMALL, _NOTE = 8.5, 9.0
# Programs of offices know no time before it.
_PACKED: Final = (1980, 1, 1, 0, 0, 0)


def docx(document: Document, pages: Sequence[Read]) -> bytes:
    """Pages as one document of a word processor.

    Parameters
    ----------
    document : its title, language and time.
    pages : in their order; links between them lead to bookmarks.

    Returns
    -------
    The same bytes for the same pages and time.

    Raises
    ------
    EvaluasiError : a page could not be written; the message names it.
    """
    from docx.image.exceptions import UnrecognizedImageError

    writer = _Writer(document, [p.name for p in pages])
    if document.cover:
        writer.cover([(p.name, p.title) for p in pages])
    for i, page in enumerate(pages):
        try:
            writer.page(page, first=i == 0 and not document.cover)
        except (ValueError, KeyError, OSError, UnrecognizedImageError) as e:
            raise EvaluasiError(
                Text(
                    f"{page.name}: DOCX tidak dapat dibuat ({type(e).__name__}: {e}); "
                    "tidak ada yang diterbitkan.\n"
                    "  Perbaiki: jalankan dengan --formats html,pdf, dan laporkan pesan ini.",
                    f"{page.name}: the DOCX could not be made ({type(e).__name__}: {e}); "
                    "nothing was published.\n"
                    "  Remedy: run with --formats html,pdf, and report this message.",
                )
            ) from e
    return writer.packed()


class _Writer:
    """A document while it is written: counts captions and bookmarks."""

    def __init__(self, document: Document, pages: Sequence[str]) -> None:
        import docx as library

        self.of = document
        self.pages = frozenset(pages)
        self.doc: Any = library.Document()
        self.counts = {"table": 0, "picture": 0}
        self.marks = 0
        word_styles.styles(self.doc, document.lang)
        word_styles.properties(
            self.doc, document.title, document.author, document.lang, document.time
        )
        xml.footer(self.doc, document.footer)

    def cover(self, pages: Sequence[tuple[str, str]]) -> None:
        of = self.of
        self._words(of.heading, style="Subtitle")
        self._words(of.title, style="Title")
        if of.notice:
            self._words(of.notice, style="Notice")
        for _ in range(9):
            self.doc.add_paragraph()
        for word in ("place_and_date", "signed_by"):
            self._words(of.word(word), indent=9.5)
        for _ in range(3):
            self.doc.add_paragraph()
        self._words("_" * 34, indent=9.5)
        self._words(of.word("name_and_nip"), indent=9.5, size=_NOTE)
        self.doc.add_page_break()
        self._words(of.word("contents"), style="Contents Title")
        xml.contents(self.doc, [(name, xml.legible(title)) for name, title in pages])

    def page(self, page: Read, *, first: bool) -> None:
        title = self.doc.add_heading(xml.legible(page.title), 1)
        title.paragraph_format.page_break_before = not first
        self._mark(title, page.name)
        if self.of.notice and not self.of.cover:
            self._words(self.of.notice, style="Notice")
        found = list(captioned(page, self.of))
        drawn = [p.picture for p, _ in found if isinstance(p, MainPoint) and p.picture]
        strips = iter(pngs(drawn))
        for part, under in found:
            if isinstance(part, MainPoint):
                self._point(part, next(strips) if part.picture else b"")
            else:
                self._part(part, under)

    def _part(self, part: Part, under: str) -> None:
        match part:
            case Heading():
                head = self.doc.add_heading(xml.legible(part.text), min(max(part.level, 2), 4))
                self._mark(head, f"_h{self.marks}")
            case Paragraph():
                styles = {"answer": "Answer", "notice": "Notice"}
                self._runs(self.doc.add_paragraph(style=styles.get(part.role)), part.runs)
            case Listing():
                numbered = word_styles.numbering(self.doc) if part.ordered else None
                for item in part.items:
                    line = self.doc.add_paragraph(
                        style="List Number" if part.ordered else "List Bullet"
                    )
                    word_styles.numbered(line, numbered)
                    self._runs(line, item)
            case Sentence(kind="statement"):
                self._words(part.heading, style="Statement", bold=True, keep=True)
                line = self.doc.add_paragraph(style="Statement")
                line.paragraph_format.keep_with_next = bool(part.note)
                self._runs(line, statement_runs(part))
                if part.note:
                    self._words(part.note, style="Statement", size=_SMALL)
            case Sentence():
                style = "Notice" if part.kind == "notice" else None
                self._runs(self.doc.add_paragraph(style=style), statement_runs(part))
            case Picture():
                self._image(part.png, part.alt, _WIDTH_CM).paragraph_format.keep_with_next = True
                self._caption("picture", part.caption)
            case Table():
                self._caption("table", part.caption or under).paragraph_format.keep_with_next = True
                self._table(part)

    def _point(self, part: MainPoint, strip: bytes) -> None:
        self._words(part.heading, style="Point", bold=True, keep=True)
        if part.figure or part.span or part.grade:
            line = self.doc.add_paragraph()
            line.paragraph_format.keep_with_next = True
            xml.run(line, part.figure, bold=True, size=13)
            xml.run(line, f" {part.span}  ")
            if part.grade:
                dots = "●" * part.dots + "○" * (_DOTS - part.dots) if part.dots >= 0 else ""
                xml.run(line, f"{dots} ", font=type_cuts.FALLBACK, size=_SMALL)
                xml.run(line, part.grade, size=_SMALL)
        if part.text:
            self._words(part.text, keep=bool(strip))
        if strip:
            self._image(strip, alternative(part.picture), _STRIP_CM)
        if part.steps:
            self._part(Listing(tuple((Run(s),) for s in part.steps), ordered=True), "")

    def _table(self, part: Table) -> None:
        grid = self.doc.add_table(1, len(part.header), style="Report Table")
        size = 7.0 if len(part.header) > 6 else 8.0 if len(part.header) > 4 else 9.0
        wide = widths(part)
        shares = [_WIDTH_CM * w / sum(wide) for w in wide]
        xml.header_row(grid.rows[0])
        xml.fill(grid.rows[0], part.header, part.numeric, shares, size, bold=True)
        for texts in part.rows:
            xml.fill(xml.whole_row(grid), texts, part.numeric, shares, size)
        self.doc.add_paragraph().paragraph_format.space_after = 0

    def _image(self, png: bytes, alt: str, width: float) -> Any:
        from docx.shared import Cm

        line = self.doc.add_paragraph()
        image = line.add_run().add_picture(io.BytesIO(png), Cm(width))
        xml.described(image, alt)
        return line

    def _caption(self, kind: str, text: str) -> Any:
        self.counts[kind] += 1
        line = self.doc.add_paragraph(style="Caption")
        word = self.of.word(kind)
        xml.run(line, f"{word} ")
        xml.counted(line, word, self.counts[kind])
        xml.run(line, f": {text}")
        return line

    def _words(
        self,
        text: str,
        *,
        style: str | None = None,
        bold: bool = False,
        keep: bool = False,
        indent: float = 0,
        size: float = 0,
    ) -> None:
        from docx.shared import Cm

        line = self.doc.add_paragraph(style=style)
        xml.run(line, text, bold=bold, size=size)
        line.paragraph_format.keep_with_next = keep or None
        if indent:
            line.paragraph_format.left_indent = Cm(indent)

    def _runs(self, line: Any, runs: Sequence[Run]) -> None:
        for r in runs:
            write: Callable[..., Any] = xml.run
            if r.page in self.pages:
                write = xml.leading_to(r.page)
            elif r.page or r.address:
                write = xml.leading_out(r.address or f"{r.page}.docx")
            write(line, r.text, bold=r.bold, italic=r.italic, code=r.code)

    def _mark(self, line: Any, name: str) -> None:
        self.marks += 1
        xml.bookmark(line, name, self.marks)

    def packed(self) -> bytes:
        """The document's bytes, without the hour at which they were packed."""
        held, out = io.BytesIO(), io.BytesIO()
        self.doc.save(held)
        with (
            zipfile.ZipFile(held) as made,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for info in made.infolist():
                fixed = zipfile.ZipInfo(info.filename, _PACKED)
                fixed.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(fixed, made.read(info))
        return out.getvalue()
