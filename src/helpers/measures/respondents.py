"""Whether satisfaction changed, or who was asked: forms as if every unit and year had been
answered by the same mix of people.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.contracts import codes

# Ten-year classes; open at both ends, as few respondents are that young or old.
_AGES = (0, 25, 35, 45, 55, 200)
_FEWEST_OF_A_KIND = 30


def alike(forms: pd.DataFrame) -> pd.DataFrame:
    """Each answer less what the respondent's sex, age, education and occupation predict of it.

    How much older, better educated or differently employed people answer otherwise is learnt inside
    each unit and year, by least squares, so that no change over time and no unit is taken for a
    trait.

    Parameters
    ----------
    forms : one row a form: ``kode_unit``, ``tahun``, the nine unsur in 1–4 or missing, and
        ``jenis_kelamin``, ``umur``, ``pendidikan``, ``pekerjaan``, each of which may be missing (a
        kind of its own).

    Returns
    -------
    The same rows with the unsur adjusted to the average respondent of all forms; their overall
    means stay.

    Source: the Frisch–Waugh–Lovell theorem, with a dummy a unit and year.
    """
    traits = pd.DataFrame() if forms.empty else _kinds(forms)
    if traits.empty:
        return forms
    group = forms.groupby(["kode_unit", "tahun"]).ngroup().to_numpy()
    x = traits.to_numpy(float)
    adjusted = {}
    for unsur in codes.UNSUR:
        y = forms[unsur].to_numpy(float, na_value=np.nan)
        seen = np.isfinite(y)
        if not seen.any():
            continue
        rows = pd.DataFrame(np.column_stack([y, x])[seen])
        inside = (rows - rows.groupby(group[seen]).transform("mean")).to_numpy()
        beta = np.linalg.lstsq(inside[:, 1:], inside[:, 0], rcond=None)[0]
        adjusted[unsur] = y - (x - x[seen].mean(axis=0)) @ beta
    return forms.assign(**adjusted)


def _kinds(forms: pd.DataFrame) -> pd.DataFrame:
    """A dummy a kind of respondent but the commonest of each trait; rare kinds are one."""
    age = pd.cut(forms["umur"].astype(float), _AGES, right=False).astype(object)
    traits = forms[["jenis_kelamin", "pendidikan", "pekerjaan"]].assign(umur=age)
    columns = {}
    for name, values in traits.items():
        named = values.astype(object).where(values.notna(), "?").astype(str)
        size = named.map(named.value_counts())
        named = named.where(size >= _FEWEST_OF_A_KIND, "*")
        for kind in sorted(set(named) - {named.mode().iloc[0]}):
            columns[f"{name}: {kind}"] = (named == kind).astype(float)
    return pd.DataFrame(columns, index=forms.index)
