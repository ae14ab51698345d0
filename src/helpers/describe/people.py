"""Whom describing is about: the groups that people are compared by, and who was invited."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers import measures
from helpers.contracts import Study, remembered

GROUPS: Final = ("jenis_kelamin", "jenis_jabatan", "kelompok_umur", "tingkat_pendidikan")


@remembered
def invited(study: Study) -> pd.DataFrame:
    """The invitations with `GROUPS` and ``kode_unit`` of who was invited, as on that year's roll;
    the unit of people who are not on it is ``?``.
    """
    people = measures.training.roll(study)[["pegawai_id", "tahun", "kode_unit", *GROUPS]]
    rows = measures.training.invitations(study).merge(
        people, on=["pegawai_id", "tahun"], how="left"
    )
    return rows.assign(kode_unit=rows["kode_unit"].fillna("?"))
