"""What an attacker does not know of each person, as variables of one programme, and what is sought
among them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.validation.attacker import Hidden, Programme

# A quantity: its column and the year.
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class GroupVariables:
    """People of one group, and the variables of one quantity of theirs."""

    label: str
    at: np.ndarray
    values: np.ndarray
    everyone: bool = False


@dataclass
class Equations:
    """The programme of a region's reports, and what they hide.

    ``places`` are the variables of each quantity, by person. ``alike`` are variables of people of
    whose whole shown group it is shown that something is true of nobody, or of everybody: what this
    tells of a part of them is no secret, but where that is sensitive.
    """

    programme: Programme = field(default_factory=Programme)
    places: dict[Key, pd.Series] = field(default_factory=dict)
    hidden: list[Hidden] = field(default_factory=list)
    alike: set[int] = field(default_factory=set)
    of_nobody: set[int] = field(default_factory=set)
    linked: set[tuple[Key, Key]] = field(default_factory=set)

    @property
    def sought(self) -> list[Hidden]:
        """What is hidden, and not told by a whole group of which all are alike."""
        return [h for h in self.hidden if not self.alike.issuperset(h.at.tolist())]

    def each_below(self, fewer: Key, more: Key, times: float = 1.0) -> None:
        """Nobody has more of one quantity than so many times of another.

        Parameters
        ----------
        fewer, more : the quantities; nothing is said where one of them is not known of anybody.
        times : how many of the other.
        """
        one, two = self.of_both(fewer, more)
        if (fewer, more) not in self.linked:
            self.linked.add((fewer, more))
            self.programme.each_below(one, two, 1.0, -times, 0.0)
        nobody = self.of_nobody
        nobody |= {int(a) for a, b in zip(one, two, strict=True) if b in nobody}
        self.alike |= nobody

    def not_both(self, one: Key, two: Key, most: float = 1.0) -> None:
        """Whoever has any of one quantity has nothing of another.

        Parameters
        ----------
        one, two : the quantities; nothing is said where one of them is not known of anybody.
        most : the most that anybody has of the first.
        """
        if (one, two) not in self.linked:
            self.linked.add((one, two))
            self.programme.each_below(*self.of_both(one, two), 1.0 / most, 1.0, 1.0)

    def of_both(self, one: Key, two: Key) -> tuple[np.ndarray, np.ndarray]:
        """The variables of two quantities, of the people who have both.

        Parameters
        ----------
        one, two : the quantities.
        """
        first, second = self.places.get(one), self.places.get(two)
        if first is None or second is None:
            return np.empty(0, int), np.empty(0, int)
        both = first.index.intersection(second.index)
        return first[both].to_numpy(), second[both].to_numpy()
