"""What the attacker made of each region, kept as it comes, so that a stopped run goes on."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from helpers.contracts import project

# Whatever is changed in these is asked again of every region.
_ROOMS: Final = ("contracts", "measures", "describe", "causal", "questions", "simulate")
_ATTACK: Final = (
    "advice.py",
    "attacker.py",
    "compared_people.py",
    "equations.py",
    "privacy.py",
    "released.py",
    "unknowns.py",
)


@dataclass(frozen=True, slots=True)
class RegionTold:
    """What an attacker makes of one region's reports.

    Parameters
    ----------
    seed : of the region.
    shown, hidden : figures that are shown, and that are hidden for their own sake.
    found : names of the hidden ones that were found out.
    """

    seed: int
    shown: Counter[str]
    hidden: Counter[str]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    code: str
    told: RegionTold


_LINE: Final = TypeAdapter(_Kept)


@cache
def code() -> str:
    """A digest of the code that hides figures, and of the attack on it."""
    helpers = project.ROOT / "src" / "helpers"
    files = [p for room in _ROOMS for p in (helpers / room).rglob("*.py")]
    files += [helpers / "validation" / name for name in _ATTACK]
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.relative_to(helpers).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def read(kept: Path) -> dict[int, RegionTold]:
    """What today's code told of regions, by seed.

    Parameters
    ----------
    kept : as `add` writes it; need not be there.
    """
    told: dict[int, RegionTold] = {}
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    for line in lines:
        # A line that a stopped run left half written is asked again.
        with contextlib.suppress(ValidationError):
            one = _LINE.validate_json(line)
            if one.code == code():
                told[one.told.seed] = one.told
    return told


def begin(kept: Path, told: Sequence[RegionTold]) -> None:
    """A file with these regions alone.

    Parameters
    ----------
    kept : the file; its folder is made where absent.
    told : of the regions that need not be asked again.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("", encoding="utf-8")
    for one in told:
        add(kept, one)


def add(kept: Path, told: RegionTold) -> None:
    """One region more.

    Parameters
    ----------
    kept : the file.
    told : of the region.
    """
    with kept.open("ab") as file:
        file.write(_LINE.dump_json(_Kept(code(), told)) + b"\n")
