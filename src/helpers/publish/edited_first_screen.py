"""What the first screen of a report says of its effects, which no finding's own sentence says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from helpers.contracts import LANGS, Lang, Text
from helpers.findings import say, told
from helpers.findings.how_large import named, size_told
from helpers.findings.main_points import heading
from helpers.findings.words import thing, with_amount
from helpers.publish.edited_files import plain
from helpers.publish.edited_held import Held
from helpers.publish.edited_words import sentences

# Those whose effects the first screen tells.
_QUESTIONS: Final = ("productivity", "satisfaction", "draw")


def short_forms(
    findings: tuple[Held, ...], records: tuple[Mapping[str, Any], ...]
) -> Iterator[tuple[str, Held]]:
    """The verdict's and the main points' sentences of a year's effects.

    Parameters
    ----------
    findings : of the year.
    records : the same as objects of findings.json, with reasons.
    """
    clauses: dict[str, list[tuple[str, Held]]] = {lang: [] for lang in LANGS}
    effects = [f for f in findings if f.is_effect and f.question in _QUESTIONS]
    known = [f for f in effects if math.isfinite(f.estimate)]
    for f, record in zip(findings, records, strict=True):
        if f not in effects:
            continue
        name = f"verdict.{f.grade}_{f.claim}" if f in known else "verdict.open"
        of = named(f.question, f.outcome)
        for lang in LANGS:
            # Only what says how little can be said stands without its amount.
            said = _with_amount(f, lang) if f in known and f.grade != "none" else _thing(f, lang)
            clauses[lang].append((say(name, lang, what=said, thing=said, **of), f))
        if f in known:
            yield from _points(f, record)
    for lang in LANGS:
        yield from clauses[lang]
        for one, f in clauses[lang]:
            yield from ((f"{one}; {two}", f) for two, _ in clauses[lang])
            name, of = f"verdict.{f.grade}_{f.claim}", named(f.question, f.outcome)
            for both in _boths(f, known, lang):
                yield say(name, lang, what=both, **of), f


def _thing(f: Held, lang: Lang) -> str:
    return thing(f.outcome)[lang]


def _with_amount(f: Held, lang: Lang) -> str:
    value = Text.made(lambda _: _amount(f, lang))
    return with_amount(f.outcome, value, f.grade)[lang]


def _boths(first: Held, known: list[Held], lang: Lang) -> Iterator[str]:
    """Two outcomes of one grade and direction under one verb."""
    for second in known:
        alike = (first.grade, first.claim) == (second.grade, second.claim)
        graded = first.sign and first.grade != "none"
        if alike and graded and _cause(first) == _cause(second):
            one, two = _with_amount(first, lang), _with_amount(second, lang)
            yield say("verdict.and", lang, first=one, second=two)


def _amount(f: Held, lang: Lang) -> str:
    """The first figure of a finding's sentence with its unit, as it is written there."""
    at = r"(?:sebesar|naik|turun|selisihnya|berselisih) " if lang == "id" else r"(?:by|is) "
    found = re.search(at + r"([−-]?\d[^;()]*?)(?= \(| relative| dibanding)", f.text[lang])
    return found[1] if found else ""


def _points(f: Held, record: Mapping[str, Any]) -> Iterator[tuple[str, Held]]:
    check = next((r for r in record["reasons"] if r["check"] == "detectable_effect"), None)
    smallest = math.nan if check is None or check["threshold"] is None else check["threshold"]
    size = size_told(f.low, f.high, smallest)
    values: dict[str, object] = {**named(f.question, f.outcome), "size": size}
    figure = Text.made(lambda lang: "+" * (f.estimate > 0) + _amount(f, lang))
    if f.sign < 0:
        figure = Text.made(lambda lang: f"-{_amount(f, lang)}")
    for lang in LANGS:
        span = re.search(r"(?:rentang|interval) ([^()]*)\)", f.text[lang])
        for place in ("holds", "beyond", "apart"):
            holds, to = _said_place(f, place), span[1] if span else ""
            if holds:
                said_of = told(f"point.strip_{place}")
                shown: dict[str, object] = {"figure": figure, "span": to, "place": said_of}
                for head in _headings(f):
                    yield say("point.strip", lang, heading=head, **shown), f
    values["thing"] = thing(f.outcome)
    if f.grade == "none":
        return
    said = told(f"point.{f.grade}_{f.claim}", **values)
    for lang in LANGS:
        for each in sentences(plain(said[lang])):
            yield each, f


def _cause(f: Held) -> Text:
    return named(f.question, f.outcome)["cause"]


def _headings(f: Held) -> tuple[Text, ...]:
    """Of an effect's point; the comparison may also stand beside a draw."""
    beside = (told("point.without_draw"),) if f.question != "draw" else ()
    return (heading(f.outcome), *beside)


def _said_place(f: Held, place: str) -> bool:
    """Whether a range may be said to lie so: on zero, or apart from it."""
    return (place == "holds") == (f.sign == 0)
