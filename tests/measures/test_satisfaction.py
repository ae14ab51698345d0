"""IKM against worked examples, its letters, its interval."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import measures
from helpers.contracts import EvaluasiError, codes

IKM = measures.satisfaction


def _forms(scores: np.ndarray, units: list[str] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame(scores, columns=list(codes.UNSUR)).astype("Float64")
    return frame.assign(kode_unit=units or ["K1"] * len(frame), tahun=2024)


def _with_totals(totals: list[int], n: int) -> np.ndarray:
    """n forms whose answers of each unsur add up to the total, as even as they can be."""
    columns = []
    for total in totals:
        low, extra = divmod(total, n)
        columns.append([low + 1] * extra + [low] * (n - extra))
    return np.array(columns, float).T


@pytest.mark.parametrize(
    ("weights", "value"), [("0.11", 90.5603), ("0.111", 91.3836), ("exact", 91.4751)]
)
def test_the_worked_example_of_29_respondents(weights, value):
    """domain.md 1.3: totals 105 … 115; the two answers printed there differ by the weight alone."""
    forms = _forms(_with_totals([105, 101, 100, 116, 102, 105, 106, 105, 115], 29))
    row = IKM.ikm(forms, weights=weights).iloc[0]
    assert round(row["value"], 4) == value
    assert row["letter"] == "A" and row["n"] == 29


@pytest.mark.parametrize(
    ("value", "letter"),
    [(25, "D"), (64.99, "D"), (64.994, "D"), (64.995, "C"), (65, "C"), (76.60, "C"), (76.604, "C"), (76.605, "B"), (76.61, "B"),
     (88.30, "B"), (88.305, "A"), (88.31, "A"), (100, "A"), (76.475, "C"), (76.93, "B")],
)  # fmt: skip
def test_letters_have_no_gap(value, letter):
    """Rounded to two decimals first; 76.475 and 76.93 are the 2012 example, which weight rounding alone moves from B to C."""
    assert IKM.letter(value) == letter


@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (10, 10),
        (110, 86),
        (220, 140),
        (500, 217),
        (1200, 291),
        (2800, 338),
        (40000, 380),
        (1000000, 384),
    ],
)
def test_krejcie_and_morgan(population, sample):
    assert IKM.minimum_sample(population) == sample


def test_missing_answers_are_left_out_and_never_count_as_zero():
    scores = np.full((4, 9), 3.0)
    scores[0, 2] = np.nan
    row = IKM.ikm(_forms(scores)).iloc[0]
    assert row["value"] == pytest.approx(75)
    with pytest.raises(EvaluasiError, match="waktu"):
        scores[:, 2] = np.nan
        IKM.ikm(_forms(scores))


answers = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=4, max_size=30)


@settings(max_examples=60, deadline=None)
@given(answers, st.integers(1, 4))
def test_ikm_is_the_mean_of_its_unsur_within_its_scale(scores, groups):
    forms = _forms(np.array(scores, float), [f"K{i % groups}" for i in range(len(scores))])
    row = IKM.ikm(forms).iloc[0]
    assert 25 - 1e-9 <= row["value"] <= 100 + 1e-9
    assert row["value"] == pytest.approx(IKM.unsur(forms)["value"].mean())
    assert row["value"] == pytest.approx(IKM.respondent_ikm(forms).mean())
    assert row["ci_low"] <= row["value"] <= row["ci_high"]


def test_a_regions_interval_is_as_wide_as_its_units_differ():
    rng = np.random.default_rng(1)
    unit = np.repeat(np.arange(20), 50)
    scores = np.clip(
        np.round(3.2 + rng.normal(0, 0.4, 20)[unit][:, None] + rng.normal(0, 0.5, (1000, 9))), 1, 4
    )
    row = IKM.ikm(_forms(scores, [f"K{u}" for u in unit])).iloc[0]
    assert row["design_effect"] > 5


def test_intervals_of_units_cover_the_expected_score():
    """95% intervals of a unit hold its true mean 93–97 times in 100 (1,000 draws, three Monte Carlo errors)."""
    rng = np.random.default_rng(2)
    hits = 0
    for _ in range(1000):
        scores = rng.choice([2.0, 3.0, 4.0], p=[0.2, 0.5, 0.3], size=(60, 9))
        row = IKM.ikm(_forms(scores)).iloc[0]
        hits += row["ci_low"] <= 3.1 * 25 <= row["ci_high"]
    assert 930 <= hits <= 970
