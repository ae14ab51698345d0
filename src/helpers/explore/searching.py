"""Tables to search and sort in the Lab, without a network."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pandas as pd

from helpers.contracts import EvaluasiError, Text
from helpers.explore import column_units
from helpers.explore.comparing import Shown
from helpers.explore.marked import PERSONAL, mark_of
from helpers.findings import say

_DECIMALS = 3


@dataclass(frozen=True, eq=False)
class Searchable:
    """A table that is searched and sorted where it stands; in a terminal it is its words.

    Parameters
    ----------
    table : with columns as a reader knows them.
    note : how to bring it to life again in a notebook that was opened anew.
    """

    table: pd.DataFrame
    note: str

    def _repr_html_(self) -> str:
        from itables import javascript, options, to_html_datatable

        # With every table, so that each is alive wherever it stands, and no network is asked.
        script = javascript.generate_init_offline_itables_html(options.dt_bundle)
        shown = to_html_datatable(self.table, connected=False, showIndex=False, classes="display")
        return f"{script}{shown}<p><small>{html.escape(self.note)}</small></p>"

    def __repr__(self) -> str:
        return self.table.to_string(index=False)


def search(frame: pd.DataFrame | Shown) -> Searchable:
    """A table of units, of activities or of a comparison, to search and sort.

    Parameters
    ----------
    frame : of `units` or `activities`, filtered or not, or what `compare` or `over_time` gave.

    Raises
    ------
    EvaluasiError : a frame whose rows are single people or forms, or that was not made here.
    """
    mark = frame.mark if isinstance(frame, Shown) else mark_of(frame)
    if not isinstance(frame, Shown) and mark.rows in PERSONAL:
        raise EvaluasiError(
            Text(
                "explore: satu baris tabel ini adalah satu orang, sehingga tidak ditampilkan "
                "sebagai daftar. Bandingkan kelompok, misalnya "
                'explore.search(explore.compare(people, "skp", by="unit")).',
                "explore: a row of this table is one person, so it is not shown as a list. "
                "Compare groups, for example "
                'explore.search(explore.compare(people, "skp", by="unit")).',
            )
        )
    rows = frame.frame if isinstance(frame, Shown) else frame
    table = rows.round(dict.fromkeys(rows.select_dtypes("number"), _DECIMALS)).rename(
        columns=lambda c: column_units.named(str(c), mark.lang, mark.rows)
    )
    return Searchable(table, say("explore.reopen", mark.lang))
