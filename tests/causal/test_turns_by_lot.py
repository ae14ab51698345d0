"""A drawn order of units: truth, an independent library, turns dealt again, what cannot be told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats

from helpers.causal.by_lot import Drawing, fit_draw
from helpers.causal.draw_checks import draw_effects
from helpers.causal.replayed import replay
from helpers.contracts import SmallestEffect
from helpers.contracts.lottery import Lottery
from tests.causal.lots import order


def asked(held: Lottery, draws: int = 199, seed: int = 7) -> Drawing:
    return Drawing(held, 2025, SmallestEffect(3.0), draws, seed, small_cell=1, fewest=5)


def test_the_effect_is_that_of_an_independent_library_with_errors_of_units():
    held = order(2)
    found = fit_draw(asked(held)).drawn
    ols = smf.ols("after ~ drawn + before + C(stratum)", held.frame).fit()
    assert found.interval.value == pytest.approx(ols.params["drawn"], rel=1e-9)
    by_unit = {"groups": held.frame["entity"], "use_correction": False}
    error = ols.get_robustcov_results("cluster", **by_unit).bse[ols.params.index.get_loc("drawn")]
    rows = len(held.frame)
    # The same correction for the number of controls as of draws of people.
    assert found.interval.std_error == pytest.approx(error * np.sqrt(rows / ols.df_resid), rel=1e-9)
    assert (found.n_treated, found.n_control, found.n_clusters) == (16, 16, 24)
    assert found.interval.n == rows == 48


@pytest.mark.parametrize(("units", "years", "comes"), [(24, 2, 1.0), (12, 3, 0.8)])
def test_intervals_hold_and_chance_claims_no_more_than_it_may(units, years, comes):
    held = {"turn": 0, "training": 0}
    wrong = told = 0
    for seed in range(120):
        lot = order(seed, units, years, gain=3.0, comes=comes)
        found = fit_draw(asked(lot, seed=seed))
        reached = lot.frame.loc[lot.frame["drawn"] == 1, "came"].mean()
        held["turn"] += found.drawn.interval.low <= 3.0 * reached <= found.drawn.interval.high
        if found.complier.interval.known:
            told += 1
            held["training"] += found.complier.interval.low <= 3.0 <= found.complier.interval.high
        nothing = fit_draw(asked(order(seed, units, years, gain=0.0), seed=seed))
        wrong += nothing.drawn.p_value < 0.05
        assert bool(nothing.drawn.interval.sign) is bool(nothing.drawn.p_value < 0.05)
    for name, of in (("turn", 120), ("training", told)):
        assert held[name] >= stats.binom.ppf(0.001, of, 0.95), (name, held[name], of)
    assert wrong <= stats.binom.ppf(0.999, 120, 0.05)


def test_turns_dealt_again_keep_how_many_of_a_stratum_have_theirs_in_a_year():
    held = order(3, units=24, years=3)
    dealt = pd.DataFrame(replay(held, 300, seed=1))
    rows, years = held.frame, held.frame["year"].to_numpy()
    own = rows.groupby("stratum")["drawn"].sum()
    again = dealt.groupby(rows["stratum"].to_numpy()).sum()
    assert (own.to_numpy() == again.T).all(axis=None)
    assert len({tuple(d) for d in dealt.T.to_numpy()}) > 290
    # Once a unit's turn has come it stays so.
    of_unit = dealt.groupby(rows["entity"].to_numpy())
    assert (of_unit.diff().dropna() >= 0).all(axis=None)
    assert sorted(set(years)) == [2024, 2025, 2026]


def test_years_in_which_nobody_is_still_to_come_tell_nothing():
    held = order(4, years=2)
    over = held.frame.assign(
        drawn=held.frame["drawn"].where(held.frame["year"] < 2025, 1),
    )
    found = fit_draw(asked(replace(held, frame=over)))
    first = held.frame[held.frame["year"] == 2024]
    alone = smf.ols("after ~ drawn + before + C(stratum)", first).fit()
    assert found.drawn.interval.value == pytest.approx(alone.params["drawn"], rel=1e-9)
    everybody = held.frame.assign(drawn=1)
    assert fit_draw(asked(replace(held, frame=everybody))).compared.obstacle == "nobody_left_out"


def test_few_years_of_units_are_not_compared():
    held = order(5, units=6, years=1)
    assert fit_draw(asked(held)).compared.obstacle == "too_few"


def test_a_turn_that_nobody_keeps_is_no_cause():
    held = order(2)
    never = replace(held, frame=held.frame.assign(came=0))
    (found,) = draw_effects([asked(never)])
    assert found.claim == "increase" and found.grade == "weak"
    assert found.complier is None
    (kept,) = draw_effects([asked(held)])
    assert kept.grade == "strong"
    assert kept.complier is not None


def _lost(held: Lottery, *lost: tuple[int, int, float]) -> Lottery:
    """The order, where of a year and arm (1: turn come) the first of so many are not measured."""
    frame = held.frame.copy()
    for year, arm, share in lost:
        there = frame.index[(frame["year"] == year) & (frame["drawn"] == arm)]
        frame.loc[there[: round(share * len(there))], "after"] = np.nan
    return replace(held, frame=frame)


@pytest.mark.parametrize(
    ("lost", "apart"),
    [
        # Equal in each year, though not over the years.
        (((2025, 0, 0.5), (2025, 1, 0.5)), 0.0),
        # Of one arm in a year, though over the years the arms lose as much.
        (((2024, 0, 0.3), (2024, 1, 0.3), (2025, 1, 0.3)), 15.0),
    ],
)
def test_losses_are_compared_within_years(lost, apart: float):
    held = _lost(order(1, units=60, years=2), *lost)
    checks = {c.name: c for c in draw_effects([asked(held)])[0].checks}
    assert checks["drawn_losses"].figure == pytest.approx(apart, abs=1.0)
    assert checks["drawn_losses"].passed is (apart == 0.0)


def test_years_with_nobody_left_to_come_lose_nothing():
    held = order(1, units=60, years=2)
    over = held.frame[held.frame["year"] == 2025].assign(
        year=2026, drawn=1, after=np.nan, stratum=lambda f: f["stratum"] + "+1"
    )
    longer = replace(
        held,
        frame=pd.concat([held.frame, over], ignore_index=True),
        traits=pd.concat([held.traits, held.traits.loc[over.index]], ignore_index=True),
    )
    checks = {c.name: c for c in draw_effects([asked(longer)])[0].checks}
    assert checks["drawn_losses"].figure == 0.0 and checks["drawn_losses"].passed


def test_whoever_left_is_trimmed_in_the_year_in_which_they_left():
    def bound(*lost: tuple[int, int, float]) -> float:
        held = _lost(order(1, units=60, years=2, gain=2.0), *lost)
        checks = draw_effects([asked(held)])[0].checks
        return next(c.figure for c in checks if c.name == "whoever_left")

    whole, alike = bound(), bound((2024, 0, 0.3), (2024, 1, 0.3))
    assert alike == pytest.approx(whole, abs=0.6)
    # Over the years both arms lose as much; in the second only those whose turn has come do.
    assert bound((2024, 0, 0.3), (2024, 1, 0.3), (2025, 1, 0.6)) < alike - 0.4


def test_agencies_that_differ_for_good_are_no_spillover():
    """Of 60 orders without an effect, in which what agencies share lasts over the years."""
    failed = 0
    for seed in range(60):
        held = order(seed, units=48, years=3, gain=0.0)
        agency = held.frame["entity"] % 12
        lasting = np.random.default_rng(seed).normal(0, 3, 12)[agency]
        frame = held.frame.assign(cluster=agency, after=held.frame["after"] + lasting)
        (found,) = draw_effects([asked(replace(held, frame=frame), draws=99)])
        failed += next(c.passed is False for c in found.checks if c.name == "drawn_colleagues")
    assert failed <= stats.binom.ppf(0.999, 60, 0.05)
