"""Gains and self-reports against hand formulas: people count once, luck is not taken for learning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers import describe, intake, measures, simulate
from helpers.describe.gains import _start, gain, normalised_gain, slope_on_mean
from helpers.describe.self_reports import reports

SCORE = st.floats(0, 100, allow_nan=False).map(lambda x: round(x, 1))
ROWS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 4), SCORE, SCORE), min_size=3, max_size=30
)


def scored(rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["p", "k", "nilai_pre", "nilai_post"])
    frame = frame.drop_duplicates(["p", "k"], ignore_index=True)
    return frame.assign(pegawai_id=frame["p"].astype(str), kode_kegiatan=frame["k"].astype(str))


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_the_gain_is_the_mean_over_people_of_their_own_means(rows):
    tests = scored(rows)
    own = (tests["nilai_post"] - tests["nilai_pre"]).groupby(tests["pegawai_id"]).mean()
    found = gain(tests)
    assert found.value == pytest.approx(own.mean())
    assert found.n == len(own)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_the_normalised_gain_is_mean_gain_over_mean_distance(rows):
    people = scored(rows).groupby("pegawai_id")[["nilai_pre", "nilai_post"]].mean()
    left = (100 - people["nilai_pre"]).mean()
    found = normalised_gain(scored(rows))
    if left < 1e-9:
        assert not found.known
    else:
        assert found.value == pytest.approx(
            (people["nilai_post"] - people["nilai_pre"]).mean() / left
        )


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_the_slope_on_the_mean_is_zero_where_both_tests_spread_alike(rows):
    """Oldham: the covariance of gain and mean is half the difference of the variances."""
    tests = scored(rows)
    people = tests.groupby("pegawai_id")[["nilai_pre", "nilai_post"]].mean()
    middle = people.mean(axis=1)
    found = slope_on_mean(tests)
    if len(people) < 2 or middle.var() * (len(people) - 1) < 1e-6:
        return
    apart = (people["nilai_post"].var() - people["nilai_pre"].var()) / 2
    assert found.value == pytest.approx(apart / middle.var(), abs=1e-6)


def test_the_interval_is_by_activity_and_by_person_within_one():
    one = scored([(p, 1, 50.0, 50.0 + p) for p in range(1, 7)])
    moved = np.arange(1, 7)
    half = stats.t.ppf(0.975, 5) * moved.std(ddof=1) / np.sqrt(6)
    assert (gain(one).low, gain(one).high) == pytest.approx((3.5 - half, 3.5 + half))
    two = scored([(p, 1 + p % 2, 50.0, 60.0 + 4 * (p % 2)) for p in range(1, 7)])
    # Two rooms of three people: the error is that of two values, ± 2 about the mean.
    assert gain(two).std_error == pytest.approx(np.sqrt(2 * 2 * (3 * 2 / 6) ** 2))


def test_luck_alone_gives_the_gains_that_regression_to_the_mean_expects():
    """Ability and two tests of it that err alike: nobody learnt more than others."""
    rng = np.random.default_rng(3)
    n = 6000
    ability = rng.normal(60, 8, n)
    pre, post = ability + rng.normal(0, 6, n), ability + 10 + rng.normal(0, 6, n)
    tests = pd.DataFrame({"pegawai_id": np.arange(n).astype(str), "nilai_pre": pre})
    tests = tests.assign(nilai_post=post, kode_kegiatan=(np.arange(n) % 40).astype(str))
    start = _start(tests)
    assert start.correlation == pytest.approx(64 / 100, abs=0.02)
    for third, expected, size in start.expected:
        seen = gain(tests[tests["pegawai_id"].map(start.third) == third])
        assert seen.value == pytest.approx(expected, abs=0.5)
        assert size == pytest.approx(n / 3, rel=0.01)
    low, high = start.expected[0][1], start.expected[2][1]
    assert low - high > 6
    slope = slope_on_mean(tests)
    assert slope.low < 0 < slope.high


def test_where_the_weaker_learn_more_the_slope_says_so():
    rng = np.random.default_rng(4)
    n = 3000
    ability = rng.normal(60, 8, n)
    pre = ability + rng.normal(0, 3, n)
    post = ability + 0.4 * (80 - ability) + rng.normal(0, 3, n)
    tests = pd.DataFrame({"pegawai_id": np.arange(n).astype(str), "nilai_pre": pre})
    tests = tests.assign(nilai_post=post, kode_kegiatan=(np.arange(n) % 40).astype(str))
    assert slope_on_mean(tests).high < -0.2


def test_a_region_gains_what_it_was_made_to_gain(tmp_path):
    """The simulated course closes 0.3 of the way to 75 and adds 10: 13.9 points from a mean of 62."""
    simulate.write(simulate.World(seed=2, employees=900, units=20), tmp_path)
    study = intake.study(tmp_path, 2024)
    found = describe.gains(study)
    assert found.gain.value == pytest.approx(0.3 * 13 + 10, abs=0.6)
    assert found.tested == found.attended
    shown = found.indicators
    assert set(shown["group_by"]) == {"all", "tema", "metode", "start_third"}
    assert (shown["n"].dropna() >= study.plan.privacy.small_cell).all()
    said = describe.self_reports(study)
    assert said.difference.low < 0 < said.difference.high
    assert said.rise_share.value == pytest.approx(0.72, abs=0.08)


SCORES = pd.DataFrame(
    [
        (p, y, v)
        for p, vs in {"a": (4, 5, 7), "b": (6, 5, 5), "c": (3, 3, 1)}.items()
        for y, v in zip((2020, 2021, 2022), vs, strict=True)
    ],
    columns=["pegawai_id", "tahun", "output_per_day"],
).astype({"output_per_day": float})


def attended(rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["pegawai_id", "tahun", "produktivitas_diri"])
    return frame.assign(kode_unit="K1")


def test_a_person_counts_once_with_the_first_year_of_a_report():
    came = attended(
        [("a", 2021, 2), ("a", 2021, -1), ("a", 2022, -2), ("b", 2021, np.nan), ("b", 2022, 1)]
    )
    found = reports(came, SCORES).set_index("pegawai_id")
    assert found["self_report"].to_dict() == {"a": "reports_rise", "b": "reports_rise"}
    assert found["change"].to_dict() == {"a": 1.0, "b": 0.0}
    assert found.loc["a", "later"] == 3.0 and np.isnan(found.loc["b", "later"])


def test_reports_that_cancel_out_are_no_change_and_the_unmeasured_are_kept():
    came = attended([("a", 2021, 1), ("a", 2021, -1), ("c", 2020, -1), ("d", 2021, 2)])
    found = reports(came, SCORES).set_index("pegawai_id")
    assert found["self_report"].to_dict() == {
        "a": "reports_same",
        "c": "reports_fall",
        "d": "reports_rise",
    }
    assert found["change"].isna().to_dict() == {"a": False, "c": True, "d": True}
    assert found["fell"].isna().sum() == 2


def test_the_difference_is_that_of_two_means():
    one = pd.DataFrame({"change": [1.0, 2.0, 3.0], "kode_unit": list("aab")})
    two = pd.DataFrame({"change": [0.0, 1.0], "kode_unit": list("ab")})
    found = measures.intervals.difference(
        (one["change"], two["change"]), (one["kode_unit"], two["kode_unit"])
    )
    assert (found.value, found.n) == (pytest.approx(1.5), 5)
    # Unit a: (1-2)/3 + (2-2)/3 - (0-.5)/2 = -1/12; unit b is the same the other way.
    assert found.std_error == pytest.approx(np.sqrt(2 * 2 * (1 / 12) ** 2))


def blank(study, *columns: str):
    empty = study.peserta.assign(**dict.fromkeys(columns, np.nan)).astype(study.peserta.dtypes)
    return replace(study, peserta=empty)


def test_without_scores_or_reports_there_is_nothing_and_no_error(small_study):
    study = blank(small_study(2024), "nilai_pre", "produktivitas_diri")
    found, said = describe.gains(study), describe.self_reports(study)
    assert (found.tested, said.reported) == (0, 0)
    assert not found.gain.known and not said.difference.known
    assert found.indicators.empty and said.indicators.empty


def test_few_people_are_hidden(small_study):
    study = small_study(2024)
    came = study.peserta[study.peserta["kehadiran"] == "hadir"]
    few = replace(study, peserta=came.head(5).reset_index(drop=True))
    found, said = describe.gains(few), describe.self_reports(few)
    assert not found.gain.known and not said.rise_share.known
    assert found.indicators["value"].isna().all() and said.indicators["value"].isna().all()
