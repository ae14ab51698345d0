"""Floor 4: asks of panels come in, graded effects go out: design, fit, checks, grade.

Comes in: ``Ask`` objects, each with its panel. Goes out: an ``Effect`` for each outcome, with
estimates, checks and grade. What does not belong here: describing indicators, sentences, or
pictures.
"""

from helpers.causal.ask import Ask
from helpers.causal.averages import Average
from helpers.causal.effects import Effect, effects
from helpers.causal.evidence import grade
from helpers.causal.exploring import explored
from helpers.causal.later_years import drifted
from helpers.causal.multivalued import between
from helpers.causal.naive import difference_in_means, fixed_effects
from helpers.causal.one_cohort import OneCohort, rests_on

__all__ = [
    "Ask",
    "Average",
    "Effect",
    "OneCohort",
    "between",
    "difference_in_means",
    "drifted",
    "effects",
    "explored",
    "fixed_effects",
    "grade",
    "rests_on",
]
