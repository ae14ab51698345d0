"""Who attends among the invited, other traits alike: differences of the chance to attend from a
logit.
"""

from __future__ import annotations

import warnings
from typing import Final

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

from helpers.contracts import GROUPS_OF_PEOPLE, Study, remembered, schemas
from helpers.describe.people import invited

_YEAR: Final = "tahun"
_COLUMNS: Final = list(schemas.FRAMES["attending"].columns)


@remembered
def who_attends(study: Study) -> pd.DataFrame:
    """How much more often each group attends than the largest of its kind, among invitations of the
    years so far, where the other traits and the year are the same.

    Returns
    -------
    ``group_by``, ``group``, ``reference`` (the largest group), ``value`` (difference in the chance
    to attend, share), ``ci_low``, ``ci_high`` and ``n``, the people of the group. Groups in which
    fewer than the smallest cell came, or stayed away, are left out; no row where the figures do not
    bear a model.

    Source: average marginal effects of a logit (statsmodels ``get_margeff``, discrete for groups),
    errors clustered by unit.
    """
    rows = _enough(study, invited(study))
    design, names = _design(rows)
    if design.empty or rows["kode_unit"].nunique() <= design.shape[1]:
        return schemas.empty(schemas.FRAMES["attending"])
    try:
        with warnings.catch_warnings():
            # A group that always comes has no finite coefficient.
            warnings.simplefilter("error", ConvergenceWarning)
            warnings.simplefilter("error", PerfectSeparationWarning)
            fitted = sm.Logit(rows["attended"].to_numpy(float), design.to_numpy(float)).fit(
                disp=0,
                cov_type="cluster",
                cov_kwds={"groups": pd.factorize(rows["kode_unit"])[0]},
            )
    except (ConvergenceWarning, PerfectSeparationWarning, np.linalg.LinAlgError):
        return schemas.empty(schemas.FRAMES["attending"])
    effects = fitted.get_margeff(at="overall", dummy=True)
    bounds = effects.conf_int(1 - study.plan.inference.level)
    people = {
        by: rows.groupby(rows[by].astype(str))["pegawai_id"].nunique() for by in GROUPS_OF_PEOPLE
    }
    found = [
        (by, group, reference, float(value), float(low), float(high), float(people[by][group]))
        for (by, group, reference), value, (low, high) in zip(
            names, effects.margeff, bounds, strict=True
        )
        if by != _YEAR
    ]
    return schemas.FRAMES["attending"].validate(pd.DataFrame(found, columns=_COLUMNS))


def _enough(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Invitations of people with all traits known, in groups and years where enough people came and
    enough stayed away.
    """
    small_cell = study.plan.privacy.small_cell
    known = rows.dropna(subset=[*GROUPS_OF_PEOPLE, "attended"])
    while True:
        few = pd.Series(False, index=known.index)
        for by in (*GROUPS_OF_PEOPLE, _YEAR):
            for came in (0, 1):
                of = known[known["attended"] == came].groupby(by)["pegawai_id"].nunique()
                few |= known[by].map(of).fillna(0) < small_cell
        if not few.any():
            return known.reset_index(drop=True)
        known = known[~few]


def _design(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """A constant and a column for each group but the largest of its kind; and what each column
    after the constant is: grouping, group, reference.
    """
    columns: dict[str, pd.Series] = {}
    names = []
    for by in (*GROUPS_OF_PEOPLE, _YEAR):
        values = rows[by].astype(str)
        counts = values.value_counts().sort_index()
        if len(counts) < 2:
            continue
        reference = str(counts.idxmax())
        for group in counts.index.drop(reference):
            columns[f"{by}={group}"] = (values == group).astype(float)
            names.append((by, str(group), reference))
    if not columns:
        return pd.DataFrame(), []
    return sm.add_constant(pd.DataFrame(columns), has_constant="add"), names
