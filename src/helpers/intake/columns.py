"""One column of a sheet to typed values, with the faults met in it and the rows that it makes
unusable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import Column
from helpers.contracts import nip as nips
from helpers.contracts.fault_words import Why
from helpers.intake import ages, labels, numbers, shapes, values
from helpers.intake.sheet import Cells

# Texts that the schema lets be empty, but without which a row belongs to nothing.
_NEEDED_TEXTS: Final = ("kode_kegiatan",)
_DATES_OF_PERSONS: Final = ("tanggal_lahir", "tmt")
_NUMBER_FAULTS: Final = ("missing_marker", "number_format", "out_of_scale")
# So many answers, and such a share of all, that only another scale has are no slips.
_FEWEST_OTHER: Final = 3
_SHARE_OTHER: Final = 0.01
_FEWEST_SHARES: Final = 5
_DATE_FAULTS: Final = ("missing_marker", "date_impossible", "month_first")


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """A fault met in a column.

    Attributes
    ----------
    hit : a mask over the data rows.
    found : an example that tells nothing of a person.
    values : in its place, what is shown of each row that is hit.
    action : what was done, where it is not what the fault table says.
    why : of a fault that has several reasons, which.
    """

    fault: str
    column: str
    hit: np.ndarray
    found: str = ""
    action: str | None = None
    why: Why = ""
    values: np.ndarray | None = None

    def __repr__(self) -> str:
        return f"Met({self.fault} in {self.column}: {int(self.hit.sum())} rows)"


@dataclass(frozen=True, slots=True, eq=False)
class ReadColumn:
    """A column read: its values, the faults met in it, and a mask of the rows that it makes
    unusable.
    """

    values: pd.Series
    met: tuple[Met, ...]
    unusable: np.ndarray

    def __repr__(self) -> str:
        rows = f"{len(self.values)} rows, {int(self.unusable.sum())} unusable"
        return f"ReadColumn({self.values.dtype}: {rows}, {len(self.met)} faults)"


def read(column: Column, cells: Cells) -> ReadColumn:
    """Read a column by its distinct values.

    Parameters
    ----------
    column : what the contract says of the column.
    cells : the column's cells in the data rows.

    Returns
    -------
    As many values and mask entries as there are data rows; what could not be read is missing.
    """
    if column.kind == "nip":
        return _nip_column(column, cells)
    if column.kind == "date":
        return _date_column(column, cells)
    if column.kind in ("code", "text", "words", "free_text"):
        return _text_column(column, cells)
    if column.kind == "choice":
        return _scaled(column, cells, lambda c: values.choice(c, column.choices or {}))
    if column.kind == "answer":
        return _answers(column, cells)
    if column.kind == "age":
        return _scaled(column, cells, lambda c: ages.age(c, column.scale))
    return _scaled(column, cells, lambda c: numbers.number(c, column.kind, column.scale))


def by_value(series: pd.Series, reader: Callable[[str], str]) -> pd.Series:
    """``reader`` of every text of a column without gaps, called once for each distinct text.

    Parameters
    ----------
    series : texts, none of them missing.
    reader : must give equal texts for equal ones.
    """
    at, distinct = pd.factorize(series)
    return pd.Series(
        np.array([reader(v) for v in distinct], dtype=object)[at], index=series.index, dtype="str"
    )


def _scaled(
    column: Column, cells: Cells, reader: Callable[[object], tuple[float | str | None, str | None]]
) -> ReadColumn:
    """A column whose values are on a scale or in a list."""
    found = [reader(c) for c in cells.distinct]
    if column.kind == "choice":
        value = pd.Series(cells.spread([v for v, _ in found], object), dtype=object)
    else:
        value = pd.Series(cells.spread([v for v, _ in found], float))
    if column.kind == "year":
        value = value.where(value % 1 == 0)
    fault = cells.spread([f or "" for _, f in found], object)
    if _are_shares(column, value):
        fault[value.notna().to_numpy()] = "out_of_scale"
        value = value.where(value.isna())
    needed = column.kind == "year" or (column.required and column.kind == "choice")
    empty = value.isna().to_numpy()
    # Without its hours a course would count as one of none; what else may be empty is no loss.
    if needed or (column.required and column.kind == "number"):
        # A sign for nothing costs a row that needs the value as an empty cell does.
        absent = ("", "missing_marker") if needed else ("",)
        fault[empty & np.isin(fault, absent)] = "out_of_scale"
    met = (
        Met(code, column.name, fault == code, values=shapes.each(cells, fault == code))
        for code in _NUMBER_FAULTS
    )
    return ReadColumn(value, _those_met(met), empty if needed else np.zeros(len(empty), bool))


def _are_shares(column: Column, value: pd.Series) -> bool:
    """Whether scores out of a hundred are written as parts of one, as cells formatted as per cent
    hold them.
    """
    if column.scale is None or column.scale[1] not in numbers.SCORES:
        return False
    there = value.dropna().astype(float)
    return len(there) >= _FEWEST_SHARES and bool(there.max() <= 1 and (there % 1 != 0).any())


def _those_met(met: Iterable[Met]) -> tuple[Met, ...]:
    return tuple(m for m in met if m.hit.any())


def _answers(column: Column, cells: Cells) -> ReadColumn:
    """A column of answers from 1 to 4; a form on another scale stops the run: none of its answers
    is known.
    """
    read = _scaled(column, cells, lambda c: labels.answer(c, column.name))
    read = replace(read, met=_with_reason(read.met, cells, column.name))
    other = cells.are(lambda c: labels.of_other_scale(c, column.name))
    filled = ~cells.are(values.is_empty)
    if other.sum() < max(_FEWEST_OTHER, _SHARE_OTHER * filled.sum()):
        return read
    shown = shapes.each(cells, other)
    stops = Met("mass_loss", column.name, other, "", "stopped", "other_scale", shown)
    return replace(read, met=(*read.met, stops))


def _with_reason(met: Sequence[Met], cells: Cells, unsur: str) -> tuple[Met, ...]:
    """Of answers that were refused, those in which a number and what stands beside it differ are a
    fault of their own: each of the two would have been understood.
    """
    told: list[Met] = []
    for one in met:
        two = one.hit & cells.are(lambda c: labels.says_two(c, unsur))
        if one.fault != "out_of_scale" or not two.any():
            told.append(one)
            continue
        rest = one.hit & ~two
        told.append(replace(one, hit=rest, values=shapes.each(cells, rest)))
        told.append(replace(one, hit=two, values=shapes.each(cells, two), why="two_answers"))
    return _those_met(told)


def _nip_column(column: Column, cells: Cells) -> ReadColumn:
    found = [nips.clean(c) for c in cells.distinct]
    state = cells.spread([s for _, s in found], object)
    value = pd.Series(cells.spread([v or "" for v, _ in found], object), dtype=object)
    bad = (state == "bad") | (state == "missing")

    def shape(hit: np.ndarray) -> str:
        raw = cells.first(hit)
        if values.is_error(raw) or values.is_marker(raw):
            return shapes.shown(raw)
        return f"'{'' if raw is None else nips.shape(raw)}'" if hit.any() else ""

    repaired, rounded = state == "repaired", state == "rounded"
    met = (
        Met("nip_format", column.name, repaired, shape(repaired)),
        Met("nip_rounded", column.name, rounded, shape(rounded)),
        Met("nip_format", column.name, bad, shape(bad), "excluded"),
    )
    return ReadColumn(value, _those_met(met), bad | rounded)


def _date_column(column: Column, cells: Cells) -> ReadColumn:
    found = [values.day(c) for c in cells.distinct]
    fault = cells.spread([f or "" for _, f, _ in found], object)
    days = pd.to_datetime(pd.Series([v for v, _, _ in found], dtype=object), errors="coerce")
    value = pd.Series(days.to_numpy()[cells.codes])
    month_first = fault == "month_first"
    # One proof of day-first in the column makes the odd ones impossible dates rather than another
    # order.
    stops = bool(month_first.any()) and not any(proven for _, _, proven in found)
    doubtful = np.zeros(len(fault), bool)
    if not stops and month_first.any():
        fault[month_first] = "date_impossible"
        # Those that are wrong for sure put their neighbours in doubt.
        doubtful = cells.are(values.either_order)
    if column.required:
        fault[value.isna().to_numpy() & np.isin(fault, ("", "missing_marker"))] = "date_impossible"
    of_person = column.name in _DATES_OF_PERSONS
    hits = [(code, fault == code, None) for code in _DATE_FAULTS]
    met = (
        Met(
            code,
            column.name,
            hit,
            action=action,
            values=shapes.each(cells, hit, dated=not of_person, of_persons=of_person),
        )
        for code, hit, action in (*hits, ("month_first", doubtful, "warned"))
    )
    return ReadColumn(value, _those_met(met), np.isin(fault, ("date_impossible", "month_first")))


def _text_column(column: Column, cells: Cells) -> ReadColumn:
    marker, error = cells.are(values.is_marker), cells.are(values.is_error)
    absent = [values.is_marker(c) or values.is_error(c) for c in cells.distinct]
    clean = ["" if none else values.text(c) for c, none in zip(cells.distinct, absent, strict=True)]
    empty = cells.spread([text == "" for text in clean], bool)
    if column.name == "alasan":
        clean = [values.reason(c) or "" for c in cells.distinct]
    elif column.kind == "code":
        clean = [text.upper() for text in clean]
    elif column.kind == "words":
        clean = [text.lower() for text in clean]
    # Somebody's NIP goes no further, whatever column it was typed into.
    person = cells.are(lambda c: bool(nips.written_in(values.text(c))))
    if column.kept and person.any():
        clean = ["" if nips.written_in(text) else text for text in clean]
        empty = cells.spread([text == "" for text in clean], bool)
    active = cells.are(values.looks_active) if column.kind != "code" else np.zeros(len(empty), bool)
    needed = column.name in _NEEDED_TEXTS
    unusable = empty if needed else np.zeros(len(empty), bool)
    met = (
        Met("missing_marker", column.name, marker, values=shapes.each(cells, marker)),
        Met("text_escaped", column.name, active, f"'{values.text(cells.first(active))[:1]}…'"),
        Met(
            "out_of_scale",
            column.name,
            error & column.kept,
            values=shapes.each(cells, error & column.kept),
        ),
        Met("out_of_scale", column.name, unusable & ~person & ~error, "''"),
        Met(
            "out_of_scale",
            column.name,
            person & column.kept,
            values=shapes.each(cells, person & column.kept),
        ),
    )
    return ReadColumn(
        pd.Series(cells.spread(clean, object), dtype=object), _those_met(met), unusable
    )
