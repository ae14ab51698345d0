"""Floor 4: a study comes in, described indicators go out: levels, changes, who takes part,
with intervals.

Comes in: a ``Study``. Goes out: rows of indicators.csv, changes between years, participation. What
does not belong here: any statement about what training does; this room does not know ``causal``.
"""

from helpers.describe.attendance import Participation, ratings, who_takes_part
from helpers.describe.gains import Gains, gains
from helpers.describe.indicators import (
    headline,
    linkage,
    participation,
    productivity,
    rows_by_year,
    satisfaction,
)
from helpers.describe.self_reports import SelfReports, self_reports
from helpers.describe.trends import Change, change_in_ikm, change_in_measure, comparable_years

__all__ = [
    "Change",
    "Gains",
    "Participation",
    "SelfReports",
    "change_in_ikm",
    "change_in_measure",
    "comparable_years",
    "gains",
    "headline",
    "linkage",
    "participation",
    "productivity",
    "ratings",
    "rows_by_year",
    "satisfaction",
    "self_reports",
    "who_takes_part",
]
