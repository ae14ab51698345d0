"""Draws for seats as they are analysed: everybody in it, as they were before, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import intake, simulate
from helpers.contracts import Study
from helpers.measures import lotteries, performance

WORLD = simulate.World(seed=5, employees=600, units=16, draw=2023)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder: Path = tmp_path_factory.mktemp("drawn") / "data"
    simulate.write(WORLD, folder)
    return intake.study(folder, 2024)


def test_everybody_in_the_draw_is_there_with_what_was_measured(study: Study):
    held = lotteries.lottery(study, "output_per_day")
    undian = study.undian
    assert held is not None and held.year == 2023
    came = study.peserta[(study.peserta["tahun"] == 2023) & (study.peserta["kehadiran"] == "hadir")]
    roll = study.pegawai.loc[study.pegawai["tahun"] == 2023, "pegawai_id"]
    there = set(came["pegawai_id"]) & set(roll)
    wanted = pd.DataFrame(
        {
            "drawn": (undian["terpilih"] == "ya").astype(int),
            "came": undian["pegawai_id"].isin(there).astype(int),
        }
    )
    measured = performance.employee_years(study).set_index(["pegawai_id", "tahun"])
    for name, year in (("before", 2022), ("after", 2023)):
        at = pd.MultiIndex.from_arrays([undian["pegawai_id"], [year] * len(undian)])
        wanted[name] = measured["output_per_day"].reindex(at).to_numpy()
    columns = list(wanted.columns)
    pd.testing.assert_frame_equal(
        held.frame[columns].sort_values(columns, ignore_index=True),
        wanted.sort_values(columns, ignore_index=True),
        check_dtype=False,
    )
    assert held.frame["after"].isna().any()
    assert not held.traits.isna().any(axis=None)


def test_the_order_of_people_hangs_on_no_pseudonym_and_is_one_for_all_outcomes(study: Study):
    """Lots are dealt again by rows, and once for all outcomes."""
    before = lotteries.lottery(study, "output_per_day")
    names = {p: f"{i * 7919 % 10_007:05}" for i, p in enumerate(study.pegawai["pegawai_id"])}
    renamed = {
        t: frame.assign(pegawai_id=frame["pegawai_id"].map(names)).astype(frame.dtypes)
        for t in ("pegawai", "kinerja", "peserta", "undian")
        for frame in [study.table(t)]
    }
    after = lotteries.lottery(replace(study, **renamed), "output_per_day")
    pd.testing.assert_frame_equal(before.frame, after.frame)
    pd.testing.assert_frame_equal(before.traits, after.traits)
    of_skp = lotteries.lottery(study, "skp")
    same = ["stratum", "cluster", "drawn", "came"]
    pd.testing.assert_frame_equal(before.frame[same], of_skp.frame[same])


def test_a_rehearsal_is_of_everybody_a_year_ago_and_draws_nobody(study: Study):
    held = lotteries.rehearsal(study, "output_per_day")
    roll = study.pegawai[study.pegawai["tahun"] == 2023]
    assert len(held.frame) == len(roll) and held.year == 2024
    assert not held.frame[["drawn", "came"]].any(axis=None)
    assert held.frame["stratum"].value_counts().to_dict() == (
        roll["jenis_jabatan"].value_counts().to_dict()
    )
    measured = study.kinerja[study.kinerja["tahun"] == 2024]
    there = roll["pegawai_id"].isin(measured["pegawai_id"])
    assert held.frame["after"].notna().sum() == pytest.approx(there.sum(), abs=5)
    assert lotteries.rehearsal(replace(study, year=2018), "output_per_day") is None


def test_what_is_not_recorded_is_a_stratum_of_its_own():
    of = pd.DataFrame({"post": ["x", None, "y"], "sex": ["L", "P", np.nan]})
    assert lotteries.strata(of, ("post", "sex")).tolist() == ["x / L", "? / P", "y / ?"]
    assert lotteries.strata(of, ()).nunique() == 1


def test_the_latest_draw_up_to_the_report_counts(study: Study):
    assert lotteries.drawn_years(study) == (2023,)
    assert lotteries.lottery(replace(study, year=2022), "output_per_day") is None
    earlier = study.undian.assign(tahun=2022).astype(study.undian.dtypes)
    both = replace(study, undian=pd.concat([earlier, study.undian], ignore_index=True))
    assert lotteries.drawn_years(both) == (2023,)
    assert lotteries.drawn_years(replace(both, year=2023)) == (2022, 2023)
    assert lotteries.lottery(both, "output_per_day").year == 2023
    # Of an old draw nothing is told any more.
    assert lotteries.lottery(replace(study, year=2025), "output_per_day") is None


def test_two_draws_for_one_year_are_strata_apart(study: Study):
    halves = study.undian.assign(
        benih=["1", "2"] * (len(study.undian) // 2) + ["1"] * (len(study.undian) % 2)
    )
    held = lotteries.lottery(replace(study, undian=halves), "output_per_day")
    assert held is not None
    assert set(held.frame["stratum"].str[:3]) == {"1: ", "2: "}
    assert held.frame["stratum"].nunique() == 2 * study.undian["strata"].nunique()


def test_who_is_on_no_roll_stays_in_the_draw_without_an_outcome(study: Study):
    measured = study.undian["pegawai_id"].isin(
        study.kinerja.loc[study.kinerja["tahun"] == 2023, "pegawai_id"]
    )
    gone = study.undian.loc[measured, "pegawai_id"].iloc[0]
    all_of_it = lotteries.lottery(study, "output_per_day")
    pegawai = study.pegawai[study.pegawai["pegawai_id"] != gone]
    held = lotteries.lottery(replace(study, pegawai=pegawai), "output_per_day")
    assert held is not None and len(held.frame) == len(study.undian)
    assert held.frame["after"].isna().sum() == all_of_it.frame["after"].isna().sum() + 1
    alone = ~held.frame["cluster"].duplicated(keep=False)
    assert held.frame.loc[alone, "after"].isna().any()


def test_unrecorded_lots_are_left_out_and_unrecorded_seeds_are_no_other_draw(study: Study):
    some = study.undian["terpilih"].where(study.undian.index % 10 != 0)
    held = lotteries.lottery(
        replace(study, undian=study.undian.assign(terpilih=some)), "output_per_day"
    )
    assert held is not None and len(held.frame) == some.notna().sum()
    seeds = study.undian["benih"].where(study.undian["terpilih"] == "ya")
    held = lotteries.lottery(
        replace(study, undian=study.undian.assign(benih=seeds)), "output_per_day"
    )
    assert held is not None
    assert set(held.frame["stratum"]) == set(study.undian["strata"])


def test_a_draw_of_which_nobody_is_on_a_roll_is_none(study: Study):
    strangers = study.undian.assign(pegawai_id=[f"x{i}" for i in range(len(study.undian))])
    assert lotteries.lottery(replace(study, undian=strangers), "output_per_day") is None
