"""Predikat, output per day, the change of scale; intervals against an independent library; small cells."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import measures
from helpers.contracts import codes

UP, MID, LOW = codes.RATING
MATRIX = {
    (UP, LOW): "kurang", (UP, MID): "baik", (UP, UP): "sangat baik", (MID, LOW): "kurang", (MID, MID): "baik", (MID, UP): "baik",
    (LOW, LOW): "sangat kurang", (LOW, MID): "butuh perbaikan", (LOW, UP): "butuh perbaikan",
}  # fmt: skip


def test_the_matrix_of_permenpanrb_6_2022_is_not_symmetric():
    """domain.md section 2; the max() of codes that some apps use gives (1, 3) and (2, 3) wrongly."""
    result, behaviour = zip(*MATRIX, strict=True)
    got = measures.performance.expected_predikat(pd.Series(result), pd.Series(behaviour))
    assert list(got) == list(MATRIX.values())


def test_siasn_codes_run_from_one_as_best():
    from helpers.intake import values

    assert values.choice("1", codes.PREDIKAT_WORDS)[0] == "sangat baik"
    assert values.choice(5, codes.PREDIKAT_WORDS)[0] == "sangat kurang"
    assert values.choice("DIATAS EKSPEKTASI", codes.RATING_WORDS)[0] == UP
    assert values.choice("dibawah ekspektasi", codes.RATING_WORDS)[0] == LOW


def test_contradictions_are_found_and_unknown_ratings_are_none():
    frame = pd.DataFrame(
        {
            "hasil_kerja": [UP, UP, None],
            "perilaku_kerja": [LOW, UP, UP],
            "predikat": ["baik", "sangat baik", "baik"],
        }
    )
    assert list(measures.performance.predikat_contradictions(frame)) == [True, False, False]


def test_output_per_day_needs_a_day():
    frame = pd.DataFrame({"output": [100.0, 100.0, None], "hari_kerja": [50.0, 0.0, 10.0]})
    got = measures.performance.output_per_day(frame)
    assert got[0] == 2 and got[1:].isna().all()


def test_scores_across_the_break_are_standardised_within_year():
    years = pd.Series([2021] * 4 + [2022] * 4)
    scores = pd.Series([70.0, 72, 74, 76, 95, 97, 99, 101])
    assert measures.performance.crosses_break(years)
    z = measures.performance.standardised_within_year(scores, years)
    assert z[:4].to_numpy() == pytest.approx(z[4:].to_numpy())
    assert not measures.performance.crosses_break(pd.Series([2022, 2023]))


def test_cluster_intervals_agree_with_statsmodels():
    rng = np.random.default_rng(4)
    group = np.repeat(np.arange(15), 20)
    y = rng.normal(0, 1, 15)[group] + rng.normal(size=300)
    error, df = measures.intervals.linearised((y - y.mean()) / 300, pd.Series(group))
    fit = sm.OLS(y, np.ones(300)).fit(
        cov_type="cluster", cov_kwds={"groups": group, "use_correction": False}
    )
    assert df == 14
    assert error == pytest.approx(fit.bse[0] * np.sqrt(15 / 14))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 5))
def test_shares_stay_between_none_and_all(hits, groups):
    got = measures.intervals.share(
        pd.Series(hits, dtype=float), pd.Series([i % groups for i in range(len(hits))])
    )
    assert 0 <= got.low <= got.value <= got.high <= 1


counts = st.lists(st.integers(0, 60), min_size=1, max_size=8)


@given(counts, st.integers(2, 20))
def test_no_small_group_is_shown_and_no_remainder_is_small(groups, small_cell):
    frame = pd.DataFrame({
        "year": 2024, "indicator": "x", "group_by": "g", "group": [str(i) for i in range(len(groups))], "value": 0.5, "ci_low": 0.4,
        "ci_high": 0.6, "n": groups, "unit_label": "share (0-1)",
    })  # fmt: skip
    shown = measures.suppress(frame, small_cell)
    visible = shown["n"].notna()
    assert (shown.loc[visible, "n"] >= small_cell).all()
    hidden = frame.loc[~visible, "n"]
    people = hidden[hidden > 0]
    if len(people) and visible.any():
        assert people.sum() >= small_cell and len(people) > 1
    pd.testing.assert_frame_equal(shown[visible].astype({"n": "int64"}), frame[visible])
