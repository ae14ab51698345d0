"""Seats drawn by lot within strata, so that next year those drawn can be compared with the others.

A draw that sets the two far apart by chance is drawn again, by a bound that was stated before; so
that anybody can repeat it, the number of the draw stands beside its seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts.lots import places

MOST_DRAWS: Final = 2000


@dataclass(frozen=True, slots=True)
class SeatsDrawn:
    """One draw.

    ``people`` has a row a person: ``stratum`` and ``drawn`` (yes or no). ``seed`` is the seed as
    the lots were made with it, the number of the draw behind it unless it was the first.
    ``apart`` is how far those drawn are from the others in each trait, in standard deviations; and
    ``draws`` how many draws it took.
    """

    people: pd.DataFrame
    seed: str
    apart: pd.Series
    draws: int

    @property
    def farthest(self) -> float:
        """The largest distance in any trait, in standard deviations."""
        return float(self.apart.abs().max()) if len(self.apart) else 0.0

    def by_stratum(self) -> pd.DataFrame:
        """People and seats of each stratum."""
        by = self.people.groupby("stratum")["drawn"]
        return pd.DataFrame({"people": by.size(), "seats": by.sum()})

    def __repr__(self) -> str:
        seats = int(self.people["drawn"].sum())
        return f"SeatsDrawn({seats} of {len(self.people)}, seed {self.seed}, draw {self.draws})"


def allotted(of: pd.Series, seats: int) -> pd.Series:
    """Seats of each stratum, in proportion to its people; what is left over goes to the largest
    remainders, of equal ones to the larger stratum.

    Parameters
    ----------
    of : each person's stratum.
    seats : from 0 to as many as there are people.
    """
    sizes = of.value_counts().sort_index()
    fair = sizes * seats / len(of)
    found = fair.astype(int)
    order = pd.DataFrame({"rest": fair - found, "size": sizes}).sort_values(
        ["rest", "size"], ascending=False, kind="stable"
    )
    found[order.index[: seats - int(found.sum())]] += 1
    return found


def draw(
    people: pd.DataFrame, keys: pd.Series, alike: pd.DataFrame, seats: int, seed: int, bound: float
) -> SeatsDrawn:
    """The first draw that sets nobody further apart than the bound.

    Parameters
    ----------
    people : one row a person, with ``stratum``.
    keys : a text for each person that does not depend on this workspace, such as the NIP.
    alike : traits of the same rows, as numbers without gaps.
    seats : more than none, and fewer than there are people.
    seed : of the lots.
    bound : the largest difference of a trait's means that is allowed, in standard deviations.

    Returns
    -------
    The nearest of `MOST_DRAWS` draws where none of them keeps the bound.

    Raises
    ------
    ValueError : no seat, or a seat for everybody.

    Source: Morgan and Rubin (2012), *Annals of Statistics* 40(2): rerandomisation.
    """
    if not 0 < seats < len(people):
        raise ValueError(seats)
    spread = alike.std(ddof=0)
    scaled = ((alike - alike.mean()) / spread.where(spread > 0, 1.0)).to_numpy(float)
    stratum, names = pd.factorize(people["stratum"], sort=True)
    whose = list(keys)
    room = allotted(people["stratum"], seats).loc[names].to_numpy()[stratum]
    nearest, nearest_of, number = np.inf, "", 0
    while nearest > bound and number < MOST_DRAWS:
        number += 1
        written = _numbered(seed, number)
        farthest = float(
            np.abs(_apart(scaled, _drawn(whose, written, stratum, room))).max(initial=0)
        )
        if farthest < nearest:
            nearest, nearest_of = farthest, written
    drawn = _drawn(whose, nearest_of, stratum, room)
    made = pd.DataFrame({"stratum": people["stratum"], "drawn": drawn}, index=people.index)
    apart = pd.Series(_apart(scaled, drawn), index=alike.columns)
    return SeatsDrawn(made, nearest_of, apart, number)


def _numbered(seed: int, number: int) -> str:
    """The seed of one draw; the first one's is the seed itself, as of every other lot."""
    return f"{seed}" if number == 1 else f"{seed}/{number}"


def _drawn(keys: Sequence[str], seed: str, stratum: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Whether each person's lot is among the smallest of the stratum, as many as it has seats."""
    return np.asarray(places(keys, seed, stratum) < room)


def _apart(scaled: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    return np.asarray(scaled[drawn].mean(axis=0) - scaled[~drawn].mean(axis=0))
