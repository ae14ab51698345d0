"""The tables once prepared: what is left of each input, its types and its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as arrow

from helpers.contracts.tables import TABLES

if TYPE_CHECKING:
    import pandera.pandas as pa

# What the prepared tables carry instead of columns that end at reading.
# Every column is Arrow-backed (`str` is, too), so that a columnar engine can stand behind the
# tables.
_WHOLE: Final = pd.ArrowDtype(arrow.int64())
_REAL: Final = pd.ArrowDtype(arrow.float64())
_DAY: Final = pd.ArrowDtype(arrow.timestamp("s"))
_DERIVED: Final[dict[str, dict[str, Any]]] = {
    "pegawai": {"pegawai_id": "str", "tahun_lahir": _REAL, "tahun_mulai": _REAL},
    "kegiatan": {"tahun": _WHOLE},
    "peserta": {"pegawai_id": "str", "tahun": _WHOLE},
    "kinerja": {"pegawai_id": "str"},
    "skm": {"tahun": _WHOLE},
    "undian": {"pegawai_id": "str"},
}
_TYPES: Final[dict[str, Any]] = {
    "code": "str",
    "text": "str",
    "free_text": "str",
    "choice": "str",
    "words": "str",
    "year": _WHOLE,
    "date": _DAY,
    "count": _REAL,
    "number": _REAL,
    "money": _REAL,
    "age": _REAL,
    "answer": _REAL,
}


def prepared_types(table: str) -> dict[str, Any]:
    """Column to type of a prepared table: what is left of an input once identities are gone."""
    kept = {c.name: _TYPES[c.kind] for c in TABLES[table].columns if c.kept}
    return {**_DERIVED.get(table, {}), **kept}


def prepared_schema(table: str) -> pa.DataFrameSchema:
    """The pandera schema of a prepared table, made from the same columns as reader and
    dictionary.
    """
    import pandera.pandas as pa

    columns = {}
    for name, dtype in prepared_types(table).items():
        column = TABLES[table].by_column.get(name)
        checks = []
        if column is not None and column.scale is not None:
            checks.append(pa.Check.in_range(*column.scale))
        if column is not None and column.kind == "choice":
            checks.append(pa.Check.isin(column.values))
        never_null = name in ("pegawai_id", "tahun") or (
            column is not None and column.required and column.kind not in ("answer", "number")
        )
        columns[name] = pa.Column(dtype, checks, nullable=not never_null)
    return pa.DataFrameSchema(columns, strict=True, name=table)


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame with exactly the prepared columns and types, absent ones empty.

    Parameters
    ----------
    frame : any of the columns, in any order; others are let go.
    table : the name of an input table.
    """
    types = prepared_types(table)
    return frame.reindex(columns=list(types)).astype(types).reset_index(drop=True)
