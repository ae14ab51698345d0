"""Draws for seats as they are analysed: everybody in it, as they were before, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

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
    undian = study.undian.sort_values("pegawai_id")
    assert held is not None and held.year == 2023
    assert (held.frame["drawn"].to_numpy() == (undian["terpilih"] == "ya").to_numpy()).all()
    measured = performance.employee_years(study).set_index(["pegawai_id", "tahun"])
    for name, year in (("before", 2022), ("after", 2023)):
        at = pd.MultiIndex.from_arrays([undian["pegawai_id"], [year] * len(undian)])
        wanted = measured["output_per_day"].reindex(at).to_numpy()
        assert held.frame[name].to_numpy() == pytest.approx(wanted, nan_ok=True)
    came = study.peserta[(study.peserta["tahun"] == 2023) & (study.peserta["kehadiran"] == "hadir")]
    roll = study.pegawai.loc[study.pegawai["tahun"] == 2023, "pegawai_id"]
    there = set(came["pegawai_id"]) & set(roll)
    assert held.frame["came"].to_list() == [int(p in there) for p in undian["pegawai_id"]]
    assert held.frame["after"].isna().any()
    assert not held.traits.isna().any(axis=None)


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
    gone = study.undian["pegawai_id"].iloc[0]
    pegawai = study.pegawai[study.pegawai["pegawai_id"] != gone]
    held = lotteries.lottery(replace(study, pegawai=pegawai), "output_per_day")
    assert held is not None and len(held.frame) == len(study.undian)
    at = study.undian["pegawai_id"].sort_values().to_list().index(gone)
    assert held.frame["after"].isna().iloc[at]
    assert (held.frame["cluster"] == held.frame["cluster"].iloc[at]).sum() == 1


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
