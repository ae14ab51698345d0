"""A year's published indicators and differences as rows to choose from: a table of each in words,
and beside it what a picture of its rows needs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

import pandas as pd

from helpers.contracts import UNITS, Answer, Estimate, Finding, Lang, Unit, codes, number
from helpers.findings import contrasted, say, subgroups, word
from helpers.present import Table, captions
from helpers.present.shown_tables import unit_names
from helpers.present.style import youngest_first
from helpers.publish.index import HEADLINES

# Digits of what is drawn: more than a screen has dots.
_DIGITS: Final = 6
_NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of one row, as its axis shows it; None where it is hidden or unknown.

    ``text`` is the value as written beside it, ``label`` the row's name among others, ``at`` its
    years since training; rows of another ``part`` are not joined by a line, and ``claims`` are the
    places of the findings about it.
    """

    value: float | None
    low: float | None
    high: float | None
    text: str
    axis: str
    label: str = ""
    at: int | None = None
    part: int = 0
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExploredRows:
    """Tables, and what is drawn of their rows, in the order of the rows."""

    tables: tuple[Table, ...] = ()
    drawn: tuple[Drawn, ...] = ()

    @property
    def columns(self) -> dict[str, list[object]]:
        """What is drawn, column by column."""
        return {f.name: [getattr(d, f.name) for d in self.drawn] for f in fields(Drawn)}


def levels(answers: Sequence[Answer], lang: Lang) -> ExploredRows:
    """Every row of indicators.csv in words, the main indicators first, years of a group together.

    Parameters
    ----------
    answers : of the year's notebooks; a unit is named where one of them names it.
    lang : of the words.
    """
    filled = [a.indicators for a in answers if len(a.indicators)]
    if not filled:
        return ExploredRows()
    rows = _ordered(pd.concat(filled, ignore_index=True))
    names = _told_apart({k: v for a in answers for k, v in unit_names(a).items()})
    found = [_level(row, names, lang) for _, row in rows.iterrows()]
    header = (
        *(say("report.indicator", lang), say("browse.by", lang)),
        *(word(name, lang) for name in ("group", "year", "value", "interval", "n")),
    )
    table = Table(header, tuple(cells for cells, _ in found), numeric=(3, 6))
    return ExploredRows((table,), tuple(drawn for _, drawn in found))


def differences(answers: Sequence[Answer], findings: Sequence[Finding], lang: Lang) -> ExploredRows:
    """Every row of estimates.csv in words, one table a question.

    Parameters
    ----------
    answers : of the year's notebooks.
    findings : of the same, by whose places the rows name those that are about them.
    lang : of the words.
    """
    about = _about(findings)
    header = (
        word("outcome", lang),
        say("browse.role_name", lang),
        word("estimator", lang),
        word("estimate", lang),
        word("interval", lang),
        f"{word('trained', lang)} / {word('comparison', lang)}",
        say("report.grade", lang),
    )
    tables, drawn = [], []
    estimates = [e for a in answers for e in a.estimates]
    for question in dict.fromkeys(e.about.question for e in estimates):
        rows = [e for e in estimates if e.about.question == question]
        told = [_difference(e, about.get(_subject(e), ()), findings, lang) for e in rows]
        caption = say(f"browse.question.{question}", lang)
        tables.append(Table(header, tuple(cells for cells, _ in told), caption=caption))
        drawn += [one for _, one in told]
    return ExploredRows(tuple(tables), tuple(drawn))


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """By indicator, everybody before groups, groups as they come, then by year."""
    main = {name: place for place, name in enumerate(HEADLINES)}
    rows = rows.assign(
        _first=rows["indicator"].map(main).fillna(len(main)),
        _one=pd.factorize(rows["indicator"])[0],
        _by=rows["group_by"].ne("all") * (1 + pd.factorize(rows["group_by"])[0]),
    )
    together = youngest_first(rows.sort_values(["_first", "_one", "_by"], kind="stable"))
    together = together.assign(_group=pd.factorize(together["group"])[0])
    return together.sort_values(["_first", "_one", "_by", "_group", "year"], kind="stable")


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names of units, those that several have with their codes."""
    many = Counter(names.values())
    return {code: n if many[n] == 1 else f"{n} ({code})" for code, n in names.items()}


def _level(row: pd.Series, names: Mapping[str, str], lang: Lang) -> tuple[tuple[str, ...], Drawn]:
    name, by, group, year = str(row["indicator"]), row["group_by"], str(row["group"]), row["year"]
    unit = UNITS[row["unit_label"]]
    if by == "unit":
        who = names.get(group, group)
    else:
        who = say(f"outcome.{group}", lang) if group in codes.UNSUR else word(group, lang)
    cells = (word(name, lang), word(by, lang), who, str(year), *_of_level(row, unit, lang))
    text = unit.plain(row["value"])[lang]
    broken = name == "skp_mean" and year >= codes.SKP_BREAK_YEAR
    return cells, Drawn(
        *_shown(unit, row["value"], row["ci_low"], row["ci_high"]),
        text=text,
        axis=unit.axis[lang],
        at=int(year),
        part=int(broken),
    )


def _of_level(row: pd.Series, unit: Unit, lang: Lang) -> tuple[str, str, str]:
    if pd.isna(row["value"]):
        return word("hidden", lang), _NOTHING, _NOTHING
    known = not pd.isna(row["ci_low"])
    span = unit.level_span(row["ci_low"], row["ci_high"])[lang] if known else _NOTHING
    return unit.level(row["value"])[lang], span, number(row["n"], lang, 0)


def _difference(
    e: Estimate, claims: tuple[int, ...], findings: Sequence[Finding], lang: Lang
) -> tuple[tuple[str, ...], Drawn]:
    found, unit, at = e.interval, e.unit, e.about.horizon
    theme = _theme(e)
    outcome = say(f"outcome.{e.outcome}", lang)
    # What was learnt is a level of its own: nothing is taken from it.
    value, span, name = (
        (unit.level, unit.level_span, unit.name)
        if e.about.question == "learning"
        else (unit.change, unit.change_span, unit.difference)
    )
    method, special = word(_method(e), lang), _special(e, lang)
    how = [method, special] if special else [method]
    if at is not None:
        how.append(f"{word('event_time', lang)}: {number(at, lang, 0)}")
    both = " / ".join(number(n, lang, 0) for n in (e.n_treated, e.n_control))
    cells = (
        f"{word(theme, lang)}: {outcome}" if theme else outcome,
        say(f"browse.role.{e.role}", lang),
        "; ".join(how),
        value(found.value)[lang] if found.known else _NOTHING,
        span(found.low, found.high)[lang] if found.known else _NOTHING,
        f"{both} {captions.of_whom([e])[lang]}" if e.n_treated or e.n_control else _NOTHING,
        _grade(e, claims, findings, lang),
    )
    ends = (found.value, found.low, found.high) if found.known else (math.nan,) * 3
    main = word("primary", lang) if e.role == "primary" else special or method
    text = unit.apart(found.value)[lang]
    return cells, Drawn(
        *_shown(unit, *ends), text=text, axis=name[lang], label=main, at=at, claims=claims
    )


def _grade(e: Estimate, claims: Sequence[int], findings: Sequence[Finding], lang: Lang) -> str:
    """The grade of a comparison that a finding is of; no other row has one of its own."""
    effects = (findings[i] for i in claims if findings[i].claim != "descriptive")
    main = e.role == "primary" or (e.role == "subgroup" and _theme(e) and e.about.group == "all")
    graded = next(effects, None) if main else None
    return say(f"grade.{graded.grade}", lang) if graded else say("browse.ungraded", lang)


def _method(e: Estimate) -> str:
    return e.estimator.rpartition("+")[2]


def _special(e: Estimate, lang: Lang) -> str:
    """What is special about a row: its group of people, both sides of a contrast, or its variant;
    empty for everybody.
    """
    group = e.about.group
    if group in (contrasted.BY_KIND, contrasted.BY_HOURS):
        return contrasted.both_sides(e, group)[lang]
    if subgroups.column(group) != group:
        return subgroups.named(e)[lang]
    return "" if group == "all" else word(group, lang)


def _theme(e: Estimate) -> str:
    theme, parted, _ = e.about.treatment.rpartition(": ")
    return theme if parted else ""


def _subject(e: Estimate) -> str:
    """What the id of a finding begins with that is about the same question, theme and outcome."""
    theme = _theme(e)
    if theme:
        return contrasted.pair_id(theme, e.outcome).rpartition(".")[0]
    return f"{e.about.question}.{e.outcome}"


def _about(findings: Sequence[Finding]) -> dict[str, tuple[int, ...]]:
    """Places of the findings by their subjects; what moved from year to year is another matter."""
    about: dict[str, tuple[int, ...]] = {}
    for place, finding in enumerate(findings):
        subject, _, kind = finding.id.rpartition(".")
        if kind != "trend":
            about[subject] = (*about.get(subject, ()), place)
    return about


def _shown(unit: Unit, *of: float) -> tuple[float | None, float | None, float | None]:
    """A value and the ends of its interval, as they are shown."""
    value, low, high = (
        float(f"{v * unit.scale:.{_DIGITS}g}") if math.isfinite(v) else None for v in of
    )
    return value, low, high
