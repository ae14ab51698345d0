"""Floor 5: estimates, checks and descriptions come in, claims and sentences go out, in both languages.

Comes in: ``Effects``, ``Change``, ``Participation``. Goes out: ``Finding`` objects and every narrative sentence of
every report. What does not belong here: pictures, files, or any new number.
"""

from helpers.findings.annual import (
    SECTIONS,
    Claim,
    Year,
    claims,
    effect_answer,
    next_steps,
    participation,
    productivity_trends,
    satisfaction_trends,
    work_out,
)
from helpers.findings.described import gap_sentence, quality_sentence, reason_sentence
from helpers.findings.effects import amount, amount_span, detectable_sentence, findings, naive_sentence, pre_trend_sentence, sentence
from helpers.findings.words import LANGS, say, word

__all__ = [
    "LANGS", "SECTIONS", "Claim", "Year", "amount", "amount_span", "claims", "detectable_sentence", "effect_answer", "findings",
    "gap_sentence", "naive_sentence", "next_steps", "participation", "pre_trend_sentence", "productivity_trends",
    "quality_sentence", "reason_sentence", "satisfaction_trends", "say", "sentence", "word", "work_out",
]  # fmt: skip
