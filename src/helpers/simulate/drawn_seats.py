"""A synthetic draw for seats: who is in it, whom the lot drew, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts.lots import places
from helpers.simulate import world as w
from helpers.simulate.world import World

# As `evaluasi invitations` draws again, by the bound of the project's own plan; in standard
# deviations, and so often at most.
_BOUND: Final = 0.10
_MOST_DRAWS: Final = 2000
_TRAITS: Final = ("jenis_kelamin", "status", "jenis_jabatan", "pendidikan")


def lots(
    world: World,
    people: pd.DataFrame,
    roll: np.ndarray,
    latent: np.ndarray,
    invited: Sequence[pd.DataFrame],
) -> pd.DataFrame:
    """The draw for the seats of the world's draw year, within posts: of all on the roll of the year
    before who had never been invited, as many in each post as the share that is drawn. It is drawn
    again until those drawn and the others are alike.

    Parameters
    ----------
    world : its seed gives the lots.
    people : a row a person, with ``nip`` and traits.
    roll : person by year, true where on the roll.
    latent : output per working day without any training, person by year.
    invited : invitations, with ``orang`` and ``tahun``; those of the draw year and later do not
        count.

    Returns
    -------
    ``orang`` (the person's row), ``stratum``, ``drawn`` (yes or no) and ``seed``, with the number
    of the draw behind it unless it was the first; the nearest draw where none is near enough.

    Source: Morgan and Rubin (2012), *Annals of Statistics* 40(2): rerandomisation.
    """
    ever = {i for rows in invited for i in rows.loc[rows["tahun"] < world.draw, "orang"]}
    before = world.draw - 1 - world.first_year
    there = roll[:, before] & ~people.index.isin(ever)
    pool = people.loc[there, ["orang", "jenis_jabatan"]].rename(
        columns={"jenis_jabatan": "stratum"}
    )
    nips, stratum = list(people.loc[there, "nip"]), pd.factorize(pool["stratum"])[0]
    room = (w.SHARE_DRAWN * pool.groupby("stratum")["orang"].transform("size")).round().to_numpy()
    alike = _alike(people[there], latent[there, before])
    nearest, made, seed = np.inf, np.zeros(len(pool), dtype=bool), f"{world.seed}"
    for number in range(1, _MOST_DRAWS + 1):
        named = f"{world.seed}" if number == 1 else f"{world.seed}/{number}"
        drawn = places(nips, named, stratum) < room
        farthest = _farthest(alike, drawn)
        if farthest < nearest:
            nearest, made, seed = farthest, drawn, named
        if nearest <= _BOUND:
            break
    return pool.assign(drawn=made, seed=seed)


def table(world: World, people: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """The table ``undian`` of the draw, in the order of the NIP.

    Parameters
    ----------
    world : of which year the seats are.
    people : a row a person, with ``nip``.
    drawn : from `lots`.
    """
    return pd.DataFrame(
        {
            "tahun": world.draw,
            "nip": people["nip"].to_numpy()[drawn["orang"]],
            "strata": drawn["stratum"].to_numpy(),
            "terpilih": np.where(drawn["drawn"], "ya", "tidak"),
            "benih": drawn["seed"].to_numpy(),
        }
    ).sort_values("nip", ignore_index=True)


def _alike(people: pd.DataFrame, output: np.ndarray) -> np.ndarray:
    """What they are to be alike in, each with mean 0 and standard deviation 1."""
    rank = people["golongan"].str.split("/").str[0]
    numbers = pd.get_dummies(people[list(_TRAITS)].assign(rank=rank)).assign(
        born=people["tanggal_lahir"].astype(str).str[:4].astype(float), output=output
    )
    numbers = numbers.astype(float)
    spread = numbers.std(ddof=0)
    return ((numbers - numbers.mean()) / spread.where(spread > 0, 1.0)).to_numpy()


def _farthest(alike: np.ndarray, drawn: np.ndarray) -> float:
    if drawn.all() or not drawn.any():
        return np.inf
    return float(np.abs(alike[drawn].mean(axis=0) - alike[~drawn].mean(axis=0)).max())
