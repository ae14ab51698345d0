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
