"""Whom describing is about: the groups that people are compared by, and who was invited."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from helpers import measures
from helpers.contracts import (
    GROUPS_OF_PEOPLE,
    INDICATOR_COLUMNS,
    Study,
    no_indicators,
    remembered,
    schemas,
)
from helpers.describe.releases import told_by_two


@remembered
def invited(study: Study) -> pd.DataFrame:
    """The invitations with `GROUPS_OF_PEOPLE` and ``kode_unit`` of who was invited, as on that
    year's roll; the unit of people who are not on it is ``?``. Attendances of which no invitation
    is recorded are none.
    """
    people = measures.training.roll(study)[["pegawai_id", "tahun", "kode_unit", *GROUPS_OF_PEOPLE]]
    asked = measures.training.invitations(study)
    asked = asked[asked["attendance_alone"] == 0]
    rows = asked.merge(people, on=["pegawai_id", "tahun"], how="left")
    return rows.assign(kode_unit=rows["kode_unit"].fillna("?"))


def told_invitations(study: Study) -> pd.DataFrame:
    """The invitations whose number may be told: those of years in which nobody, or at least the
    smallest cell of people, was invited.
    """
    people = study.peserta.groupby("tahun")["pegawai_id"].transform("nunique")
    return study.peserta[people >= study.plan.privacy.small_cell]


def as_indicators(
    study: Study,
    parts: Sequence[pd.DataFrame],
    *,
    shares: Collection[str] = (),
    added: pd.Series | None = None,
    people: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Intervals by group as rows of indicators.csv of the study's year, small groups hidden.

    Parameters
    ----------
    study : its year and its smallest cell.
    parts : rows of ``indicator``, ``group_by``, ``group``, ``found`` (an interval) and
        ``unit_label``; those of nobody are left out.
    shares : names among ``indicator`` that are the part of n people that something is true of.
    added : how many people make the difference to the report before, as of
        `releases.told_by_two`; None where there is none before.
    people : whom an indicator is of, as `measures.suppress` takes them.
    """
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[[i.n > 0 for i in rows["found"]]]
    if rows.empty:
        return no_indicators()
    found = list(rows["found"])
    frame = rows.assign(
        year=study.year,
        value=[i.value for i in found],
        ci_low=[i.low for i in found],
        ci_high=[i.high for i in found],
        n=[float(i.n) for i in found],
    )[list(INDICATOR_COLUMNS)]
    small_cell = study.plan.privacy.small_cell
    shown = measures.suppress(frame, small_cell, shares=shares, people=people or {})
    if added is not None:
        shown.loc[told_by_two(shown, added, small_cell), list(measures.HIDDEN)] = float("nan")
    return schemas.INDICATORS.validate(shown)
