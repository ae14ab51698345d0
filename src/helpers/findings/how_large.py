"""An effect in the few words of the first screen: what is named as its cause, on whom it is seen,
and how large it is beside the smallest that matters.
"""

from __future__ import annotations

import math
from typing import Final

from helpers.contracts import Finding, Text, codes
from helpers.contracts.units import number
from helpers.findings.words import told

# In smallest effects of interest: where a size word ends (page.md, rule 5).
_SIZES: Final = ((1.0, "negligible"), (2.0, "small"), (4.0, "clear"), (math.inf, "large"))

# What is measured of units, by the survey.
OF_UNITS: Final = frozenset({"ikm", "staff_unsur", *codes.UNSUR})


def said_as(finding: Finding, smallest: float) -> str:
    """The name of the sentence that an effect has on the first screen.

    Parameters
    ----------
    finding : of an effect that is known.
    smallest : the smallest effect of interest in the same unit.
    """
    found = finding.interval
    within = not found.sign and max(abs(found.low), abs(found.high)) < smallest
    if finding.claim == "inconclusive" and within:
        return "none_within"
    return f"{finding.grade}_{finding.claim}"


def named(question: str, outcome: str) -> dict[str, Text]:
    """What sentences of the first screen name: ``cause``, where the evidence lets them name one,
    and ``those`` and ``who``, on whom it is seen. Of a draw that is being drawn, not training,
    since some of the drawn do not come; of a drawn order a unit's turn.

    Parameters
    ----------
    question : ``"productivity"``, ``"satisfaction"`` or ``"draw"``.
    outcome : its code in the plan; of a draw it says whether people or units were drawn.
    """
    by_lot = question == "draw"
    kind = "order" if by_lot and outcome in OF_UNITS else question
    those = told(f"those.{kind}")
    who = those if by_lot else told(f"who.{kind}")
    return {"cause": told(f"cause.{kind}"), "those": those, "who": who}


def size_told(low: float, high: float, smallest: float) -> Text:
    """How large an effect is at least, in smallest effects of interest, with the number: by the end
    of its range that is nearer to zero; that it may be too small to matter where the range reaches
    further.

    Parameters
    ----------
    low, high : of the effect's range.
    smallest : the smallest effect of interest in the same unit; empty unless above zero.
    """
    if not smallest > 0:
        return Text()
    sure = min(abs(low), abs(high)) if low * high > 0 else 0.0
    word = next(name for end, name in _SIZES if sure / smallest < end)
    if word == "negligible" and max(abs(low), abs(high)) >= smallest:
        word = "unsure"
    # The number that the word rests on: the nearer end, or the further where even that is small.
    times = (max(abs(low), abs(high)) if word == "negligible" else sure) / smallest
    return told(f"size.{word}", times=Text.made(lambda lang: number(times, lang, 1)))
