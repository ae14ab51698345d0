"""What goes wrong in a region besides selection: leavers, wrong attendance, colleagues who learn or
lose work, better posts, years that nobody records, units that change.

Each draws from a stream of its own, so that a region without it is the same region.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate import world as w
from helpers.simulate.world import World

_CHANGES, _RECORDS, _LASTING, _POSTS = 101, 102, 103, 104


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
    """The roll once the trained with the worst years have left, each year the stated share of them,
    or the other stated share, those who fell most, in the year of training alone.

    Parameters
    ----------
    world : its leavers, and its leaving at once.
    roll : person by year, true where on the roll.
    latent : output per day without training, person by year.
    cohort : first treated year of each person.
    """
    if not (world.leavers or world.leaving_at_once):
        return roll
    own = latent - latent.mean(axis=1, keepdims=True)
    since = np.array(world.years) - cohort[:, None]
    gone = (since >= 0) & (own < np.quantile(own, world.leavers, axis=0))
    rise = np.diff(latent, axis=1, prepend=latent[:, :1])
    gone |= (since == 0) & (rise < np.quantile(rise, world.leaving_at_once, axis=0))
    return roll & ~np.logical_or.accumulate(gone, axis=1)


def still_here(world: World, invited: pd.DataFrame, roll: np.ndarray) -> pd.DataFrame:
    """Invitations of people who have not left before that year.

    Parameters
    ----------
    world : its leavers.
    invited : one row an invitation.
    roll : person by year, true where on the roll.
    """
    if not (world.leavers or world.leaving_at_once):
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
    trained = _trained(world, roll, cohort)
    unit = people["unit"].to_numpy()
    size, done = _by_unit(unit, roll), _by_unit(unit, trained)
    share = np.divide(done, size, out=np.zeros_like(size), where=size > 0)
    return np.where(trained, 0.0, world.spillover * share[unit])


def passed_on(
    world: World, people: pd.DataFrame, roll: np.ndarray, latent: np.ndarray, cohort: np.ndarray
) -> np.ndarray:
    """Output per day that untrained colleagues of a unit pass on to the trained, person by year: as
    much as the trained gain, the others lose.

    Parameters
    ----------
    world : its displaced share.
    people : one row a person.
    roll : person by year, true where on the roll.
    latent : output per day without training, person by year.
    cohort : first treated year of each person.
    """
    trained, unit = _trained(world, roll, cohort), people["unit"].to_numpy()
    others = roll & ~trained
    # No more than a third of what the others do.
    wanted = world.displaced * _by_unit(unit, np.where(trained, latent, 0.0))
    there = _by_unit(unit, np.where(others, latent, 0.0))
    moved = np.minimum(wanted, there / 3)
    gain = np.divide(moved, wanted, out=np.zeros_like(moved), where=wanted > 0)[unit]
    loss = np.divide(moved, there, out=np.zeros_like(moved), where=there > 0)[unit]
    change = np.where(trained, world.displaced * gain, np.where(others, -loss, 0.0))
    return np.asarray(change * latent)


def posts(
    world: World, people: pd.DataFrame, cohort: np.ndarray, units: int
) -> tuple[np.ndarray, np.ndarray]:
    """Each person's unit in each year, and what a better post adds to the output per day, person by
    year.

    Parameters
    ----------
    world : its moving share.
    people : one row a person with the unit of the first year.
    cohort : first treated year of each person.
    units : how many there are.
    """
    first = people["unit"].to_numpy()
    rng = np.random.default_rng([world.seed, _POSTS])
    promoted = rng.random(len(first)) < world.moving
    other = (first + rng.integers(1, units, len(first))) % units if units > 1 else first
    since = promoted[:, None] & (np.array(world.years) >= cohort[:, None])
    return np.where(since, other[:, None], first[:, None]), w.BETTER_POST * since


def recorded(world: World, roll: np.ndarray, latent: np.ndarray, cohort: np.ndarray) -> np.ndarray:
    """True where a person's year is recorded: on the roll, less the worst years of the trained.

    Parameters
    ----------
    world : its unrecorded share.
    roll : person by year, true where on the roll.
    latent : output per day without training, person by year.
    cohort : first treated year of each person.
    """
    own = latent - latent.mean(axis=1, keepdims=True)
    bad = own < np.quantile(own, world.unrecorded, axis=0)
    return roll & ~(_trained(world, roll, cohort) & bad)


def _trained(world: World, roll: np.ndarray, cohort: np.ndarray) -> np.ndarray:
    return np.asarray(roll & (np.array(world.years) >= cohort[:, None]))


def _by_unit(unit: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Sums over the people of each unit, unit by year."""
    total = np.zeros((unit.max() + 1, of.shape[1]))
    np.add.at(total, unit, of)
    return total


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
