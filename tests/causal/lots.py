"""A draw for seats whose truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.causal.by_lot import Drawing
from helpers.contracts import SmallestEffect
from helpers.contracts.lottery import Lottery


def lottery(
    seed: int = 0,
    n: int = 240,
    *,
    gain: float = 0.5,
    comes: float = 0.7,
    bound: float = 9.0,
    carried: float = 0.7,
) -> Lottery:
    """A draw of a third of each of three strata; who is drawn and comes gains."""
    rng = np.random.default_rng(seed)
    stratum = np.array(["a", "b", "c"])[rng.choice(3, n, p=[0.5, 0.3, 0.2])]
    usual = rng.normal(6, 1, n) + 0.5 * (stratum == "b")
    trait = usual + rng.normal(size=n)
    for _ in range(2000):
        lot = rng.random(n)
        drawn = (pd.Series(lot).groupby(stratum).rank(pct=True) <= 1 / 3).to_numpy(int)
        distance = (trait[drawn == 1].mean() - trait[drawn == 0].mean()) / trait.std()
        if abs(distance) <= bound:
            break
    came = drawn * (rng.random(n) < comes)
    frame = pd.DataFrame(
        {
            "entity": np.arange(n),
            "stratum": stratum,
            "cluster": np.arange(n) % 12,
            "drawn": drawn,
            "came": came,
            "before": usual + rng.normal(0, 0.5, n),
            "after": carried * usual + gain * came + rng.normal(0, 0.5, n),
        }
    )
    return Lottery(frame, pd.DataFrame({"trait": trait}), bound, 2024, "output", "output/day")


def asked(held: Lottery, draws: int = 499) -> Drawing:
    return Drawing(held, 2024, SmallestEffect(0.2), draws=draws, seed=7)


def order(
    seed: int = 0, units: int = 24, years: int = 2, *, gain: float = 3.0, comes: float = 1.0
) -> Lottery:
    """A draw of the order of units, a third of them a year; whose turn has come gains, if enough of
    its staff come. Units keep to their level, and all move together from year to year.
    """
    rng = np.random.default_rng(seed)
    stratum = np.array(["a", "b"])[np.arange(units) % 2]
    turn = np.empty(units, int)
    for one in ("a", "b"):
        who = np.flatnonzero(stratum == one)
        turn[who] = 2024 + rng.permutation(np.arange(len(who)) % (years + 1))
    usual = rng.normal(0, 3, units) + 2 * (stratum == "b")
    reached = rng.random(units) < comes
    before = usual + rng.normal(0, 2, units)
    rows = []
    for year in range(2024, 2024 + years):
        drawn = turn <= year
        moved = 5 * (year - 2023) + rng.normal(0, 2, units)
        rows.append(
            pd.DataFrame(
                {
                    "entity": np.arange(units),
                    "year": year,
                    "stratum": [f"{s} {year}" for s in stratum],
                    "cluster": np.arange(units) % 6,
                    "drawn": drawn.astype(int),
                    "came": (drawn & reached).astype(int),
                    "before": before,
                    "after": usual + moved + gain * (drawn & reached),
                }
            )
        )
    frame = pd.concat(rows, ignore_index=True)
    traits = pd.DataFrame({"before": frame["before"]})
    turns = pd.DataFrame({"stratum": stratum, "turn": turn})
    return Lottery(frame, traits, np.inf, 2024, "staff_unsur", "IKM points", turns)
