"""How complete and correct are the data?"""

from __future__ import annotations

from helpers import describe, measures
from helpers.contracts import Answer, Study, remembered
from helpers.findings import methods, quality


@remembered
def data_quality(study: Study) -> Answer:
    """What was repaired, left out or dropped, how many rows could be linked, and how forms and
    ratings were read.

    Returns
    -------
    An answer with the indicators of linkage, the study's exclusions and sentences on how forms and
    ratings were read; ``next.data`` says what would make the data whole, ``alike`` in what people
    can be compared.
    """
    return Answer(
        "data_quality",
        study.year,
        quality.linked(study),
        indicators=describe.linkage(study),
        exclusions=study.exclusions,
        sentences={
            **quality.reading_notes(study),
            "next.data": quality.incomplete(study),
            "alike": methods.alike(measures.traits.recorded(study)),
        },
    )
