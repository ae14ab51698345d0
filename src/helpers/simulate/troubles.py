"""What goes wrong in a region besides selection: leavers, wrong attendance, colleagues who learn,
units that change.

Each draws from a stream of its own, so that a region without it is the same region.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate import world as w
from helpers.simulate.world import World

_CHANGES, _RECORDS, _LASTING = 101, 102, 103


def lasting_changes(world: World, units: pd.DataFrame) -> pd.DataFrame:
    """Units with the year and the size (in standard deviations) of their one lasting change.

    Parameters
    ----------
    world : its seed and years.
    units : one row a unit.
    """
    rng = np.random.default_rng([world.seed, _CHANGES])
    year = rng.integers(world.first_training_year, world.last_year + 1, len(units))
    return units.assign(change_year=year, change=rng.normal(0, 1, len(units)))


def since_change(world: World, units: pd.DataFrame) -> np.ndarray:
    """Each unit's change from its year on, unit by year.

    Parameters
    ----------
    world : its years.
    units : as `lasting_changes` gives them.
    """
    here = np.array(world.years) >= units["change_year"].to_numpy()[:, None]
    return units["change"].to_numpy()[:, None] * here


def lasting_noise(world: World, people: int) -> np.ndarray:
    """Changes of single people that last, person by year; none but where a lasting dip selects.

    Parameters
    ----------
    world : its selection.
    people : how many.
    """
    years = len(world.years)
    if world.selection != "lasting_dip":
        return np.zeros((people, years))
    rng = np.random.default_rng([world.seed, _LASTING])
    return np.cumsum(rng.normal(0, w.LASTING_SD, (people, years)), axis=1)


def leave(world: World, roll: np.ndarray, latent: np.ndarray, cohort: np.ndarray) -> np.ndarray:
    """The roll once the trained with the worst years have left, each year the stated share of them.

    Parameters
    ----------
    world : its leavers.
    roll : person by year, true where on the roll.
    latent : output per day without training, person by year.
    cohort : first treated year of each person.
    """
    if not world.leavers:
        return roll
    own = latent - latent.mean(axis=1, keepdims=True)
    trained = np.array(world.years) >= cohort[:, None]
    worst = np.quantile(own, world.leavers, axis=0)
    return roll & ~np.logical_or.accumulate(trained & (own < worst), axis=1)


def still_here(world: World, invited: pd.DataFrame, roll: np.ndarray) -> pd.DataFrame:
    """Invitations of people who have not left before that year.

    Parameters
    ----------
    world : its leavers.
    invited : one row an invitation.
    roll : person by year, true where on the roll.
    """
    if not world.leavers:
        return invited
    before = np.maximum(invited["tahun"].to_numpy() - world.first_year - 1, 0)
    return invited[roll[invited["orang"].to_numpy(), before]].reset_index(drop=True)


def spill(world: World, people: pd.DataFrame, roll: np.ndarray, cohort: np.ndarray) -> np.ndarray:
    """Share of the effect that reaches each untrained person in each year: by the trained share of
    the unit.

    Parameters
    ----------
    world : its spillover.
    people : one row a person.
    roll : person by year, true where on the roll.
    cohort : first treated year of each person.
    """
    trained = roll & (np.array(world.years) >= cohort[:, None])
    unit = people["unit"].to_numpy()
    size = np.zeros((unit.max() + 1, len(world.years)))
    done = size.copy()
    np.add.at(size, unit, roll)
    np.add.at(done, unit, trained)
    share = np.divide(done, size, out=np.zeros_like(size), where=size > 0)
    return np.where(trained, 0.0, world.spillover * share[unit])


def misrecord(world: World, invited: pd.DataFrame) -> pd.DataFrame:
    """Invitations with the attendance of some of them recorded the wrong way round.

    Parameters
    ----------
    world : its misrecorded share.
    invited : one row an invitation.
    """
    if not world.misrecorded:
        return invited
    rng = np.random.default_rng([world.seed, _RECORDS])
    wrong = rng.random(len(invited)) < world.misrecorded
    other = np.where(invited["kehadiran"] == "hadir", "tidak_hadir", "hadir")
    return invited.assign(kehadiran=np.where(wrong, other, invited["kehadiran"]))
