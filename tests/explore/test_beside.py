"""Two comparisons on one page that differ by few people tell of these few: the later is not shown."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import explore
from helpers.explore import beside

FEW = 5


@pytest.fixture(scope="module", autouse=True)
def nothing_is_kept_in_mind() -> Iterator[None]:
    yield
    beside._told = None


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(beside, "_told", None)
    beside.begin()
    yield


def _people(n: int = 60, years: tuple[int, ...] = (2024,), rows: str = "people") -> pd.DataFrame:
    one = pd.DataFrame(
        {
            "person": np.arange(n) + 1,
            "unit": [f"u{i % 6}" for i in range(n)],
            "sex": ["a" if i % 2 else "b" for i in range(n)],
            "umur": np.arange(n, dtype=float),
            "skp": np.arange(n, dtype=float),
        }
    )
    frame = pd.concat([one.assign(year=year) for year in years], ignore_index=True)
    frame.attrs["evaluasi"] = {
        "rows": rows, "lang": "en", "small_cell": FEW, "level": 0.95, "synthetic": False,
    }  # fmt: skip
    return frame


def _hidden(seen: explore.Shown) -> bool:
    return bool(seen.frame["value"].isna().all())


@pytest.mark.parametrize("left_out", [0, 1, FEW - 1, FEW, 2 * FEW])
def test_the_same_people_but_few_are_not_shown_beside_all(page: None, left_out: int):
    people = _people()
    first, second = (
        explore.over_time(some, "skp") for some in (people, people[people["person"] > left_out])
    )
    assert not _hidden(first)
    assert _hidden(second) == (0 < left_out < FEW)
    told = "beside another comparison on this page it would tell of fewer than 5 people"
    assert (told in second.blocks.words()) == _hidden(second)


def test_groups_are_held_against_groups_and_against_all_together(page: None):
    people = _people()
    assert not _hidden(explore.compare(people, "skp", by="sex"))
    # Of one sex three are gone: the other sex is as before, and so is the sum of neither.
    some = people[~people["person"].isin([2, 4, 6])]
    assert _hidden(explore.compare(some, "skp", by="sex"))
    assert _hidden(explore.over_time(people[people["person"] > 3], "skp"))
    # Another column of them is another figure.
    assert not _hidden(explore.compare(some, "umur", by="sex"))


def test_a_year_is_held_against_the_same_year_alone(page: None):
    people = _people(years=(2023, 2024))
    explore.compare(people, "skp", by="sex", year=2024)
    seen = explore.over_time(people[people["person"] > 2], "skp").frame
    assert list(seen.loc[seen["value"].isna(), "year"]) == [2024]


def test_what_was_not_shown_is_nothing_to_hold_another_against(page: None):
    people = _people()
    explore.over_time(people, "skp")
    assert _hidden(explore.over_time(people[people["person"] > 2], "skp"))
    # Six fewer than all, four fewer than what nobody saw.
    assert not _hidden(explore.over_time(people[people["person"] > 6], "skp"))


def test_forms_are_known_by_what_they_say_whatever_was_added(page: None):
    forms = _people(rows="forms").drop(columns="person")
    explore.over_time(forms, "skp")
    young = forms.assign(muda=forms["umur"] < 57)
    young.attrs = forms.attrs
    assert _hidden(explore.over_time(young[young["muda"]], "skp"))


def test_away_from_a_page_nothing_is_held_against_anything(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(beside, "_told", None)
    people = _people()
    explore.over_time(people, "skp")
    assert not _hidden(explore.over_time(people[people["person"] > 2], "skp"))


@given(st.lists(st.sets(st.integers(1, 30), min_size=1), min_size=1, max_size=6))
@settings(max_examples=40)
def test_no_two_shown_figures_differ_by_few(chosen: list[set[int]]):
    beside.begin()
    people = _people(30)
    shown = [
        some
        for some in chosen
        if not _hidden(explore.over_time(people[people["person"].isin(some)], "skp"))
    ]
    for one in shown:
        for two in shown:
            assert not (one < two and len(two - one) < FEW)
