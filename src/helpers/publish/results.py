"""Result files: what each notebook writes, and how the year's files are put together from that."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from helpers.contracts import ESTIMATE_COLUMNS, EXCLUSION_COLUMNS, INDICATOR_COLUMNS, Answer, estimates_frame, finding_record

_FILES = {"indicators.csv": INDICATOR_COLUMNS, "estimates.csv": ESTIMATE_COLUMNS, "exclusions.csv": EXCLUSION_COLUMNS}


def results(answer: Answer, out: str | os.PathLike[str]) -> None:
    """Write what a notebook found under ``out``; nothing where ``out`` is empty, as when exploring."""
    if not str(out):
        return
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    _csv(answer.indicators, folder / "indicators.csv", INDICATOR_COLUMNS)
    _csv(estimates_frame(answer.estimates), folder / "estimates.csv", ESTIMATE_COLUMNS)
    if answer.exclusions is not None:
        _csv(answer.exclusions, folder / "exclusions.csv", EXCLUSION_COLUMNS)
    records = [finding_record(f) for f in answer.findings]
    (folder / "findings.json").write_text(_json(records), encoding="utf-8", newline="\n")


def join(parts: Sequence[Path], out: Path) -> None:
    """The year's result files from what its notebooks wrote, in the order of the pipeline."""
    out.mkdir(parents=True, exist_ok=True)
    for name, columns in _FILES.items():
        frames = [pd.read_csv(p / name, dtype=str, keep_default_na=False) for p in parts if (p / name).exists()]
        frames = [f for f in frames if len(f)]
        joined = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(columns))
        _csv(joined, out / name, columns)
    found = [r for p in parts if (p / "findings.json").exists() for r in json.loads((p / "findings.json").read_text(encoding="utf-8"))]
    (out / "findings.json").write_text(_json(found), encoding="utf-8", newline="\n")


def _json(records: list[dict[str, object]]) -> str:
    return json.dumps(records, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _csv(frame: pd.DataFrame, path: Path, columns: Sequence[str]) -> None:
    # Ten significant digits: more than any figure carries, fewer than the last bits of a processor.
    text = frame.reindex(columns=list(columns)).to_csv(index=False, float_format="%.10g", lineterminator="\n")
    path.write_text(text, encoding="utf-8", newline="\n")
