"""The lot of everybody in a draw, by which anybody who has the list and the seed can repeat it."""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import numpy as np

# Before the seed of a draw that was made in another way, and of a row that its seed did not give.
UNRELATED: Final = "?"
MOVED: Final = "!"
# So many hexadecimal digits fill a whole number of 64 bits; they order lots as all digits do.
_DIGITS: Final = 16
# In standard errors: of draws that have nothing to do with their seed, one in some hundreds is
# beyond.
_BEYOND_CHANCE: Final = 3.0
# So many ways to fall make it no chance that lots and turns agree wholly.
_WAYS: Final = 300


def lot(key: str, seed: int | str) -> str:
    """A person's or a unit's lot: SHA-256 of ``seed:key`` in hexadecimal digits; the smallest comes
    first.

    Parameters
    ----------
    key : names whose lot it is outside this workspace, too: a NIP, or a unit's code.
    seed : of the draw.

    >>> lot("a", 1)[:8], lot("a", 2)[:8]
    ('4162fddd', 'f2b2fb62')
    """
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def places(keys: Sequence[str], seed: int | str, stratum: np.ndarray) -> np.ndarray:
    """Each one's place among the lots of its stratum; 0 is the smallest lot.

    Parameters
    ----------
    keys : as of `lot`.
    seed : of the draw.
    stratum : whole numbers, one a key.

    >>> places(["a", "b", "c"], 1, np.array([0, 0, 1])).tolist()
    [0, 1, 0]
    """
    lots = np.array([int(lot(k, seed)[:_DIGITS], 16) for k in keys], dtype=np.uint64)
    order = np.lexsort((lots, stratum))
    before = np.searchsorted(stratum[order], stratum[order])
    place = np.empty(len(order), dtype=int)
    place[order] = np.arange(len(order)) - before
    return place


def out_of_place(
    keys: Sequence[str], seed: int | str, stratum: np.ndarray, turn: np.ndarray
) -> np.ndarray | None:
    """Who must be taken out of a draw, as few as can be, for the rest to be what its seed gives: in
    every stratum nobody's turn comes before that of a smaller lot.

    Parameters
    ----------
    keys : as of `lot`.
    seed : of the draw.
    stratum : whole numbers, one a key.
    turn : whose comes first has the smallest number.

    Returns
    -------
    A mask; None where lots and turns go together no more than by chance, as in a draw that was made
    in another way, or in one of too few to tell.

    >>> keys, one = [str(i) for i in range(40)], np.zeros(40, int)
    >>> dealt = (places(keys, 7, one) >= 20).astype(int)
    >>> int(out_of_place(keys, 7, one, dealt).sum()), out_of_place(keys, 8, one, dealt)
    (0, None)
    >>> at = np.argsort(places(keys, 7, one))
    >>> dealt[at[[0, -1]]] = 1, 0
    >>> np.flatnonzero(out_of_place(keys, 7, one, dealt)).tolist() == sorted(at[[0, -1]])
    True
    """
    place = places(keys, seed, stratum)
    order = np.lexsort((place, stratum))
    out = np.ones(len(place), bool)
    for here in np.split(order, np.flatnonzero(np.diff(stratum[order])) + 1):
        out[here[_longest_rise(turn[here])]] = False
    if not out.any():
        return out if _ways(turn, stratum) >= _WAYS else None
    return out if _together(place, turn, stratum) > _BEYOND_CHANCE else None


def _longest_rise(values: np.ndarray) -> list[int]:
    """Positions of a longest part of a sequence that never falls: Schensted (1961), *Canadian
    Journal of Mathematics* 13.
    """
    ends: list[float] = []
    at_end: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        length = bisect_right(ends, value)
        before.append(at_end[length - 1] if length else -1)
        if length == len(ends):
            ends.append(float(value))
            at_end.append(at)
        else:
            ends[length], at_end[length] = float(value), at
    found, at = [], at_end[-1] if at_end else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]


def _ways(turn: np.ndarray, stratum: np.ndarray) -> float:
    """In how many ways the turns of each stratum could have fallen."""
    _, alike = np.unique(np.column_stack([stratum, turn]), axis=0, return_counts=True)
    _, of = np.unique(stratum, return_counts=True)
    logs = sum(math.lgamma(n + 1) for n in of) - sum(math.lgamma(n + 1) for n in alike)
    return math.exp(min(logs, 700.0))


def _together(place: np.ndarray, turn: np.ndarray, stratum: np.ndarray) -> float:
    """How far lots and turns go together, in standard errors of a permutation within strata:
    Strasser and Weber (1999), *Mathematical Methods of Statistics* 8.
    """
    _, of, size = np.unique(stratum, return_inverse=True, return_counts=True)

    def centred(values: np.ndarray) -> np.ndarray:
        return np.asarray(values - (np.bincount(of, values) / size)[of])

    a, b = centred(place), centred(turn)
    of_turns, of_places = np.bincount(of, b * b), np.bincount(of, a * a)
    variance = float((of_turns * of_places / np.maximum(1, size - 1)).sum())
    return float(a @ b) / variance**0.5 if variance > 0 else 0.0
