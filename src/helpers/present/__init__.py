"""Floor 7: answers come in, blocks go out: sentences, pictures and tables in one visual language.

Comes in: an ``Answer`` and the reader's language. Goes out: a ``Block`` that a notebook displays
and a page is written from. What does not belong here: any computing of figures, and any sentence
that is not in the catalogue.
"""

from helpers.present.beside_last_report import (
    beside_last_report,
    last_report,
    with_last_point,
)
from helpers.present.blocks import MIME, Block, Blocks, MainPoint, Picture, Sentence, Table, read
from helpers.present.comparisons import (
    balance,
    event_study,
    groups,
    outcomes,
    simple_comparisons,
    specifications,
)
from helpers.present.detectable_pictures import detectable, detectable_table
from helpers.present.evenness_pictures import attending, concentration, parity
from helpers.present.first_screen import main_points
from helpers.present.invitation_pictures import examples, seats, seats_table, to_change
from helpers.present.pictures import ikm_by_unit, shares, trend, trend_of
from helpers.present.pictures_of_data import contents, exclusion_counts
from helpers.present.pictures_of_groups import contrasts, gains_by_start, themes
from helpers.present.shown_sentences import (
    headline,
    methods,
    notice,
    other_findings,
    sentence,
    sentences,
    statements,
    steps,
)
from helpers.present.shown_tables import checks, effects, exclusions, indicators, predikat

__all__ = [
    "MIME",
    "Block",
    "Blocks",
    "MainPoint",
    "Picture",
    "Sentence",
    "Table",
    "attending",
    "balance",
    "beside_last_report",
    "concentration",
    "checks",
    "contents",
    "contrasts",
    "detectable",
    "detectable_table",
    "effects",
    "event_study",
    "examples",
    "groups",
    "exclusion_counts",
    "exclusions",
    "gains_by_start",
    "headline",
    "ikm_by_unit",
    "indicators",
    "last_report",
    "main_points",
    "methods",
    "notice",
    "other_findings",
    "outcomes",
    "parity",
    "predikat",
    "read",
    "seats",
    "seats_table",
    "sentence",
    "sentences",
    "shares",
    "simple_comparisons",
    "specifications",
    "statements",
    "steps",
    "themes",
    "to_change",
    "trend",
    "trend_of",
    "with_last_point",
]
