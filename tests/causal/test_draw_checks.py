"""A draw's checks fail where they must, and its grade follows its own line of the rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.formula.api as smf

from helpers.causal.draw_checks import balance, draw_effects, graded
from helpers.causal.draw_losses import OPTIMISTIC
from helpers.contracts.lottery import Lottery
from tests.causal.lots import asked, lottery, order


def effect(held: Lottery):
    return draw_effects([asked(held)])[0]


def check(found, name: str):
    return next(c for c in found.checks if c.name == name)


def with_lost(held: Lottery, of_drawn: float, of_others: float) -> Lottery:
    """The draw, where shares of both arms were not measured afterwards."""
    frame = held.frame.copy()
    for drawn, share in ((1, of_drawn), (0, of_others)):
        who = frame.index[frame["drawn"] == drawn]
        frame.loc[who[: round(share * len(who))], "after"] = np.nan
    return replace(held, frame=frame)


def test_a_draw_that_works_is_strong_evidence():
    found = effect(lottery())
    assert (found.claim, found.grade) == ("increase", "strong")
    assert [e.role for e in found.estimates] == ["primary", "sensitivity"]
    assert check(found, "followed_lot").figure == pytest.approx(0.7, abs=0.1)
    fallen = effect(lottery(gain=-0.5))
    assert (fallen.claim, fallen.grade) == ("decrease", "strong")


def test_unequal_losses_take_the_grade_down_by_the_bounds_of_the_clearinghouse():
    held = lottery(n=900)
    for of_drawn, grade in ((0.04, "strong"), (0.08, "weak"), (0.16, "weak")):
        found = effect(with_lost(held, of_drawn, 0.0))
        lost = (
            100
            * with_lost(held, of_drawn, 0.0)
            .frame["after"]
            .isna()
            .groupby(held.frame["drawn"])
            .mean()
        )
        assert check(found, "drawn_losses").figure == pytest.approx(abs(lost[1] - lost[0]))
        assert found.grade == grade
    # Many lost alike are no matter until the bounds end.
    assert effect(with_lost(held, 0.3, 0.3)).grade == "strong"
    for share in (0.6, 0.8):
        assert effect(with_lost(held, share, share)).grade == "weak"


def test_the_wider_bound_alone_is_enough_of_an_order_and_not_of_seats():
    of_seats, of_order = (effect(held) for held in (lottery(), order(gain=5.0)))
    assert (of_seats.grade, of_order.grade) == ("strong", "strong")
    for found, grade in ((of_seats, "weak"), (of_order, "moderate")):
        lost = tuple(replace(c, passed=c.name != "drawn_losses") for c in found.checks)
        assert graded(found.fitted, lost) == ("increase", grade)
        neither = tuple(replace(c, passed=not c.name.startswith("drawn_losses")) for c in lost)
        assert graded(found.fitted, neither) == ("increase", "weak")


def test_bounds_are_as_long_as_the_table_and_never_narrower_than_the_cautious_one():
    from helpers.causal.checks.leaving import CAUTIOUS

    assert len(OPTIMISTIC) == len(CAUTIOUS) == 58
    assert all(o > c for o, c in zip(OPTIMISTIC, CAUTIOUS, strict=True))
    # As printed.
    printed = {0: 10.0, 8: 10.9, 12: 10.9, 13: 10.8, 20: 10.0, 30: 8.2, 40: 6.0, 50: 3.7, 57: 2.1}
    assert {at: OPTIMISTIC[at] for at in printed} == printed


def test_a_draw_that_was_none_is_seen_in_what_people_were_like_before():
    held = lottery()
    # The best of each stratum were given the seats.
    best = held.traits["trait"].groupby(held.frame["stratum"]).rank(pct=True, ascending=False)
    chosen = replace(held, frame=held.frame.assign(drawn=(best <= 1 / 3).astype(int)), bound=0.1)
    found = effect(chosen)
    assert check(found, "drawn_alike").passed is False
    assert found.grade in ("weak", "none")


def test_likeness_fails_no_more_often_than_chance_where_lots_were_drawn():
    failed = sum(
        check(effect(lottery(seed, 120, bound=0.3)), "drawn_alike").passed is False
        for seed in range(60)
    )
    assert failed <= 9


def test_no_gain_is_no_effect_only_where_it_could_have_been_seen():
    wide = effect(lottery(2, 90, gain=0.0))
    assert (wide.claim, wide.grade) == ("inconclusive", "none")
    assert check(wide, "detectable_effect").passed is False
    narrow = effect(lottery(2, 6000, gain=0.0))
    assert (narrow.claim, narrow.grade) == ("no_meaningful_effect", "none")
    lost = effect(with_lost(lottery(2, 6000, gain=0.0), 0.2, 0.0))
    assert lost.claim == "inconclusive"


def test_colleagues_of_the_drawn_who_move_are_seen():
    held = lottery(4, 3000)
    rng = np.random.default_rng(1)
    cluster = rng.integers(0, 60, 3000)
    share = held.frame["drawn"].groupby(cluster).transform("mean")
    frame = held.frame.assign(cluster=cluster)
    assert check(effect(replace(held, frame=frame)), "drawn_colleagues").passed
    helped = frame.assign(after=frame["after"] + 2 * share * (frame["drawn"] == 0))
    assert not check(effect(replace(held, frame=helped)), "drawn_colleagues").passed


def test_everybody_who_was_drawn_came():
    found = effect(lottery(comes=1.0))
    assert check(found, "followed_lot").passed
    itt, late = found.fitted.drawn.interval, found.fitted.complier.interval
    assert (late.value, late.low, late.high) == pytest.approx((itt.value, itt.low, itt.high))


def test_balance_is_within_strata_of_everybody_and_of_those_measured():
    held = with_lost(lottery(), 0.3, 0.0)
    found = balance(effect(held).fitted).set_index("covariate")
    people = held.frame.assign(trait=held.traits["trait"])
    for name, rows in (("before", people), ("after", people[people["after"].notna()])):
        fit = smf.ols("trait ~ drawn + C(stratum)", rows).fit()
        wanted = fit.params["drawn"] / held.traits["trait"].std(ddof=0)
        assert found.loc["trait", name] == pytest.approx(wanted)
    # Few who were lost are not told of, nor a trait of few.
    few = with_lost(lottery(), 0.05, 0.0)
    rare = few.traits.assign(rare=[1.0] * 4 + [0.0] * (len(few.traits) - 4))
    told = balance(effect(replace(few, traits=rare)).fitted).set_index("covariate")
    assert list(told.index) == ["trait"] and told["after"].isna().all()


def test_seats_in_other_shares_of_strata_are_no_difference():
    held = lottery(4, 900)
    rng = np.random.default_rng(2)
    share = held.frame["stratum"].map({"a": 0.1, "b": 0.6, "c": 0.3})
    frame = held.frame.assign(drawn=(rng.random(900) < share).astype(int))
    traits = held.traits.assign(post=(frame["stratum"] == "a").astype(float))
    found = effect(replace(held, frame=frame, traits=traits))
    assert check(found, "drawn_alike").passed
    assert balance(found.fitted).set_index("covariate").loc["post", "before"] == pytest.approx(0)


def test_nobody_came_is_no_effect_of_seats():
    nobody = lottery(n=900)
    frame = nobody.frame.assign(came=0)
    found = effect(replace(nobody, frame=frame))
    assert check(found, "followed_lot").passed is False
    assert (found.claim, found.grade) == ("increase", "weak")
    empty = lottery(2, 6000, gain=0.0)
    none = effect(replace(empty, frame=empty.frame.assign(came=0)))
    assert none.claim == "inconclusive"


def test_nothing_is_graded_of_a_draw_that_left_nobody_out():
    held = lottery()
    found = effect(replace(held, frame=held.frame.assign(drawn=1)))
    assert (found.claim, found.grade, found.checks) == ("inconclusive", "none", ())
    assert [e.role for e in found.estimates] == ["primary"]


def test_other_outcomes_are_tested_together_and_behind_the_main_one():
    held, empty = lottery(), lottery(2, gain=0.0)
    main, one, other = draw_effects([asked(held), asked(lottery(5)), asked(empty)])
    assert main.primary.p_adjusted == main.primary.p_value
    assert one.primary.p_adjusted == pytest.approx(
        max(2 * one.primary.p_value, main.primary.p_value)
    )
    assert other.grade == "none"
    behind = draw_effects([asked(empty), asked(held)])[1]
    assert behind.primary.interval.sign and behind.primary.p_adjusted > 0.05
    assert (behind.claim, behind.grade) == ("inconclusive", "none")


def test_figures_that_would_tell_of_few_are_not_told():
    held = lottery(n=300)
    came = held.frame["came"].copy()
    drawn = held.frame.index[held.frame["drawn"] == 1]
    came[drawn] = 1
    came[drawn[-4:]] = 0
    few = effect(
        replace(
            with_lost(held, 0.05, 0.0), frame=with_lost(held, 0.05, 0.0).frame.assign(came=came)
        )
    )
    assert few.complier is None and len(few.estimates) == 1
    told = {c.name: c for c in few.told_checks}
    for name in ("followed_lot", "drawn_losses", "drawn_losses_wide"):
        assert np.isnan([told[name].figure, told[name].threshold]).all()
        assert told[name].detail == ""
        assert told[name].passed == check(few, name).passed
    many = effect(with_lost(lottery(n=900), 0.05, 0.0))
    assert many.told_checks == many.checks and len(many.estimates) == 2
