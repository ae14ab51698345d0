"""Ages in years and in classes, as paper forms ask for them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intake, simulate
from helpers.intake.ages import age

SCALE = (5, 110)
YEARS = st.sampled_from(["", " tahun", " th", " thn", " Tahun", " years"])
BETWEEN = st.sampled_from(["-", " - ", "–", " s/d ", " s.d. ", " sampai ", " hingga ", " to "])


@given(st.integers(10, 60), st.integers(0, 40), BETWEEN, YEARS, YEARS)
def test_a_class_is_its_middle(low, width, between, first, last):
    written = f"{low}{first}{between}{low + width}{last}"
    assert age(written, SCALE) == (low + width / 2, "number_format")
    if width:
        assert age(f"{low + width}{first}{between}{low}{last}", SCALE) == (None, "out_of_scale")


@given(st.integers(15, 90), YEARS)
def test_an_open_class_is_five_years_beyond_its_end(end, years):
    for above in ("> {}", ">{}", "≥ {}", "di atas {}", "lebih dari {}", "{} ke atas", "{} keatas", "{}+", "{} atau lebih"):  # fmt: skip
        assert age(above.format(f"{end}{years}"), SCALE) == (end + 5, "number_format")
    for below in ("< {}", "≤{}", "di bawah {}", "dibawah {}", "kurang dari {}", "{} ke bawah", "{} or less"):  # fmt: skip
        assert age(below.format(f"{end}{years}"), SCALE) == (end - 5, "number_format")


@given(st.integers(5, 110), YEARS)
def test_one_age_is_itself(years, unit):
    assert age(f"{years}{unit}", SCALE)[0] == years
    assert age(years, SCALE) == (years, None)


@pytest.mark.parametrize("written", ["tua", "25-34-40", "1990", "17-8-1945", "lansia (60)", "34–", "300 tahun", "< 6"])  # fmt: skip
def test_what_is_no_age_stays_out_of_scale(written):
    assert age(written, SCALE) == (None, "out_of_scale")


@given(st.text(max_size=12))
def test_no_text_is_an_error_or_an_age_out_of_bounds(written):
    value, _ = age(written, SCALE)
    assert value is None or SCALE[0] <= value <= SCALE[1]


def test_a_survey_that_asks_for_classes_is_read_whole(tmp_path: Path):
    world = simulate.World(
        seed=3, employees=60, units=4, forms_per_year=80, first_year=2023, last_year=2024
    )
    simulate.write(world, tmp_path)
    forms = pd.read_csv(tmp_path / "skm_2024.csv", dtype=str)
    classes = {"17-24": 20.5, "25 s.d. 34 tahun": 29.5, "> 50 tahun": 55.0}
    written = [list(classes)[i % 3] for i in range(len(forms))]
    forms.assign(umur=written).to_csv(tmp_path / "skm_2024.csv", index=False)
    read = intake.study(tmp_path, 2024).skm
    of_year = read.loc[read["tahun"] == 2024, "umur"]
    assert sorted(of_year) == sorted(classes[w] for w in written)
    (told,) = [p for p in intake.check(tmp_path) if p.column == "umur" and "2024" in p.file]
    assert told.fault == "number_format" and told.count == len(forms)
