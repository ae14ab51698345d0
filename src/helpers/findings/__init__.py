"""Floor 5: effects and descriptions come in, findings and sentences go out, in both languages.

Comes in: ``Effect``, ``Change``, ``Participation``, the ``Study`` for what was read. Goes out:
``Finding`` and ``Text`` objects: every narrative sentence of every report. What does not belong
here: pictures, files, or any new number.
"""

from helpers.findings import (
    brief,
    contrasted,
    described,
    evenly,
    graded,
    learnt,
    methods,
    quality,
    recommended,
    records,
    subgroups,
)
from helpers.findings.words import known, label, say, told, vocabulary, word

__all__ = [
    "brief",
    "contrasted",
    "described",
    "evenly",
    "graded",
    "known",
    "label",
    "learnt",
    "methods",
    "quality",
    "recommended",
    "records",
    "say",
    "subgroups",
    "told",
    "vocabulary",
    "word",
]
