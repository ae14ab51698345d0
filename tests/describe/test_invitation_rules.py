"""Who is invited under each rule: least met first, equal chance, the same lots for everybody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.contracts import Study
from helpers.describe import invitation_rules as rules

PEOPLE = st.lists(
    st.tuples(st.sampled_from([0.0, 0.25, 1.0]), st.sampled_from([0.0, 20.0, 40.0])),
    min_size=1,
    max_size=12,
)


def _people(rows: list[tuple[float, float]]) -> tuple[pd.DataFrame, pd.Series]:
    people = pd.DataFrame(rows, columns=["met", "missing"])
    return people, pd.Series([f"19900101{i:010d}" for i in range(len(people))])


@given(PEOPLE, st.data())
def test_chances_add_up_to_the_seats_and_nobody_less_met_is_passed_over(rows, data):
    people, keys = _people(rows)
    seats = data.draw(st.integers(0, len(people)))
    for rule in rules.RULES:
        chance = rules.chances(people, seats, rule)
        assert chance.sum() == pytest.approx(seats) and chance.between(0, 1).all()
        chosen = rules.seated(people, keys, seats, rule, seed=7)
        assert len(set(chosen)) == seats
        assert (chance[chosen] > 0).all() and not set(chance.index[chance == 1]) - set(chosen)
    chosen = list(rules.seated(people, keys, seats, "gap", seed=7))
    others = people.drop(index=chosen)
    order = [(m, -h) for m, h in people.loc[chosen].itertuples(index=False)]
    assert order == sorted(order)
    if chosen and len(others):
        assert max(order) <= min((m, -h) for m, h in others.itertuples(index=False))


def test_a_lot_gives_everybody_the_chance_that_is_told():
    people, keys = _people([(0.0, 20.0)] * 4 + [(0.5, 10.0)] * 6)
    for rule in rules.RULES:
        drawn = np.zeros(len(people))
        for seed in range(2000):
            drawn[rules.seated(people, keys, 6, rule, seed)] += 1 / 2000
        chance = rules.chances(people, 6, rule).to_numpy()
        assert np.abs(drawn - chance).max() < 4 * np.sqrt(0.25 / 2000)


@pytest.mark.parametrize("rule", rules.RULES)
def test_who_is_drawn_depends_on_the_seed_and_not_on_the_order_of_rows(rule):
    people, keys = _people([(0.0, 20.0)] * 30)
    first = set(keys[rules.seated(people, keys, 10, rule, seed=1)])
    turned, turned_keys = people[::-1].reset_index(drop=True), keys[::-1].reset_index(drop=True)
    assert set(turned_keys[rules.seated(turned, turned_keys, 10, rule, seed=1)]) == first
    assert set(keys[rules.seated(people, keys, 10, rule, seed=2)]) != first


@pytest.mark.parametrize("seats", [-1, 4])
def test_more_seats_than_people_are_refused(seats):
    people, keys = _people([(0.0, 20.0)] * 3)
    for rule in rules.RULES:
        with pytest.raises(ValueError):
            rules.chances(people, seats, rule)
        with pytest.raises(ValueError):
            rules.seated(people, keys, seats, rule, 1)


def test_a_right_is_met_by_each_years_hours_up_to_the_target(study: Study):
    found = rules.entitled(study).set_index("pegawai_id")
    roll = study.pegawai
    assert set(found.index) == set(roll.loc[roll["tahun"] == study.year, "pegawai_id"])
    came = study.peserta[study.peserta["kehadiran"] == "hadir"]
    came = came.merge(study.kegiatan[["kode_kegiatan", "jp"]], on="kode_kegiatan")
    since = study.peserta["tahun"].min()
    for person in found.index[:60]:
        years = roll.loc[(roll["pegawai_id"] == person) & (roll["tahun"] >= since), "tahun"]
        own = came[came["pegawai_id"] == person]
        had = sum(min(20.0, float(own.loc[own["tahun"] == y, "jp"].sum())) for y in years)
        assert found.loc[person, "missing"] == pytest.approx(20 * len(years) - had)
        assert found.loc[person, "met"] == pytest.approx(had / (20 * len(years)), abs=1e-6)


def test_who_left_is_not_invited_whatever_they_missed(study: Study):
    left = study.pegawai["pegawai_id"].iloc[0]
    gone = (study.pegawai["pegawai_id"] == left) & (study.pegawai["tahun"] == study.year)
    found = rules.entitled(replace(study, pegawai=study.pegawai[~gone]))
    assert left not in set(found["pegawai_id"])


def test_seats_of_groups_add_up():
    people = pd.DataFrame({"sex": ["L", "L", "P", None], "met": 0.0, "missing": 20.0})
    found = rules.shares_of_seats(people, pd.Series([1.0, 0.0, 1.0, 1.0]), "sex")
    assert found["people"].tolist() == [2, 1] and found["seats"].tolist() == [1.0, 1.0]
    assert found["of_seats"].tolist() == [0.5, 0.5]
    assert found["of_staff"].tolist() == pytest.approx([2 / 3, 1 / 3])
