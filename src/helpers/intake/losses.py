"""Whether so much of a column is lost in a year that nothing can be said from what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, get_args

import pandas as pd

from helpers.contracts import TABLES
from helpers.contracts.fault_words import OfPerson, Why
from helpers.intake.ledger import Ledger, found_in

# Faults by which a value, or the row that hangs on it, is lost; rows of strangers are the linkage
# rate's.
_LOSING: Final = (
    "out_of_scale",
    "date_impossible",
    "date_order",
    "nip_rounded",
    "nip_format",
    "unit_unknown",
)
# Of these the whole row goes, and with it what it says in every column that counts.
_WITH_THE_ROW: Final = ("date_impossible", "date_order")
_TORN: Final = "row_not_data"
# A sign for no value is mended, but where a number is required it is as lost as an empty cell.
_MARKED: Final = "missing_marker"
_NUMBERS_NEEDED: Final = [
    (table.name, column.name)
    for table in TABLES.values()
    for column in table.columns
    if column.required and column.kind == "number"
]
# A roll may begin later than the scores do, so that not being on it is no loss.
_LINKING: Final = ("nip_unknown", "duplicate_conflicting")
# One or two values out of very few are no mass.
_FEWEST: Final = 3
# One activity may hold most attendances of a year: its hours are those of so many.
_FEWEST_ATTENDED: Final = 10


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
    reading: pd.DataFrame,
    linking: pd.DataFrame,
    frames: Mapping[str, pd.DataFrame],
    most_lost: float,
    ledger: Ledger,
) -> None:
    """Enter `mass_loss` for each column that lost too much in a year.

    Parameters
    ----------
    reading : faults met while the files were read, up to the year of the report.
    linking : faults met while the tables were linked.
    frames : what reading left of each table, before linking.
    most_lost : share of a required column that may be lost (the plan's ``intake.most_lost``).
    ledger : where it is entered.
    """
    first = _first_years(frames)
    at_reading, at_linking = (_excluded(events, first) for events in (reading, linking))
    stopped = reading[reading["fault"] == "mass_loss"]
    told = set(zip(stopped["table"], stopped["field"], strict=True))
    # A torn row is of some year of its file, and nobody knows which.
    for (_, file), hit in at_reading[at_reading["fault"] == _TORN].groupby(["table", "file"]):
        where = _Where.of(hit)
        frame = frames[where.table]
        left = int(frame["_file"].eq(str(file)).sum()) if len(frame) else 0
        if len(hit) >= _FEWEST and len(hit) > most_lost * (len(hit) + left):
            _stop(hit, where, len(hit) + left, ledger, "torn")
    for lost, still_there in ((at_reading, False), (at_linking, True)):
        values = lost[lost["fault"].isin((*_LOSING, _MARKED))]
        for _, hit in values.groupby(["table", "field", "year"], dropna=False):
            where, count = _Where.of(hit), len(hit)
            if (where.table, where.field) in told:
                continue
            whole = hit["fault"].isin(_WITH_THE_ROW).all()
            counted = replace(where, field="") if whole else where
            left = _left(frames[where.table], counted) - (count if still_there else 0)
            column = TABLES[where.table].by_column.get(where.field)
            needed = whole or column is None or column.required
            if count >= _FEWEST and (left <= 0 or (needed and count > most_lost * (count + left))):
                _stop(hit, where, count + max(left, 0), ledger)
            elif needed and (attended := _attended(where, frames, most_lost)):
                _stop(hit, where, attended, ledger)
    # A table of which no row can be linked in a year is as good as absent.
    twice = linking[linking["fault"] == "mass_loss"]
    told_twice = set(zip(twice["table"], twice["year"], strict=True))
    for _, hit in at_linking[at_linking["fault"].isin(_LINKING)].groupby(["table", "year"]):
        where, count = _Where.of(hit, field=""), len(hit)
        if (where.table, where.year) in told_twice:
            continue
        if count >= _FEWEST and _left(frames[where.table], where) <= count:
            _stop(hit, replace(where, field=str(hit["field"].iloc[0])), count, ledger)


def _excluded(events: pd.DataFrame, first: Mapping[str, float]) -> pd.DataFrame:
    """What was lost, what has no year with the first of its file; cells that were taken out for a
    name in them said something of their rows and are no sign of a wrong column.
    """
    lost = events["action"].eq("excluded") & events["table"].isin(list(TABLES))
    lost &= ~events["why"].isin(get_args(OfPerson))
    for table, field in _NUMBERS_NEEDED:
        lost |= events["fault"].eq(_MARKED) & events["table"].eq(table) & events["field"].eq(field)
    hit = events[lost]
    return hit.assign(year=hit["year"].astype(float).fillna(hit["file"].map(first)))


def _first_years(frames: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """The first year that each file speaks of, where it does."""
    filled = [f[["_file", "_year"]] for f in frames.values() if len(f)]
    if not filled:
        return {}
    first = pd.concat(filled).groupby("_file")["_year"].min()
    return {str(file): float(year) for file, year in first.items()}


def _left(frame: pd.DataFrame, where: _Where) -> int:
    """Values of a column that were read in a year; rows, where the column itself is not kept."""
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
    if field == "kode_unit" and "_unit_name" in rows:
        # In some files units go by name: what becomes of it is told when the tables are linked.
        filled |= rows["_unit_name"].fillna("").ne("")
    return int(filled.sum())


def _attended(where: _Where, frames: Mapping[str, pd.DataFrame], most_lost: float) -> str:
    """How many attendances of a year are of activities without the number that they need, of how
    many; nothing where they are no mass.
    """
    activities, invited = frames["kegiatan"], frames["peserta"]
    if (where.table, where.field) not in _NUMBERS_NEEDED or where.table != "kegiatan":
        return ""
    if activities.empty or invited.empty:
        return ""
    there = activities[activities["_year"] == where.year]
    attended = invited.loc[invited["kehadiran"].eq("hadir"), "kode_kegiatan"]
    lost = int(attended.isin(there.loc[there[where.field].isna(), "kode_kegiatan"]).sum())
    total = int(attended.isin(there["kode_kegiatan"]).sum())
    mass = lost >= _FEWEST_ATTENDED and lost > most_lost * total
    return f"{lost}/{total} peserta" if mass else ""


def _stop(hit: pd.DataFrame, where: _Where, of: int | str, ledger: Ledger, why: Why = "") -> None:
    """Entered where the most was lost."""
    file = str(hit["file"].value_counts().index[0])
    here = hit[hit["file"] == file].sort_values("row", kind="stable")
    example = found_in(here)
    share = of if isinstance(of, str) else f"{len(hit)}/{of}"
    ledger.add(
        "mass_loss",
        where.table,
        file,
        sheet=str(here["sheet"].iloc[0]),
        column=str(here["column"].iloc[0]),
        rows=[int(here["row"].iloc[0])],
        years=where.year,
        found=share + (f": {example}" if example else ""),
        field=where.field,
        why=why,
    )
