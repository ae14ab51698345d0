"""Floor 10: how long commands and estimates take and how much memory, beside baselines of the same
run.

Comes in: which pairs to measure, how often, and a data folder. Goes out: each pair as ``Timed``:
seconds, their ratio, whether its target is met, peak memory. What does not belong here: anything
that a report is made of; commands are started as a user starts them, and nothing of them is kept.
"""

from helpers.bench.estimates import EstimatesDiffer
from helpers.bench.pairs import ALL_ESTIMATES, COMMANDS, PAIRS, Pair, Side, Timed, named, timed
from helpers.bench.processes import CommandStopped, Spent
from helpers.bench.rounds import measure

__all__ = [
    "ALL_ESTIMATES",
    "COMMANDS",
    "CommandStopped",
    "EstimatesDiffer",
    "PAIRS",
    "Pair",
    "Side",
    "Spent",
    "Timed",
    "measure",
    "named",
    "timed",
]
