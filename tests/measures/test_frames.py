"""Every frame that measures hands on has its declared shape, whatever is missing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from pandera.errors import SchemaError

from helpers import measures
from helpers.contracts import Study, codes, measure_shapes


@pytest.fixture(scope="module")
def study(small_study) -> Study:
    return small_study(2024)


MADE = {
    "ROLL": measures.training.roll,
    "INVITATIONS": measures.training.invitations,
    "EMPLOYEE_YEARS": measures.performance.employee_years,
    "LINKAGE": lambda study: study.linkage,
    "INDEX": lambda study: measures.satisfaction.ikm(
        measures.satisfaction.complete(study.skm, ["tahun"]), ["tahun"]
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_a_frame_has_its_shape(study, name):
    frame = MADE[name](study)
    assert len(frame)
    getattr(measure_shapes, name).validate(frame)


@pytest.mark.parametrize("gone", ["pegawai", "kegiatan", "peserta", "kinerja", "skm"])
@pytest.mark.parametrize("name", [n for n in MADE if n != "LINKAGE"])
def test_a_frame_keeps_its_shape_without_a_table(study, name, gone):
    bare = replace(study, **{gone: study.table(gone).iloc[:0]})
    getattr(measure_shapes, name).validate(MADE[name](bare))


@pytest.mark.parametrize("column", ["linked", "rows"])
def test_linkage_of_another_shape_is_refused(study, column):
    twice = study.linkage.assign(linked=study.linkage["rows"] + 1)
    for wrong in (study.linkage.drop(columns=column), twice):
        with pytest.raises(SchemaError):
            measure_shapes.LINKAGE.validate(wrong)


def test_groups_without_a_row_have_the_columns_of_those_with_one(study):
    one = measures.satisfaction.unsur(study.skm, ["kode_unit"])
    none = measures.satisfaction.unsur(study.skm.iloc[:0], ["kode_unit"])
    assert set(none) == set(one) and len(none) == 0
    unanswered = study.skm.assign(**dict.fromkeys(codes.UNSUR, pd.NA))
    assert len(measures.satisfaction.unsur(unanswered, ["kode_unit"])) == 0
    assert list(measures.intervals.as_frame({}, ["x"])) == ["x", "value", "ci_low", "ci_high", "n"]
