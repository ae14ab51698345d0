"""Floor 5: findings, effects and indicators come in, pictures and tables go out, in one visual language.

Comes in: what the rooms below found. Goes out: ``Picture`` and ``Shown`` objects that a notebook displays. What
does not belong here: any computing of figures, and any sentence that is not in the catalogue.
"""

from helpers.present.pictures import event_study, exclusion_counts, ikm_by_unit, naive_comparison, outcomes, shares, trend
from helpers.present.style import Picture
from helpers.present.tables import (
    Shown,
    checks,
    claims,
    effects,
    exclusions,
    indicators,
    notice,
    predikat,
    rows_by_year,
    sentence,
    sentences,
    steps,
    table,
)

__all__ = [
    "Picture", "Shown", "checks", "claims", "effects", "event_study", "exclusion_counts", "exclusions", "ikm_by_unit",
    "indicators", "naive_comparison", "notice", "outcomes", "predikat", "rows_by_year", "sentence", "sentences", "shares",
    "steps", "table", "trend",
]  # fmt: skip
