"""The names of the checks of a design, and what the figure of each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

CheckName = Literal[
    "interval",
    "clusters",
    "randomisation",
    "pre_trend",
    "dip",
    "pre_trend_power",
    "bounds_training_year",
    "bounds_two_years",
    "robust_inside",
    "within_unit",
    "symmetric",
    "own_line",
    "near_threshold",
    "placebo_date",
    "placebo_outcomes",
    "placebo_people",
    "confounder",
    "detectable_effect",
    "attrition",
    "whoever_left",
    "movers",
    "displacement",
    "breakdown",
    "balance",
    "overlap",
    "events_per_variable",
    "spillover",
    "replayed_draw",
    "drawn_alike",
    "drawn_losses",
    "drawn_losses_wide",
    "followed_lot",
    "drawn_colleagues",
    "drawn_by_seed",
]
FigureKind = Literal["outcome", "below", "share", "r2", "drift", "sd", "count", "points", "p"]
# What the figure of a check is; of those not named here it is a p-value, and ``below`` is an amount
# that its threshold, in the same unit, keeps small.
FIGURE_KINDS: Final[Mapping[CheckName, FigureKind]] = {
    "clusters": "count",
    "pre_trend_power": "share",
    "bounds_training_year": "outcome",
    "bounds_two_years": "outcome",
    "robust_inside": "below",
    "near_threshold": "share",
    "confounder": "r2",
    "detectable_effect": "below",
    "breakdown": "drift",
    "balance": "sd",
    "overlap": "share",
    "events_per_variable": "count",
    "attrition": "points",
    "whoever_left": "outcome",
    "movers": "outcome",
    "drawn_losses": "points",
    "drawn_losses_wide": "points",
    "followed_lot": "share",
    "drawn_by_seed": "share",
}
