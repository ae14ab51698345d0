"""P-values of several comparisons of one question."""

from __future__ import annotations

from collections.abc import Sequence

from statsmodels.stats.multitest import multipletests


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values for their number: small ones are small even if all comparisons are looked at.

    Source: Holm (1979), *Scandinavian Journal of Statistics* 6(2).
    """
    return _adjusted(p_values, "holm")


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """P-values for their number: of the comparisons below a level, that share at most is expected
    to be chance.

    Source: Benjamini and Hochberg (1995), *JRSS B* 57(1).
    """
    return _adjusted(p_values, "fdr_bh")


def _adjusted(p_values: Sequence[float], method: str) -> list[float]:
    if not len(p_values):
        return []
    return [float(p) for p in multipletests(list(p_values), method=method)[1]]
