"""Kinds of treatment beside each other, among the treated: each one's mean change had all of
them got it.

Source: Cattaneo (2010), *Journal of Econometrics* 155(2), by ``statspai``; errors by leaving out
one cluster after the other, MacKinnon, Nielsen and Webb (2023), *Journal of Applied Econometrics*
38(5), or, where there are very many, one group of clusters after the other, Kott (2001), *Journal
of Official Statistics* 17(4).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from helpers.causal.ask import Ask
from helpers.causal.averages import Average
from helpers.causal.told_before import unless_few
from helpers.contracts import Estimate, Interval
from helpers.contracts.panel import NEVER

# A trait, or a year of training, with fewer people of an arm on one side tells nothing of the arm.
_FEWEST: Final = 5
_YEAR: Final = "treated_in_"
# More than so many clusters are left out by groups: a province's take no longer than a regency's.
_MOST_GROUPS: Final = 100


def between(asks: Mapping[tuple[str, str], Ask], arm: pd.Series) -> tuple[Estimate, ...]:
    """Arms of a treatment compared among the treated, doubly robustly: right where either who got
    which arm or how outcomes hang on traits is modelled rightly.

    A person's outcome is the mean of the years since treatment less the year before. Traits and the
    year of treatment are made alike, in all arms to those of all the treated, so that differences
    of arms are of the same people; a trait that hardly varies within some arm is not. People
    treated in a year in which some arm had nearly nobody are left out, and so is an arm that would
    cost more people than it has.

    Parameters
    ----------
    asks : what is asked of each pair of arms (one less other), all of one panel and outcome.
    arm : of each entity that may enter, by its number; entities without an arm are left out.

    Returns
    -------
    One estimate a pair, in the order of the asks; without those that cannot be told. ``n_treated``
    are the people of the one arm, ``n_control`` of the other.
    """
    if not asks:
        return ()
    ask = next(iter(asks.values()))
    people = _changes(ask, arm[arm.isin({name for pair in asks for name in pair})])
    if people is None:
        return ()
    years = [str(c) for c in people if str(c).startswith(_YEAR)]
    names = [*ask.panel.covariates, *years]
    used = [name for name in names if _varies(people[name], people["arm"])]
    means = _means(people, used)
    if means is None:
        return ()
    group = _groups(people["cluster"])
    without = [_means(people[group != out], used) for out in range(group.max() + 1)]
    found = (_estimate(pair, asked, people, means, without) for pair, asked in asks.items())
    return tuple(e for e in found if e is not None)


def _groups(cluster: pd.Series) -> np.ndarray:
    """The group of clusters that each person's belongs to: its own, or, of very many, those to
    which they are dealt in the order of their codes.
    """
    place = np.unique(cluster, return_inverse=True)[1]
    return np.asarray(place % _MOST_GROUPS)


def _changes(ask: Ask, arm: pd.Series) -> pd.DataFrame | None:
    """One row a person: ``arm``, ``cluster``, ``cohort``, ``change``, ``before``, ``rows``, traits
    and the year of treatment; None where nothing can be compared.
    """
    panel = ask.panel
    rows = panel.frame[panel.frame["entity"].isin(arm.index) & (panel.frame["cohort"] != NEVER)]
    rows = rows[rows[ask.column].notna()]
    since = rows["year"] - rows["cohort"]
    after = rows[since >= 0].groupby("entity")[ask.column].agg(["mean", "size"])
    before = rows[since == -1].set_index("entity")[ask.column]
    traits = ["cluster", "cohort", *panel.covariates]
    people = rows.groupby("entity")[traits].first().join(after, how="inner")
    people = people.assign(before=before, arm=arm.reindex(people.index)).dropna(subset="before")
    people = people.assign(change=people["mean"] - people["before"], rows=people["size"] + 1)
    people = _of_shared_years(people)
    varied = people[["arm", "cluster", "change"]].nunique() > 1
    if panel.unfit is not None or not varied.all():
        return None
    years = pd.get_dummies(people["cohort"], dtype=float).add_prefix(_YEAR).iloc[:, 1:]
    return people.join(years)


def _of_shared_years(people: pd.DataFrame) -> pd.DataFrame:
    """The people of the arms and years of treatment in which each arm has some; an arm whose years
    would cost more people than it has is left out.
    """
    some = pd.crosstab(people["cohort"], people["arm"])
    arms = [str(arm) for arm in some]

    def kept(of: list[str]) -> int:
        of_arms = some[of]
        return int(of_arms[(of_arms >= _FEWEST).all(axis=1)].to_numpy().sum())

    while len(arms) > 2:
        fewer = max(([a for a in arms if a != out] for out in arms), key=kept)
        if kept(fewer) <= kept(arms):
            break
        arms = fewer
    shared = some.index[(some[arms] >= _FEWEST).all(axis=1)]
    return people[people["arm"].isin(arms) & people["cohort"].isin(shared)]


def _means(people: pd.DataFrame, used: list[str]) -> dict[str, float] | None:
    """Each arm's mean change had all people got it; None where it cannot be told."""
    from statspai import multi_treatment

    arms, code = np.unique(people["arm"].astype(str), return_inverse=True)
    spread = people["change"].std()
    # In units of its spread, so that the library's tolerances hold for any outcome.
    frame = people[used].assign(change=people["change"] / spread, arm=code)
    with warnings.catch_warnings():
        # Traits that tell an arm for sure: the errors show what that costs.
        warnings.simplefilter("ignore")
        try:
            found = multi_treatment(
                frame, "change", "arm", used, outcome_model="linear", se_method="influence"
            ).model_info["potential_outcomes"]
        except (ValueError, np.linalg.LinAlgError):
            return None
    return {arm: float(found[at]) * spread for at, arm in enumerate(arms.tolist())}


def _varies(trait: pd.Series, arm: pd.Series) -> bool:
    """Whether in each arm some people differ from what most of them are."""
    commonest = trait.groupby(arm).agg(lambda values: values.value_counts().iloc[0])
    return bool((arm.value_counts() - commonest >= _FEWEST).all())


def _estimate(
    pair: tuple[str, str],
    ask: Ask,
    people: pd.DataFrame,
    means: dict[str, float],
    without: list[dict[str, float] | None],
) -> Estimate | None:
    one, other = pair
    if not means.keys() >= {one, other}:
        return None
    value = means[one] - means[other]
    nan = dict.fromkeys(pair, math.nan)
    left = [m.get(one, math.nan) - m.get(other, math.nan) for m in (w or nan for w in without)]
    groups = len(left)
    error = math.sqrt((groups - 1) / groups * float(np.sum((np.array(left) - value) ** 2)))
    average = Average(value, error, groups - 1)
    if not math.isfinite(average.p_value):
        return None
    told = {name: _told(people[people["arm"] == name], ask) for name in pair}
    interval = Interval(value, *average.interval(ask.level), error, int(people["rows"].sum()))
    return Estimate(
        about=ask.about,
        interval=interval,
        role=ask.role,
        estimand="ATE(treated)",
        estimator="aipw_multivalued",
        p_value=average.p_value,
        baseline_mean=float(people["before"].mean()),
        n_treated=told[one],
        n_control=told[other],
        n_clusters=int(people["cluster"].nunique()),
    )


def _told(people: pd.DataFrame, ask: Ask) -> int:
    """How many people of an arm, as may be told beside last year's report."""
    return unless_few(len(people), int((people["cohort"] == ask.year).sum()), ask.small_cell)
