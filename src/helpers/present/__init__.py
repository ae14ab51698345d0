"""Floor 5: findings, effects and indicators come in, pictures and tables go out, in one visual language.

Comes in: what the rooms below found. Goes out: ``Picture`` and ``Shown`` objects that a notebook displays. What
does not belong here: any computing of figures, and any sentence that is not in the catalogue.
"""

from helpers.present.pictures import (
    contents,
    event_study,
    exclusion_counts,
    ikm_by_unit,
    naive_comparison,
    outcomes,
    shares,
    standings,
    trend,
)
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
    sentence,
    sentences,
    steps,
    table,
)

__all__ = [
    "Picture", "Shown", "checks", "claims", "contents", "effects", "event_study", "exclusion_counts", "exclusions", "ikm_by_unit",
    "indicators", "naive_comparison", "notice", "outcomes", "predikat", "sentence", "sentences", "shares", "standings",
    "steps", "table", "trend",
]  # fmt: skip
