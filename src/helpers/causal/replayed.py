"""A draw dealt again: the same seats in the same strata, within the same bound, as often as one
likes.

Source: Fisher (1935); Morgan and Rubin (2012), *Annals of Statistics* 40(2), for draws that keep a
bound.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts.lottery import Lottery

# Draws that are dealt at a time, and how many are dealt at most for each that keeps the bound.
_AT_A_TIME: Final = 500
_TRIES: Final = 100
# With fewer draws that keep the bound, its distribution is not known well enough.
_FEWEST: Final = 199


def replay(lottery: Lottery, draws: int, seed: int) -> np.ndarray:
    """Who would have been drawn, one column a draw.

    A bound that this very draw does not keep was not asked for; one that hardly any draw keeps is
    passed over, which makes intervals wider and never narrower.

    Parameters
    ----------
    lottery : the draw; of an order, its turns are dealt again within their strata.
    draws : how many.
    seed : of the draws dealt again.

    Returns
    -------
    Ones and zeros, people by draws; fewer draws than asked for where few keep the bound, none where
    all were drawn or nobody.
    """
    rng = np.random.default_rng(seed)
    if lottery.turns is not None:
        return _dealt_turns(rng, lottery.frame, lottery.turns, draws)
    drawn = lottery.frame["drawn"].to_numpy(float)
    stratum = np.unique(lottery.frame["stratum"].astype(str), return_inverse=True)[1]
    traits = _standardised(lottery.traits.to_numpy(float))
    if drawn.min(initial=1) == drawn.max(initial=0):
        return np.empty((len(drawn), 0))
    bounded = apart(traits, drawn[:, None])[0] <= lottery.bound
    kept: list[np.ndarray] = []
    tries = draws * _TRIES if bounded else draws
    for _ in range(0, tries, _AT_A_TIME):
        dealt = _dealt(rng, drawn, stratum, _AT_A_TIME)
        if bounded:
            dealt = dealt[:, apart(traits, dealt) <= lottery.bound]
        kept.append(dealt)
        if sum(k.shape[1] for k in kept) >= draws:
            break
    found = np.hstack(kept)[:, :draws]
    if found.shape[1] < min(_FEWEST, draws):
        return _dealt(rng, drawn, stratum, draws)
    return found


def apart(traits: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """How far the drawn of each draw are from the others in the trait in which they are farthest.

    Parameters
    ----------
    traits : people by traits.
    drawn : people by draws, ones and zeros.
    """
    seats = drawn.sum(axis=0)
    of_drawn = traits.T @ drawn / seats
    of_others = traits.T @ (1 - drawn) / (len(drawn) - seats)
    return np.abs(of_drawn - of_others).max(axis=0, initial=0.0)


def share_as_large(of_draws: np.ndarray, own: float) -> float:
    """The p-value of a statistic among those of the draws dealt again, the very draw among them.

    Parameters
    ----------
    of_draws : one value a draw.
    own : of the very draw.

    Source: Phipson and Smyth (2010), *Statistical Applications in Genetics and Molecular Biology*
    9(1).
    """
    return (1 + int((of_draws >= own - 1e-12).sum())) / (1 + len(of_draws))


def _standardised(traits: np.ndarray) -> np.ndarray:
    spread = traits.std(axis=0)
    return (traits - traits.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


def _dealt(
    rng: np.random.Generator, drawn: np.ndarray, stratum: np.ndarray, draws: int
) -> np.ndarray:
    """Seats, or turns, dealt again within strata."""
    found = np.empty((len(drawn), draws))
    for of in range(stratum.max() + 1):
        who = np.flatnonzero(stratum == of)
        found[who] = rng.permuted(np.repeat(drawn[who, None], draws, axis=1), axis=0)
    return found


def _dealt_turns(
    rng: np.random.Generator, rows: pd.DataFrame, turns: pd.DataFrame, draws: int
) -> np.ndarray:
    """Turns dealt again within strata: whether each unit's turn would have come in each year."""
    stratum = np.unique(turns["stratum"].astype(str), return_inverse=True)[1]
    dealt = _dealt(rng, turns["turn"].to_numpy(float), stratum, draws)
    at = turns.index.get_indexer(pd.Index(rows["entity"]))
    return (dealt[at] <= rows["year"].to_numpy(float)[:, None]).astype(float)
