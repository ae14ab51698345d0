"""What is measured beside what, and what comes of the measured seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Final, Literal, get_args

from helpers.bench.processes import Spent

# In the order of a round: a rerun follows the cold year whose report it finds.
Side = Literal[
    "papermill, notebook by notebook",
    "cold year",
    "unchanged rerun",
    "one corrected row",
    "five years",
    "check, the rows once",
    "check, ten times the rows",
]
SIDES: Final[tuple[Side, ...]] = get_args(Side)
# Digits after the point of what is told; the target is held against what is told.
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that are measured in turns.

    Attributes
    ----------
    name : of the pair, which is asked for by it.
    side : what is measured.
    baseline : what it is measured against.
    target : the most that the ratio may be; the seconds of the side, which are to be fewer, where
        ``target_of`` says so.
    target_of : what the target is of.
    """

    name: str
    side: Side
    baseline: Side
    target: float
    target_of: Literal["ratio", "seconds"] = "ratio"

    @property
    def asked_as(self) -> str:
        """The name as it is typed, in one word."""
        return self.name.replace(" ", "_")


PAIRS: Final = (
    Pair("cold year", "cold year", "papermill, notebook by notebook", 0.25),
    Pair("unchanged rerun", "unchanged rerun", "cold year", 0.5, "seconds"),
    Pair("one corrected row", "one corrected row", "cold year", 0.25),
    Pair("five years", "five years", "cold year", 4),
    Pair("check", "check, ten times the rows", "check, the rows once", 10),
)


@dataclass(frozen=True, slots=True)
class Timed:
    """A pair as it was measured; medians over the rounds.

    Attributes
    ----------
    name, baseline : of the pair.
    seconds, baseline_seconds : by the clock on the wall.
    ratio : of the two.
    target, target_of : of the pair.
    met : whether the target is.
    peak_mb, baseline_peak_mb : the resident memory of all processes together where it was most, in
        MB; None where this system does not tell.
    rounds : how often each side was measured.
    """

    name: str
    baseline: str
    seconds: float
    baseline_seconds: float
    ratio: float
    target: float
    target_of: str
    met: bool
    peak_mb: float | None
    baseline_peak_mb: float | None
    rounds: int

    def record(self) -> dict[str, object]:
        """As programs read it."""
        return asdict(self)


def named(asked: Sequence[str]) -> tuple[Pair, ...]:
    """The pairs asked for, in their own order; all where none is named.

    Parameters
    ----------
    asked : names, with spaces, underscores or hyphens between their words.

    Raises
    ------
    KeyError : a name that none has.

    >>> [pair.name for pair in named(["check", "cold_year"])]
    ['cold year', 'check']
    """
    known = {pair.name: pair for pair in PAIRS}
    wanted = {known[" ".join(re.split(r"[\s_-]+", name.strip().lower()))].name for name in asked}
    return tuple(pair for pair in PAIRS if not asked or pair.name in wanted)


def timed(pair: Pair, costs: Mapping[Side, Sequence[Spent]]) -> Timed:
    """A pair from what each of its sides cost.

    Parameters
    ----------
    pair : which.
    costs : of each side, one a round.
    """
    of, against = costs[pair.side], costs[pair.baseline]
    seconds, baseline = (median(c.seconds for c in side) for side in (of, against))
    ratio, seconds = round(seconds / baseline, _DIGITS), round(seconds, _DIGITS)
    return Timed(
        name=pair.name,
        baseline=pair.baseline,
        seconds=seconds,
        baseline_seconds=round(baseline, _DIGITS),
        ratio=ratio,
        target=pair.target,
        target_of=pair.target_of,
        met=seconds < pair.target if pair.target_of == "seconds" else ratio <= pair.target,
        peak_mb=_peak(of),
        baseline_peak_mb=_peak(against),
        rounds=len(of),
    )


def _peak(costs: Sequence[Spent]) -> float | None:
    """The median, as of the seconds; none where a round has none."""
    known = [c.peak_mb for c in costs if c.peak_mb is not None]
    return round(median(known), 1) if known and len(known) == len(costs) else None
