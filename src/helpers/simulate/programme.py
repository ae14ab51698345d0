"""What a synthetic region trains: activities, who is invited, who comes, who is trained from when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate import drawn_order, drawn_seats
from helpers.simulate import world as w
from helpers.simulate.world import World


def activities(world: World) -> pd.DataFrame:
    """The activities of every year, from the first year of training on.

    Returns
    -------
    A row an activity, six a year, with the columns of ``kegiatan`` and ``tahun``; hours in JP,
    costs in
    rupiah.
    """
    rows = [
        {
            "kode_kegiatan": f"K{year}{k + 1:02d}",
            "nama_kegiatan": f"{method.title()} {theme} {year} (contoh)",
            "metode": method,
            "tema": theme,
            "tanggal_mulai": f"{year}-{2 + k:02d}-10",
            "tanggal_selesai": f"{year}-{2 + k:02d}-{10 + max(1, jp // 8):02d}",
            "jp": jp,
            "biaya": 15_000_000 + 500_000 * jp,
            "tahun": year,
        }
        for year in range(world.first_training_year, world.last_year + 1)
        for k, (method, theme, jp) in enumerate(w.THEMES)
    ]
    return pd.DataFrame(rows)


def unit_starts(rng: np.random.Generator, world: World, units: pd.DataFrame) -> np.ndarray:
    """The year in which a unit sends many; one in five never does.

    Parameters
    ----------
    rng : drawn from in a fixed order; the same state gives the same region.
    world : sizes, years and how people come to be trained.
    units : a row a unit with its ``level``, ``slope`` and a ``shock_YEAR`` each.

    Returns
    -------
    A year for each unit; 9999 for never.
    """
    years = np.arange(world.first_training_year, world.last_year + 1)
    start = np.full(len(units), 9999)
    hazard = 1 / (len(years) + 1.5)
    for year in years:
        push = np.zeros(len(units))
        if world.selection in ("dip", "dip_and_trend") and year > world.first_year:
            push = -0.8 * units[f"shock_{year - 1}"].to_numpy()
        if world.selection == "peak" and year > world.first_year:
            push = 0.8 * units[f"shock_{year - 1}"].to_numpy()
        if world.selection == "this_year":
            push = 0.8 * units[f"shock_{year}"].to_numpy()
        if world.selection in ("trend", "dip_and_trend"):
            push = push + 0.8 * units["slope"].to_numpy()
        if world.selection == "unit_shock":
            now = units["change_year"].to_numpy() == year
            push = np.where(now, w.UNIT_SHOCK_PULL * units["change"].to_numpy(), 0.0)
        if world.selection == "observed":
            push = 0.1 * units["level"].to_numpy()
        p = np.clip(hazard * np.exp(push), 0, 0.9)
        start[(start == 9999) & (rng.random(len(units)) < p)] = year
    return start


def invitations(
    rng: np.random.Generator,
    world: World,
    people: pd.DataFrame,
    roll: np.ndarray,
    latent: np.ndarray,
    units: pd.DataFrame,
    kegiatan: pd.DataFrame,
) -> pd.DataFrame:
    """Who is invited to what and how they answer, by the world's way of choosing.

    Parameters
    ----------
    rng : drawn from in a fixed order; the same state gives the same region.
    world : sizes, years and how people come to be trained.
    people : a row a person, with unit, ability and slope.
    roll : person by year, true where on the roll.
    latent : output per working day without any training, person by year.
    units : a row a unit, in the order that ``people`` counts them.
    kegiatan : the activities, with ``tahun``.

    Returns
    -------
    A row an invitation with the columns of ``peserta``, ``orang`` (the person's row) and ``tahun``.
    """
    starts = unit_starts(rng, world, units)[people["unit"].to_numpy()]
    ability, slope = people["ability"].to_numpy(), people["slope"].to_numpy()
    graduate = people["pendidikan"].isin(["S1", "S2"]).to_numpy()
    usual = latent.mean(axis=1)
    order = drawn_order.orders(world, units) if world.order else None
    rows: list[pd.DataFrame] = []
    for year in range(world.first_training_year, world.last_year + 1):
        t = year - world.first_year
        later = np.where(starts < year, w.CHANCE_AFTER, w.CHANCE_BEFORE)
        chance = np.where(starts == year, w.CHANCE_IN_START, later)
        if order is not None:
            chance = drawn_order.chances(order, people["unit"].to_numpy(), year, chance)
        push = np.zeros(len(people))
        if world.selection == "observed":
            push = (
                0.35 * graduate
                + 0.3 * (people["jenis_jabatan"] == "fungsional").to_numpy()
                + 0.15 * ability
                - 0.3
            )
        else:
            push = push + _drawn(world, latent, usual, slope, t)
        odds = chance / (1 - chance) * np.exp(push)
        called = roll[:, t] & (rng.random(len(people)) < odds / (1 + odds))
        if world.sending:
            called &= people["unit"].to_numpy() < world.sending
        if year == world.draw:
            drawn = drawn_seats.lots(world, people, roll, latent, rows).query("drawn")["orang"]
            called = roll[:, t] & people.index.isin(drawn)
        offered = kegiatan.loc[kegiatan["tahun"] == year, "kode_kegiatan"].to_numpy()
        main = rng.choice(len(offered), len(people), p=[0.24, 0.22, 0.22, 0.12, 0.1, 0.1])
        second = np.where(rng.random(len(people)) < 0.15, (main + 1) % len(offered), -1)
        for which in (main, second):
            who = np.flatnonzero(called & (which >= 0))
            rows.append(
                pd.DataFrame({"orang": who, "kode_kegiatan": offered[which[who]], "tahun": year})
            )
    invited = pd.concat(rows, ignore_index=True)
    return _responses(rng, people, invited)


def _drawn(
    world: World, latent: np.ndarray, usual: np.ndarray, slope: np.ndarray, t: int
) -> np.ndarray:
    """How what cannot be seen in advance draws people into training, in log odds."""
    own = (latent - usual[:, None]) / w.NOISE_SD
    drawn = np.zeros(len(latent))
    if world.selection in ("dip", "dip_and_trend") and t:
        drawn = -w.DIP_PULL * own[:, t - 1]
    elif world.selection == "peak" and t:
        drawn = w.DIP_PULL * own[:, t - 1]
    elif world.selection == "this_year":
        drawn = w.DIP_PULL * own[:, t]
    elif world.selection == "two_year_dip" and t > 1:
        drawn = -w.DIP_PULL * (own[:, t - 1] + own[:, t - 2]) / np.sqrt(2)
    elif world.selection == "lasting_dip" and t > 1:
        drawn = -w.DIP_PULL * (latent[:, t - 1] - latent[:, t - 2]) / w.NOISE_SD
    if world.selection in ("trend", "dip_and_trend"):
        drawn = drawn + w.TREND_PULL * slope
    return drawn


def _responses(
    rng: np.random.Generator, people: pd.DataFrame, invited: pd.DataFrame
) -> pd.DataFrame:
    n = len(invited)
    able = people["ability"].to_numpy()[invited["orang"]]
    comes = rng.random(n) < w.SHARE_ATTENDING
    refuses = ~comes & (rng.random(n) < 0.6)
    no_need = rng.random(n) < 1 / (1 + np.exp(-(0.2 + 0.4 * able)))
    reason = np.where(
        no_need, "merasa tidak perlu", rng.choice(["beban kerja", "jarak", "sakit"], n)
    )
    pre = np.clip(rng.normal(62, 10, n), 20, 95)
    post = np.clip(pre + 0.3 * (75 - pre) + rng.normal(10, 6, n), 0, 100)
    invited = invited.assign(
        nip=people["nip"].to_numpy()[invited["orang"]],
        kehadiran=np.where(comes, "hadir", np.where(refuses, "menolak", "tidak_hadir")),
        alasan=np.where(comes, "", reason),
        nilai_pre=np.where(comes, pre.round(1), np.nan),
        nilai_post=np.where(comes, post.round(1), np.nan),
        nilai_reaksi=np.where(comes, rng.choice([2, 3, 4], n, p=[0.1, 0.5, 0.4]), np.nan),
        produktivitas_diri=np.where(
            comes, rng.choice([-1, 0, 1, 2], n, p=[0.03, 0.25, 0.5, 0.22]), np.nan
        ),
    )
    return invited.sort_values(["tahun", "kode_kegiatan", "orang"], ignore_index=True)


def cohorts(people: pd.DataFrame, invited: pd.DataFrame, kegiatan: pd.DataFrame) -> np.ndarray:
    """First year with the plan's default hours attended; 9999 for nobody.

    Parameters
    ----------
    people : a row a person.
    invited : invitations with how they were answered.
    kegiatan : activities with their hours, in JP.

    Returns
    -------
    A year for each person, in the order of ``people``.
    """
    came = invited[invited["kehadiran"] == "hadir"].merge(
        kegiatan[["kode_kegiatan", "jp"]], on="kode_kegiatan"
    )
    hours = came.groupby(["orang", "tahun"])["jp"].sum().reset_index()
    first = hours[hours["jp"] >= w.MIN_JP].groupby("orang")["tahun"].min()
    return first.reindex(people["orang"]).fillna(9999).to_numpy(int)


def unit_cohorts(
    world: World, units: pd.DataFrame, people: pd.DataFrame, roll: np.ndarray, cohort: np.ndarray
) -> np.ndarray:
    """First year in which the plan's default share of a unit's staff on the roll has been
    trained.

    Parameters
    ----------
    world : its years.
    units : a row a unit.
    people : a row a person, with the position of the unit.
    roll : person by year, true where on the roll.
    cohort : each person's first trained year; 9999 for nobody.

    Returns
    -------
    A year for each unit; 9999 where the share is never reached.
    """
    first = np.full(len(units), 9999)
    unit = people["unit"].to_numpy()
    for t, year in enumerate(world.years):
        staff = np.bincount(unit[roll[:, t]], minlength=len(units))
        trained = np.bincount(unit[roll[:, t] & (cohort <= year)], minlength=len(units))
        share = np.divide(trained, staff, out=np.zeros(len(units)), where=staff > 0)
        first[(first == 9999) & (share >= w.MIN_SHARE)] = year
    return first
