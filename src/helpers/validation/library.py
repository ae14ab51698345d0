"""The same group-time effects from an independent library, to hold our cells against.

Estimator: Callaway and Sant'Anna (2021), *Journal of Econometrics* 225(2), doubly robust, from
``diff-diff``, with analytic cluster errors. It also reproduces the published figures, whose
controls and base period are not those of our designs.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from helpers.causal import Average
from helpers.causal.averages import EventStudy

Aggregation = Literal["group", "dynamic", "calendar"]
Controls = Literal["never_treated", "not_yet_treated"]
BasePeriod = Literal["universal", "varying"]
Drift = Literal["relative_magnitude", "smoothness"]


@dataclass(frozen=True, slots=True)
class GroupTime:
    """Group-time effects of one fit.

    ``cells`` has one row a cohort and year (``cohort, year, effect, n_treated``); ``influence`` one
    row a cell and one column an entity, whose squares sum to a cell's variance; ``event`` one row
    an event time (``event_time, effect, std_error``) with covariance ``event_cov`` in the order of
    ``event_cov_times``. ``of_library`` is the library's own result, for what it alone can tell.
    """

    overall: Average
    cells: pd.DataFrame
    influence: np.ndarray
    event: pd.DataFrame
    event_cov: np.ndarray
    event_cov_times: tuple[int, ...]
    cohort_sizes: Mapping[int, int]
    n_clusters: int
    of_library: object


class NotEstimable(Exception):
    """The estimator found nothing to compare; the message is the library's own."""


def group_time_att(
    data: pd.DataFrame,
    outcome: str,
    *,
    entity: str = "entity",
    time: str = "year",
    cohort: str = "cohort",
    covariates: tuple[str, ...] = (),
    cluster: str | None = "cluster",
    controls: Controls = "not_yet_treated",
    base_period: BasePeriod = "universal",
    clip: float = 0.01,
) -> GroupTime:
    """Effects of treatment for each cohort and year, doubly robust.

    Parameters
    ----------
    data : one row an entity and period.
    outcome : column that is compared.
    entity : column of the people.
    time : column of the periods.
    cohort : column of the first treated period, 0 for never.
    covariates : columns measured before treatment, on which trends are taken to be parallel.
    controls : who is compared with: never treated, or not yet.
    base_period : ``"universal"`` compares leads with the last period before treatment,
        ``"varying"`` with the period before their own.
    clip : propensities below it, and above one less it, are trimmed.
    cluster : column whose groups share shocks; None where entities are independent.

    Raises
    ------
    NotEstimable : no cohort can be compared with anybody.

    Source: Callaway and Sant'Anna (2021), equations 2.4 and 3.3–3.11.
    """
    own = cluster if cluster != entity else None
    asked = estimator(controls=controls, base_period=base_period, cluster=own, clip=clip)
    fit, clusters = _fit(asked, data, outcome, entity, time, cohort, covariates, cluster)
    event = fit.aggregate("event_study")
    return _collect(fit, event, clusters, Counter(map(int, data.drop_duplicates(entity)[cohort])))


def estimator(
    *, controls: Controls, base_period: BasePeriod, cluster: str | None, clip: float
) -> Any:
    """The library's own estimator, doubly robust with analytic errors, before it has seen data.

    Parameters
    ----------
    controls, base_period, clip : as of `group_time_att`.
    cluster : column whose groups share shocks; None where entities are independent.
    """
    from diff_diff import CallawaySantAnna

    return CallawaySantAnna(
        control_group=controls,
        estimation_method="dr",
        base_period=base_period,
        cluster=cluster,
        rank_deficient_action="silent",
        pscore_fallback="unconditional",
        pscore_trim=clip,
    )


def _fit(
    asked: Any,
    data: pd.DataFrame,
    outcome: str,
    entity: str,
    time: str,
    cohort: str,
    covariates: tuple[str, ...],
    cluster: str | None,
) -> tuple[Any, int]:
    own = [cluster] if cluster and cluster != entity else []
    rows = data[[entity, time, cohort, outcome, *covariates, *own]].copy()
    if cluster:
        # A person who moves stays in the cluster of the first year: a cluster must not change in
        # time.
        rows[cluster] = rows.groupby(entity)[cluster].transform("first")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fit = asked.fit(
                rows,
                outcome=outcome,
                unit=entity,
                time=time,
                first_treat=cohort,
                covariates=list(covariates) or None,
            )
        except (ValueError, np.linalg.LinAlgError) as e:
            raise NotEstimable(str(e)) from e
    if not np.isfinite(fit.overall_att) or not np.isfinite(fit.overall_se):
        raise NotEstimable("no finite effect")
    return fit, int(rows[cluster].nunique() if cluster else rows[entity].nunique())


def _collect(fit: Any, event: Any, clusters: int, sizes: Mapping[int, int]) -> GroupTime:
    kept = {
        c: v
        for c, v in fit.group_time_effects.items()
        if v.get("skip_reason") is None and np.isfinite(v["effect"])
    }
    influences = (
        fit._aggregation_kit.influence
    )  # the library has no public way to a cell's influence function
    width = 1 + max(
        int(max(i["treated_idx"].max(initial=0), i["control_idx"].max(initial=0)))
        for i in influences.values()
    )
    matrix = np.zeros((len(kept), width))
    for row, cell in enumerate(kept):
        if cell in influences:
            part = influences[cell]
            np.add.at(matrix[row], part["treated_idx"], part["treated_inf"])
            np.add.at(matrix[row], part["control_idx"], part["control_inf"])
    cells = pd.DataFrame(
        [(int(g), int(t), float(v["effect"]), int(v["n_treated"])) for (g, t), v in kept.items()],
        columns=["cohort", "year", "effect", "n_treated"],
    )
    table = pd.DataFrame(
        {"event_time": event.event_time.astype(int), "effect": event.att, "std_error": event.se}
    )
    times = event.vcov_index if event.vcov_index is not None else event.event_time
    return GroupTime(
        overall=Average(float(fit.overall_att), float(fit.overall_se), clusters - 1),
        cells=cells,
        influence=matrix,
        event=table,
        event_cov=np.asarray(event.vcov) if event.vcov is not None else np.empty((0, 0)),
        event_cov_times=tuple(int(t) for t in times),
        cohort_sizes={int(k): int(v) for k, v in sizes.items()},
        n_clusters=clusters,
        of_library=fit,
    )


def average(fit: GroupTime, kind: Aggregation) -> Average:
    """Averages of the treated cells: over cohorts, over event times, or over calendar years.

    Parameters
    ----------
    fit : of the library.
    kind : what each weight belongs to.

    Source: Callaway and Sant'Anna (2021), section 3.2; errors treat cohort shares as known and
    entities as independent.
    """
    post = fit.cells["year"] >= fit.cells["cohort"]
    cells = fit.cells[post].reset_index(drop=True)
    size = cells["cohort"].map(fit.cohort_sizes).astype(float)
    key = {
        "group": cells["cohort"],
        "dynamic": cells["year"] - cells["cohort"],
        "calendar": cells["year"],
    }[kind]
    within = size / size.groupby(key).transform("sum")
    if kind == "group":
        of_group = size.groupby(key).first()
        between = key.map(of_group / of_group.sum())
    else:
        between = pd.Series(1 / key.nunique(), index=cells.index)
    weight = (within * between).to_numpy()
    influence = weight @ fit.influence[post.to_numpy()]
    return Average(
        float(weight @ cells["effect"]), float(np.sqrt((influence**2).sum())), fit.n_clusters - 1
    )


def joint_pre_trend(fit: GroupTime) -> tuple[float, int, float]:
    """Wald statistic, its degrees of freedom and chi-square p-value that all cells before treatment
    are zero.

    Source: Callaway and Sant'Anna (2021), section 4.1; as the ``did`` package prints it (varying
    base period, independent entities). Clustered data need the F test of `causal`.
    """
    before = (fit.cells["year"] < fit.cells["cohort"]).to_numpy()
    moving = before & (np.abs(fit.influence).sum(axis=1) > 0)
    effect = fit.cells.loc[moving, "effect"].to_numpy()
    cov = fit.influence[moving] @ fit.influence[moving].T
    wald = float(effect @ np.linalg.solve(cov, effect))
    return wald, len(effect), float(stats.chi2.sf(wald, len(effect)))


def two_groups(
    rows: pd.DataFrame,
    est_method: Literal["dr", "reg", "ipw"],
    method: Literal["trad", "imp"] = "trad",
) -> tuple[float, float]:
    """Effect and error of two groups and two periods with covariates, as the ``DRDID`` package.

    Parameters
    ----------
    rows : ``entity``, ``year``, ``treated`` (0/1), ``y``, and covariates in the other columns.
    est_method : doubly robust, outcome regression or normalised weighting, in the package's names.
    method : how the doubly robust one's two models are fitted: as usual, or improved.

    Source: Sant'Anna and Zhao (2020), *Journal of Econometrics* 219(1).
    """
    from statspai import drdid

    traits = [str(c) for c in rows if c not in ("entity", "year", "treated", "y")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = drdid(
            rows,
            "y",
            "treated",
            "year",
            covariates=traits,
            id="entity",
            est_method=est_method,
            method=method,
        )
    return float(found.estimate), float(found.se)


def honest_bounds(
    study: EventStudy, method: Drift, grid: Sequence[float]
) -> list[tuple[float, float]]:
    """95% intervals of the first treated year's effect, of the library on which our check of bounds
    rests, with every lead and a fine grid.

    Parameters
    ----------
    study : event study with every lead.
    method : what restricts the drift after treatment.
    grid : values of M̄ or M, in rising order.

    Source: Rambachan and Roth (2023), *Review of Economic Studies* 90(5).
    """
    from statspai import honest_did_from_moments

    found = honest_did_from_moments(
        study.effects,
        study.covariance,
        event_times=list(study.times),
        e=0,
        method=method,
        m_grid=list(grid),
    )
    bounds = found[["ci_lower", "ci_upper"]].to_numpy(float)
    return [(float(low), float(high)) for low, high in bounds]
