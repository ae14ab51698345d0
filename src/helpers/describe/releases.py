"""What two years' reports side by side would tell: a figure that grows from year to year differs
from last year's by the people added since.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers import measures
from helpers.contracts import INDICATOR_COLUMNS


def last_release(known: pd.Series, people: pd.Series, year: int, small_cell: int) -> int | None:
    """The last year before this one whose report shows a figure that counts everyone so far.

    A year to which fewer people than may be told of were added is passed over: its report hides
    the figure, and the next year's is held against the report before.

    Parameters
    ----------
    known : the year in which each row became known.
    people : whose row it is, in the same order.
    year : the report's own.
    small_cell : the fewest people that a shown figure may describe.

    Returns
    -------
    None where no earlier report shows anything.
    """
    last: int | None = None
    for at in range(int(known.min()) if len(known) else year, year):
        added = people[(known <= at) & (known > (-1 if last is None else last))].nunique()
        if added >= small_cell or (last is not None and not added):
            last = at
    return last


def moved(now: pd.DataFrame, before: pd.DataFrame, by: str, what: Sequence[str]) -> pd.Series:
    """How many people make the difference between two reports, by group.

    Parameters
    ----------
    now, before : what each report rests on, with ``pegawai_id``; rows may have come, gone, changed
        or got into another group.
    by : the column that makes the groups.
    what : columns that a figure is made of; rows without one of them are not counted.
    """
    columns = list(dict.fromkeys(["pegawai_id", by, *what]))
    both = now[columns].dropna().merge(before[columns].dropna(), how="outer", indicator=True)
    return both[both["_merge"] != "both"].groupby(by)["pegawai_id"].nunique()


def told_by_two(indicators: pd.DataFrame, added: pd.Series, small_cell: int) -> pd.Series:
    """Which rows of indicators.csv would tell of few people beside those of the report before.

    Parameters
    ----------
    indicators : rows of one year; a total is the row of ``group_by`` ``all``.
    added : the people who make the difference, by ``indicator``, ``group_by`` and ``group``; nobody
        where a row is not named.
    small_cell : the fewest people that may be told of.

    Returns
    -------
    True where a row must be hidden: its own people are few, or they would be what the total leaves.
    """
    keys = ["indicator", "group_by", "group"]
    at = pd.MultiIndex.from_frame(indicators[keys])
    people = pd.Series(added.reindex(at).fillna(0).to_numpy(float), index=indicators.index)
    # Groups to which nobody was added say what they said before.
    some = indicators[people > 0].assign(n=people[people > 0])
    hidden = pd.Series(False, index=indicators.index)
    if len(some):
        shown = measures.suppress(some[list(INDICATOR_COLUMNS)], small_cell)
        hidden[some.index] = shown["n"].isna().to_numpy()
    return hidden
