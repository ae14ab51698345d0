"""What may be promised of next year's draw of seats: what it will be able to tell, and whether that
promise held when it was tried.
"""

from __future__ import annotations

from dataclasses import replace

from statsmodels.stats.proportion import proportion_confint

from helpers.causal.promised import POWER, Promise
from helpers.contracts import Text, count
from helpers.contracts.units import SHARE
from helpers.findings.words import told

# A promise of four times in five that is kept less often than this has not been kept.
_KEPT = POWER - 0.05
# Shares that are known no better than that.
_WHOLE = replace(SHARE, decimals=0)


def recommendation(main: Promise, seats: int, year: int) -> Text:
    """How many seats to draw, and what next year's report will then be able to tell.

    Parameters
    ----------
    main : of the main outcome.
    seats : as many as this year.
    year : of the seats.
    """
    about = {"outcome": told(f"outcome.{main.outcome}"), "smallest": _change(main, main.smallest)}
    text = told(
        "draw_plan.will_see",
        seats=count(seats),
        people=count(main.people),
        year=year,
        effect=_change(main, main.of_coming(seats)),
        **about,
    )
    needed = main.seats_for(main.smallest)
    if needed is None:
        text += told("draw_plan.never_enough", **about)
    else:
        key = "draw_plan.enough" if needed <= seats else "draw_plan.more_needed"
        text += told(key, needed=count(needed), **about)
    if needed is not None and needed <= seats:
        return text
    # Who stays away costs more than seats that are not there.
    if_all_came = replace(main, attendance=1.0).seats_for(main.smallest)
    if if_all_came is None or if_all_came == needed:
        return text
    return text + told("draw_plan.if_all_came", needed=count(if_all_came))


def advice(main: Promise, seats: int, year: int, *, again: bool) -> Text:
    """What to do next, in one sentence.

    Parameters
    ----------
    main : of the main outcome.
    seats : as many as this year.
    year : of the seats.
    again : whether seats have been drawn before.
    """
    key = "next.design_again" if again else "next.design_seats"
    effect, if_all_came = (p.of_coming(seats) for p in (main, replace(main, attendance=1.0)))
    if if_all_came <= main.smallest < effect:
        key = "next.design_come"
    return told(
        key,
        seats=count(seats),
        people=count(main.people),
        year=year,
        effect=_change(main, effect),
        if_all_came=_change(main, if_all_came),
    )


def rests_on(main: Promise, attendance: float | None) -> Text:
    """What the promise takes from the last two years.

    Parameters
    ----------
    main : of the main outcome.
    attendance : share of the invited who came; None where it is not known.
    """
    text = told(
        "draw_plan.rests_on",
        outcome=told(f"outcome.{main.outcome}"),
        explained=_WHOLE.level(main.explained),
        measured=_WHOLE.level(main.measured),
    )
    if attendance is None:
        return text + told("draw_plan.attendance_unknown")
    return text + told("draw_plan.attendance", attendance=_WHOLE.level(main.attendance))


def kept(main: Promise, effect: float, found: int, times: int, level: float) -> Text:
    """How often the promised effect was found where it was put into the last two years.

    Parameters
    ----------
    main : of the main outcome.
    effect : the effect put in, on those who come.
    found, times : in how many of how many draws it was found.
    level : of the interval.
    """
    low, high = proportion_confint(found, times, alpha=1 - level, method="wilson")
    text = told(
        "draw_plan.tried",
        times=count(times),
        effect=_change(main, effect),
        outcome=told(f"outcome.{main.outcome}"),
        found=count(found),
        span=_WHOLE.level_span(low, high),
    )
    return text + told("draw_plan.kept" if high >= _KEPT else "draw_plan.not_kept")


def divided(strata: int, empty: int) -> Text:
    """Into how many strata the draw would be divided.

    Parameters
    ----------
    strata : with people on this year's roll.
    empty : those where nobody would get a seat, or everybody.
    """
    text = told("draw_plan.strata" if strata > 1 else "draw_plan.one_stratum", strata=count(strata))
    return text + told("draw_plan.empty_strata", empty=count(empty)) if empty else text


def _change(of: Promise, value: float) -> Text:
    return of.unit.change(value)
