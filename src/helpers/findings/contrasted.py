"""Effects of themes, and contrasts of kinds and hours that explore, as findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from helpers.causal import Effect
from helpers.contracts import Estimate, Finding, Study, Text
from helpers.contracts.units import SHARE
from helpers.findings import graded
from helpers.findings.described import described
from helpers.findings.words import label, told

# What estimates.csv has in `group` of contrasts, and how their `treatment` names both sides.
BY_KIND: Final = "metode"
BY_HOURS: Final = "jp"
NONE: Final = "untrained"
_BETWEEN: Final = " - "
_ALPHA: Final = 0.05


def treatment(one: str, other: str) -> str:
    """A contrast's name in estimates.csv.

    Parameters
    ----------
    one, other : a kind or a band of hours, and what it is compared with (`NONE` for nobody
        trained).

    >>> treatment("seminar", NONE)
    'seminar - untrained'
    """
    return f"{one}{_BETWEEN}{other}"


def sides(contrast: Estimate) -> tuple[str, str]:
    """Both sides of a contrast's name."""
    one, _, other = contrast.about.treatment.rpartition(_BETWEEN)
    return one, other


def pair_id(theme: str, outcome: str) -> str:
    """The id of the finding of one theme and outcome.

    Parameters
    ----------
    theme : as the plan writes it.
    outcome : its code in the plan.

    >>> pair_id("manajemen waktu", "waktu")
    'methods_dose.manajemen_waktu.waktu.effect'
    """
    slug = re.sub(r"\W+", "_", theme.strip().lower()).strip("_") or "theme"
    return f"methods_dose.{slug}.{outcome}.effect"


def pair(study: Study, theme: str, found: Effect) -> Finding:
    """The finding of one theme's effect on one outcome.

    Parameters
    ----------
    study : its plan's hours and share say who counts as trained.
    theme : as the plan writes it.
    found : the graded effect.
    """
    plan = study.plan.treatment
    who = (
        told(
            "who.theme_units",
            share=SHARE.level(plan.satisfaction.min_share),
            theme=label(theme),
        )
        if found.fits.primary.ask.panel.of_units
        else told("who.theme_people", theme=label(theme))
    )
    return graded.effect(found, study.plan, pair_id(theme, found.primary.outcome), who)


def kinds(study: Study, shown: Sequence[Estimate], left_out: int) -> Finding:
    """Kinds of activity beside none and beside each other.

    Parameters
    ----------
    study : its main outcome and smallest cell are quoted.
    shown : contrasts of kinds that may be shown.
    left_out : how many describe too few people, or could not be told.
    """
    return _explored(study, shown, left_out, BY_KIND)


def hours(study: Study, shown: Sequence[Estimate], left_out: int) -> Finding:
    """Bands of hours beside none, and most hours beside fewest, with what that takes for granted.

    Parameters
    ----------
    study : its main outcome and smallest cell are quoted.
    shown : contrasts of bands that may be shown.
    left_out : how many describe too few people, or could not be told.
    """
    return _explored(study, shown, left_out, BY_HOURS)


def _explored(study: Study, shown: Sequence[Estimate], left_out: int, by: str) -> Finding:
    outcome = study.plan.outcomes.productivity.primary
    small = study.plan.privacy.small_cell
    alone = [e for e in shown if sides(e)[1] == NONE]
    between = [e for e in shown if sides(e)[1] != NONE]
    missing = told("contrast.left_out", n=left_out, small=small) if left_out else Text()
    if not alone:
        text = told(f"contrast.{by}_unknown", outcome=told(f"outcome.{outcome}")) + missing
    else:
        each = _listed([told("contrast.item", name=side(e, by), **_figures(e)) for e in alone])
        text = told(f"contrast.{by}", outcome=told(f"outcome.{outcome}"), each=each)
        text += _apart(between, by) + told(f"contrast.{by}_caveat") + missing
    return described(
        f"methods_dose.{outcome}.{'kinds' if by == BY_KIND else 'hours'}",
        "methods_dose",
        outcome,
        text,
    )


def _apart(between: Sequence[Estimate], by: str) -> Text:
    """Which of the contrasts among the trained cannot be chance, after adjusting for their
    number.
    """
    if not between:
        return told("contrast.none_between")
    clear = [e for e in between if e.p_adjusted < _ALPHA]
    if not clear:
        return told(
            f"contrast.{by}_alike",
            each=_listed([told("contrast.between", **_named(e, by)) for e in between]),
        )
    return told(
        "contrast.apart",
        each=_listed([told("contrast.between", **_named(e, by)) for e in clear]),
        n=len(clear),
        all=len(between),
    )


def side(contrast: Estimate, by: str, which: int = 0) -> Text:
    """One side of a contrast in words.

    Parameters
    ----------
    contrast : of kinds or hours.
    by : `BY_KIND` or `BY_HOURS`.
    which : 0 for the trained, 1 for what they are compared with.
    """
    name = sides(contrast)[which]
    if by == BY_HOURS and name != NONE:
        return told("contrast.band", band=name)
    return label(name)


def both_sides(contrast: Estimate, by: str) -> Text:
    """A contrast in words: what is compared with what.

    Parameters
    ----------
    contrast : of kinds or hours.
    by : `BY_KIND` or `BY_HOURS`.
    """
    one, other = (side(contrast, by, which) for which in (0, 1))
    return Text.made(lambda lang: f"{one[lang]} – {other[lang]}")


def _figures(e: Estimate) -> dict[str, Text]:
    return {
        "value": e.unit.change(e.interval.value),
        "span": e.unit.change_span(e.interval.low, e.interval.high),
    }


def _named(e: Estimate, by: str) -> dict[str, Text]:
    return {"name": side(e, by), "other": side(e, by, 1), **_figures(e)}


def _listed(items: Sequence[Text]) -> Text:
    return Text.made(lambda lang: "; ".join(item[lang] for item in items))
