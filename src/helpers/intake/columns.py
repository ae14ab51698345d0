"""One column of a sheet to typed values, with the faults met in it and the rows that it makes unusable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from helpers.contracts import Column
from helpers.contracts import nip as nips
from helpers.intake import values

# Fault code, rows hit, an example that tells nothing of a person, and the action where it is not the fault table's.
Met = tuple[str, np.ndarray, str, str | None]


def read(column: Column, cells: pd.Series) -> tuple[pd.Series, list[Met], np.ndarray]:
    """A column read: its values, its faults as (code, rows, found, action), and the rows that it makes unusable."""
    if column.kind == "nip":
        return _nip_column(cells)
    if column.kind == "date":
        return _date_column(column, cells)
    if column.kind in ("code", "text", "words", "free_text"):
        return _text_column(column, cells)
    if column.kind == "choice":
        found = by_value(cells, lambda c: values.choice(c, column.choices or {}))
    elif column.kind == "answer":
        found = by_value(cells, lambda c: values.answer(c, column.name))
    else:
        found = by_value(cells, lambda c: values.number(c, column.kind, column.scale))
    value = pd.Series([v for v, _ in found], dtype="object" if column.kind == "choice" else "float64")
    if column.kind == "year":
        value = value.where(value % 1 == 0)
    fault = np.array([f or "" for _, f in found], dtype=object)
    needed = column.kind == "year" or (column.required and column.kind == "choice")
    empty = value.isna().to_numpy()
    if needed:
        fault[empty & (fault == "")] = "out_of_scale"
    out = [(code, fault == code, _example(cells, fault == code), None) for code in ("missing_marker", "number_format", "out_of_scale")]
    return value, [f for f in out if f[1].any()], empty if needed else np.zeros(len(cells), bool)


def _example(cells: pd.Series, mask: np.ndarray) -> str:
    return values.first_of(cells[mask].tolist()) if mask.any() else ""


def _nip_column(cells: pd.Series) -> tuple[pd.Series, list[Met], np.ndarray]:
    found = by_value(cells, nips.clean)
    state = np.array([s for _, s in found], dtype=object)
    value = pd.Series([v or "" for v, _ in found], dtype=object)
    bad = (state == "bad") | (state == "missing")

    def shown(mask: np.ndarray) -> str:
        return f"'{nips.shape(cells[mask].iloc[0])}'" if mask.any() else ""

    out: list[Met] = [
        ("nip_format", state == "repaired", shown(state == "repaired"), None),
        ("nip_rounded", state == "rounded", shown(state == "rounded"), None),
        ("nip_format", bad, shown(bad), "excluded"),
    ]
    return value, [f for f in out if f[1].any()], bad | (state == "rounded")


def _date_column(column: Column, cells: pd.Series) -> tuple[pd.Series, list[Met], np.ndarray]:
    found = by_value(cells, values.day)
    fault = np.array([f or "" for _, f, _ in found], dtype=object)
    value = pd.to_datetime(pd.Series([v for v, _, _ in found], dtype=object), errors="coerce")
    month_first = fault == "month_first"
    stops = False
    if month_first.any():
        # One proof of day-first in the column makes the odd ones impossible dates rather than another order.
        stops = not any(proven for _, _, proven in found)
        if not stops:
            fault[month_first] = "date_impossible"
    empty = value.isna().to_numpy()
    if column.required:
        fault[empty & np.isin(fault, ("", "missing_marker"))] = "date_impossible"
    hidden = "'99/99/9999'" if column.name == "tanggal_lahir" else ""
    out: list[Met] = []
    for code in ("missing_marker", "date_impossible", "month_first"):
        mask = fault == code
        if mask.any():
            out.append((code, mask, hidden or _example(cells, mask), "stopped" if code == "month_first" and stops else None))
    return value, out, np.isin(fault, ("date_impossible", "month_first"))


def _text_column(column: Column, cells: pd.Series) -> tuple[pd.Series, list[Met], np.ndarray]:
    marker = np.array([values.is_marker(c) for c in cells])
    clean = by_value(cells, lambda c: "" if values.is_marker(c) else values.text(c))
    value = pd.Series(clean, dtype=object)
    active = np.array(by_value(cells, values.looks_active)) if column.kind in ("free_text", "words", "text") else np.zeros(len(cells), bool)
    needed = column.kind == "code" and column.name in ("kode_kegiatan",)
    empty = (value == "").to_numpy()
    if column.kind == "code":
        value = value.str.upper()
    elif column.kind == "words":
        value = value.str.lower()
    out: list[Met] = []
    if marker.any():
        out.append(("missing_marker", marker, _example(cells, marker), None))
    if active.any():
        out.append(("text_escaped", active, f"'{values.text(cells[active].iloc[0])[:1]}…'", None))
    if needed and empty.any():
        out.append(("out_of_scale", empty, "''", None))
    if column.name == "alasan":
        value = pd.Series(by_value(cells, lambda c: values.reason(c) or ""), dtype=object)
    return value, out, empty if needed else np.zeros(len(cells), bool)


def by_value(series: pd.Series, reader: Callable[[Any], Any]) -> list[Any]:
    """``reader`` of every cell, called once for each distinct value."""
    at, distinct = pd.factorize(series, use_na_sentinel=False)
    read = [reader(v) for v in distinct]
    return [read[i] for i in at]
