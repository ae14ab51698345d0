"""A drawn order is what the tables say: whose turn had come, who was trained, what was measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import measures, simulate
from helpers.contracts import Study
from helpers.contracts.plan_file import load
from helpers.measures import orders

WORLD = simulate.World(seed=3, employees=900, units=30, forms_per_year=1600, order=2023)


@pytest.fixture(scope="module")
def study() -> Study:
    return simulate.study(simulate.make(WORLD), load(None))


def test_each_unit_stands_in_each_year_in_which_some_are_still_to_come(study: Study):
    held = orders.order(study, "staff_unsur")
    assert held is not None and held.turns is not None
    drawn = study.undian_unit.sort_values("kode_unit", ignore_index=True)
    assert list(held.turns["turn"]) == list(drawn["giliran"])
    assert sorted(held.frame["year"].unique()) == [2023, 2024]
    assert len(held.frame) == 2 * len(drawn)
    panel = measures.unit_year(study).frame.set_index(["unit", "year"])
    for row in held.frame.itertuples():
        unit, turn = drawn.loc[row.entity, "kode_unit"], drawn.loc[row.entity, "giliran"]
        assert row.drawn == (turn <= row.year)
        assert row.stratum == f"{drawn.loc[row.entity, 'strata']} {row.year}"
        for column, year in (("before", 2022), ("after", row.year)):
            known = (unit, year) in panel.index
            expected = panel.loc[(unit, year), "staff_unsur"] if known else np.nan
            assert getattr(row, column) == pytest.approx(expected, nan_ok=True)
        cohort = measures.unit_cohorts(study).get(unit, 9999)
        assert row.came == (cohort <= row.year)


def test_units_of_one_agency_are_colleagues(study: Study):
    held = orders.order(study, "ikm")
    units = study.undian_unit.sort_values("kode_unit")["kode_unit"]
    agency = study.unit.set_index("kode_unit")["opd"][units].to_numpy()
    pairs = pd.DataFrame({"cluster": held.frame["cluster"], "own": agency[held.frame["entity"]]})
    assert (pairs.groupby("cluster")["own"].nunique() == 1).all()
    assert pairs["cluster"].nunique() == pairs["own"].nunique()


def test_an_order_that_still_runs_counts_beside_a_later_one_that_is_over(study: Study):
    running = study.undian_unit.assign(tahun=2022).astype(study.undian_unit.dtypes)
    over = study.undian_unit.assign(giliran=2023).astype(study.undian_unit.dtypes)
    both = pd.concat([running, over], ignore_index=True)
    assert orders.order(replace(study, undian_unit=both), "ikm").year == 2022


def test_too_few_forms_leave_a_year_without_an_outcome_and_the_unit_in_the_draw(study: Study):
    unit = str(study.undian_unit["kode_unit"].iloc[0])
    gone = (study.skm["kode_unit"] == unit) & (study.skm["tahun"] == 2024)
    assert gone.any()
    held = orders.order(replace(study, skm=study.skm[~gone]), "staff_unsur")
    assert len(held.frame) == len(orders.order(study, "staff_unsur").frame)
    one = orders.order(study, "staff_unsur").frame["after"]
    lost = held.frame["after"].isna() & one.notna()
    assert lost.sum() == 1 and held.frame.loc[lost, "year"].tolist() == [2024]


def test_the_last_draw_counts_until_a_year_after_its_end(study: Study):
    assert orders.order(replace(study, undian_unit=study.undian_unit.iloc[:0]), "ikm") is None
    earlier = study.undian_unit.assign(tahun=2021)

    def ended(last: int) -> pd.DataFrame:
        turns = [last - 1 + i % 2 for i in range(len(earlier))]
        return earlier.assign(giliran=turns).astype(study.undian_unit.dtypes)

    past = ended(2024)
    assert orders.order(replace(study, undian_unit=past), "ikm").frame["year"].max() == 2023
    # All have had their turn since 2023: told no more.
    assert orders.order(replace(study, undian_unit=ended(2023)), "ikm") is None
    both = pd.concat([past, study.undian_unit], ignore_index=True)
    assert orders.order(replace(study, undian_unit=both), "ikm").year == 2023
    assert orders.order_years(replace(study, undian_unit=both)) == (2021, 2023)


def test_two_draws_for_one_year_are_told_apart_by_their_seeds(study: Study):
    halves = study.undian_unit.assign(benih=["1", "2"] * (len(study.undian_unit) // 2))
    held = orders.order(replace(study, undian_unit=halves), "ikm")
    one = orders.order(study, "ikm").turns["stratum"]
    assert held.turns["stratum"].nunique() == 2 * one.nunique()
    # A draw without a seed is another than the one with it.
    half = orders.order(replace(study, undian_unit=halves.replace({"benih": {"2": ""}})), "ikm")
    assert half.turns["stratum"].nunique() == 2 * one.nunique()
