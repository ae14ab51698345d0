"""Which units and themes stand out by what was gained, once luck is taken out: each gain is drawn
towards the mean of all as far as chance could have made it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from helpers import measures
from helpers.contracts import Study, UnitLabel, codes, remembered, schemas
from helpers.contracts.panel import NEVER
from helpers.describe.releases import last_release

# The measured column of each outcome of people, and its unit.
_MEASURED: Final[dict[str, tuple[str, UnitLabel]]] = {
    "output_per_day": ("output_per_day", "output/day"),
    "skp": ("skp_standardised", "SD (within year)"),
    "on_time_share": ("on_time_share", "share (0-1)"),
}
# Fewer groups than this tell nothing of how much groups differ.
_FEWEST: Final = 3
_MAY_BE_LUCK: Final = 0.05


def shrunk(seen: pd.Series, errors: pd.Series, *, level: float = 0.95) -> pd.DataFrame:
    """Estimates of groups drawn towards their mean, as far as chance could have made them differ.

    Parameters
    ----------
    seen : a figure for each group.
    errors : its standard error, above zero, in the same unit.
    level : the part of such intervals that hold the truth.

    Returns
    -------
    ``value``, ``ci_low`` and ``ci_high`` by group, and ``stands``: its interval lies above zero, it
    lies above the mean of all groups by more than its interval, and the groups differ by more than
    chance (Cochran's Q, 5%).

    Source: normal–normal empirical Bayes with the variance between groups by moments (DerSimonian
    and Laird 1986, *Controlled Clinical Trials* 7(3)); Morris (1983), *JASA* 78(381).
    """
    if len(seen) < _FEWEST:
        return pd.DataFrame(columns=["value", "ci_low", "ci_high", "stands"], index=seen.index[:0])
    variance = errors.to_numpy(float) ** 2
    # Where the groups differ less than chance, the library takes the root of a negative variance.
    with np.errstate(invalid="ignore", divide="ignore"):
        found = combine_effects(seen.to_numpy(float), variance, method_re="dl")
    between = max(0.0, float(found.tau2))
    mean = float(found.mean_effect_re if between else found.mean_effect_fe)
    of_mean = float(found.sd_eff_w_re if between else found.sd_eff_w_fe) ** 2
    kept = between / (between + variance)
    apart = kept * (seen.to_numpy(float) - mean)
    z = float(stats.norm.ppf(0.5 + level / 2))
    half = z * np.sqrt(kept * variance + (1 - kept) ** 2 * of_mean)
    half_apart = z * np.sqrt(kept * variance + kept**2 * of_mean)
    differ = found.test_homogeneity().pvalue < _MAY_BE_LUCK
    value = mean + apart
    return pd.DataFrame(
        {
            "value": value,
            "ci_low": value - half,
            "ci_high": value + half,
            "stands": differ & (value - half > 0) & (apart - half_apart > 0),
        },
        index=seen.index,
    )


def outcome_unit(study: Study) -> UnitLabel:
    """The unit in which gains are told: that of the plan's main outcome of people."""
    return _MEASURED[study.plan.outcomes.productivity.primary][1]


@remembered
def examples(study: Study) -> pd.DataFrame:
    """What people gained in their training year over those not yet trained, by unit and by theme,
    as seen and drawn towards the mean.

    A person's gain is the plan's main outcome in the training year less the year before, less the
    mean of the same among all who had attended nothing by then. It is what was seen: nobody is made
    comparable, and no cause is told.

    Returns
    -------
    ``group_by``, ``group``, ``seen``, ``value``, ``ci_low``, ``ci_high``, ``n`` and ``stands``;
    groups of fewer people than the smallest cell are left out. Of a group to which few were added
    since its last report, these wait until they are enough: two reports would tell their gains.
    """
    gains, level = _gains(study), study.plan.inference.level
    parts = []
    for by, column in (("unit", "kode_unit"), ("tema", "tema")):
        rows = [
            (str(group), measures.intervals.mean(part["gain"], part[_cluster(by)], level=level))
            for group, every in gains.groupby(column)
            for part in [_told(every, study)]
            if len(part) >= study.plan.privacy.small_cell
        ]
        known = [(g, i) for g, i in rows if i.std_error > 0]
        names = pd.Index([g for g, _ in known], dtype=object)
        seen = pd.Series([i.value for _, i in known], index=names, dtype=float)
        errors = pd.Series([i.std_error for _, i in known], index=names, dtype=float)
        n = pd.Series([float(i.n) for _, i in known], index=names, dtype=float)
        found = shrunk(seen, errors, level=level)
        if len(found):
            told_by = found.assign(group_by=by, group=found.index, seen=seen, n=n)
            parts.append(told_by.reset_index(drop=True))
    columns = list(schemas.FRAMES["examples"].columns)
    if not parts:
        return schemas.empty(schemas.FRAMES["examples"]).astype({"stands": bool})
    told = pd.concat(parts, ignore_index=True)[columns].astype({"stands": bool})
    told = told.sort_values(["group_by", "value"], ascending=[False, False], ignore_index=True)
    return schemas.FRAMES["examples"].validate(told)


def _told(rows: pd.DataFrame, study: Study) -> pd.DataFrame:
    """A group's gains without those of few people added since its last report."""
    small_cell = study.plan.privacy.small_cell
    last = last_release(rows["tahun"], rows["pegawai_id"], study.year, small_cell)
    few = last is not None and (rows["tahun"] > last).sum() < small_cell
    return rows[rows["tahun"] <= last] if few else rows


def _cluster(by: str) -> str:
    """People of one unit share what befell it; within one unit each stands alone."""
    return "pegawai_id" if by == "unit" else "kode_unit"


def _gains(study: Study) -> pd.DataFrame:
    """One row a person whose training year and the year before are measured."""
    column = _MEASURED[study.plan.outcomes.productivity.primary][0]
    scores = measures.performance.employee_years(study)[["pegawai_id", "tahun", column]]
    before = scores.assign(tahun=scores["tahun"] + 1).rename(columns={column: "before"})
    roll = measures.training.roll(study)
    rows = roll.merge(scores, on=["pegawai_id", "tahun"]).merge(before, on=["pegawai_id", "tahun"])
    rows = rows.assign(change=rows[column] - rows["before"]).dropna(subset=["change"])
    if study.plan.outcomes.productivity.primary == "skp":
        rows = rows[rows["tahun"] != codes.SKP_BREAK_YEAR]
    untouched = rows[(rows["exposed"] == NEVER) | (rows["exposed"] > rows["tahun"])]
    common = untouched.groupby("tahun")["change"].mean()
    trained = rows[(rows["cohort"] != NEVER) & (rows["tahun"] == rows["cohort"])]
    gain = trained["change"] - trained["tahun"].map(common).astype(float)
    found = trained.assign(gain=gain, tema=trained["pegawai_id"].map(_theme(study, roll)))
    return found.dropna(subset=["gain"])[["pegawai_id", "tahun", "kode_unit", "tema", "gain"]]


def _theme(study: Study, roll: pd.DataFrame) -> pd.Series:
    """The theme of most hours up to the training year, by person."""
    came = measures.training.invitations(study)
    came = came[came["attended"] == 1]
    came = came.merge(roll[["pegawai_id", "cohort"]].drop_duplicates("pegawai_id"))
    came = came[came["tahun"] <= came["cohort"]]
    hours = came.groupby(["pegawai_id", "tema"])["jp"].sum().reset_index()
    most = hours.sort_values(["jp", "tema"], ascending=[False, True]).drop_duplicates("pegawai_id")
    return most.set_index("pegawai_id")["tema"]
