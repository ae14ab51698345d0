"""An attacker with a linear programme on the reports of generated regions, made small on purpose:
which hidden figures can be found out from all that two successive reports show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from tqdm import tqdm

from helpers import simulate
from helpers.contracts import Study, Text, load_plan
from helpers.simulate import Region, World
from helpers.validation import kept_regions, table
from helpers.validation.equations import equations
from helpers.validation.kept_regions import RegionTold
from helpers.validation.released import release

KEPT: Final = "privacy_told.jsonl"
_YEARS: Final = (2023, 2024)
# How people of one column come to lie within a group of another, and how many do not.
_NESTED: Final = 0.5
_MISSING: Final = 4


def ask(regions: int, seed: int = 1, kept: Path | None = None) -> tuple[RegionTold, ...]:
    """So many regions, each with the reports of two successive years; what was stopped goes on.

    Parameters
    ----------
    regions : how many.
    seed : of the first; each region has the next one.
    kept : the file in which every region is kept as it comes; those that the same code told are
        not asked again. Nowhere where None.
    """
    seeds = range(seed, seed + regions)
    told = {} if kept is None else kept_regions.read(kept)
    if kept is not None:
        kept_regions.begin(kept, list(told.values()))
    for one in tqdm([s for s in seeds if s not in told], unit="region", disable=None):
        told[one] = _one(one)
        if kept is not None:
            kept_regions.add(kept, told[one])
    return tuple(told[s] for s in seeds)


def holds(told: Sequence[RegionTold]) -> bool:
    """Whether nothing hidden was found out, where there was something to find."""
    return sum(t.hidden.total() for t in told) > 0 and not any(t.found for t in told)


def region(seed: int) -> Study:
    """A small region: few people in few units; in half of them all of one post have one education;
    of some neither post nor score is known.

    Parameters
    ----------
    seed : of everything.
    """
    rng = np.random.default_rng([seed, 611])
    world = World(
        seed=seed,
        employees=int(rng.integers(50, 150)),
        units=int(rng.integers(4, 10)),
        forms_per_year=60,
        first_year=_YEARS[0] - 2,
        last_year=_YEARS[-1],
    )
    made = simulate.make(world)
    _narrow(made, rng)
    return simulate.study(made, load_plan(None))


def _narrow(made: Region, rng: np.random.Generator) -> None:
    """Change people in place."""
    people = made.tables["pegawai"]
    each = people["nip"].unique()

    def some() -> pd.Series:
        return people["nip"].isin(rng.choice(each, int(rng.integers(1, _MISSING + 1))))

    if rng.random() < _NESTED:
        posts = people.groupby("nip")["jenis_jabatan"].transform("first")
        inside = (posts == "fungsional") | some()
        people["pendidikan"] = np.where(inside, "S1", "SMA")
    people.loc[some(), "jenis_jabatan"] = None
    scores = made.tables["kinerja"]
    scores.loc[scores["nip"].isin(people.loc[some(), "nip"]), "nilai_skp"] = None


def until(study: Study, year: int) -> Study:
    """The study as of an earlier year.

    Parameters
    ----------
    study : of a later one.
    year : the last of which anything is known.
    """

    def cut(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["tahun"] <= year].reset_index(drop=True)

    return replace(
        study,
        year=year,
        pegawai=cut(study.pegawai),
        kegiatan=cut(study.kegiatan),
        peserta=cut(study.peserta),
        kinerja=cut(study.kinerja),
        skm=cut(study.skm),
    )


def _one(seed: int) -> RegionTold:
    whole = region(seed)
    reports = [release(until(whole, year)) for year in _YEARS]
    asked = equations(reports)
    found = asked.programme.found(asked.sought, seed)
    last = reports[-1].shown.dropna(subset=["n"])
    return RegionTold(
        seed,
        Counter(last["indicator"].astype(str)),
        Counter(h.name.split()[0] for h in asked.sought),
        tuple(h.name for h in found),
    )


def write(told: Sequence[RegionTold], folder: Path) -> Text:
    """The table by kind of figure, in both languages.

    Parameters
    ----------
    told : of each region.
    folder : where ``privacy.md`` and ``privacy.id.md`` are written.

    Returns
    -------
    The table, and what was found out.
    """
    shown = sum((t.shown for t in told), Counter[str]())
    hidden = sum((t.hidden for t in told), Counter[str]())
    found = Counter(name.split()[0] for t in told for name in t.found)
    rows = [
        tuple(Text.same(c) for c in (name, f"{shown[name]}", f"{n}", f"{found[name]}"))
        for name, n in sorted(hidden.items())
    ]
    rows.append(
        (
            Text("semua", "all"),
            *(Text.same(f"{c.total()}") for c in (shown, hidden, found)),
        )
    )
    head = (
        Text("angka", "figure"),
        Text("ditampilkan (tahun terakhir)", "shown (last year)"),
        Text("disembunyikan", "hidden"),
        Text("terbongkar", "found out"),
    )
    body = table.table(head, rows)
    which = [f"- {t.seed}: {', '.join(t.found)}" for t in told if t.found]
    said = table.page(
        Text("Privasi: penyerang dengan program linear", "Privacy: an attacker's linear programme"),
        Text(
            f"Dibuat oleh `evaluasi validate --privacy {len(told)}`; kode {kept_regions.code()}.",
            f"Made by `evaluasi validate --privacy {len(told)}`; code {kept_regions.code()}.",
        ),
        [
            (Text("Yang disembunyikan", "What is hidden"), _NOTE, body),
            *(
                [(Text("Terbongkar", "Found out"), Text(), Text.same("\n".join(which)))]
                * bool(which)
            ),
        ],
    )
    table.write(said, folder, "privacy")
    return body


_NOTE: Final = Text(
    "Wilayah tiruan yang sengaja kecil (50–150 pegawai), masing-masing dengan laporan dua tahun "
    "berturut-turut. Penyerang mengetahui siapa saja yang terdaftar dan di kelompok mana, lalu "
    "memasukkan semua indikator, hak undangan, rasio, kursi tahun ini dan menurut hak yang paling "
    "sedikit terpenuhi, tindak lanjut saran tahun lalu, banyaknya orang yang akan dibandingkan, "
    "jawaban, alasan, predikat dan banyaknya "
    "undangan ke dalam satu program linear. Suatu angka terbongkar bila di antara "
    "batas-batasnya hanya ada satu bilangan bulat, atau, untuk rata-rata, bila batasnya lebih "
    "dekat dari 1% kisaran yang mungkin. Selisih dua kelompok yang hanya beberapa orang dihitung "
    "sebagai angka tersembunyi; yang ternyata benar bagi semua atau tidak seorang pun dalam suatu "
    "kelompok yang ditampilkan tidak dihitung, kecuali hukuman disiplin. Tidak tercakup: pengaruh "
    "dan selangnya, selang kepercayaan, indeks Gini, hasil tes, dan laporan ulang untuk tahun yang "
    "sama.",
    "Simulated regions made small on purpose (50–150 employees), each with the reports of two "
    "successive years. The attacker knows who is on the roll and in which groups, and puts all "
    "indicators, rights to invitations, ratios, seats of this year and by the least-met right, "
    "what became of last year's advice, how many people an effect would have compared, answers, "
    "reasons, ratings and numbers of invitations into one linear programme. A figure is found out "
    "where a single whole number lies between its bounds or, for a mean, where the bounds are "
    "closer than 1% of what it may be. The "
    "difference of two groups by few people counts as a hidden figure; what is shown to be true of "
    "all or of nobody in a shown group does not, but for disciplinary cases. Not covered: effects "
    "and their ranges, confidence intervals, the Gini index, test scores, and a second report of "
    "the same year.",
)
