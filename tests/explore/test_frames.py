"""Explored frames: in words, complete, without people's names, and with what few people would tell
left out.
"""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import explore, intake, measures, simulate
from helpers.contracts import Study, project
from helpers.explore.column_words import description
from helpers.explore.marked import mark_of
from helpers.findings import told, word
from tests.questions.history import with_history

FRAMES = {
    "people": explore.people,
    "units": explore.units,
    "activities": explore.activities,
    "forms": explore.forms,
}


@pytest.fixture(scope="module")
def study() -> Study:
    return intake.study(project.ROOT / "data" / "sample", 2024, project.DEFAULT_PLAN)


def test_people_are_as_many_as_the_roll_and_known_by_no_name(study: Study):
    people = explore.people(study)
    roll = measures.training.roll(study)
    assert len(people) == len(roll)
    assert people["person"].nunique() == roll["pegawai_id"].nunique()
    assert not set(roll["pegawai_id"]) & set(map(str, people.to_numpy().ravel()))


def test_who_was_never_trained_has_no_first_year_and_is_not_trained(study: Study):
    people = explore.people(study)
    never = people["first_trained"].isna()
    assert 0 < never.sum() < len(people)
    assert not people.loc[never, "trained"].any()
    trained = people[people["trained"]]
    assert (trained["year"] >= trained["first_trained"]).all()
    assert not people.loc[~never & (people["year"] < people["first_trained"]), "trained"].any()


def test_ages_are_years_and_words_are_the_readers(study: Study):
    said = {lang: explore.people(study, lang) for lang in ("id", "en")}
    assert said["id"]["umur"].between(17, 70).all()
    assert set(said["id"]["jenis_kelamin"]) == {"laki-laki", "perempuan"}
    assert set(said["en"]["jenis_kelamin"]) == {"men", "women"}
    assert not said["en"]["unit"].str.fullmatch(r"U\d+").any()


def test_theme_and_method_are_those_of_most_hours_until_the_year(study: Study):
    people = explore.people(study)
    roll = measures.training.roll(study)
    came = measures.training.invitations(study)
    came = came[came["jp"] > 0]
    for at in people.index[people["tema"].notna()][::397]:
        who, year = roll.loc[at, "pegawai_id"], roll.loc[at, "tahun"]
        until = came[(came["pegawai_id"] == who) & (came["tahun"] <= year)]
        hours = until.groupby("tema")["jp"].sum()
        most = {told(f"word.{t}")["id"] for t in hours.index[hours == hours.max()]}
        assert people.loc[at, "tema"] in most
    none = people.index[people["tema"].isna()]
    hours = came.merge(
        roll.loc[none, ["pegawai_id", "tahun"]], on="pegawai_id", suffixes=("", "_row")
    )
    assert not (hours["tahun"] <= hours["tahun_row"]).any()


def test_units_hide_shares_of_few_people_and_indexes_of_few_forms(study: Study):
    units = explore.units(study)
    few = study.plan.privacy.small_cell
    counted = (units["trained_share"] * units["staff"]).round().dropna()
    assert counted.isin([0]).any() and not counted.between(1, few - 1).any()
    enough = units["forms"] >= study.plan.skm.min_respondents
    assert units.loc[~enough, "ikm"].isna().all() and units.loc[enough, "ikm"].notna().any()
    assert explore.compare(units, "trained", by="opd").frame["value"].between(0, 1).all()
    assert units["trained"].any() and not units.loc[units["first_trained"].isna(), "trained"].any()


def test_activities_hide_figures_of_few_people(study: Study):
    activities = explore.activities(study)
    few = study.plan.privacy.small_cell
    invited = measures.training.invitations(study)
    counts = invited.groupby("kode_kegiatan")["attended"].agg(["size", "sum"])
    away = (counts["size"] - counts["sum"]).reindex(activities["kode_kegiatan"]).to_numpy()
    hidden = activities["attended_share"].isna().to_numpy()
    assert hidden[(away > 0) & (away < few)].all() and not hidden.all()


HIDDEN = word("hidden", "en")


@pytest.mark.parametrize("having", [1, 9, 10, 40, 41, 49, 50])
def test_how_full_a_column_is_tells_of_no_few_people(study: Study, having: int):
    people = explore.people(study, "en").head(50)
    people["own"] = pd.Series(range(50), index=people.index).where(lambda n: n < having)
    shown = {row[0]: row[2] for row in explore.columns(people).rows}
    few = 0 < having < 10 or 0 < 50 - having < 10
    assert shown["own"] == (HIDDEN if few else f"{2 * having}%")
    alone = explore.columns(people.head(1))
    assert {row[2] for row in alone.rows} == {HIDDEN}
    of_units = explore.columns(explore.units(study, "en").head(1))
    assert HIDDEN not in {row[2] for row in of_units.rows}


def test_every_column_is_described_and_every_description_used(study: Study):
    for rows, made in FRAMES.items():
        frame = made(study)
        for lang in ("id", "en"):
            added = told("explore.added")[lang]
            assert all(description(str(c), rows)[lang] not in ("", added) for c in frame)
        shown = explore.columns(frame.assign(own=1))
        assert [r[0] for r in shown.rows] == [*map(str, frame), "own"]
        assert shown.rows[-1][1] == told("explore.added")["id"]


def test_a_frame_keeps_its_mark_through_filters_sorting_and_files(study: Study, tmp_path):
    people = explore.people(study, "en")
    again = people[people["trained"]].sort_values("umur").assign(own=1).query("year == 2024")
    assert mark_of(again) == mark_of(people)
    again.to_parquet(tmp_path / "people.parquet")
    assert len(pd.read_parquet(tmp_path / "people.parquet")) == len(again)


def test_a_year_without_survey_training_or_scores_still_has_its_people(tmp_path):
    world = simulate.World(
        seed=3, employees=120, units=6, forms_per_year=90, first_year=2022, last_year=2024
    )
    simulate.write(world, tmp_path)
    for name in ("skm", "peserta", "kegiatan"):
        for path in tmp_path.glob(f"{name}*"):
            path.unlink()
    bare = intake.study(tmp_path, 2024, project.DEFAULT_PLAN)
    people = explore.people(bare)
    assert len(people) and not people["trained"].any() and people["tema"].isna().all()
    assert explore.forms(bare).empty and explore.activities(bare).empty
    assert explore.units(bare)["ikm"].isna().all()


def test_who_was_invited_is_missing_where_attendances_alone_are_known(tmp_path):
    simulate.write(simulate.World(seed=4, employees=400, units=12), tmp_path / "all")
    study = intake.study(with_history(tmp_path / "all", tmp_path / "some", 2022), 2024)
    whole = intake.study(tmp_path / "all", 2024)
    people, known = explore.people(study), explore.people(whole)
    asked = ~people["year"].between(2020, 2022)
    assert people.loc[~asked, "invited"].isna().all()
    pd.testing.assert_series_equal(
        people.loc[asked, "invited"].astype(bool), known.loc[asked, "invited"]
    )
    for name in ("attended", "trained", "jp"):
        pd.testing.assert_series_equal(people[name], known[name])
    activities = explore.activities(study)
    early = activities["year"] <= 2022
    assert early.any() and activities.loc[early, ["invited", "attended_share"]].isna().all(
        axis=None
    )
    assert activities.loc[~early, "invited"].notna().any()
    # It is a share, and makes groups, as ever.
    shares = explore.compare(people, "invited", "jenis_jabatan").frame["value"].dropna()
    assert len(shares) and shares.between(0, 1).all()
    by_year = explore.over_time(people, "jp", "invited").frame
    assert not set(by_year["year"]) & {2020, 2021, 2022}
    (yes,) = by_year.loc[(by_year["year"] == 2024) & by_year["group"].str.endswith("ya"), "n"]
    assert yes == known.loc[known["year"] == 2024, "invited"].sum()
