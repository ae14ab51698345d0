"""Descriptions to findings: trends, participation, data quality. None of them may claim a cause."""

from __future__ import annotations

import math

import pandas as pd

from helpers import measures
from helpers.contracts import Finding, Lang, Plan, Tables, codes, locale
from helpers.contracts.results import Question
from helpers.describe import Change, Participation
from helpers.findings.words import LANGS, say, word


def trend(question: Question, change: Change | None, indicator: str, years: tuple[int, int]) -> Finding:
    """How an indicator moved between two years, with the warning that movement has many reasons."""
    text = {lang: _trend_sentence(change, indicator, years, lang) for lang in LANGS}
    value, ci, label = (change.value, change.ci, change.unit_label) if change else (math.nan, (math.nan, math.nan), "")
    return _described(f"{question}.{indicator}.trend", question, indicator, value, ci, label, text)


def _trend_sentence(change: Change | None, indicator: str, years: tuple[int, int], lang: Lang) -> str:
    about = {"outcome": say(f"outcome.{indicator}", lang), "first_year": years[0], "last_year": years[1]}
    if indicator == "skp" and years[0] < codes.SKP_BREAK_YEAR <= years[1]:
        return say("trend.scale_break", lang, year=codes.SKP_BREAK_YEAR)
    if change is None or not all(map(math.isfinite, change.ci)):
        return say("trend.unknown", lang, **about)
    key = "rose" if change.ci[0] > 0 else "fell" if change.ci[1] < 0 else "flat"
    size = -change.value if key == "fell" else change.value
    ci = (-change.ci[1], -change.ci[0]) if key == "fell" else change.ci
    return say(
        f"trend.{key}",
        lang,
        change=_amount(size, change.unit_label, lang, is_change=True),
        last=_amount(change.last, change.unit_label, lang),
        span=_span(ci, change.unit_label, lang),
        caveat=say("trend.caveat", lang),
        **about,
    )


def participation(found: Participation, indicators: pd.DataFrame, plan: Plan, year: int) -> tuple[Finding, ...]:
    """Who attends, who refuses and why, who was never invited, and whether no need is less need."""
    target = headline(indicators, "jp_target_share", year)
    answers = found.answers.set_index("group")["value"]
    never = found.never_invited.set_index("group_by").loc["all"]

    def share(value: float, lang: Lang) -> str:
        return locale.percent(value, lang)

    def opening(lang: Lang) -> str:
        if not found.invitations:
            return say("participation.none_held", lang, year=year)
        return say("participation.headline", lang, year=year, attended=share(answers.get("hadir", math.nan), lang),
                   refused=share(answers.get("menolak", math.nan), lang), target=share(target, lang),
                   jp=f"{plan.jp_target:g}", never=share(never["value"], lang))  # fmt: skip

    refused = found.answers[found.answers["group"] == "menolak"]
    ci = (float(refused["ci_low"].iloc[0]), float(refused["ci_high"].iloc[0])) if len(refused) else (math.nan, math.nan)
    need = found.no_need
    return (
        _described("participation.refusal.level", "participation", "refusal_share", float(answers.get("menolak", math.nan)), ci,
                   "share (0-1)", {lang: opening(lang) for lang in LANGS}),
        _described("participation.reason.level", "participation", "reason", math.nan, (math.nan, math.nan), "share (0-1)",
                   {lang: reason_sentence(found, lang) for lang in LANGS}),
        _described("participation.no_need.difference", "participation", "output_per_day", need["value"],
                   (need["ci_low"], need["ci_high"]), "output/day", {lang: _no_need(need, lang) for lang in LANGS}),
        _described("participation.never_invited.level", "participation", "never_invited", float(never["value"]),
                   (float(never["ci_low"]), float(never["ci_high"])), "share (0-1)",
                   {lang: gap_sentence(found, lang) for lang in LANGS}),
    )  # fmt: skip


def reason_sentence(found: Participation, lang: Lang) -> str:
    """The most frequent reason for staying away."""
    known = found.reasons.dropna(subset=["value"]).sort_values("value", ascending=False)
    if known.empty:
        return say("participation.no_reason", lang)
    top = known.iloc[0]
    return say("participation.reason", lang, reason=word(top["group"], lang), share=locale.percent(top["value"], lang), n=int(top["n"]))


def widest_gap(found: Participation) -> pd.Series | None:
    """The group most often never invited, where its interval lies above everybody's share."""
    everyone = found.never_invited.set_index("group_by").loc["all", "value"]
    groups = found.never_invited[(found.never_invited["group_by"] != "all") & (found.never_invited["ci_low"] > everyone)]
    return groups.sort_values("value", ascending=False).iloc[0] if len(groups) else None


def gap_sentence(found: Participation, lang: Lang) -> str:
    """Who was passed over most often; the highest group where none stands out."""
    groups = found.never_invited[found.never_invited["group_by"] != "all"].dropna(subset=["value"])
    gap = widest_gap(found)
    top = gap if gap is not None else groups.sort_values("value", ascending=False).iloc[0] if len(groups) else None
    if top is None:
        return say("participation.no_reason", lang)
    everyone = found.never_invited.set_index("group_by").loc["all", "value"]
    name = f"{word(top['group_by'], lang)} {word(top['group'], lang)}"
    return say("participation.even" if gap is None else "participation.widest_gap", lang, group=name, share=locale.percent(top["value"], lang),
               span=locale.span(top["ci_low"], top["ci_high"], lang, share=True), all=locale.percent(everyone, lang))  # fmt: skip


def _no_need(need: dict[str, float], lang: Lang) -> str:
    if not math.isfinite(need["value"]):
        return say("participation.no_need_unknown", lang)
    key = "better" if need["ci_low"] > 0 else "worse" if need["ci_high"] < 0 else "same"
    return say(f"participation.no_need_{key}", lang, value=locale.number(need["value"], lang, 2),
               span=locale.span(need["ci_low"], need["ci_high"], lang, 2))  # fmt: skip


def quality_sentence(tables: Tables, lang: Lang) -> str:
    """How much of what came in could be used."""
    counts = tables.exclusions.groupby("action")["count"].sum()
    excluded, repaired = int(counts.get("excluded", 0)), int(counts.get("repaired", 0))
    shown = {"excluded": locale.number(excluded, lang, 0), "repaired": locale.number(repaired, lang, 0)}
    if tables.linkage.empty:
        return say("quality.unlinked", lang, **shown)
    rate = tables.linkage["linked"].sum() / tables.linkage["rows"].sum()
    key = "quality.headline" if excluded or repaired else "quality.clean"
    return say(key, lang, linked=locale.percent(float(rate), lang), **shown)


def contents_sentence(tables: Tables, lang: Lang) -> str:
    """How much the data folder holds."""
    years = sorted({*tables.kinerja["tahun"], *tables.skm["tahun"]})
    return say("quality.contents", lang, people=locale.number(tables.pegawai["pegawai_id"].nunique(), lang, 0),
               units=len(tables.unit), forms=locale.number(len(tables.skm), lang, 0), first=years[0], last=years[-1])  # fmt: skip


def reading_notes(tables: Tables, plan: Plan, lang: Lang) -> tuple[str, ...]:
    """How forms and ratings were read, and what stands out in them."""
    notes = []
    if len(tables.skm):
        notes.append(say("quality.order", lang, order=", ".join(f"u{i} {u}" for i, u in enumerate(plan.skm_order, start=1))))
    contradictions = int(measures.performance.predikat_contradictions(tables.kinerja).sum()) if len(tables.kinerja) else 0
    if contradictions >= plan.small_cell:
        notes.append(say("quality.contradictions", lang, n=locale.number(contradictions, lang, 0)))
    if tables.notes:
        notes.append(say("quality.ignored", lang, files=", ".join(tables.notes)))
    return tuple(notes)


def weights_sentence(tables: Tables, year: int, lang: Lang) -> str:
    """The IKM under the three weights in use, with their letters."""
    forms = tables.skm[tables.skm["tahun"] == year]
    if forms.empty:
        return say("naive.unavailable", lang)
    values = {w: float(measures.satisfaction.ikm(forms, weights=w)["value"].iloc[0]) for w in measures.satisfaction.WEIGHTS}
    names = {"low": "0.11", "mid": "0.111", "exact": "exact"}
    shown = {k: locale.number(values[w], lang, 2) for k, w in names.items()}
    letters = {f"{k}_letter": measures.satisfaction.letter(values[w]) for k, w in names.items()}
    return say("quality.weights", lang, **shown, **letters)


def headline(indicators: pd.DataFrame, name: str, year: int) -> float:
    """An indicator's figure for everyone in a year; not-a-number where there is none."""
    rows = indicators[(indicators["indicator"] == name) & (indicators["group_by"] == "all") & (indicators["year"] == year)]
    return float(rows["value"].iloc[0]) if len(rows) else math.nan


def _amount(value: float, label: str, lang: Lang, *, is_change: bool = False) -> str:
    if label == "share (0-1)":
        points = " poin persen" if lang == "id" else " percentage points"
        return f"{locale.number(value * 100, lang)}{points}" if is_change else locale.percent(value, lang)
    return f"{locale.number(value, lang, 2)} {say(f'unit.{label}', lang)}"


def _span(ci: tuple[float, float], label: str, lang: Lang) -> str:
    return locale.span(ci[0] * 100, ci[1] * 100, lang) if label == "share (0-1)" else locale.span(*ci, lang, 2)


def _described(
    key: str, question: Question, outcome: str, value: float, ci: tuple[float, float], label: str, text: dict[Lang, str]
) -> Finding:
    return Finding(key, question, outcome, "descriptive", "none", (), value, ci, label, text)
