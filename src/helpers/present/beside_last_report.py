"""This year's report beside last year's; nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpers.contracts import Lang, Text
from helpers.findings import known, say
from helpers.findings.last_report import Comparison
from helpers.present.blocks import Block, Blocks, MainPoint, Sentence, Table, several

_SHA: Final = 12


def last_report(lang: str) -> Block:
    """Where the comparison stands in a page: that it is made where reports of both years are.

    Parameters
    ----------
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return Sentence(say("last.absent", known(lang)))


def beside_last_report(found: Comparison | None, year: int, lang: Lang) -> Block:
    """The same effects in both reports, figures that were revised, and what changed in the plan.

    Parameters
    ----------
    found : None where there is no report of the year before.
    year : of this report.
    lang : the reader's.
    """
    if found is None:
        return Sentence(say("last.none_before", lang, year=year - 1, this=year))
    then, now = (say("last.in_report", lang, year=y) for y in (found.year, year))
    nothing = say("last.nothing", lang)
    effects = _table(
        "effects",
        (
            say("last.outcome", lang),
            then,
            say("last.grade_in_report", lang, year=found.year),
            now,
            say("last.grade_in_report", lang, year=year),
        ),
        [
            (
                e.what[lang],
                e.then[lang] or nothing,
                e.then_grade[lang],
                e.now[lang] or nothing,
                e.now_grade[lang],
            )
            for e in found.effects
        ],
        lang,
    )
    revised = _table(
        "figures",
        (say("last.figure", lang), say("last.of_year", lang), then, now),
        [(r.what[lang], str(r.year), r.then[lang], r.now[lang]) for r in found.revised],
        lang,
    )
    plan = _table(
        "keys",
        (say("last.key", lang), then, now),
        [(key, *(_value(v, lang) for v in values)) for key, values in found.plan.items()],
        lang,
    )
    said = [say("last.same_people", lang)] if found.effects else []
    if not found.revised:
        said.append(say("last.none_revised", lang))
    said.append(say("last.from", lang, file=found.file, sha=found.sha256[:_SHA]))
    return several([*effects, *revised, *plan, *map(Sentence, said)])


def with_last_point(points: Block, found: Comparison, lang: Lang) -> Block:
    """The main points with the one on the last report, before what to do next.

    Parameters
    ----------
    points : of the page.
    found : the two reports.
    lang : the reader's.
    """
    own = list(points.blocks if isinstance(points, Blocks) else (points,))
    point = MainPoint(say("point.last", lang), text=found.point.text[lang])
    at = len(own)
    if own and isinstance(own[-1], MainPoint) and own[-1].steps:
        at -= 1
    return several([*own[:at], point, *own[at:]])


def _table(
    key: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], lang: Lang
) -> list[Table]:
    return [Table(header, tuple(rows), caption=say(f"last.{key}", lang))] if rows else []


def _value(value: object, lang: Lang) -> str:
    return say("last.not_there", lang) if value is None else Text.same(value)[lang]
