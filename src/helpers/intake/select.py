"""The tables as a report for one year sees them: rows up to that year, copies and strangers left
out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.contracts import TABLES, Plan, Study, typed
from helpers.contracts.tables import DRAWS
from helpers.intake import codes_as_numbers, copies, dealt_again, losses, scales, shapes, work_units
from helpers.intake.ledger import Ledger, exclusions
from helpers.intake.parse import Parsed


@dataclass(frozen=True, slots=True)
class Selected:
    """The study of a year, and every fault that concerns it."""

    study: Study
    events: pd.DataFrame


def last_year(parsed: Parsed) -> int | None:
    """The newest year of performance or survey rows that has a roll, too; without any such year the
    newest of all.

    Parameters
    ----------
    parsed : every row of a data folder.
    """
    years = {
        name: set(parsed.tables[name]["_year"].dropna().astype(int))
        for name in ("kinerja", "skm", "pegawai")
    }
    measured = years["kinerja"] | years["skm"]
    return max(measured & years["pegawai"] or measured, default=None)


def select(parsed: Parsed, plan: Plan, year: int | None = None) -> Selected:
    """Rows dated up to a year, linked and without copies.

    Parameters
    ----------
    parsed : every row of a data folder, of all years.
    plan : goes into the study as it is.
    year : the last year whose rows are kept; None keeps all and asks for no year.

    Returns
    -------
    The study, and the faults of rows up to the year. Stops (missing years and the like) are among
    them;
    the caller decides whether to raise.
    """
    ledger, most_lost = Ledger(), plan.intake.most_lost
    limit = year if year is not None else 9999
    frames = {name: _up_to(frame, limit) for name, frame in parsed.tables.items()}
    if year is not None:
        _years_there(parsed.tables, year, ledger)
    known = set(frames["pegawai"]["pegawai_id"]) if len(frames["pegawai"]) else set()
    read = dict(frames)
    codes_as_numbers.warn(read, ledger)
    units = work_units.known(frames["unit"], limit, ledger)
    frames["unit"] = units.frame
    # Its rows are known by their unit, which may be given by name.
    frames["undian_unit"] = work_units.placed("undian_unit", frames["undian_unit"], units, ledger)
    frames |= {
        name: copies.without(name, frame, ledger, most_lost)
        for name, frame in frames.items()
        if name != "unit"
    }
    frames |= _marked(frames, ledger)
    for name in ("pegawai", "skm"):
        frames[name] = work_units.placed(name, frames[name], units, ledger)
    frames["peserta"] = _in_known_activity(frames["peserta"], frames["kegiatan"], ledger)
    linked = {}
    for name in ("kinerja", "peserta", "undian"):
        frames[name], linked[name] = _of_known_people(name, frames[name], known, ledger)
    frames["kinerja"] = _on_roll(frames["kinerja"], frames["pegawai"], ledger)
    scales.warn(frames["kinerja"], frames["pegawai"], ledger)
    at_reading = _concerning(parsed, limit)
    losses.enter(at_reading, ledger.events(), read, most_lost, ledger)
    events = pd.concat([at_reading, ledger.events()], ignore_index=True)
    study = Study(
        year=year if year is not None else (last_year(parsed) or 0),
        plan=plan,
        exclusions=exclusions(events),
        linkage=_linkage(linked, events),
        notes=tuple(u.file for u in parsed.unread),
        synthetic=parsed.synthetic,
        **{name: typed(frames[name], name) for name in TABLES},
    )
    return Selected(study, events)


def _up_to(frame: pd.DataFrame, limit: int) -> pd.DataFrame:
    return frame[~(frame["_year"].astype(float) > limit)].reset_index(drop=True)


def _concerning(parsed: Parsed, limit: int) -> pd.DataFrame:
    """Faults of rows up to the year; rows that have no year count with the first year of their
    file.
    """
    oldest = pd.concat(
        [f[["_file", "_year"]] for f in parsed.tables.values() if len(f)]
        or [pd.DataFrame({"_file": [], "_year": []})]
    )
    first = oldest.groupby("_file")["_year"].min()
    events = parsed.events
    when = events["year"].astype(float).fillna(events["file"].map(first).astype(float))
    return events[~(when > limit)]


def _years_there(tables: Mapping[str, pd.DataFrame], year: int, ledger: Ledger) -> None:
    """Whether the year can be reported on; what is said to be there is what is there, later years
    among it.
    """
    years = {
        name: set(tables[name]["_year"].dropna().astype(int))
        for name in ("pegawai", "kinerja", "skm")
        if len(tables[name])
    }
    measured, rolls = (
        years.get("kinerja", set()) | years.get("skm", set()),
        years.get("pegawai", set()),
    )
    for table, there in (("kinerja / skm", measured), ("pegawai", rolls)):
        if year not in there:
            found = f"{year} ({', '.join(map(str, sorted(there))) or '–'})"
            ledger.add("year_missing", table, "", column="tahun", found=found)
    known = [y for y in sorted(measured) if y <= year]
    if len(known) < 2:
        found = ", ".join(map(str, known))
        ledger.add("years_too_few", "kinerja / skm", "", column="tahun", found=found)


def _marked(frames: Mapping[str, pd.DataFrame], ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Draws whose seeds carry the marks of their rows; of units they are made here, since lots go
    by units' codes.
    """
    found: dict[str, pd.DataFrame] = {}
    for name in DRAWS:
        frame = frames[name]
        if len(frame) and "benih" in frame:
            of_units = name == "undian_unit"
            mark = dealt_again.marks(frame, name, ledger) if of_units else frame["_mark"]
            frame = frame.assign(benih=mark.fillna("") + frame["benih"].fillna(""))
        found[name] = frame
    return found


def _in_known_activity(frame: pd.DataFrame, kegiatan: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Invitations to an activity that the activity table has; its year is theirs."""
    if frame.empty:
        return frame
    years = dict(zip(kegiatan.get("kode_kegiatan", ()), kegiatan.get("_year", ()), strict=True))
    year = frame["kode_kegiatan"].map(years)
    lost = year.isna()
    # The contract has no code of its own for this: a code outside its list is a value out of scale.
    shown = frame.loc[lost, "kode_kegiatan"].map(shapes.shown)
    ledger.add_rows("out_of_scale", "peserta", "kode_kegiatan", frame[lost], values=shown)
    return frame.assign(tahun=year)[~lost].reset_index(drop=True)


def _of_known_people(
    name: str, frame: pd.DataFrame, known: set[str], ledger: Ledger
) -> tuple[pd.DataFrame, tuple[int, int]]:
    if frame.empty:
        return frame, (0, 0)
    stranger = ~frame["pegawai_id"].isin(known)
    ledger.add_rows("nip_unknown", name, "nip", frame[stranger])
    return frame[~stranger].reset_index(drop=True), (int((~stranger).sum()), len(frame))


def _on_roll(kinerja: pd.DataFrame, pegawai: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    if kinerja.empty or pegawai.empty:
        return kinerja
    roll = pd.MultiIndex.from_frame(pegawai[["tahun", "pegawai_id"]])
    absent = ~pd.MultiIndex.from_frame(kinerja[["tahun", "pegawai_id"]]).isin(roll)
    ledger.add_rows("nip_not_on_roll", "kinerja", "nip", kinerja[absent])
    return kinerja[~absent].reset_index(drop=True)


def _linkage(linked: dict[str, tuple[int, int]], events: pd.DataFrame) -> pd.DataFrame:
    """How many rows of people could be linked to the roll; damaged NIPs count as rows that could
    not.
    """
    rows = []
    for name in ("kinerja", "peserta"):
        damaged = events[
            (events["table"] == name)
            & (events["action"] == "excluded")
            & events["fault"].isin(["nip_rounded", "nip_format"])
        ]
        good, total = linked[name]
        if total + len(damaged):
            rows.append((name, good, total + len(damaged)))
    return pd.DataFrame(rows, columns=["table", "linked", "rows"])
