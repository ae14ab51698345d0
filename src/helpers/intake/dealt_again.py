"""Whether a draw as it was handed in is the one that its seed gives: the lots are dealt again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from helpers.contracts.fault_words import CHANGED_DRAW
from helpers.contracts.lots import MOVED, UNRELATED, out_of_place
from helpers.intake.ledger import Ledger

# Of each draw: who is drawn or when, by whose name the lots are dealt, and what comes first.
_TURNS: Final[dict[str, tuple[str, str, Mapping[str, int] | None]]] = {
    "undian": ("terpilih", "_order", {"ya": 0, "tidak": 1}),
    "undian_unit": ("giliran", "kode_unit", None),
}


def marks(frame: pd.DataFrame, table: str, ledger: Ledger) -> pd.Series:
    """What dealing the lots again says of each row; a row that its seed did not give is warned of.

    Whoever is missing from a draw changes nobody else's place.

    Parameters
    ----------
    frame : all rows of a draw's table, from whatever files, with ``_year`` and ``benih``.
    table : which draw they are.
    ledger : where the warnings are entered.

    Returns
    -------
    `UNRELATED` for draws that have nothing to do with their seed, `MOVED` for rows that it did not
    give, else nothing.
    """
    column, key, earlier = _TURNS[table]
    found = pd.Series("", index=frame.index, dtype=object)
    turn = (frame[column].map(earlier) if earlier else frame[column]).astype(float)
    rows = pd.DataFrame(
        {
            "key": frame[key].fillna(""),
            "seed": frame["benih"].fillna("").astype(str),
            "stratum": frame["strata"].fillna("").astype(str),
            "year": frame["_year"],
            "turn": turn,
        }
    )
    rows = rows[turn.notna() & rows["key"].ne("") & rows["seed"].ne("")]
    found[rows.index] = UNRELATED
    # Where nobody of a stratum had another turn, nothing was decided by lot.
    differ = rows.groupby(["seed", "year", "stratum"])["turn"].transform("nunique") > 1
    for (seed, _), of in rows[differ].groupby(["seed", "year"]):
        stratum = pd.factorize(of["stratum"])[0]
        out = out_of_place(list(of["key"]), str(seed), stratum, of["turn"].to_numpy())
        if out is not None:
            whole = (rows["seed"] == seed) & (rows["year"] == of["year"].iloc[0])
            found[rows.index[whole]] = ""
            found[of.index[out]] = MOVED
    ledger.add_rows(CHANGED_DRAW.code, table, "benih", frame[found == MOVED])
    return found
