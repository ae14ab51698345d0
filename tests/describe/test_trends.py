"""A change between two years is that of a clustered regression of both; none crosses 2022."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import t

from helpers import describe
from helpers.contracts import Study, codes
from tests.describe import by_hand

LABELS = {"output_per_day": "output/day", "skp": "SKP points", "on_time_share": "share (0-1)"}


def scores(study: Study) -> pd.DataFrame:
    """What each employee of a year has of each measure, with the unit of that year."""
    units = study.pegawai[["pegawai_id", "tahun", "kode_unit"]]
    frame = study.kinerja.merge(units, on=["pegawai_id", "tahun"])
    frame["output_per_day"] = frame["output"] / frame["hari_kerja"]
    return frame.rename(columns={"nilai_skp": "skp", "tepat_waktu": "on_time_share"})


@pytest.mark.parametrize(
    ("measure", "year", "first"),
    [
        ("output_per_day", 2024, 2019),
        ("output_per_day", 2021, 2019),
        ("on_time_share", 2023, 2019),
        ("skp", 2021, 2019),
        ("skp", 2023, 2022),
        ("skp", 2024, 2022),
    ],
)
def test_a_change_is_that_of_a_regression_of_both_years(study_of, measure, year, first):
    study = study_of(year)
    change = describe.change_in_measure(study, measure)
    both = scores(study)
    both = both[both["tahun"].isin([first, year]) & both[measure].notna()]
    second = (both["tahun"] == year).astype(float)
    value, low, high, error = by_hand.difference(both[measure], second, both["kode_unit"])
    assert (change.first_year, change.last_year) == (first, year)
    assert (change.indicator, change.unit_label) == (measure, LABELS[measure])
    assert change.first == pytest.approx(both.loc[second == 0, measure].mean())
    assert change.last == pytest.approx(both.loc[second == 1, measure].mean())
    assert change.interval.value == pytest.approx(value)
    assert (change.interval.low, change.interval.high) == pytest.approx((low, high))
    assert change.interval.std_error == pytest.approx(error)
    assert change.interval.n == len(both)


@pytest.mark.parametrize("year", [2020, 2024])
def test_a_change_of_the_index_is_that_of_a_regression_of_all_answers(study_of, year):
    """Each element and year has its mean; the index is a sum of means, whatever is missing."""
    forms = study_of(year).skm
    forms = forms[forms["tahun"].isin([2019, year])].reset_index(names="form")
    answers = forms.melt(["form", "tahun", "kode_unit"], list(codes.UNSUR), "unsur").dropna()
    assert len(answers) < 9 * len(forms)
    cells = pd.get_dummies(answers["unsur"] + answers["tahun"].astype(str), dtype=float)
    groups = pd.factorize(answers["kode_unit"])[0]
    fit = sm.OLS(answers["value"].to_numpy(float), cells.to_numpy()).fit(
        cov_type="cluster",
        cov_kwds={"groups": groups, "use_correction": False},
    )
    sign = np.array([1.0 if name.endswith(str(year)) else -1.0 for name in cells]) * 25 / 9
    units = groups.max() + 1
    error = float(np.sqrt(sign @ fit.cov_params() @ sign * units / (units - 1)))
    value = float(sign @ fit.params)
    half = float(t.ppf(0.975, units - 1)) * error
    change = describe.change_in_ikm(study_of(year))
    assert (change.first_year, change.last_year) == (2019, year)
    assert change.interval.value == pytest.approx(value)
    assert change.last - change.first == pytest.approx(value)
    assert change.interval.std_error == pytest.approx(error)
    assert change.interval.low == pytest.approx(value - half)
    assert change.interval.high == pytest.approx(value + half)
    assert change.unit_label == "IKM points"


def test_a_change_has_the_level_of_the_plan(study):
    wider = study.plan.inference.model_copy(update={"level": 0.99})
    at_99 = replace(study, plan=study.plan.model_copy(update={"inference": wider}))
    both = scores(study)
    both = both[both["tahun"].isin([2019, 2024]) & both["output_per_day"].notna()]
    second = (both["tahun"] == 2024).astype(float)
    wanted = by_hand.difference(both["output_per_day"], second, both["kode_unit"], level=0.99)
    change = describe.change_in_measure(at_99, "output_per_day").interval
    assert (change.low, change.high) == pytest.approx(wanted[1:3])
    narrow = describe.change_in_ikm(study).interval
    wide = describe.change_in_ikm(at_99).interval
    assert wide.low < narrow.low and narrow.high < wide.high


@pytest.mark.parametrize(
    ("year", "first"),
    [(2020, 2019), (2021, 2019), (2022, 2022), (2023, 2022), (2024, 2022)],
)
def test_no_change_of_the_score_crosses_2022(study_of, year, first):
    study = study_of(year)
    assert describe.comparable_years(study, "skp") == (first, year)
    change = describe.change_in_measure(study, "skp")
    assert (change is None) == (first == year)
    assert describe.comparable_years(study, "output_per_day") == (2019, year)
    assert describe.comparable_years(study, "ikm") == (2019, year)


def test_years_without_a_value_are_no_years_to_compare_with(study):
    early = study.kinerja["tahun"] < 2021
    forms = study.skm
    gone = replace(
        study,
        kinerja=study.kinerja.assign(output=study.kinerja["output"].mask(early)),
        skm=forms.assign(biaya=forms["biaya"].mask(forms["tahun"] < 2023)),
    )
    assert describe.comparable_years(gone, "output_per_day") == (2021, 2024)
    assert describe.comparable_years(gone, "ikm") == (2023, 2024)
    assert describe.change_in_ikm(gone).first_year == 2023


def test_a_year_without_values_has_no_change(study):
    now = study.kinerja["tahun"] == 2024
    gone = replace(
        study,
        kinerja=study.kinerja.assign(output=study.kinerja["output"].mask(now)),
        skm=study.skm.assign(biaya=study.skm["biaya"].mask(study.skm["tahun"] == 2024)),
    )
    assert describe.change_in_measure(gone, "output_per_day") is None
    assert describe.change_in_ikm(gone) is None
    assert describe.change_in_measure(gone, "skp") is not None


def test_an_index_unmoved_has_no_change_and_every_figure_of_it(study):
    """The same forms in both years: the change is nothing, and so is its error."""
    forms = study.skm[study.skm["tahun"] == 2024]
    twice = pd.concat([forms.assign(tahun=2023), forms], ignore_index=True)
    change = describe.change_in_ikm(replace(study, skm=twice))
    assert change.first == pytest.approx(change.last)
    assert change.interval.value == pytest.approx(0)
    assert change.interval.std_error == pytest.approx(0, abs=1e-9)
