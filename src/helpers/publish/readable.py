"""What may be read in a file, whatever its format: text, documents, what a picture tells of itself,
and what a page carries within it.
"""

from __future__ import annotations

import base64
import binascii
import functools
import html
import io
import re
import urllib.parse
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from helpers.contracts.invisible_signs import visible

_CARRIED: Final = re.compile(
    r"base64,([A-Za-z0-9+/=\s]{8,})|\"(?:image/)?png\": \"([A-Za-z0-9+/=\\n]+)\""
)
_URI: Final = re.compile(r"data:[a-z]+/[\w.+-]+(?:;charset=[\w-]+)?,([^\"'\s>]+)")
_STYLE: Final = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<[A-Za-z/!?][^<>]*>")
# Tags within a word or a number; others part words.
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|code|em|i|mark|small|span|strong|sub|sup|tspan|u|wbr)\b[^<>]*>", re.IGNORECASE
)
# In a document of a word processor, what ends a line or a cell.
_ENDS: Final = re.compile(r"</(?:w:p|w:tc|dc:\w+|cp:\w+)>|<w:(?:tab|br)\b[^<>]*>")
# Lists of fonts, called after anybody.
_OF_NOBODY: Final = ("word/theme/", "word/fontTable.xml")
_JSON_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([nrtbf\"\\/]))")
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
# The same picture stands on a page, in its notebook and in the report in one file.
_PICTURES_REMEMBERED: Final = 256
_FONTS: Final = (b"wOF2", b"wOFF", b"\x00\x01\x00\x00")


def readings(path: Path) -> Iterator[str]:
    """A file's text as it may be read: as it is, without tags, and without those within words.

    Parameters
    ----------
    path : of any kind; its name is read, too.
    """
    yield path.name
    for text in _of_bytes(path.read_bytes(), path.suffix in (".json", ".ipynb")):
        yield visible(html.unescape(text))


def _of_bytes(content: bytes, is_json: bool = False) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        yield from _of_document(content)
    elif content.startswith(_PICTURES):
        yield from _of_picture(content)
    elif not content.startswith(_FONTS):
        yield from _of_text(content.decode("utf-8", "ignore"), is_json)


def _of_text(text: str, is_json: bool) -> Iterator[str]:
    for found in _CARRIED.finditer(text):
        yield from _of_bytes(_decoded((found[1] or found[2]).replace("\\n", "")))
    for uri in _URI.finditer(text):
        yield urllib.parse.unquote(uri[1])
    text = _CARRIED.sub(" ", text)
    if is_json:
        text = _JSON_ESCAPE.sub(_unescaped, text)
    text = _STYLE.sub(" ", text)
    yield text
    if "<" in text:
        yield _TAG.sub(" ", text)
        yield _TAG.sub(" ", _INLINE.sub("", text))


def _of_document(content: bytes) -> Iterator[str]:
    """Every part of a packed document: words whole, however they are cut into runs."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield name
            if name.startswith(_OF_NOBODY):
                continue
            part = packed.read(name)
            if not name.endswith((".xml", ".rels")):
                yield from _of_bytes(part)
                continue
            text = part.decode("utf-8", "ignore")
            yield text
            yield _TAG.sub("", _ENDS.sub("\n", text))


def _of_pdf(content: bytes) -> Iterator[str]:
    """The words of every sheet, and every string beside them: titles, words for pictures, links."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(content))
    for page in reader.pages:
        yield page.extract_text()
    size: Any = reader.trailer["/Size"]
    for number in range(1, int(size)):
        found = reader.get_object(number)
        if isinstance(found, pypdf.generic.StreamObject) and found.get("/Type") == "/Metadata":
            yield from _of_text(found.get_data().decode("utf-8", "ignore"), is_json=False)
        yield from _strings(found)


def _strings(found: Any) -> Iterator[str]:
    import pypdf

    if isinstance(found, dict):
        for key in found:
            yield from _strings(found.raw_get(key) if hasattr(found, "raw_get") else found[key])
    elif isinstance(found, pypdf.generic.ArrayObject):
        for inner in list.__iter__(found):
            yield from _strings(inner)
    elif isinstance(found, pypdf.generic.TextStringObject):
        yield str(found)


@functools.lru_cache(_PICTURES_REMEMBERED)
def _of_picture(content: bytes) -> tuple[str, ...]:
    """What a picture tells of itself; a broken one is read as text."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            told = [*picture.info.items(), *_properties(picture.getexif())]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return (content.decode("utf-8", "ignore"),)
    said = (v.decode("utf-8", "ignore") if isinstance(v, bytes) else str(v) for _, v in told)
    return tuple(f"{key}\n{text}" for (key, _), text in zip(told, said, strict=True))


def _properties(exif: Mapping[int, Any]) -> Iterator[tuple[str, str]]:
    """The properties of a picture; those that Windows adds, among them its author, are text of two
    bytes a letter.
    """
    for tag, value in exif.items():
        wide = isinstance(value, bytes)
        yield str(tag), value.decode("utf-16-le", "ignore") if wide else str(value)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"\s+", "", text))
    except (binascii.Error, ValueError):
        # What is no such code is read as it stands.
        return text.encode()


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return escape[2] if escape[2] in '"\\/' else " "
