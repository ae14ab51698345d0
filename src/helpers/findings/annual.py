"""The annual report's content: every claim of the brief with its answer, its grade and where it is worked out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from helpers import causal, describe, measures
from helpers.contracts import Answer, Finding, Lang, Plan, Tables, locale
from helpers.contracts.results import Grade
from helpers.findings import described
from helpers.findings import effects as effect_findings
from helpers.findings.words import say, word

Standing = Grade | Literal["described", "open"]
SECTIONS: Final = ("pendahuluan", "tujuan", "pelaksanaan", "evaluasi_dan_hasil", "tantangan", "kesimpulan")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the brief: its section, what the data say of it, how surely, and on which page."""

    section: str
    key: str
    answer: str
    standing: Standing
    page: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """Everything that a year's report says, worked out once; a part is None where its table is missing."""

    tables: Tables
    plan: Plan
    year: int
    productivity: causal.Effects | None
    satisfaction: causal.Effects | None
    participation: describe.Participation | None
    indicators: pd.DataFrame
    trends: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        made: list[Finding] = []
        for effects in (self.productivity, self.satisfaction):
            made += effect_findings.findings(effects) if effects else ()
        if self.participation:
            made += described.participation(self.participation, self.indicators, self.plan, self.year)
        return (*made, *self.trends)


def work_out(tables: Tables, plan: Plan, year: int) -> Year:
    """Every question of a year's report, through the same functions as the notebooks of each question."""
    indicators = [describe.linkage(tables, plan)]
    trends: tuple[Finding, ...] = ()
    productivity = satisfaction = None
    who: describe.Participation | None = None
    if len(tables.kinerja):
        answer = productivity_trends(tables, plan, year)
        indicators.append(answer.indicators)
        trends += answer.findings
        productivity = productivity_effect(tables, plan, year)
    if len(tables.skm):
        answer = satisfaction_trends(tables, plan, year)
        indicators.append(answer.indicators)
        trends += answer.findings
        satisfaction = satisfaction_effect(tables, plan, year)
    if _trained(tables):
        indicators.append(describe.participation(tables, plan))
        who = describe.who_takes_part(tables, plan, year)
    joined = pd.concat([i for i in indicators if len(i)] or indicators[:1], ignore_index=True)
    return Year(tables, plan, year, productivity, satisfaction, who, joined, trends)


def productivity_trends(tables: Tables, plan: Plan, year: int) -> Answer:
    """Levels of the productivity indicators and their change since the first year."""
    if tables.kinerja.empty:
        return Answer(describe.productivity(tables, plan))
    first = _first_year(tables.kinerja, year)
    labels = {"output_per_day": "output/day", "skp": "SKP points", "on_time_share": "share (0-1)"}
    found = []
    for name in (plan.productivity_primary, *plan.productivity_secondary):
        change = describe.change_in_measure(tables, plan, name, first, year, labels[name])
        found.append(described.trend("productivity", change, name, (first, year)))
    return Answer(describe.productivity(tables, plan), findings=tuple(found))


def satisfaction_trends(tables: Tables, plan: Plan, year: int) -> Answer:
    """IKM of region, units and unsur, and its change since the first year."""
    if tables.skm.empty:
        return Answer(describe.satisfaction(tables, plan))
    first = _first_year(tables.skm, year)
    change = describe.change_in_ikm(tables, plan, first, year) if year in set(tables.skm["tahun"]) else None
    return Answer(describe.satisfaction(tables, plan), findings=(described.trend("satisfaction", change, "ikm", (first, year)),))


def participation(tables: Tables, plan: Plan, year: int) -> Answer:
    """Who takes part: indicators and findings."""
    indicators = describe.participation(tables, plan)
    if not _trained(tables):
        return Answer(indicators, detail=describe.Participation.empty())
    found = describe.who_takes_part(tables, plan, year)
    return Answer(indicators, findings=described.participation(found, indicators, plan, year), detail=found)


def quality(tables: Tables, plan: Plan) -> Answer:
    """What was repaired, left out or dropped, and how many rows could be linked."""
    return Answer(describe.linkage(tables, plan), exclusions=tables.exclusions)


def productivity_effect(tables: Tables, plan: Plan, year: int) -> causal.Effects | None:
    """The productivity question; None where a table it needs is missing."""
    if not (len(tables.kinerja) and _trained(tables)):
        return None
    return causal.productivity(measures.employee_year(tables, plan), plan, year)


def satisfaction_effect(tables: Tables, plan: Plan, year: int) -> causal.Effects | None:
    """The satisfaction question; None where a table it needs is missing."""
    if not (len(tables.skm) and _trained(tables)):
        return None
    return causal.satisfaction(measures.unit_year(tables, plan), plan, year)


def effect_answer(effects: causal.Effects | None) -> Answer:
    """The rows that an effect question adds to the results."""
    if effects is None:
        return Answer(pd.DataFrame())
    return Answer(pd.DataFrame(), effects.estimates, effect_findings.findings(effects))


def lead(told: Answer, finding: str, tables: Tables, lang: Lang) -> str:
    """The sentence of one finding, or what its page waits for."""
    found = next((f for f in told.findings if f.id == finding), None)
    return found.text[lang] if found else waiting(finding.split(".")[0], tables, lang)


def lead_effect(effects: causal.Effects | None, question: str, tables: Tables, lang: Lang) -> str:
    """The sentence of a question's main outcome, or what its page waits for."""
    if effects is None:
        return waiting(question, tables, lang)
    return effect_findings.sentence(effects, next(iter(effects.by_outcome)), lang)


def waiting(question: str, tables: Tables, lang: Lang) -> str:
    """Which tables a page waits for, and what it would have answered."""
    needs = {"productivity": ("kinerja", "kegiatan", "peserta"), "satisfaction": ("skm", "kegiatan", "peserta"),
             "participation": ("kegiatan", "peserta")}[question]  # fmt: skip
    absent = [n for n in needs if n in tables.absent]
    return say("report.missing", lang, tables=", ".join(absent), question=say(f"report.first_question_{question}", lang))


def conclusion(found: tuple[Claim, ...]) -> str:
    """The one sentence with which the annual report opens."""
    return next(c.answer for c in found if c.key == "encouraging")


def _trained(tables: Tables) -> bool:
    return len(tables.peserta) > 0 and len(tables.kegiatan) > 0


def _first_year(rows: pd.DataFrame, year: int) -> int:
    return int(rows["tahun"].min()) if len(rows) else year


def claims(told: Year, lang: Lang) -> tuple[Claim, ...]:
    """Every claim of the brief, in its order, answered or marked as not yet answered."""
    by_id = {f.id: f for f in told.findings}

    def effect(question: str, outcome: str, page: str, section: str, key: str) -> Claim:
        finding = by_id.get(f"{question}.{outcome}.effect")
        if finding is None:
            return Claim(section, key, _missing(told, lang), "open", page)
        return Claim(section, key, finding.text[lang], finding.grade, page)

    trend = by_id.get("satisfaction.ikm.trend")
    refusal = by_id.get("participation.no_need.difference")
    gap = by_id.get("participation.never_invited.level")
    level = by_id.get("participation.refusal.level")
    effects = [f for f in told.findings if f.id.endswith(".effect")]
    causes, weak = sum(f.may_claim_cause for f in effects), sum(f.grade == "weak" for f in effects)
    conclusion = say("answer.conclusion", lang, n=len(effects), causal=causes, weak=weak, open=len(effects) - causes - weak)
    years = sorted({*told.tables.kinerja["tahun"], *told.tables.skm["tahun"]})
    return (
        effect("productivity", told.plan.productivity_primary, "31_productivity_effect", "pendahuluan", "capacity"),
        Claim("tujuan", "goals", say("answer.measured_by", lang, discipline=_discipline(told, lang)), "described",
              "30_productivity_trends"),
        effect("satisfaction", "perilaku", "41_satisfaction_effect", "tujuan", "ethics")
        if "satisfaction.perilaku.effect" in by_id
        else Claim("tujuan", "ethics", say("answer.not_by_theme", lang), "open"),
        Claim("pelaksanaan", "held", _held(told, lang), "described", "20_participation"),
        Claim("pelaksanaan", "time_management", say("answer.not_by_theme", lang), "open"),
        Claim("pelaksanaan", "self_report", say("answer.self_report", lang), "open"),
        Claim("evaluasi_dan_hasil", "periodic", say("answer.periodic", lang, first=years[0], last=years[-1]), "described",
              "10_data_quality"),
        effect("satisfaction", told.plan.satisfaction_primary, "41_satisfaction_effect", "evaluasi_dan_hasil", "satisfied")
        if trend is None
        else _with_trend(effect("satisfaction", told.plan.satisfaction_primary, "41_satisfaction_effect", "evaluasi_dan_hasil",
                                "satisfied"), trend.text[lang]),
        Claim("tantangan", "no_need", _joined((level, refusal), lang, told), "described" if refusal else "open", "20_participation"),
        Claim("tantangan", "outreach", say("answer.outreach", lang), "open"),
        Claim("kesimpulan", "encouraging", conclusion, "described", "90_annual_report"),
        Claim("kesimpulan", "equal", gap.text[lang] if gap else _missing(told, lang), "described" if gap else "open",
              "20_participation"),
        Claim("kesimpulan", "commitment", say("answer.commitment", lang), "open"),
    )  # fmt: skip


def next_steps(told: Year, lang: Lang) -> tuple[str, ...]:
    """What to do next, as far as this year's data carry it."""
    steps = []
    if told.participation is not None:
        gap = described.widest_gap(told.participation)
        if gap is not None:
            steps.append(say("next.gap", lang, group=f"{word(gap['group_by'], lang)} {word(gap['group'], lang)}"))
        else:
            steps.append(say("next.no_gap", lang))
        known = told.participation.reasons.dropna(subset=["value"]).sort_values("value", ascending=False)
        if len(known):
            steps.append(say("next.reasons", lang, reason=word(known.iloc[0]["group"], lang)))
    steps.append(say("next.design", lang))
    excluded = int(told.tables.exclusions.loc[told.tables.exclusions["action"] == "excluded", "count"].sum())
    if excluded:
        steps.append(say("next.data", lang, n=locale.number(excluded, lang, 0)))
    return tuple(steps)


def _missing(told: Year, lang: Lang) -> str:
    return say("effect.impossible", lang, outcome="…", problem=say("problem.missing_table", lang, table=", ".join(told.tables.absent)))


def _with_trend(claim: Claim, sentence: str) -> Claim:
    return Claim(claim.section, claim.key, f"{sentence} {claim.answer}", claim.standing, claim.page)


def _joined(found: tuple[Finding | None, ...], lang: Lang, told: Year) -> str:
    return " ".join(f.text[lang] for f in found if f) or _missing(told, lang)


def _held(told: Year, lang: Lang) -> str:
    activities, invited = told.tables.kegiatan, told.tables.peserta
    if activities.empty or invited.empty:
        return say("answer.no_activities", lang)
    return say("answer.held", lang, year=told.year, n=len(activities), invitations=locale.number(len(invited), lang, 0),
               hours=locale.number(float(activities["jp"].sum()), lang, 0),
               n_year=int((activities["tahun"] == told.year).sum()))  # fmt: skip


def _discipline(told: Year, lang: Lang) -> str:
    """How many disciplinary cases; a small number of people is not shown."""
    cases = float(told.tables.kinerja["hukuman_disiplin"].sum()) if len(told.tables.kinerja) else math.nan
    if not math.isfinite(cases) or cases < told.plan.small_cell:
        return f"<{told.plan.small_cell}"
    return locale.number(cases, lang, 0)
