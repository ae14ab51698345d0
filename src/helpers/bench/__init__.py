"""Beside the floors: how long the product takes and how much memory, as ratios against named
baselines that are measured in the same run.

Comes in: which measurements, how often, on which data. Goes out: ``Ratio`` rows. What does not
belong here: making anything faster, a limit that a test would hold, and words.
"""

from helpers.bench.in_turns import Ratio, ratios
from helpers.bench.sides import NAMES

__all__ = ["NAMES", "Ratio", "ratios"]
