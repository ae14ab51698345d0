"""A study is equal to its copy, travels without what was worked out, and remembers its work."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import intake, questions
from helpers.contracts import TABLES, Plan, Study, no_exclusions, remembered, typed


def table(name: str, **columns: list) -> pd.DataFrame:
    """A prepared table of these columns; the others are empty."""
    rows = len(next(iter(columns.values()), []))
    filled = {c: [""] * rows for c in ("pegawai_id", "kode_unit")} | columns
    return typed(pd.DataFrame(filled), name)


@pytest.fixture
def made(plan: Plan) -> Study:
    """A study of a few rows, without participants."""
    tables = {name: table(name) for name in TABLES}
    tables["unit"] = table("unit", kode_unit=["K1"], nama_unit=["Loket"])
    tables["kinerja"] = table("kinerja", tahun=[2023, 2021], nilai_skp=[80.0, None])
    tables["skm"] = table("skm", tahun=[2024, 2021, 2024])
    linkage = pd.DataFrame({"table": ["kinerja"], "linked": [2], "rows": [3]})
    return Study(2024, plan, **tables, exclusions=no_exclusions(), linkage=linkage)


@remembered
def rows(study: Study) -> list[int]:
    return [len(study.skm)]


def test_a_study_equals_its_copy_and_not_another(made):
    assert made == copy.deepcopy(made)
    assert made == replace(made)
    for other in (
        replace(made, year=2023),
        replace(made, synthetic=True),
        replace(made, notes=("gaji.csv",)),
        replace(made, skm=made.skm.iloc[1:]),
        replace(made, linkage=made.linkage.assign(linked=3)),
        replace(made, kinerja=made.kinerja.assign(nilai_skp=[80.0, 79.0])),
        replace(made, plan=made.plan.model_copy(update={"clip": 0.02})),
    ):
        assert made != other
    assert made != "a study" and made != made.year


def test_missing_values_are_equal_to_missing_values(made):
    again = replace(made, kinerja=made.kinerja.copy())
    assert again.kinerja["nilai_skp"].isna().any()
    assert again == made


def test_a_study_has_no_hash_and_no_new_values(made):
    with pytest.raises(TypeError):
        hash(made)
    with pytest.raises(FrozenInstanceError):
        made.year = 2023


def test_the_repr_counts_the_rows_of_the_tables_that_have_any(made):
    assert repr(made) == "Study(2024, Solok: unit 1, kinerja 2, skm 3)"
    assert ", synthetic: " in repr(replace(made, synthetic=True))


def test_the_repr_of_a_large_study_is_one_short_line(small_region: Path, plan):
    shown = repr(intake.study(small_region, 2024, plan))
    assert "\n" not in shown
    assert len(shown) < 500


def test_absent_years_and_trained_are_read_from_the_tables(made):
    assert made.absent == ("pegawai", "kegiatan", "peserta", "undian", "undian_unit")
    assert made.years == (2021, 2023, 2024)
    assert not made.trained
    activity = table("kegiatan", tahun=[2022], kode_kegiatan=["A1"])
    assert not replace(made, kegiatan=activity).trained
    person = table("peserta", tahun=[2022], kode_kegiatan=["A1"])
    both = replace(made, kegiatan=activity, peserta=person)
    assert both.trained
    assert both.absent == ("pegawai", "undian", "undian_unit")


def test_a_study_of_nothing_has_no_year(made):
    empty = {n: made.table(n).iloc[:0] for n in TABLES}
    assert replace(made, **empty).years == ()
    assert replace(made, **empty).absent == tuple(TABLES)


def test_a_table_is_given_by_its_name_only(made):
    for name in TABLES:
        assert made.table(name) is getattr(made, name)
    for name in ("plan", "_worked_out", "exclusions", "gaji"):
        with pytest.raises(KeyError, match=name):
            made.table(name)


def test_what_was_worked_out_does_not_travel(made):
    worked_out = rows(made)
    assert worked_out == [3]
    for twin in (pickle.loads(pickle.dumps(made)), copy.copy(made), replace(made)):
        assert twin == made
        assert repr(twin) == repr(made)
        assert rows(twin) == worked_out and rows(twin) is not worked_out
    assert rows(made) is worked_out


def test_a_question_asked_leaves_the_study_equal(small_region: Path, plan):
    study, fresh = (intake.study(small_region, 2024, plan) for _ in range(2))
    before = repr(study)
    answer = questions.participation(study)
    assert questions.participation(study) is answer
    assert study == fresh
    assert repr(study) == before
    sent = pickle.dumps(study)
    assert len(sent) < 1.01 * len(pickle.dumps(fresh))
    assert questions.participation(pickle.loads(sent)) == answer


def test_work_is_done_once_a_study_and_once_for_each_further_argument(made):
    calls = []

    @remembered
    def counted(study: Study, name: str = "skm", *, times: int = 1) -> int:
        calls.append((name, times))
        return len(study.table(name)) * times

    assert [counted(made), counted(made)] == [3, 3]
    assert calls == [("skm", 1)]
    assert [counted(made, "kinerja"), counted(made, "kinerja", times=2)] == [2, 4]
    assert [counted(made, "kinerja", times=2), counted(made, times=2)] == [4, 6]
    assert calls == [("skm", 1), ("kinerja", 1), ("kinerja", 2), ("skm", 2)]
    assert counted(replace(made)) == 3
    assert len(calls) == 5


def test_nothing_at_all_is_remembered_too(made):
    calls = []

    @remembered
    def nothing(study: Study) -> None:
        calls.append(study.year)

    assert nothing(made) is None and nothing(made) is None
    assert calls == [2024]


def test_two_functions_of_one_study_do_not_share_what_they_found(made):
    def one() -> object:
        @remembered
        def found(study: Study) -> str:
            return "one"

        return found

    @remembered
    def found(study: Study) -> str:
        return "two"

    assert [one()(made), found(made)] == ["one", "two"]


def test_a_failure_is_not_remembered(made):
    calls = []

    @remembered
    def second_time(study: Study) -> str:
        calls.append(study.year)
        if len(calls) == 1:
            raise ValueError("not yet")
        return "done"

    with pytest.raises(ValueError, match="not yet"):
        second_time(made)
    assert [second_time(made), second_time(made)] == ["done", "done"]
    assert len(calls) == 2


def test_a_remembered_function_keeps_its_name_and_words():
    assert (rows.__name__, questions.participation.__name__) == ("rows", "participation")
    assert questions.participation.__doc__.startswith("Who attends")
