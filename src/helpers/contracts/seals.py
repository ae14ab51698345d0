"""A kept folder carries the checksum of each of its files, so that one that was damaged, cut or
left incomplete since is told from a whole one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from helpers.contracts.writing import write_whole

FILE: Final = "checksums.json"


def seal(folder: Path) -> None:
    """Write the checksums of every file in a folder and below it, last of all.

    Parameters
    ----------
    folder : whole, and not to be changed afterwards.
    """
    sums = {name: _sum(path.read_bytes()) for name, path in _files(folder).items()}
    write_whole(folder / FILE, json.dumps(sums, indent=1) + "\n")


def sealed(folder: Path) -> dict[str, bytes] | None:
    """What every file of a sealed folder holds, by its name below the folder; None where anything
    is not as it was sealed.

    Parameters
    ----------
    folder : one that need not be there.
    """
    try:
        sums = json.loads((folder / FILE).read_bytes())
        held = {name: path.read_bytes() for name, path in _files(folder).items()}
    except (OSError, ValueError):
        return None
    return held if {name: _sum(content) for name, content in held.items()} == sums else None


def _files(folder: Path) -> dict[str, Path]:
    below = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    below.pop(FILE, None)
    return below


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
