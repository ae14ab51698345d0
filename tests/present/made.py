"""Answers made by hand, with some figures hidden, and what was drawn of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.contracts import About, Answer, Check, Estimate, Finding, Interval, Text
from helpers.present import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Drawn:
    """A finished picture and the figure that it was made of."""

    figure: Figure
    picture: Picture

    @property
    def axes(self) -> Axes:
        (only,) = self.figure.axes
        return only

    def lines(self) -> list[np.ndarray]:
        """Lines of data as rows of x and y; lines across the whole picture are not data."""
        return [line.get_xydata() for line in self.axes.lines if _is_data(self.axes, line)]

    def points(self) -> np.ndarray:
        """Every marked point, x and y."""
        data = [line for line in self.axes.lines if _is_data(self.axes, line)]
        marked = [d.get_xydata() for d in data if d.get_marker() in ("o", "s")]
        return np.vstack(marked) if marked else np.empty((0, 2))

    def spans(self) -> list[np.ndarray]:
        """The lines of the intervals, each from its low to its high end."""
        from matplotlib.collections import LineCollection

        found = [c for c in self.axes.collections if isinstance(c, LineCollection)]
        return [np.asarray(s) for c in found for s in c.get_segments()]

    def notes(self) -> list[str]:
        """What stands beside the data."""
        return [text.get_text() for text in self.axes.texts]

    def names(self, axis: str = "y") -> list[str]:
        """Tick labels from the lowest to the highest."""
        which = self.axes.yaxis if axis == "y" else self.axes.xaxis
        return [label.get_text() for label in which.get_ticklabels()]

    def words(self) -> list:
        """Every text that a reader sees."""
        axes = self.axes
        found = [*axes.texts, axes.xaxis.label, axes.yaxis.label, axes.title]
        for axis, (low, high) in (
            (axes.xaxis, sorted(axes.get_xlim())),
            (axes.yaxis, sorted(axes.get_ylim())),
        ):
            ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            found += [label for at, label in ticks if low <= at <= high]
        return [text for text in found if text.get_visible() and text.get_text().strip()]


def _is_data(axes: Axes, line) -> bool:
    return line.get_transform() == axes.transData


def indicators(
    name: str,
    values: dict[int, tuple[float, float, float]],
    label: str,
    group_by: str = "all",
    group: str = "all",
) -> pd.DataFrame:
    """Rows of one indicator by year."""
    frame = pd.DataFrame(values.values(), columns=["value", "ci_low", "ci_high"])
    frame.insert(0, "year", list(values))
    frame["n"] = np.where(frame["value"].isna(), nan, 40.0)
    words = {"indicator": name, "group_by": group_by, "group": group, "unit_label": label}
    order = ["year", "indicator", "group_by", "group", "value", "ci_low", "ci_high", "n"]
    return frame.assign(**words)[[*order, "unit_label"]]


def answer(*rows: pd.DataFrame, **parts: object) -> Answer:
    """An answer of 2024 with these indicators."""
    joined = {"indicators": pd.concat(rows, ignore_index=True)} if rows else {}
    return Answer("satisfaction_trends", 2024, Text("Naik.", "It rose."), **joined, **parts)


def shares(group_by: str, **groups: tuple[float, float, float, float]) -> pd.DataFrame:
    """Shares of groups: value, low, high and n."""
    columns = ["value", "ci_low", "ci_high", "n"]
    frame = pd.DataFrame(groups.values(), columns=columns, dtype=float)
    frame.insert(0, "group_by", group_by)
    frame.insert(1, "group", list(groups))
    return frame


def estimate(role: str, value: float, outcome: str = "output_per_day", **about: object) -> Estimate:
    """An estimate whose interval is not the same on both sides."""
    label = "IKM points" if outcome in ("ikm", "waktu", "biaya", "perilaku") else "output/day"
    return Estimate(
        About("productivity", outcome, label, 2024, horizon=about.get("horizon")),
        Interval(value, value - 0.2, value + 0.3, 0.1, 900),
        role,
        "att",
        about.get("estimator", "doubly_robust"),
        baseline_mean=8.0,
        n_treated=1234,
        n_control=56,
        n_clusters=40,
    )


def finding(outcome: str = "output_per_day", grade: str = "weak") -> Finding:
    checks = (
        Check("interval", 0.0004, 0.05, True),
        Check("pre_trend", 0.0431, 0.05, False),
        Check("bounds_training_year", 0.43, 0.0, True),
        Check("pre_trend_power", 0.713, 0.8, False),
        Check("placebo_date", nan, nan, None),
    )
    text = Text(f"Tentang {outcome}.", f"On {outcome}.")
    key = f"productivity.{outcome}.effect"
    found = Interval(0.4, 0.2, 0.7)
    return Finding(key, "productivity", outcome, "increase", grade, found, "", text, checks)
