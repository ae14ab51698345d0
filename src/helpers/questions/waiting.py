"""A question whose tables are not there."""

from __future__ import annotations

from helpers.contracts import Answer, Study
from helpers.findings import quality


def waiting(study: Study, question: str, *needs: str) -> Answer:
    """The answer of a question that waits for tables: which, and what it would have answered.

    Parameters
    ----------
    study : says which of the tables are absent; only those are named.
    question : the name of the answer that waits.
    needs : every table that the question cannot do without.
    """
    absent = tuple(n for n in needs if n in study.absent)
    return Answer(question, study.year, quality.waits_for(question, absent), waits=absent)
