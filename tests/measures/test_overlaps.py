"""Groups of two columns that differ by few people are told, and no others."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.measures.overlaps import Crossed, telling

SMALL = 10


def _people(rest: str | None) -> Crossed:
    """Thirty of A and thirty others; of X are all the others and five of A."""
    unit = ["A"] * 30 + [rest] * 30
    theme = ["X"] * 5 + ["Y"] * 25 + ["X"] * 30
    return Crossed(pd.DataFrame({"unit": unit, "theme": theme}, dtype=object))


def _rows(*shown: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(shown, columns=["group_by", "group", "n"])


@pytest.mark.parametrize("rest", ["B", None])
def test_what_a_shown_total_leaves_is_a_group_like_those_shown(rest):
    """Sixty in all less thirty of A are the others, also where nobody says what these are."""
    rows = _rows(("all", "all", 60), ("unit", "A", 30), ("theme", "X", 35))
    assert telling(rows, _people(rest), SMALL) == [2]


def test_without_the_total_nobody_knows_what_is_left():
    rows = _rows(("unit", "A", 30), ("theme", "X", 35))
    assert telling(rows, _people("B"), SMALL) == []


def test_where_all_groups_are_shown_they_are_added_up_without_a_total():
    rows = _rows(("unit", "A", 30), ("unit", "B", 30), ("theme", "X", 35))
    assert telling(rows, _people("B"), SMALL) == [1, 2]


def test_a_shown_group_of_nobody_tells_nothing():
    rows = _rows(("unit", "C", 0), ("theme", "X", 35))
    assert telling(rows, _people("B"), SMALL) == []


def test_a_difference_of_as_many_as_may_be_shown_is_none():
    rows = _rows(("all", "all", 60), ("unit", "A", 30), ("theme", "X", 35))
    assert telling(rows, _people("B"), 5) == []
