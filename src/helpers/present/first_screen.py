"""The first screen of the annual report: its main points; nothing is computed here."""

from __future__ import annotations

from typing import Final

from helpers.contracts import Answer, Lang
from helpers.contracts.points import Point, Strip
from helpers.findings import known, say
from helpers.present import strips
from helpers.present.blocks import Block, MainPoint, several

# How many of four dots a grade fills.
_DOTS: Final = {"strong": 4, "moderate": 3, "weak": 1, "none": 0, "absent": 0}


def main_points(answer: Answer, lang: str) -> Block:
    """The main points, each with figure, range, grade, one sentence and a picture of a line's
    height.

    Parameters
    ----------
    answer : of the annual report; other answers have no points.
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    return several([_point(p, said) for p in answer.points])


def _point(point: Point, lang: Lang) -> MainPoint:
    picture = ""
    if point.strip is not None and point.strip.known:
        picture = strips.interval(point.strip, lang, _alt(point, point.strip, lang))
    elif point.parts:
        named = ", ".join(f"{p.name[lang]} {p.written[lang]}" for p in point.parts)
        picture = strips.parts(point.parts, lang, say("point.parts", lang, parts=named))
    return MainPoint(
        heading=_heading(point, lang),
        figure=point.figure[lang],
        span=point.span[lang],
        grade=say(f"grade.{point.standing}", lang) if point.standing else "",
        dots=_DOTS.get(point.standing, -1),
        text=point.text[lang],
        picture=picture,
        steps=tuple(s[lang] for s in point.steps),
    )


def _heading(point: Point, lang: Lang) -> str:
    return point.heading[lang] or say(f"point.{point.key}", lang)


def _alt(point: Point, strip: Strip, lang: Lang) -> str:
    """What the strip shows, for those who do not see it."""
    if strip.reference:
        return say(
            "point.strip_beside", lang, value=strip.value_text, reference=strip.reference_text
        )
    if strip.low <= 0 <= strip.high:
        place = "point.strip_holds"
    elif strip.band and min(abs(strip.low), abs(strip.high)) > strip.band:
        place = "point.strip_beyond"
    else:
        place = "point.strip_apart"
    return say(
        "point.strip",
        lang,
        heading=_heading(point, lang),
        figure=point.figure,
        span=point.span,
        place=say(place, lang),
    )
