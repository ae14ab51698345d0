"""Whether last year's advice was followed, in a sentence without a cause."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.contracts import Finding, Interval, Study, Text, count
from helpers.contracts.units import SHARE
from helpers.describe import Followed
from helpers.findings.described import described
from helpers.findings.words import told

# An id that stays from year to year.
AS_ADVISED: Final = "participation.as_advised.difference"
_WAY: Final = {1: "more", -1: "less", 0: "same"}


def followed(study: Study, found: Followed) -> Finding:
    """Whether those who were to be invited first were, beside everybody else; or why that cannot be
    told.

    Parameters
    ----------
    study : its year, the one before and its smallest cell are quoted.
    found : of `describe.as_advised`.
    """
    years = {"before": study.year - 1, "year": study.year}
    if found.obstacle or not found.difference.known:
        why = told(f"followed.{found.obstacle or 'few'}", n=study.plan.privacy.small_cell, **years)
        text = told("followed.unknown", why=why, **years)
        return described(AS_ADVISED, "participation", "as_advised", text)
    rows = {str(row["group"]): row for _, row in found.rows.iterrows()}
    each = {
        f"{slot}_{name}": said
        for slot, group in (("first", "advised_first"), ("others", "advised_later"))
        for name, said in _figures(rows[group]).items()
    }
    text = told("followed.shares", **each, **years) + told(
        f"followed.{_WAY[found.difference.sign]}",
        value=SHARE.change(_told(found).value),
        span=SHARE.change_span(_told(found).low, _told(found).high),
    )
    return described(AS_ADVISED, "participation", "as_advised", text, found.difference, SHARE.label)


def _figures(row: pd.Series) -> dict[str, Text]:
    return {
        "share": SHARE.level(float(row["value"])),
        "span": SHARE.level_span(float(row["ci_low"]), float(row["ci_high"])),
        "n": count(float(row["n"])),
    }


def _told(found: Followed) -> Interval:
    """The difference on the side that the sentence speaks of."""
    return found.difference.mirrored if found.difference.sign < 0 else found.difference
