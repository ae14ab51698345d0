"""The page to explore a year's report without Python: its indicators, differences and findings in
tables, from which a script within the page picks and draws; nothing that is not published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

from helpers.contracts import Answer, Finding, Lang, count
from helpers.contracts.results import Role
from helpers.findings import records, say, word
from helpers.present import Sentence
from helpers.publish.carried_tables import with_downloads
from helpers.publish.explored_rows import ExploredRows, differences, levels
from helpers.publish.html import Page, fill
from helpers.publish.narrow_tables import as_cards

EXPLORE: Final = "explore"


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the page: what is picked by, and everything that there is to pick from."""

    name: str
    heading: str
    sentences: tuple[str, ...]
    picks: tuple[str, ...]
    content: str


def explore_page(answers: Sequence[Answer], around: Page, small_cell: int) -> str:
    """What a year's results hold, to be picked from.

    Parameters
    ----------
    answers : of the year's notebooks: the same from which the result files are written.
    around : the language, the menu and what stands around the content.
    small_cell : groups of fewer people are hidden in the answers already; the page says so.

    Returns
    -------
    HTML that loads nothing from elsewhere; without JavaScript, tables of everything.
    """
    lang = around.lang
    findings = [f for a in answers for f in a.findings]
    found = {
        "indicators": levels(answers, lang),
        "differences": differences(answers, findings, lang),
    }
    parts = [
        _Part(
            name,
            say(f"browse.{name}", lang),
            (say(f"browse.{name}_say", lang), *_caveat(name, lang)),
            tuple(say(f"browse.{pick}", lang) for pick in _PICKS[name]),
            "".join(table.html() for table in listing.tables),
        )
        for name, listing in found.items()
        if listing.drawn
    ]
    if findings:
        parts.append(_findings(findings, lang))
    title = say("browse.title", lang)
    extra = {
        "asked": title,
        "intro": say("browse.intro", lang),
        "hidden": say("methods.hidden", lang, cell=count(small_cell)),
        "back": say("browse.back", lang),
        "without_script": say("browse.without_script", lang),
        "everything": say("browse.everything", lang),
        "parts": parts,
        "nothing": "" if parts else say("browse.nothing", lang),
        "figures": _carried(found, findings, lang),
        "said": _said(lang),
    }
    page = fill(
        "explore.html.j2", replace(around, title=f"{title} — {around.heading}", extra=extra)
    )
    return as_cards(with_downloads(page, lang))


_PICKS: Final = {
    "indicators": ("pick_indicator", "by", "pick_group"),
    "differences": ("pick_question", "pick_outcome", "role_name"),
}


def _caveat(name: str, lang: Lang) -> tuple[str, ...]:
    return (say("trend.caveat", lang),) if name == "indicators" else ()


def _findings(findings: Sequence[Finding], lang: Lang) -> _Part:
    """Every finding with its grade and how often such a grade was wrong."""
    said = "".join(_claim(f, lang).html() for f in findings)
    return _Part(
        "findings",
        say("browse.findings", lang),
        (say("browse.findings_say", lang),),
        (say("browse.pick_question", lang), say("report.grade", lang)),
        said,
    )


def _claim(finding: Finding, lang: Lang) -> Sentence:
    grade = f"{say('report.grade', lang)}: {_standing(finding, lang)}."
    record = records.of_grades([finding])[lang]
    return Sentence(
        finding.text[lang],
        "statement",
        heading=_heading(finding, lang),
        note=" ".join(filter(None, (grade, record))),
        mark=finding.standing,
    )


def _heading(finding: Finding, lang: Lang) -> str:
    """What a finding is about: its outcome where that has a name of its own, else its question."""
    if finding.id.endswith((".effect", ".trend")):
        outcome = say(f"outcome.{finding.outcome}", lang)
        return outcome[:1].upper() + outcome[1:]
    return _question(finding, lang)


def _question(finding: Finding, lang: Lang) -> str:
    return say(f"browse.question.{finding.question}", lang)


def _standing(finding: Finding, lang: Lang) -> str:
    return say(f"grade.{finding.standing}", lang)


def _carried(found: Mapping[str, ExploredRows], findings: Sequence[Finding], lang: Lang) -> str:
    """What is picked and drawn, as the script reads it; no sign in it ends a script."""
    carried = {
        **{name: listing.columns for name, listing in found.items()},
        "findings": [[_question(f, lang), _standing(f, lang)] for f in findings],
        "roles": {
            say(f"browse.role.{r}", lang): say(f"browse.role_says.{r}", lang)
            for r in get_args(Role)
        },
    }
    text = json.dumps(carried, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _said(lang: Lang) -> dict[str, str]:
    """The words of the script; # is filled in there."""
    slots = {"what": "#", "points": "#"}
    return {
        "line": say("alt.trend", lang, **slots),
        "since": say("alt.event_study", lang, **slots),
        "forest": say("alt.comparison", lang, **slots),
        "year": word("year", lang),
        "time": word("event_time", lang),
        "part": word("scale_break", lang),
        "hidden": say("browse.hidden", lang, years="#"),
        "unclaimed": say("browse.unclaimed", lang),
        "found": say("browse.found", lang, n="#"),
        "file": say("report.table", lang).lower(),
        "download": say("report.download_rows", lang),
        "any": say("browse.any", lang),
    }
