"""Pictures of what the rooms below found; nothing is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from helpers.causal import Effects
from helpers.contracts import Estimate, Lang, Tables, locale
from helpers.findings import Claim, amount, amount_span, say, word
from helpers.present import style
from helpers.present.style import Picture
from helpers.present.tables import Shown, tables_by_year

_MOST_POINTS_IN_WORDS = 40


def trend(indicators: pd.DataFrame, name: str, lang: Lang) -> Picture | Shown:
    """An indicator of everyone over the years, with its interval."""
    rows = indicators[(indicators["indicator"] == name) & (indicators["group_by"] == "all")].dropna(subset=["value"])
    rows = rows.sort_values("year")
    if rows.empty:
        return Shown("")
    figure, axes = style.canvas()
    share = len(rows) > 0 and rows["unit_label"].iloc[0] == "share (0-1)"
    scale = 100 if share else 1
    years = rows["year"].to_numpy(int)
    axes.fill_between(years, rows["ci_low"] * scale, rows["ci_high"] * scale, color=style.BLUE, alpha=0.18, linewidth=0)
    axes.plot(years, rows["value"] * scale, color=style.BLUE, marker="o", linewidth=2)
    for year, value in zip(years, rows["value"] * scale, strict=True):
        axes.annotate(locale.number(value, lang), (year, value), textcoords="offset points", xytext=(0, 8), ha="center", fontsize=9)
    unit = word("share", lang) + " (%)" if share else _unit(rows, lang)
    _axes(axes, lang, "", unit, numbers_y=True)
    axes.set_xticks(years)
    axes.margins(y=0.2)
    points = _points((str(y), _shown(v, share, lang)) for y, v in zip(years, rows["value"], strict=True))
    return style.finish(figure, say("alt.trend", lang, what=word(name, lang), points=points))


def ikm_by_unit(indicators: pd.DataFrame, year: int, lang: Lang) -> Picture | Shown:
    """Each service unit's IKM in a year with its interval, lowest to highest; hidden units are not drawn."""
    rows = indicators[(indicators["indicator"] == "ikm") & (indicators["group_by"] == "unit") & (indicators["year"] == year)]
    rows = rows.dropna(subset=["value"]).sort_values("value", kind="stable")
    if rows.empty:
        return Shown("")
    figure, axes = style.canvas(height=max(2.6, 0.17 * len(rows) + 0.9))
    at = range(len(rows))
    axes.hlines(at, rows["ci_low"], rows["ci_high"], color=style.GREY, linewidth=1.5)
    axes.plot(rows["value"], at, "o", color=style.BLUE, markersize=4.5)
    axes.set_yticks(list(at), [str(g)[:24] for g in rows["group"]], fontsize=7)
    axes.margins(y=0.01)
    _axes(axes, lang, f"IKM ({word('interval', lang)})", "", numbers_x=True)
    low, high = (locale.number(rows["value"].min(), lang), locale.number(rows["value"].max(), lang)) if len(rows) else ("–", "–")
    return style.finish(figure, say("alt.units", lang, year=year, low=low, high=high, n=len(rows)))


def event_study(effects: Effects | None, lang: Lang) -> Picture | Shown:
    """The difference from the comparison group by years since training; before it, there should be none."""
    if effects is None or not effects.main.event_study:
        return Shown("")
    effect = effects.main
    rows = sorted(effect.event_study, key=lambda e: e.horizon or 0)
    figure, axes = style.canvas()
    axes.axhline(0, color=style.INK, linewidth=0.8)
    axes.axvline(-0.5, color=style.GREY, linestyle="--", linewidth=1)
    scale = _scale(effect.primary)
    for before, colour, marker in ((True, style.GREY, "s"), (False, style.BLUE, "o")):
        part = [e for e in rows if ((e.horizon or 0) < 0) == before]
        x = [e.horizon for e in part]
        y = [e.value * scale for e in part]
        errors = [[(e.value - e.ci[0]) * scale for e in part], [(e.ci[1] - e.value) * scale for e in part]]
        axes.errorbar(x, y, yerr=errors, fmt=marker, color=colour, capsize=3, linewidth=1.6, markersize=6)  # type: ignore[arg-type]
    _axes(axes, lang, word("event_time", lang), _effect_unit(effect.primary, lang), numbers_y=True)
    axes.set_xticks(sorted({*(e.horizon or 0 for e in rows), -1} if rows else {-1, 0}))
    points = _points((locale.number(e.horizon or 0, lang, 0), f"{amount(e.value, e, lang)} ({amount_span(e.ci, e, lang)})") for e in rows)
    return style.finish(figure, say("alt.event_study", lang, points=points))


def naive_comparison(effects: Effects | None, lang: Lang) -> Picture | Shown:
    """The simple comparisons beside the one of like with like."""
    if effects is None or not (effects.main.naive or effects.main.primary.known):
        return Shown("")
    effect = effects.main
    rows = [*effect.naive, *([effect.primary] if effect.primary.known else [])]
    labels = [word("primary" if e is effect.primary else e.estimator, lang) for e in rows]
    return _forest(rows, labels, _effect_unit(effect.primary, lang), lang, highlight=effect.primary)


def outcomes(effects: Effects | None, lang: Lang) -> Picture | Shown:
    """Every outcome's difference with its interval; for questions whose outcomes share a unit."""
    if effects is None or not any(e.primary.known for e in effects.by_outcome.values()):
        return Shown("")
    rows = [e.primary for e in (*effects.by_outcome.values(), *effects.controls.values()) if e.primary.known]
    labels = [say(f"outcome.{e.outcome}", lang) for e in rows]
    unit = _effect_unit(rows[0], lang) if rows else ""
    return _forest(rows, labels, unit, lang, highlight=effects.main.primary)


def standings(claims: Sequence[Claim], lang: Lang) -> Picture:
    """How surely each claim of the brief is answered, at a glance."""
    order = ("open", "none", "described", "weak", "moderate", "strong")
    colours = dict(zip(order, ("#c9d0d6", style.GREY, "#a8c6dc", style.ORANGE, "#5aa3d0", style.BLUE), strict=True))
    rows = list(reversed(claims))
    figure, axes = style.canvas(height=0.34 * len(rows) + 0.6)
    axes.barh(range(len(rows)), [order.index(c.standing) + 1 for c in rows], color=[colours[c.standing] for c in rows], height=0.66)
    names = [say(f"claim.{c.key}", lang) for c in rows]
    axes.set_yticks(range(len(rows)), [f"{n[:58]}…" if len(n) > 59 else n for n in names], fontsize=8)
    for i, claim in enumerate(rows):
        axes.annotate(say(f"grade.{claim.standing}", lang), (order.index(claim.standing) + 1, i), textcoords="offset points",
                      xytext=(5, -3), fontsize=8)  # fmt: skip
    axes.set_xlim(0, 10)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    points = "; ".join(f"{say(f'claim.{c.key}', lang)}: {say(f'grade.{c.standing}', lang)}" for c in claims)
    return style.finish(figure, say("alt.bars", lang, what=say("report.grade", lang), points=points), say("report.grade", lang))


def shares(frame: pd.DataFrame, what: str, lang: Lang) -> Picture | Shown:
    """Bars of shares with their intervals; ``frame`` has group, value, ci_low, ci_high, n."""
    rows = frame.dropna(subset=["value"]).iloc[::-1]
    if rows.empty:
        return Shown("")
    figure, axes = style.canvas(height=max(1.8, 0.42 * len(rows) + 0.8))
    at = range(len(rows))
    errors = [(rows["value"] - rows["ci_low"]) * 100, (rows["ci_high"] - rows["value"]) * 100]
    axes.barh(at, rows["value"] * 100, color=style.BLUE, alpha=0.85, height=0.62)
    axes.errorbar(rows["value"] * 100, at, xerr=errors, fmt="none", ecolor=style.INK, capsize=3, linewidth=1.2)
    names = [_group(r, lang) for _, r in rows.iterrows()]
    axes.set_yticks(list(at), names)
    for i, (value, high) in enumerate(zip(rows["value"], rows["ci_high"], strict=True)):
        axes.annotate(locale.percent(value, lang), (high * 100, i), textcoords="offset points", xytext=(6, -3), fontsize=9)
    _axes(axes, lang, "%", "", numbers_x=True)
    axes.set_xlim(0, min(110, max(10.0, float(rows["ci_high"].max() * 118)) if len(rows) else 10))
    points = _points((n, locale.percent(v, lang)) for n, v in zip(reversed(names), rows["value"].iloc[::-1], strict=True))
    return style.finish(figure, say("alt.bars", lang, what=what, points=points))


def contents(tables: Tables, lang: Lang) -> Picture | Shown:
    """How many rows each table has in each year; a blank field is a year without rows."""
    import seaborn as sns

    counts = tables_by_year(tables)
    figure, axes = style.canvas(height=0.42 * len(counts) + 1.0)
    shade = counts.div(counts.max(axis=1), axis=0).where(counts > 0)
    written = counts.map(lambda n: locale.number(n, lang, 0) if n else "")
    sns.heatmap(shade, annot=written, fmt="", cmap="Blues", vmin=0, vmax=1.6, cbar=False, linewidths=1, ax=axes)
    axes.tick_params(axis="y", rotation=0)
    _axes(axes, lang, "", "")
    points = _points((name, locale.number(row.sum(), lang, 0)) for name, row in counts.iterrows())
    return style.finish(figure, say("alt.bars", lang, what=word("rows", lang), points=points))


def exclusion_counts(tables: Tables, lang: Lang) -> Picture | Shown:
    """How many values or rows were repaired, left out, warned of or dropped, by fault."""
    counts = tables.exclusions.groupby(["fault", "action"])["count"].sum().sort_values(kind="stable")
    if counts.empty:
        return Shown("")
    figure, axes = style.canvas(height=max(1.8, 0.34 * len(counts) + 0.9))
    colours = {"repaired": style.BLUE, "excluded": style.ORANGE, "warned": style.SERIES[3], "dropped": style.GREY}
    names = [f"{fault} · {word(action, lang)}" for fault, action in counts.index]
    axes.barh(range(len(counts)), counts, color=[colours[a] for _, a in counts.index], height=0.66)
    axes.set_yticks(range(len(counts)), names, fontsize=8)
    axes.set_xscale("log")
    axes.set_xlim(0.7, float(counts.max()) * 4)
    for i, n in enumerate(counts):
        axes.annotate(locale.number(n, lang, 0), (n, i), textcoords="offset points", xytext=(5, -3), fontsize=8)
    _axes(axes, lang, word("count", lang), "", numbers_x=True)
    points = _points((name, locale.number(n, lang, 0)) for name, n in zip(reversed(names), reversed(counts.tolist()), strict=True))
    return style.finish(figure, say("alt.bars", lang, what=word("count", lang), points=points))


def _group(row: pd.Series, lang: Lang) -> str:
    name = {"hadir": "attended", "menolak": "refused", "tidak_hadir": "absent"}.get(str(row["group"]), str(row["group"]))
    prefix = f"{word(str(row['group_by']), lang)}: " if "group_by" in row and row["group_by"] in _BY else ""
    return prefix + word(name, lang)


_BY = ("jenis_kelamin", "jenis_jabatan", "kelompok_umur", "tingkat_pendidikan")


def _forest(rows: Sequence[Estimate], labels: Sequence[str], unit: str, lang: Lang, highlight: Estimate) -> Picture:
    figure, axes = style.canvas(height=max(1.8, 0.45 * len(rows) + 0.9))
    axes.axvline(0, color=style.INK, linewidth=0.8)
    for i, row in enumerate(reversed(rows)):
        scale = _scale(row)
        colour = style.BLUE if row is highlight else style.ORANGE if row.role == "descriptive" else style.GREY
        axes.hlines(i, row.ci[0] * scale, row.ci[1] * scale, color=colour, linewidth=2.2)
        axes.plot(row.value * scale, i, "o" if row is highlight else "s", color=colour, markersize=6)
    axes.set_yticks(range(len(rows)), list(reversed(labels)))
    axes.set_ylim(-0.6, len(rows) - 0.4)
    _axes(axes, lang, unit, "", numbers_x=True)
    points = _points((label, f"{amount(r.value, r, lang)} ({amount_span(r.ci, r, lang)})") for label, r in zip(labels, rows, strict=True))
    return style.finish(figure, say("alt.comparison", lang, points=points))


def _scale(estimate: Estimate) -> float:
    """From the estimate's unit to the one shown: per cent of the level before, percentage points, or its own."""
    if estimate.outcome == "output_per_day" and math.isfinite(estimate.baseline_mean) and estimate.baseline_mean:
        return 100 / estimate.baseline_mean
    return 100.0 if estimate.unit_label == "share (0-1)" else 1.0


def _effect_unit(estimate: Estimate, lang: Lang) -> str:
    if estimate.outcome == "output_per_day":
        return "%"
    return say(f"unit.{estimate.unit_label}", lang)


def _unit(rows: pd.DataFrame, lang: Lang) -> str:
    return say(f"unit.{rows['unit_label'].iloc[0]}", lang) if len(rows) else ""


def _shown(value: float, share: bool, lang: Lang) -> str:
    return locale.percent(value, lang) if share else locale.number(value, lang, 2)


def _points(pairs) -> str:  # type: ignore[no-untyped-def]
    listed = [f"{name}: {value}" for name, value in pairs]
    return "; ".join(listed[:_MOST_POINTS_IN_WORDS]) or "–"


def _axes(axes, lang: Lang, x: str, y: str, *, numbers_x: bool = False, numbers_y: bool = False) -> None:  # type: ignore[no-untyped-def]
    """Labels, and ticks in the language's numbers."""
    from matplotlib.ticker import FuncFormatter

    axes.set_xlabel(x)
    axes.set_ylabel(y)
    write = FuncFormatter(lambda v, _: locale.number(v, lang, 0 if float(v).is_integer() else 1 if abs(v) >= 1 else 2))
    if numbers_x:
        axes.xaxis.set_major_formatter(write)
    if numbers_y:
        axes.yaxis.set_major_formatter(write)
