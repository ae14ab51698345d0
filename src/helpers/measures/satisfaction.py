"""IKM (indeks kepuasan masyarakat): of a respondent, an unsur, a unit, the region; its letter; its
interval.

Source: PermenPANRB 14/2017, annex: NRR of each unsur x weight x 25; weight is 1 over the number of
unsur.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from helpers.contracts import EvaluasiError, Text, codes
from helpers.contracts.measure_shapes import INDEX
from helpers.contracts.schemas import empty
from helpers.measures.intervals import around, linearised

WEIGHTS: Final = {"exact": 1 / len(codes.UNSUR), "0.11": 0.11, "0.111": 0.111}
# Lower bounds of C, B and A on the converted scale; below them is D (domain.md 1.2).
LETTER_BOUNDS: Final = (("A", 88.31), ("B", 76.61), ("C", 65.00))
FIRST_YEAR_OF_LETTERS: Final = 2017
# Krejcie and Morgan's chi-square for one degree of freedom, as their table was made (domain.md
# 1.5).
_KREJCIE_CHI_SQUARE: Final = 3.841
_COLUMNS: Final = ("value", "std_error", "ci_low", "ci_high", "n", "letter", "design_effect")


@dataclass(frozen=True, slots=True)
class Index:
    """An IKM in points, and its linearised values: one a form, in the forms' order, for
    `intervals.linearised`.
    """

    value: float
    influence: np.ndarray


def letter(ikm_value: float) -> str:
    """Mutu pelayanan A–D of an IKM; the value is rounded to two decimals first, which closes the
    table's gaps.
    """
    published = float(np.floor(ikm_value * 100 + 0.5 + 1e-9) / 100)
    return next((name for name, low in LETTER_BOUNDS if published >= low), "D")


def respondent_ikm(responses: pd.DataFrame) -> pd.Series:
    """Each respondent's own mean of answered unsur, in IKM points (25–100); missing where nothing
    was answered.
    """
    return responses[list(codes.UNSUR)].astype(float).mean(axis=1) * 25


def ikm(
    responses: pd.DataFrame, by: Sequence[str] = (), *, weights: str = "exact", level: float = 0.95
) -> pd.DataFrame:
    """Indeks Kepuasan Masyarakat with its interval, for each group.

    Parameters
    ----------
    responses : one row a form; ``kode_unit`` and the nine unsur in 1–4 or missing.
    by : columns that make the groups; empty for the region.
    weights : ``"exact"`` is 1/9 an unsur; ``"0.11"`` and ``"0.111"`` reproduce offices' own
        figures.
    level : the part of such intervals that hold the truth.

    Returns
    -------
    One row a group: ``value``, ``std_error``, ``ci_low``, ``ci_high`` in IKM points, ``n`` forms,
    ``letter`` and ``design_effect``. Forms of a unit are a cluster where a group has several units,
    so that the interval of a region is as wide as its units differ.

    Raises
    ------
    EvaluasiError : a group in which some unsur has no answer at all.

    Source: PermenPANRB 14/2017, annex; missing answers are left out of their unsur, never counted
    as 0.
    """
    return _grouped(responses, by, lambda part: _interval_of_index(part, weights, level))


def index(responses: pd.DataFrame, *, weights: str = "exact") -> Index:
    """The IKM of some forms, with what each of them adds to its error.

    Parameters
    ----------
    responses : one row a form, with the nine unsur in 1–4 or missing.
    weights : as of `ikm`.

    Raises
    ------
    EvaluasiError : some unsur has no answer at all.
    """
    scores = responses[list(codes.UNSUR)].to_numpy(float, na_value=np.nan)
    answered = ~np.isnan(scores)
    count = answered.sum(axis=0)
    if not count.all():
        empty = ", ".join(np.array(codes.UNSUR)[count == 0])
        raise EvaluasiError(
            Text(f"skm: tidak ada jawaban untuk {empty}", f"skm: no answers for {empty}")
        )
    nrr = np.nansum(scores, axis=0) / count
    weight = WEIGHTS[weights]
    parts = np.where(answered, (scores - nrr) / count, 0.0) * weight * 25
    return Index(float((nrr * weight * 25).sum()), parts.sum(axis=1))


def unsur(responses: pd.DataFrame, by: Sequence[str] = (), *, level: float = 0.95) -> pd.DataFrame:
    """Each unsur's mean on the IKM scale (NRR x 25) with its interval; columns as of `ikm`, plus
    ``unsur``.

    Parameters
    ----------
    responses : one row a form; ``kode_unit`` and the nine unsur in 1–4 or missing.
    by : columns that make the groups; empty for the region.
    level : as of `ikm`.

    Returns
    -------
    One row a group and unsur that was answered by someone; ``n`` counts the forms that answered it.
    """
    parts = []
    for name in codes.UNSUR:
        answered = responses[responses[name].notna()]
        if len(answered):
            part = _grouped(answered, by, partial(_one_unsur, name=name, level=level))
            parts.append(part.assign(unsur=name))
    if not parts:
        return empty(INDEX).reindex(columns=[*by, *_COLUMNS, "unsur"])
    return pd.concat(parts, ignore_index=True)


def unit_means(
    responses: pd.DataFrame, by: Sequence[str], *, weights: str = "exact"
) -> pd.DataFrame:
    """Each group's unsur on the IKM scale (NRR x 25) and their index, without intervals: what a
    panel is made of.

    Parameters
    ----------
    responses : one row a form; the nine unsur in 1–4 or missing.
    by : columns that make the groups.
    weights : as of `ikm`.

    Returns
    -------
    One row a group in which every unsur was answered by someone: the columns of ``by``, the nine
    unsur, ``ikm``, and ``n`` forms.
    """
    grouped = responses.groupby(list(by))
    means = grouped[list(codes.UNSUR)].mean().astype(float) * 25
    index = (means * WEIGHTS[weights]).sum(axis=1, skipna=False)
    told = means.assign(ikm=index, n=grouped.size())
    return told[told["ikm"].notna()].reset_index()


def complete(responses: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The forms of those groups in which every unsur was answered by someone: an index needs all
    nine.

    Parameters
    ----------
    responses : one row a form, with the nine unsur in 1–4 or missing.
    by : columns that make the groups, of which at least one is needed.
    """
    if responses.empty:
        return responses
    answered = responses.groupby(list(by))[list(codes.UNSUR)].transform("count").gt(0).all(axis=1)
    return responses[answered]


def minimum_sample(population: int) -> int:
    """Respondents needed for a population of service users (Krejcie and Morgan 1970, d = P(1-P) =
    5%).
    """
    x = _KREJCIE_CHI_SQUARE * population * 0.25
    return round(x / (0.05**2 * (population - 1) + _KREJCIE_CHI_SQUARE * 0.25))


def _grouped(
    responses: pd.DataFrame, by: Sequence[str], compute: Callable[[pd.DataFrame], dict[str, object]]
) -> pd.DataFrame:
    if not by:
        return INDEX.validate(pd.DataFrame([compute(responses)]))
    if responses.empty:
        return empty(INDEX).reindex(columns=[*by, *_COLUMNS])
    rows = []
    for key, part in responses.groupby(list(by), sort=True):
        rows.append({**dict(zip(by, key, strict=True)), **compute(part)})
    return INDEX.validate(pd.DataFrame(rows))


def _interval_of_index(part: pd.DataFrame, weights: str, level: float) -> dict[str, object]:
    found = index(part, weights=weights)
    return _with_interval(found.value, found.influence, part["kode_unit"], level)


def _one_unsur(part: pd.DataFrame, name: str, level: float) -> dict[str, object]:
    score = part[name].to_numpy(float)
    return _with_interval(
        float(score.mean() * 25), (score - score.mean()) / len(score) * 25, part["kode_unit"], level
    )


def _with_interval(
    value: float, influence: np.ndarray, units: pd.Series, level: float
) -> dict[str, object]:
    alone = pd.Series(np.arange(len(units)))
    found = around(
        value, influence, units if units.nunique() > 1 else alone, len(units), level=level
    )
    simple, _ = linearised(influence, alone)
    effect = (found.std_error / simple) ** 2 if simple > 0 else float("nan")
    return {
        "value": value,
        "std_error": found.std_error,
        "ci_low": found.low,
        "ci_high": found.high,
        "n": len(units),
        "letter": letter(value),
        "design_effect": effect,
    }
