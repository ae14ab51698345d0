"""How many seats to draw by lot next year, and what that will be able to tell?"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from helpers import describe
from helpers.causal import promised
from helpers.causal.by_lot import Drawing
from helpers.causal.promised import Promise
from helpers.contracts import Answer, Study, Text, remembered
from helpers.describe import draw_of_seats
from helpers.describe.invitation_rules import entitled
from helpers.findings import draw_planned, told
from helpers.measures import lotteries
from helpers.questions.draw_effect import drawings
from helpers.questions.waiting import waiting

_TIMES: Final = 100
# Points of the curve, and the multiples of this year's seats that the table tells.
_POINTS: Final = 12
_MULTIPLES: Final = (0.5, 1.0, 1.5, 2.0)
_FEWEST_SEATS: Final = 20


@remembered
def next_year_design(study: Study) -> Answer:
    """What a draw of next year's seats among everybody on the roll would be able to tell.

    Parameters
    ----------
    study : its last two years say how much outcomes vary, and how many of the invited come.

    Returns
    -------
    An answer without findings, since nothing is found yet: the frame ``detectable`` (by number of
    seats and outcome), and sentences.

    Source: methods.md, check 9: the smallest effect that a design tells four times in five.
    """
    if study.pegawai.empty or study.kinerja.empty or not study.trained:
        return waiting(study, "next_year_design", "pegawai", "kinerja", "kegiatan", "peserta")
    people, seats = len(entitled(study)), describe.seats_as_this_year(study)
    asked = drawings(study, lotteries.rehearsal)
    if not asked or not people:
        return _cannot(study, "draw_plan.one_year")
    if seats >= people:
        return _cannot(study, "draw_plan.everybody")
    if min(seats, people - seats) < study.plan.privacy.small_cell:
        return _cannot(study, "draw_plan.few")
    attendance = describe.share_who_came(study)
    came = 1.0 if attendance is None else attendance
    made = [promised.promise(drawing, people, came) for drawing in asked]
    main, promises = made[0], tuple(p for p in made if p is not None)
    if main is None:
        return _cannot(study, "draw_plan.one_year")
    options = _options(seats, people)
    frame = promised.by_seats(promises, tuple(sorted({*options, *_curve(people)})))
    return Answer(
        "next_year_design",
        study.year,
        draw_planned.recommendation(main, seats, study.year + 1),
        frames={"detectable": frame.assign(told=frame["seats"].isin(options), people=people)},
        sentences={
            "rests_on": draw_planned.rests_on(main, attendance),
            "tried": _tried(asked[0], main, seats),
            "strata": _divided(study, seats),
            "next.design": draw_planned.advice(
                main, seats, study.year + 1, again=bool(lotteries.drawn_years(study))
            ),
            "how": told("draw_plan.how", seats=seats, year=study.year),
        },
    )


def _cannot(study: Study, why: str) -> Answer:
    return Answer("next_year_design", study.year, told(why))


def _options(seats: int, people: int) -> tuple[int, ...]:
    """This year's seats and their multiples, and seats for half of the people."""
    numbers = {round(seats * m) for m in _MULTIPLES} | {people // 2}
    return tuple(sorted({seats} | {n for n in numbers if 0 < n <= people // 2}))


def _curve(people: int) -> tuple[int, ...]:
    """Numbers of seats, closer where fewer: from few to half of the people."""
    first = min(_FEWEST_SEATS, people // 2)
    ratio = (people / 2 / first) ** (1 / (_POINTS - 1))
    return tuple(min(round(first * ratio**i), people // 2) for i in range(_POINTS))


def _tried(drawing: Drawing, main: Promise, seats: int) -> Text:
    """The promise, tried among those on the roll a year ago, with the same share of seats."""
    held = drawing.lottery
    of = len(held.frame)
    share = min(max(round(seats * of / main.people), 1), of - 1)
    keys = pd.Series(map(str, range(of)))
    once = draw_of_seats.draw(held.frame, keys, held.traits, share, drawing.seed, held.bound)
    frame = held.frame.assign(drawn=once.people["drawn"].astype(int).to_numpy())
    effect = replace(main, people=of).of_coming(share)
    tried = replace(drawing, lottery=replace(held, frame=frame))
    found, times = promised.tried(tried, effect, main.attendance, _TIMES)
    if not times:
        return Text()
    return draw_planned.kept(main, effect, found, times, drawing.level)


def _divided(study: Study, seats: int) -> Text:
    of = lotteries.strata(entitled(study), tuple(study.plan.draw.strata))
    seated = draw_of_seats.allotted(of, seats)
    sizes = of.value_counts().reindex(seated.index)
    return draw_planned.divided(len(sizes), int(((seated == 0) | (seated == sizes)).sum()))
