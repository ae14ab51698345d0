"""Edited files to passages: what can be read in a DOCX, HTML, Markdown or text file, and where.

Nothing in a file is run or fetched; what is deleted by a tracked change is not read, what is
inserted, commented, hidden or set in boxes and margins is.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from helpers.contracts import Text, WrongUsage
from helpers.contracts.invisible_signs import visible

_LARGEST: Final = 50_000_000
_MOST_PARTS: Final = 2_000
_MARKS: Final = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u209f*†‡§]+|\[\^?\d{1,3}\]|\{\.[\w-]+\}")
_BROKEN: Final = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\n[ \t]*(?=[a-zà-ÿ])")
_DASHES: Final = str.maketrans(dict.fromkeys("−‐‑‒﹣－⁻", "-") | dict.fromkeys("’‘`´", "'"))
_TEXT_ENDINGS: Final = (".txt", ".text", ".md", ".markdown", ".rst", "")
_HTML_ENDINGS: Final = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading or a table's row with its cells.

    Parameters
    ----------
    place : where it stands, for people.
    text : what it says, on one line.
    cells : of a table's row; empty elsewhere.
    """

    place: Text
    text: str
    cells: tuple[str, ...] = ()


def passages(path: Path) -> tuple[Passage, ...]:
    """What a file says, from its beginning to its end.

    Parameters
    ----------
    path : a DOCX, HTML, Markdown or text file.

    Raises
    ------
    WrongUsage : there is no such file, it is of another kind, too large or broken.
    """
    if not path.is_file():
        raise WrongUsage(
            Text(
                f"berkas tidak ada: {path.name}; seharusnya DOCX, HTML, Markdown atau teks",
                f"no such file: {path.name}; expected DOCX, HTML, Markdown or text",
            )
        )
    ending = path.suffix.lower()
    try:
        if path.stat().st_size > _LARGEST:
            raise _unreadable(path)
        if ending == ".docx":
            return tuple(_numbered(_of_word(path)))
        if ending in _HTML_ENDINGS:
            return tuple(_numbered(_of_html(_decoded(path))))
        if ending in _TEXT_ENDINGS:
            return tuple(_numbered(_of_text(_decoded(path))))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, ElementTree.ParseError) as e:
        raise _unreadable(path) from e
    except (NotImplementedError, RuntimeError, EOFError) as e:
        raise _unreadable(path) from e
    raise _unreadable(path)


def plain(text: str) -> str:
    """A text as it is compared: one line, plain spaces and dashes, no marks of notes and nothing
    that cannot be seen.

    Parameters
    ----------
    text : as it is written.

    >>> plain("naik 6,2 %² di\u00adsini")
    'naik 6,2% disini'
    """
    bare = visible(_MARKS.sub("", _BROKEN.sub("", text)))
    line = " ".join(unicodedata.normalize("NFKC", bare).translate(_DASHES).split())
    return re.sub(r"(?<=\d) (?=%)", "", line)


def _unreadable(path: Path) -> WrongUsage:
    return WrongUsage(
        Text(
            f"berkas tidak dapat dibaca: {path.name}; seharusnya DOCX, HTML, Markdown atau teks "
            "yang utuh, paling besar 50 MB",
            f"the file cannot be read: {path.name}; expected a whole DOCX, HTML, Markdown or text "
            "file of at most 50 MB",
        )
    )


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    if b"\0" in raw:
        raise ValueError
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _numbered(found: Iterator[str | tuple[str, ...]]) -> Iterator[Passage]:
    paragraphs = rows = 0
    for each in found:
        if isinstance(each, str):
            said = plain(each)
            if said:
                paragraphs += 1
                yield Passage(Text(f"paragraf {paragraphs}", f"paragraph {paragraphs}"), said)
            continue
        cells = tuple(filter(None, map(plain, each)))
        if cells:
            rows += 1
            place = Text(f"baris tabel {rows}", f"table row {rows}")
            yield Passage(place, " | ".join(cells), cells)


def _of_text(text: str) -> Iterator[str | tuple[str, ...]]:
    """Paragraphs between empty lines; Markdown's own marks and tags are taken off."""
    if re.search(r"</?(p|div|span|b|i|em|strong|td|table|h\d|br|sup)\b[^<>]*>|&\w+;|&#", text):
        text = "\n\n".join(
            each if isinstance(each, str) else "| " + " | ".join(each) + " |"
            for each in _of_html(text, lines=True)
        )
    for block in re.split(r"\n[ \t]*\n|\n(?=[ \t]*(?:#|[-+*•] |\d+[.)] |>|\|))", text):
        bare = block.strip()
        if bare.startswith("|"):
            cells = tuple(_unmarked(c) for c in bare.strip("|").split("|"))
            if not all(re.fullmatch(r"[\s:|-]*", c) for c in cells):
                yield cells
            continue
        yield from re.split(r"\n[ \t]*[=-]{3,}[ \t]*(?:\n|$)", _unmarked(bare))


def _unmarked(text: str) -> str:
    text = re.sub(r"(?m)^[ \t]*(?:#{1,6}|[-+*•]|\d+[.)]|>+)[ \t]+", "", text)
    text = re.sub(r"!?\[([^\]\[]*)\]\([^()]*\)", r"\1", text)
    return re.sub(r"\*+|~~|``?|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])", "", text)


class _Markup(HTMLParser):
    """Blocks and rows as they end; tags within a line part no words."""

    _SPOKEN: Final = ("alt", "title", "aria-label", "placeholder", "value", "content")
    _SILENT: Final = frozenset({"script", "style", "template"})
    _WITHIN: Final = frozenset(
        re.findall(
            r"\w+",
            "a abbr b bdi bdo cite code dfn del em font i ins kbd mark q s samp small span strike "
            "strong sub sup tspan u var wbr",
        )
    )

    def __init__(self, lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str | tuple[str, ...]] = []
        self._lines = lines
        self._said: list[str] = []
        self._row: list[str] | None = None
        self._silent = 0
        self._raised = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        named = dict(attrs)
        spoken = [named.get(name) for name in self._SPOKEN]
        if tag == "sup":
            self._raised = "sup"
        elif tag == "br":
            self._said.append("\n" if self._lines else " ")
        elif tag not in self._WITHIN:
            self._end(tag if tag in ("tr", "td", "th") else "")
            if tag == "tr":
                self._row = []
        self.found += [s for s in spoken if s]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        if tag == "sup":
            self._raised = ""
        elif tag not in self._WITHIN and tag != "br":
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent and not (self._raised and re.fullmatch(r"[\d\s,*()\[\]]+", data)):
            self._said.append(data)

    def _end(self, tag: str) -> None:
        said = "".join(self._said).strip()
        self._said = []
        if self._row is not None and said:
            self._row.append(said)
        elif said:
            self.found.append(said)
        if self._row is not None and tag in ("tr", "table"):
            self.found.append(tuple(self._row))
            self._row = None


def _of_html(text: str, lines: bool = False) -> Iterator[str | tuple[str, ...]]:
    page = _Markup(lines)
    page.feed(text)
    page.close()
    page._end("table")
    yield from page.found


def _of_word(path: Path) -> Iterator[str | tuple[str, ...]]:
    with zipfile.ZipFile(path) as packed:
        parts = [i for i in packed.infolist() if re.match(r"word/[^_].*\.xml$", i.filename)]
        if len(parts) > _MOST_PARTS or sum(i.file_size for i in parts) > _LARGEST:
            raise ValueError
        if not any(i.filename == "word/document.xml" for i in parts):
            raise ValueError
        first = sorted(parts, key=lambda i: (i.filename != "word/document.xml", i.filename))
        for part in first:
            raw = packed.read(part)
            # A document type is where entity bombs are declared; no word processor writes one.
            if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or b"\0" in raw[:200]:
                raise ValueError
            yield from _of_part(ElementTree.fromstring(raw))


def _name(node: ElementTree.Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _of_part(node: ElementTree.Element) -> Iterator[str | tuple[str, ...]]:
    """Paragraphs and rows below a node, boxes after the paragraph that holds them."""
    for child in node:
        name = _name(child)
        if name in ("Fallback", "del", "moveFrom"):
            continue
        if name == "tr":
            yield tuple(" ".join(s for s in _flat(cell)) for cell in child if _name(cell) != "trPr")
        elif name == "p":
            yield "".join(_runs(child))
            yield from _of_part_boxes(child)
        else:
            yield from _of_part(child)


def _flat(node: ElementTree.Element) -> Iterator[str]:
    for each in _of_part(node):
        yield each if isinstance(each, str) else " ".join(each)


def _of_part_boxes(node: ElementTree.Element) -> Iterator[str | tuple[str, ...]]:
    for child in node:
        if _name(child) in ("Fallback", "del", "moveFrom"):
            continue
        if _name(child) == "docPr" and child.get("descr"):
            yield str(child.get("descr"))
        if _name(child) in ("txbxContent", "txBody"):
            yield from _of_part(child)
        else:
            yield from _of_part_boxes(child)


def _runs(node: ElementTree.Element) -> Iterator[str]:
    for child in node:
        name = _name(child)
        if name in ("Fallback", "del", "moveFrom", "txbxContent", "instrText"):
            continue
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "r" and any(
            _name(n) == "vertAlign" and "superscript" in n.attrib.values() for n in child.iter()
        ):
            yield from (s for s in _runs(child) if not re.fullmatch(r"[\d\s,*]+", s))
        else:
            yield from _runs(child)
