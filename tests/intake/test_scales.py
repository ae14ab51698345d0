"""A unit that counts something else than the year before is told of; its rows stay."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intake
from helpers.contracts import project
from helpers.intake import scales
from helpers.intake.ledger import Ledger
from helpers.intake.remedies import problems


def tables(times: float, people: int = 8) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two units over two years; the second counts so many times as much in the second year."""
    rows = [
        (f"p{unit}{i}", year, f"U{unit}", 1000 * (times if (unit, year) == (2, 2024) else 1), 200)
        for unit in (1, 2)
        for i in range(people)
        for year in (2023, 2024)
    ]
    frame = pd.DataFrame(rows, columns=["pegawai_id", "tahun", "kode_unit", "output", "hari_kerja"])
    roll = frame[["pegawai_id", "tahun", "kode_unit"]]
    kinerja = frame.drop(columns="kode_unit").assign(
        _file="kinerja.csv",
        _sheet="",
        _row=range(2, len(frame) + 2),
        _year=frame["tahun"].astype(float),
    )
    return kinerja, roll


def warned(times: float, people: int = 8) -> pd.DataFrame:
    ledger = Ledger()
    scales.warn(*tables(times, people), ledger)
    return ledger.events()


@given(st.floats(0.001, 1000), st.integers(1, 12))
def test_a_leap_of_a_whole_unit_is_told_and_no_other(times, people):
    found = warned(times, people)
    leap = (times >= scales.FACTOR or times <= 1 / scales.FACTOR) and people >= scales.FEWEST
    assert len(found) == (people if leap else 0)
    assert set(found["action"]) <= {"warned"}
    assert set(found["year"]) <= {2024.0}


def test_the_warning_says_which_unit_when_and_what_to_do():
    (told,) = problems(warned(10))
    assert (told.table, told.column, told.file, told.count) == (
        "kinerja",
        "output",
        "kinerja.csv",
        8,
    )
    assert told.found == "U2, 2024: × 10"
    assert "thousands dot" in told.what.en and "titik ribuan" in told.what.id
    assert not told.stops


def test_one_who_moves_to_other_work_is_no_change_of_counting():
    kinerja, roll = tables(1)
    one = (kinerja["pegawai_id"] == "p20") & (kinerja["tahun"] == 2024)
    ledger = Ledger()
    scales.warn(kinerja.assign(output=kinerja["output"].where(~one, 50_000)), roll, ledger)
    assert ledger.events().empty


def test_missing_days_and_output_are_passed_over():
    kinerja, roll = tables(10)
    ledger = Ledger()
    scales.warn(kinerja.assign(hari_kerja=0), roll, ledger)
    scales.warn(kinerja.assign(output=None), roll, ledger)
    scales.warn(kinerja.iloc[:0], roll, ledger)
    scales.warn(kinerja.drop(columns="hari_kerja"), roll, ledger)
    scales.warn(kinerja.drop(columns="output"), roll, ledger)
    assert ledger.events().empty


def test_the_sample_counts_alike_in_every_year():
    found = [p for p in intake.check(project.SAMPLE) if p.column == "output"]
    assert found == []


@pytest.mark.parametrize("times", [10, 0.1])
def test_a_study_keeps_the_rows_and_counts_them(tmp_path, times):
    folder = tmp_path / "sample"
    folder.mkdir()
    for path in project.SAMPLE.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    roll = pd.read_csv(folder / "pegawai_2023.csv", dtype=str)
    unit = roll["kode_unit"].value_counts().index[0]
    who = set(roll.loc[roll["kode_unit"] == unit, "nip"])
    scores = pd.read_csv(folder / "kinerja_2023.csv", dtype=str)
    hit = scores["nip"].isin(who) & (scores["tahun"] == "2023")
    raised = (scores["output"].astype(float) * times).round().astype(int).astype(str)
    scores.assign(output=scores["output"].where(~hit, raised)).to_csv(
        folder / "kinerja_2023.csv", index=False
    )
    study = intake.study(folder, 2023)
    row = study.exclusions[study.exclusions["column"] == "output"]
    assert row["count"].tolist() == [int(hit.sum())]
    assert len(study.kinerja) == len(intake.study(project.SAMPLE, 2023).kinerja)
