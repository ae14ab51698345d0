"""What people of a synthetic region do: output per day, and what is recorded of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.contracts import codes
from helpers.simulate import troubles
from helpers.simulate import world as w
from helpers.simulate.world import World


def latent(
    rng: np.random.Generator, world: World, people: pd.DataFrame, units: pd.DataFrame
) -> np.ndarray:
    """Output per day without any training, person by year.

    Parameters
    ----------
    rng : the region's stream.
    world : its selection decides whose trend is steeper and which shocks last.
    people : one row a person.
    units : one row a unit.
    """
    years = np.arange(len(world.years))
    graduate = people["pendidikan"].isin(["S1", "S2"]).to_numpy()
    post = (
        people["jenis_jabatan"]
        .map({"struktural": 0.4, "fungsional": 0.2, "pelaksana": -0.3})
        .to_numpy(float)
    )
    level = w.MEAN_OUTPUT_PER_DAY + 0.9 * people["ability"].to_numpy() + post
    trend = 0.05 + 0.03 * graduate
    if world.selection in ("trend", "dip_and_trend"):
        trend = trend + 0.06 * people["slope"].to_numpy()
    unit_shock = rng.normal(0, 0.08, (len(units), len(years)))
    if world.selection == "unit_shock":
        unit_shock = unit_shock + w.UNIT_SHOCK_OUTPUT_SD * troubles.since_change(world, units)
    unit_shock = unit_shock[people["unit"].to_numpy()]
    noise = np.empty((len(people), len(years)))
    noise[:, 0] = rng.normal(0, 0.45, len(people))
    for t in years[1:]:
        noise[:, t] = 0.3 * noise[:, t - 1] + rng.normal(0, 0.43, len(people))
    lasting = troubles.lasting_noise(world, len(people))
    return np.maximum(level[:, None] + np.outer(trend, years) + unit_shock + noise + lasting, 0.5)


def performance(
    rng: np.random.Generator,
    world: World,
    people: pd.DataFrame,
    roll: np.ndarray,
    latent: np.ndarray,
    cohort: np.ndarray,
    spilt: np.ndarray,
    apart: np.ndarray,
) -> tuple[pd.DataFrame, np.ndarray]:
    """What is recorded of each person and year on the roll, and what training added to it.

    Parameters
    ----------
    rng : the region's stream.
    world : its effect and how that runs.
    people : one row a person.
    roll : person by year, true where on the roll.
    latent : output per day without training, person by year.
    cohort : first treated year of each person, 9999 for none.
    spilt : share of the effect that reaches each untrained person in each year.
    apart : what else is added to output per day that no training did, person by year.
    """
    years = np.array(world.years)
    effect = world.effect_productivity * latent
    acts = w.strength(world, years, cohort[:, None])
    gain = np.where(years >= cohort[:, None], acts * effect, 0.0)
    who, t = np.nonzero(roll)
    order = np.lexsort((who, t))
    who, t = who[order], t[order]
    n = len(who)
    trained = years >= cohort[:, None]
    counted = (latent + gain + spilt * effect + apart) * (1 + world.flattered * trained)
    per_day = counted[who, t]
    days = rng.integers(205, 241, n)
    skp = 72 + 3.2 * (per_day - w.MEAN_OUTPUT_PER_DAY) + rng.normal(0, 3, n)
    # From 2022 the score is on another scale (PermenPANRB 6/2022): the same person is given other
    # figures.
    skp = np.where(years[t] >= codes.SKP_BREAK_YEAR, 18 + 1.05 * skp, skp)
    result_above = (
        skp - np.where(years[t] >= codes.SKP_BREAK_YEAR, 93.6, 72) + rng.normal(0, 3, n) > 2.5
    )
    behaviour_above = rng.random(n) < 0.38
    below = rng.random(n) < 0.002
    hasil = np.where(
        below, codes.RATING[2], np.where(result_above, codes.RATING[0], codes.RATING[1])
    )
    perilaku = np.where(behaviour_above, codes.RATING[0], codes.RATING[1])
    on_time = np.clip(
        0.76 + 0.05 * (per_day - w.MEAN_OUTPUT_PER_DAY) + rng.normal(0, 0.05, n), 0, 1
    )
    frame = pd.DataFrame(
        {
            "orang": who,
            "tahun": years[t],
            "nip": people["nip"].to_numpy()[who],
            "nilai_skp": np.clip(skp, 0, 120).round(1),
            "hasil_kerja": hasil,
            "perilaku_kerja": perilaku,
            "predikat": [codes.PREDIKAT_MATRIX[h, p] for h, p in zip(hasil, perilaku, strict=True)],
            "output": np.maximum(np.round(per_day * days), 0).astype(int),
            "hari_kerja": days,
            "tepat_waktu": on_time.round(3),
            "hukuman_disiplin": (rng.random(n) < 0.004).astype(int),
        }
    )
    return frame, gain[who, t]
