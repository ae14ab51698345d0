"""Which column of a table a header names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from helpers.contracts import TABLES, InputTable, codes

UNSUR_NUMBER = re.compile(r"^(?:u|unsur|unsurke|p|q)0?([1-9])$")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# The time of the form, and a suggestion ("saran Anda"), are not the unsur whose word they hold.
_NO_UNSUR = re.compile(
    r"^(?:stempel|cap)waktu|^waktu(?:mulai|selesai$|kirim|isi|pengisian|submit|survei|kunjungan|respon)"
    r"|^saran(?!a(?:$|dan|pra|pel|fas|yang|kant|ruang|umum))"
)
_UNSUR_EXTRA = re.compile(r"^(?:u|unsur)(?:1\d)$")


def keys_of(row: Sequence[object]) -> list[str]:
    """What each cell of a row would be looked up by as a header; nothing for cells that are not
    text.

    >>> keys_of(["Kode Unit", 2023, None])
    ['kodeunit', '', '']
    """
    return [codes.key(c) if isinstance(c, str) else "" for c in row]


def columns_named(row: Sequence[object], table: InputTable) -> set[str]:
    """Columns of a table that the cells of a row name.

    Parameters
    ----------
    row : cells.
    table : whose columns.
    """
    return known_in(table, keys_of(row))


def column_of(table: InputTable, k: str, unsur_order: Sequence[str]) -> str | None:
    """The column of a table that a header names.

    Parameters
    ----------
    table : whose column.
    k : the header, reduced as `codes.key` does.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).
    """
    known = known_headers(table.name).get(k)
    if known is not None:
        return known
    if table.name == "skm":
        number = UNSUR_NUMBER.match(k)
        if number:
            return unsur_order[int(number.group(1)) - 1]
        if not _UNSUR_EXTRA.match(k) and not _NO_UNSUR.search(k):
            return next((u for word, u in codes.UNSUR_KEYWORDS if word in k), None)
    return None


def without_year(key: str) -> str:
    """A header without the year in it.

    Parameters
    ----------
    key : the header, reduced as `codes.key` does.

    >>> without_year("nilaiskp2024")
    'nilaiskp'
    """
    return _YEAR.sub("", key)


def known_in(table: InputTable, keys: Sequence[str]) -> set[str]:
    """Columns of a table that headers name.

    Parameters
    ----------
    table : whose columns.
    keys : headers, reduced as `codes.key` does.
    """
    return {name for k in keys if k and (name := _column_of(table.name, k))}


# Every row that may be a header is held against every table, and cells repeat.
@lru_cache(4096)
def _column_of(table: str, key: str) -> str | None:
    """One that stands there once for each year speaks for its table, too."""
    named = column_of(TABLES[table], key, codes.UNSUR)
    return named or column_of(TABLES[table], without_year(key), codes.UNSUR)


@cache
def known_headers(table: str) -> dict[str, str]:
    """Every header that means a column of the table; the first column that claims it has it."""
    out: dict[str, str] = {}
    for column in TABLES[table].columns:
        for header in column.headers:
            out.setdefault(header, column.name)
    return out
