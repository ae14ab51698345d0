"""Whom the figures of the year's report are of: what a page of one's own lies beside."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers import describe, measures
from helpers.contracts import Study
from helpers.explore import whose
from helpers.explore.beside import compared

_EVERYBODY: Final = "all"
# The column of forms behind each ``group_by`` of their index.
_OF_FORMS: Final = {_EVERYBODY: _EVERYBODY, "unit": "kode_unit"}


def reported(study: Study, indicators: pd.DataFrame) -> list[pd.DataFrame]:
    """The report's means and shares of people and of forms as comparisons, see `beside.compared`.

    Parameters
    ----------
    study : of the report's data and year.
    indicators : rows of indicators.csv; hidden ones are no part of any comparison. What is neither
        a figure of everybody on a year's roll nor of its forms is passed over.

    Returns
    -------
    One comparison an indicator and ``group_by``. People are known by the number that
    `explore.people` gives them, forms by that of `explore.forms`.
    """
    shown = indicators.dropna(subset=["value"])
    people, forms = _people(study), _forms(study)
    found = []
    for (name, by), rows in shown.groupby(["indicator", "group_by"]):
        column = describe.OF_PEOPLE.get(str(name))
        if column is not None and (by == _EVERYBODY or by in people):
            found.append(_compared(people, column, str(by), rows))
        elif name == "ikm" and by == "unsur":
            found += [
                _compared(forms, str(one), _EVERYBODY, of_one.assign(group=_EVERYBODY))
                for one, of_one in rows.groupby("group")
            ]
        elif name == "ikm" and by in _OF_FORMS:
            found.append(_compared(forms, "ikm", _OF_FORMS[str(by)], rows))
    return [rows for rows in found if len(rows)]


def _people(study: Study) -> pd.DataFrame:
    roll = measures.training.roll(study)
    scores = measures.performance.employee_years(study)
    frame = roll.merge(scores, on=["pegawai_id", "tahun"], how="left")
    person = frame["pegawai_id"].map(whose.numbers(study))
    return frame.assign(year=frame["tahun"], person=person)


def _forms(study: Study) -> pd.DataFrame:
    frame = study.skm
    ikm = measures.satisfaction.respondent_ikm(frame)
    return frame.assign(year=frame["tahun"], form=whose.form_numbers(study), ikm=ikm)


def _compared(frame: pd.DataFrame, column: str, by: str, rows: pd.DataFrame) -> pd.DataFrame:
    everybody = pd.Series(_EVERYBODY, index=frame.index)
    known_by = whose.KNOWN_BY["people" if "person" in frame else "forms"]
    groups = everybody if by == _EVERYBODY else frame[by]
    return compared(frame, column, groups, rows, known_by)
