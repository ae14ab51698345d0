"""Floor 4: a study comes in, described indicators go out: levels, changes, who takes part,
with intervals.

Comes in: a ``Study``. Goes out: rows of indicators.csv, changes between years, participation. What
does not belong here: any statement about what training does; this room does not know ``causal``.
"""

from helpers.describe.as_advised import Followed, as_advised
from helpers.describe.attendance import Participation, ratings, who_takes_part
from helpers.describe.attending import who_attends
from helpers.describe.costs import Cost, cost_of_training
from helpers.describe.evenness import hours_concentration, invitation_parity
from helpers.describe.examples import examples, outcome_unit
from helpers.describe.gains import Gains, gains
from helpers.describe.indicators import (
    OF_PEOPLE,
    headline,
    linkage,
    participation,
    productivity,
    rows_by_year,
    satisfaction,
)
from helpers.describe.people import told_invitations
from helpers.describe.seats import invite_first, seats_as_this_year, seats_by_group, share_who_came
from helpers.describe.self_reports import SelfReports, self_reports
from helpers.describe.trends import Change, change_in_ikm, change_in_measure, comparable_years

__all__ = [
    "OF_PEOPLE",
    "Change",
    "Cost",
    "Followed",
    "Gains",
    "Participation",
    "SelfReports",
    "as_advised",
    "change_in_ikm",
    "change_in_measure",
    "comparable_years",
    "cost_of_training",
    "examples",
    "gains",
    "headline",
    "hours_concentration",
    "invitation_parity",
    "invite_first",
    "linkage",
    "outcome_unit",
    "participation",
    "productivity",
    "ratings",
    "rows_by_year",
    "satisfaction",
    "seats_as_this_year",
    "seats_by_group",
    "self_reports",
    "share_who_came",
    "told_invitations",
    "who_attends",
    "who_takes_part",
]
