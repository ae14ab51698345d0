"""A synthetic draw of the order in which the units that serve the public are trained: strata, turns,
whom the turns let be invited, and what the order truly brought.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts.lots import places
from helpers.simulate import world as w
from helpers.simulate.world import World

_THIRDS: Final = ("rendah", "sedang", "tinggi")


def orders(world: World, units: pd.DataFrame) -> pd.DataFrame:
    """The turn of every unit that serves the public, drawn within thirds of the units' own level.

    Turns are the years from the world's order to the one after its last, so that some unit is not
    yet trained in any year; within a stratum, and in all, as many units have one turn as another,
    or one more, and what is over goes to the late turns.

    Parameters
    ----------
    world : its seed gives the lots.
    units : a row a unit with ``kode_unit``, ``layanan_publik`` and ``level``.

    Returns
    -------
    ``unit`` (its position), ``stratum`` and ``turn`` (a year), in the order of ``units``.
    """
    public = np.flatnonzero(units["layanan_publik"] == "ya")
    level = units["level"].to_numpy()[public]
    third = level.argsort().argsort() * len(_THIRDS) // len(public)
    place = places(list(units["kode_unit"].to_numpy()[public]), world.seed, third)
    latest_first = np.arange(world.last_year + 1, world.order - 1, -1)
    turns = np.resize(latest_first, len(public))
    by_third = np.sort(third)
    turn = np.empty(len(public), int)
    # The smallest lot of a third has the earliest of its turns.
    turn[np.lexsort((place, third))] = turns[np.lexsort((turns, by_third))]
    return pd.DataFrame({"unit": public, "stratum": np.array(_THIRDS)[third], "turn": turn})


def chances(order: pd.DataFrame, unit: np.ndarray, year: int, usual: np.ndarray) -> np.ndarray:
    """Each person's chance of an invitation in a year: in the units of the draw none before their
    turn; the usual chance elsewhere.

    Parameters
    ----------
    order : of `orders`.
    unit : the position of each person's unit.
    year : of the activities.
    usual : each person's chance if there were no order, 0–1.
    """
    turn = order.set_index("unit")["turn"].reindex(unit).to_numpy()
    due = np.where(turn == year, w.CHANCE_IN_TURN, np.where(turn < year, w.CHANCE_AFTER, 0.0))
    return np.where(np.isnan(turn), usual, due)


def order_table(world: World, units: pd.DataFrame, order: pd.DataFrame) -> pd.DataFrame:
    """The table ``undian_unit`` of the draw, in the order of the units.

    Parameters
    ----------
    world : its first turn and its seed.
    units : a row a unit, with ``kode_unit``.
    order : of `orders`.
    """
    return pd.DataFrame(
        {
            "tahun": world.order,
            "kode_unit": units["kode_unit"].to_numpy()[order["unit"]],
            "strata": order["stratum"],
            "giliran": order["turn"],
            "benih": str(world.seed),
        }
    )


def truth_of_order(
    world: World, order: pd.DataFrame, unit_gain: pd.DataFrame, unit_cohort: np.ndarray
) -> dict[str, object]:
    """What having had one's turn added to the unsur that staff can move, in IKM points, as a mean over
    the unit-years that stand at or after their turn while another unit still waits.

    Parameters
    ----------
    world : the year of its first turn.
    order : of `orders`.
    unit_gain : ``unit``, ``tahun`` and ``moved``, a row a public unit and year.
    unit_cohort : each unit's first trained year; 9999 for never.

    Returns
    -------
    ``year``, ``units``, ``turns`` (units of each), ``unit_years``, ``itt`` (whether or not the share
    was trained) and ``trained_share`` (of those unit-years, how many had it trained, 0–1); the last
    two None where there are no such unit-years.
    """
    rows = unit_gain.merge(order, on="unit")
    due = rows[(rows["tahun"] >= rows["turn"]) & (rows["tahun"] < order["turn"].max())]
    trained = unit_cohort[due["unit"]] <= due["tahun"]
    return {
        "year": world.order,
        "units": len(order),
        "turns": {
            str(year): int(n) for year, n in order["turn"].value_counts().sort_index().items()
        },
        "unit_years": len(due),
        "itt": round(float(due["moved"].mean()), 6) if len(due) else None,
        "trained_share": round(float(trained.mean()), 6) if len(due) else None,
    }
