"""Floor 4: prepared tables come in, described indicators go out: levels, changes, who takes part, with intervals.

Comes in: ``Tables`` and the ``Plan``. Goes out: rows of indicators.csv, changes between years, participation.
What does not belong here: any statement about what training does; this room does not know ``causal``.
"""

from helpers.describe.attendance import Participation, who_takes_part
from helpers.describe.indicators import linkage, participation, productivity, satisfaction
from helpers.describe.trends import Change, change_in_ikm, change_in_measure

__all__ = ["Change", "Participation", "change_in_ikm", "change_in_measure", "linkage", "participation", "productivity",
           "satisfaction", "who_takes_part"]  # fmt: skip
