"""The shelf of prepared tables: what a data folder held, pseudonymised, under a name made of
everything that its reading depends on.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pydantic import TypeAdapter

from helpers.contracts import TABLES, Plan, project, seal, sealed, whole_folder, write_whole
from helpers.intake import folders
from helpers.intake.folders import Unread
from helpers.intake.parse import Identities, Parsed
from helpers.intake.pseudonym import Pseudonyms
from helpers.intake.sheet_read import SheetRead

_FOLDERS_KEPT = 12


@cache
def _own_code() -> str:
    """Changes whenever reading could: the code of intake and contracts."""
    rooms = (project.ROOT / "src" / "helpers" / room for room in ("contracts", "intake"))
    digest = hashlib.sha256()
    for path in sorted(p for room in rooms for p in room.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def place_of(folder: Path, plan: Plan, keys: Pseudonyms, inputs: Mapping[str, str]) -> Path:
    """Where a folder is kept once read, by everything that its reading depends on.

    Parameters
    ----------
    folder : the data folder.
    plan : what it says of the order of survey questions counts.
    keys : under which people are kept.
    inputs : the content of the table files, as a hash by relative path.
    """
    state = {
        "inputs": inputs,
        "unread": [(u.file, u.why) for u in folders.contents(folder).unread],
        "synthetic": folders.says_synthetic(folder),
        "order": plan.skm.order,
        "code": _own_code(),
        "key": keys.fingerprint,
    }
    name = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:24]
    return project.PREPARED / name


def keep(parsed: Parsed, place: Path) -> None:
    """Keep what was read; a workspace that cannot be written to only reads again next time.

    Parameters
    ----------
    parsed : what the folder held.
    place : from `place_of`.
    """
    whole = sealed(place) is not None
    with contextlib.suppress(OSError), whole_folder(place, keep_existing=whole) as aside:
        for name, frame in parsed.tables.items():
            frame.to_parquet(aside / f"{name}.parquet")
        parsed.events.astype({"year": "float64", "row": "int64"}).to_parquet(
            aside / "events.parquet"
        )
        write_whole(
            aside / "facts.json",
            json.dumps(
                {
                    "unread": [asdict(u) for u in parsed.unread],
                    "sheets": [asdict(s) for s in parsed.sheets],
                    "synthetic": parsed.synthetic,
                    "shown": dict(parsed.shown),
                }
            ),
        )
        seal(aside)
        _forget_old(place.parent)


def kept(place: Path) -> Parsed | None:
    """What was kept, or None where nothing is there as it was kept."""
    held = sealed(place)
    if held is None:
        return None
    facts = json.loads(held["facts.json"])
    tables = {name: _frame(held[f"{name}.parquet"]) for name in TABLES}
    events = _frame(held["events.parquet"])
    left = TypeAdapter(tuple[Unread, ...]).validate_python(facts["unread"])
    sheets = TypeAdapter(tuple[SheetRead, ...]).validate_python(facts["sheets"])
    synthetic, shown = facts["synthetic"], facts["shown"]
    return Parsed(tables, events, left, sheets, synthetic, Identities(), shown)


def _frame(content: bytes) -> pd.DataFrame:
    # From memory of Arrow's own: a thread of Arrow's that lets go of a Python object while Python
    # ends takes the whole program down (apache/arrow #45017).
    own = pa.BufferOutputStream()
    own.write(content)
    return pd.read_parquet(pa.BufferReader(own.getvalue()))


def _forget_old(folder: Path) -> None:
    kept = sorted(
        (p for p in folder.iterdir() if (p / "facts.json").exists()),
        key=lambda p: p.stat().st_mtime,
    )
    for old in kept[:-_FOLDERS_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
