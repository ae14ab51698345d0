"""Seats drawn by lot: truth, independent libraries, the draw dealt again, what cannot be told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from linearmodels.iv import IV2SLS
from scipy import stats

from helpers.causal.by_lot import fit_draw
from helpers.causal.replayed import apart, replay
from tests.causal.lots import asked, lottery


def test_both_effects_are_those_of_independent_libraries():
    held = lottery()
    frame = held.frame.assign(before=held.frame["before"].where(held.frame.index % 9 != 0))
    found = fit_draw(asked(replace(held, frame=frame)))
    known = frame.assign(
        missing=frame["before"].isna().astype(float),
        before=frame["before"].fillna(frame["before"].mean()),
    )
    ols = smf.ols("after ~ drawn + before + missing + C(stratum)", known).fit(cov_type="HC1")
    assert found.drawn.interval.value == pytest.approx(ols.params["drawn"], rel=1e-9)
    assert found.drawn.interval.std_error == pytest.approx(ols.bse["drawn"], rel=1e-9)
    iv = IV2SLS.from_formula(
        "after ~ 1 + before + missing + C(stratum) + [came ~ drawn]", known
    ).fit(cov_type="robust", debiased=True)
    assert found.complier.interval.value == pytest.approx(iv.params["came"], rel=1e-9)
    assert found.complier.interval.std_error == pytest.approx(iv.std_errors["came"], rel=1e-6)
    assert (found.drawn.n_treated, found.drawn.n_control) == (
        frame["drawn"].sum(),
        (1 - frame["drawn"]).sum(),
    )


def test_intervals_hold_and_chance_claims_no_more_than_it_may():
    """Of 150 draws by which coming gains half a unit, and as many by which nobody gains."""
    held = {"drawn": 0, "complier": 0}
    wrong = 0
    for seed in range(150):
        found = fit_draw(asked(lottery(seed, 120), draws=199))
        for name, truth in (("drawn", 0.5 * 0.7), ("complier", 0.5)):
            one = getattr(found, name).interval
            held[name] += one.low <= truth <= one.high
        empty = fit_draw(asked(lottery(seed, 120, gain=0.0), draws=199))
        wrong += empty.drawn.p_value < 0.05
        # An interval leaves out zero where the p-value says so, and nowhere else.
        assert bool(empty.drawn.interval.sign) is bool(empty.drawn.p_value < 0.05)
    low, high = stats.binom.interval(0.998, 150, 0.95)
    assert all(low <= n <= high for n in held.values()), held
    assert 150 - high <= wrong <= 150 - low


def test_the_draw_dealt_again_keeps_seats_of_strata_and_the_bound():
    held = lottery(3, bound=0.1)
    dealt = replay(held, 300, seed=1)
    assert dealt.shape == (len(held.frame), 300)
    seats = held.frame.groupby("stratum")["drawn"].sum()
    again = pd.DataFrame(dealt).groupby(held.frame["stratum"].to_numpy()).sum()
    assert (seats.to_numpy() == again.T).all(axis=None)
    trait = held.traits.to_numpy()
    trait = (trait - trait.mean()) / trait.std()
    assert apart(trait, dealt).max() <= 0.1
    assert len({d.tobytes() for d in dealt.T}) > 290
    # No bound was kept by this very draw: none is asked of those dealt again.
    free = replay(
        replace(held, bound=apart(trait, held.frame[["drawn"]].to_numpy()).min() / 2), 300, 1
    )
    assert apart(trait, free).max() > 0.15


def test_a_bound_that_hardly_any_draw_keeps_is_passed_over():
    held = lottery(3, n=60, bound=0.2)
    rng = np.random.default_rng(0)
    noise = pd.DataFrame(rng.normal(size=(60, 12)))
    drawn = held.frame["drawn"].to_numpy(float)
    # Traits of which this draw alone is well balanced.
    noise -= np.outer(
        drawn - drawn.mean(),
        (noise.T @ (drawn - drawn.mean())) / ((drawn - drawn.mean()) ** 2).sum(),
    )
    assert replay(replace(held, traits=noise, bound=0.05), 250, seed=1).shape == (60, 250)


def test_a_constant_changes_nothing_and_a_scale_everything_alike():
    held = lottery()
    frame = held.frame
    moved = replace(
        held, frame=frame.assign(before=3 + 40 * frame["before"], after=3 + 40 * frame["after"])
    )
    one, other = fit_draw(asked(held)), fit_draw(asked(moved))
    for name in ("drawn", "complier"):
        a, b = getattr(one, name).interval, getattr(other, name).interval
        assert [40 * x for x in (a.value, a.low, a.high, a.std_error)] == pytest.approx(
            [b.value, b.low, b.high, b.std_error]
        )
    assert one.drawn.p_value == other.drawn.p_value


def test_coming_cannot_be_told_where_few_followed_the_lot():
    held = lottery(1, comes=0.03)
    found = fit_draw(asked(held))
    assert found.drawn.interval.known and not found.complier.interval.known


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"drawn": 1}, "nobody_left_out"),
        ({"after": np.nan}, "unmeasured"),
        ({"after": 6.0}, "constant_outcome"),
        ({"stratum": lambda f: f.index.astype(str)}, "nobody_left_out"),
    ],
)
def test_what_cannot_be_compared_says_why(change, obstacle):
    held = lottery()
    found = fit_draw(asked(replace(held, frame=held.frame.assign(**change))))
    assert found.compared.obstacle == obstacle
    for e in (found.drawn, found.complier):
        assert not e.interval.known and (e.n_treated, e.n_control) == (0, 0)


def test_a_stratum_of_one_is_left_out_and_nothing_else_changes():
    held = lottery()
    extra = held.frame.iloc[[0]].assign(stratum="alone", after=500.0)
    both = replace(
        held,
        frame=pd.concat([held.frame, extra], ignore_index=True),
        traits=pd.concat([held.traits, held.traits.iloc[[0]]], ignore_index=True),
    )
    assert fit_draw(asked(both)).drawn.interval.value == pytest.approx(
        fit_draw(asked(held)).drawn.interval.value
    )


def test_numbers_of_few_are_not_told():
    held = lottery()
    one = held.frame[held.frame["drawn"] == 1].index
    none_before = held.frame["before"].where(~held.frame.index.isin(one[6:]))
    few = fit_draw(asked(replace(held, frame=held.frame.assign(before=none_before))))
    assert few.drawn.interval.known and np.isnan(few.drawn.baseline_mean)
    # Few who were not measured are told with the others, many are not.
    for lost, gone in ((4, 0), (15, 15)):
        after = held.frame["after"].where(~held.frame.index.isin(one[:lost]))
        found = fit_draw(asked(replace(held, frame=held.frame.assign(after=after)))).drawn
        assert found.n_treated == len(one) - gone
        assert found.interval.n == len(held.frame) - gone
    small = held.frame[held.frame.index.isin(one[:4]) | (held.frame["drawn"] == 0)].index
    cut = replace(
        held,
        frame=held.frame.loc[small].reset_index(drop=True),
        traits=held.traits.loc[small].reset_index(drop=True),
    )
    too_few = fit_draw(asked(cut))
    assert too_few.compared.obstacle == "too_few"
    e = too_few.drawn
    assert (e.interval.n, e.n_clusters, e.n_treated, e.n_control) == (0, 0, 0, 0)
