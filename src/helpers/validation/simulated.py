"""The battery as the command runs it: its tables in a folder, and each grade's record as package
data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from helpers.causal.evidence import rule_hash
from helpers.contracts import write_whole
from helpers.contracts.plan_file import load
from helpers.findings import records
from helpers.validation import battery
from helpers.validation.worlds import KINDS

_KEPT: Final = "worlds_told.csv"


def simulated(worlds: int, out: Path, *, jobs: int, record: bool) -> str:
    """Ask the simulated regions and write what they say.

    Parameters
    ----------
    worlds : regions a kind.
    out : folder of ``worlds.csv``, ``targets.csv``, ``worlds.md`` and of the regions' answers, from
        which a stopped run goes on.
    jobs : processes.
    record : whether to keep each grade's record as package data, which every report prints.

    Returns
    -------
    The tables as text.
    """
    told = battery.run(worlds, load(None), out / _KEPT, jobs=jobs)
    made, targets, kept = battery.table(told), battery.targets(told), battery.record(told)
    for name, frame in (("worlds.csv", made), ("targets.csv", targets)):
        write_whole(out / name, frame.round(4).to_csv(index=False, lineterminator="\n"))
    by_grade = pd.DataFrame(
        [(q, g, r["regions"], r["wrong"]) for q, of in kept.items() for g, r in of.items()],
        columns=["question", "grade", "regions", "wrong"],
    )
    kinds = pd.DataFrame([(k.name, k.about) for k in KINDS], columns=["world", "about"])
    command = f"evaluasi validate --worlds {worlds}" + (" --record" if record else "")
    parts = ("Targets", targets), ("Record of each grade", by_grade), ("Worlds", made)
    text = "\n\n".join(
        f"## {name}\n\n{_markdown(frame)}" for name, frame in (*parts, ("Kinds", kinds))
    )
    head = f"# Simulated regions of known truth\n\nMade by `{command}`; rule {rule_hash()}.\n\n"
    write_whole(out / "worlds.md", head + text + "\n")
    if record:
        records.write(kept)
    return text


def _markdown(frame: pd.DataFrame) -> str:
    def shown(value: object) -> str:
        return f"{value:.3f}" if isinstance(value, float) else str(value)

    rows: list[list[object]] = [list(frame.columns), ["---"] * frame.shape[1]]
    rows += frame.astype(object).to_numpy().tolist()
    return "\n".join("| " + " | ".join(shown(v) for v in row) + " |" for row in rows)
