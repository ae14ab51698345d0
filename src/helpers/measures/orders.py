"""Draws of the order in which units are trained: whose turn has come, and what was measured."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import Study, remembered
from helpers.contracts.lottery import Lottery
from helpers.contracts.panel import Panel
from helpers.measures import training
from helpers.measures.lotteries import by_seed, seeds_told
from helpers.measures.panels import unit_cohorts, unit_year

# After its last year with a unit still to come, an order is told once more.
_YEARS_TOLD: Final = 2
_NO_BOUND: Final = float("inf")


def order_years(study: Study) -> tuple[int, ...]:
    """The years for which an order was drawn, up to the study's.

    Parameters
    ----------
    study : with the table ``undian_unit``, or without rows in it.
    """
    return tuple(sorted({int(year) for year in study.undian_unit["tahun"].dropna()}))


@remembered
def order(study: Study, outcome: str) -> Lottery | None:
    """The last draw of an order with units still to come in the study's year or the one before, in
    all its years with some; None where there is none.

    Units stay in the draw in years without enough forms, without an outcome. Several draws of one
    year are told apart by their seeds.

    Parameters
    ----------
    study : its survey, its training and its plan.
    outcome : a column of `unit_year`.
    """
    held = study.undian_unit
    ends = {year: int(held["giliran"][held["tahun"] == year].max()) for year in order_years(study)}
    told = [year for year, end in ends.items() if _told(study, year, end)]
    if not told:
        return None
    first = told[-1]
    rows = held[held["tahun"] == first].sort_values("kode_unit")
    turns = _turns(rows)
    last = _last(study, ends[first])
    units = rows["kode_unit"].astype(str).to_numpy()
    each = pd.MultiIndex.from_product([turns.index, range(first, last + 1)]).to_frame(index=False)
    each.columns = pd.Index(["entity", "year"])
    at = each["entity"].to_numpy()
    of = pd.DataFrame(
        {"unit": units[at], "turn": turns["turn"].to_numpy()[at], "year": each["year"]}
    )
    panel = unit_year(study)
    agency = study.unit.set_index("kode_unit")["opd"].reindex(of["unit"]).fillna("").astype(str)
    alone = pd.Series(of["unit"].to_numpy()).where((agency == "").to_numpy(), agency.to_numpy())
    frame = pd.DataFrame(
        {
            "entity": at,
            "year": of["year"],
            "stratum": turns["stratum"].to_numpy()[at] + " " + of["year"].astype(str),
            "cluster": pd.factorize(alone, sort=True)[0],
            "drawn": (of["turn"] <= of["year"]).astype(int),
            "came": _reached(study, of).astype(int),
            "before": _measured(panel, of["unit"], pd.Series(first - 1, of.index), outcome),
            "after": _measured(panel, of["unit"], of["year"], outcome),
        }
    )
    return Lottery(
        frame,
        _alike(study, panel, of["unit"], first - 1),
        _NO_BOUND,
        first,
        outcome,
        panel.unit_labels[outcome],
        turns,
        by_seed=by_seed(rows),
    )


def _last(study: Study, end: int) -> int:
    """The last year with a unit of an order still to come, up to the study's."""
    return min(study.year, end - 1)


def _told(study: Study, first: int, end: int) -> bool:
    last = _last(study, end)
    return first <= last and study.year - last < _YEARS_TOLD


def _turns(rows: pd.DataFrame) -> pd.DataFrame:
    """Each unit's stratum and the year of its turn, by whole numbers in the order of their
    codes.
    """
    seeds, stratum = seeds_told(rows), rows["strata"].fillna("").astype(str)
    # A draw whose seed is not recorded is none of those whose seed is.
    several = seeds.nunique() > 1
    named = seeds + ": " + stratum if several else stratum
    found = {"stratum": named.to_numpy(object), "turn": rows["giliran"].to_numpy(int)}
    return pd.DataFrame(found)


def _reached(study: Study, of: pd.DataFrame) -> np.ndarray:
    """Whether enough of a unit's staff had been trained by the year."""
    since = of["unit"].map(unit_cohorts(study)).astype(float)
    return np.asarray(since <= of["year"])


def _measured(panel: Panel, units: pd.Series, years: pd.Series, outcome: str) -> np.ndarray:
    """The outcome of units in years; missing where not measured, or by too few forms."""
    if panel.frame.empty:
        return np.full(len(units), np.nan)
    known = panel.frame.set_index(["unit", "year"])[outcome]
    return known.reindex(pd.MultiIndex.from_arrays([units, years])).to_numpy(float)


def _alike(study: Study, panel: Panel, units: pd.Series, year: int) -> pd.DataFrame:
    """What units whose turn has come and the others are to be alike in: the main outcome of the
    year before the first turn, how many staff they had then, and the share of them ever trained.
    """
    main = study.plan.outcomes.satisfaction.primary
    roll = training.roll(study)
    staff = roll[roll["tahun"] == year].groupby("kode_unit")["trained"].agg(["size", "mean"])
    found = pd.DataFrame(
        {
            main: _measured(panel, units, pd.Series(year, units.index), main),
            "staf": units.map(staff["size"]).astype(float),
            "terlatih": units.map(staff["mean"]).astype(float),
        }
    )
    return found.fillna(found.mean()).fillna(0.0)
