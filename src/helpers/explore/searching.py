"""Tables to search and sort in the Lab, without a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from helpers.contracts import EvaluasiError, Lang, Text, codes, number
from helpers.contracts.units import SHARE
from helpers.explore import column_units, mistakes
from helpers.explore.comparing import Shown
from helpers.explore.marked import PERSONAL, Mark, mark_of
from helpers.explore.own_keys import own_keys
from helpers.findings import say, word
from helpers.present import Blocks, Sentence, Table

_NOTHING: Final = "–"
_YEARS: Final = ("year", "first_trained")
# In each, missing is hidden, for these are known of every unit that has anybody.
_COUNTED: Final = ("staff", "trained_share", "forms")


@dataclass(frozen=True, eq=False)
class Searchable:
    """A table that is searched and sorted where it stands; in a terminal it is its words.

    Parameters
    ----------
    table : in words, with columns as a reader knows them.
    ranks : of the rows in each column that is not in the order of its words, by the column's place.
    above, below : what is said of it.
    lang : of the words around it.
    """

    table: pd.DataFrame
    ranks: pd.DataFrame
    above: Blocks
    below: Blocks
    lang: Lang

    def _repr_html_(self) -> str:
        from itables import javascript, options, to_html_datatable

        # With every table, so that each is alive wherever it stands, and no network is asked.
        script = javascript.generate_init_offline_itables_html(options.dt_bundle)
        first = self.table.shape[1]
        places = list(self.ranks.columns)
        shown = to_html_datatable(
            pd.concat([self.table, self.ranks], axis=1),
            connected=False,
            showIndex=False,
            classes="display compact nowrap",
            # Wide tables are moved below the search, and whole: what is cut off nobody finds.
            scrollX=True,
            fixedColumns={"start": 2},
            # Wherever a head is pressed it sorts, as it looks.
            text_in_header_can_be_selected=False,
            maxBytes=0,
            maxColumns=0,
            language=_around(self.lang),
            # It expects of the words for a screen reader that they lie in one level.
            warn_on_unexpected_option_type=False,
            columnDefs=[
                {"targets": list(range(first)), "className": "dt-left"},
                {"targets": places, "className": "dt-right"},
                *({"targets": at, "orderData": first + n} for n, at in enumerate(places)),
                {"targets": list(range(first, first + len(places))), "visible": False,
                 "searchable": False},
            ],
        )  # fmt: skip
        keys = own_keys("div")
        return f"<div>{self.above.html()}{script}{shown}{self.below.html()}{keys}</div>"

    def __repr__(self) -> str:
        return self.table.to_string(index=False)


def search(frame: pd.DataFrame | Shown) -> Searchable:
    """A table of units, of activities or of a comparison, to search and sort.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> units = explore.units(study, "en")
    >>> explore.search(units[units["ikm"] > 98]).table.iloc[:, [0, 1, 5, 6]]
       year                     unit employees share of employees trained
    0  2024  Unit Layanan Contoh 040        35                      60.0%

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
    if isinstance(frame, Shown):
        table, ranks, above = _of_comparison(frame)
        below = [say("explore.reopen", mark.lang)]
    else:
        table, ranks = _of_rows(frame, mark)
        above = Blocks(tuple(Sentence(s, "notice") for s in _notices(mark)))
        below = [say("explore.no_value", mark.lang), say("explore.reopen", mark.lang)]
    return Searchable(table, ranks, above, Blocks(tuple(map(Sentence, below))), mark.lang)


def _notices(mark: Mark) -> list[str]:
    synthetic = [say("report.synthetic", mark.lang)] if mark.synthetic else []
    return [say("explore.mark", mark.lang), *synthetic]


def _of_comparison(seen: Shown) -> tuple[pd.DataFrame, pd.DataFrame, Blocks]:
    """Its own table, in its own words, and the sentences above it."""
    said = seen.blocks.blocks
    above = [b for b in said if isinstance(b, Sentence)]
    table = next((b for b in said if isinstance(b, Table)), Table((), ()))
    numeric = {2: "value", 3: "ci_low", 4: "n"} if table.rows else {}
    ranks = pd.DataFrame({at: _ranks(seen.frame[name]) for at, name in numeric.items()})
    title = [Sentence(table.caption)] if table.caption else []
    return pd.DataFrame(table.rows, columns=table.header), ranks, Blocks((*above, *title))


def _of_rows(rows: pd.DataFrame, mark: Mark) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = {at: rows.iloc[:, at] for at in range(rows.shape[1])}
    words = {at: _words(values, rows, mark) for at, values in columns.items()}
    names = [column_units.named(str(c), mark.lang, mark.rows) for c in rows]
    numeric = {at: v for at, v in columns.items() if _is_number(v)}
    ranks = pd.DataFrame({at: _ranks(v) for at, v in numeric.items()}).reset_index(drop=True)
    return pd.DataFrame(words).set_axis(names, axis=1), ranks


def _words(values: pd.Series, rows: pd.DataFrame, mark: Mark) -> list[str]:
    said, hidden = _said(values, mark), _hidden(str(values.name), rows, mark)
    without = {True: word("hidden", mark.lang), False: _NOTHING}
    return [without[h] if pd.isna(v) else said(v) for v, h in zip(values, hidden, strict=True)]


def _said(values: pd.Series, mark: Mark) -> Callable[[Any], str]:
    """How a value of a column is written."""
    name, lang = str(values.name), mark.lang
    if mistakes.yes_or_no(values):
        return lambda yes: word("yes" if yes else "no", lang)
    if name in _YEARS:
        return lambda year: str(int(year))
    if pd.api.types.is_datetime64_any_dtype(values):
        return lambda day: f"{day:%Y-%m-%d}"
    if not _is_number(values):
        return str
    unit = column_units.unit_of(values, name, mark.rows)
    if unit is not SHARE and (values.dropna() % 1 == 0).all():
        return lambda count: number(float(count), lang, 0)
    return lambda value: unit.plain(float(value))[lang]


def _hidden(name: str, rows: pd.DataFrame, mark: Mark) -> list[bool]:
    """Whether what is missing there is hidden, rather than not there."""
    if mark.rows == "units" and name in _COUNTED:
        return [True] * len(rows)
    if mark.rows == "units" and (name == "ikm" or name in codes.UNSUR) and "forms" in rows:
        return list(rows["forms"].ne(0))
    if mark.rows == "activities" and name == "attended_share" and "invited" in rows:
        return list(rows["invited"].notna())
    return [False] * len(rows)


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not mistakes.yes_or_no(values)


def _ranks(values: pd.Series) -> list[int]:
    """The order of values, without the values; those that are not shown come last."""
    return [int(rank) for rank in values.rank(method="dense", na_option="bottom")]


def _around(lang: Lang) -> dict[str, Any]:
    """What stands around a table, as DataTables calls it; its arrows say the same everywhere."""
    none = say("explore.search.none", lang)
    return {
        "search": say("explore.search.search", lang),
        "lengthMenu": say("explore.search.length", lang),
        "info": say("explore.search.info", lang),
        "infoEmpty": none,
        "infoFiltered": say("explore.search.filtered", lang),
        "zeroRecords": none,
        "emptyTable": none,
        "thousands": number(1000, lang, 0)[1],
        "aria": {
            "orderable": say("explore.search.sort", lang),
            "orderableReverse": say("explore.search.reverse", lang),
            "orderableRemove": say("explore.search.unsort", lang),
            "paginate": {p: say(f"explore.search.{p}", lang) for p in _PAGES},
        },
    }


_PAGES: Final = ("first", "previous", "next", "last")
