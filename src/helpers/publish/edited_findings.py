"""A year's results as an edited file is held against them: findings, their sentences, figures."""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from helpers.contracts import LANGS, UNITS, Text, WrongUsage
from helpers.contracts.units import NO_UNIT, Unit
from helpers.findings import label, say, vocabulary
from helpers.findings.words import templates
from helpers.publish.edited_files import plain
from helpers.publish.edited_first_screen import short_forms
from helpers.publish.edited_held import Held, bag, key
from helpers.publish.edited_printed import printed
from helpers.publish.edited_topics import Stated
from helpers.publish.edited_words import OUTCOMES, numbers, sentences

_SLOT: Final = re.compile(r"\{\w+\}")
# Below so many words of its own, a template says nothing by which it could be known.
_FEWEST_WORDS: Final = 3
_CLAIMING: Final = (
    "effect.", "verdict.", "point.strong", "point.moderate", "point.weak", "trend.rose",
    "trend.fell", "trend.flat", "learning.gain", "learning.start_", "edited.",
    "participation.no_need", "report.claim",
)  # fmt: skip


# Charts' descriptions, counts of what was read and of reasons: not in the files of results.
_ELSEWHERE: Final = ("alt.", "caption.", "quality.", "point.parts", "learning.later")


@dataclass(frozen=True)
class Results:
    """A year's findings and figures.

    Parameters
    ----------
    findings : in the order of the year's pages.
    own : sentences of findings, as `key` makes them, with their finding.
    fixed : sentences of the catalogues without a figure.
    figures : all figures of the year's files, as they are shown.
    of_outcome : the same for each outcome.
    hidden : names of groups whose indicator is empty, with its outcome.
    printed : what the year's pages show and is none of the above.
    stated : plain figures beside what they are figures of.
    """

    findings: tuple[Held, ...]
    own: Mapping[str, Held]
    fixed: frozenset[str]
    quoted: frozenset[str]
    forms: tuple[tuple[re.Pattern[str], bool], ...]
    figures: frozenset[float]
    of_outcome: Mapping[str, frozenset[float]]
    hidden: tuple[tuple[str, str], ...] = ()
    bags: tuple[tuple[frozenset[str], str, Held], ...] = field(default=())
    printed: frozenset[str] = frozenset()
    stated: Stated = field(default_factory=Stated)

    @functools.cached_property
    def said_before(self) -> frozenset[str]:
        """What may stand as it is: catalogue sentences, and what the year's pages show."""
        return self.fixed | self.printed


def results(folder: Path) -> Results:
    """The results of one year.

    Parameters
    ----------
    folder : the year's own, with ``results/``.

    Raises
    ------
    WrongUsage : it holds no results, or they cannot be read.
    """
    at = folder / "results"
    try:
        findings = tuple(map(Held.read, json.loads((at / "findings.json").read_text("utf-8"))))
        indicators, estimates, exclusions = (
            pd.read_csv(at / f"{n}.csv") for n in ("indicators", "estimates", "exclusions")
        )
        records = json.loads((at / "findings.json").read_text("utf-8"))
        page = folder / "manifest.json"
        manifest = json.loads(page.read_text("utf-8")) if page.is_file() else {}
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise WrongUsage(
            Text(
                f"tidak ada laporan yang utuh di {folder.name}; buat dulu: "
                f"evaluasi run --year {folder.name}",
                f"there is no whole report in {folder.name}; make it first: "
                f"evaluasi run --year {folder.name}",
            )
        ) from e
    held = of(findings, records, indicators, estimates, exclusions, manifest)
    shown = printed(folder)
    stated = Stated.of(indicators, [*_texts(findings), *shown])
    return replace(held, printed=shown - held.quoted - set(held.own), stated=stated)


def of(
    findings: tuple[Held, ...],
    records: Iterable[Mapping[str, Any]],
    indicators: pd.DataFrame,
    estimates: pd.DataFrame,
    exclusions: pd.DataFrame,
    manifest: Mapping[str, Any] | None = None,
) -> Results:
    """Results from what their files hold.

    Parameters
    ----------
    findings : as read.
    records : the same as objects of findings.json, with reasons.
    indicators, estimates, exclusions : the tables of that year.
    manifest : of the year's page, for counts of what was read; None for none.
    """
    records = tuple(records)
    own = {key(s): f for f in findings for lang in LANGS for s in sentences(plain(f.text[lang]))}
    own |= {key(s): f for s, f in short_forms(findings, records)}
    texts = [plain(t) for t in vocabulary()]
    fixed = {key(s) for t in texts if not _SLOT.search(t) for s in sentences(t)}
    claims = [(lang, say(f"claim.{c}", lang)) for c in _CLAIMS for lang in LANGS]
    quoted = {key(said) for _, said in claims}
    quoted |= {key(say("report.claim", lang, claim=said)) for lang, said in claims}
    figures = {v for f in findings for v in f.figures} | _shown(indicators, estimates, exclusions)
    figures |= {v for t in texts for n in numbers(_SLOT.sub(" ", t)) for v in n}
    figures |= {v for each in (*records, manifest) for v in _of_tree(each)}
    bags = tuple((bag(s), s, f) for s, f in own.items() if len(bag(s)) > _FEWEST_WORDS)
    return Results(
        findings=findings,
        own=own,
        fixed=frozenset(fixed - quoted),
        quoted=frozenset(quoted),
        forms=_forms(),
        figures=frozenset(round(v, 6) for v in figures),
        of_outcome=_of_outcomes(findings, records, indicators, estimates),
        hidden=tuple(_hidden(indicators)),
        bags=bags,
        stated=Stated.of(indicators, _texts(findings)),
    )


def _texts(findings: Iterable[Held]) -> list[str]:
    return [s for f in findings for lang in LANGS for s in sentences(plain(f.text[lang]))]


_CLAIMS: Final = (
    "capacity", "goals", "ethics", "held", "time_management", "self_report", "periodic",
    "satisfied", "no_need", "outreach", "encouraging", "equal", "commitment",
)  # fmt: skip


def _shown(
    indicators: pd.DataFrame, estimates: pd.DataFrame, exclusions: pd.DataFrame
) -> set[float]:
    """Every figure of the tables as units show it, with and without its sign."""
    out: set[float] = set()
    for frame in (indicators, estimates, exclusions):
        for name in frame.select_dtypes("number").columns:
            for v in frame[name].dropna():
                for scale, decimals in ((1, 0), (1, 1), (1, 2), (1, 3), (100, 1), (100, 0)):
                    shown = abs(round(float(v) * scale, decimals))
                    out |= {shown, -shown}
        if "count" in frame:
            out.add(float(frame["count"].sum()))
    if {"action", "count"} <= set(exclusions):
        out |= set(map(float, exclusions.groupby("action")["count"].sum()))
    if {"baseline_mean", "estimate"} <= set(estimates):
        for name in ("estimate", "ci_low", "ci_high"):
            shares = (100 * estimates[name] / estimates["baseline_mean"]).dropna()
            out |= {round(float(v), 1) for v in shares if math.isfinite(v)}
    return out


def _of_outcomes(
    findings: tuple[Held, ...],
    records: Iterable[Mapping[str, Any]],
    indicators: pd.DataFrame,
    estimates: pd.DataFrame,
) -> dict[str, frozenset[float]]:
    """The figures of each outcome, in the rounding of its unit, and counts."""
    out: dict[str, set[float]] = {o: set() for o in OUTCOMES}
    for f, record in zip(findings, records, strict=True):
        if f.outcome in out:
            out[f.outcome] |= {
                *f.figures,
                *_of_tree(record["reasons"]),
                *_of_tree(record["record"]),
            }
    for name, frame, at in (("indicator", indicators, "value"), ("outcome", estimates, "estimate")):
        for row in frame.to_dict("records"):
            for o in _about(str(row[name])):
                unit = _units().get(str(row.get("unit_label")), NO_UNIT)
                amounts = _known(row.get(c) for c in (at, "ci_low", "ci_high", "baseline_mean"))
                said = {unit.decimals, unit.decimals if unit.fewer is None else unit.fewer}
                shown = [round(v * unit.scale, d) for v in amounts for d in said]
                base = next(iter(_known([row.get("baseline_mean")])), 0.0)
                shown += [round(100 * v / base, 1) for v in amounts if base]
                counts = _known(v for c, v in row.items() if str(c).startswith("n"))
                out[o] |= {*shown, *(-v for v in shown), *counts}
    return {o: frozenset(round(v, 6) for v in values) for o, values in out.items()}


def _known(values: Iterable[object]) -> list[float]:
    return [float(v) for v in values if isinstance(v, int | float) and math.isfinite(v)]


def _units() -> dict[str, Unit]:
    return {str(label): unit for label, unit in UNITS.items()}


def _about(indicator: str) -> tuple[str, ...]:
    """The outcomes that an indicator is about; that of satisfaction has its elements as groups."""
    if indicator == "ikm":
        return OUTCOMES
    if indicator.startswith("output_"):
        return ("output_per_day",)
    return tuple(o for o in OUTCOMES if indicator.startswith(o))


def _of_tree(tree: object) -> Iterator[float]:
    """Every number of a JSON tree, as it is shown."""
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list):
        for below in tree:
            yield from _of_tree(below)
    elif isinstance(tree, int | float) and not isinstance(tree, bool):
        for decimals in range(4):
            yield round(float(tree), decimals)
        yield round(100 * float(tree), 1)


def _forms() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The catalogues' sentences with slots, but those that claim; and whether their figures stand
    in no file of results, so that they cannot be held against any.
    """
    out = []
    for name, text in _templates():
        fewest = 1 if name.startswith(_ELSEWHERE) else _FEWEST_WORDS
        if name.startswith(_CLAIMING):
            continue
        for each in sentences(plain(text)):
            if _SLOT.search(each) and len(bag(_SLOT.sub(" ", each))) >= fewest:
                form = "(.{1,3000}?)".join(map(re.escape, _SLOT.split(key(each))))
                out.append((re.compile(form), name.startswith(_ELSEWHERE)))
    return tuple(out)


def _templates() -> Iterator[tuple[str, str]]:
    for lang in LANGS:
        yield from templates(lang).items()


def _hidden(indicators: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Groups without a figure: their names in small letters, and the indicator."""
    if not {"value", "group", "group_by", "indicator", "year"} <= set(indicators):
        return
    newest = indicators[indicators["year"] == indicators["year"].max()]
    empty = newest[newest["value"].isna() & (newest["group_by"] != "all")]
    for row in empty.itertuples():
        for lang in LANGS:
            yield label(str(row.group))[lang].casefold(), str(row.indicator)
