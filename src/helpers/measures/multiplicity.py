"""P-values of several comparisons of one question."""

from __future__ import annotations

from collections.abc import Sequence

from statsmodels.stats.multitest import multipletests


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values for their number: small ones are small even if all comparisons are looked at.

    Source: Holm (1979), *Scandinavian Journal of Statistics* 6(2).
    """
    if not len(p_values):
        return []
    return [float(p) for p in multipletests(list(p_values), method="holm")[1]]
