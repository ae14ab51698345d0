"""Whether so much of a column is lost in a year that nothing can be said from what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from helpers.contracts import TABLES
from helpers.intake.ledger import Ledger

# Faults by which a value, or the row that hangs on it, is lost; rows of strangers are the linkage
# rate's.
_LOSING: Final = (
    "out_of_scale",
    "date_impossible",
    "date_order",
    "nip_rounded",
    "nip_format",
    "unit_unknown",
    "row_not_data",
)
_LINKING: Final = ("nip_unknown", "nip_not_on_roll", "duplicate_conflicting")
# One or two values out of very few are no mass.
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class _Where:
    """A column of a table in a year; not-a-number for rows without one."""

    table: str
    field: str
    year: float

    @classmethod
    def of(cls, hit: pd.DataFrame, field: str | None = None) -> _Where:
        first = hit.iloc[0]
        named = str(first["field"]) if field is None else field
        return cls(str(first["table"]), named, float(first["year"]))


def enter(
    events: pd.DataFrame, frames: Mapping[str, pd.DataFrame], most_lost: float, ledger: Ledger
) -> None:
    """Enter `mass_loss` for each column that lost too much in a year.

    Parameters
    ----------
    events : every fault up to the year of the report.
    frames : what is left of each table.
    most_lost : share of a required column that may be lost (the plan's ``intake.most_lost``).
    ledger : where it is entered.
    """
    lost = events[(events["action"] == "excluded") & events["table"].isin(list(TABLES))]
    values = lost[lost["fault"].isin(_LOSING)]
    for _, hit in values.groupby(["table", "field", "year"], dropna=False):
        where = _Where.of(hit)
        left = _left(frames[where.table], where)
        column = TABLES[where.table].by_column.get(where.field)
        needed = column is None or column.required
        count = len(hit)
        if count >= _FEWEST and (not left or (needed and count > most_lost * (count + left))):
            _stop(hit, where, count + left, ledger)
    # A table of which no row can be linked in a year is as good as absent.
    for _, hit in lost[lost["fault"].isin(_LINKING)].groupby(["table", "year"]):
        where = _Where.of(hit, field="")
        if len(hit) >= _FEWEST and not _left(frames[where.table], where):
            _stop(hit, where, len(hit), ledger)


def _left(frame: pd.DataFrame, where: _Where) -> int:
    """Values of a column that are left in a year; rows, where the column itself is not kept."""
    if frame.empty:
        return 0
    whole = where.year != where.year or where.table == "unit"
    rows = frame if whole else frame[frame["_year"] == where.year]
    field = where.field
    if field not in rows:
        return len(rows)
    filled = rows[field].notna()
    if rows[field].dtype == object or pd.api.types.is_string_dtype(rows[field]):
        filled &= rows[field].ne("")
    return int(filled.sum())


def _stop(hit: pd.DataFrame, where: _Where, of: int, ledger: Ledger) -> None:
    """Entered where the most was lost."""
    file = str(hit["file"].value_counts().index[0])
    here = hit[hit["file"] == file].sort_values("row", kind="stable")
    examples = [f for f in hit["found"].unique() if f]
    ledger.add(
        "mass_loss",
        where.table,
        file,
        sheet=str(here["sheet"].iloc[0]),
        column=str(here["column"].iloc[0]),
        rows=[int(here["row"].iloc[0])],
        years=where.year,
        found=f"{len(hit)}/{of}" + (f": {examples[0]}" if examples else ""),
        field=where.field,
    )
