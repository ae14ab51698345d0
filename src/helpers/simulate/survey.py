"""Survey forms of a synthetic region, and by how much each unit's expected IKM was truly raised."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from helpers.contracts import codes
from helpers.simulate import world as w
from helpers.simulate.world import World


def _expected_score(mean: np.ndarray) -> np.ndarray:
    """Mean of the 1–4 answer whose latent mean is given."""
    sd = float(np.hypot(w.RESPONDENT_SD, w.ITEM_SD))
    return np.asarray(1 + sum(stats.norm.cdf((mean - cut) / sd) for cut in (1.5, 2.5, 3.5)))


def forms(
    rng: np.random.Generator, world: World, units: pd.DataFrame, unit_cohort: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every year's forms, and what training added to each unit's IKM (``gain``) and to its unsur that
    staff can move (``moved``).

    Parameters
    ----------
    rng : drawn from in a fixed order; the same state gives the same region.
    world : forms a year, the true effect in IKM points, and how units were selected.
    units : a row a unit, with its expected IKM and shocks.
    unit_cohort : each unit's first trained year; 9999 for never.

    Returns
    -------
    Forms with the columns of ``skm`` (u1 … u9 in 1–4 or empty); and ``unit``, ``tahun``, ``gain``
    in
    IKM points, a row a public unit and year.
    """
    grid = np.linspace(0, 6, 3001)
    inverse = _expected_score(grid)
    public = np.flatnonzero(units["layanan_publik"] == "ya")
    offsets = np.array([0.02, 0.0, -0.08, 0.1, 0.02, 0.04, 0.05, -0.1, -0.05])
    per_unsur = world.effect_satisfaction * len(codes.UNSUR) / len(w.MOVED_UNSUR) / 25
    moved = np.isin(codes.UNSUR, w.MOVED_UNSUR)
    middle = (world.first_year + world.last_year) / 2
    parts, gains = [], []
    for year in world.years:
        usual = w.IKM_MEAN + units["level"] + w.IKM_DRIFT * (year - middle)
        happens = units[f"shock_{year}"]
        if world.selection in ("trend", "dip_and_trend"):
            happens = happens + 0.5 * units["slope"] * (year - middle)
        if world.selection == "unit_shock":
            since = year >= units["change_year"]
            happens = happens + w.UNIT_SHOCK_IKM_SD * units["change"] * since
        touched = moved if world.staff_only else np.ones(len(moved), bool)
        target = usual.to_numpy()[:, None] + happens.to_numpy()[:, None] * touched
        plain = target / 25 + offsets
        plain[units["free"].to_numpy(), 3] = 4.0
        acts = (year >= unit_cohort) * w.strength(world, np.array(year), unit_cohort)
        treated = acts[:, None] * moved
        ceiling = 3.97
        before, after = (
            np.clip(plain, 1.1, ceiling),
            np.clip(plain + per_unsur * treated, 1.1, ceiling),
        )
        added = 25 * (after - before)[public]
        told = {"gain": added.mean(axis=1), "moved": added[:, moved].mean(axis=1)}
        gains.append(pd.DataFrame({"unit": public, "tahun": year, **told}))
        counts = rng.multinomial(world.forms_per_year, rng.dirichlet(np.full(len(public), 12.0)))
        unit = np.repeat(public, counts)
        latent = np.interp(after, inverse, grid)[unit]
        n = len(unit)
        raw = latent + rng.normal(0, w.RESPONDENT_SD, (n, 1)) + rng.normal(0, w.ITEM_SD, (n, 9))
        score = (1 + sum((raw > cut).astype(int) for cut in (1.5, 2.5, 3.5))).astype(object)
        score[units["free"].to_numpy()[unit], 3] = 4
        score[rng.random((n, 9)) < 0.015] = ""
        day = pd.Timestamp(year, 1, 2) + pd.to_timedelta(rng.integers(0, 360, n), unit="D")
        form = pd.DataFrame(
            {
                "id_respon": [f"R{year}{i:05d}" for i in range(1, n + 1)],
                "tanggal": day.strftime("%Y-%m-%d"),
                "kode_unit": units["kode_unit"].to_numpy()[unit],
                **{f"u{k + 1}": score[:, k] for k in range(9)},
                "jenis_kelamin": rng.choice(["L", "P"], n),
                "umur": rng.integers(17, 70, n),
                "pendidikan": rng.choice(["SMP", "SMA", "D3", "S1"], n, p=[0.15, 0.45, 0.15, 0.25]),
                "pekerjaan": rng.choice(["wiraswasta", "swasta", "petani", "PNS", "lainnya"], n),
                "saran": np.where(rng.random(n) < 0.05, "loket tambahan saat ramai (contoh)", ""),
            }
        )
        parts.append(form)
    return pd.concat(parts, ignore_index=True), pd.concat(gains, ignore_index=True)
