"""Which groups of a total are hidden: the small ones, and as many more as the total would tell of.

What `disclosure` guarantees is worked out here for the groups of one year and indicator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The rows of one year and indicator: how many people are in each, of how many of them its
    value is true, which rows are of everyone, and which make up each ``group_by``.
    """

    people: np.ndarray
    hits: np.ndarray
    everyone: np.ndarray
    parts: tuple[np.ndarray, ...]

    def __repr__(self) -> str:
        return f"Groups({len(self.people)} in {len(self.parts)} parts)"

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Groups:
        """The groups of some rows of indicators.csv.

        Parameters
        ----------
        rows : of one year and indicator.
        """
        people, value = rows["n"].to_numpy(float), rows["value"].to_numpy(float)
        by = rows["group_by"].to_numpy(object)
        named = dict.fromkeys(by)
        return cls(
            people,
            np.round(value * people),
            np.flatnonzero(by == "all"),
            tuple(np.flatnonzero(by == name) for name in named if name != "all"),
        )


def of_amounts(
    groups: Groups,
    forced: np.ndarray,
    small_cell: int,
    *,
    apart: np.ndarray,
    sensitive: bool = False,  # noqa: ARG001  of shares
) -> np.ndarray:
    """Which rows are hidden for the number of their people alone.

    Parameters
    ----------
    groups : of one year and indicator.
    forced : rows that are hidden in any case.
    small_cell : the fewest people that a shown figure may describe.
    apart : rows that are held apart from another column, and leave as many others open.
    sensitive : nothing to an amount.
    """
    people = groups.people
    hidden = (people < small_cell) | forced | apart
    everyone = groups.everyone[~hidden[groups.everyone]]
    whole = float(people[everyone[0]]) if len(everyone) else None
    for part in groups.parts:
        held = people[part][apart[part]]
        safe = enough(people[part], small_cell, whole, float(np.nan_to_num(held).max(initial=0.0)))
        hidden[part] = widened(hidden[part], people[part], safe)
    return hidden


def enough(
    people: np.ndarray, small_cell: int, whole: float | None, apart: float = 0.0
) -> Callable[[np.ndarray], bool]:
    """Whether what is hidden together, with people of no known group, is itself large enough, and
    leaves enough others open beside a group held ``apart``: the total less the shown is all a
    reader has.

    Parameters
    ----------
    people : in each group.
    small_cell : the fewest people that a shown figure may describe.
    whole : how many people the shown total is of; None where none is shown.
    apart : the most people in a group that is held apart.

    Returns
    -------
    The question, of a mask of groups.
    """
    beside = 0.0 if whole is None else apart
    counted = np.nan_to_num(people)
    overlap = whole is not None and counted.sum() > whole

    def safe(gone: np.ndarray) -> bool:
        hidden = float(counted[gone].sum())
        left = hidden if whole is None else whole - float(counted[~gone].sum())
        # Who is in several groups (a form answers nine unsur) leaves the total more than once.
        sums = (hidden, left) if overlap else (left,)
        return all(n <= 0 or n >= small_cell + beside for n in sums)

    return safe


def of_shares(
    groups: Groups,
    forced: np.ndarray,
    small_cell: int,
    *,
    apart: np.ndarray,
    sensitive: bool,
) -> np.ndarray:
    """Which rows are hidden for the number of their people, or of those it is true or untrue of.

    Parameters
    ----------
    groups : of one year and indicator.
    forced : rows that are hidden in any case.
    small_cell : the fewest people that a shown figure may describe, or be true or untrue of.
    apart : rows that are held apart from another column, and leave as many others open.
    sensitive : whether a share is hidden even where it is true of nobody or of everybody.
    """
    people, hits = groups.people, groups.hits
    own = _tells_of_few(people, hits, small_cell, sensitive) | apart
    hidden = own | of_amounts(groups, forced, small_cell, apart=apart)
    everyone = groups.everyone[~hidden[groups.everyone]]
    if not len(everyone):
        return hidden
    whole, true = float(people[everyone[0]]), float(hits[everyone[0]])
    if true in (0, whole):
        # A total of nobody or everybody is shown for what it is: it tells the same of each group.
        return hidden
    for part in groups.parts:
        # People of no known group are one more group, which is never shown.
        unknown = np.array([whole - np.nansum(people[part])])
        unknown_hits = np.array([true - np.nansum(hits[part])])
        few = _tells_of_few(unknown, unknown_hits, small_cell, sensitive) & (unknown > 0)
        guarded = np.concatenate([people[part][own[part]], unknown[few]])
        safe = _untold(people[part], hits[part], guarded, whole, true, small_cell)
        hidden[part] = widened(hidden[part], people[part], safe)
    return hidden


def _tells_of_few(
    people: np.ndarray, hits: np.ndarray, small_cell: int, sensitive: bool
) -> np.ndarray:
    """Which groups are few by themselves, or have few of whom it is true or untrue."""
    own = people < small_cell
    for side in (hits, people - hits):
        own = own | ((side >= (0 if sensitive else 1)) & (side <= small_cell - 1))
    return own


def _untold(
    people: np.ndarray,
    hits: np.ndarray,
    guarded: np.ndarray,
    whole: float,
    true: float,
    small_cell: int,
) -> Callable[[np.ndarray], bool]:
    """Whether the total, less the shown groups, leaves enough open of the groups that are hidden
    for their own sake.

    Parameters
    ----------
    people, hits : by group, how many there are, and of how many of them it is true.
    guarded : how many people are in each group that is hidden for its own sake.
    whole, true : the same of everyone; people of no known group are hidden in any case.
    """
    counted, true_of = np.nan_to_num(people), np.nan_to_num(hits)
    wanted = np.minimum(np.minimum(guarded, whole - guarded), small_cell)

    def safe(gone: np.ndarray) -> bool:
        left, left_true = whole - counted[~gone].sum(), true - true_of[~gone].sum()
        fewest = np.maximum(0, left_true - (left - guarded))
        most = np.minimum(guarded, left_true)
        return bool((most - fewest >= wanted).all())

    return safe


def widened(
    hidden: np.ndarray, people: np.ndarray, safe: Callable[[np.ndarray], bool]
) -> np.ndarray:
    """What is hidden, and the smallest group that makes it safe; where none does alone, the
    smallest and so on.

    Parameters
    ----------
    hidden : groups that are hidden in any case.
    people : in each group.
    safe : whether a mask of hidden groups tells of none.
    """
    gone = hidden.copy()
    smallest_first = np.argsort(people, kind="stable")
    places = np.arange(len(gone))
    while not gone.all() and not safe(gone):
        shown = smallest_first[~gone[smallest_first]]
        enough = (at for at in shown if safe(gone | (places == at)))
        gone[next(enough, shown[0])] = True
    return gone
