"""A folder's sheets to typed rows: each value read, each fault entered, identities turned into pseudonyms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.contracts import TABLES, codes
from helpers.contracts import nip as nips
from helpers.intake import columns, files, recognise, values
from helpers.intake.files import Grid, Sheet, UnreadableFile
from helpers.intake.ledger import Ledger
from helpers.intake.pseudonym import Pseudonyms
from helpers.intake.recognise import Layout

_FOOTER = re.compile(
    r"^(?:jumlah|total|sub ?total|grand total|rata-?rata|sumber|catatan|keterangan|ket\.?|mengetahui|dicetak|nb)\b", re.IGNORECASE
)
_SYNTHETIC = re.compile(r"sintetis|synthetic", re.IGNORECASE)
# Columns without which a row cannot be used, though the schema lets them be empty.
_NEEDED: Final = {"kegiatan": ("kode_kegiatan",), "peserta": ("kode_kegiatan", "kehadiran"), "undian": ("strata", "terpilih"),
                  "unit": ("kode_unit",)}  # fmt: skip
_CONTENT: Final = {"kinerja": ("nilai_skp", "hasil_kerja", "perilaku_kerja", "predikat", "output", "hari_kerja", "tepat_waktu",
                               "hukuman_disiplin"), "skm": codes.UNSUR}  # fmt: skip


@dataclass(frozen=True)
class Identities:
    """NIPs and names of the inputs, held in memory only, for the leak scan."""

    nips: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Parsed:
    """Everything a folder holds, typed and pseudonymised, before any year is chosen.

    Rows carry ``_file``, ``_row``, ``_year`` and ``_content`` (a keyed hash of the whole row, to tell copies
    from conflicts); ``events`` are the faults so far; ``identities`` is empty when read back from disk.
    """

    tables: dict[str, pd.DataFrame]
    events: pd.DataFrame
    notes: tuple[str, ...]
    synthetic: bool
    identities: Identities


@dataclass(frozen=True)
class _Rows:
    """The data rows of one sheet: their numbers in the file and their cells."""

    sheet: Sheet
    layout: Layout
    numbers: np.ndarray
    cells: Grid

    @property
    def table(self) -> str:
        return self.layout.table.name

    def column(self, at: int) -> pd.Series:
        return pd.Series([row[at] if at < len(row) else None for row in self.cells], dtype=object)


def folder(data: Path, unsur_order: Sequence[str], pseudonyms: Pseudonyms) -> Parsed:
    """Read every file of a data folder; faults that stop a run are entered, not raised."""
    ledger, identities = Ledger(), Identities()
    notes: list[str] = []
    found: list[tuple[Sheet, Layout]] = []
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    synthetic = (data / "truth.json").exists()
    seen_tables: set[str] = set()
    for path in files.table_files(data):
        try:
            sheets = files.read(path, recognise.score)
        except UnreadableFile as e:
            named = recognise.table_by_name(path.name)
            ledger.add("file_unreadable", named.name if named else "", path.name, found=str(e))
            seen_tables |= {named.name} if named else set()
            continue
        layouts = [(s, recognise.layout(s, unsur_order)) for s in sheets]
        if not any(lay for _, lay in layouts):
            named = recognise.table_by_name(path.name)
            if named is None:
                notes.append(path.name)
                continue
            _unrecognised(path.name, named.name, sheets, ledger)
            seen_tables.add(named.name)
        found += [(sheet, lay) for sheet, lay in layouts if lay is not None]
    # Activities first: they date the rows of those who were invited.
    activity_years: dict[str, float] = {}
    for sheet, lay in sorted(found, key=lambda pair: pair[1].table.name != "kegiatan"):
        seen_tables.add(lay.table.name)
        synthetic = synthetic or _says_synthetic(sheet, lay)
        frame = _sheet(sheet, lay, activity_years, ledger, identities, pseudonyms)
        if frame is not None:
            parts[lay.table.name].append(frame)
            if lay.table.name == "kegiatan":
                activity_years |= dict(zip(frame["kode_kegiatan"], frame["_year"], strict=True))
    _absent(seen_tables, ledger)
    tables = {name: _together(name, frames) for name, frames in parts.items()}
    return Parsed(tables, ledger.events(), tuple(notes), synthetic, identities)


def _absent(seen: set[str], ledger: Ledger) -> None:
    for name in ("unit", "pegawai"):
        if name not in seen:
            ledger.add("table_missing", name, "", found=name)
    if not seen & {"kinerja", "skm"}:
        ledger.add("table_missing", "kinerja / skm", "", found="kinerja / skm")


def _unrecognised(file: str, table: str, sheets: list[Sheet], ledger: Ledger) -> None:
    if all(not any(not values.is_empty(c) for row in s.cells for c in row) for s in sheets):
        ledger.add("file_empty", table, file)
        return
    for column in TABLES[table].required_columns:
        ledger.add("column_missing", table, file, column=column)


def _says_synthetic(sheet: Sheet, lay: Layout) -> bool:
    around = [*sheet.cells[: lay.header_row], *sheet.cells[-3:]]
    return any(isinstance(c, str) and bool(_SYNTHETIC.search(c)) for row in around for c in row)


def _sheet(
    sheet: Sheet,
    lay: Layout,
    activity_years: Mapping[str, float],
    ledger: Ledger,
    identities: Identities,
    pseudonyms: Pseudonyms,
) -> pd.DataFrame | None:
    """The rows of one sheet, typed; None where the sheet itself stops the run."""
    at: dict[str, Any] = {"table": lay.table.name, "file": sheet.file, "sheet": sheet.name}
    header = lay.header_row + 1
    for name in lay.missing:
        ledger.add("column_missing", **at, column=name, rows=[header])
    for name in lay.duplicates:
        ledger.add("header_duplicate", **at, column=name, rows=[header])
    if lay.year_conflict:
        ledger.add("year_conflict", **at, column="tahun", found=" / ".join(map(str, lay.year_conflict)))
    rows, dropped = _data_rows(sheet, lay)
    if not len(rows.numbers):
        ledger.add("file_empty", **at)
    if lay.missing or lay.duplicates or lay.year_conflict or not len(rows.numbers):
        return None
    frame = _typed(rows, activity_years, ledger, identities, pseudonyms)
    oldest = float(frame["_year"].min()) if len(frame) else float("nan")
    # What belongs to the file as a whole is counted from the first year that the file speaks of.
    for name, _ in lay.personal:
        ledger.add("column_not_needed", **at, column=name, rows=[header], years=oldest)
    ledger.add("row_not_data", **at, rows=dropped, years=oldest)
    return frame


def _data_rows(sheet: Sheet, lay: Layout) -> tuple[_Rows, list[int]]:
    """Rows that hold data, and the numbers of those that do not: blank, footer, total, repeated header."""
    header = _keys(sheet.cells[lay.header_row])
    first = next(k for k in header if k)
    spots = [lay.columns[c] for c in lay.table.required_columns if c in lay.columns]
    spots += [lay.unit_name] if lay.unit_name is not None else []
    nip = lay.columns.get("nip")
    kept, numbers, dropped = [], [], []
    for i, row in enumerate(sheet.cells[lay.header_row + 1 :], start=lay.header_row + 2):
        filled = [c for c in row if not values.is_empty(c)]
        has_nip = nip is not None and nip < len(row) and sum(ch.isdigit() for ch in str(row[nip])) >= 15
        if (
            not filled
            or (len(filled) == 1 and len(header) > 2)
            or (not has_nip and isinstance(filled[0], str) and bool(_FOOTER.match(filled[0].strip())))
            or all(s >= len(row) or values.is_empty(row[s]) for s in spots)
            or (isinstance(filled[0], str) and codes.key(filled[0]) == first and _keys(row[: len(header)]) == header)
        ):
            dropped.append(i)
            continue
        kept.append(row)
        numbers.append(i)
    return _Rows(sheet, lay, np.array(numbers, dtype=int), kept), dropped


def _keys(row: list[object]) -> list[str]:
    return [codes.key(c) if isinstance(c, str) else "" for c in row]


def _typed(
    rows: _Rows, activity_years: Mapping[str, float], ledger: Ledger, identities: Identities, pseudonyms: Pseudonyms
) -> pd.DataFrame:
    lay = rows.layout
    frame = pd.DataFrame({"_row": rows.numbers})
    frame["_file"] = rows.sheet.file
    faults: list[tuple[str, str, np.ndarray, str, str | None]] = []
    unusable = np.zeros(len(frame), bool)
    raw: dict[str, pd.Series] = {}
    for column in lay.table.columns:
        if column.name not in lay.columns:
            continue
        cells = rows.column(lay.columns[column.name])
        raw[column.name] = cells
        read, column_faults, bad = columns.read(column, cells)
        frame[column.name] = read
        faults += [(code, column.name, mask, found, action) for code, mask, found, action in column_faults]
        unusable |= bad
    if lay.unit_name is not None:
        frame["_unit_name"] = [codes.key(values.text(c)) for c in rows.column(lay.unit_name)]
    for spot in lay.person_names:
        identities.names.update(values.text(c) for c in rows.column(spot) if not values.is_empty(c))
    if lay.table.name in ("skm", "kinerja"):
        unusable |= _nothing_left(frame, lay.table.name, faults)
    faults += _contradictions(frame, lay, raw) if lay.table.name == "pegawai" else []
    if lay.table.name == "kegiatan":
        order = _ends_before_start(frame)
        faults.append(("date_order", "tanggal_selesai", order, "", None))
        unusable |= order
    years = _years(frame, lay, activity_years)
    frame["_year"] = years
    at = {"table": lay.table.name, "file": rows.sheet.file, "sheet": rows.sheet.name}
    for code, name, mask, found, action in faults:
        shown = lay.headers.get(name, name)
        ledger.add(code, **at, column=shown, rows=rows.numbers[mask], years=years[mask], found=found, action=action, field=name)
    frame["_content"] = _content(frame, pseudonyms)
    if "nip" in frame:
        identities.nips.update(n for n in frame["nip"] if n)
        frame["pegawai_id"] = columns.by_value(frame["nip"], lambda n: pseudonyms.of(n) if n else "")
        frame["_order"] = frame["nip"]
    return _derived(frame, lay).loc[~unusable].reset_index(drop=True)


def _nothing_left(frame: pd.DataFrame, table: str, faults: list[tuple[str, str, np.ndarray, str, str | None]]) -> np.ndarray:
    """Rows whose only content was out of scale: counted with that value, left out as a row."""
    content = [c for c in _CONTENT[table] if c in frame]
    hit = np.zeros(len(frame), bool)
    for code, name, mask, _, _ in faults:
        if code == "out_of_scale" and name in content:
            hit |= mask
    return hit & frame[content].isna().all(axis=1).to_numpy()


def _ends_before_start(frame: pd.DataFrame) -> np.ndarray:
    if "tanggal_selesai" not in frame:
        return np.zeros(len(frame), bool)
    return (frame["tanggal_selesai"] < frame["tanggal_mulai"]).to_numpy()


def _contradictions(frame: pd.DataFrame, lay: Layout, raw: dict[str, pd.Series]) -> list[tuple[str, str, np.ndarray, str, str | None]]:
    """Rows in which birth date, start or sex say otherwise than the NIP; a warning, the row is kept."""
    said = [nips.content(n) if n else None for n in frame["nip"]]
    out: list[tuple[str, str, np.ndarray, str, str | None]] = []

    def enter(name: str, mask: list[bool]) -> None:
        if any(mask):
            out.append(("nip_contradicts", name, np.array(mask), "", None))

    enter("nip", [s is not None and (s.birth is None or s.sex is None or (s.start_month is None and not s.is_pppk)) for s in said])
    if "tanggal_lahir" in frame:
        born = frame["tanggal_lahir"].dt.date
        enter("tanggal_lahir", [s is not None and s.birth is not None and b == b and b is not None and s.birth != b
                                for s, b in zip(said, born, strict=True)])  # fmt: skip
    if "jenis_kelamin" in frame:
        enter("jenis_kelamin", [s is not None and s.sex is not None and isinstance(k, str) and s.sex != k
                                for s, k in zip(said, frame["jenis_kelamin"], strict=True)])  # fmt: skip
    if "tmt" in frame:
        start = frame["tmt"]
        enter("tmt", [s is not None and y == y and (s.start_year != y or (s.start_month not in (None, m)))
                      for s, y, m in zip(said, start.dt.year, start.dt.month, strict=True)])  # fmt: skip
    return out


def _years(frame: pd.DataFrame, lay: Layout, activity_years: Mapping[str, float]) -> np.ndarray:
    """The year that each row belongs to; the file's own where the row has none, else not-a-number."""
    fallback = float(lay.year) if lay.year is not None else float("nan")
    name = lay.table.name
    if "tahun" in frame:
        own = frame["tahun"]
    elif name in ("skm", "kegiatan"):
        own = frame["tanggal" if name == "skm" else "tanggal_mulai"].dt.year
    elif name == "peserta":
        own = frame["kode_kegiatan"].map(activity_years)
    else:
        own = pd.Series(np.nan, index=frame.index)
    if name == "unit":
        return np.full(len(frame), np.nan)
    return own.astype("float64").fillna(fallback).to_numpy()


def _content(frame: pd.DataFrame, pseudonyms: Pseudonyms) -> np.ndarray:
    """A keyed hash of the contract's columns, so that equal rows are known without keeping what they said."""
    columns = sorted(c for c in frame if not c.startswith("_") or c == "_unit_name")
    return pd.util.hash_pandas_object(frame[columns].astype(str), index=False, hash_key=pseudonyms.hash_key).to_numpy()


def _derived(frame: pd.DataFrame, lay: Layout) -> pd.DataFrame:
    """Columns that the prepared tables carry instead of identities; those end here."""
    if lay.table.name in ("pegawai", "kinerja", "undian"):
        frame["tahun"] = frame["_year"]
    if lay.table.name == "pegawai":
        said = [nips.content(n) if n else None for n in frame["nip"]]
        from_nip = pd.Series([s.birth.year if s and s.birth else np.nan for s in said], dtype=float)
        born = frame["tanggal_lahir"].dt.year if "tanggal_lahir" in frame else from_nip
        frame["tahun_lahir"] = born.astype(float).fillna(from_nip)
        start = pd.Series([s.start_year if s else np.nan for s in said], dtype=float)
        frame["tahun_mulai"] = (frame["tmt"].dt.year.astype(float) if "tmt" in frame else start).fillna(start)
        if "status" not in frame or frame["status"].isna().all():
            frame["status"] = ["PPPK" if s and s.is_pppk else "PNS" for s in said]
        if "golongan" in frame:
            frame["golongan"] = frame["golongan"].str.replace(r"^golongan\s+", "", case=False, regex=True)
    if lay.table.name in ("skm", "kegiatan"):
        frame["tahun"] = frame["_year"]
    return frame.drop(columns=[c.name for c in lay.table.columns if not c.kept and c.name in frame])


def _together(table: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        return pd.DataFrame(columns=["_row", "_file", "_year", "_content"])
    joined = pd.concat(frames, ignore_index=True)
    # Sorted by identity, not by pseudonym: no result may depend on the key.
    order = [c for c in ("_order", "_year", "_file", "_row") if c in joined]
    return joined.sort_values(order, kind="stable", ignore_index=True).drop(columns=[c for c in ("_order",) if c in joined])
