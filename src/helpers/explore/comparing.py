"""Groups side by side and over the years, with intervals; what was seen, never what brought it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pandas as pd

from helpers import measures
from helpers.contracts import Text, Unit, codes
from helpers.explore import (
    asked_wrongly,
    beside,
    column_units,
    drawn,
    few_clusters,
    in_words,
    mistakes,
    whose,
)
from helpers.explore.marked import PERSONAL, Mark, Rows, mark_of
from helpers.findings import say, word
from helpers.present import Block, Blocks, Sentence, captions

_EVERYBODY: Final = "all"
# The tables behind the rows of an explored frame, and what its numbers count.
_READ: Final[Mapping[Rows, tuple[tuple[str, ...], captions.Counted]]] = {
    "people": (("kinerja", *captions.TRAINING), "employees"),
    "units": (("unit", "skm", "kinerja", *captions.TRAINING), "units"),
    "activities": (captions.TRAINING, "activities"),
    "forms": (("skm", "unit"), "forms"),
}


@dataclass(frozen=True, eq=False, repr=False)
class Shown:
    """A comparison that shows itself: what it is, a picture and a table.

    Parameters
    ----------
    frame : one row a group (and year): ``value``, ``ci_low``, ``ci_high``, ``n``, all empty where
        the group is hidden.
    mark : of the frame that it was made of.
    """

    frame: pd.DataFrame
    mark: Mark
    _made: Blocks
    _whom: pd.DataFrame | None

    @cached_property
    def blocks(self) -> Blocks:
        """What readers are shown: a sentence where another comparison that lies beside the page is
        of nearly the same people.
        """
        if beside.few(self._whom, self.mark.small_cell):
            said = say("explore.beside", self.mark.lang, n=self.mark.small_cell)
            return Blocks((Sentence(said),))
        return self._made

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return self.blocks._repr_mimebundle_()

    def __repr__(self) -> str:
        return self.blocks.words()


def compare(
    frame: pd.DataFrame, outcome: str | None = None, by: str | None = None, year: int | None = None
) -> Shown:
    """The mean or the share of a column in each group of another, in one year.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> seen = explore.compare(explore.people(study, "en"), "output_per_day", by="tema")
    >>> bool((seen.frame["ci_low"] < seen.frame["value"]).all())
    True

    Parameters
    ----------
    frame : of `people`, `units`, `activities` or `forms`, filtered or not.
    outcome : a column of numbers, or of true and false.
    by : a column of words, or of true and false.
    year : the latest of the frame where None.

    Returns
    -------
    Groups with their intervals; small groups of people are hidden, as in the report.

    Raises
    ------
    EvaluasiError : a frame that was not made here, or no such column, group or year.
    """
    mark = mark_of(frame)
    outcome, by = asked_wrongly.outcome_of(frame, outcome), asked_wrongly.groups_of(frame, by)
    rows = mistakes.of_year(mistakes.known_rows(frame), year)
    mistakes.number_column(rows, outcome)
    whose.known(rows, mark, outcome)
    mistakes.group_column(rows, by)
    groups = _groups(rows, mark, by)
    unit = column_units.unit_of(rows[outcome], outcome, mark.rows)
    found = column_units.within(_grouped(rows, groups, mark, outcome), unit, outcome, mark.rows)
    at = int(rows["year"].iloc[0])
    title = say(
        "explore.title",
        mark.lang,
        outcome=_named(outcome, mark),
        by=_named(by, mark),
        year=at,
    )
    ordered = found.sort_values("value", ascending=False, kind="stable", ignore_index=True)
    if by in (*mistakes.CALENDAR, "kelompok_umur", "pendidikan") or mistakes.yes_or_no(rows[by]):
        # The youngest first, who alone have no lower bound.
        youngest = found["group"].astype(str).str.startswith("<")
        ordered = pd.concat([found[youngest], found[~youngest]], ignore_index=True)
    picture = drawn.dots(ordered, title, unit, _source(found, [at], mark), mark.lang)
    whom = _whom(rows, outcome, groups, found, mark)
    said = f"{title}. {in_words.caption(rows, groups, outcome, by, found, mark)}"
    return _shown(ordered, said, unit, picture, mark, whom, _no_groups(found, by, mark))


def over_time(frame: pd.DataFrame, outcome: str | None = None, by: str | None = None) -> Shown:
    """The mean or the share of a column in every year, of everybody or of each group.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> seen = explore.over_time(explore.people(study, "en"), "on_time_share", by="trained")
    >>> sorted(set(seen.frame["group"]))
    ['trained: no', 'trained: yes']

    Parameters
    ----------
    frame : of `people`, `units`, `activities` or `forms`, filtered or not.
    outcome : a column of numbers, or of true and false.
    by : a column of words, or of true and false, of at most four groups; everybody where None.

    Returns
    -------
    As of `compare`, one row a group and year.

    Raises
    ------
    EvaluasiError : a frame that was not made here, or no such column; more groups than can be told
        apart.
    """
    mark = mark_of(frame)
    outcome = asked_wrongly.outcome_of(frame, outcome)
    rows = mistakes.known_rows(frame)
    mistakes.number_column(rows, outcome)
    whose.known(rows, mark, outcome)
    if by is not None:
        mistakes.group_column(rows, by, most=mistakes.MOST_LINES)
    groups = _groups(rows, mark, by)
    unit = column_units.unit_of(rows[outcome], outcome, mark.rows)
    found = column_units.within(_grouped(rows, groups, mark, outcome), unit, outcome, mark.rows)
    what = _named(outcome, mark)
    title = (
        say("explore.title_years", mark.lang, outcome=what)
        if by is None
        else say("explore.title_years_by", mark.lang, outcome=what, by=_named(by, mark))
    )
    broken = outcome == "skp" and measures.performance.crosses_break(rows["year"])
    caption = _source(found, found["year"] if len(found) else rows["year"], mark)
    picture = drawn.lines(found, title, unit, caption, mark.lang, broken=broken)
    whom = _whom(rows, outcome, groups, found, mark)
    said = f"{title}. {in_words.caption(rows, groups, outcome, by, found, mark)}"
    notes = (say("trend.scale_break", mark.lang, year=codes.SKP_BREAK_YEAR),) if broken else ()
    return _shown(found, said, unit, picture, mark, whom, (*notes, *_no_groups(found, by, mark)))


def _named(column: str, mark: Mark) -> str:
    return column_units.named(column, mark.lang, mark.rows)


def _no_groups(found: pd.DataFrame, by: str | None, mark: Mark) -> tuple[str, ...]:
    """That a column makes no groups, where it is empty in every row."""
    if len(found) or by is None:
        return ()
    return (say("explore.no_groups", mark.lang, by=_named(by, mark)),)


def _groups(rows: pd.DataFrame, mark: Mark, by: str | None) -> pd.Series:
    """The group of each row, as it is shown."""
    if by is None:
        return pd.Series(say("explore.everybody", mark.lang), index=rows.index)
    if by in mistakes.CALENDAR:
        return rows[by].astype("Int64").astype("string").astype(object)
    if not mistakes.yes_or_no(rows[by]):
        return rows[by]
    what = _named(by, mark)
    said = {yes: f"{what}: {word(w, mark.lang)}" for yes, w in ((True, "yes"), (False, "no"))}
    return rows[by].map(said)


def _grouped(rows: pd.DataFrame, groups: pd.Series, mark: Mark, outcome: str) -> pd.DataFrame:
    """Each year's groups with their intervals, small ones hidden."""
    is_share = mistakes.yes_or_no(rows[outcome])
    measured = pd.DataFrame(
        {
            "year": rows["year"].to_numpy(),
            "group": groups.to_numpy(),
            "value": rows[outcome].astype(float).to_numpy(),
            "cluster": (rows["unit"] if "unit" in rows else rows.index.astype(str)).to_numpy(),
        }
    )
    everybody = measured.assign(group=_EVERYBODY)
    measured = measured.dropna(subset=["group"])
    found = _intervals(measured, ["year", "group"], mark, is_share)
    if mark.rows in PERSONAL:
        # Who is in no group counts, too: what everybody leaves must not tell of them.
        total = _intervals(everybody, ["year", "group"], mark, is_share)
        told = found if is_share else whose.few_behind(found, measured, mark.small_cell)
        found = _without_small(told, total, mark, is_share)
    return found


def _intervals(measured: pd.DataFrame, by: list[str], mark: Mark, is_share: bool) -> pd.DataFrame:
    # A unit's row stands for itself; people and forms come in units.
    cluster = "cluster" if mark.rows in PERSONAL else "alone"
    rows = measured.assign(alone=range(len(measured)))
    found = measures.intervals.grouped(
        rows, by, "value", cluster=cluster, is_share=is_share, level=mark.level
    )
    return few_clusters.without_intervals(found, rows, cluster)


def _without_small(
    found: pd.DataFrame, total: pd.DataFrame, mark: Mark, is_share: bool
) -> pd.DataFrame:
    both = pd.concat([total.assign(group_by="all"), found.assign(group_by="group")])
    both = both[both["n"] > 0].assign(indicator="explored", unit_label="")
    shares = {"explored"} if is_share else set()
    hidden = measures.suppress(both, mark.small_cell, shares=shares, sensitive=shares)
    shown = hidden[hidden["group_by"] == "group"]
    return shown[list(found.columns)].reset_index(drop=True)


def _whom(
    rows: pd.DataFrame, outcome: str, groups: pd.Series, found: pd.DataFrame, mark: Mark
) -> pd.DataFrame | None:
    if mark.rows not in whose.KNOWN_BY:
        return None
    return beside.whom(rows, outcome, groups, found, whose.KNOWN_BY[mark.rows])


def _source(found: pd.DataFrame, years: Iterable[int], mark: Mark) -> Text:
    tables, of = _READ[mark.rows]
    return captions.source(tables, years, found.dropna(subset=["value"])["n"], of)


def _shown(
    found: pd.DataFrame,
    caption: str,
    unit: Unit,
    picture: Block,
    mark: Mark,
    whom: pd.DataFrame | None,
    notes: Sequence[str] = (),
) -> Shown:
    lang = mark.lang
    parts: list[Any] = [Sentence(say("explore.mark", lang), "notice")]
    if mark.synthetic:
        parts.append(Sentence(say("report.synthetic", lang), "notice"))
    parts += picture.blocks if isinstance(picture, Blocks) else [picture]
    parts += [Sentence(note) for note in notes]
    if len(found) and found["value"].isna().all():
        parts.append(Sentence(say("explore.nothing", lang, n=mark.small_cell)))
    parts.append(in_words.table(found, caption, unit, lang))
    return Shown(found, mark, Blocks(tuple(parts)), whom)
