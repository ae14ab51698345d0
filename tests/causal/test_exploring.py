"""Estimates of parts of a whole: too small a part is not shown, nor what would give it away."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import causal, measures
from helpers.causal import Ask
from helpers.contracts import SmallestEffect
from helpers.contracts.panel import Panel


def asks(trained: dict[str, int]) -> list[Ask]:
    """One ask a group, each with 200 people and so many trained in the third of four years."""
    rng, made = np.random.default_rng(1), []
    for group, treated in trained.items():
        person = np.repeat(np.arange(200), 4)
        cohort = np.where(person < treated, 2022, 0)
        frame = pd.DataFrame({
            "entity": person,
            "cluster": person % 20,
            "year": np.tile(np.arange(2020, 2024), 200),
            "cohort": cohort,
            "output": rng.normal(6, 1, 800),
        })  # fmt: skip
        panel = Panel(frame, ("output",), (), {"output": "output/day"})
        made.append(
            Ask(
                panel,
                "productivity",
                "output",
                "jp>=20",
                2023,
                SmallestEffect(0.18),
                role="subgroup",
                subgroup=group,
            )
        )
    return made


def shown(trained: dict[str, int], *, parts: bool = True, everyone: int = 0) -> set[str]:
    whole_of = (lambda ask: ask.subgroup.partition("=")[0]) if parts else None
    whole = asks({"": everyone})[0] if everyone else None
    found = causal.explored(asks(trained), 10, measures.holm, whole_of, everyone=whole)
    return {e.about.group for e in found}


def test_one_hidden_part_takes_the_smallest_other_part_with_it():
    trained = {"sex=P": 60, "sex=L": 7, "post=a": 30, "post=b": 40, "post=c": 3}
    assert shown(trained, parts=False) == {"sex=P", "post=a", "post=b"}
    assert shown(trained) == {"post=b"}


def test_hidden_parts_that_are_many_together_take_nobody_with_them():
    assert shown({"post=a": 30, "post=b": 6, "post=c": 7}) == {"post=a"}


def test_trained_people_of_no_known_part_are_a_part_that_is_hidden():
    """Of the 74 trained that another table tells, 4 have no known post, or one that is hidden."""
    assert shown({"post=a": 30, "post=b": 40}, everyone=74) == {"post=b"}
    assert shown({"post=a": 30, "post=b": 40, "post=c": 4}, everyone=74) == {"post=b"}
    assert shown({"post=a": 30, "post=b": 34, "post=c": 4}, everyone=74) == {"post=a", "post=b"}
    assert shown({"post=a": 30, "post=b": 40}, everyone=70) == {"post=a", "post=b"}


def test_parts_large_enough_are_all_shown():
    trained = {"post=a": 30, "post=b": 40}
    assert shown(trained) == set(trained)
