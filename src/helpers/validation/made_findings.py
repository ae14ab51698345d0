"""Findings of made-up regions: every grade, direction and size, worded as questions word theirs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from helpers.contracts import (
    UNITS,
    Finding,
    Interval,
    Text,
    UnitLabel,
)
from helpers.contracts.results import Claim, Grade, Question
from helpers.describe import Change
from helpers.findings import described, told

_EFFECTS: tuple[tuple[Question, str, UnitLabel, float], ...] = (
    ("productivity", "output_per_day", "output/day", 0.5),
    ("productivity", "skp", "SKP points", 1.0),
    ("productivity", "on_time_share", "share (0-1)", 0.05),
    ("satisfaction", "staff_unsur", "IKM points", 3.0),
    ("satisfaction", "ikm", "IKM points", 3.0),
    ("satisfaction", "kompetensi", "IKM points", 4.0),
    ("satisfaction", "pengaduan", "IKM points", 4.0),
)
_TRENDS: tuple[tuple[Question, str, UnitLabel, float], ...] = (
    ("productivity", "output_per_day", "output/day", 0.5),
    ("productivity", "skp", "SKP points", 1.5),
    ("productivity", "on_time_share", "share (0-1)", 0.05),
    ("satisfaction", "ikm", "IKM points", 3.0),
)
_GRADES: tuple[Grade, ...] = ("strong", "moderate", "weak", "none")
_YEAR = 2024


def made(seed: int) -> tuple[Finding, ...]:
    """The findings of a made region.

    Parameters
    ----------
    seed : of the region.
    """
    return tuple(_findings(np.random.default_rng(seed)))


def _findings(rng: np.random.Generator) -> Iterator[Finding]:
    for question, outcome, label, size in _TRENDS:
        first, interval = 10.0 * size, _interval(rng, size, zero=rng.random() < 0.3)
        last = first + interval.value
        change = Change(outcome, _YEAR - 4, _YEAR, first, last, interval, label)
        yield described.trend(question, outcome, change, _YEAR, Text())
    for question, outcome, label, size in _EFFECTS:
        yield _effect(rng, question, outcome, label, size)


def _interval(rng: np.random.Generator, size: float, *, zero: bool) -> Interval:
    value = float(rng.uniform(0.2, 2.0) * size * rng.choice([-1, 1]))
    half = abs(value) * float(rng.uniform(1.1, 2.0) if zero else rng.uniform(0.2, 0.8))
    return Interval(value, value - half, value + half, n=int(rng.integers(100, 900)))


def _effect(
    rng: np.random.Generator, question: Question, outcome: str, label: UnitLabel, size: float
) -> Finding:
    grade = _GRADES[int(rng.integers(len(_GRADES)))]
    interval, unit = _interval(rng, size, zero=grade == "none"), UNITS[label]
    claim: Claim = "increase" if interval.value > 0 else "decrease"
    if grade == "none":
        claim = "inconclusive" if rng.random() < 0.7 else "no_meaningful_effect"
    shown = interval.mirrored if grade != "none" and interval.value < 0 else interval
    text = told(
        f"effect.{grade}_{claim}",
        outcome=told(f"outcome.{outcome}"),
        who=told(f"who.{question}"),
        value=unit.change(shown.value),
        span=unit.change_span(shown.low, shown.high),
        smallest=unit.change(2.5 * size),
        detectable=unit.change(2.1 * size),
        lacking=told("lacking.failed", names=told("check.pre_trend")),
    )
    key = f"{question}.{outcome}.effect"
    return Finding(key, question, outcome, claim, grade, interval, label, text)
