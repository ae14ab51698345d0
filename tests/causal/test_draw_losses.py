"""What is left of a draw's effect whoever left: Lee's bound, and the grade that hangs on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.causal.by_lot import fit_draw
from helpers.causal.draw_checks import draw_effects
from helpers.causal.draw_losses import whoever_left
from helpers.contracts.lottery import Lottery
from tests.causal.lots import asked, lottery


def without_the_worst_drawn(held: Lottery, share: float) -> Lottery:
    """The draw, where the drawn whose outcome fell most were not measured."""
    frame = held.frame.copy()
    fell = (frame["after"] - frame["before"])[frame["drawn"] == 1].sort_values().index
    frame.loc[fell[: round(share * len(fell))], "after"] = np.nan
    return replace(held, frame=frame)


def figure(held: Lottery) -> float:
    (check,) = whoever_left(fit_draw(asked(held)))
    assert check.passed is (check.figure != 0)
    return check.figure


def test_an_effect_made_of_who_left_is_no_cause():
    """Within the Clearinghouse's wide bound, in a draw that brought nothing."""
    held = without_the_worst_drawn(lottery(4, n=1500, gain=0.0), 0.09)
    (found,) = draw_effects([asked(held)])
    passed = {c.name: c.passed for c in found.checks}
    assert found.primary.interval.sign == 1 and passed["drawn_losses_wide"]
    assert passed["whoever_left"] is False
    assert found.grade == "weak"


def test_without_losses_it_is_the_effects_own_end():
    held = lottery(1, n=600)
    fitted = fit_draw(asked(held))
    bound = fitted.drawn.interval.value - 1.959964 * fitted.drawn.interval.std_error
    assert figure(held) == pytest.approx(bound, rel=1e-6)


@pytest.mark.parametrize("lost", [0, 1], ids=["others lost", "drawn lost"])
def test_the_arm_that_lost_fewer_loses_those_who_make_the_effect(lost: int):
    """Without strata and a year before, it is a difference of two means."""
    held = lottery(7, n=400, gain=2.0)
    frame = held.frame.assign(stratum="a", before=1.0)
    gone = frame.index[frame["drawn"] == lost][:20]
    frame.loc[gone, "after"] = np.nan
    known = frame.dropna(subset=["after"])
    arms = {d: np.sort(known.loc[known["drawn"] == d, "after"].to_numpy()) for d in (0, 1)}
    share = 20 / (frame["drawn"] == lost).sum()
    more = 1 - lost
    drop = round(len(arms[more]) * share)
    # The drawn lose their best, the others their worst.
    arms[more] = arms[more][: len(arms[more]) - drop] if more else arms[more][drop:]
    y = np.concatenate([arms[0], arms[1]])
    d = np.repeat([0.0, 1.0], [len(arms[0]), len(arms[1])])
    rest = y - np.where(d == 1, arms[1].mean(), arms[0].mean())
    parts = [(rest[d == a] ** 2).sum() / (d == a).sum() ** 2 for a in (0, 1)]
    error = np.sqrt(sum(parts) * len(y) / (len(y) - 2))
    wanted = arms[1].mean() - arms[0].mean() - 1.959964 * error
    assert figure(replace(held, frame=frame)) == pytest.approx(wanted, rel=1e-6)


def test_a_fall_is_the_mirror_of_a_rise():
    held = without_the_worst_drawn(lottery(2, n=600, gain=1.5), 0.03)
    mirrored = held.frame.assign(after=-held.frame["after"], before=-held.frame["before"])
    assert figure(held) > 0
    assert figure(replace(held, frame=mirrored)) == pytest.approx(-figure(held), rel=1e-9)


def test_nothing_is_told_where_zero_is_not_ruled_out():
    held = lottery(3, gain=0.0)
    frame = held.frame.assign(after=pd.Series(np.random.default_rng(1).normal(size=240)))
    fitted = fit_draw(asked(replace(held, frame=frame)))
    assert not fitted.drawn.interval.sign
    assert whoever_left(fitted) == ()
