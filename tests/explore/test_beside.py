"""Two comparisons on one page that differ by few people tell of these few: the later is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import explore
from helpers.contracts import EvaluasiError, temporary_folder
from helpers.explore import beside
from helpers.findings import say

FEW = 5


@pytest.fixture(scope="module", autouse=True)
def nothing_is_kept_in_mind() -> Iterator[None]:
    yield
    beside._shown = None


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(beside, "_shown", None)
    _begin(tmp_path)
    yield


def _begin(folder: Path, compared: list[pd.DataFrame] | None = None) -> None:
    beside.together(compared or []).to_parquet(folder / "before.parquet")
    beside.begin(folder / "before.parquet")


def _people(n: int = 60, years: tuple[int, ...] = (2024,), rows: str = "people") -> pd.DataFrame:
    one = pd.DataFrame(
        {
            "person": np.arange(n) + 1,
            "unit": [f"u{i % 6}" for i in range(n)],
            "sex": ["a" if i % 2 else "b" for i in range(n)],
            "umur": np.arange(n, dtype=float),
            "skp": np.arange(n) + 0.5,
            "other": np.arange(n) ** 2.0,
        }
    )
    frame = pd.concat([one.assign(year=year) for year in years], ignore_index=True)
    frame.attrs["evaluasi"] = {
        "rows": rows, "lang": "en", "small_cell": FEW, "level": 0.95, "synthetic": False,
    }  # fmt: skip
    return frame


SAID = say("explore.beside", "en", n=5)


def _hidden(seen: explore.Shown) -> bool:
    """Whether a sentence stands on the page in place of the comparison."""
    said = str(seen._repr_mimebundle_())
    assert (SAID in said) != ("<table" in said)
    return SAID in said


@pytest.mark.parametrize("left_out", [0, 1, FEW - 1, FEW, 2 * FEW])
def test_the_same_people_but_few_are_not_shown_beside_all(page: None, left_out: int):
    people = _people()
    assert not _hidden(explore.over_time(people, "skp"))
    some = explore.over_time(people[people["person"] > left_out], "skp")
    assert _hidden(some) == (0 < left_out < FEW)


def test_groups_are_held_against_groups_and_against_all_together(page: None):
    people = _people()
    assert not _hidden(explore.compare(people, "skp", by="sex"))
    # Of one sex three are gone: the other sex is as before, and so is the sum of neither.
    some = people[~people["person"].isin([2, 4, 6])]
    assert _hidden(explore.compare(some, "skp", by="sex"))
    assert _hidden(explore.over_time(people[people["person"] > 3], "skp"))
    # Another column of them is another figure.
    assert not _hidden(explore.compare(some, "other", by="sex"))


@pytest.mark.parametrize("units", [("u0", "u1"), ("u0", "u1", "u2", "u3")])
def test_groups_that_make_up_others_but_few_are_held_against_their_sum(page: None, units):
    people = _people()
    assert not _hidden(explore.compare(people, "skp", by="unit"))
    some = people[people["unit"].isin(units) & (people["person"] > 1)]
    assert _hidden(explore.over_time(some, "skp"))


def test_a_year_is_held_against_the_same_year_alone(page: None):
    people = _people(years=(2023, 2024))
    assert not _hidden(explore.compare(people, "skp", by="sex", year=2024))
    some = people[people["person"] > 2]
    assert not _hidden(explore.over_time(some[some["year"] == 2023], "skp"))
    assert _hidden(explore.over_time(some, "skp"))


def test_what_was_not_shown_is_nothing_to_hold_another_against(page: None):
    people = _people()
    assert not _hidden(explore.over_time(people, "skp"))
    assert _hidden(explore.over_time(people[people["person"] > 2], "skp"))
    # Six fewer than all, four fewer than what nobody saw; nor did anybody see what has no page.
    explore.over_time(people[people["person"] > 8], "skp")
    assert not _hidden(explore.over_time(people[people["person"] > 6], "skp"))


def test_the_same_figures_are_the_same_whatever_they_are_called(page: None):
    people = _people()
    assert not _hidden(explore.over_time(people, "skp"))
    named = people.assign(skor=people["skp"])[people["person"] > 2]
    named.attrs = people.attrs
    assert _hidden(explore.over_time(named, "skor"))


@pytest.mark.parametrize("scaled", [lambda v: v / 100, lambda v: 3 - 2 * v, lambda v: v * 1.000001])
def test_the_same_figures_on_another_scale_are_the_same(page: None, scaled):
    people = _people()
    assert not _hidden(explore.over_time(people, "skp"))
    other = people.assign(skor=scaled(people["skp"]))[people["person"] > 2]
    other.attrs = people.attrs
    assert _hidden(explore.over_time(other, "skor"))


def test_what_lies_beside_the_page_counts_and_is_not_written_down_again(tmp_path: Path):
    people = _people()
    _begin(tmp_path)
    assert not _hidden(explore.over_time(people, "skp"))
    beside.end(tmp_path / "one.parquet")
    earlier = pd.read_parquet(tmp_path / "one.parquet")
    assert len(earlier) == len(people)
    _begin(tmp_path, [earlier])
    assert _hidden(explore.over_time(people[people["person"] > 2], "skp"))
    assert not _hidden(explore.over_time(people[people["person"] > 2 * FEW], "skp"))
    beside.end(tmp_path / "two.parquet")
    later = pd.read_parquet(tmp_path / "two.parquet")
    assert set(later["who"]) == {f"person {n}" for n in range(2 * FEW + 1, 61)}


def test_parts_of_a_comparison_show_no_more_than_all_of_it(page: None):
    people = _people()
    assert not _hidden(explore.over_time(people, "skp"))
    some = explore.over_time(people[people["person"] > 2], "skp")
    assert SAID in some.blocks.html() and "<table" not in some.blocks.html()


def test_people_of_no_group_are_not_told_by_all_less_the_groups():
    people = _people()
    people["sex"] = people["sex"].mask(people["person"] <= 2)
    seen = explore.compare(people, "skp", by="sex").frame
    assert seen["value"].isna().any()


@pytest.mark.parametrize("change", ["columns", "recoded", "added", "numbered"])
def test_forms_are_known_whatever_is_left_of_them(page: None, change: str):
    forms = _people(rows="forms").rename(columns={"person": "form"})
    assert not _hidden(explore.over_time(forms, "skp"))
    some = forms[forms["umur"] < 57]
    if change == "columns":
        some = some[["form", "year", "unit", "skp"]]
    elif change == "recoded":
        some = some.assign(umur=some["umur"].astype(int), sex=some["sex"].str.upper())
    elif change == "numbered":
        some = some.sort_values("umur", ascending=False, ignore_index=True)
    else:
        some = some.assign(muda=True)
    some.attrs = forms.attrs
    assert _hidden(explore.over_time(some, "skp"))


def test_forms_without_their_number_are_refused(page: None):
    forms = _people(rows="forms").drop(columns="person")
    with pytest.raises(EvaluasiError, match="form"):
        explore.over_time(forms, "skp")


@pytest.mark.parametrize("groups", [7, 12])
def test_what_many_groups_leave_of_a_larger_one_is_few(page: None, groups: int):
    """Of more groups than every sum is looked at, too."""
    people = _people(groups * 10 - 5)
    people["unit"] = [f"u{i // 10}" for i in range(len(people))]
    # Of one agency, two units and three people of a third, which is hidden with the smallest one.
    people["opd"] = np.where(people["person"] <= 23, "x", "y")
    cut = people[~people["person"].between(24, 30)]
    assert not _hidden(explore.compare(cut, "skp", by="unit"))
    assert _hidden(explore.compare(cut, "skp", by="opd"))


def test_several_comparisons_together_are_held_against_another(page: None):
    people = _people()
    people.loc[people["person"] <= 4, "sex"] = None
    women, men = (people[people["sex"] == sex] for sex in ("a", "b"))
    for some in (women, men):
        assert not _hidden(explore.over_time(some, "skp"))
    assert _hidden(explore.over_time(people, "skp"))


def test_the_last_part_of_a_whole_is_not_shown_where_it_leaves_few(page: None):
    people = _people()
    assert not _hidden(explore.over_time(people, "skp"))
    parts = [people[people["unit"].isin(u)] for u in (["u0", "u1"], ["u2", "u3"], ["u4", "u5"])]
    parts[2] = parts[2][parts[2]["person"] > 8]
    hidden = [_hidden(explore.over_time(some, "skp")) for some in parts]
    assert hidden == [False, False, True]


@pytest.mark.parametrize("changed", [1, 2, FEW - 1, FEW])
def test_the_same_people_with_other_values_of_few_are_not_shown(page: None, changed: int):
    people = _people()
    assert not _hidden(explore.compare(people, "skp", by="sex"))
    top = people["skp"].nlargest(changed).index
    other = people.assign(skp=people["skp"].mask(people.index.isin(top), people["skp"].median()))
    other.attrs = people.attrs
    assert _hidden(explore.compare(other, "skp", by="sex")) == (changed < FEW)


def test_away_from_a_page_nothing_is_held_against_anything(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(beside, "_shown", None)
    people = _people()
    assert not _hidden(explore.over_time(people, "skp"))
    assert not _hidden(explore.over_time(people[people["person"] > 2], "skp"))


@given(
    st.lists(
        st.tuples(st.sets(st.integers(1, 30), min_size=1), st.sampled_from(["", "sex", "unit"])),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=40)
def test_no_two_shown_figures_differ_by_few(chosen: list[tuple[set[int], str]]):
    with temporary_folder() as folder:
        _begin(Path(folder))
    people = _people(30)
    shown = []
    for some, by in chosen:
        rows = people[people["person"].isin(some)]
        seen = explore.compare(rows, "skp", by) if by else explore.over_time(rows, "skp")
        if _hidden(seen):
            continue
        open_ = seen.frame.dropna(subset=["value"])["group"]
        groups = [frozenset(rows.loc[rows[by] == g, "person"]) for g in open_] if by else []
        groups = groups if by else [frozenset(rows["person"])] * len(open_)
        unions = [
            frozenset().union(*(g for g, taken in zip(groups, mask, strict=True) if taken))
            for mask in product((False, True), repeat=len(groups))
        ]
        for before in shown:
            assert not any(
                one and two and one < two and len(two - one) < FEW
                for pair in product(unions, before)
                for one, two in (pair, pair[::-1])
            )
        shown.append(unions)
