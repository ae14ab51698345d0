"""Where the project's own files lie, whatever folder a notebook or command is started in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
NOTEBOOKS: Final = ROOT / "notebooks"
DEFAULT_PLAN: Final = NOTEBOOKS / "plan.yml"
PREPARED: Final = ROOT / "data" / "prepared"
PRIVATE: Final = ROOT / "data" / "private"
SAMPLE: Final = ROOT / "data" / "sample"


def resolve(path: str | os.PathLike[str]) -> Path:
    """A path as the user means it: relative to where they are, or else to the project."""
    given = Path(path).expanduser()
    if given.is_absolute() or given.exists():
        return given.resolve()
    inside = ROOT / given
    return inside.resolve() if inside.exists() else given.resolve()
