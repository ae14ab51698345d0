"""Synthetic regions: reproducible, calibrated, labelled, and true to their truth."""

from __future__ import annotations

import filecmp
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import simulate
from helpers.contracts import EvaluasiError, nip, project


def test_the_committed_sample_is_reproduced_byte_for_byte(tmp_path: Path):
    simulate.write(simulate.World(), tmp_path / "sample")
    made, kept = tmp_path / "sample", project.SAMPLE
    names = sorted(p.name for p in kept.iterdir())
    assert sorted(p.name for p in made.iterdir()) == names
    _, different, missing = filecmp.cmpfiles(made, kept, names, shallow=False)
    assert not different and not missing


def test_the_sample_is_labelled_and_of_the_promised_size():
    assert json.loads((project.SAMPLE / "truth.json").read_text())["synthetic"] is True
    assert "SINTETIS" in (project.SAMPLE / "SINTETIS.txt").read_text()
    roll = pd.read_csv(project.SAMPLE / "pegawai_2018.csv", dtype=str)
    assert 1400 <= len(roll) <= 1600
    assert roll["nama"].str.startswith("Contoh").all()
    assert len(pd.read_csv(project.SAMPLE / "unit.csv")) == 40
    assert {len(pd.read_csv(p)) for p in project.SAMPLE.glob("skm_*.csv")} == {2500}


def test_the_calibration_of_the_domain_facts():
    tables = simulate.make(simulate.World(employees=6000, units=120, forms_per_year=30000)).tables
    people = tables["pegawai"].drop_duplicates("nip")
    assert (people["jenis_kelamin"] == "P").mean() == pytest.approx(0.53, abs=0.02)
    assert (people["pendidikan"] == "SMA").mean() == pytest.approx(0.17, abs=0.02)
    assert (people["jenis_jabatan"] == "fungsional").mean() == pytest.approx(0.51, abs=0.02)
    forms = tables["skm"]
    scores = forms[[f"u{i}" for i in range(1, 10)]].apply(pd.to_numeric).mean(axis=1) * 25
    year = forms["tanggal"].str[:4]
    assert scores[year == "2021"].groupby(forms["kode_unit"]).mean().mean() == pytest.approx(
        85, abs=2
    )
    assert 3 <= scores[year == "2021"].groupby(forms["kode_unit"]).mean().std() <= 5
    assert (tables["kinerja"]["predikat"] == "baik").mean() == pytest.approx(0.88, abs=0.05)
    reasons = tables["peserta"].loc[tables["peserta"]["kehadiran"] == "menolak", "alasan"]
    assert reasons.value_counts().index[0] == "merasa tidak perlu"


def test_every_nip_is_one_person_and_says_what_the_row_says():
    people = (
        simulate.make(simulate.World(seed=5)).tables["pegawai"].drop_duplicates(["nip", "nama"])
    )
    assert not people["nip"].duplicated().any()
    for row in people.head(300).itertuples():
        told = nip.content(row.nip)
        assert (told.birth.isoformat(), told.sex, told.is_pppk) == (
            row.tanggal_lahir,
            row.jenis_kelamin,
            row.status == "PPPK",
        )


def test_people_born_and_hired_on_the_same_days_do_not_share_a_nip():
    """In this region two of them have serial numbers that differ by 999 before they are wrapped."""
    world = simulate.World(seed=1301, selection="none")
    people = simulate.make(world).tables["pegawai"]
    assert not people.duplicated(["nip", "tahun"]).any()
    assert people["nip"].nunique() == people["nama"].nunique()


@pytest.mark.parametrize("effect", [0.0, 0.05])
def test_the_truth_is_the_effect_that_was_asked_for(effect: float):
    region = simulate.make(
        simulate.World(seed=2, effect_productivity=effect, effect_satisfaction=0.0)
    )
    told = region.truth["att"]["2024"]
    scores = region.tables["kinerja"]
    mean = (scores["output"] / scores["hari_kerja"]).mean()
    assert told["output_per_day"] / mean == pytest.approx(effect, abs=0.005)
    assert told["ikm"] == 0


def test_the_dip_sends_those_who_had_a_bad_year():
    """Under ``dip`` the year before training is low for the trained; under ``none`` it is not."""

    def before(selection: str) -> float:
        tables = simulate.make(
            simulate.World(seed=4, selection=selection, effect_productivity=0)
        ).tables
        came = tables["peserta"][tables["peserta"]["kehadiran"] == "hadir"].copy()
        came["tahun"] = came["kode_kegiatan"].str[1:5].astype(int) - 1
        scores = tables["kinerja"].assign(
            y=tables["kinerja"]["output"] / tables["kinerja"]["hari_kerja"]
        )
        scores["gap"] = scores["y"] - scores.groupby("nip")["y"].transform("mean")
        return came.merge(scores, on=["nip", "tahun"])["gap"].mean()

    assert before("dip") < -0.1
    assert abs(before("none")) < 0.08


def test_an_existing_folder_of_other_files_is_left_alone(tmp_path: Path):
    (tmp_path / "mine.csv").write_text("a\n")
    with pytest.raises(EvaluasiError):
        simulate.write(simulate.World(employees=50, units=4), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.csv"]


def _untouched(**trouble: object) -> tuple[simulate.Region, simulate.Region]:
    """A region without any effect, and the same where something passes for one."""
    usual = simulate.World(
        seed=31,
        employees=600,
        units=20,
        forms_per_year=600,
        effect_productivity=0.0,
        effect_satisfaction=0.0,
        selection="none",
    )
    return simulate.make(usual), simulate.make(replace(usual, **trouble))


def _performance(region: simulate.Region) -> pd.DataFrame:
    table = region.tables["kinerja"]
    return table.assign(per_day=table["output"] / table["hari_kerja"]).set_index(["nip", "tahun"])


def _trained(region: simulate.Region) -> pd.Series:
    came = region.tables["peserta"].query("kehadiran == 'hadir'")
    hours = came.merge(region.tables["kegiatan"], on="kode_kegiatan")
    hours["tahun"] = hours["tanggal_mulai"].str[:4].astype(int)
    enough = hours.groupby(["nip", "tahun"])["jp"].sum().ge(20)
    return enough[enough].reset_index().groupby("nip")["tahun"].min()


def test_work_passed_on_is_gained_by_the_trained_and_lost_by_the_others():
    plain, moved = map(_performance, _untouched(displaced=0.05))
    change = moved["per_day"] - plain["per_day"]
    cohort = _trained(_untouched()[0]).reindex(change.index.get_level_values("nip")).to_numpy()
    trained = cohort <= change.index.get_level_values("tahun")
    share = change[trained].mean() / plain["per_day"][trained].mean()
    assert share == pytest.approx(0.05, abs=0.004)
    assert change[~trained].mean() < -0.02
    assert change.sum() == pytest.approx(0, abs=0.02 * change[trained].sum() + 5)


def test_better_posts_come_with_training_and_are_on_the_roll():
    plain, moved = _untouched(moving=0.3)
    roll = moved.tables["pegawai"]
    units = roll.groupby("nip")["kode_unit"].nunique()
    cohort = _trained(plain)
    changed = units[units > 1].index
    assert set(changed) <= set(cohort.index)
    assert len(changed) / len(cohort) == pytest.approx(0.3, abs=0.08)
    gain = _performance(moved)["per_day"] - _performance(plain)["per_day"]
    assert gain[gain.index.get_level_values("nip").isin(changed)].max() == pytest.approx(
        0.6, abs=0.02
    )


def test_only_bad_years_of_the_trained_go_unrecorded():
    plain, partly = _untouched(unrecorded=0.2)
    before, after = _performance(plain), _performance(partly)
    lost = before.index.difference(after.index)
    cohort = _trained(plain)
    assert len(lost) > 50
    assert all(cohort.get(nip, 9999) <= year for nip, year in lost)
    assert before.loc[lost, "per_day"].mean() < before["per_day"].mean()
    # Nobody leaves: only the year is missing.
    pd.testing.assert_frame_equal(plain.tables["pegawai"], partly.tables["pegawai"])


def test_what_is_counted_kindly_is_no_effect():
    plain, kind = _untouched(flattered=0.1)
    assert kind.truth["att"] == plain.truth["att"]
    assert _performance(kind)["per_day"].mean() > _performance(plain)["per_day"].mean()


def test_what_touches_the_staff_alone_leaves_the_rest_of_the_survey():
    usual = simulate.World(seed=32, units=20, employees=400, selection="unit_shock")
    everything, staff = simulate.make(usual), simulate.make(replace(usual, staff_only=True))

    def spread(region: simulate.Region, unsur: int) -> float:
        forms = region.tables["skm"]
        answer = pd.to_numeric(forms[f"u{unsur}"], errors="coerce")
        by_unit = answer.groupby([forms["kode_unit"], forms["tanggal"].str[:4]]).mean().unstack()
        return float((by_unit - by_unit.mean()).std(axis=1).mean())

    # U3 (waktu) can be moved by staff, U8 (sarana) cannot.
    assert spread(staff, 8) < 0.8 * spread(everything, 8)
    assert spread(staff, 3) == pytest.approx(spread(everything, 3), rel=0.25)


def test_sent_in_a_good_year_is_seen_in_that_year():
    world = replace(
        simulate.World(seed=33), selection="this_year", effect_productivity=0.0, employees=3000
    )
    region = simulate.make(world)
    table = _performance(region)["per_day"]
    cohort = _trained(region)
    usual = table.groupby("nip").mean()
    own = table - usual.reindex(table.index.get_level_values("nip")).to_numpy()
    year = table.index.get_level_values("tahun").to_numpy()
    first = cohort.reindex(table.index.get_level_values("nip")).to_numpy()
    assert own[year == first].mean() > own[year == first - 1].mean() + 0.15


def test_seats_are_drawn_within_posts_and_nobody_else_is_invited(tmp_path: Path):
    world = replace(simulate.World(seed=5), draw=2024, effect_productivity=0.06)
    region = simulate.make(world)
    undian, truth = region.tables["undian"], region.truth["draw"]
    roll = region.tables["pegawai"]
    before = roll[roll["tahun"] == 2023].set_index("nip")
    assert set(undian["nip"]) <= set(before.index) and undian["nip"].is_unique
    assert (undian["strata"] == undian["nip"].map(before["jenis_jabatan"])).all()
    drawn = undian["terpilih"] == "ya"
    shares = drawn.groupby(undian["strata"]).mean()
    assert len(shares) == 3 and shares.between(0.33, 0.37).all()
    invited = region.tables["peserta"]
    of_year = invited[invited["kode_kegiatan"].str.startswith("K2024")]
    assert set(of_year["nip"]) <= set(undian.loc[drawn, "nip"])
    earlier = invited[~invited["kode_kegiatan"].str.startswith("K2024")]
    assert not set(earlier["nip"]) & set(undian["nip"])
    gain = region.gains[0]["output_per_day"].xs(2024, level="tahun")
    of = undian["nip"].map(gain).dropna()
    assert truth["itt"] == pytest.approx(of[drawn].mean() - of[~drawn].mean(), abs=1e-5)
    assert 0 < truth["itt"] < truth["complier"]
    # A world without a draw is the same as ever, and other years of this one are.
    without = simulate.make(replace(world, draw=0))
    assert "undian" not in without.tables and "draw" not in without.truth
    pd.testing.assert_frame_equal(
        earlier.reset_index(drop=True)[["nip", "kode_kegiatan"]],
        without.tables["peserta"]
        .loc[~without.tables["peserta"]["kode_kegiatan"].str.startswith("K2024")]
        .reset_index(drop=True)[["nip", "kode_kegiatan"]],
    )
    simulate.write(world, tmp_path / "messy", with_faults=True)
    assert len(pd.read_csv(tmp_path / "messy" / "undian_2024.csv")) == len(undian)


@pytest.mark.parametrize("year", [2019, 2020, 2025])
def test_a_draw_for_seats_that_there_are_not_is_refused(tmp_path: Path, year: int):
    with pytest.raises(EvaluasiError, match="2021–2024"):
        simulate.write(simulate.World(draw=year), tmp_path / "none")
    assert not (tmp_path / "none").exists()
