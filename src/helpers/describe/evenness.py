"""How evenly invitations and hours fall: each group's chance beside that of all others, and how far
hours are concentrated; small groups hidden.
"""

from __future__ import annotations

import math
from math import exp, log

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import UNKNOWN, Interval, Study, remembered, schemas
from helpers.describe.invitation_rules import entitled
from helpers.describe.seats import GROUPINGS, placed

_COLUMNS = ["group_by", "group", "value", "ci_low", "ci_high", "n"]


def ratio(
    hits: pd.Series, inside: pd.Series, clusters: pd.Series, *, level: float = 0.95
) -> Interval:
    """The share of a group divided by the share of all others, with its interval.

    Parameters
    ----------
    hits : 1 where it is true of a person, 0 where not.
    inside : true for the group's people.
    clusters : the unit of each person.
    level : the part of such intervals that hold the truth.

    Returns
    -------
    1 where both are the same; n the group's people. Unknown where it is true of nobody in the group
    or of nobody else. The standard error is that of its logarithm.

    Source: Katz, Baptista, Azen and Pike (1978), *Biometrics* 34(3), interval on the logarithm,
    with the error linearised by unit (Wolter 2007, chapter 6).
    """
    x, group = hits.to_numpy(float), inside.to_numpy(bool)
    sizes = group.sum(), (~group).sum()
    if min(sizes) == 0 or not x[group].sum() or not x[~group].sum():
        return UNKNOWN
    own, others = x[group].mean(), x[~group].mean()
    influence = np.where(group, (x - own) / (sizes[0] * own), -(x - others) / (sizes[1] * others))
    where = clusters if clusters.nunique() > 1 else pd.Series(np.arange(len(x)))
    found = measures.intervals.around(
        log(own / others), influence, where, int(sizes[0]), level=level
    )
    return Interval(exp(found.value), exp(found.low), exp(found.high), found.std_error, found.n)


def concentration(amounts: pd.Series, clusters: pd.Series, *, level: float = 0.95) -> Interval:
    """The Gini index of an amount among people, with its interval: 0 where all have the same, near
    1 where one has everything.

    Parameters
    ----------
    amounts : of each person, none below zero.
    clusters : the unit of each person.
    level : the part of such intervals that hold the truth.

    Returns
    -------
    Half of the mean absolute difference of any two people, each with themselves too, divided by the
    mean; unknown where nobody has any.

    Source: the error from its influence function, Deville (1999), *Survey Methodology* 25(2); for
    the Gini index, Langel and Tillé (2013), *JRSS A* 176(2); linearised by unit.
    """
    x = amounts.to_numpy(float)
    n = len(x)
    if n == 0 or not x.sum() > 0:
        return UNKNOWN
    order = np.argsort(x, kind="stable")
    below = np.empty(n)
    ordered = x[order]
    total, upto = ordered.sum(), np.cumsum(ordered)
    rank = np.arange(1, n + 1)
    # The mean distance of each person to all others, from sums of the ordered amounts.
    below[order] = (ordered * (2 * rank - n) - 2 * upto + total) / n
    mean, apart = total / n, below.mean()
    index = apart / (2 * mean)
    influence = (below - apart - index * (x - mean)) / mean / n
    where = clusters if clusters.nunique() > 1 else pd.Series(np.arange(n))
    return measures.intervals.around(index, influence, where, n, level=level)


@remembered
def invitation_parity(study: Study) -> pd.DataFrame:
    """Each group's chance of an invitation in the study's year as a ratio to that of all others.

    Returns
    -------
    ``group_by``, ``group``, ``value`` (ratio, 1 is the same chance), ``ci_low``, ``ci_high`` and
    ``n``, the group's people; empty where the share invited would be hidden, or is of nobody; no
    row where no invitations of the year are recorded.
    """
    if study.year in measures.training.unasked_years(study):
        return schemas.empty(schemas.FRAMES["parity"])
    people = placed(study, entitled(study))
    level = study.plan.inference.level
    rows, shares = [], []
    for by in GROUPINGS:
        for group in sorted(people[by].dropna().astype(str).unique()):
            # All others are those of no known group, too: without them they would be told of.
            inside = people[by].notna() & (people[by].astype(str) == group)
            found = ratio(people["invited"], inside, people["kode_unit"], level=level)
            rows.append((by, group, found.value, found.low, found.high, float(inside.sum())))
            shares.append((by, group, people.loc[inside, "invited"].mean(), inside.sum()))
    shares.append(("all", "all", people["invited"].mean(), len(people)))
    told = pd.DataFrame(shares, columns=["group_by", "group", "value", "n"]).assign(
        year=study.year, indicator="invited", ci_low=float("nan"), ci_high=float("nan")
    )
    shown = measures.suppress(
        told,
        study.plan.privacy.small_cell,
        shares=("invited",),
        people={"invited": people.assign(year=study.year)},
    )
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    hidden = shown["n"].iloc[: len(frame)].isna().to_numpy()
    figures = _COLUMNS[2:]
    frame[figures] = frame[figures].astype(float)
    frame.loc[hidden | frame["value"].isna(), figures] = float("nan")
    return schemas.FRAMES["parity"].validate(frame)


@remembered
def hours_concentration(study: Study) -> pd.DataFrame:
    """How far the hours attended are concentrated among the roll's people, of all and within each
    group.

    Hours are each person's mean a year, over the years on the roll since the first recorded
    invitation.

    Returns
    -------
    ``group_by``, ``group``, ``value`` (0–1), ``ci_low``, ``ci_high`` and ``n``; small groups empty.
    """
    people = placed(study, entitled(study))
    invitations = measures.training.invitations(study)
    since = int(invitations["tahun"].min()) if len(invitations) else study.year
    roll = measures.training.roll(study)
    hours = roll[roll["tahun"] >= since].groupby("pegawai_id")["jp"].mean()
    people = people.assign(hours=people["pegawai_id"].map(hours).fillna(0.0), all="all")
    level = study.plan.inference.level
    rows, having = [], []
    for by in ("all", *GROUPINGS):
        for group, part in people.dropna(subset=[by]).groupby(by):
            found = concentration(part["hours"], part["kode_unit"], level=level)
            # Few units make bounds beyond what an index can be.
            low, high = max(0.0, found.low), min(1.0, found.high)
            rows.append((by, str(group), found.value, low, high, float(len(part))))
            share = (part["hours"] > 0).mean()
            having.append((by, str(group), share, math.nan, math.nan, float(len(part))))
    # Where few have any hours, the index would tell how few: it is 1 − 1/n where one has all.
    both = pd.concat(
        [
            pd.DataFrame(r, columns=_COLUMNS).assign(year=study.year, indicator=name)
            for name, r in (("hours", rows), ("having", having))
        ]
    )
    shown = measures.suppress(
        both,
        study.plan.privacy.small_cell,
        shares=("having",),
        counted_by={"hours": "having"},
        people=dict.fromkeys(("hours", "having"), people.assign(year=study.year)),
    )
    shown = shown[shown["indicator"] == "hours"][_COLUMNS].reset_index(drop=True)
    shown.loc[shown["value"].isna(), _COLUMNS[2:]] = float("nan")
    return schemas.FRAMES["concentration"].validate(shown)
