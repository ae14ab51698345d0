"""A draw: an equal chance within strata, as balanced as stated, and the same for whoever repeats it."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.describe import draw_of_seats as lots


def people(sizes: dict[str, int]) -> pd.DataFrame:
    of = [name for name, size in sizes.items() for _ in range(size)]
    return pd.DataFrame({"stratum": of}, index=[f"row {i}" for i in range(len(of))])


def keys(of: pd.DataFrame) -> pd.Series:
    return pd.Series([f"{i:018d}" for i in range(len(of))], index=of.index)


def no_traits(of: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(index=of.index)


SIZES = st.dictionaries(st.text("abc?", min_size=1, max_size=3), st.integers(1, 40), min_size=1)


@settings(deadline=None)
@given(SIZES, st.floats(0.01, 0.99))
def test_every_stratum_has_its_share_of_the_seats(sizes, share):
    of = people(sizes)
    seats = round(share * len(of))
    found = lots.allotted(of["stratum"], seats)
    assert found.sum() == seats
    for name, size in sizes.items():
        assert found[name] <= size
        assert abs(found[name] - size * seats / len(of)) < 1


@settings(deadline=None, max_examples=40)
@given(SIZES.filter(lambda s: sum(s.values()) > 2), st.integers(0, 9), st.integers(0, 10**6))
def test_who_is_drawn_can_be_repeated_from_seed_and_list_alone(sizes, part, seed):
    of = people(sizes)
    seats = 1 + part * (len(of) - 2) // 9
    made = lots.draw(of, keys(of), no_traits(of), seats, seed, 0.1)
    assert (made.draws, made.seed, made.farthest) == (1, str(seed), 0.0)
    by_hand = set()
    for name, room in lots.allotted(of["stratum"], seats).items():
        inside = keys(of)[of["stratum"] == name]
        order = sorted(inside.index, key=lambda r: hashlib.sha256(f"{seed}:{inside[r]}".encode()).hexdigest())  # fmt: skip
        by_hand |= set(order[:room])
    assert set(made.people.index[made.people["drawn"]]) == by_hand
    # The order of the list makes no difference.
    turned = of.iloc[::-1]
    again = lots.draw(turned, keys(of)[turned.index], no_traits(turned), seats, seed, 0.1)
    assert set(again.people.index[again.people["drawn"]]) == by_hand


def test_everybody_of_a_stratum_has_the_same_chance():
    of = people({"a": 12, "b": 6})
    taken = sum(
        lots.draw(of, keys(of), no_traits(of), 6, seed, 1.0).people["drawn"].astype(int)
        for seed in range(3000)
    )
    # Binomial with 3,000 draws and a chance of a third: five standard errors are 129.
    assert taken.between(1000 - 129, 1000 + 129).all()


def test_a_draw_too_far_apart_is_drawn_again_and_says_which_one_counts():
    of = people({"a": 200})
    alike = pd.DataFrame({"age": np.arange(200.0), "same": 1.0}, index=of.index)
    made = lots.draw(of, keys(of), alike, 60, 1, 0.02)
    drawn = made.people["drawn"]
    by_hand = (alike["age"][drawn].mean() - alike["age"][~drawn].mean()) / alike["age"].std(ddof=0)
    assert made.apart["age"] == pytest.approx(by_hand) and made.apart["same"] == 0
    assert made.farthest <= 0.02 and made.draws > 1 and made.seed == f"1/{made.draws}"
    # The one that counts is the first that keeps the bound.
    for number in range(1, made.draws):
        other = lots._drawn(keys(of), lots._numbered(1, number), np.zeros(200, int), np.full(200, 60))  # fmt: skip
        ages = alike["age"].to_numpy()
        apart = (ages[other].mean() - ages[~other].mean()) / ages.std()
        assert abs(apart) > 0.02


def test_where_no_draw_keeps_the_bound_the_nearest_is_told(monkeypatch):
    monkeypatch.setattr(lots, "MOST_DRAWS", 20)
    of = people({"a": 30})
    alike = pd.DataFrame({"age": 2.0 ** np.arange(30)}, index=of.index)
    made = lots.draw(of, keys(of), alike, 10, 3, 0.0001)
    assert made.draws == 20 and made.farthest > 0.0001


@pytest.mark.parametrize("seats", [0, 5, 6, -1])
def test_a_draw_needs_somebody_drawn_and_somebody_left(seats):
    of = people({"a": 5})
    with pytest.raises(ValueError, match=str(seats)):
        lots.draw(of, keys(of), no_traits(of), seats, 1, 0.1)
