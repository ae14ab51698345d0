"""The notebooks to work on in the Lab: copies in a folder that git never sees, so that what is
saved there, with own figures in it, cannot be committed.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Final

import nbformat

from helpers.contracts import Lang, project, restore, write_whole
from helpers.workflow import languages

# With it the Lab offers nobody news from the network.
LAB_SETTINGS: Final = Path(__file__).with_name("lab")
START: Final = "00_start_here.ipynb"
# Beside the copies: what each of them was copied from.
_ORIGINS: Final = ".copied-from.json"


def lay_out(
    notebooks: Path = project.NOTEBOOKS, folder: Path | None = None, lang: Lang = "id"
) -> Path:
    """Copy the notebooks, but for those that are there already.

    Parameters
    ----------
    notebooks : the folder of the originals, which are only read.
    folder : where the copies go; ``data/private/lab`` where None.
    lang : whose text cells the copies have, and what they answer in.

    Returns
    -------
    The folder. What somebody changed in a copy is never lost: where the original is another one by
    now, or in another language, the changed copy stays under a name with today's date.
    """
    folder = folder or project.PRIVATE / "lab"
    restore(folder)
    origins = _read(folder / _ORIGINS)
    for original in sorted(notebooks.glob("*.ipynb")):
        content, copy = _opened(original, lang), folder / original.name
        new = _sum(content)
        if copy.exists() and origins.get(original.name) == new:
            continue
        if copy.exists() and _sum(copy.read_bytes()) not in (new, origins.get(original.name)):
            copy.rename(_free(copy))
        write_whole(copy, content)
        origins[original.name] = new
    write_whole(folder / _ORIGINS, json.dumps(origins, indent=1) + "\n")
    return folder


def _opened(original: Path, lang: Lang) -> bytes:
    notebook = languages.alone(nbformat.read(str(original), as_version=4), lang)
    return (nbformat.writes(notebook) + "\n").encode()


def _read(path: Path) -> dict[str, str]:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _free(copy: Path) -> Path:
    """A name beside a copy that tells the day and is nobody's yet."""
    dated = f"{copy.stem} ({date.today().isoformat()})"
    names = chain([dated], (f"{dated} {number}" for number in count(2)))
    return next(p for n in names if not (p := copy.with_name(f"{n}.ipynb")).exists())


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
