"""Floor 5: estimates, checks and descriptions come in, claims and sentences go out, in both languages.

Comes in: ``Effects``, ``Change``, ``Participation``. Goes out: ``Finding`` objects and every narrative sentence of
every report. What does not belong here: pictures, files, or any new number.
"""

from helpers.findings.annual import (
    SECTIONS,
    Claim,
    Year,
    claims,
    conclusion,
    effect_answer,
    lead,
    lead_effect,
    next_steps,
    participation,
    productivity_effect,
    productivity_trends,
    quality,
    satisfaction_effect,
    satisfaction_trends,
    waiting,
    work_out,
)
from helpers.findings.described import contents_sentence, quality_sentence, reading_notes, weights_sentence
from helpers.findings.effects import (
    amount,
    amount_span,
    detectable_sentence,
    effect_sentences,
    findings,
    naive_sentence,
    pre_trend_sentence,
    sentence,
)
from helpers.findings.words import LANGS, say, word

__all__ = [
    "LANGS", "SECTIONS", "Claim", "Year", "amount", "amount_span", "claims", "conclusion", "contents_sentence",
    "detectable_sentence", "effect_answer", "effect_sentences", "findings", "lead", "lead_effect", "naive_sentence",
    "next_steps", "participation", "pre_trend_sentence", "productivity_effect", "productivity_trends", "quality",
    "quality_sentence", "reading_notes", "satisfaction_effect", "satisfaction_trends", "say", "sentence", "waiting",
    "weights_sentence", "word", "work_out",
]  # fmt: skip
