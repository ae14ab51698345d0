"""What stands below a picture: which tables it is from, which years, and how many it is of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from helpers.contracts import Answer, Estimate, Text, count
from helpers.contracts.units import IKM_POINTS
from helpers.findings import told

Counted = Literal[
    "employees",
    "forms",
    "rows",
    "units",
    "invitations",
    "absences",
    "participants",
    "activities",
    "marked",
]
# The tables that an indicator is worked out from; those of training where it is none of these.
_TABLES: Final = {
    "ikm": ("skm",),
    "output_per_day": ("kinerja", "pegawai"),
    "on_time_share": ("kinerja", "pegawai"),
    "skp_mean": ("kinerja", "pegawai"),
}
TRAINING: Final = ("pegawai", "kegiatan", "peserta")


def tables_of(indicator: str) -> tuple[str, ...]:
    """The tables that an indicator is worked out from.

    Parameters
    ----------
    indicator : by its name in indicators.csv.
    """
    return _TABLES.get(indicator, TRAINING)


def source(tables: Sequence[str], years: Iterable[int], n: Iterable[float], of: Counted) -> Text:
    """The caption of a picture of groups or years.

    Parameters
    ----------
    tables : by their names among the inputs.
    years : that are drawn; the first and the last are told.
    n : how many each drawn point is of; the fewest and the most are told, unknown ones left out.
    of : what is counted.
    """
    known = sorted(float(one) for one in n if math.isfinite(one)) or [math.nan]
    drawn = sorted(years)
    return told(
        "caption.source",
        tables=Text.same(", ".join(tables)),
        years=_between(Text.same(drawn[0]), Text.same(drawn[-1])),
        n=_between(count(known[0]), count(known[-1])),
        of=told(f"caption.{of}"),
    )


def of_estimates(rows: Sequence[Estimate], year: int) -> Text:
    """The caption of a picture of estimates: people or units in both groups, of the largest.

    Parameters
    ----------
    rows : that are drawn, of one question; none where the answer has none to count.
    year : of the report.
    """
    surveyed = _surveyed(rows)
    drawn = any(e.about.question == "draw" for e in rows)
    measured, lots = ("skm", "undian_unit") if surveyed else ("kinerja", "undian")
    tables = Text.same(", ".join((measured, *TRAINING, *((lots,) if drawn else ()))))
    trained, compared = max(((e.n_treated, e.n_control) for e in rows), key=min, default=(0, 0))
    if not (trained and compared):
        return told("caption.few", tables=tables, year=year)
    several = len({(e.n_treated, e.n_control) for e in rows}) > 1
    of_lots = "caption.compared_order" if surveyed else "caption.compared_draw"
    plain = "caption.compared_most" if several else "caption.compared"
    return told(
        of_lots if drawn else plain,
        tables=tables,
        year=year,
        trained=count(trained),
        comparison=count(compared),
        of=of_whom(rows),
    )


def of_whom(rows: Sequence[Estimate]) -> Text:
    """What the two groups of an estimate count: units where a survey measured, else employees.

    Parameters
    ----------
    rows : of one question.
    """
    return told("caption.units" if _surveyed(rows) else "caption.employees")


def by_lot(answer: Answer) -> bool:
    """Whether an answer is about a draw.

    Parameters
    ----------
    answer : of a page.
    """
    return any(f.question == "draw" for f in answer.findings)


def arms(answer: Answer) -> tuple[str, str]:
    """The names of those on whom an effect is seen and of those beside them.

    Parameters
    ----------
    answer : with effects.
    """
    if not by_lot(answer):
        return "trained", "comparison"
    surveyed = any(f.unit_label == IKM_POINTS.label for f in answer.findings)
    return ("had_turn", "still_to_come") if surveyed else ("drawn", "not_drawn")


def _surveyed(rows: Sequence[Estimate]) -> bool:
    return any(e.about.unit_label == IKM_POINTS.label for e in rows)


def _between(low: Text, high: Text) -> Text:
    return low if low == high else Text.made(lambda lang: f"{low[lang]}–{high[lang]}")
