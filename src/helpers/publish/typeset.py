"""A report as PDF: set by typst, which proves PDF/UA-1 and PDF/A-2a at once."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from helpers.contracts import EvaluasiError, Lang, Text
from helpers.findings import say
from helpers.present import MainPoint, Picture, Sentence, Table, type_cuts
from helpers.publish.drawings import standalone
from helpers.publish.html import TEMPLATES
from helpers.publish.parts import Heading, Listing, Paragraph, Part, Read, Run, leads_to

STANDARDS: Final[list[Any]] = ["ua-1", "a-2a"]
_WORDS: Final = ("table", "picture", "contents", "place_and_date", "signed_by", "name_and_nip")
_LONGEST_WORD: Final = 24
_LONG_WORD: Final = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S{{6}})")
_LABEL: Final = re.compile(r'aria-label="([^"]*)"')
# A column is no wider than so many letters ask for, and no narrower than so many.
_WIDEST, _NARROWEST = 60, 9


@dataclass(frozen=True, slots=True)
class Document:
    """What surrounds the pages of a document; with a cover it has contents and a place to sign.

    ``made`` is written as in the pages: ``2024-12-31 17:00``.
    """

    title: str
    heading: str
    author: str
    lang: Lang
    made: str
    notice: str = ""
    cover: bool = False

    @property
    def time(self) -> datetime:
        return datetime.strptime(self.made, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)

    @property
    def footer(self) -> str:
        return " · ".join((self.heading, say("report.made", self.lang, time=self.made)))

    def word(self, name: str) -> str:
        return say(f"report.{name}", self.lang)


def pdf(document: Document, pages: Sequence[Read]) -> bytes:
    """Pages as one PDF that a reader of the screen and an archive can take.

    Parameters
    ----------
    document : its title, language and time.
    pages : in their order; links between them lead within the document.

    Returns
    -------
    The same bytes for the same pages and time.

    Raises
    ------
    EvaluasiError : the compiler found a fault; the message names the pages.
    """
    import typst

    with tempfile.TemporaryDirectory() as aside:
        for name, content in _files(document, pages).items():
            (Path(aside) / name).write_bytes(content)
        try:
            made = typst.compile(
                str(Path(aside) / "main.typ"),
                format="pdf",
                pdf_standards=STANDARDS,
                timestamp=document.time,
                font_paths=type_cuts.folders(),
                ignore_system_fonts=True,
            )
        except (typst.TypstError, RuntimeError, ValueError) as e:
            names = ", ".join(p.name for p in pages)
            raise EvaluasiError(
                Text(
                    f"{names}: PDF tidak dapat dibuat ({e}); tidak ada yang diterbitkan.\n"
                    "  Perbaiki: jalankan dengan --formats html,docx, dan laporkan pesan ini.",
                    f"{names}: the PDF could not be made ({e}); nothing was published.\n"
                    "  Remedy: run with --formats html,docx, and report this message.",
                )
            ) from e
    assert isinstance(made, bytes)
    return made


def _files(document: Document, pages: Sequence[Read]) -> dict[str, bytes]:
    pictures: dict[str, bytes] = {}
    told = {
        **asdict(document),
        "made": list(document.time.timetuple()[:5]),
        "footer": document.footer,
        "words": {name: document.word(name) for name in _WORDS},
        "pages": [
            {
                "name": page.name,
                "title": page.title,
                "parts": [
                    _told(part, named, pictures) for part, named in captioned(page, document)
                ],
            }
            for page in pages
        ],
    }
    template = (TEMPLATES / "typst" / "report.typ").read_bytes()
    content = json.dumps(_drawable(told), ensure_ascii=False).encode()
    return {"main.typ": template, "report.json": content, **pictures}


def captioned(page: Read, document: Document) -> Iterable[tuple[Part, str]]:
    """The parts of a page, each with the heading that it stands under; the notice of the whole
    document left out, since that prints it once.

    Parameters
    ----------
    page : one of the document.
    document : its notice stands on the cover, or below the title.
    """
    under = page.title
    for part in page.parts:
        if isinstance(part, Heading):
            under = part.text
        if isinstance(part, Sentence) and part.kind == "notice" and part.text == document.notice:
            continue
        yield part, under


def statement_runs(part: Sentence) -> tuple[Run, ...]:
    """A sentence with the link to its page.

    Parameters
    ----------
    part : of any kind.
    """
    link: dict[str, Any] = {**leads_to(part.link)} if part.link_text else {}
    return (Run(part.text), *((Run(" "), Run(part.link_text, **link)) if link else ()))


def alternative(svg: str) -> str:
    """What stands for a drawing in words.

    Parameters
    ----------
    svg : as it stands within a page.
    """
    import html

    found = _LABEL.search(svg)
    return html.unescape(found[1]) if found else ""


def _told(part: Part, under: str, files: dict[str, bytes]) -> dict[str, Any]:
    match part:
        case Heading():
            return {"kind": "heading", "level": max(part.level, 2), "runs": _all(part.runs)}
        case Paragraph():
            return {"kind": "paragraph", "role": part.role, "runs": _all(part.runs)}
        case Listing():
            items = [_all(i) for i in part.items]
            return {"kind": "list", "ordered": part.ordered, "items": items}
        case Sentence(kind="statement"):
            said = {"heading": part.heading, "runs": _all(statement_runs(part)), "note": part.note}
            return {"kind": "statement", **said}
        case Sentence():
            return {"kind": "paragraph", "role": part.kind, "runs": _all(statement_runs(part))}
        case Picture():
            name = f"{len(files)}.png"
            files[name] = part.png
            said = {"alt": part.alt, "caption": part.caption}
            return {"kind": "picture", "file": name, **said}
        case Table():
            said = {name: getattr(part, name) for name in part.__slots__}
            return {"kind": "table", **said, "named": under, "widths": widths(part)}
        case MainPoint():
            said = {name: getattr(part, name) for name in part.__slots__}
            name = ""
            if part.picture:
                name = f"{len(files)}.svg"
                files[name] = standalone(part.picture).encode()
            alt = alternative(part.picture)
            return {"kind": "point", **said, "picture": name, "alt": alt}


def widths(table: Table) -> list[float]:
    """How wide each column is beside the others: as its longest texts ask, within bounds.

    Parameters
    ----------
    table : with as many cells in each row as in its header.
    """
    columns = zip(table.header, *table.rows, strict=True)
    longest = [max(len(cell) for cell in column) for column in columns]
    return [float(min(max(n, _NARROWEST), _WIDEST)) ** 0.85 for n in longest]


def _all(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [asdict(r) for r in runs]


def _drawable(told: Any, key: str = "") -> Any:
    """Every text with letters that can be drawn, and with places to break where a word is longer
    than a column.
    """
    if isinstance(told, str):
        if key in ("file", "picture", "name", "page", "address"):
            return told
        drawn = _LONG_WORD.sub("\\g<0>\u200b", type_cuts.drawable(told))
        # A picture must have words that stand for it, and a sign is one.
        return drawn if drawn.strip() or key != "alt" else "–"
    if isinstance(told, Mapping):
        return {k: _drawable(v, k) for k, v in told.items()}
    if isinstance(told, list | tuple):
        return [_drawable(v, key) for v in told]
    return told
