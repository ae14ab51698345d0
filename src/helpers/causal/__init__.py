"""Floor 4: panels come in, graded effects go out: design, estimate, checks, grade.

Comes in: a ``Panel`` and the ``Plan``. Goes out: ``Effects`` with estimates, checks and grades. What does not
belong here: describing indicators, sentences, or pictures.
"""

from helpers.causal.effects import Effect, Effects, productivity, satisfaction
from helpers.causal.estimate import average, group_time_att, joint_pre_trend
from helpers.causal.evidence import grade
from helpers.causal.naive import difference_in_means

__all__ = ["Effect", "Effects", "average", "difference_in_means", "grade", "group_time_att", "joint_pre_trend", "productivity",
           "satisfaction"]  # fmt: skip
