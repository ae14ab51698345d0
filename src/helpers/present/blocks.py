"""Blocks: sentences, pictures and tables that a notebook shows and that every format of a page is
written from.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from helpers.present import made_by_house

# The type under which a block travels in a notebook's output, beside its HTML.
MIME: Final = "application/vnd.evaluasi.block+json"
Kind = Literal["say", "notice", "step", "statement"]
_DOTS: Final = 4
# Screens that are given a picture's narrow drawing.
_NARROW: Final = "(max-width: 30rem)"


class _Shown:
    """How a block shows itself: in a notebook as its HTML, in a terminal as its words, to a writer
    as its own type.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        made_by_house.note(self.carried)

    def html(self) -> str:
        raise TypeError(type(self).__name__)

    def words(self) -> str:
        raise TypeError(type(self).__name__)

    def carried(self) -> dict[str, Any]:
        raise TypeError(type(self).__name__)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        carried = made_by_house.sealed(self.carried())
        return {"text/html": self.html(), "text/plain": self.words(), MIME: carried}

    def __repr__(self) -> str:
        return self.words()


@dataclass(frozen=True, slots=True, repr=False)
class Sentence(_Shown):
    """A sentence of the report. A statement has a heading, a note (how surely) and a link to its
    page besides.
    """

    text: str
    kind: Kind = "say"
    heading: str = ""
    note: str = ""
    mark: str = ""
    link: str = ""
    link_text: str = ""

    def html(self) -> str:
        text = html.escape(self.text)
        if self.kind == "statement":
            link = (
                f' <a href="{html.escape(self.link)}">{html.escape(self.link_text)}</a>'
                if self.link
                else ""
            )
            return (
                f'<article class="claim {html.escape(self.mark)}">'
                f"<h3>{html.escape(self.heading)}</h3><p>{text}{link}</p>"
                f'<p class="grade">{html.escape(self.note)}</p></article>'
            )
        role = ' role="note"' if self.kind == "notice" else ""
        return f'<p class="{self.kind}"{role}>{text}</p>'

    def words(self) -> str:
        return ": ".join(filter(None, (self.heading, self.text))) + (
            f" [{self.note}]" if self.note else ""
        )

    def carried(self) -> dict[str, Any]:
        return {"block": "sentence", **{name: getattr(self, name) for name in self.__slots__}}


@dataclass(frozen=True, slots=True, repr=False)
class Picture(_Shown):
    """A finished figure: PNG without any metadata, the words that stand for it, its caption, and
    the same figure drawn for a narrow screen, where a page shows that one.

    Raises
    ------
    ValueError : its words or its caption say nothing, or both say the same.
    """

    png: bytes
    alt: str
    caption: str
    narrow: bytes = b""

    def __post_init__(self) -> None:
        alt, caption = self.alt.strip(), self.caption.strip()
        if not alt or not caption or alt == caption:
            raise ValueError("a picture has words that stand for it, and a caption of its own")
        _Shown.__post_init__(self)

    def html(self) -> str:
        alt = html.escape(self.alt, quote=True)
        caption = html.escape(self.caption)
        image = f'<img alt="{alt}" src="{_address(self.png)}">'
        if self.narrow:
            source = f'<source media="{_NARROW}" srcset="{_address(self.narrow)}">'
            image = f"<picture>{source}{image}</picture>"
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"

    def words(self) -> str:
        return self.alt

    def carried(self) -> dict[str, Any]:
        return {
            "block": "picture",
            "png": base64.b64encode(self.png).decode("ascii"),
            "narrow": {"png": base64.b64encode(self.narrow).decode("ascii")},
            "alt": self.alt,
            "caption": self.caption,
        }


def _address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


@dataclass(frozen=True, slots=True, repr=False)
class Table(_Shown):
    """A table of ready-made texts; columns listed in ``numeric`` are set to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    caption: str = ""

    def html(self) -> str:
        def cell(tag: str, at: int, text: str) -> str:
            kind = ' class="num"' if at in self.numeric else ""
            scope = ' scope="col"' if tag == "th" else ""
            return f"<{tag}{kind}{scope}>{html.escape(text)}</{tag}>"

        head = "".join(cell("th", i, h) for i, h in enumerate(self.header))
        body = "".join(
            "<tr>" + "".join(cell("td", i, c) for i, c in enumerate(row)) + "</tr>"
            for row in self.rows
        )
        title = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        table = f"{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        return f'<div class="scroll" tabindex="0"><table>{table}</table></div>'

    def words(self) -> str:
        return "\n".join(" | ".join(row) for row in (self.header, *self.rows))

    def carried(self) -> dict[str, Any]:
        return {
            "block": "table",
            "header": list(self.header),
            "rows": [list(r) for r in self.rows],
            "numeric": list(self.numeric),
            "caption": self.caption,
        }


@dataclass(frozen=True, slots=True, repr=False)
class MainPoint(_Shown):
    """A main point: heading, figure, range, grade in words and in filled dots of four (none where
    below zero), a sentence, a picture (SVG) and steps.
    """

    heading: str
    figure: str = ""
    span: str = ""
    grade: str = ""
    dots: int = -1
    text: str = ""
    picture: str = ""
    steps: tuple[str, ...] = ()

    def html(self) -> str:
        dots = ""
        if self.dots >= 0:
            dots = f'<b aria-hidden="true">{"●" * self.dots}</b>{"○" * (_DOTS - self.dots)} '
        line = "".join(
            f'<span class="{kind}">{text}</span> '
            for kind, text in (
                ("big", html.escape(self.figure)),
                ("range", html.escape(self.span)),
                ("sure", dots + html.escape(self.grade) if self.grade else ""),
            )
            if text
        )
        said = (f'<p class="figure">{line.strip()}</p>' if line else "") + (
            f"<p>{html.escape(self.text)}</p>" if self.text else ""
        )
        if self.steps:
            said += "<ol>" + "".join(f"<li>{html.escape(s)}</li>" for s in self.steps) + "</ol>"
        wide = "" if self.picture else ' class="wide"'
        return (
            f'<section class="point"><h2>{html.escape(self.heading)}</h2>'
            f"<div{wide}>{said}</div>{self.picture}</section>"
        )

    def words(self) -> str:
        figure = " ".join(filter(None, (self.figure, f"({self.span})" if self.span else "")))
        told = ". ".join(filter(None, (figure, self.text, *self.steps)))
        return f"{self.heading}: {told}" + (f" [{self.grade}]" if self.grade else "")

    def carried(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__slots__}
        return {"block": "point", **told, "steps": list(self.steps)}


One = Sentence | Picture | Table | MainPoint


@dataclass(frozen=True, slots=True, repr=False)
class Blocks(_Shown):
    """Several blocks, one under the other; none at all where there is nothing to show."""

    blocks: tuple[One, ...] = ()

    def html(self) -> str:
        steps = [b for b in self.blocks if isinstance(b, Sentence) and b.kind == "step"]
        if steps and len(steps) == len(self.blocks):
            return (
                '<ol class="steps">'
                + "".join(f"<li>{html.escape(s.text)}</li>" for s in steps)
                + "</ol>"
            )
        return "".join(b.html() for b in self.blocks)

    def words(self) -> str:
        return "\n".join(b.words() for b in self.blocks)

    def carried(self) -> dict[str, Any]:
        return {"block": "blocks", "blocks": [b.carried() for b in self.blocks]}


Block = One | Blocks


def read(carried: Mapping[str, Any]) -> Block:
    """A block as it travelled in a notebook's output.

    Raises
    ------
    ValueError : not one of ours.
    """
    try:
        return _read(carried.get("block"), {k: v for k, v in carried.items() if k != "block"})
    except (KeyError, TypeError) as e:
        raise ValueError(f"not a block: {type(e).__name__}") from None


def _read(kind: object, rest: dict[str, Any]) -> Block:
    match kind:
        case "sentence":
            return Sentence(**rest)
        case "picture":
            wide, narrow = (base64.b64decode(p["png"]) for p in (rest, rest["narrow"]))
            return Picture(wide, rest["alt"], rest["caption"], narrow)
        case "table":
            return Table(
                tuple(rest["header"]),
                tuple(map(tuple, rest["rows"])),
                tuple(rest["numeric"]),
                rest["caption"],
            )
        case "point":
            return MainPoint(**(rest | {"steps": tuple(rest["steps"])}))
        case "blocks":
            return several([read(b) for b in rest["blocks"]])
    raise ValueError("not a block")


def several(found: Sequence[Block]) -> Blocks:
    """Blocks one under the other, however they were nested."""
    flat: list[One] = []
    for block in found:
        flat += block.blocks if isinstance(block, Blocks) else (block,)
    return Blocks(tuple(flat))


NOTHING: Final = Blocks()
