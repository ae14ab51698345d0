"""SKP, predikat, output per day and on-time share of employees.

Sources: PermenPANRB 6/2022 (predikat from hasil kerja and perilaku kerja), domain.md section 2.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import Study, UnitLabel, codes, measure_shapes, remembered
from helpers.contracts.units import OUTPUT_PER_DAY, SHARE, SKP_POINTS

# The unit of each measure of an employee, as `employee_years` gives it.
UNIT_LABELS: Final[dict[str, UnitLabel]] = {
    "output_per_day": OUTPUT_PER_DAY.label,
    "skp": SKP_POINTS.label,
    "on_time_share": SHARE.label,
}


def expected_predikat(result: pd.Series, behaviour: pd.Series) -> pd.Series:
    """The predikat that the 3 x 3 matrix gives; missing where either rating is.

    Parameters
    ----------
    result : rating of hasil kerja against expectation, as `codes.RATING` writes it.
    behaviour : rating of perilaku kerja, of the same people in the same order.
    """
    return pd.Series(
        [codes.PREDIKAT_MATRIX.get((r, b)) for r, b in zip(result, behaviour, strict=True)],
        index=result.index,
        dtype=object,
    )


def predikat_contradictions(kinerja: pd.DataFrame) -> pd.Series:
    """True where predikat and the matrix disagree (both known)."""
    expected = expected_predikat(kinerja["hasil_kerja"], kinerja["perilaku_kerja"])
    return kinerja["predikat"].notna() & expected.notna() & (kinerja["predikat"] != expected)


def output_per_day(kinerja: pd.DataFrame) -> pd.Series:
    """Services or tasks completed for each day worked; missing where no day was worked."""
    days = kinerja["hari_kerja"].astype(float)
    return (kinerja["output"].astype(float) / days.where(days > 0)).astype(float)


def crosses_break(years: pd.Series) -> bool:
    """Whether years lie on both sides of the change of the SKP scale (2021/2022)."""
    return bool((years < codes.SKP_BREAK_YEAR).any() and (years >= codes.SKP_BREAK_YEAR).any())


def standardised_within_year(values: pd.Series, years: pd.Series) -> pd.Series:
    """Scores as standard deviations from their year's mean, for comparisons across a change of
    scale.

    Parameters
    ----------
    values : scores of people, on whatever scale their year had.
    years : the year of each score, in the same order.

    Returns
    -------
    Standard deviations from the year's mean; missing where all scores of a year are alike, or it
    has a single one.
    """
    groups = values.astype(float).groupby(years)
    spread = groups.transform("std")
    return (values.astype(float) - groups.transform("mean")) / spread.where(spread > 0)


@remembered
def employee_years(study: Study) -> pd.DataFrame:
    """One row an employee and year: ``output_per_day``, ``skp`` (points), ``skp_standardised``,
    ``on_time_share``.

    Returns
    -------
    ``pegawai_id`` and ``tahun``; ``output_per_day`` in services or tasks a day worked, ``skp`` in
    points, ``skp_standardised`` in standard deviations within the year, ``on_time_share`` in 0–1,
    and ``disciplined``, which is 1 where there was a case. Missing where it was not recorded.
    """
    kinerja = study.kinerja
    measured = pd.DataFrame(
        {
            "pegawai_id": kinerja["pegawai_id"],
            "tahun": kinerja["tahun"],
            "output_per_day": output_per_day(kinerja),
            "skp": kinerja["nilai_skp"].astype(float),
            "skp_standardised": standardised_within_year(kinerja["nilai_skp"], kinerja["tahun"]),
            "on_time_share": kinerja["tepat_waktu"].astype(float),
            "disciplined": kinerja["hukuman_disiplin"]
            .astype(float)
            .map(lambda x: np.nan if x != x else float(x > 0)),
        }
    )
    return measure_shapes.EMPLOYEE_YEARS.validate(measured)
