"""Pictures of one line's height, as SVG in the page's own colours: an interval beside zero or
another reference, and the parts of a whole. No text lies over another, and none is cut.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

from helpers.contracts import Lang
from helpers.contracts.points import Slice, Strip

_WIDTH: Final = 250.0
_HEIGHT: Final = 46.0
_LINE: Final = 23.0
# A letter's width at this size, generously, so that no label is cut in any font.
_LETTER: Final = 7.0
_ROOM: Final = 0.08


def interval(strip: Strip, lang: Lang, alt: str) -> str:
    """A value with its interval beside a reference, and the band of what is too small to matter.

    Parameters
    ----------
    strip : with a known interval.
    lang : of its labels.
    alt : what stands for the picture in words.
    """
    band = (strip.reference - strip.band, strip.reference + strip.band)
    ends = (*band, strip.low, strip.high, strip.value)
    low, high = min(ends), max(ends)
    spread = (high - low) or 1.0
    low, high = low - _ROOM * spread, high + _ROOM * spread

    def at(value: float) -> float:
        return _WIDTH * (value - low) / (high - low)

    beside_zero = strip.reference == 0
    holds = strip.low <= strip.reference <= strip.high
    label = strip.band_text[lang] if beside_zero else strip.value_text[lang]
    where = at(band[1]) if beside_zero else at(strip.value)
    parts = [
        _rect("band", at(band[0]), at(band[1]) - at(band[0]), 12, 22) if strip.band else "",
        f'<line class="zero" x1="{at(strip.reference):.1f}" x2="{at(strip.reference):.1f}" '
        f'y1="12" y2="34"/>',
        f'<line class="range{" holds" * holds}" x1="{at(strip.low):.1f}" '
        f'x2="{at(strip.high):.1f}" y1="{_LINE:g}" y2="{_LINE:g}"/>',
        f'<circle class="value{" holds" * holds}" cx="{at(strip.value):.1f}" '
        f'cy="{_LINE:g}" r="5.5"/>',
        _label(strip.reference_text[lang], at(strip.reference), 9),
        _label(label, where, 45),
    ]
    return _svg("".join(parts), alt)


def parts(shares: Sequence[Slice], lang: Lang, alt: str) -> str:
    """The parts of a whole, the largest first, each named where there is room.

    Parameters
    ----------
    shares : of one whole; together at most 1.
    lang : of their names.
    alt : what stands for the picture in words.
    """
    drawn, left, written_to = [], 0.0, 0.0
    for i, part in enumerate(shares):
        width = _WIDTH * part.share
        drawn.append(_rect(f"part p{min(i, 3)}", left, max(width - 2, 1), 12, 14))
        text = f"{part.name[lang]} {part.written[lang]}"
        room = len(text) * _LETTER
        start = left + (width - room) / 2 if i else 0.0
        if i == 0 or (room <= width and start >= written_to):
            drawn.append(_label(text, start + room / 2, 42))
            written_to = start + room
        left += width
    return _svg("".join(drawn), alt)


def _svg(inside: str, alt: str) -> str:
    said = html.escape(alt, quote=True)
    return (
        f'<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{said}">{inside}</svg>'
    )


def _rect(kind: str, x: float, width: float, y: float, height: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{height:g}"/>'


def _label(text: str, middle: float, y: float) -> str:
    """A text as near to a place as fits into the picture; none where it is empty."""
    if not text:
        return ""
    half = min(len(text) * _LETTER / 2, _WIDTH / 2)
    x = min(max(middle, half), _WIDTH - half)
    fit = ""
    if len(text) * _LETTER > _WIDTH:
        fit = f' textLength="{_WIDTH:g}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x:.1f}" y="{y:g}" text-anchor="middle"{fit}>{html.escape(text)}</text>'
