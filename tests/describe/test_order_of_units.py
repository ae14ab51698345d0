"""An order by lot: one turn a unit, strata in proportion, and the same for whoever repeats it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import measures
from helpers.contracts import Study
from helpers.describe import order_of_units as in_turn

SIZES = st.dictionaries(
    st.sampled_from([*in_turn.THIRDS, in_turn.NOT_RATED]), st.integers(1, 25), min_size=1
).filter(lambda sizes: sum(sizes.values()) > 1)


@pytest.fixture
def study(study: Study) -> Study:
    """The region before anybody was trained."""
    return replace(study, peserta=study.peserta.iloc[:0])


def units(sizes: dict[str, int]) -> pd.DataFrame:
    strata = [name for name, size in sizes.items() for _ in range(size)]
    codes = [f"U{i:03d}" for i in range(len(strata))]
    return pd.DataFrame({"kode_unit": codes, "stratum": strata})


@settings(deadline=None, max_examples=80)
@given(SIZES, st.floats(0, 1), st.integers(0, 10**6))
def test_every_turn_has_the_strata_in_proportion(sizes, part, seed):
    of = units(sizes)
    places = 1 + round(part * (len(of) - 2))
    made = in_turn.draw_order(of, places, seed, 2025)
    assert sorted(made.units["kode_unit"]) == sorted(of["kode_unit"])
    told = made.units.set_index("kode_unit")["stratum"]
    assert told.to_dict() == of.set_index("kode_unit")["stratum"].to_dict()
    by_turn = made.units.groupby("turn").size()
    assert list(by_turn.index) == list(range(2025, 2025 + -(-len(of) // places)))
    assert set(by_turn.iloc[:-1]) <= {places} and 0 < by_turn.iloc[-1] <= places
    table, size = made.by_stratum(), pd.Series(sizes)
    # No beginning of the order is a whole unit off its share, so no turn is two.
    so_far = table.cumsum(axis=1) - np.outer(size[table.index], by_turn.cumsum()) / len(of)
    assert so_far.abs().to_numpy().max() < 1
    assert (table - np.outer(size[table.index], by_turn) / len(of)).abs().to_numpy().max() < 2


@settings(deadline=None, max_examples=40)
@given(SIZES, st.integers(0, 10**6))
def test_the_order_can_be_repeated_from_seed_and_list_alone(sizes, seed):
    of = units(sizes)
    made = in_turn.draw_order(of, 1, seed, 2025)
    turned = in_turn.draw_order(of.iloc[::-1], 1, seed, 2025)
    pd.testing.assert_frame_equal(made.units, turned.units)
    for stratum, part in made.units.groupby("stratum"):
        inside = of.loc[of["stratum"] == stratum, "kode_unit"]
        by_hand = sorted(inside, key=lambda k: hashlib.sha256(f"{seed}:{k}".encode()).hexdigest())
        assert list(part.sort_values("turn")["kode_unit"]) == by_hand


def test_places_go_to_the_stratum_farthest_behind_by_hand():
    """4, 4 and 1 units, three a year: shares of 1.33, 1.33 and 0.33; then 2.67, 2.67 and 0.67."""
    made = in_turn.draw_order(units({"rendah": 4, "sedang": 4, "tinggi": 1}), 3, 7, 2025)
    assert made.by_stratum().to_dict("index") == {
        "rendah": {2025: 2, 2026: 1, 2027: 1},
        "sedang": {2025: 1, 2026: 2, 2027: 1},
        "tinggi": {2025: 0, 2026: 0, 2027: 1},
    }


def test_every_unit_of_a_stratum_has_the_same_chance_of_a_turn():
    of = units({"rendah": 8, "tinggi": 4})
    first = pd.Series(0, index=of["kode_unit"])
    for seed in range(800):
        made = in_turn.draw_order(of, 3, seed, 2025).units
        first[made.loc[made["turn"] == 2025, "kode_unit"]] += 1
    # Binomial with 800 draws and a chance of a quarter: five standard errors are 62.
    assert first.between(200 - 62, 200 + 62).all()


@pytest.mark.parametrize("places", [0, -1, 5, 6])
def test_an_order_needs_somebody_in_turn_and_somebody_waiting(places: int):
    with pytest.raises(ValueError, match=str(places)):
        in_turn.draw_order(units({"rendah": 5}), places, 1, 2025)


@pytest.mark.parametrize("primary", ["staff_unsur", "ikm", "waktu"])
def test_strata_are_thirds_of_the_main_outcome_of_the_year(study, primary: str):
    of = study.plan.outcomes.satisfaction
    satisfaction = of.model_copy(update={"primary": primary})
    outcomes = study.plan.outcomes.model_copy(update={"satisfaction": satisfaction})
    asked = replace(study, plan=study.plan.model_copy(update={"outcomes": outcomes}))
    found = in_turn.units_in_draw(asked).set_index("kode_unit")["stratum"]
    forms = asked.skm[asked.skm["tahun"] == asked.year]
    assert list(found.index) == sorted(forms["kode_unit"].unique())
    frame = measures.unit_year(asked).frame
    value = frame[frame["year"] == asked.year].set_index("unit")[primary]
    highest = [value[value.index.isin(found.index[found == third])] for third in in_turn.THIRDS]
    assert sum(map(len, highest)) == len(value)
    assert max(map(len, highest)) - min(map(len, highest)) <= 1
    assert highest[0].max() < highest[1].min() and highest[1].max() < highest[2].min()
    few = forms.groupby("kode_unit").size() < asked.plan.skm.min_respondents
    assert (found[few[few].index] == in_turn.NOT_RATED).all()


def test_a_unit_of_few_forms_is_in_the_draw_without_a_rating(study):
    code = sorted(study.skm["kode_unit"].unique())[0]
    here = (study.skm["kode_unit"] == code) & (study.skm["tahun"] == study.year)
    fewer = study.skm.drop(study.skm.index[here][5:])
    found = in_turn.units_in_draw(replace(study, skm=fewer)).set_index("kode_unit")["stratum"]
    assert found[code] == in_turn.NOT_RATED
    assert (found == in_turn.NOT_RATED).sum() == 1


def test_the_order_says_what_it_is_in_a_line():
    made = in_turn.draw_order(units({"rendah": 5}), 2, 7, 2025)
    assert repr(made) == "OrderDrawn(5 units, 2025–2027, seed 7)"


@settings(deadline=None, max_examples=40)
@given(SIZES, st.floats(0, 1))
def test_what_an_order_leaves_to_compare_is_counted_year_by_year(sizes, part):
    of = units(sizes)
    made = in_turn.draw_order(of, 1 + round(part * (len(of) - 2)), 1, 2025)
    turns = list(made.units["turn"])
    come = wait = 0
    for year in range(2025, max(turns)):
        come += sum(turn <= year for turn in turns)
        wait += sum(turn > year for turn in turns)
    assert in_turn.compared_years(made) == min(come, wait)
