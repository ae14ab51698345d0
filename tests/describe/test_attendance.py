"""Who takes part: shares by hand, small groups hidden with another, those who feel no need."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import contracts, describe
from helpers.contracts import Study, codes, typed
from tests.describe import by_hand

PEOPLE = ("jenis_kelamin", "jenis_jabatan", "kelompok_umur", "tingkat_pendidikan")
NO_NEED = "merasa tidak perlu"
FIGURES = ["value", "ci_low", "ci_high", "n"]


def invited(study: Study, **answers: list[str | None]) -> Study:
    """The study with these answers to invitations of its year, one a person."""
    roll = study.pegawai[study.pegawai["tahun"] == study.year].reset_index(drop=True)
    size = len(answers["kehadiran"])
    rows = {"kode_kegiatan": ["A1"] * size, "pegawai_id": roll["pegawai_id"][:size].tolist()}
    peserta = typed(pd.DataFrame(rows | answers).assign(tahun=study.year), "peserta")
    activity = pd.DataFrame({"tahun": [study.year], "kode_kegiatan": ["A1"], "jp": [24.0]})
    return replace(study, peserta=peserta, kegiatan=typed(activity, "kegiatan"))


def assert_shares(found: pd.DataFrame, rows: pd.DataFrame, column: str) -> None:
    """Every shown share is how often the value stands in the rows, and its n how many they are."""
    assert len(found.dropna(subset=["value"]))
    for row in found.dropna(subset=["value"]).itertuples():
        hits = rows[column] == row.group
        assert row.group_by == column
        assert row.n == hits.sum()
        assert row.value == pytest.approx(hits.mean())
        assert (row.ci_low, row.ci_high) == pytest.approx(by_hand.wilson(hits, rows["kode_unit"]))


def assert_hidden(found: pd.DataFrame, *groups: str) -> None:
    hidden = found[found["value"].isna()]
    assert set(hidden["group"]) == set(groups)
    assert hidden[FIGURES].isna().all(axis=None)
    assert found[~found["group"].isin(groups)][FIGURES].notna().all(axis=None)


def test_answers_and_reasons_are_counted_by_hand(study):
    reasons = [NO_NEED] * 12 + ["jarak"] * 18 + [None] * 10
    made = invited(
        study,
        kehadiran=["hadir"] * 60 + ["menolak"] * 25 + ["tidak_hadir"] * 15,
        alasan=[None] * 60 + reasons,
    )
    units = made.pegawai.loc[made.pegawai["tahun"] == 2024, ["pegawai_id", "kode_unit"]]
    rows = made.peserta.merge(units, on="pegawai_id")
    found = describe.who_takes_part(made)
    assert found.invitations == 100
    assert_hidden(found.answers)
    assert_shares(found.answers, rows, "kehadiran")
    away = rows[rows["alasan"].notna()]
    assert len(away) == 30
    assert_hidden(found.reasons)
    assert_shares(found.reasons, away, "alasan")


@pytest.mark.parametrize(
    ("came", "refused", "absent", "hidden"),
    [
        (60, 25, 15, ()),
        # Of the 25 the share of the invited who refuse tells.
        (60, 25, 5, ("tidak_hadir", "hadir")),
        (20, 25, 5, ("tidak_hadir", "hadir")),
        (60, 4, 5, ("menolak", "tidak_hadir", "hadir")),
        (60, 6, 7, ("menolak", "tidak_hadir")),
        (60, 5, 0, ("menolak", "hadir")),
        (9, 0, 0, ("hadir",)),
    ],
)
def test_a_small_group_is_hidden_with_another(study, came, refused, absent, hidden):
    answers = ["hadir"] * came + ["menolak"] * refused + ["tidak_hadir"] * absent
    found = describe.who_takes_part(invited(study, kehadiran=answers)).answers
    assert len(found) == len(set(answers))
    assert_hidden(found, *hidden)
    # What the total less the shown tells is about ten people or more, or about everyone.
    unseen = len(answers) - found["n"].sum()
    assert unseen == 0 or unseen >= 10 or unseen == len(answers)


def test_who_attended_needs_no_reason(study):
    made = invited(study, kehadiran=["hadir"] * 30, alasan=["jarak"] * 15 + [""] * 15)
    found = describe.who_takes_part(made)
    assert len(found.reasons) == 0
    contracts.schemas.FRAMES["reasons"].validate(found.reasons)


def test_the_share_never_invited_by_group(study):
    roll = by_hand.people(study)
    roll = roll[roll["tahun"] == 2024]
    roll["never"] = (~roll["pegawai_id"].isin(set(study.peserta["pegawai_id"]))).astype(float)
    roll["kecamatan"] = roll["kode_unit"].map(study.unit.set_index("kode_unit")["kecamatan"])
    expected = {("all", "all"): roll}
    for column in (*PEOPLE, "kecamatan"):
        expected |= {(column, str(group)): part for group, part in roll.groupby(column)}
    found = describe.who_takes_part(study).never_invited
    assert {(r.group_by, r.group) for r in found.itertuples()} == set(expected)
    shown = found.dropna(subset=["value"])
    assert len(shown) > 8
    for row in shown.itertuples():
        part = expected[row.group_by, row.group]
        assert row.n == len(part)
        assert row.value == pytest.approx(part["never"].mean())
        bounds = by_hand.wilson(part["never"], part["kode_unit"])
        assert (row.ci_low, row.ci_high) == pytest.approx(bounds)


def test_an_invitation_counts_from_its_year_on(study_of):
    """Nobody was invited before 2021, so that everyone on the rolls of 2020 never was."""
    assert study_of(2020).peserta.empty
    never = describe.who_takes_part(study_of(2021)).never_invited.iloc[0]
    people = study_of(2021).pegawai.query("tahun == 2021")["pegawai_id"]
    ever = set(study_of(2024).peserta.query("tahun <= 2021")["pegawai_id"])
    assert never["value"] == pytest.approx(1 - people.isin(ever).mean())


def test_those_who_feel_no_need_are_compared_by_the_year_before(study):
    scores = study.kinerja.assign(y=study.kinerja["output"] / study.kinerja["hari_kerja"])
    before = scores.assign(tahun=scores["tahun"] + 1)[["pegawai_id", "tahun", "y"]]
    units = study.pegawai[["pegawai_id", "tahun", "kode_unit"]]
    rows = study.peserta.merge(before, on=["pegawai_id", "tahun"]).dropna(subset=["y"])
    rows = rows.merge(units, on=["pegawai_id", "tahun"])
    rows = rows[(rows["alasan"] == NO_NEED) | (rows["kehadiran"] == "hadir")]
    no_need = (rows["alasan"] == NO_NEED).astype(float)
    assert no_need.sum() >= 10
    value, low, high, error = by_hand.difference(rows["y"], no_need, rows["kode_unit"])
    found = describe.who_takes_part(study).no_need
    assert found.value == pytest.approx(value)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.std_error == pytest.approx(error)
    assert found.n == no_need.sum()


def test_fewer_than_ten_who_feel_no_need_are_not_compared(study):
    some = study.peserta[study.peserta["alasan"] == NO_NEED].index[9:]
    found = describe.who_takes_part(replace(study, peserta=study.peserta.drop(some)))
    assert not found.no_need.known and np.isnan(found.no_need.value) and found.no_need.n == 0


def test_people_count_once_however_often_they_feel_no_need(study):
    some = study.peserta[study.peserta["alasan"] == NO_NEED]
    nine = some.drop_duplicates("pegawai_id").iloc[:9]
    others = study.peserta[
        (study.peserta["alasan"] != NO_NEED) & ~study.peserta["pegawai_id"].isin(nine["pegawai_id"])
    ]
    held = study.kegiatan.groupby("tahun")["kode_kegiatan"].agg(["first", "last"])
    twice = [nine.assign(kode_kegiatan=nine["tahun"].map(held[at])) for at in ("first", "last")]
    peserta = pd.concat([others, *twice], ignore_index=True)
    assert not describe.who_takes_part(replace(study, peserta=peserta)).no_need.known


def test_a_reason_of_few_people_is_hidden_however_often_they_give_it(study):
    away = study.peserta[(study.peserta["tahun"] == 2024) & study.peserta["alasan"].notna()]
    five = away.drop_duplicates("pegawai_id").iloc[:5]
    others = study.peserta[~study.peserta["pegawai_id"].isin(five["pegawai_id"])]
    held = study.kegiatan.loc[study.kegiatan["tahun"] == 2024, "kode_kegiatan"].iloc[:2]
    twice = [five.assign(kode_kegiatan=k, alasan="cuti") for k in held]
    peserta = pd.concat([others, *twice], ignore_index=True)
    reasons = describe.who_takes_part(replace(study, peserta=peserta)).reasons.set_index("group")
    assert reasons.loc["cuti"][["value", "ci_low", "ci_high", "n"]].isna().all()


def test_ratings_are_shares_of_the_rated_best_first(study):
    rated = study.kinerja.query("tahun == 2024").dropna(subset=["predikat"])
    units = study.pegawai.query("tahun == 2024")[["pegawai_id", "kode_unit"]]
    rated = rated.merge(units, on="pegawai_id")
    found = describe.ratings(study)
    order = [codes.PREDIKAT.index(group) for group in found["group"]]
    assert order == sorted(order) and set(found["group"]) == set(rated["predikat"])
    assert_shares(found, rated, "predikat")
    counts = rated["predikat"].value_counts()
    assert set(counts[counts < 10].index) <= set(found.loc[found["n"].isna(), "group"])


def test_ratings_of_other_years_are_not_counted(study):
    now = study.kinerja["tahun"] == 2024
    unrated = study.kinerja.assign(predikat=study.kinerja["predikat"].mask(now))
    assert len(describe.ratings(replace(study, kinerja=unrated))) == 0
    all_good = study.kinerja.assign(predikat=study.kinerja["predikat"].where(now, "kurang"))
    assert describe.ratings(replace(study, kinerja=all_good)).equals(describe.ratings(study))


def test_shares_have_the_level_of_the_plan(study):
    wider = study.plan.inference.model_copy(update={"level": 0.99})
    at_99 = replace(study, plan=study.plan.model_copy(update={"inference": wider}))
    narrow = describe.who_takes_part(study).never_invited.iloc[0]
    wide = describe.who_takes_part(at_99).never_invited.iloc[0]
    assert wide["ci_low"] < narrow["ci_low"] and narrow["ci_high"] < wide["ci_high"]
