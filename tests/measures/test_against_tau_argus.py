"""Our suppression beside Tau-Argus's, on tables of amounts by the groups of one column and a total:
it protects as much and hides no more.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pytauargus import protect

from helpers import measures

FEW = 10
SAFETY = f"FREQ({FEW},10)"


def _people(seed: int) -> pd.DataFrame:
    """Somebody's score each, in up to eight groups of very different sizes."""
    rng = np.random.default_rng([seed, 6])
    groups = rng.integers(2, 9)
    people = int(rng.integers(30, 300))
    share = rng.dirichlet([0.7] * groups)
    of = rng.choice(list("abcdefgh")[:groups], people, p=share)
    return pd.DataFrame({"group": of, "score": rng.uniform(50, 90, people)})


def _hidden_by_us(people: pd.DataFrame) -> frozenset[str]:
    found = people.groupby("group")["score"].agg(["mean", "size"])
    named = pd.concat([pd.DataFrame({"mean": [0.0], "size": [len(people)]}, ["Total"]), found])
    rows = pd.DataFrame(
        {
            "year": 2024,
            "indicator": "score",
            "group_by": ["all", *["group"] * len(found)],
            "group": named.index,
            "value": named["mean"].to_numpy(),
            "ci_low": 0.0,
            "ci_high": 0.0,
            "n": named["size"].to_numpy(),
        }
    )
    shown = measures.suppress(rows, FEW)
    return frozenset(shown.loc[shown["value"].isna(), "group"])


def _hidden_by_tau_argus(people: pd.DataFrame, folder: Path) -> frozenset[str]:
    made = protect(
        people,
        ["group"],
        response="score",
        safety_rules=SAFETY,
        suppress="OPT(1)",
        workdir=str(folder),
    )
    table = made.tables[0]
    gone = pd.Series(table.safe(None)).isna().to_numpy()
    return frozenset(table.dataframe().loc[gone, "group"].astype(str))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory):
    """Of many tables: people in each group, and what each of the two hides."""
    folder = tmp_path_factory.mktemp("argus")
    made = []
    # Its logs come to lie wherever it runs.
    with contextlib.chdir(folder):
        for seed in range(120):
            people = _people(seed)
            argus = _hidden_by_tau_argus(people, folder / str(seed))
            made.append((people["group"].value_counts(), _hidden_by_us(people), argus))
    return made


def _together(sizes: pd.Series, hidden: frozenset[str]) -> int:
    return int(sizes[sizes.index.isin(list(hidden))].sum())


def test_each_hides_every_small_group(both):
    for sizes, ours, argus in both:
        small = set(sizes.index[sizes < FEW])
        assert small <= ours and small <= argus


def test_what_we_hide_is_never_few_people_together(both):
    assert all(
        _together(sizes, ours) == 0 or _together(sizes, ours) >= FEW for sizes, ours, _ in both
    )


def test_we_hide_more_only_where_what_the_other_hides_is_few_people_together(both):
    more = [(sizes, argus) for sizes, ours, argus in both if len(ours) > len(argus)]
    assert all(0 < _together(sizes, argus) < FEW for sizes, argus in more)
    assert more


def test_in_all_we_hide_no_more(both):
    assert 0 < sum(len(ours) for _, ours, _ in both) <= sum(len(argus) for *_, argus in both)
