"""Work units by code and by name: which name a code has, and whose a name is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Final

import pandas as pd

from helpers.contracts import TABLES, codes
from helpers.intake import shapes
from helpers.intake.ledger import Ledger

_SAID: Final = [column.name for column in TABLES["unit"].columns if column.name != "kode_unit"]
# How like a unit's name another must be to be taken for a slip of it.
_NEAR: Final = 0.8
# So many kinds of disagreement are told.
_MOST_PAIRS: Final = 5
_MOST_DIGITS: Final = 18
# Of so many that no unit has, the most frequent, one is looked for.
_ASKED: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of a year.

    Attributes
    ----------
    frame : one row a unit: of its rows with a name the last of the newest file.
    by_name : the code of each name that only one unit has or had, reduced as `codes.key` does.
    ambiguous : names of more than one unit.
    """

    frame: pd.DataFrame
    by_name: dict[str, str]
    ambiguous: frozenset[str]

    def __repr__(self) -> str:
        return f"Units({len(self.frame)} rows, {len(self.ambiguous)} ambiguous names)"


def known(frame: pd.DataFrame, limit: int, ledger: Ledger) -> Units:
    """The units as they are named up to a year.

    Parameters
    ----------
    frame : every row of the unit table; ``_since`` is the year that its file states, if any.
    limit : the year; what a later file says counts only where no other says anything.
    ledger : where units that stand more than once, and names of several units, are entered.
    """
    if frame.empty:
        return Units(frame, {}, frozenset())
    since = frame["_since"].astype(float)
    late = since > limit
    # Oldest first, and files of later years before all others, from the latest on.
    age = since.where(~late, -since).fillna(float(limit) - 0.5)
    named = frame["nama_unit"].fillna("").ne("")
    ordered = frame.assign(_age=age, _named=named).sort_values(
        ["_age", "_file", "_named", "_row"], kind="stable"
    )
    newest = ~ordered.duplicated("kode_unit", keep="last")
    _told(ordered, newest, late[ordered.index], ledger)
    names = ordered.assign(_name=ordered["nama_unit"].map(codes.key))
    names = names[names["_name"] != ""]
    owners = names.groupby("_name")["kode_unit"].nunique()
    ambiguous = frozenset(owners.index[owners > 1])
    # A name given up by one unit belongs to the one that has it now.
    now = names[newest[names.index]].groupby("_name")["kode_unit"].agg(["nunique", "last"])
    taken = now[now["nunique"] == 1]["last"]
    ambiguous -= frozenset(taken.index)
    hit = names[names["_name"].isin(ambiguous)]
    ledger.add_rows("unit_unknown", "unit", "nama_unit", hit, action="warned")
    by_name = dict(zip(names["_name"], names["kode_unit"], strict=True)) | taken.to_dict()
    mine = frame[newest[frame.index]].reset_index(drop=True)
    return Units(mine, {n: k for n, k in by_name.items() if n not in ambiguous}, ambiguous)


def _told(ordered: pd.DataFrame, newest: pd.Series, late: pd.Series, ledger: Ledger) -> None:
    """Enter units that stand more than once: in one file both rows, of several the older."""
    by_code = ordered.groupby("kode_unit")
    file, said = (by_code[column].transform("last") for column in ("_file", "_content"))
    differs, beside = ordered["_content"].ne(said), ordered["_file"].eq(file)
    older = ordered[~newest & differs & ~beside & ~late]
    found = _changes(older, ordered[newest].set_index("kode_unit"))
    ledger.add_rows(
        "duplicate_conflicting", "unit", "kode_unit", older, found=found, action="repaired"
    )
    ledger.add_rows("duplicate_identical", "unit", "kode_unit", ordered[~newest & ~differs])
    clashing = ordered["kode_unit"].isin(ordered["kode_unit"][differs & beside])
    # A copy of the row that counts is told as one.
    twice = ordered[clashing & beside & (newest | differs)]
    contract = [column for column in _SAID if column in twice]
    apart = (twice.groupby("kode_unit")[contract].nunique(dropna=False) > 1).any()
    found = ", ".join(column for column in contract if apart[column])
    ledger.add_rows(
        "duplicate_conflicting", "unit", "kode_unit", twice, found=found, action="warned"
    )


def _changes(older: pd.DataFrame, newest: pd.DataFrame) -> str:
    """What the newest file says otherwise of units: ``U001 nama_unit: 'A' → 'B' (file)``."""
    told = []
    for _, row in older.iterrows():
        now = newest.loc[row["kode_unit"]]
        for column in older.columns.intersection(_SAID):
            before, after = ("" if pd.isna(r[column]) else str(r[column]) for r in (row, now))
            if before != after:
                told.append(f"{row['kode_unit']} {column}: '{before}' → '{after}' ({now['_file']})")
    return "; ".join(told[:_MOST_PAIRS]) + ("; …" if len(told) > _MOST_PAIRS else "")


def placed(name: str, frame: pd.DataFrame, units: Units, ledger: Ledger) -> pd.DataFrame:
    """Rows with the code of their unit, given by code or else by name; those of no unit are left
    out.

    Parameters
    ----------
    name : of the table.
    frame : its rows.
    units : as the unit table has them.
    ledger : where rows of no unit are entered.
    """
    if frame.empty:
        return frame
    codes_known = set(units.frame["kode_unit"]) if len(units.frame) else set()
    written = (
        frame["kode_unit"].fillna("") if "kode_unit" in frame else pd.Series("", index=frame.index)
    )
    # A column of codes may hold names, too.
    numbered = _by_number(codes_known)
    of, zeros = {}, set()
    for w in written.unique():
        of[w] = w if w in codes_known else units.by_name.get(codes.key(w), "")
        if not of[w] and _is_number(w) and int(w) in numbered:
            of[w] = numbered[int(w)]
            zeros.add(w)
    code = written.map(of)
    mended = frame[written.isin(zeros)]
    shown = written[mended.index].map(lambda w: shapes.shown(f"{w} → {of[w]}"))
    ledger.add_rows("number_format", name, "kode_unit", mended, values=shown, why="leading_zero")
    if "_unit_name" in frame:
        # Nor does a column of names hold nothing but names.
        of_key = {codes.key(c): c for c in codes_known} | units.by_name
        said = frame["_unit_name"].fillna("")
        by_name = said.map({name: of_key.get(name, "") for name in said.unique()})
        differ = code.ne("") & by_name.ne("") & code.ne(by_name)
        _disagree(name, frame[differ], code[differ], by_name[differ], units, ledger)
        code = code.where(code != "", by_name)
    lost = (code == "").to_numpy()
    of_names = frame.get("_unit_name", written)
    by_codes = written.ne("").groupby(frame["_file"]).any()
    for file, rows in frame[lost].groupby("_file", sort=True):
        by_code = by_codes[file]
        said = (written if by_code else of_names)[rows.index]
        counts = said[said != ""].value_counts()
        shown = said.map({w: shapes.shown(w) for w in counts.index} | {"": ""})
        headers = rows["_unit_header"].dropna() if "_unit_header" in rows else ()
        column = "kode_unit" if by_code else str(next(iter(headers), "nama_unit"))
        near = _nearest(counts.index, units)
        ledger.add_rows(
            "unit_unknown", name, column, rows, found=near, values=shown, field="kode_unit"
        )
    return frame.assign(kode_unit=code)[~lost].reset_index(drop=True)


def _by_number(known: Iterable[str]) -> dict[int, str]:
    """The unit of each number, where one alone has it: a spreadsheet leaves out zeros that lead."""
    numbers = [(int(code), code) for code in known if _is_number(code)]
    alone = Counter(number for number, _ in numbers)
    return {number: code for number, code in numbers if alone[number] == 1}


def _is_number(code: str) -> bool:
    # Nobody's code is longer, and a cell may hold thousands of digits.
    return code.isdecimal() and len(code) <= _MOST_DIGITS


def _disagree(
    table: str,
    rows: pd.DataFrame,
    code: pd.Series,
    by_name: pd.Series,
    units: Units,
    ledger: Ledger,
) -> None:
    """Enter a warning for rows whose code is one unit's and whose name another's."""
    if rows.empty:
        return
    name_of = units.frame.set_index("kode_unit")["nama_unit"].fillna("")
    for _, here in rows.groupby("_file", sort=True):
        pairs = pd.DataFrame({"code": code[here.index], "other": by_name[here.index]})
        counts = pairs.value_counts().reset_index()
        counts = counts.sort_values(["count", "code", "other"], ascending=[False, True, True])
        most = counts.head(_MOST_PAIRS)
        told = (
            f"{shapes.shown(one)} ≠ '{name_of[other]}' × {count}"
            for one, other, count in most.itertuples(index=False)
        )
        found = ", ".join(told) + (", …" if len(counts) > len(most) else "")
        column = str(here["_unit_header"].iloc[0])
        ledger.add_rows("unit_unknown", table, column, here, found=found, action="warned")


def _digits(name: str) -> str:
    return "".join(c for c in name if c.isdigit())


def _nearest(said: Iterable[str], units: Units) -> str:
    """The name in the unit table that looks most like the first of some that it does not have."""
    if units.frame.empty:
        return ""
    names = {codes.key(name): name for name in units.frame["nama_unit"]}
    first = (codes.key(word) for word in islice(said, _ASKED))
    # Two offices are told apart by their numbers: none is a slip of the other.
    of_number: dict[str, list[str]] = {}
    for name in names:
        of_number.setdefault(_digits(name), []).append(name)
    near = (m for w in first for m in get_close_matches(w, of_number.get(_digits(w), ()), 1, _NEAR))
    found = next(near, None)
    sign = "2 ×" if found in units.ambiguous else "≈"
    return f" ({sign} '{names[found]}')" if found else ""
