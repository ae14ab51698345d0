"""Synthetic regions: reproducible, calibrated, labelled, and true to their truth."""

from __future__ import annotations

import filecmp
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import intake, simulate
from helpers.contracts import EvaluasiError, WrongUsage, lots, nip, project


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
    # Drawn again until they are alike, as the project's own command does: no trait is far off.
    traits = before.loc[undian["nip"]].reset_index(drop=True)
    alike = pd.get_dummies(traits[["jenis_kelamin", "status", "pendidikan"]]).astype(float)
    apart = (alike[drawn].mean() - alike[~drawn].mean()).abs() / alike.std(ddof=0)
    assert apart.max() <= 0.10 + 1e-9
    assert undian["benih"].nunique() == 1
    place = lots.places(list(undian["nip"]), undian["benih"][0], pd.factorize(undian["strata"])[0])
    assert (drawn == (place < drawn.groupby(undian["strata"]).transform("sum"))).all()
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


ORDERED = simulate.World(seed=6, order=2022, employees=240, units=17, effect_satisfaction=3.0)


def _units_invited(region: simulate.Region) -> pd.DataFrame:
    """Unit and year of every invitation."""
    unit_of = region.tables["pegawai"].drop_duplicates("nip").set_index("nip")["kode_unit"]
    invited = region.tables["peserta"]
    return pd.DataFrame(
        {
            "unit": invited["nip"].map(unit_of),
            "year": invited["kode_kegiatan"].str[1:5].astype(int),
            "nip": invited["nip"],
            "kode_kegiatan": invited["kode_kegiatan"],
        }
    )


def test_turns_are_drawn_within_strata_and_no_public_unit_is_trained_before_its_own():
    region = simulate.make(ORDERED)
    table, units = region.tables["undian_unit"], region.tables["unit"]
    public = units.loc[units["layanan_publik"] == "ya", "kode_unit"]
    assert list(table["kode_unit"]) == list(public)
    assert set(table["giliran"]) == {2022, 2023, 2024, 2025}
    assert set(table["tahun"]) == {2022} and set(table["benih"]) == {"6"}
    turns = pd.crosstab(table["strata"], table["giliran"])
    assert set(turns.index) == {"rendah", "sedang", "tinggi"}
    assert turns.sum(axis=1).between(len(public) // 3, len(public) // 3 + 1).all()
    assert (turns.max(axis=1) - turns.min(axis=1) <= 1).all()
    assert turns.sum().max() - turns.sum().min() <= 1
    invited = _units_invited(region)
    turn = invited["unit"].map(table.set_index("kode_unit")["giliran"])
    assert (invited["year"] >= turn)[turn.notna()].all()
    in_turn = invited[invited["year"] == turn].drop_duplicates(["unit", "nip"])
    roll = region.tables["pegawai"]
    there = roll.merge(table, left_on=["kode_unit", "tahun"], right_on=["kode_unit", "giliran"])
    assert len(in_turn) / len(there) == pytest.approx(0.9, abs=0.05)
    assert (invited["year"] > turn).sum() > 0


def test_units_outside_the_order_are_invited_as_if_there_were_none():
    with_order, without = (simulate.make(replace(ORDERED, order=o)) for o in (2022, 0))
    assert "undian_unit" not in without.tables and "order" not in without.truth
    public = set(with_order.tables["undian_unit"]["kode_unit"])
    others, as_ever = (
        of.loc[~of["unit"].isin(public)].reset_index(drop=True)
        for of in map(_units_invited, (with_order, without))
    )
    assert others["year"].min() == 2020 and len(others) > 20
    pd.testing.assert_frame_equal(others, as_ever, check_dtype=False)


def test_the_truth_of_an_order_is_that_of_units_whose_turn_has_come():
    # Units of five, some of which send too few.
    region = simulate.make(replace(ORDERED, employees=90))
    truth, gains = region.truth["order"], region.gains[1]["staff_unsur"]
    table = region.tables["undian_unit"].set_index("kode_unit")["giliran"]
    roll = region.tables["pegawai"]
    trained = roll["nip"].map(_trained(region)) <= roll["tahun"]
    share = trained.groupby([roll["kode_unit"], roll["tahun"]]).mean()
    due = [(u, y) for u, turn in table.items() for y in range(turn, 2025)]
    assert (truth["units"], truth["unit_years"]) == (len(table), len(due))
    assert {int(y): n for y, n in truth["turns"].items()} == table.value_counts().to_dict()
    assert truth["itt"] == pytest.approx(sum(gains[d] for d in due) / len(due), abs=1e-5)
    # Once reached, a share that people who leave bring down again counts on.
    reached = [any(share.get((u, t), 0) >= 0.3 for t in range(2018, y + 1)) for u, y in due]
    assert truth["trained_share"] == pytest.approx(sum(reached) / len(due), abs=1e-5)
    assert 0.7 < truth["trained_share"] < 1
    waiting = [(u, y) for u, y in gains.index if y < table[u]]
    assert len(waiting) > 50 and not any(gains[w] for w in waiting)


@pytest.mark.parametrize("with_faults", [False, True])
def test_the_table_of_an_order_is_read_as_it_was_written(tmp_path: Path, plan, with_faults: bool):
    region = simulate.write(ORDERED, tmp_path / "data", with_faults=with_faults)
    assert not (tmp_path / "data" / "undian_2022.csv").exists()
    table = region.tables["undian_unit"]
    pd.testing.assert_frame_equal(
        pd.read_csv(tmp_path / "data" / "undian_unit_2022.csv", dtype={"benih": str}),
        table,
        check_dtype=False,
    )
    columns = ["kode_unit", "strata", "giliran"]
    read = intake.study(tmp_path / "data", 2024, plan)
    direct = simulate.study(region, plan)
    for study in (read, direct):
        assert study.undian_unit[columns].to_numpy().tolist() == table[columns].to_numpy().tolist()
        assert study.undian.empty


def test_where_units_are_fewer_than_turns_one_still_waits_in_the_last_year():
    region = simulate.make(replace(ORDERED, units=4, order=2020))
    assert region.tables["undian_unit"]["giliran"].max() == 2025
    assert region.truth["order"]["unit_years"] >= 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"order": 2019}, "2020–2024"),
        ({"order": 2025}, "2020–2024"),
        ({"order": 2022, "draw": 2022}, "--draw, --order"),
    ],
)
def test_an_order_that_cannot_be_kept_is_refused(tmp_path: Path, asked, said: str):
    with pytest.raises(WrongUsage, match=said):
        simulate.write(simulate.World(**asked), tmp_path / "none")
    assert not (tmp_path / "none").exists()
