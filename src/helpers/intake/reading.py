"""The data rows of one sheet to a typed frame: each column read, identities turned into
pseudonyms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import Column, codes
from helpers.contracts import nip as nips
from helpers.intake import columns, empty_columns, values
from helpers.intake.columns import Met
from helpers.intake.layouts import Layout
from helpers.intake.pseudonym import Pseudonyms
from helpers.intake.ranks import golongan
from helpers.intake.rows import Rows
from helpers.intake.sheet import Cells

# From Excel's first day to the first of workbooks made on old Macintoshes.
_DAYS_TO_1904: Final = 1462
_CONTENT: Final = {
    "kinerja": (
        "nilai_skp",
        "hasil_kerja",
        "perilaku_kerja",
        "predikat",
        "output",
        "hari_kerja",
        "tepat_waktu",
        "hukuman_disiplin",
    ),
    "skm": codes.UNSUR,
}


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the data rows of a sheet say.

    Attributes
    ----------
    frame : the usable rows, typed, without identities.
    met : the faults met, each with a mask over all data rows.
    years : the year that each data row belongs to, not-a-number where it has none.
    nips, names : the identities read, for the leak scan alone, each with the first row that has it.
    named : the name of each NIP on the roll, for the private list of who is invited.
    """

    frame: pd.DataFrame
    met: tuple[Met, ...]
    years: np.ndarray
    nips: Mapping[str, int]
    names: Mapping[str, int]
    named: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Reading({len(self.frame)} of {len(self.years)} rows, {len(self.met)} faults)"


def read(rows: Rows, activity_years: Mapping[str, float], pseudonyms: Pseudonyms) -> Reading:
    """Read every column that the contract knows.

    Parameters
    ----------
    rows : the data rows of one sheet, with what the header says of its columns.
    activity_years : the year of each activity read so far; it dates the rows of those who were
        invited.
    pseudonyms : under whose key employees are named and rows are hashed.
    """
    layout, table = rows.layout, rows.layout.table.name
    frame = pd.DataFrame({"_row": rows.numbers})
    frame["_file"], frame["_sheet"] = rows.sheet.file, rows.sheet.name
    met: list[Met] = []
    unusable = np.zeros(len(frame), bool)
    for column in layout.table.columns:
        if column.name in layout.columns:
            found = columns.read(column, _cells(rows, column))
            frame[column.name] = found.values
            met += found.met
            unusable |= found.unusable
    if layout.unit_name is not None:
        written = rows.cells(layout.unit_name)
        frame["_unit_name"] = pd.Series(
            written.spread([codes.key(values.text(c)) for c in written.distinct], object),
            dtype="str",
        )
        frame["_unit_header"] = layout.unit_header
    if table == "unit":
        unusable |= _nameless(frame, met)
    if table in _CONTENT:
        unusable |= _nothing_left(frame, table, met)
    said = _said_by_nip(frame["nip"]) if table == "pegawai" else pd.DataFrame(index=frame.index)
    if table == "pegawai":
        met += _contradictions(frame, said)
    if table == "kegiatan":
        backwards = _ends_before_start(frame)
        met.append(Met("date_order", "tanggal_selesai", backwards))
        unusable |= backwards
    years = _years(frame, layout, activity_years)
    met += empty_columns.met(layout.table, frame, years, met)
    if table == "undian_unit":
        early = (frame["giliran"] < years).to_numpy()
        if early.any():
            before = f"'{frame.loc[early, 'giliran'].iloc[0]:.0f} < {years[early][0]:.0f}'"
            met.append(Met("out_of_scale", "giliran", early, before))
        unusable |= early
    frame["_year"] = years
    frame["_content"] = _content(frame, pseudonyms)
    if "id_respon" in frame:
        frame["_form"] = _form(frame["id_respon"], pseudonyms)
    if table == "unit":
        frame["_since"] = float(layout.year) if layout.year is not None else float("nan")
    people: dict[str, int] = {}
    if "nip" in frame:
        people = dict(zip(frame["nip"][::-1], frame["_row"][::-1], strict=True))
        people.pop("", None)
        frame["pegawai_id"] = columns.by_value(
            frame["nip"], lambda n: pseudonyms.of(n) if n else ""
        )
        frame["_order"] = frame["nip"]
    named = _named(frame) if table == "pegawai" else {}
    usable = _derived(frame, layout, said).loc[~unusable].reset_index(drop=True)
    return Reading(usable, tuple(met), years, people, _names(rows), named)


def _cells(rows: Rows, column: Column) -> Cells:
    """A column's cells; serial numbers of days as every other workbook counts them."""
    cells = rows.cells(rows.layout.columns[column.name])
    if column.kind != "date" or not rows.sheet.since_1904:
        return cells
    return Cells(
        cells.codes,
        tuple(
            c + _DAYS_TO_1904 if type(c) in (int, float) else c  # type: ignore[operator]
            for c in cells.distinct
        ),
    )


def _nameless(frame: pd.DataFrame, met: list[Met]) -> np.ndarray:
    """Units without a code, which are left out; those without a name can be had by code alone."""
    no_code = frame["kode_unit"].fillna("").eq("").to_numpy()
    no_name = frame["nama_unit"].fillna("").eq("").to_numpy() & ~no_code
    # A NIP in their place has been told of.
    told = {m.column: m.hit for m in met if m.fault == "out_of_scale"}
    nothing = np.zeros(len(frame), bool)
    met.append(Met("out_of_scale", "kode_unit", no_code & ~told.get("kode_unit", nothing), "''"))
    met.append(
        Met("out_of_scale", "nama_unit", no_name & ~told.get("nama_unit", nothing), "''", "warned")
    )
    return no_code


def _form(number: pd.Series, pseudonyms: Pseudonyms) -> np.ndarray:
    """A form's number as a keyed hash; 0 where it has none."""
    key = pseudonyms.hash_key
    hashed = pd.util.hash_pandas_object(number.astype(str), index=False, hash_key=key)
    return hashed.where(number.fillna("").ne(""), 0).to_numpy()


def _named(frame: pd.DataFrame) -> dict[str, str]:
    if "nama" not in frame:
        return {}
    known = frame[frame["nip"].fillna("").ne("") & frame["nama"].fillna("").ne("")]
    return dict(zip(known["nip"], known["nama"].astype(str), strict=True))


def _names(rows: Rows) -> dict[str, int]:
    first: dict[str, int] = {}
    for spot in rows.layout.person_names:
        cells = rows.cells(spot)
        for code, at in zip(*np.unique(cells.codes, return_index=True), strict=True):
            if not values.is_empty(cells.distinct[code]):
                first.setdefault(values.text(cells.distinct[code]), int(rows.numbers[at]))
    return first


def _nothing_left(frame: pd.DataFrame, table: str, met: list[Met]) -> np.ndarray:
    """Rows whose only content was out of scale: counted with that value, left out as a row."""
    content = [c for c in _CONTENT[table] if c in frame]
    hit = np.zeros(len(frame), bool)
    for fault in met:
        if fault.fault == "out_of_scale" and fault.column in content:
            hit |= fault.hit
    return hit & frame[content].isna().all(axis=1).to_numpy()


def _ends_before_start(frame: pd.DataFrame) -> np.ndarray:
    if "tanggal_selesai" not in frame:
        return np.zeros(len(frame), bool)
    return (frame["tanggal_selesai"] < frame["tanggal_mulai"]).to_numpy()


def _said_by_nip(nip: pd.Series) -> pd.DataFrame:
    """What each row's NIP says of its holder; nothing where the row has no NIP."""
    at, distinct = pd.factorize(nip)
    said = [nips.content(n) if n else None for n in distinct]
    by_nip = pd.DataFrame(
        {
            "known": [s is not None for s in said],
            "birth": np.array([s.birth if s else None for s in said], dtype="datetime64[D]"),
            "birth_year": np.array(
                [s.birth.year if s and s.birth else None for s in said], dtype=float
            ),
            "start_year": np.array([s.start_year if s else None for s in said], dtype=float),
            "start_month": np.array([s.start_month if s else None for s in said], dtype=float),
            "sex": pd.Series([s.sex if s else None for s in said], dtype=object),
            "is_pppk": [s is not None and s.is_pppk for s in said],
        }
    )
    return by_nip.take(at).reset_index(drop=True)


def _contradictions(frame: pd.DataFrame, said: pd.DataFrame) -> list[Met]:
    """Rows in which birth date, start or sex say otherwise than the NIP; a warning, the row is
    kept.
    """
    nonsense = (
        said["birth"].isna() | said["sex"].isna() | (said["start_month"].isna() & ~said["is_pppk"])
    )
    differ = {"nip": said["known"] & nonsense}
    if "tanggal_lahir" in frame:
        born = frame["tanggal_lahir"]
        differ["tanggal_lahir"] = said["birth"].notna() & born.notna() & (said["birth"] != born)
    if "jenis_kelamin" in frame:
        sex = frame["jenis_kelamin"]
        differ["jenis_kelamin"] = said["sex"].notna() & sex.notna() & (said["sex"] != sex)
    if "tmt" in frame:
        start = frame["tmt"]
        other_month = said["start_month"].notna() & (said["start_month"] != start.dt.month)
        differ["tmt"] = (
            said["known"] & start.notna() & ((said["start_year"] != start.dt.year) | other_month)
        )
    return [
        Met("nip_contradicts", name, hit.to_numpy(dtype=bool))
        for name, hit in differ.items()
        if hit.any()
    ]


def _years(frame: pd.DataFrame, layout: Layout, activity_years: Mapping[str, float]) -> np.ndarray:
    """The year that each row belongs to; the file's own where the row has none, else
    not-a-number.
    """
    fallback = float(layout.year) if layout.year is not None else float("nan")
    name = layout.table.name
    if name == "unit":
        return np.full(len(frame), np.nan)
    if "tahun" in frame:
        own = frame["tahun"]
    elif name in ("skm", "kegiatan"):
        own = frame["tanggal" if name == "skm" else "tanggal_mulai"].dt.year
    elif name == "peserta":
        own = frame["kode_kegiatan"].map(activity_years)
    else:
        own = pd.Series(np.nan, index=frame.index)
    return own.astype("float64").fillna(fallback).to_numpy()


def _content(frame: pd.DataFrame, pseudonyms: Pseudonyms) -> np.ndarray:
    """A keyed hash of the contract's columns, so that equal rows are known without keeping what
    they said.
    """
    columns = sorted(
        c for c in frame.columns.astype(str) if not c.startswith("_") or c == "_unit_name"
    )
    return pd.util.hash_pandas_object(
        frame[columns].astype(str), index=False, hash_key=pseudonyms.hash_key
    ).to_numpy()


def _derived(frame: pd.DataFrame, layout: Layout, said: pd.DataFrame) -> pd.DataFrame:
    """Columns that the prepared tables carry instead of identities; those end here."""
    name = layout.table.name
    if name in ("pegawai", "kinerja", "undian", "undian_unit"):
        frame["tahun"] = frame["_year"]
    if name == "pegawai":
        born = frame["tanggal_lahir"].dt.year if "tanggal_lahir" in frame else said["birth_year"]
        frame["tahun_lahir"] = born.astype(float).fillna(said["birth_year"])
        start = frame["tmt"].dt.year if "tmt" in frame else said["start_year"]
        frame["tahun_mulai"] = start.astype(float).fillna(said["start_year"])
        if "status" not in frame or frame["status"].isna().all():
            frame["status"] = pd.Series(np.where(said["is_pppk"], "PPPK", "PNS"), dtype="str")
        if "golongan" in frame:
            written = frame["golongan"].dropna().unique()
            frame["golongan"] = frame["golongan"].map({w: golongan(w) for w in written})
    if name in ("skm", "kegiatan"):
        frame["tahun"] = frame["_year"]
    return frame.drop(
        columns=[c.name for c in layout.table.columns if not c.kept and c.name in frame]
    )
