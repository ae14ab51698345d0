"""Floor 6: a study comes in, the answer to one question goes out; one file a question.

Comes in: a ``Study``. Goes out: an ``Answer`` with everything that its page says and draws. What
does not belong here: pictures, pages, and any estimator or sentence of its own.
"""

from helpers.questions.annual_report import annual_report
from helpers.questions.contents import contents
from helpers.questions.data_quality import data_quality
from helpers.questions.draw_effect import draw_effect
from helpers.questions.learning import learning
from helpers.questions.methods_and_dose import methods_and_dose
from helpers.questions.next_year_design import next_year_design
from helpers.questions.order_effect import order_effect
from helpers.questions.participation import participation
from helpers.questions.productivity_effect import productivity_effect
from helpers.questions.productivity_trends import productivity_trends
from helpers.questions.recommendations import recommendations
from helpers.questions.satisfaction_effect import satisfaction_effect
from helpers.questions.satisfaction_trends import satisfaction_trends

__all__ = [
    "annual_report",
    "contents",
    "data_quality",
    "draw_effect",
    "learning",
    "methods_and_dose",
    "next_year_design",
    "order_effect",
    "participation",
    "productivity_effect",
    "productivity_trends",
    "recommendations",
    "satisfaction_effect",
    "satisfaction_trends",
]
