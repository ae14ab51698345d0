"""Whether a unit counts its output as it did the year before: services one year and sheets of paper
the next look like a rise of everybody in it.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.intake.ledger import Ledger

# So many times more or less than a year before is no change of work but of counting.
FACTOR: Final = 3.0
# Of how many people the middle one is looked at; fewer may well have changed their work.
FEWEST: Final = 5


def warn(kinerja: pd.DataFrame, pegawai: pd.DataFrame, ledger: Ledger) -> None:
    """Enter a warning for each row of performance whose unit counts `FACTOR` times as much, or as
    little, as the year before; the rows are kept.

    In each unit and year the people who were measured in the year before as well are compared with
    themselves, and the middle one of them counts.

    Parameters
    ----------
    kinerja : performance up to the year of the report, linked to the roll.
    pegawai : the roll of the same years.
    ledger : where the warnings are entered.
    """
    if kinerja.empty or pegawai.empty or not {"output", "hari_kerja"} <= set(kinerja):
        return
    days = pd.to_numeric(kinerja["hari_kerja"], errors="coerce").astype(float)
    output = pd.to_numeric(kinerja["output"], errors="coerce").astype(float)
    rows = kinerja[["pegawai_id", "tahun"]].assign(per_day=output / days.where(days > 0))
    rows = rows.merge(pegawai[["pegawai_id", "tahun", "kode_unit"]], on=["pegawai_id", "tahun"])
    earlier = rows[rows["per_day"] > 0].drop(columns="kode_unit")
    earlier = earlier.assign(tahun=earlier["tahun"] + 1)
    both = rows.merge(earlier, on=["pegawai_id", "tahun"], suffixes=("", "_before"))
    both["times"] = both["per_day"] / both["per_day_before"]
    of_unit = both.groupby(["kode_unit", "tahun"])["times"].agg(["median", "count"])
    leaps = (of_unit["median"] >= FACTOR) | (of_unit["median"] <= 1 / FACTOR)
    hit = of_unit[leaps & (of_unit["count"] >= FEWEST)]
    for unit, year, times in hit["median"].sort_index().reset_index().itertuples(index=False):
        who = rows.loc[(rows["kode_unit"] == unit) & (rows["tahun"] == year), "pegawai_id"]
        there = (kinerja["tahun"] == year) & kinerja["pegawai_id"].isin(who)
        ledger.add_rows(
            "number_format",
            "kinerja",
            "output",
            kinerja[there],
            found=f"{unit}, {year:.0f}: × {times:.3g}",
            action="warned",
        )
