"""What is measured beside what, and what comes of the measured seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Final, Literal, get_args

from helpers.bench.processes import Spent

# In the order of a round: a rerun follows the cold year whose report it finds.
CommandSide = Literal[
    "papermill, notebook by notebook",
    "cold year",
    "unchanged rerun",
    "one corrected row",
    "five years",
    "check, the rows once",
    "check, ten times the rows",
]
# Whose estimate, of how many employees; the library's before ours, which is held against it.
EstimateSide = Literal[
    "library 1000",
    "estimate 1000",
    "library 10000",
    "estimate 10000",
    "library 100000",
    "estimate 100000",
    "library 1000000",
    "estimate 1000000",
]
Side = CommandSide | EstimateSide
COMMAND_SIDES: Final[tuple[CommandSide, ...]] = get_args(CommandSide)
ESTIMATE_SIDES: Final[tuple[EstimateSide, ...]] = get_args(EstimateSide)
SIDES: Final[tuple[Side, ...]] = (*COMMAND_SIDES, *ESTIMATE_SIDES)
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


COMMANDS: Final = (
    Pair("cold year", "cold year", "papermill, notebook by notebook", 0.25),
    Pair("unchanged rerun", "unchanged rerun", "cold year", 0.5, "seconds"),
    Pair("one corrected row", "one corrected row", "cold year", 0.25),
    Pair("five years", "five years", "cold year", 4),
    Pair("check", "check, ten times the rows", "check, the rows once", 10),
)
ESTIMATES: Final = (
    Pair("estimate 1000", "estimate 1000", "library 1000", 1.1),
    Pair("estimate 10000", "estimate 10000", "library 10000", 1.1),
    Pair("estimate 100000", "estimate 100000", "library 100000", 1.1),
    Pair("estimate 1000000", "estimate 1000000", "library 1000000", 1.1),
)
PAIRS: Final = (*COMMANDS, *ESTIMATES)
# What all estimates are asked for by.
ALL_ESTIMATES: Final = "estimates"


@dataclass(frozen=True, slots=True)
class Timed:
    """A pair as it was measured; medians over the rounds.

    Attributes
    ----------
    name, baseline : of the pair.
    seconds, baseline_seconds : by the clock on the wall, of the whole command or of the estimate
        alone.
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
    """The pairs asked for, in their own order; those of commands where none is named.

    Parameters
    ----------
    asked : names, with spaces, underscores or hyphens between their words; ``estimates`` for all of
        those.

    Raises
    ------
    KeyError : a name that none has.

    >>> [pair.name for pair in named(["check", "cold_year"])]
    ['cold year', 'check']
    """
    known = {ALL_ESTIMATES: ESTIMATES, **{pair.name: (pair,) for pair in PAIRS}}
    wanted = [pair for name in asked for pair in known[_plain(name)]]
    return tuple(pair for pair in PAIRS if pair in wanted) if asked else COMMANDS


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.strip().lower()))


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
