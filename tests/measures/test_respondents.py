"""Forms as if the same mix of people had answered: what it takes away, and what it leaves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.contracts import codes
from helpers.measures import respondents


def forms(seed: int, *, gain: float = 0.0, shift: float = 0.0, n: int = 4000) -> pd.DataFrame:
    """Two units over two years; graduates answer half a point lower, and in the second year unit A
    is asked by ``shift`` more of them and improves by ``gain``.
    """
    rng = np.random.default_rng(seed)
    unit, year = rng.choice(["A", "B"], n), rng.choice([2023, 2024], n)
    moved = (unit == "A") & (year == 2024)
    graduate = rng.random(n) < 0.3 + shift * moved
    level = 3.2 - 0.5 * graduate + gain * moved
    return pd.DataFrame(
        {
            "kode_unit": unit,
            "tahun": year,
            **{u: level + rng.normal(0, 0.2, n) for u in codes.UNSUR},
            "jenis_kelamin": rng.choice(["L", "P", None], n),
            "umur": rng.choice([22.0, 40.0, np.nan], n),
            "pendidikan": np.where(graduate, "S1", "SMA"),
            "pekerjaan": rng.choice(["petani", "pedagang", "jarang"], n, p=[0.5, 0.499, 0.001]),
        }
    )


def change_of_a(table: pd.DataFrame) -> float:
    """How far unit A moved beside unit B, mean of all unsur."""
    mean = table.groupby(["kode_unit", "tahun"])[list(codes.UNSUR)].mean().mean(axis=1)
    change = mean.xs(2024, level="tahun") - mean.xs(2023, level="tahun")
    return float(change["A"] - change["B"])


@pytest.mark.parametrize("gain", [0.0, 0.3])
def test_a_change_of_who_answers_is_not_a_change_of_satisfaction(gain: float) -> None:
    table = forms(1, gain=gain, shift=0.4)
    assert change_of_a(table) == pytest.approx(gain - 0.2, abs=0.05)
    assert change_of_a(respondents.alike(table)) == pytest.approx(gain, abs=0.03)


def test_without_traits_nothing_changes() -> None:
    table = forms(2).assign(jenis_kelamin=None, umur=np.nan, pendidikan=None, pekerjaan=None)
    assert respondents.alike(table) is table


def test_unanswered_questions_stay_unanswered_and_means_stay() -> None:
    table = forms(3, shift=0.4)
    table.loc[::7, "waktu"] = np.nan
    table["biaya"] = np.nan
    found = respondents.alike(table)
    assert found["waktu"].isna().equals(table["waktu"].isna())
    assert found["biaya"].isna().all()
    for unsur in set(codes.UNSUR) - {"biaya"}:
        assert found[unsur].mean() == pytest.approx(table[unsur].mean())


@given(st.integers(0, 1000), st.floats(-1, 1))
@settings(max_examples=15, deadline=None)
def test_what_befalls_a_unit_in_a_year_is_left_whole(seed: int, shock: float) -> None:
    table = forms(seed, n=400)
    hit = (table["kode_unit"] == "A") & (table["tahun"] == 2024)
    moved = table.assign(**{u: table[u] + shock * hit for u in codes.UNSUR})
    before, after = respondents.alike(table), respondents.alike(moved)
    assert change_of_a(after) - change_of_a(before) == pytest.approx(shock, abs=1e-9)
