"""Rows that are there more than once: equal ones are kept once, those that differ are left out."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import nip
from helpers.intake.ledger import Ledger

_KEYS: Final = {
    "kegiatan": ["kode_kegiatan"],
    "pegawai": ["tahun", "pegawai_id"],
    "kinerja": ["tahun", "pegawai_id"],
    "peserta": ["kode_kegiatan", "pegawai_id"],
    "undian": ["tahun", "pegawai_id"],
    "undian_unit": ["kode_unit", "tahun"],
}
# Numbers of forms that repeat more often than this are counted anew by each unit or month.
_MOST_CLASHES: Final = 0.05
_FEWEST_CLASHES: Final = 2
# Fewer that stand twice are mistakes of a roll, however short it is, where others are left.
_FEWEST_OF_A_MASS: Final = 10
_FEWEST_OF_ALL: Final = 3
# So many forms one after the other, half of them unlike any other, are not given twice by chance.
_SHORTEST_BLOCK: Final = 20
_MOST_DISTANCES: Final = 20


def without(name: str, frame: pd.DataFrame, ledger: Ledger, most_lost: float) -> pd.DataFrame:
    """The table without its copies.

    Parameters
    ----------
    name : of the table.
    frame : its rows, with ``_content`` to tell copies from conflicts.
    ledger : where both are entered; where conflicts cost more of a year than may be lost, a
        `mass_loss` as well.
    most_lost : share of a table's rows of a year that may be lost (the plan's
        ``intake.most_lost``).

    Returns
    -------
    Equal rows of one key once; of rows of one key that differ, none. A form of the survey has its
    number for a key where it has one, else the whole row where another file has it, too, or where
    it stands in a block of its file that is there once more.
    """
    if frame.empty:
        return frame
    if name == "skm":
        keys = ["_year", "_form"]
        clash, copy = _forms(frame, most_lost)
        column = "id_respon" if "_form" in frame else "tanggal"
    else:
        keys = _KEYS[name]
        clash, copy = _by_key(frame, keys)
        column = "nip" if "pegawai_id" in keys else keys[0]
    ledger.add_rows("duplicate_conflicting", name, column, frame[clash])
    _copied(name, column, keys, frame, copy, ledger)
    for year, lost in frame[clash].groupby("_year", dropna=False):
        total = int((frame["_year"].isna() if year != year else frame["_year"].eq(year)).sum())
        several = len(lost.drop_duplicates(keys))
        fewest = _FEWEST_OF_ALL if len(lost) == total else _FEWEST_OF_A_MASS
        if several >= fewest and len(lost) > most_lost * total:
            _stop(name, column, lost, f"{several} {column} ({len(lost)}/{total})", ledger)
    return frame[~clash & ~copy].reset_index(drop=True)


def _copied(
    name: str,
    column: str,
    keys: list[str],
    frame: pd.DataFrame,
    copy: pd.Series,
    ledger: Ledger,
) -> None:
    """Entered with the file that has the same rows, where that is another."""
    if not copy.any():
        return
    # What a row says need not name its year or its key.
    whole = ["_content"] if name == "skm" else [*keys, "_content"]
    copies = frame[copy]
    first = frame.loc[~copy, [*whole, "_file"]].drop_duplicates(whole)
    other = copies[whole].merge(first, on=whole, how="left")["_file"].fillna("")
    pairs = pd.DataFrame({"file": copies["_file"].to_numpy(), "other": other.to_numpy()})
    pairs.loc[pairs["file"] == pairs["other"], "other"] = ""
    for key, there in pairs.groupby(["file", "other"], sort=True):
        file, origin = map(str, key)
        found = f"{nip.hidden_in(file)} = {nip.hidden_in(origin)}" if origin else ""
        ledger.add_rows("duplicate_identical", name, column, copies.iloc[there.index], found=found)


def _stop(name: str, column: str, lost: pd.DataFrame, found: str, ledger: Ledger) -> None:
    """Entered where the most was lost; the files that contradict one another are named."""
    files = lost["_file"].value_counts(sort=True)
    if len(files) > 1:
        found += ": " + " + ".join(sorted(map(str, files.index)))
    first = lost[lost["_file"] == files.index[0]].sort_values("_row", kind="stable").iloc[0]
    ledger.add(
        "mass_loss",
        name,
        str(first["_file"]),
        sheet=str(first["_sheet"]),
        column=column,
        rows=[int(first["_row"])],
        years=float(first["_year"]),
        found=found,
        why="twice",
    )


def _by_key(frame: pd.DataFrame, keys: list[str]) -> tuple[pd.Series, pd.Series]:
    """Which rows clash with another of their key, and which are copies of one before."""
    several = frame.duplicated(keys, keep=False)
    kinds = pd.Series(1, index=frame.index)
    if several.any():
        kinds[several] = frame[several].groupby(keys)["_content"].transform("nunique")
    clash = several & (kinds > 1)
    return clash, several & ~clash & frame.duplicated(keys)


def _forms(frame: pd.DataFrame, most_lost: float) -> tuple[pd.Series, pd.Series]:
    numbered = (
        frame["_form"].fillna(0).ne(0) if "_form" in frame else pd.Series(False, index=frame.index)
    )
    # Within one sheet two people may answer alike; between sheets, only a copy does so row by row.
    nth = frame.groupby(["_file", "_sheet", "_content"]).cumcount()
    copy = ~numbered & frame.assign(_nth=nth).duplicated(["_content", "_nth"])
    for _, rows in frame[~numbered].groupby(["_file", "_sheet"]):
        ordered = rows.sort_values("_row", kind="stable")
        copy[ordered.index[_again(ordered["_content"].to_numpy(), most_lost)]] = True
    clash = pd.Series(False, index=frame.index)
    if numbered.any():
        some = frame[numbered]
        copy |= numbered & frame.duplicated(["_form", "_content"])
        of_number, _ = _by_key(some[~copy[numbered]], ["_year", "_form"])
        if of_number.sum() <= max(_FEWEST_CLASHES, _MOST_CLASHES * len(some)):
            clash[of_number.index[of_number]] = True
    return clash, copy


def _again(said: np.ndarray, most_lost: float) -> np.ndarray:
    """Which rows of a sheet belong to a block that stands further up in the same order."""
    hit = np.zeros(len(said), dtype=bool)
    shortest = max(_SHORTEST_BLOCK, math.ceil(most_lost * len(said)))
    place = pd.Series(np.arange(len(said)))
    distances = (place - place.groupby(said).shift()).dropna().astype(int)
    often = distances[distances >= shortest].value_counts().head(_MOST_DISTANCES)
    for distance in often.index[often >= shortest / 2]:
        same = np.concatenate([[False] * distance, said[distance:] == said[:-distance], [False]])
        begins, ends = np.flatnonzero(np.diff(same, prepend=False)).reshape(-1, 2).T
        for begin, end in zip(begins, ends, strict=True):
            block = said[begin : min(end, begin + distance)]
            if end - begin >= shortest and len(set(block)) >= len(block) / 2:
                hit[begin:end] = True
    return hit
