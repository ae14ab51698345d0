"""Hours summed over the years: by hand, and beside those of single years."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intake, measures
from helpers.contracts import Plan, load_plan
from helpers.measures import training

DAYS = {"early": "03-10", "late": "11-20"}


def attended(*rows: tuple[str, int, str, float]) -> pd.DataFrame:
    """One row an activity: person, year, early or late in it, hours."""
    frame = pd.DataFrame(rows, columns=["pegawai_id", "tahun", "when", "jp"])
    days = pd.to_datetime(frame["tahun"].astype(str) + "-" + frame["when"].map(DAYS))
    return frame.assign(tanggal_mulai=days, tanggal_selesai=days)


@pytest.mark.parametrize(
    ("rows", "summed", "single"),
    [
        ([(2020, "early", 20)], 2020, 2020),
        ([(2020, "late", 20)], 2021, 2021),
        ([(2020, "early", 12), (2021, "early", 8)], 2021, None),
        ([(2020, "early", 12), (2021, "late", 8)], 2022, None),
        ([(2020, "late", 12), (2021, "early", 8)], 2021, None),
        ([(2020, "early", 8), (2021, "early", 8), (2023, "early", 4)], 2023, None),
        ([(2020, "early", 12), (2021, "early", 7)], None, None),
        ([(2020, "early", 12), (2021, "early", 8), (2022, "early", 20)], 2021, 2022),
    ],
)
def test_hours_of_all_years_count_and_late_ones_from_the_next(plan, rows, summed, single):
    invited = attended(*(("a", *row) for row in rows))
    assert training.cumulative_cohorts(invited, plan).get("a") == summed
    assert training.cohorts(invited, plan).get("a") == single


ROWS = st.tuples(
    st.sampled_from("abc"),
    st.integers(2018, 2023),
    st.sampled_from(sorted(DAYS)),
    st.sampled_from([4.0, 8.0, 12.0, 20.0]),
)


@given(st.lists(ROWS, min_size=1, max_size=15))
def test_nobody_is_treated_later_where_hours_are_summed(rows):
    plan, invited = load_plan(), attended(*rows)
    summed, single = (f(invited, plan) for f in (training.cumulative_cohorts, training.cohorts))
    assert set(single.index) <= set(summed.index)
    assert (summed.reindex(single.index) <= single).all()


def test_the_panel_is_the_same_but_for_who_is_treated_from_when(small_region: Path, plan: Plan):
    more = plan.treatment.productivity.model_copy(update={"min_jp": 40.0})
    treatment = plan.treatment.model_copy(update={"productivity": more})
    study = intake.study(small_region, 2024, plan.model_copy(update={"treatment": treatment}))
    plain, summed = measures.employee_year(study), measures.employee_year_cumulative(study)
    others = [c for c in plain.frame if c != "cohort"]
    pd.testing.assert_frame_equal(plain.frame[others], summed.frame[others])
    one, two = plain.frame["cohort"], summed.frame["cohort"]
    assert (two[one > 0] <= one[one > 0]).all()
    assert (two[one > 0] > 0).all()
    assert ((one == 0) & (two > 0)).any()
    # Who reached the minimum had a first hour before.
    reached = summed.frame[two > 0]
    assert (reached["exposed"] > 0).all()
    assert (reached["exposed"] <= reached["cohort"]).all()
