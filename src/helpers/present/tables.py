"""Tables as readers see them: the language's numbers, plain words, every text escaped."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.causal import Effects
from helpers.contracts import FAULTS, Lang, Plan, Tables, locale
from helpers.findings import Claim, amount, amount_span, say, word


@dataclass(frozen=True, slots=True)
class Shown:
    """A finished piece of a page: HTML that is safe as it stands, and plain text for a terminal."""

    markup: str
    plain: str = ""

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return self.plain


def sentence(text: str, *, lead: bool = False) -> Shown:
    """A sentence of the report; ``lead`` is the answer that a page opens with."""
    return Shown(f'<p class="{"answer" if lead else "say"}">{html.escape(text)}</p>', text)


def sentences(texts: Sequence[str]) -> Shown:
    """Several sentences, a paragraph each."""
    return Shown("".join(sentence(t).markup for t in texts), "\n".join(texts))


def notice(tables: Tables, lang: Lang) -> Shown:
    """The label that synthetic data carry wherever they are shown; nothing for real data."""
    text = say("report.synthetic", lang)
    return Shown(f'<p class="notice" role="note">{html.escape(text)}</p>', text) if tables.synthetic else Shown("")


def tables_by_year(tables: Tables) -> pd.DataFrame:
    """Rows of each table that has any, by year."""
    names = [n for n in ("pegawai", "kegiatan", "peserta", "kinerja", "skm", "undian") if len(getattr(tables, n))]
    counts = {n: getattr(tables, n)["tahun"].value_counts() for n in names}
    return pd.DataFrame(counts).T.fillna(0).astype(int).sort_index(axis=1)


def predikat(tables: Tables, plan: Plan, lang: Lang) -> Shown:
    """Ratings of the report's year as shares; ratings of few people are hidden together."""
    rated = tables.kinerja.loc[(tables.kinerja["tahun"] == tables.year) & tables.kinerja["predikat"].notna(), "predikat"]
    if rated.empty:
        return Shown("")
    counts = rated.value_counts()
    rare = counts[counts < plan.small_cell]
    # Hidden ratings are shown as one remainder, so that the total gives none of them away.
    while len(rare) and rare.sum() < plan.small_cell and len(rare) < len(counts):
        rare = counts.tail(len(rare) + 1)
    shown = [[p, locale.percent(n / len(rated), lang), locale.number(n, lang, 0)] for p, n in counts.items() if p not in rare.index]
    if len(rare):
        names = ", ".join(sorted(rare.index))
        shown.append([names, locale.percent(rare.sum() / len(rated), lang), locale.number(rare.sum(), lang, 0)])
    return table(["predikat", word("share", lang), word("n", lang)], shown, numeric=(1, 2))


def table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", numeric: Collection[int] = ()) -> Shown:
    """A table of ready-made texts; columns listed in ``numeric`` are set to the right."""

    def cell(tag: str, at: int, text: str) -> str:
        kind = ' class="num"' if at in numeric else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{kind}{scope}>{html.escape(str(text))}</{tag}>"

    head = "".join(cell("th", i, h) for i, h in enumerate(header))
    body = "".join("<tr>" + "".join(cell("td", i, c) for i, c in enumerate(row)) + "</tr>" for row in rows)
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    markup = f'<div class="scroll" tabindex="0"><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    return Shown(markup, caption)


def effects(found: Effects | None, lang: Lang) -> Shown:
    """Every outcome with its difference, interval, numbers and grade."""
    if found is None:
        return Shown("")
    header = [word(k, lang) for k in ("outcome", "estimate", "interval", "trained", "comparison", "clusters", "grade")]
    rows = []
    for outcome, effect in (*found.by_outcome.items(), *found.controls.items()):
        p = effect.primary
        told = say(f"grade.{effect.grade}", lang) if outcome in found.by_outcome else word("comparison", lang)
        value = [amount(p.value, p, lang), amount_span(p.ci, p, lang)] if p.known else ["–", "–"]
        rows.append([say(f"outcome.{outcome}", lang), *value, *(locale.number(n, lang, 0) for n in (p.n_treated, p.n_control, p.n_clusters)),
                     told])  # fmt: skip
    return table(header, rows, numeric=(3, 4, 5))


def checks(found: Effects | None, lang: Lang) -> Shown:
    """The checks made for the main outcome: figure, threshold, passed or not."""
    if found is None:
        return Shown("")
    header = [word(k, lang) for k in ("check", "figure", "threshold", "passed")]
    passed = {True: word("yes", lang), False: word("no", lang), None: word("unknown", lang)}
    rows = [
        [say(f"check.{c.name}", lang), locale.number(c.figure, lang, 3), locale.number(c.threshold, lang, 3), passed[c.passed]]
        for c in found.main.checks
    ]
    return table(header, rows, numeric=(1, 2))


def indicators(frame: pd.DataFrame, names: Sequence[str], year: int, plan: Plan, lang: Lang) -> Shown:
    """Indicators of one year by group, hidden ones marked as hidden."""
    header = [word(k, lang) for k in ("group", "value", "interval", "n")]
    rows: list[list[str]] = []
    if frame.empty:
        return Shown("")
    for name in names:
        part = frame[(frame["indicator"] == name) & (frame["year"] == year)]
        rows += [[_group_name(r, name, lang), *_figures(r, plan, lang)] for _, r in part.iterrows()]
    return table(header, rows, numeric=(1, 2, 3))


def exclusions(tables: Tables, lang: Lang) -> Shown:
    """Every fault of the inputs that concerns this report, with what was done about it."""
    header = [word(k, lang) for k in ("file", "row", "column", "fault", "what", "action", "count")]
    at = 0 if lang == "id" else 1
    rows = [
        [r["file"], str(r["row"]), str(r["column"])[:60], r["fault"], FAULTS[r["fault"]].what[at], word(r["action"], lang),
         locale.number(r["count"], lang, 0)]
        for _, r in tables.exclusions.iterrows()
    ]  # fmt: skip
    return table(header, rows, numeric=(1, 6))


def claims(found: Sequence[Claim], section: str, lang: Lang) -> Shown:
    """One section of the brief: each claim, its answer, and how surely."""
    parts = []
    for claim in (c for c in found if c.section == section):
        link = f' <a href="{claim.page}.html">{html.escape(word("page", lang))} {claim.page[:2]}</a>' if claim.page else ""
        parts.append(
            f'<article class="claim {claim.standing}"><h3>{html.escape(say(f"claim.{claim.key}", lang))}</h3>'
            f"<p>{html.escape(claim.answer)}{link}</p>"
            f'<p class="grade">{html.escape(say("report.grade", lang))}: <strong>{html.escape(say(f"grade.{claim.standing}", lang))}</strong></p>'
            "</article>"
        )
    return Shown("".join(parts))


def steps(found: Sequence[str]) -> Shown:
    """What to do next, as a list."""
    return Shown('<ol class="steps">' + "".join(f"<li>{html.escape(s)}</li>" for s in found) + "</ol>")


def _group_name(row: pd.Series, name: str, lang: Lang) -> str:
    if row["group_by"] == "all":
        return word(name, lang)
    label = say(f"outcome.{row['group']}", lang) if row["group_by"] == "unsur" else word(str(row["group"]), lang)
    return f"{word(str(row['group_by']), lang)}: {label}"


def _figures(row: pd.Series, plan: Plan, lang: Lang) -> list[str]:
    if pd.isna(row["value"]):
        return [word("hidden", lang).format(n=plan.small_cell), "–", "–"]
    share = row["unit_label"] == "share (0-1)"
    write = (lambda v: locale.percent(v, lang)) if share else (lambda v: locale.number(v, lang, 2))
    interval = "–" if pd.isna(row["ci_low"]) else locale.span(row["ci_low"], row["ci_high"], lang, 1 if share else 2, share=share)
    return [write(row["value"]), interval, locale.number(row["n"], lang, 0)]
