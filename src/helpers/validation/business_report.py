"""What the report of another library would say of the same panel, and whether its words name
training as a cause.

``BusinessReport`` of ``diff-diff`` on that library's own doubly robust group-time effects, with its
pre-trend test and its bounds.
"""

from __future__ import annotations

import re
import warnings
from typing import Final

from helpers.causal.design import design
from helpers.contracts.panel import Panel
from helpers.validation.library import NotEstimable, group_time_att

TREATMENT: Final = "the training"
# With the treatment as their subject, or before "by the training", these say that it made the
# outcome move.
CAUSAL_VERBS: Final = (
    "boosted", "caused", "cut", "decreased", "drove", "improved", "increased", "led to", "lifted",
    "lowered", "produced", "raised", "reduced", "resulted in", "worsened",
)  # fmt: skip
CAUSAL_WORDS: Final = ("because of", "thanks to", "due to", "attributable to", "driven by")
_VERB: Final = "|".join(CAUSAL_VERBS)
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
# Between the treatment and its verb nothing may stand but "has" and an adverb: neither "did not"
# nor "may have" nor another subject.
_CLAIM: Final = re.compile(
    rf"\b{TREATMENT}\s+(?:ha[sd]\s+)?(?:\w+ly\s+)?(?:{_VERB})\b"
    rf"|(?<!\bnot )\b(?:(?:{_VERB})\s+by|{'|'.join(CAUSAL_WORDS)})\s+{TREATMENT}\b",
    re.IGNORECASE,
)


def names_cause(text: str) -> bool:
    """Whether a sentence of a text says that the training made something rise or fall.

    Parameters
    ----------
    text : a report in English in which the treatment is called "the training".
    """
    return any(_CLAIM.search(sentence) for sentence in _SENTENCE_ENDS.split(text))


def business_report(panel: Panel, outcome: str) -> str:
    """The text of the other library's report; empty where it finds nothing to estimate.

    Parameters
    ----------
    panel : people, given their covariates, or service units, as our primary compares them.
    outcome : column that is compared.
    """
    from diff_diff import BusinessReport, DiagnosticReport

    plot = design(panel, outcome)
    covariates = () if panel.of_units else panel.covariates
    try:
        fit = group_time_att(plot.frame, outcome, covariates=covariates)
    except NotEstimable:
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Its power of the pre-trend test takes half a second and changes one adverb.
        diagnostics = DiagnosticReport(fit.of_library, run_pretrends_power=False)
        report = BusinessReport(
            fit.of_library,
            diagnostics=diagnostics,
            treatment_label=TREATMENT,
            outcome_label=outcome,
            include_appendix=False,
        )
        return f"{report.headline()}\n{report.full_report()}"
