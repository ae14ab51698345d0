"""What people are like before any training, and for how many of them that is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import Study, codes, remembered
from helpers.measures import training

_RANKS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_FROM_YEAR: Final = {"umur": "tahun_lahir", "masa_kerja": "tahun_mulai"}
# Recorded for no more than half, a trait makes nobody alike of whom it is not known.
_SELDOM: Final = 0.5


def first_years(people: pd.DataFrame) -> pd.DataFrame:
    """The first row of each person on the roll, in the order of a panel's entities.

    Parameters
    ----------
    people : as `training.roll` gives it.
    """
    ordered = people.sort_values("tahun", kind="stable").drop_duplicates("pegawai_id")
    return ordered.set_index("pegawai_id")


@remembered
def recorded(study: Study) -> Mapping[str, float]:
    """For what share of the people on the roll each covariate of the plan is recorded, 0–1.

    Parameters
    ----------
    study : whose plan names the covariates; 0 where no table has one.
    """
    first = first_years(training.roll(study))
    shares: dict[str, float] = {}
    for name in study.plan.covariates:
        shares[name] = float(_raw(first, name).notna().mean()) if len(first) else 0.0
    return MappingProxyType(shares)


def seldom(study: Study) -> tuple[str, ...]:
    """Covariates of the plan that are recorded for somebody, but for no more than half.

    Parameters
    ----------
    study : whose plan names the covariates.
    """
    return tuple(name for name, share in recorded(study).items() if 0 < share <= _SELDOM)


def _raw(first: pd.DataFrame, name: str) -> pd.Series:
    return first[_FROM_YEAR.get(name, name)].replace("", np.nan)


def as_numbers(first: pd.DataFrame, covariates: tuple[str, ...]) -> pd.DataFrame:
    """The plan's covariates as numbers; a category that nobody or everybody has is left out.

    Parameters
    ----------
    first : as `first_years` gives it.
    covariates : their names in the plan.

    Returns
    -------
    One row a person, no value missing: a trait that is not recorded has an indicator of its own.
    """
    columns: dict[str, pd.Series] = {}
    for name in covariates:
        if name in _FROM_YEAR:
            columns[name] = _centred(first["tahun"] - _raw(first, name).astype(float))
        elif name == "golongan":
            rank = first["golongan"].map(lambda g: _RANKS.get(str(g).split("/")[0]))
            # A PPPK golongan is another scale: those people share one level and an indicator of
            # their own.
            pppk = (first["status"] == "PPPK").astype(float)
            columns["golongan"] = _centred(rank.where(pppk == 0))
            columns["status_PPPK"] = pppk
        elif name == "pendidikan":
            columns |= _indicators(first["pendidikan"].map(codes.EDUCATION_LEVEL), "pendidikan")
        else:
            columns |= _indicators(_raw(first, name), name)
        if name in (*_FROM_YEAR, "golongan"):
            raw = columns[name]
            columns[f"{name}_missing"] = raw.isna().astype(float)
            columns[name] = raw.fillna(0.0)
    frame = pd.DataFrame(columns, index=first.index)
    # A negative zero is a zero.
    content = pd.Series(
        {name: (values.to_numpy() + 0.0).tobytes() for name, values in frame.items()}
    )
    return frame.loc[:, (frame.nunique() > 1) & ~content.duplicated()]


def trait_of(columns: Iterable[str], covariates: tuple[str, ...]) -> dict[str, str]:
    """The covariate of the plan that each column of `as_numbers` tells of.

    Parameters
    ----------
    columns : as `as_numbers` names them.
    covariates : their names in the plan.
    """
    # PPPK are people on another scale of golongan.
    own = {"status_PPPK": "golongan"} if "status" not in covariates else {}
    found: dict[str, str] = {}
    for column in columns:
        named = (c for c in covariates if column == c or column.startswith(f"{c}_"))
        found[column] = own.get(column) or max(named, key=len, default=column)
    return found


def _centred(values: pd.Series) -> pd.Series:
    spread = values.std()
    return (values - values.mean()) / (spread if spread and spread > 0 else 1.0)


def _indicators(values: pd.Series, name: str) -> dict[str, pd.Series]:
    """One indicator a category but the commonest; missing is a category of its own."""
    named = values.astype(object).where(values.notna(), "missing")
    common = named.value_counts().index[0]
    return {f"{name}_{v}": (named == v).astype(float) for v in sorted(set(named) - {common})}
