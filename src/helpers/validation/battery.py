"""Many regions, one table: bias, coverage, false causal claims and power."""

from __future__ import annotations

import contextlib
import csv
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError
from statsmodels.stats.proportion import proportion_confint
from tqdm import tqdm

from helpers.causal.rule_code import rule_hash
from helpers.contracts import Plan
from helpers.findings import tried
from helpers.validation.kinds_of_world import BY_NAME, KINDS
from helpers.validation.worlds import COLUMNS, Told, battery_plan, tasks, tell

_QUESTIONS: Final = ("productivity", "satisfaction", "methods_dose")
_THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
# Of the oracle's own rate; of a single theme, with a third of the trained, nothing is promised.
_LEAST_POWER: Final = {"productivity": 0.85, "satisfaction": 0.80}
# Whoever else is asked about the same regions, as the columns of an answer name them.
OTHERS: Final = ("before_after", "two_way_fixed_effects", "pre_tested", "business_report")


def run(
    worlds: int,
    plan: Plan,
    kept: Path,
    *,
    jobs: int = 2,
    first_seed: int | None = None,
) -> list[Told]:
    """Every kind of world so many times, on several processors; what was stopped goes on.

    Parameters
    ----------
    worlds : regions a kind.
    plan : the project's own.
    kept : the file in which every region's answers are kept as they come; those that the same rule
        gave of the same plan are not asked again.
    jobs : processes.
    first_seed : seeds lie above it; the rule's own unless given.
    """
    first = seeds_of(rule_hash()) if first_seed is None else first_seed
    small = battery_plan(plan)
    # A region counts as done where all of its questions were kept whole.
    answered = Counter((t.kind, t.seed) for t in _of_plan(small, read(kept)))
    done = {region for region, answers in answered.items() if answers == len(_QUESTIONS)}
    todo = [(k, s) for k, s in tasks(worlds, first) if (k.name, s) not in done]
    wanted = {(k.name, s) for k, s in tasks(worlds, first)}
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not done:
        kept.write_text(",".join(("rule", *COLUMNS)) + "\n", encoding="utf-8")
    with kept.open("a", newline="", encoding="utf-8") as file, _pool(jobs) as pool:
        rows = csv.writer(file, lineterminator="\n")
        pending = [pool.submit(tell, kind, seed, small) for kind, seed in todo]
        for one in tqdm(as_completed(pending), total=len(pending), unit="region", disable=None):
            rows.writerows((rule_hash(), *asdict(told).values()) for told in one.result())
            file.flush()
    found = {(t.kind, t.seed, t.question): t for t in _of_plan(small, read(kept))}
    return [t for key, t in sorted(found.items()) if key[:2] in wanted]


def seeds_of(rule: str) -> int:
    """Above which number the seeds lie on which a rule is reported: another for each rule, so that
    none is reported on regions by which somebody chose it.

    Parameters
    ----------
    rule : the hash of a rule.
    """
    return 10_000_000 * (1 + int(rule, 16) % 200)


def read(kept: Path) -> list[Told]:
    """The answers kept in a file that today's rule gave; those of another rule are let go.

    Parameters
    ----------
    kept : as `run` writes it; need not be there.
    """
    if not kept.exists():
        return []
    with kept.open(newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r.pop("rule") == rule_hash()]
    told, reader = [], TypeAdapter(Told)
    for row in rows:
        # A line that a stopped run left half written is asked again.
        with contextlib.suppress(ValidationError):
            asked = {name: row[name] or None for name in OTHERS if name in row}
            told.append(reader.validate_python(row | asked))
    return told


def _of_plan(plan: Plan, told: Iterable[Told]) -> Iterator[Told]:
    """The answers that today's plan would give, too."""
    return (t for t in told if t.plan == tried.digest(plan, t.question, t.outcome, t.treatment))


def table(told: Sequence[Told]) -> pd.DataFrame:
    """One row a question and kind of world.

    Returns
    -------
    ``bias`` and ``rmse`` in the outcome's unit with the bias's Monte Carlo error; the rest are
    shares: ``coverage`` of 95% intervals, ``false_cause`` (a cause named where there is none, or of
    the other sign), ``overlooked`` (no meaningful effect claimed where there is one), ``power`` (a
    cause named where there is an effect), ``found`` (the primary interval alone, on the right
    side), each grade, and what before–after, two-way fixed effects,
    the primary with a pre-test and another library's report would have claimed.
    """
    rows = []
    for question in _QUESTIONS:
        for kind in KINDS:
            part = [t for t in told if (t.question, t.kind) == (question, kind.name)]
            if part:
                rows.append({"question": question, "world": kind.name, **_row(part)})
    return pd.DataFrame(rows)


def _row(part: list[Told]) -> dict[str, object]:
    kind = BY_NAME[part[0].kind]
    error = np.array([t.value - t.truth for t in part if math.isfinite(t.value)])
    n = len(part)

    def share(of: Iterable[bool]) -> float:
        told = list(of)
        return float(np.mean(told)) if told else math.nan

    return {
        "assumptions_hold": kind.valid,
        "effect": kind.effect,
        "regions": n,
        "truth": float(np.mean([t.truth for t in part])),
        "known": len(error),
        "bias": float(error.mean()) if len(error) else math.nan,
        "bias_mc_error": _mean_error(error),
        "rmse": float(np.sqrt((error**2).mean())) if len(error) else math.nan,
        "coverage": share(t.covered for t in part if math.isfinite(t.value)),
        "false_cause": share(t.cause and t.wrong for t in part),
        "overlooked": share(t.overlooked for t in part),
        "power": share(t.cause and not t.wrong for t in part) if kind.effect else math.nan,
        "found": share(t.found for t in part) if kind.effect else math.nan,
        "oracle": share(t.oracle for t in part) if kind.effect else math.nan,
        **{g: share(t.grade == g for t in part) for g in ("strong", "moderate", "weak", "none")},
        **{name: share(_told_of(part, name)) for name in OTHERS},
    }


def _mean_error(of: np.ndarray) -> float:
    return float(of.std(ddof=1) / math.sqrt(len(of))) if len(of) > 1 else math.nan


def _told_of(part: Iterable[Told], name: str) -> list[bool]:
    """What others were asked of regions, where they were."""
    return [bool(t) for one in part if (t := getattr(one, name)) is not None]


def targets(told: Sequence[Told]) -> pd.DataFrame:
    """The battery's targets (methods.md, proof): figure, its 95% binomial interval, between what it
    should lie, and whether it does.

    Parameters
    ----------
    told : of every kind of world.
    """
    rows: list[dict[str, object]] = []
    for question in _QUESTIONS:
        part = [t for t in told if t.question == question]
        empty = {
            k.name: [t.cause and t.wrong for t in part if t.kind == k.name]
            for k in KINDS
            if not k.effect and k.tellable
        }
        everywhere = [false for kind in empty.values() for false in kind]
        worst = max(empty, key=lambda name: _rate(empty[name]))
        alike = sum(_rate(e) == _rate(empty[worst]) for e in empty.values()) > 1
        called = "several kinds alike" if alike else worst
        valid = [t.covered for t in part if BY_NAME[t.kind].valid and math.isfinite(t.value)]
        aims: list[tuple[str, list[bool], float, float]] = [
            ("coverage where assumptions hold", valid, 0.93, 0.97),
            ("false causal claims, all kinds that data can tell", everywhere, 0.0, 0.03),
            (f"false causal claims, {called}", empty[worst], 0.0, 0.10),
        ]
        if question in _LEAST_POWER:
            smallest = [
                t.cause and not t.wrong for t in part if t.kind == "works: observed" and t.oracle
            ]
            power = "power at the smallest effect, where the oracle finds it"
            aims.append((power, smallest, _LEAST_POWER[question], 1.0))
        for target, hits, least, most in aims:
            figure, low, high = _binomial(hits)
            rows.append(
                {
                    "question": question,
                    "target": target,
                    "figure": figure,
                    "low": low,
                    "high": high,
                    "least": least,
                    "most": most,
                    "met": least <= figure <= most,
                }
            )
    return pd.DataFrame(rows)


def _rate(hits: Sequence[bool]) -> float:
    return float(np.mean(hits)) if hits else 0.0


def shoot_out(told: Sequence[Told]) -> pd.DataFrame:
    """What each way of reporting would have claimed of the same regions.

    Parameters
    ----------
    told : of every kind of world.

    Returns
    -------
    One row a question and ``claimant``, ours first: ``empty`` regions without an effect and
    ``claimed_of_empty`` among them; ``effective`` regions with one and ``claimed_of_effective``;
    ours claims where it names training as the cause.
    """
    rows = []
    for question in _LEAST_POWER:
        part = [t for t in told if t.question == question and BY_NAME[t.kind].tellable]
        for claimant in ("cause", *OTHERS):
            empty, effect = (
                _told_of([t for t in part if BY_NAME[t.kind].effect is works], claimant)
                for works in (False, True)
            )
            rows.append(
                {
                    "question": question,
                    "claimant": claimant,
                    "empty": len(empty),
                    "claimed_of_empty": sum(empty),
                    "effective": len(effect),
                    "claimed_of_effective": sum(effect),
                }
            )
    return pd.DataFrame(rows)


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes of one thread each: where several share a processor, threads of linear algebra wait
    for each other (measured: 92 s of computing instead of 40).
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        # Spawned, since a process forked from one in which a library started threads may never
        # answer.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            yield pool
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _binomial(hits: Sequence[bool]) -> tuple[float, float, float]:
    if not hits:
        return math.nan, math.nan, math.nan
    low, high = proportion_confint(sum(hits), len(hits), method="beta")
    return _rate(hits), float(low), float(high)
