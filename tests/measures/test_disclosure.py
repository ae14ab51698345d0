"""What is hidden cannot be worked out from what is shown, nor is more hidden than that takes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from helpers import measures

FIGURES = ["value", "ci_low", "ci_high", "n"]


class Group(NamedTuple):
    """How many people, and of how many of them it is true."""

    people: int
    true: int


groups = st.integers(1, 60).flatmap(lambda n: st.builds(Group, st.just(n), st.integers(0, n)))
two_partitions = st.tuples(
    st.lists(groups, min_size=1, max_size=6), st.lists(groups, min_size=1, max_size=6)
)


def table(all_of: Group, partitions: dict[str, list[Group]], name: str = "x") -> pd.DataFrame:
    """Rows of indicators.csv: everyone, and each group of each partition."""
    cells = [("all", "all", all_of)]
    cells += [(p, f"{p}{i}", g) for p, part in partitions.items() for i, g in enumerate(part)]
    rows = [(2024, name, p, g, c.true / c.people, 0.0, 1.0, c.people, "share") for p, g, c in cells]
    columns = ["year", "indicator", "group_by", "group", *FIGURES, "unit_label"]
    return pd.DataFrame(rows, columns=columns)


def split(parts: list[Group], others: list[Group]) -> tuple[Group, dict[str, list[Group]]]:
    """Everyone of one partition, and another whose unknown people make up for what it lacks."""
    whole = Group(sum(g.people for g in parts), sum(g.true for g in parts))
    known: list[Group] = []
    for g in others:
        people, true = whole.people - g.people, whole.true - g.true
        people -= sum(k.people for k in known)
        true -= sum(k.true for k in known)
        if 0 <= true <= people:
            known.append(g)
    return whole, {"a": parts, "b": known}


def tells(group: Group, small_cell: int, sensitive: bool) -> bool:
    sides = (group.true, group.people - group.true)
    least = 0 if sensitive else 1
    return group.people < small_cell or any(least <= s < small_cell for s in sides)


def bounds(hidden: list[Group], left: Group, at: int) -> tuple[int, int]:
    """The fewest and the most people of a hidden group that agree with what is left of a total.

    Those of no known group are one more unknown.
    """
    people = [g.people for g in hidden]
    people.append(left.people - sum(people))
    cost = np.eye(len(people))[at]
    ends = [
        linprog(
            sign * cost, A_eq=[[1] * len(people)], b_eq=[left.true], bounds=[(0, n) for n in people]
        )
        for sign in (1, -1)
    ]
    assert all(e.success for e in ends)
    return round(ends[0].fun), round(-ends[1].fun)


@settings(max_examples=150, deadline=None)
@given(two_partitions, st.integers(2, 15), st.booleans())
def test_no_hidden_count_can_be_worked_out(made, small_cell, sensitive):
    """Against a reader who knows the total, what is shown, and how many people are in each group."""
    whole, partitions = split(*made)
    frame = table(whole, partitions)
    shown = measures.suppress(
        frame, small_cell, shares=("x",), sensitive=("x",) if sensitive else ()
    )
    visible = shown["n"].notna()
    assert shown.loc[~visible, FIGURES].isna().all(axis=None)
    pd.testing.assert_frame_equal(shown[visible].astype({"n": "int64"}), frame[visible])
    assert visible[0] != tells(whole, small_cell, sensitive)
    for name, part in partitions.items():
        seen = visible[frame["group_by"] == name].tolist()
        own = [tells(g, small_cell, sensitive) for g in part]
        assert not any(s and o for s, o in zip(seen, own, strict=True))
        nowhere = Group(
            whole.people - sum(g.people for g in part), whole.true - sum(g.true for g in part)
        )
        unknown = [nowhere] if nowhere.people else []
        assert all(seen) or any(own) or any(tells(g, small_cell, sensitive) for g in unknown)
        if not visible[0] or whole.true in (0, whole.people):
            continue
        hidden = [g for g, s in zip(part, seen, strict=True) if not s]
        kept = [g for g, s in zip(part, seen, strict=True) if s]
        left = Group(
            whole.people - sum(g.people for g in kept), whole.true - sum(g.true for g in kept)
        )
        for at, group in enumerate([*hidden, *unknown]):
            if tells(group, small_cell, sensitive):
                low, high = bounds(hidden, left, at)
                assert low <= group.true <= high
                assert high - low >= min(small_cell, group.people, whole.people - group.people)


@given(two_partitions)
def test_nothing_is_hidden_where_every_cell_is_large(made):
    """Those of no known group are as many again."""
    first = [Group(g.people + 40, g.true % 21 + 10) for g in made[0]]
    whole, partitions = split(first, [])
    whole = Group(2 * whole.people, 2 * whole.true)
    frame = table(whole, partitions)
    pd.testing.assert_frame_equal(
        measures.suppress(frame, 10, shares=("x",)).astype({"n": "int64"}), frame
    )


@pytest.mark.parametrize(
    ("part", "hidden"),
    [
        ([Group(100, 50), Group(80, 40)], []),
        ([Group(100, 5), Group(80, 40), Group(60, 30)], [0, 2]),
        ([Group(100, 95), Group(80, 40), Group(60, 30)], [0, 2]),
        ([Group(100, 5), Group(80, 6), Group(60, 30)], [0, 1]),
        ([Group(100, 3), Group(80, 4), Group(60, 30), Group(70, 30)], [0, 1, 2]),
        # A group of which it is true of nobody hides nothing of another one's few.
        ([Group(100, 5), Group(80, 40), Group(60, 0)], [0, 1]),
        ([Group(9, 4), Group(80, 40), Group(60, 30)], [0, 2]),
    ],
)
def test_the_smallest_group_that_is_enough_is_hidden_with_a_small_one(part, hidden):
    whole = Group(sum(g.people for g in part), sum(g.true for g in part))
    shown = measures.suppress(table(whole, {"a": part}), 10, shares=("x",))
    assert [i - 1 for i in shown.index[shown["n"].isna()]] == hidden


def test_of_a_sensitive_share_none_and_all_are_hidden():
    part = [Group(100, 0), Group(80, 80), Group(60, 30), Group(70, 30)]
    frame = table(Group(310, 140), {"a": part})
    plain = measures.suppress(frame, 10, shares=("x",))
    assert plain["n"].notna().all()
    guarded = measures.suppress(frame, 10, shares=("x",), sensitive=("x",))
    assert list(guarded.index[guarded["n"].isna()]) == [1, 2]


def test_a_mean_is_hidden_for_its_people_alone():
    frame = table(Group(180, 8), {"a": [Group(100, 5), Group(80, 3)]})
    assert measures.suppress(frame, 10)["n"].notna().all()


# The traits by which people are grouped; a person of whom one is missing is in none of its groups.
people_of_groups = st.lists(
    st.tuples(*(st.sampled_from([None, *names]) for names in ("ab", "cde", "fghi"))),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(people_of_groups, st.integers(2, 8), st.integers(1, 6))
def test_no_mean_of_few_can_be_worked_out(people, small_cell, times):
    """Against a reader who adds and subtracts means times their n: no combination of the total and
    the groups of a trait is one that is hidden, nor the people of no known group, where those are
    few.
    """
    people = people * times
    traits = pd.DataFrame(people, columns=["x", "y", "z"], dtype=object)
    cells = {("all", "all"): np.ones(len(people))}
    for by in traits:
        cells |= {(by, g): (traits[by] == g).to_numpy(float) for g in traits[by].dropna().unique()}
    n = [int(c.sum()) for c in cells.values()]
    rows = [(2024, "m", *at, 1.0, 0.0, 1.0, k, "") for at, k in zip(cells, n, strict=True)]
    columns = ["year", "indicator", "group_by", "group", *FIGURES, "unit_label"]
    shown = measures.suppress(pd.DataFrame(rows, columns=columns), small_cell)
    visible = dict(zip(cells, shown["n"].notna(), strict=True))
    assert (shown["n"].dropna() >= small_cell).all()
    for by in traits:
        own = {at: c for at, c in cells.items() if at[0] in ("all", by)}
        known = np.array([c for at, c in own.items() if visible[at]])
        for secret in (*own.values(), traits[by].isna().to_numpy(float)):
            if 0 < secret.sum() < small_cell and len(known):
                told = np.linalg.matrix_rank(np.vstack([known, secret]))
                assert told > np.linalg.matrix_rank(known)


@pytest.mark.parametrize(
    ("part", "of_mean", "of_share"),
    [
        # Of 260 people, it is true of 130; those of no known group are what is left.
        ([Group(100, 50), Group(160, 80)], [], []),
        ([Group(100, 50), Group(159, 80)], [0], [0]),
        ([Group(100, 50), Group(150, 80)], [], []),
        ([Group(100, 50), Group(140, 77)], [], [0]),
        ([Group(3, 1), Group(100, 50), Group(150, 75)], [0], [0, 1]),
        ([Group(2, 1), Group(100, 50), Group(157, 78)], [0, 1], [0, 1]),
    ],
)
def test_people_of_no_known_group_are_a_group_that_is_hidden(part, of_mean, of_share):
    """All less the groups is what the one person did whose post is not known."""
    frame = table(Group(260, 130), {"a": part})
    for shares, hidden in (((), of_mean), (("x",), of_share)):
        shown = measures.suppress(frame, 10, shares=shares)
        assert [i - 1 for i in shown.index[shown["n"].isna()]] == hidden


def test_the_number_of_those_that_a_share_is_true_of_is_hidden_with_the_share():
    asked = table(Group(200, 120), {"a": [Group(100, 95), Group(100, 25)]}, "invited")
    refused = table(Group(120, 60), {"a": [Group(95, 40), Group(25, 12)]}, "refused")
    both = pd.concat([refused, asked], ignore_index=True)
    names = ("invited", "refused")
    shown = measures.suppress(both, 10, shares=names, counted_by={"refused": "invited"})
    assert shown["n"].isna().tolist() == [False, True, True, False, True, True]
    apart = measures.suppress(both, 10, shares=names)
    assert apart["n"].isna().tolist() == [False, False, False, False, True, True]


def test_one_term_of_a_sum_is_not_hidden_alone():
    """An index is the mean of its terms, so that all but one of them tell that one."""
    frame = table(Group(200, 100), {"unsur": [Group(200, 50), Group(4, 2), Group(190, 60)]})
    assert measures.suppress(frame, 10)["n"].isna().tolist() == [False, False, True, True]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=7), st.integers(2, 15), st.booleans())
def test_the_parts_of_a_whole_tell_of_no_few(counts, small_cell, sensitive):
    """Neither a part nor its complement that is shown holds one person to as many as are few."""
    total = sum(counts)
    frame = pd.DataFrame(
        {"group": [str(i) for i in range(len(counts))], "value": [c / total for c in counts]}
    ).assign(ci_low=0.0, ci_high=1.0, n=counts)
    shown = measures.suppress_parts(frame, small_cell, sensitive=sensitive)
    kept = shown["n"].dropna()
    assert (kept >= small_cell).all()
    assert all(total - n == 0 or total - n >= small_cell for n in kept)
    left = total - kept.sum()
    assert left == 0 or left >= small_cell or kept.empty
    if sensitive and len(counts) == 1:
        assert kept.empty


def crossed(*cells: tuple[str, str, int, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People of two columns, and the rows of both: the group of each, how many, of whom true."""
    people = pd.DataFrame(
        [(2024, a, b, i < true) for a, b, n, true in cells for i in range(n)],
        columns=["year", "a", "b", "true"],
    )
    rows = [("all", "all", people["true"].mean(), len(people))]
    for by in ("a", "b"):
        found = people.groupby(by)["true"].agg(["mean", "size"])
        rows += [(by, g, r["mean"], r["size"]) for g, r in found.iterrows()]
    frame = pd.DataFrame(rows, columns=["group_by", "group", "value", "n"])
    return people, frame.assign(year=2024, indicator="x", ci_low=0.0, ci_high=1.0)


NESTED = (("post", "degree", 40, 20), ("clerk", "degree", 3, 1), ("clerk", "school", 60, 30))


@pytest.mark.parametrize("shares", [(), ("x",)])
def test_groups_of_two_columns_that_differ_by_few_are_not_both_shown(shares):
    """All posts need a degree, and three clerks have one: the difference is theirs."""
    people, frame = crossed(*NESTED)
    alone = measures.suppress(frame, 10, shares=shares)
    assert alone["n"].notna().all()
    shown = measures.suppress(frame, 10, shares=shares, people={"x": people})
    told = shown.dropna(subset=["n"])
    assert set(told["group_by"]) == {"all", "a"} or set(told["group_by"]) == {"all", "b"}
    # Nothing is hidden where as many are apart as may be told of.
    people, frame = crossed(NESTED[0], ("clerk", "degree", 14, 11), NESTED[2])
    assert measures.suppress(frame, 10, people={"x": people})["n"].notna().all()


def test_sums_of_groups_are_held_against_each_other():
    """Two posts together are all but three of those with a degree, though neither is alone."""
    people, frame = crossed(
        ("head", "degree", 20, 10),
        ("doctor", "degree", 20, 10),
        ("clerk", "degree", 3, 1),
        ("clerk", "school", 60, 30),
        ("driver", "school", 40, 12),
    )
    shown = measures.suppress(frame, 10, people={"x": people}).dropna(subset=["n"])
    assert not {"head", "doctor"} <= set(shown["group"]) or "degree" not in set(shown["group"])
    assert len(shown) >= 4


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 2, st.integers(0, 25)), min_size=2, max_size=9))
@settings(max_examples=60, deadline=None)
def test_no_difference_of_two_columns_tells_of_few(cells):
    people, frame = crossed(*((f"a{a}", f"b{b}", n, n // 2) for a, b, n in cells))
    if len(people) < 10:
        return
    shown = measures.suppress(frame, 10, people={"x": people}).dropna(subset=["n"])
    sets = {
        (r.group_by, r.group): set(
            people.index if r.group_by == "all" else people.index[people[r.group_by] == r.group]
        )
        for r in shown.itertuples()
    }
    for inner, outer in ((i, o) for i in sets.values() for o in sets.values() if i < o):
        assert len(outer - inner) >= 10
