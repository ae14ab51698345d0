"""Floor 4: panels come in, graded effects go out: design, estimate, checks, grade.

Comes in: a ``Panel`` and the ``Plan``. Goes out: ``Effects`` with estimates, checks and grades. What does not
belong here: describing indicators, sentences, or pictures.
"""

from helpers.causal.effects import Effect, Effects, productivity, satisfaction
from helpers.causal.estimate import GroupTime, average, group_time_att, joint_pre_trend
from helpers.causal.evidence import grade
from helpers.causal.naive import difference_in_means, fixed_effects

__all__ = ["Effect", "Effects", "GroupTime", "average", "difference_in_means", "fixed_effects", "grade", "group_time_att", "joint_pre_trend", "productivity",
           "satisfaction"]  # fmt: skip
