"""Plain figures of an edited sentence beside what they are figures of: an outcome, refusals,
invitations; in a year, of a group.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from helpers.contracts import LANGS, UNITS
from helpers.contracts.units import NO_UNIT
from helpers.findings import label, say
from helpers.publish.edited_words import OUTCOMES, Said, numbers, words_of

# What is told of participation, with the indicator that holds its figures.
_TOLD: Final[Mapping[str, str]] = {
    "refused": "refusal_share",
    "never_invited": "",
    "attended": "",
    "target_met": "jp_target_share",
}
_LEVELS: Final[Mapping[str, str]] = {
    "output_per_day": "output_per_day",
    "skp": "skp_mean",
    "on_time_share": "on_time_share",
    "ikm": "ikm",
}
# Places and units are many, and go by several names.
_ELSEWHERE: Final = re.compile(
    r"\b(?:unit|kecamatan|dinas|badan|kantor|puskesmas|opd|district|agency|agencies|office)\b"
)
_CLAUSE: Final = re.compile(r"[,;()]\s|\s\(|\s(?:dan|and|sedangkan|sementara|while|whereas)\s")
_EXACT: Final = re.compile(
    r"[-+−]?\d+(?:[.,]\d+)*\s?(?:%|persen\b|per\s?cent\b)|[-+−]?\d+[.,]\d{1,2}(?![\d.,]*\d)"
)
_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class Level:
    """One indicator of one year and group, as it is shown; ``names`` are the group's, none where it
    is everybody.
    """

    indicator: str
    year: int
    group: str
    names: frozenset[str]
    figures: frozenset[float]


@dataclass(frozen=True)
class Stated:
    """What a year's files and pages state of levels and of participation.

    Parameters
    ----------
    levels : the rows of indicators.csv.
    said : the figures that stand beside each topic in the report's own sentences.
    beside : figures that may stand beside any, such as those of a page of somebody's own.
    """

    levels: tuple[Level, ...] = ()
    said: Mapping[str, frozenset[float]] = field(default_factory=dict)
    beside: frozenset[float] = frozenset()

    @classmethod
    def of(cls, indicators: pd.DataFrame, texts: Iterable[str]) -> Stated:
        """From the table of indicators and the report's own sentences.

        Parameters
        ----------
        indicators : with a row each.
        texts : sentences, as `edited_files.plain` gives them or in small letters.
        """
        said: dict[str, set[float]] = {}
        for text in texts:
            for clause in _clauses(text.casefold()):
                held = {round(v, 6) for n in numbers(clause) for v in n}
                for topic in _topics(clause) if held else ():
                    said.setdefault(topic, set()).update(held)
        return cls(tuple(_levels(indicators)), {t: frozenset(v) for t, v in said.items()})

    def wrong(self, sentence: str) -> list[frozenset[float]]:
        """Shares and decimals of a sentence that are no figures of what stands beside them.

        Parameters
        ----------
        sentence : as `edited_files.plain` gives it.
        """
        whole = sentence.casefold()
        said = Said(whole)
        effect = any(said.has(kind) for kind in ("trained", "effect", "by"))
        lost = []
        for clause in _clauses(whole):
            topics = [t for t in _topics(clause) if t in _TOLD or not effect]
            known = self._known(topics, clause, whole) if topics else frozenset()
            known |= self.beside if known else frozenset()
            if known and not _ELSEWHERE.search(whole):
                exact = [n for m in _EXACT.finditer(clause) for n in numbers(m[0])]
                lost += [n for n in exact if not any(round(v, 6) in known for v in n)]
        return lost

    def _known(self, topics: Iterable[str], clause: str, whole: str) -> frozenset[float]:
        """The figures that may stand there; none where that cannot be told."""
        years = {int(y) for y in _YEAR.findall(clause) or _YEAR.findall(whole)}
        found: set[float] = set()
        for topic in topics:
            rows, own = self._rows(topic, whole), self.said.get(topic, frozenset())
            if not (rows or own):
                return frozenset()
            found |= own.union(*(r.figures for r in rows if not years or r.year in years))
        return frozenset(found)

    def _rows(self, topic: str, whole: str) -> list[Level]:
        """The levels of a topic: of everybody, and of the groups that a sentence names."""
        if topic in OUTCOMES and topic not in _LEVELS:
            return [r for r in self.levels if (r.indicator, r.group) == ("ikm", topic)]
        of = _TOLD.get(topic) or _LEVELS.get(topic)
        rows = [r for r in self.levels if r.indicator == of]
        return [r for r in rows if not r.names or any(_names(n, whole) for n in r.names)]


def _clauses(text: str) -> list[str]:
    return [c for c in _CLAUSE.split(text) if c and c.strip()]


def _topics(clause: str) -> list[str]:
    told = [t for t in _TOLD if _pattern(t).search(clause)]
    # A number's unit, as alone in a cell of a table, does not say what it is a figure of.
    return told or sorted(Said(_with_unit().sub(r"\1", clause)).outcomes)


@functools.cache
def _with_unit() -> re.Pattern[str]:
    names = {unit.name[lang].casefold() for unit in UNITS.values() for lang in LANGS} - {"", "%"}
    return re.compile(
        rf"(\d)\s+(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"
    )


@functools.cache
def _pattern(topic: str) -> re.Pattern[str]:
    return words_of(",".join(say(f"edited.topic.{topic}", lang) for lang in LANGS))


def _names(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _levels(indicators: pd.DataFrame) -> Iterator[Level]:
    units = {str(named): unit for named, unit in UNITS.items()}
    for row in indicators.to_dict("records"):
        unit = units.get(str(row["unit_label"]), NO_UNIT)
        amounts = [float(row[c]) for c in ("value", "ci_low", "ci_high") if math.isfinite(row[c])]
        decimals = {0, unit.decimals, unit.decimals if unit.fewer is None else unit.fewer}
        shown = {round(v * unit.scale, d) for v in amounts for d in decimals}
        group = str(row["group"])
        names = {group.casefold(), *(label(group)[lang].casefold() for lang in LANGS)}
        everybody = row["group_by"] == "all"
        yield Level(
            str(row["indicator"]),
            int(row["year"]),
            group,
            frozenset() if everybody else frozenset(names),
            frozenset(round(v, 6) for v in shown),
        )
