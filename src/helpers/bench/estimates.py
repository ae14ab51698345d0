"""Our primary estimate beside the fastest public library's of the same people: what each costs, and
that both find the same.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from helpers.bench.copied_project import CopiedProject
from helpers.bench.pairs import EstimateSide
from helpers.bench.processes import Spent
from helpers.contracts import EvaluasiError, Text

_MODULE: Final = "helpers.bench.timed_estimate"
_AS_FAR_AS: Final = 1e-8


class EstimatesDiffer(EvaluasiError):
    """Two estimates of the same people are not the same, so that their costs tell nothing."""


def measured(copy: CopiedProject, side: EstimateSide) -> Spent:
    """What one side costs: seconds of the estimate alone, memory of its whole process.

    Parameters
    ----------
    copy : the project whose code is measured; what was found is kept in it.
    side : which; ours is held against the library's, which was measured before it.

    Raises
    ------
    EstimatesDiffer : the two did not find the same.
    CommandStopped : the estimate did not end well.
    """
    by, employees = side.split()
    out = copy.root / f"{side}.json"
    cost = copy.python(f"python -m {_MODULE}", _MODULE, by, employees, str(out))
    found = json.loads(out.read_text(encoding="utf-8"))
    if by == "estimate":
        against = (copy.root / f"library {employees}.json").read_text(encoding="utf-8")
        agree(found["effects"], json.loads(against)["effects"], side)
    return replace(cost, seconds=found["seconds"])


def agree(ours: Mapping[str, float], library: Mapping[str, float], side: EstimateSide) -> None:
    """Refuse two estimates that are not the same: the average and each year of the event study.

    Parameters
    ----------
    ours : effects by what they are of.
    library : as the library has them.
    side : ours.

    Raises
    ------
    EstimatesDiffer : one is missing, or further apart than rounding makes them.
    """
    for name in sorted({*ours, *library}):
        one, other = (found.get(name, math.nan) for found in (ours, library))
        if not math.isclose(one, other, rel_tol=_AS_FAR_AS):
            raise EstimatesDiffer(_differ(side.replace(" ", "_"), name, one, other))


def _differ(asked: str, name: str, ours: float, library: float) -> Text:
    return Text(
        f"bench: {asked}: taksiran kami ({name}) {ours:.12g}, dari diff-diff {library:.12g}; "
        f"seharusnya sama sampai {_AS_FAR_AS:g} bagian. Biayanya tidak dapat dibandingkan.\n"
        "  Perbaiki: pasang versi paket menurut requirements.lock, lalu ulangi; kalau tetap "
        "berbeda, laporkan sebagai kesalahan.",
        f"bench: {asked}: our estimate ({name}) is {ours:.12g}, diff-diff's {library:.12g}; "
        f"expected the same to {_AS_FAR_AS:g} of it. Their costs cannot be compared.\n"
        "  Remedy: install the packages' versions of requirements.lock and repeat; if they still "
        "differ, report it as a fault.",
    )
