"""What every answer of a draw must be able to show."""

from __future__ import annotations

from helpers import present
from helpers.contracts import LANGS, Answer


def said(answer: Answer) -> None:
    """Words in both languages, and blocks that can be shown."""
    for lang in LANGS:
        for text in (answer.lead, *(f.text for f in answer.findings)):
            assert len(text[lang]) > 20
            assert "nan" not in text[lang].split() and "{" not in text[lang]
        for block in (present.effects, present.checks, present.balance, present.other_findings):
            block(answer, lang)
