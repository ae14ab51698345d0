"""Floor 3: a study comes in, measures and panels go out.

Comes in: a ``Study``. Goes out: IKM, SKP, output per day, JP, and employee-year and
unit-year ``Panel``. What does not belong here: comparing groups, estimating effects, or words.
"""

from helpers.measures import intervals, kinds, performance, satisfaction, training, traits
from helpers.measures.disclosure import HIDDEN, suppress, suppress_parts
from helpers.measures.multiplicity import false_discovery, holm
from helpers.measures.panels import (
    employee_year,
    employee_year_cumulative,
    entities,
    groups_of_people,
    unit_cohorts,
    unit_year,
    unit_year_of_like_respondents,
    unit_year_treated_from,
)

__all__ = [
    "HIDDEN",
    "employee_year",
    "employee_year_cumulative",
    "entities",
    "false_discovery",
    "groups_of_people",
    "holm",
    "intervals",
    "kinds",
    "performance",
    "satisfaction",
    "suppress",
    "suppress_parts",
    "training",
    "traits",
    "unit_cohorts",
    "unit_year",
    "unit_year_of_like_respondents",
    "unit_year_treated_from",
]
