"""Every indicator is what plain pandas and least squares make of the study's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import contracts, describe, measures, simulate
from helpers.contracts import Study, codes, typed
from helpers.contracts.plan_file import load
from tests.describe import by_hand

PEOPLE = ("jenis_kelamin", "jenis_jabatan", "kelompok_umur", "tingkat_pendidikan")
SMALL = 10
# Few enough to be told of by many a figure.
FEW = simulate.World(seed=3, employees=90, units=7, forms_per_year=100, first_year=2021)
SHARES = (
    "discipline_share",
    "invited_share",
    "jp_target_share",
    "refusal_share",
    "trained_share",
)
Key = tuple[int, str, str]
Figures = dict[Key, tuple[float, float, float, int]]


def groups(frame: pd.DataFrame, by: Sequence[str]) -> Iterator[tuple[Key, pd.DataFrame]]:
    """Year, grouping and group of everyone and of each group, with its rows."""
    for year, part in frame.groupby("tahun"):
        yield (year, "all", "all"), part
    for column in by:
        for (year, group), part in frame.groupby(["tahun", column]):
            yield (year, column, str(group)), part


def compare(
    shown: pd.DataFrame, name: str, expected: Figures, label: str, made_by: Figures | None = None
) -> None:
    """Shown rows carry the expected figures; hidden ones none, and only for a reason: their own
    people, or those by whom the figure is ``made_by``, are few.
    """
    rows = shown[shown["indicator"] == name]
    assert set(rows["unit_label"]) == {label}
    found = {(r.year, r.group_by, r.group): r for r in rows.itertuples()}
    assert len(found) == len(rows)
    assert set(found) == set(expected)
    small = {key for key, figures in expected.items() if tells(name, figures)}
    unknown = {key for key, figures in nowhere(expected).items() if tells(name, figures)}
    if made_by is not None:
        small |= {key for key, figures in made_by.items() if tells("trained_share", figures)}
        unknown |= {key for key, f in nowhere(made_by).items() if tells("trained_share", f)}
    reasons = {k[:2] for k in small | unknown}
    for key, (value, low, high, n) in expected.items():
        row = found[key]
        if key in small or np.isnan(row.value):
            assert np.isnan([row.value, row.ci_low, row.ci_high, row.n]).all(), key
            assert key[:2] in reasons, key
        else:
            assert row.n == n, key
            assert row.value == pytest.approx(value, rel=1e-9), key
            assert (row.ci_low, row.ci_high) == pytest.approx((low, high), rel=1e-6), key
    # At most one that tells nothing by itself is hidden in each table of groups.
    beside = sum(np.isnan(found[k].value) for k in expected if k not in small)
    assert beside <= len(reasons)


def nowhere(expected: Figures) -> Figures:
    """The people of no known group: those of the total less those of the groups."""
    out: Figures = {}
    for year, by in {key[:2] for key in expected if key[1] in PEOPLE}:
        whole, _, _, everyone = expected[year, "all", "all"]
        parts = [f for k, f in expected.items() if k[:2] == (year, by)]
        n = everyone - sum(f[3] for f in parts)
        if n:
            total = whole * everyone - sum(f[0] * f[3] for f in parts)
            out[year, by, "nowhere"] = (total / n, np.nan, np.nan, n)
    return out


def tells(name: str, figures: tuple[float, float, float, int]) -> bool:
    """Whether a cell of its own accord tells of one to nine people, or of a group's discipline."""
    value, _, _, n = figures
    if name not in SHARES:
        return n < SMALL
    hits = round(value * n)
    alike = name == "discipline_share" and hits in (0, n)
    return n < SMALL or 0 < hits < SMALL or 0 < n - hits < SMALL or alike


def means(frame: pd.DataFrame, column: str, by: Sequence[str]) -> Figures:
    return _figures(by_hand.on_constant, frame, column, by)


def shares(frame: pd.DataFrame, column: str, by: Sequence[str]) -> Figures:
    return _figures(by_hand.wilson, frame, column, by)


def _figures(bounds: Callable, frame: pd.DataFrame, column: str, by: Sequence[str]) -> Figures:
    out: Figures = {}
    for key, part in groups(frame, by):
        known = part[part[column].notna()]
        low, high = bounds(known[column], known["kode_unit"])
        out[key] = (float(known[column].mean()), low, high, len(known))
    return out


def scores(study: Study) -> pd.DataFrame:
    frame = by_hand.people(study).merge(study.kinerja, on=["pegawai_id", "tahun"])
    frame["output_per_day"] = (frame["output"] / frame["hari_kerja"]).astype(float)
    return frame


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        ("skp_mean", "nilai_skp", "SKP points"),
        ("output_per_day", "output_per_day", "output/day"),
        ("on_time_share", "tepat_waktu", "share (0-1)"),
    ],
)
def test_means_of_performance(study, name, column, label):
    expected = means(scores(study), column, PEOPLE[:2])
    compare(describe.productivity(study), name, expected, label)


def test_the_share_of_disciplinary_cases(study):
    frame = scores(study).rename(columns={"hukuman_disiplin": "case"})
    compare(
        describe.productivity(study),
        "discipline_share",
        shares(frame, "case", PEOPLE[:2]),
        "share (0-1)",
    )


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("trained_share", "trained"),
        ("jp_target_share", "reaches_target"),
        ("invited_share", "invited"),
    ],
)
def test_shares_of_the_roll(study, name, column):
    expected = shares(by_hand.people(study), column, PEOPLE)
    compare(describe.participation(study), name, expected, "share (0-1)")


def test_mean_training_hours(study):
    people = by_hand.people(study)
    came = shares(people.assign(came=(people["jp"] > 0).astype(float)), "came", PEOPLE)
    expected = means(people, "jp", PEOPLE)
    compare(describe.participation(study), "jp_mean", expected, "JP", made_by=came)


def test_hours_of_few_people_are_not_told_as_a_mean():
    """One of two who came told by the mean of twelve: 32 / 12."""
    study = simulate.study(simulate.make(FEW), load(None))
    roll = measures.training.roll(study)
    came = (
        roll.assign(came=roll["jp"] > 0)
        .groupby(["tahun", "jenis_jabatan"])["came"]
        .agg(["sum", "size"])
    )
    few = came[(came["sum"].between(1, 9)) & (came["size"] >= SMALL)]
    assert len(few)
    rows = describe.participation(study)
    hours = rows[(rows["indicator"] == "jp_mean") & (rows["group_by"] == "jenis_jabatan")]
    shown = hours.dropna(subset=["n"]).set_index(["year", "group"]).index
    assert len(shown) and not set(few.index) & set(shown)


def test_a_concentration_that_counts_the_few_who_have_hours_is_hidden():
    study = simulate.study(simulate.make(FEW), load(None))
    roll = measures.training.roll(study)
    now = roll[roll["tahun"] == study.year]
    ever = now["pegawai_id"].isin(roll.loc[roll["jp"] > 0, "pegawai_id"])
    having = ever.groupby(now["jenis_jabatan"].astype(str)).agg(["sum", "size"])
    few = having[having["sum"].between(1, 9) & (having["size"] >= SMALL)].index
    rows = describe.hours_concentration(study).set_index(["group_by", "group"])["value"]
    assert len(few) and rows["jenis_jabatan"][few].isna().all() and rows.notna().any()


def test_a_year_of_few_invitations_is_not_counted():
    study = simulate.study(simulate.make(FEW), load(None))
    last = study.peserta["tahun"] == study.year
    people = study.peserta[last]["pegawai_id"].iloc[:3]
    few = replace(study, peserta=study.peserta[~last | study.peserta["pegawai_id"].isin(people)])
    rows = describe.rows_by_year(few)
    told = rows[rows["table"] == "peserta"].set_index("year")["rows"]
    assert study.year not in told.index and len(told)
    assert told.sum() == len(describe.told_invitations(few)) < len(few.peserta)


def test_the_share_of_the_invited_who_refused_at_least_once(study):
    roll = by_hand.people(study)[["pegawai_id", "tahun", "kode_unit", *PEOPLE]]
    invited = study.peserta.merge(roll, on=["pegawai_id", "tahun"])
    assert len(invited) == len(study.peserta)
    invited["no"] = (invited["kehadiran"] == "menolak").astype(float)
    several = invited.groupby(["pegawai_id", "tahun"])
    assert (several["no"].nunique() > 1).any()
    people = invited.assign(no=several["no"].transform("max")).drop_duplicates(
        ["pegawai_id", "tahun"]
    )
    expected = shares(people, "no", PEOPLE)
    compare(describe.participation(study), "refusal_share", expected, "share (0-1)")


@pytest.mark.parametrize("weights", ["exact", "0.11", "0.111"])
def test_the_index_of_region_and_units(study, weights):
    """The mean of each element's answers, times its weight, times 25 (PermenPANRB 14/2017)."""
    skm = study.plan.skm.model_copy(update={"weights": weights})
    plan = study.plan.model_copy(update={"skm": skm})
    rows = describe.satisfaction(replace(study, plan=plan))
    weight = {"exact": 1 / 9, "0.11": 0.11, "0.111": 0.111}[weights]
    expected = {}
    for key, part in groups(study.skm, ["kode_unit"]):
        nrr = part[list(codes.UNSUR)].mean()
        expected[key] = (float(nrr.sum() * weight * 25), len(part))
    found = {
        (r.year, {"unit": "kode_unit"}.get(r.group_by, r.group_by), r.group): (r.value, r.n)
        for r in rows.query("indicator == 'ikm' and group_by != 'unsur'").itertuples()
    }
    assert set(found) == set(expected)
    assert all(found[key] == pytest.approx(expected[key]) for key in expected)


def test_the_index_of_whole_forms_has_the_interval_of_a_regression(study):
    whole = study.skm.dropna(subset=list(codes.UNSUR))
    rows = describe.satisfaction(replace(study, skm=whole))
    own = whole[list(codes.UNSUR)].astype(float).mean(axis=1) * 25
    frame = whole.assign(own=own)
    for grouping, column in (("all", None), ("unit", "kode_unit")):
        shown = rows[(rows["group_by"] == grouping) & rows["value"].notna()]
        assert len(shown)
        for row in shown.itertuples():
            part = frame[frame["tahun"] == row.year]
            part = part[part[column] == row.group] if column else part
            bounds = by_hand.on_constant(part["own"], part["kode_unit"])
            assert row.value == pytest.approx(part["own"].mean())
            assert (row.ci_low, row.ci_high) == pytest.approx(bounds)


def test_each_element_on_the_scale_of_the_index(study):
    rows = describe.satisfaction(study).query("group_by == 'unsur'")
    every = {(year, unsur) for year in range(2019, 2025) for unsur in codes.UNSUR}
    assert set(zip(rows["year"], rows["group"], strict=True)) == every
    for row in rows.itertuples():
        part = study.skm[study.skm["tahun"] == row.year].dropna(subset=[row.group])
        low, high = by_hand.on_constant(part[row.group] * 25, part["kode_unit"])
        assert row.n == len(part)
        assert row.value == pytest.approx(float(part[row.group].mean()) * 25)
        assert (row.ci_low, row.ci_high) == pytest.approx((low, high))


def test_linkage_counts_rows_of_every_table(study):
    linkage = pd.DataFrame({"table": ["kinerja", "peserta"], "linked": [150, 30]})
    linkage["rows"] = [200, 40]
    asked = replace(study, linkage=linkage, peserta=study.peserta.iloc[:0])
    rows = describe.linkage(asked).set_index("group")
    assert rows["value"].to_dict() == {"all": 180 / 240, "kinerja": 0.75, "peserta": 0.75}
    assert rows["n"].to_dict() == {"all": 240, "kinerja": 200, "peserta": 40}
    assert set(rows["year"]) == {2024}


@pytest.mark.parametrize("people", [5, 30])
def test_rows_linked_do_not_tell_how_few_were_invited_in_a_year(study, people):
    before = study.peserta[study.peserta["tahun"] == 2020].iloc[:0]
    who = study.pegawai.loc[study.pegawai["tahun"] == 2024, "pegawai_id"]
    asked = {
        year: typed(
            pd.DataFrame({"pegawai_id": who[:n].tolist(), "kode_kegiatan": f"A{year}"}).assign(
                tahun=year, kehadiran="hadir"
            ),
            "peserta",
        )
        for year, n in ((2023, 40), (2024, people))
    }

    def told(*years):
        peserta = pd.concat([before, *(asked[y] for y in years)], ignore_index=True)
        n = len(peserta)
        linkage = pd.DataFrame(
            {"table": ["kinerja", "peserta"], "linked": [90, n], "rows": [95, n]}
        )
        rows = describe.linkage(replace(study, peserta=peserta, linkage=linkage))
        return rows.set_index("group")["n"].to_dict()

    last, now = told(2023), told(2023, 2024)
    assert now["peserta"] - last["peserta"] == (0 if people < 10 else people)
    assert now["all"] - last["all"] == now["peserta"] - last["peserta"]
    assert describe.linkage(replace(study, peserta=before, linkage=study.linkage.iloc[:0])).empty


def test_a_headline_is_the_figure_of_everyone_in_a_year(study):
    rows = describe.productivity(study)
    mean = study.kinerja.loc[study.kinerja["tahun"] == 2021, "nilai_skp"].mean()
    assert describe.headline(rows, "skp_mean", 2021) == pytest.approx(mean)
    assert np.isnan(describe.headline(rows, "skp_mean", 2018))
    assert np.isnan(describe.headline(rows, "ikm", 2021))


def test_rows_are_counted_by_table_and_year(study):
    found = describe.rows_by_year(study)
    counted = {(r.table, r.year): r.rows for r in found.itertuples()}
    assert len(counted) == len(found)
    for name in ("pegawai", "kegiatan", "peserta", "kinerja", "skm"):
        for year in range(2019, 2025):
            assert counted.pop((name, year), 0) == (study.table(name)["tahun"] == year).sum()
    assert counted == {}
    contracts.schemas.FRAMES["contents"].validate(found)


@pytest.mark.parametrize(
    ("ask", "gone"),
    [
        (describe.satisfaction, "skm"),
        (describe.productivity, "kinerja"),
        (describe.participation, "peserta"),
        (describe.participation, "kegiatan"),
        (describe.linkage, "linkage"),
    ],
)
def test_a_table_that_is_not_there_gives_no_row(study, ask: Callable, gone):
    found = ask(replace(study, **{gone: getattr(study, gone).iloc[:0]}))
    assert len(found) == 0
    contracts.schemas.INDICATORS.validate(found)


@pytest.mark.parametrize(
    "ask",
    [
        describe.satisfaction,
        describe.productivity,
        describe.participation,
        describe.linkage,
    ],
)
def test_indicators_have_the_shape_of_the_contract_and_one_row_a_figure(study, ask: Callable):
    found = ask(study)
    contracts.schemas.INDICATORS.validate(found)
    assert not found.duplicated(["year", "indicator", "group_by", "group"]).any()
    shown = found.dropna(subset=["ci_low"])
    assert (shown["ci_low"] <= shown["value"]).all() and (shown["value"] <= shown["ci_high"]).all()
    assert not (found["n"] < SMALL).any()


@pytest.mark.parametrize(
    "ask",
    [
        describe.satisfaction,
        describe.productivity,
        describe.participation,
    ],
)
def test_intervals_have_the_level_of_the_plan(study, ask: Callable):
    wider = study.plan.inference.model_copy(update={"level": 0.99})
    at_99 = ask(replace(study, plan=study.plan.model_copy(update={"inference": wider})))
    at_95 = ask(study)
    known = at_95["ci_low"].notna() & (at_95["ci_low"] < at_95["value"])
    assert known.any()
    assert (at_99["ci_low"] < at_95["ci_low"])[known].all()


def test_no_share_tells_of_fewer_people_than_a_cell_may_hold(study):
    """Contracts, section 6: for a share also its numerator and its complement (1 to 9)."""
    rows = pd.concat([describe.participation(study), describe.productivity(study)])
    rows = rows[rows["indicator"].isin(SHARES)]
    assert set(rows["indicator"]) == set(SHARES)
    hits = (rows["value"] * rows["n"]).round()
    others = rows["n"] - hits
    assert not hits.between(1, SMALL - 1).any()
    assert not others.between(1, SMALL - 1).any()
    discipline = rows["indicator"] == "discipline_share"
    assert not ((hits == 0) | (others == 0))[discipline].any()
