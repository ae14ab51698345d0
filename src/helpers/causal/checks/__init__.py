"""Checks of a design's assumptions: each sees all the fits of one outcome, by role, and gives its
figure, its threshold and whether it passed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from helpers.causal.checks.agreement import same_sign, without_near_threshold
from helpers.causal.checks.bounds import bounded, breakdown_value
from helpers.causal.checks.colleagues import untrained_colleagues
from helpers.causal.checks.confounding import confounder
from helpers.causal.checks.leads import dip, pre_trend, pre_trend_power
from helpers.causal.checks.leaving import attrition, movers, whoever_left
from helpers.causal.checks.likeness import balance, events_per_variable, overlap
from helpers.causal.checks.placebos import fake_date, placebo_outcomes, placebo_people
from helpers.causal.checks.zero import (
    dealt_again,
    enough_clusters,
    interval_excludes_zero,
    smallest_detectable,
)
from helpers.causal.fit import Fits
from helpers.contracts import Check

# The order is that of the report.
CHECKS: Final[tuple[Callable[[Fits], tuple[Check, ...]], ...]] = (
    interval_excludes_zero,
    enough_clusters,
    dealt_again,
    pre_trend,
    dip,
    pre_trend_power,
    bounded,
    same_sign,
    without_near_threshold,
    fake_date,
    placebo_outcomes,
    confounder,
    smallest_detectable,
    # No cause is named where one of these fails.
    attrition,
    whoever_left,
    movers,
    untrained_colleagues,
    # Told beside the rule, of the main outcome; no grade rests on them.
    placebo_people,
    breakdown_value,
    balance,
    overlap,
    events_per_variable,
)

__all__ = ["CHECKS"]
