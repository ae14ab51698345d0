"""A synthetic region: employees, training, performance and survey forms, with the true effects
beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.simulate import drawn_order, drawn_seats, output, programme, survey, troubles
from helpers.simulate import world as w
from helpers.simulate.world import World

_GIVEN = (
    "Sari",
    "Rina",
    "Dewi",
    "Fitri",
    "Nur",
    "Hendra",
    "Rahmat",
    "Yusuf",
    "Budi",
    "Arif",
    "Mira",
    "Lina",
)
_CLAN = ("Koto", "Piliang", "Chaniago", "Jambak", "Tanjung", "Sikumbang", "Guci", "Melayu")


@dataclass(frozen=True, slots=True)
class Region:
    """The clean tables of a region, and what is true of it.

    ``gains`` is what training added to each person's output per day (by ``nip`` and ``tahun``) and
    to each service unit's IKM and staff unsur (by ``kode_unit`` and ``tahun``), one column an
    outcome; empty for a region that was written to files.
    """

    tables: dict[str, pd.DataFrame]
    truth: dict[str, object]
    gains: tuple[pd.DataFrame, pd.DataFrame] = (pd.DataFrame(), pd.DataFrame())


def make(world: World) -> Region:
    """A region drawn from a world; the same world always gives the same region."""
    rng = np.random.default_rng(world.seed)
    units = _units(rng, world)
    people = _people(rng, world, units)
    roll = _roll(rng, world, people)
    latent = output.latent(rng, world, people, units)
    kegiatan = programme.activities(world)
    invited = programme.invitations(rng, world, people, roll, latent, units, kegiatan)
    cohort = programme.cohorts(people, invited, kegiatan)
    roll = troubles.leave(world, roll, latent, cohort)
    invited = troubles.still_here(world, invited, roll)
    spilt = troubles.spill(world, people, roll, cohort)
    unit_of, better = troubles.posts(world, people, cohort, world.units)
    apart = better + troubles.passed_on(world, people, roll, latent, cohort)
    seen = troubles.recorded(world, roll, latent, cohort)
    kinerja, gain = output.performance(rng, world, people, seen, latent, cohort, spilt, apart)
    unit_cohort = programme.unit_cohorts(world, units, people, roll, cohort)
    skm, unit_gain = survey.forms(rng, world, units, unit_cohort)
    invited = troubles.misrecord(world, invited)
    truth = _truth(world, kinerja, gain, cohort, unit_gain, unit_cohort)
    seats = pd.DataFrame()
    if world.draw:
        seats = drawn_seats.lots(world, people, roll, latent, [invited])
        truth["draw"] = _truth_of_draw(world, seats, invited, kinerja.assign(gain=gain))
    tables = {
        "unit": units[["kode_unit", "nama_unit", "opd", "kecamatan", "layanan_publik"]],
        "pegawai": _roll_table(people, roll, units, unit_of),
        "kegiatan": kegiatan.drop(columns="tahun"),
        "peserta": invited.drop(columns=["tahun", "orang"]),
        "kinerja": kinerja.drop(columns="orang"),
        "skm": skm,
    }
    if world.draw:
        tables["undian"] = drawn_seats.table(world, people, seats)
    if world.order:
        order = drawn_order.orders(world, units)
        truth["order"] = drawn_order.truth_of_order(world, order, unit_gain, unit_cohort)
        tables["undian_unit"] = drawn_order.order_table(world, units, order)
    people_gain = kinerja[["nip", "tahun"]].assign(output_per_day=gain).set_index(["nip", "tahun"])
    of_units = unit_gain.rename(columns={"gain": "ikm", "moved": "staff_unsur"})
    of_units["kode_unit"] = units["kode_unit"].to_numpy()[unit_gain["unit"]]
    of_units = of_units.drop(columns="unit").set_index(["kode_unit", "tahun"])
    return Region(tables, truth, (people_gain, of_units))


def _units(rng: np.random.Generator, world: World) -> pd.DataFrame:
    n = world.units
    public = np.zeros(n, bool)
    public[rng.permutation(n)[: max(2, round(n * w.SHARE_PUBLIC_UNITS))]] = True
    units = pd.DataFrame(
        {
            "kode_unit": [f"U{i:03d}" for i in range(1, n + 1)],
            "nama_unit": [f"Unit Layanan Contoh {i:03d}" for i in range(1, n + 1)],
            "opd": [f"Dinas Contoh {i % max(1, n // 3) + 1:02d}" for i in range(n)],
            "kecamatan": rng.choice(w.KECAMATAN, n),
            "layanan_publik": np.where(public, "ya", "tidak"),
            "level": rng.normal(0, w.IKM_BETWEEN_UNITS_SD, n),
            "slope": rng.normal(0, 1, n),
            "free": rng.random(n) < 0.4,
        }
    )
    shocks = rng.normal(0, 1.0, (n, len(world.years)))
    units = pd.concat(
        [units, pd.DataFrame(shocks, columns=[f"shock_{y}" for y in world.years])], axis=1
    )
    return troubles.lasting_changes(world, units)


def _pick(rng: np.random.Generator, shares: tuple[tuple[str, float], ...], n: int) -> np.ndarray:
    names, p = zip(*shares, strict=True)
    return rng.choice(np.array(names, dtype=object), n, p=p)


def _people(rng: np.random.Generator, world: World, units: pd.DataFrame) -> pd.DataFrame:
    years = len(world.years)
    n = round(world.employees * (1 + 0.03 * (years - 1)))
    late = n - world.employees
    entry = np.r_[
        np.full(world.employees, world.first_year),
        rng.integers(world.first_year + 1, world.last_year + 1, late),
    ]
    age = np.where(entry == world.first_year, rng.integers(24, 57, n), rng.integers(22, 35, n))
    birth_year = entry - age
    start_year = np.where(
        entry == world.first_year,
        np.minimum(birth_year + rng.integers(21, 30, n), world.first_year - 1),
        entry,
    )
    sex = np.where(rng.random(n) < w.SHARE_WOMEN, "P", "L")
    pppk = (rng.random(n) < w.SHARE_PPPK) & (start_year >= world.first_year - 3)
    birth_month, birth_day = rng.integers(1, 13, n), rng.integers(1, 29, n)
    start_month = np.where(
        start_year >= world.first_year, rng.integers(1, 4, n), rng.integers(1, 13, n)
    )
    education = _pick(rng, w.EDUCATION_SHARES, n)
    post = _pick(rng, w.POST_SHARES, n)
    nip = [
        f"{by}{bm:02d}{bd:02d}{sy}{21 if k else sm:02d}{1 if s == 'L' else 2}{i % 999 + 1:03d}"
        for i, (by, bm, bd, sy, sm, s, k) in enumerate(
            zip(birth_year, birth_month, birth_day, start_year, start_month, sex, pppk, strict=True)
        )
    ]
    rank = np.where(education == "SMA", "II", np.where(age > 45, "IV", "III"))
    golongan = [f"{r}/{'abcd'[k]}" for r, k in zip(rank, rng.integers(0, 4, n), strict=True)]
    return pd.DataFrame(
        {
            "orang": np.arange(n),
            "nip": _each_once(nip),
            "nama": [
                f"Contoh {_GIVEN[a]} {_CLAN[b]} {i:04d}"
                for i, (a, b) in enumerate(
                    zip(
                        rng.integers(0, len(_GIVEN), n), rng.integers(0, len(_CLAN), n), strict=True
                    ),
                    1,
                )
            ],
            "unit": rng.integers(0, len(units), n),
            "status": np.where(pppk, "PPPK", "PNS"),
            "jenis_kelamin": sex,
            "tanggal_lahir": [
                f"{y}-{m:02d}-{d:02d}"
                for y, m, d in zip(birth_year, birth_month, birth_day, strict=True)
            ],
            "lahir": birth_year,
            "golongan": np.where(pppk, np.where(education == "SMA", "V", "IX"), golongan),
            "jenis_jabatan": post,
            "eselon": np.where(
                post == "struktural", rng.choice(["III/a", "III/b", "IV/a", "IV/b"], n), ""
            ),
            "pendidikan": education,
            "tmt": [f"{y}-{m:02d}-01" for y, m in zip(start_year, start_month, strict=True)],
            "entry": entry,
            "ability": rng.normal(0, 1, n),
            "slope": rng.normal(0, 1, n),
        }
    )


def _each_once(nips: list[str]) -> list[str]:
    """The same, where a later namesake has the next serial number that is free."""
    taken: dict[str, None] = {}
    for nip in nips:
        free = nip
        while free in taken:
            free = f"{free[:15]}{int(free[15:]) % 999 + 1:03d}"
        taken[free] = None
    return list(taken)


def _roll(rng: np.random.Generator, world: World, people: pd.DataFrame) -> np.ndarray:
    """True where a person is on the roll: from entry until retirement at 58 or an unrelated
    departure.
    """
    years = np.array(world.years)
    here = people["entry"].to_numpy()[:, None] <= years
    young = years - people["lahir"].to_numpy()[:, None] < 58
    stays = np.cumprod(rng.random((len(people), len(years))) > 0.012, axis=1).astype(bool)
    return here & young & stays


def _truth(
    world: World,
    kinerja: pd.DataFrame,
    gain: np.ndarray,
    cohort: np.ndarray,
    unit_gain: pd.DataFrame,
    unit_cohort: np.ndarray,
) -> dict[str, object]:
    """True average effects on the treated, for a report of each year, under the default plan."""
    rows = kinerja.assign(gain=gain, cohort=cohort[kinerja["orang"]])
    units = unit_gain.assign(cohort=unit_cohort[unit_gain["unit"]])
    by_year = {}
    for year in range(world.first_training_year, world.last_year + 1):
        person = rows[(rows["tahun"] <= year) & (rows["tahun"] >= rows["cohort"])]
        unit = units[(units["tahun"] <= year) & (units["tahun"] >= units["cohort"])]
        by_year[str(year)] = {
            "output_per_day": round(float(person["gain"].mean()), 6) if len(person) else None,
            "treated_employee_years": len(person),
            "ikm": round(float(unit["gain"].mean()), 6) if len(unit) else None,
            "staff_unsur": round(float(unit["moved"].mean()), 6) if len(unit) else None,
            "treated_unit_years": len(unit),
        }
    return {
        "synthetic": True,
        "note": "Data sintetis; tidak ada orang yang nyata. Synthetic data; nobody in it exists.",
        "world": {k: getattr(world, k) for k in World.__dataclass_fields__},
        "att": by_year,
    }


def _truth_of_draw(
    world: World, undian: pd.DataFrame, invited: pd.DataFrame, kinerja: pd.DataFrame
) -> dict[str, object]:
    """What being drawn, and coming, added to output per day in the year of the seats, as a mean over
    those of the draw whose output is recorded in it.
    """
    gain = kinerja[kinerja["tahun"] == world.draw].set_index("orang")["gain"]
    came = invited.loc[
        (invited["tahun"] == world.draw) & (invited["kehadiran"] == "hadir"), "orang"
    ]
    seen = undian[undian["orang"].isin(gain.index)]
    of = seen["orang"].map(gain)
    both = seen["drawn"] & seen["orang"].isin(came)
    itt = of[seen["drawn"]].mean() - of[~seen["drawn"]].mean()
    return {
        "year": world.draw,
        "itt": round(float(itt), 6),
        "complier": round(float(of[both].mean()), 6),
        "in_draw": len(undian),
        "drawn": int(undian["drawn"].sum()),
    }


def _roll_table(
    people: pd.DataFrame, roll: np.ndarray, units: pd.DataFrame, unit_of: np.ndarray
) -> pd.DataFrame:
    first_year = int(people["entry"].min())
    who, t = np.nonzero(roll)
    order = np.lexsort((who, t))
    who, t = who[order], t[order]
    table = people.iloc[who].reset_index(drop=True)
    table.insert(0, "tahun", first_year + t)
    table["kode_unit"] = units["kode_unit"].to_numpy()[unit_of[who, t]]
    return table[
        [
            "tahun",
            "nip",
            "nama",
            "kode_unit",
            "status",
            "jenis_kelamin",
            "tanggal_lahir",
            "golongan",
            "jenis_jabatan",
            "eselon",
            "pendidikan",
            "tmt",
        ]
    ]
