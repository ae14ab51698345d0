"""The same figures by another way: plain pandas, Wilson's formula, and regressions on constants."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import norm

from helpers.contracts import Study


def people(study: Study) -> pd.DataFrame:
    """The roll with its groups, and with what each employee was invited to and attended."""
    roll = study.pegawai.copy()
    age = (roll["tahun"] - roll["tahun_lahir"]).astype(float)
    bands = [(age < 35, "<35"), (age < 45, "35–44"), (age < 55, "45–54"), (age >= 55, "55+")]
    roll["kelompok_umur"] = np.select([b for b, _ in bands], [n for _, n in bands], None)
    level = {"SD": "SMA ke bawah", "SMP": "SMA ke bawah", "SMA": "SMA ke bawah"}
    level |= dict.fromkeys(("D1", "D2", "D3"), "diploma")
    level |= dict.fromkeys(("D4", "S1", "S2", "S3"), "sarjana ke atas")
    roll["tingkat_pendidikan"] = roll["pendidikan"].map(level)
    hours = study.kegiatan.set_index("kode_kegiatan")["jp"].astype(float)
    invited: dict[tuple[str, int], float] = {}
    for row in study.peserta.itertuples():
        at = row.pegawai_id, row.tahun
        came = hours[row.kode_kegiatan] if row.kehadiran == "hadir" else 0.0
        invited[at] = invited.get(at, 0.0) + came
    years: dict[str, list[int]] = {}
    for (person, year), attended in invited.items():
        years.setdefault(person, []).extend([year] if attended >= 20 else [])
    keys = list(zip(roll["pegawai_id"], roll["tahun"], strict=True))
    roll["jp"] = [invited.get(k, 0.0) for k in keys]
    roll["invited"] = [float(k in invited) for k in keys]
    roll["reaches_target"] = [float(invited.get(k, 0.0) >= 20) for k in keys]
    roll["trained"] = [float(any(y <= year for y in years.get(p, ()))) for p, year in keys]
    return roll


def wilson(hits: pd.Series, units: pd.Series, level: float = 0.95) -> tuple[float, float]:
    """Wilson's bounds on as many people as the units' likeness leaves."""
    x, z, n = hits.astype(float), norm.ppf(0.5 + level / 2), len(hits)
    p = x.mean()
    if 0 < p < 1 and units.nunique() > 1:
        totals = (x - p).groupby(units.to_numpy()).sum()
        groups = len(totals)
        variance = groups / (groups - 1) * (totals**2).sum() / n**2
        n = n / max(1.0, variance / (p * (1 - p) / n))
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return centre - half, centre + half


def on_constant(values: pd.Series, units: pd.Series, level: float = 0.95) -> tuple[float, float]:
    """Bounds of a mean from a regression on a constant, clustered by unit."""
    y = values.to_numpy(float)
    if units.nunique() < 2:
        fit = sm.OLS(y, np.ones(len(y))).fit(use_t=True)
    else:
        groups = pd.factorize(units)[0]
        fit = sm.OLS(y, np.ones(len(y))).fit(
            cov_type="cluster",
            cov_kwds={"groups": groups},
            use_t=True,
        )
    low, high = fit.conf_int(1 - level)[0]
    return low, high


def difference(
    values: pd.Series,
    second: pd.Series,
    units: pd.Series,
    level: float = 0.95,
) -> tuple[float, float, float, float]:
    """Value, low, high and error of a difference of means: least squares, clustered by unit.

    The library's errors carry (N − 1) / (N − 2), which a difference of two means has no need of.
    """
    y, n = values.to_numpy(float), len(values)
    fit = sm.OLS(y, sm.add_constant(second.to_numpy(float))).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(units)[0]},
        use_t=True,
    )
    value, plain = float(fit.params[1]), sqrt((n - 2) / (n - 1))
    low, high = (value + (b - value) * plain for b in fit.conf_int(1 - level)[1])
    return value, float(low), float(high), float(fit.bse[1]) * plain
