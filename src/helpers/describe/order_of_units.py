"""The order in which units that serve the public are trained, drawn by lot within strata, so that
those whose turn has come can be compared with those that still wait.

It hangs on the seed and the list of units alone: whoever has both can draw it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import Study
from helpers.contracts.lots import lot

THIRDS: Final = ("rendah", "sedang", "tinggi")
NOT_RATED: Final = "belum dinilai"
# Closer values are the same one, whatever a machine makes of their last digits.
_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class OrderDrawn:
    """One draw of an order.

    ``units`` has a row a unit, those of an earlier turn first: ``kode_unit``, ``stratum`` and
    ``turn`` (a year). ``seed`` is that of the lots.
    """

    units: pd.DataFrame
    seed: int

    def by_stratum(self) -> pd.DataFrame:
        """Units of each stratum, a column a turn."""
        return pd.crosstab(self.units["stratum"], self.units["turn"])

    def __repr__(self) -> str:
        turns = self.units["turn"]
        years = f"{turns.min()}–{turns.max()}"
        return f"OrderDrawn({len(self.units)} units, {years}, seed {self.seed})"


def units_in_draw(study: Study) -> pd.DataFrame:
    """The units of which the study's year has survey forms and whose staff have not been trained to
    the plan's share yet, each with its stratum: the third of the plan's main outcome of
    satisfaction in that year; units without a value are one of their own.

    Returns
    -------
    ``kode_unit`` and ``stratum``, in the order of the codes; no row where the year has no such
    unit.
    """
    trained = trained_units(study)
    codes = [code for code in _surveyed(study) if code not in trained]
    rated = measures.unit_year(study).frame
    if not rated.empty:
        rated = rated[(rated["year"] == study.year) & rated["unit"].isin(codes)]
    if rated.empty:
        return pd.DataFrame({"kode_unit": codes, "stratum": NOT_RATED})
    values = rated[study.plan.outcomes.satisfaction.primary].round(_DECIMALS).to_numpy()
    third = _thirds(pd.Series(values, index=rated["unit"].astype(str)).dropna())
    stratum = third.reindex(codes).fillna(NOT_RATED)
    return pd.DataFrame({"kode_unit": codes, "stratum": stratum.to_numpy()})


def trained_units(study: Study) -> frozenset[str]:
    """Surveyed units in which a turn could change nothing: the plan's share of their staff has been
    trained already.

    Parameters
    ----------
    study : its year is the last that counts.
    """
    if not study.trained:
        return frozenset()
    reached = set(measures.unit_cohorts(study).index.astype(str))
    return frozenset(code for code in _surveyed(study) if code in reached)


def _surveyed(study: Study) -> list[str]:
    surveyed = study.skm.loc[study.skm["tahun"] == study.year, "kode_unit"]
    return sorted(surveyed.dropna().astype(str).unique())


def _thirds(values: pd.Series) -> pd.Series:
    """Each unit's third; of equal values the smaller code comes first."""
    ordered = values.sort_index().sort_values(kind="stable").index
    place = np.arange(len(ordered)) * len(THIRDS) // max(1, len(ordered))
    return pd.Series(np.array(THIRDS, dtype=object)[place], index=ordered)


def draw_order(units: pd.DataFrame, places: int, seed: int, first: int) -> OrderDrawn:
    """The turn of every unit, so many a year until all have had theirs.

    Within a stratum the smallest SHA-256 of ``seed:kode_unit`` comes first. Of the places of a year
    each goes to the stratum that is farthest behind its share of all places so far, so that every
    turn and every beginning of the order has the strata in proportion.

    Parameters
    ----------
    units : ``kode_unit``, each once, and ``stratum``.
    places : units trained in a year.
    seed : of the lots; public, so that anybody can repeat them.
    first : year of the first turn.

    Raises
    ------
    ValueError : no place, or one for every unit, which leaves none to compare with.
    """
    if not 0 < places < len(units):
        raise ValueError(places)
    lots = units.assign(lot=[lot(code, seed) for code in units["kode_unit"]]).sort_values("lot")
    turns = _turns(units["stratum"].value_counts().sort_index(), places, first)
    lots["turn"] = 0
    for stratum, at in lots.groupby("stratum").groups.items():
        lots.loc[at, "turn"] = turns[str(stratum)]
    made = lots.sort_values(["turn", "kode_unit"], ignore_index=True)
    return OrderDrawn(made[["kode_unit", "stratum", "turn"]], seed)


def compared_years(made: OrderDrawn) -> int:
    """How many yearly values of units an order leaves to compare: of those whose turn has come, or
    of those still to come, whichever are fewer, over the years with both.

    Parameters
    ----------
    made : the order.
    """
    turns = made.units["turn"]
    years = range(int(turns.min()), int(turns.max()))
    come = sum(int((turns <= year).sum()) for year in years)
    return min(come, len(turns) * len(years) - come)


def _turns(sizes: pd.Series, places: int, first: int) -> dict[str, list[int]]:
    """The turns of each stratum's units, from the smallest lot on."""
    size = {str(name): int(n) for name, n in sizes.items()}
    total = sum(size.values())
    turns: dict[str, list[int]] = {name: [] for name in size}
    for place in range(total):
        year = place // places
        so_far = min(total, (year + 1) * places)
        # In whole numbers, so that a tie is a tie on every machine.
        behind = {name: n * so_far - len(turns[name]) * total for name, n in size.items()}
        turns[max(size, key=lambda name: (behind[name], size[name]))].append(first + year)
    return turns
