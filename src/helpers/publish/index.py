"""The index over years: headline indicators side by side, their trend, links to each
year's report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.contracts import LANGS, UNITS, Lang, Plan
from helpers.findings import say, word
from helpers.findings.last_report import effect_of
from helpers.present import trend_of
from helpers.publish.html import Page, fill
from helpers.publish.narrow_tables import as_cards
from helpers.publish.report_files import earlier_report, manifest, own_rows

HEADLINES = (
    "ikm",
    "output_per_day",
    "on_time_share",
    "skp_mean",
    "trained_share",
    "jp_target_share",
    "refusal_share",
    "linkage_rate",
)
_PICTURED = ("ikm", "output_per_day")


def years_indexes(
    out: Path, plan: Plan, made: str, *, synthetic: bool
) -> dict[Path, tuple[Lang, str]]:
    """The indexes of every year that has a report under ``out``, each with its language.

    Parameters
    ----------
    out : the folder of the reports, one folder a year with its ``manifest.json``.
    plan : the region is named from it, and its hash is printed.
    made : when, as it shall be printed.
    synthetic : whether the pages carry the notice of made-up data.

    Returns
    -------
    By path below ``out``: the Indonesian front page and the English one, each with its language.
    HTML that loads nothing from elsewhere.
    """
    years = sorted(
        int(p.parent.name) for p in out.glob("*/manifest.json") if p.parent.name.isdigit()
    )
    told: dict[Path, tuple[Lang, str]] = {}
    for lang in LANGS:
        place = pages_folder(Path(), lang) / "index.html"
        up = Path(*[".."] * (len(place.parts) - 1))
        links = {
            y: (up / pages_folder(Path(str(y)), lang) / "index.html").as_posix() for y in years
        }
        page = Page(
            title=say("report.index_title", lang, region=region_name(plan)),
            heading=region_name(plan),
            lang=lang,
            plan_sha256=plan.sha256,
            made=made,
            notice=say("report.synthetic", lang) if synthetic else "",
            other="../index.html" if lang == "en" else "en/index.html",
        )
        told[place] = lang, _years_index(out, links, page, plan)
    return told


def pages_folder(year: Path, lang: Lang) -> Path:
    """Where the pages of a language lie: Indonesian ones in the year's folder, English ones below.

    Parameters
    ----------
    year : the report's folder.
    lang : of the pages.
    """
    return year / "en" if lang == "en" else year


def _years_index(out: Path, links: Mapping[int, str], around: Page, plan: Plan) -> str:
    years, lang = list(links), around.lang
    own = {y: _own_figures(out / str(y) / "results" / "indicators.csv", y) for y in years}
    rows = [
        {"name": word(name, lang), "cells": [_cell(own[y], name, lang) for y in years]}
        for name in HEADLINES
        if any(name in set(own[y]["indicator"]) for y in years)
    ]
    latest = (
        own_rows(out / str(years[-1]) / "results" / "indicators.csv") if years else pd.DataFrame()
    )
    drawn = [n for n in _PICTURED if len(latest) and n in set(latest["indicator"])]
    page = replace(
        around,
        extra={
            "effects": [_effects(out, y, href, plan, lang) for y, href in links.items()],
            "years": [{"href": href, "text": y} for y, href in links.items()],
            "rows": rows,
            "pictures": [trend_of(latest, n, lang).html() for n in drawn],
            "reports": [
                {"href": links[y], "text": say("report.report_of", lang, year=y)}
                for y in reversed(years)
            ],
        },
    )
    return as_cards(fill("years.html.j2", page))


def region_name(plan: Plan) -> str:
    """Kabupaten or kota with its name, as the plan has them."""
    return region_told({"plan": plan.values})


def region_told(manifest: Mapping[str, Any]) -> str:
    """The region that a report is of; empty where its manifest does not tell.

    Parameters
    ----------
    manifest : of a year's report.
    """
    try:
        values = manifest["plan"]
        return f"{values['region.kind'].title()} {values['region.name']}"
    except (AttributeError, KeyError, TypeError):
        return ""


def is_synthetic(out: Path) -> bool:
    """Whether any year's report was made from synthetic data."""
    return any(manifest(p.parent).get("synthetic") for p in sorted(out.glob("*/manifest.json")))


def _own_figures(path: Path, year: int) -> pd.DataFrame:
    frame = own_rows(path)
    return frame[(frame["year"] == year) & (frame["group_by"] == "all")]


def _cell(frame: pd.DataFrame, name: str, lang: Lang) -> str:
    found = frame[frame["indicator"] == name]
    if found.empty or pd.isna(found["value"].iloc[0]):
        return "–"
    row = found.iloc[0]
    unit = UNITS[row["unit_label"]]
    written = unit.plain(row["value"])[lang]
    return (
        written
        if pd.isna(row["ci_low"])
        else f"{written} ({unit.level_span(row['ci_low'], row['ci_high'])[lang]})"
    )


def _effects(out: Path, year: int, href: str, plan: Plan, lang: Lang) -> dict[str, Any]:
    """What a year's report found of both main outcomes, with range and grade."""
    report, cells = earlier_report(out, year), []
    for question in ("productivity", "satisfaction"):
        outcome = plan.values[f"outcomes.{question}.primary"]
        if report is not None:
            outcome = report.plan.get(f"outcomes.{question}.primary", outcome)
        amount, grade = effect_of(report, question, outcome)
        cells += [amount[lang] or say("last.nothing", lang), grade[lang]]
    return {"year": year, "href": href, "cells": cells}
