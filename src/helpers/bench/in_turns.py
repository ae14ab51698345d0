"""Ratios of measurements that were made in turns, so that whatever slows the machine slows both."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from helpers import simulate
from helpers.bench.measured import Measured
from helpers.bench.sides import NAMES, PAIRS, SIDES, Bench


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measurement against its baseline: medians of the rounds, in seconds and MB."""

    name: str
    baseline: str
    seconds: float
    baseline_seconds: float
    target: float
    peak_mb: float
    baseline_peak_mb: float
    rounds: int

    @property
    def ratio(self) -> float:
        """Seconds as a multiple of the baseline's."""
        return self.seconds / self.baseline_seconds

    @property
    def met(self) -> bool:
        """Whether the ratio is no larger than it is meant to be."""
        return self.ratio <= self.target


def ratios(
    names: Sequence[str] = NAMES,
    rounds: int = 2,
    year: int = 2024,
    data: Path | None = None,
    progress: Callable[[str, int], None] = lambda _name, _round: None,
) -> list[Ratio]:
    """Measure, each in its turn and as often as asked; nothing is left on the disk.

    Parameters
    ----------
    names : of `NAMES`.
    rounds : at least one.
    year : whose report is made.
    data : the data folder; a sample written for the purpose where None.
    progress : told what is measured next, and in which round.

    Returns
    -------
    One row a name, in the order of `NAMES`.

    Raises
    ------
    EvaluasiError : a command that is measured failed.
    """
    asked = [name for name in NAMES if name in names]
    wanted = {side for name in asked for side in PAIRS[name][:2]}
    found: dict[str, list[Measured]] = {side: [] for side in SIDES if side in wanted}
    with tempfile.TemporaryDirectory(prefix="evaluasi-bench-") as kept:
        folder = Path(kept)
        if data is None:
            data = folder / "data"
            simulate.write(simulate.World(), data)
        bench = Bench(folder, data, year)
        for number in range(1, rounds + 1):
            for side, of in found.items():
                progress(side, number)
                of.append(SIDES[side](bench))
    return [_ratio(name, found) for name in asked]


def _ratio(name: str, found: Mapping[str, Sequence[Measured]]) -> Ratio:
    side, baseline, target = PAIRS[name]
    (seconds, peak), (of_seconds, of_peak) = (
        (median(m.seconds for m in found[s]), median(m.peak_mb for m in found[s]))
        for s in (side, baseline)
    )
    rounds = len(found[side])
    return Ratio(name, baseline, seconds, of_seconds, target, peak, of_peak, rounds)
