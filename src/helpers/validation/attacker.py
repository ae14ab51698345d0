"""An attacker who puts everything that was published into one linear programme, and asks between
which bounds a hidden figure must lie.

Source: the audit of suppressed tables, Fischetti and Salazar (2001), *Management Science* 47(7);
solved by HiGHS (``scipy.optimize.linprog``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog

# Solutions in other directions show most hidden figures open at once, before each is asked alone.
_DIRECTIONS: Final = 6
_TOLERANCE: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure that is not published, and what may count as having found it out.

    Parameters
    ----------
    name : what it is, in words that name nobody.
    at : the variables that it is the sum of.
    by : their coefficients.
    apart : the attacker has found it where the bounds are no further apart than this; below 1 for
        a count, in which case it is found where one whole number lies between them.
    whole : whether it is a count.
    truth : its value.
    """

    name: str
    at: np.ndarray
    by: np.ndarray
    apart: float
    whole: bool
    truth: float


@dataclass
class Programme:
    """Variables with bounds, and what is known of their sums."""

    low: list[np.ndarray] = field(default_factory=list)
    high: list[np.ndarray] = field(default_factory=list)
    size: int = 0
    equal: list[tuple[np.ndarray, np.ndarray, float]] = field(default_factory=list)
    at_most: list[tuple[np.ndarray, np.ndarray, float]] = field(default_factory=list)

    def variables(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """New variables between bounds; their places.

        Parameters
        ----------
        low, high : the bounds of each.
        """
        self.low.append(np.asarray(low, float))
        self.high.append(np.asarray(high, float))
        self.size += len(low)
        return np.arange(self.size - len(low), self.size)

    def known(self, at: np.ndarray, by: np.ndarray | float, value: float) -> None:
        """The sum of variables, each times its coefficient, is known.

        Parameters
        ----------
        at : the variables.
        by : their coefficients, or one for all.
        value : the sum.
        """
        self.equal.append((at, np.broadcast_to(np.asarray(by, float), at.shape), float(value)))

    def below(self, at: np.ndarray, by: np.ndarray | float, value: float) -> None:
        """The sum of variables, each times its coefficient, is at most so much.

        Parameters
        ----------
        at : the variables.
        by : their coefficients, or one for all.
        value : the most that the sum can be.
        """
        self.at_most.append((at, np.broadcast_to(np.asarray(by, float), at.shape), float(value)))

    def each_below(
        self, one: np.ndarray, two: np.ndarray, a: float, b: float, value: float
    ) -> None:
        """Of each pair of variables, ``a`` times the first and ``b`` times the second are at most
        so much together.

        Parameters
        ----------
        one, two : the variables of each pair.
        a, b : their coefficients.
        value : the most that each sum can be.
        """
        self.at_most += [
            (pair, np.array([a, b]), value) for pair in np.column_stack([one, two]).astype(int)
        ]

    def found(self, hidden: Sequence[Hidden], seed: int = 0) -> list[Hidden]:
        """Which hidden figures the attacker finds out.

        Parameters
        ----------
        hidden : what is sought.
        seed : of the directions in which all are asked at once.

        Raises
        ------
        RuntimeError : what is known contradicts itself, so that the programme, and not the
            publication, is wrong.
        """
        if not hidden:
            return []
        solve = _Solver(self)
        values = np.tile([np.inf, -np.inf], (len(hidden), 1))
        rng = np.random.default_rng(seed)
        for k in range(_DIRECTIONS):
            signs = (
                rng.choice([-1.0, 1.0], len(hidden)) if k > 1 else np.full(len(hidden), 1 - 2 * k)
            )
            x = solve.lowest(hidden, signs)
            for i, h in enumerate(hidden):
                v = float(x[h.at] @ h.by)
                values[i] = min(values[i, 0], v), max(values[i, 1], v)
        out = []
        for i, h in enumerate(hidden):
            if not _is_found(h, *values[i]):
                continue
            bounds = [float(solve.lowest([h], np.array([s]))[h.at] @ h.by) for s in (1.0, -1.0)]
            if _is_found(h, *bounds):
                out.append(h)
        return out


class _Solver:
    def __init__(self, programme: Programme) -> None:
        self.size = programme.size
        self.bounds = np.column_stack(
            [np.concatenate(programme.low), np.concatenate(programme.high)]
        )
        self.equal = _matrix(programme.equal, self.size)
        self.at_most = _matrix(programme.at_most, self.size)

    def lowest(self, hidden: Sequence[Hidden], signs: np.ndarray) -> np.ndarray:
        """The solution in which the figures, each times its sign, add up to least."""
        cost = np.zeros(self.size)
        for h, sign in zip(hidden, signs, strict=True):
            np.add.at(cost, h.at, sign * h.by)
        (a_eq, b_eq), (a_ub, b_ub) = self.equal, self.at_most
        told = linprog(
            cost, A_ub=a_ub, b_ub=b_ub, A_eq=a_eq, b_eq=b_eq, bounds=self.bounds, method="highs"
        )
        if told.x is None:
            raise RuntimeError(f"{told.status}: {told.message}")
        return np.asarray(told.x)


def _matrix(
    rows: Sequence[tuple[np.ndarray, np.ndarray, float]], size: int
) -> tuple[sp.csr_array | None, np.ndarray | None]:
    if not rows:
        return None, None
    at = np.concatenate([r[0] for r in rows])
    by = np.concatenate([r[1] for r in rows])
    line = np.repeat(np.arange(len(rows)), [len(r[0]) for r in rows])
    return sp.csr_array((by, (line, at)), (len(rows), size)), np.array([r[2] for r in rows])


def _is_found(hidden: Hidden, low: float, high: float) -> bool:
    if hidden.whole:
        return np.floor(high + _TOLERANCE) - np.ceil(low - _TOLERANCE) < 1
    return high - low <= hidden.apart + _TOLERANCE
