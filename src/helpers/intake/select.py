"""The tables as a report for one year sees them: rows up to that year, copies and strangers left
out.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.contracts import TABLES, Plan, Study, codes, typed
from helpers.intake.ledger import Ledger, exclusions
from helpers.intake.parse import Parsed

_DUPLICATE_KEYS = {
    "unit": ["kode_unit"],
    "kegiatan": ["kode_kegiatan"],
    "pegawai": ["tahun", "pegawai_id"],
    "kinerja": ["tahun", "pegawai_id"],
    "peserta": ["kode_kegiatan", "pegawai_id"],
    "undian": ["tahun", "pegawai_id"],
}


@dataclass(frozen=True, slots=True)
class Selected:
    """The study of a year, and every fault that concerns it."""

    study: Study
    events: pd.DataFrame


def last_year(parsed: Parsed) -> int | None:
    """The newest year of performance or survey rows."""
    years = [parsed.tables[n]["_year"].max() for n in ("kinerja", "skm") if len(parsed.tables[n])]
    known = [y for y in years if y == y]
    return int(max(known)) if known else None


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
    ledger = Ledger()
    limit = year if year is not None else 9999
    frames = {name: _up_to(frame, limit) for name, frame in parsed.tables.items()}
    if year is not None:
        _years_there(frames, year, ledger)
    known = set(frames["pegawai"]["pegawai_id"]) if len(frames["pegawai"]) else set()
    frames = {name: _without_copies(name, frame, ledger) for name, frame in frames.items()}
    for name in ("pegawai", "skm"):
        frames[name] = _in_known_unit(name, frames[name], frames["unit"], ledger)
    frames["peserta"] = _in_known_activity(frames["peserta"], frames["kegiatan"], ledger)
    linked = {}
    for name in ("kinerja", "peserta", "undian"):
        frames[name], linked[name] = _of_known_people(name, frames[name], known, ledger)
    frames["kinerja"] = _on_roll(frames["kinerja"], frames["pegawai"], ledger)
    events = pd.concat([_concerning(parsed, limit), ledger.events()], ignore_index=True)
    study = Study(
        year=year if year is not None else (last_year(parsed) or 0),
        plan=plan,
        exclusions=exclusions(events),
        linkage=_linkage(linked, events),
        notes=parsed.notes,
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


def _years_there(frames: dict[str, pd.DataFrame], year: int, ledger: Ledger) -> None:
    years = {
        name: set(frames[name]["_year"].dropna().astype(int))
        for name in ("pegawai", "kinerja", "skm")
        if len(frames[name])
    }
    measured = years.get("kinerja", set()) | years.get("skm", set())
    if year not in measured:
        ledger.add("year_missing", "kinerja / skm", "", column="tahun", found=str(year))
    if year not in years.get("pegawai", set()):
        ledger.add("year_missing", "pegawai", "", column="tahun", found=str(year))
    if len(measured) < 2:
        ledger.add(
            "years_too_few",
            "kinerja / skm",
            "",
            column="tahun",
            found=", ".join(map(str, sorted(measured))),
        )


def _enter(
    ledger: Ledger, fault: str, table: str, column: str, hit: pd.DataFrame, found: str = ""
) -> None:
    for file, rows in hit.groupby("_file", sort=True):
        ledger.add(
            fault,
            table,
            str(file),
            column=column,
            rows=rows["_row"],
            years=rows["_year"],
            found=found,
        )


def _without_copies(name: str, frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Equal rows of one key are kept once; rows that differ are all left out."""
    keys = _DUPLICATE_KEYS.get(name)
    if not keys or frame.empty:
        return frame
    several = frame.duplicated(keys, keep=False)
    if not several.any():
        return frame
    kinds = (
        frame[several]
        .groupby(keys)["_content"]
        .transform("nunique")
        .reindex(frame.index, fill_value=1)
    )
    clash = several & (kinds > 1)
    copy = several & ~clash & frame.duplicated(keys)
    column = "nip" if "pegawai_id" in keys else keys[0]
    _enter(ledger, "duplicate_conflicting", name, column, frame[clash])
    _enter(ledger, "duplicate_identical", name, column, frame[copy])
    return frame[~clash & ~copy].reset_index(drop=True)


def _in_known_unit(
    name: str, frame: pd.DataFrame, unit: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """Units by code, else by name, as the unit table has them."""
    if frame.empty:
        return frame
    by_name = {
        codes.key(n): k
        for n, k in zip(unit.get("nama_unit", ()), unit.get("kode_unit", ()), strict=True)
    }
    known = set(unit.get("kode_unit", ()))
    written = (
        frame["kode_unit"].fillna("") if "kode_unit" in frame else pd.Series("", index=frame.index)
    )
    # A column of codes may hold names, too.
    code = written.where(written.isin(known), written.map(lambda w: by_name.get(codes.key(w), "")))
    if "_unit_name" in frame:
        code = code.where(code != "", frame["_unit_name"].map(by_name).fillna(""))
    lost = code == ""
    column = "kode_unit" if (written != "").any() else "nama_unit"
    example = written[lost & (written != "")]
    _enter(
        ledger,
        "unit_unknown",
        name,
        column,
        frame[lost],
        found=f"'{example.iloc[0][:40]}'" if len(example) else "",
    )
    return frame.assign(kode_unit=code)[~lost].reset_index(drop=True)


def _in_known_activity(frame: pd.DataFrame, kegiatan: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Invitations to an activity that the activity table has; its year is theirs."""
    if frame.empty:
        return frame
    years = dict(zip(kegiatan.get("kode_kegiatan", ()), kegiatan.get("_year", ()), strict=True))
    year = frame["kode_kegiatan"].map(years)
    lost = year.isna()
    # The contract has no code of its own for this: a code outside its list is a value out of scale.
    _enter(ledger, "out_of_scale", "peserta", "kode_kegiatan", frame[lost])
    return frame.assign(tahun=year)[~lost].reset_index(drop=True)


def _of_known_people(
    name: str, frame: pd.DataFrame, known: set[str], ledger: Ledger
) -> tuple[pd.DataFrame, tuple[int, int]]:
    if frame.empty:
        return frame, (0, 0)
    stranger = ~frame["pegawai_id"].isin(known)
    _enter(ledger, "nip_unknown", name, "nip", frame[stranger])
    return frame[~stranger].reset_index(drop=True), (int((~stranger).sum()), len(frame))


def _on_roll(kinerja: pd.DataFrame, pegawai: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    if kinerja.empty or pegawai.empty:
        return kinerja
    roll = pd.MultiIndex.from_frame(pegawai[["tahun", "pegawai_id"]])
    absent = ~pd.MultiIndex.from_frame(kinerja[["tahun", "pegawai_id"]]).isin(roll)
    _enter(ledger, "nip_not_on_roll", "kinerja", "nip", kinerja[absent])
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
