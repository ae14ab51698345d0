"""What is in these data?"""

from __future__ import annotations

from helpers import describe
from helpers.contracts import Answer, Study, remembered
from helpers.findings import quality


@remembered
def contents(study: Study) -> Answer:
    """How many employees, units and forms the data hold, and in which years.

    Returns
    -------
    An answer with the frame ``contents`` (rows of each table and year) and no finding.
    """
    return Answer(
        "contents",
        study.year,
        quality.contents(study),
        frames={"contents": describe.rows_by_year(study)},
    )
