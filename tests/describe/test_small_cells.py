"""An attacker who adds and subtracts whatever indicators.csv shows learns of no few people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import describe
from helpers.contracts import Study
from tests.describe import by_hand

SMALL = 10
# What each indicator is the mean of; `refused` is known of the invited alone.
COLUMNS = {
    "skp_mean": "nilai_skp",
    "output_per_day": "output_per_day",
    "on_time_share": "tepat_waktu",
    "discipline_share": "hukuman_disiplin",
    "trained_share": "trained",
    "jp_mean": "jp",
    "jp_target_share": "reaches_target",
    "invited_share": "invited",
}


@pytest.fixture(scope="module")
def with_a_gap(study_of: Callable[[int], Study]) -> Study:
    """A region in which the post of one employee, and the birth date of seven, is not known."""
    study = study_of(2024)
    people = sorted(study.pegawai["pegawai_id"].unique())
    rng = np.random.default_rng(3)
    roll = study.pegawai.copy()
    posts = rng.choice(["struktural", "fungsional", "pelaksana"], len(people), p=[0.05, 0.3, 0.65])
    born = rng.integers(1964, 2000, len(people)).astype(float)
    where = roll["pegawai_id"].map(dict(zip(people, range(len(people)), strict=True)))
    roll["jenis_jabatan"] = pd.Series(posts, dtype="str").reindex(where).to_numpy()
    roll["tahun_lahir"] = pd.array(born[where], dtype=roll["tahun_lahir"].dtype)
    roll.loc[roll["pegawai_id"] == people[17], "jenis_jabatan"] = None
    roll.loc[roll["pegawai_id"].isin(people[30:37]), "tahun_lahir"] = None
    return replace(study, pegawai=roll)


def people_of(study: Study) -> pd.DataFrame:
    frame = by_hand.people(study).merge(study.kinerja, on=["pegawai_id", "tahun"], how="left")
    frame["output_per_day"] = (frame["output"] / frame["hari_kerja"]).astype(float)
    return frame


def test_nothing_of_few_people_can_be_worked_out(with_a_gap: Study):
    """Whoever knows who is in which group still finds no combination of the shown cells of a year
    that is of one to nine people: neither a hidden group nor those of no known group.
    """
    people = people_of(with_a_gap)
    shown = pd.concat([describe.productivity(with_a_gap), describe.participation(with_a_gap)])
    tried = 0
    for (name, year), rows in shown.groupby(["indicator", "year"]):
        if name not in COLUMNS:
            continue
        known = people[(people["tahun"] == year) & people[COLUMNS[name]].notna()]
        cells = {("all", "all"): np.ones(len(known))}
        unknown = {}
        for by in set(rows["group_by"]) - {"all"}:
            cells |= {
                (by, g): (known[by] == g).to_numpy(float) for g in known[by].dropna().unique()
            }
            unknown[by, "unknown"] = known[by].isna().to_numpy(float)
        visible = rows.dropna(subset=["n"])
        seen = np.array(
            [cells[at] for at in zip(visible["group_by"], visible["group"], strict=True)]
        )
        for secret in (*cells.values(), *unknown.values()):
            if len(seen) and 0 < secret.sum() < SMALL:
                tried += 1
                told = np.linalg.matrix_rank(np.vstack([seen, secret]))
                assert told > np.linalg.matrix_rank(seen), (name, year)
    assert tried > 20


def test_who_was_absent_is_not_what_the_refusals_leave(study_of: Callable[[int], Study]):
    """How many people refuse is an indicator, so that hiding it among the answers hides nothing of
    the few who were absent.
    """
    study = study_of(2024)
    asked = study.peserta.copy()
    absent = asked.index[asked["kehadiran"] == "tidak_hadir"]
    asked.loc[absent[4:], "kehadiran"] = "hadir"
    away = asked[(asked["tahun"] == 2024) & (asked["kehadiran"] == "hadir")].index
    asked.loc[away[:15], "kehadiran"] = "menolak"
    first = asked.loc[[*absent[:4], *asked.index.difference(absent[:4])]]
    first.loc[absent[:4], "tahun"] = 2024
    study = replace(study, peserta=first.drop_duplicates(["pegawai_id", "tahun"]))
    refused = describe.participation(study).query(
        "indicator == 'refusal_share' and group_by == 'all' and year == 2024"
    )
    answers = describe.who_takes_part(study).answers.set_index("group")["n"]
    assert refused["n"].notna().all() and answers["menolak"] >= SMALL
    assert answers[["hadir", "tidak_hadir"]].isna().all()
