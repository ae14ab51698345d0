"""Floor 10: how long the commands take and how much memory, beside baselines of the same run.

Comes in: which pairs to measure, how often, and a data folder. Goes out: each pair as ``Timed``:
seconds, their ratio, whether its target is met, peak memory. What does not belong here: anything
that a report is made of; commands are started as a user starts them, and nothing of them is kept.
"""

from helpers.bench.pairs import PAIRS, Pair, Side, Timed, named, timed
from helpers.bench.processes import CommandStopped, Spent
from helpers.bench.rounds import measure

__all__ = [
    "CommandStopped",
    "PAIRS",
    "Pair",
    "Side",
    "Spent",
    "Timed",
    "measure",
    "named",
    "timed",
]
