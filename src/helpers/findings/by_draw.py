"""What may be said of seats drawn by lot, or of units whose order was, and of how far the answer
without a draw was from it.
"""

from __future__ import annotations

import math

from scipy import stats

from helpers.causal import evidence
from helpers.causal.draw_checks import STRONG, DrawEffect, asked_of
from helpers.contracts import Estimate, Finding, Interval, Text, count
from helpers.contracts.units import SHARE
from helpers.findings import draw_records
from helpers.findings.described import described
from helpers.findings.words import listed, told


def effect(found: DrawEffect) -> Finding:
    """The finding of a draw's effect on one outcome.

    Parameters
    ----------
    found : the graded effect.
    """
    p = found.primary
    record, untried = (
        draw_records.record(found.fitted.drawing, p.n_treated, found.grade)
        if p.interval.known
        else (None, "")
    )
    return Finding(
        id=f"draw.{p.outcome}.effect",
        question="draw",
        outcome=p.outcome,
        claim=found.claim,
        grade=found.grade,
        interval=p.interval,
        unit_label=p.about.unit_label,
        text=_sentence(found),
        reasons=found.told_checks,
        record=record,
        untried=untried,
    )


def _of(found: DrawEffect, key: str, **values: object) -> Text:
    """A sentence of seats drawn among people, or the one of its name of a drawn order of units."""
    if found.fitted.drawing.lottery.turns is not None:
        key = key.replace("draw.", "order.", 1)
    return told(key, **values)


def _sentence(found: DrawEffect) -> Text:
    p, drawing = found.primary, found.fitted.drawing
    about = {"outcome": told(f"outcome.{p.outcome}"), "year": drawing.lottery.year}
    if not p.interval.known:
        obstacle = found.fitted.compared.obstacle or "constant_outcome"
        fewest = max(drawing.small_cell, drawing.fewest)
        problem = _of(found, f"draw.{obstacle}", small=fewest)
        return _of(found, "draw.impossible", problem=problem, **about)
    shown = p.interval.mirrored if found.grade != "none" and p.interval.value < 0 else p.interval
    detectable = next(c.figure for c in found.checks if c.name == "detectable_effect")
    names = evidence.lacking(found.checks, asked_of(STRONG, found.checks))
    key = f"draw.{found.grade}_{found.claim}"
    if found.claim == "inconclusive" and p.interval.sign:
        # Its own interval rules zero out; with the other outcomes it does not.
        key = "draw.none_among_several"
    text = _of(
        found,
        key,
        value=p.unit.change(shown.value),
        span=p.unit.change_span(shown.low, shown.high),
        smallest=p.unit.change(found.fitted.smallest_effect),
        detectable=p.unit.change(detectable),
        lacking=listed([told(f"check.{n}") for n in names], "; "),
        **about,
    )
    if found.grade in ("strong", "moderate"):
        text += _of_coming(found)
    return text


def _of_coming(found: DrawEffect) -> Text:
    """What coming did, where the lot is a cause."""
    complier = found.complier
    if complier is None:
        return _of(found, "draw.came_unknown")
    one = complier.interval
    shown, key = (one, "more") if one.value >= 0 else (one.mirrored, "less")
    return _of(
        found,
        f"draw.came_{key}",
        outcome=told(f"outcome.{complier.outcome}"),
        value=complier.unit.change(shown.value),
        span=complier.unit.change_span(shown.low, shown.high),
    )


def compared(found: DrawEffect, *, unlike_its_seed: bool = False) -> Text:
    """Who was compared with whom; empty where the effect is not known.

    Parameters
    ----------
    found : the main outcome's effect.
    unlike_its_seed : whether the table states a seed with which it has nothing in common.
    """
    p = found.primary
    if not p.interval.known:
        return Text()
    drawing, people = found.fitted.drawing, found.fitted.compared.people
    year = drawing.lottery.year
    sizes = {"treated": count(p.n_treated), "controls": count(p.n_control)}
    text = _of(found, "draw.compared", year=year, **sizes)
    if drawing.lottery.turns is None and people["entity"].nunique() < p.n_treated + p.n_control:
        # Beside the seats, how many were measured would tell how few were not.
        text += told("draw.few_unmeasured", small=drawing.small_cell)
    by_seed = next((c for c in found.checks if c.name == "drawn_by_seed"), None)
    if by_seed is None:
        text += told("draw.not_repeated")
        if unlike_its_seed:
            text += _of(found, "draw.drawn_again")
    elif not by_seed.passed:
        text += told("draw.not_by_its_seed")
    return text


def attended(found: DrawEffect) -> Text:
    """How much more of the drawn came; empty where there is nobody to compare.

    Parameters
    ----------
    found : the main outcome's effect.
    """
    drawing = found.fitted.drawing
    if found.fitted.compared.obstacle in ("nobody_left_out", "unmeasured"):
        return Text()
    lots = drawing.lottery.frame
    came = int(lots.loc[lots["drawn"] == 1, "came"].sum())
    if drawing.lottery.turns is None and came < drawing.small_cell:
        return told("draw.few_came", small=drawing.small_cell) if came else told("draw.none_came")
    check = next((c for c in found.told_checks if c.name == "followed_lot"), None)
    if check is None or not math.isfinite(check.figure):
        return _of(found, "draw.attended_hidden")
    return _of(found, "draw.attended", points=SHARE.change(check.figure))


def distance(found: DrawEffect, observed: Estimate | None) -> Finding:
    """How far the answer without a draw is from the draw's, as a finding that describes.

    Parameters
    ----------
    found : the main outcome's effect.
    observed : the primary estimate of the same outcome without the draw. Errors are taken to be
        independent, though both look at some of the same people.
    """
    p, complier = found.primary, found.complier
    key = f"draw.{p.outcome}.distance"
    sound = found.grade in ("strong", "moderate")
    if not sound or observed is None or not observed.interval.known or complier is None:
        return described(key, "draw", p.outcome, told("draw.distance_none"))
    value = observed.interval.value - complier.interval.value
    error = math.hypot(observed.interval.std_error, complier.interval.std_error)
    half = float(stats.norm.ppf(0.975)) * error
    apart = Interval(value, value - half, value + half, error, complier.interval.n)
    verdict = told(
        "draw.far" if apart.sign else "draw.near",
        apart=p.unit.of_gaps.change(apart.value),
        span=p.unit.of_gaps.change_span(apart.low, apart.high),
    )
    text = told(
        "draw.distance",
        outcome=told(f"outcome.{p.outcome}"),
        observed=observed.unit.change(observed.interval.value),
        observed_span=observed.unit.change_span(observed.interval.low, observed.interval.high),
        drawn=complier.unit.change(complier.interval.value),
        drawn_span=complier.unit.change_span(complier.interval.low, complier.interval.high),
        verdict=verdict,
    )
    return described(key, "draw", p.outcome, text, apart, p.about.unit_label)
