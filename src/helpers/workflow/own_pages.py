"""The pages of own notebooks that stand by the reports, and whom their comparisons are of, so that
the next one is held against them. What is kept of a page lies where nothing leaves from, since it
speaks of people one by one; it is found by the page's content.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.contracts import Study, project, write_whole
from helpers.explore import whose


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OwnPages:
    """The pages of a folder.

    Parameters
    ----------
    compared : their comparisons, of people under their numbers in a study.
    unknown : names of those that nothing can be held against: they are of other data, or nobody
        knows any longer whom they are of.
    """

    compared: list[pd.DataFrame]
    unknown: tuple[str, ...]


def standing(folder: Path, study: Study, content: str) -> OwnPages:
    """What stands there.

    Parameters
    ----------
    folder : which need not be there.
    study : of the page that is to lie beside them.
    content : names what its data hold, see `intake.content_of`.
    """
    numbered = {lasting: key for key, lasting in _lasting(study).items()}
    found: list[pd.DataFrame] = []
    unknown = []
    for page in sorted(folder.glob("*.html")):
        place = _kept(page.read_bytes())
        kept = pd.read_parquet(place) if place.is_file() else None
        if kept is None or (kept["content"] != content).any():
            unknown.append(page.name)
            continue
        of_page = kept.assign(who=_renamed(kept["who"], numbered))
        found += [rows for _, rows in of_page.groupby("comparison")]
    return OwnPages(found, tuple(unknown))


def publish_one(page: Path, text: str, shown: pd.DataFrame, study: Study, content: str) -> Path:
    """Write a page, and keep whom it is of; what was kept of an earlier one in its place goes.

    Parameters
    ----------
    page : where it goes.
    text : of it.
    shown : its comparisons, as of `explore.beside.together`.
    study : that it was made of.
    content : names what its data hold.

    Returns
    -------
    The path itself.
    """
    earlier = _kept(page.read_bytes()) if page.is_file() else None
    kept = shown.assign(who=_renamed(shown["who"], _lasting(study)), content=content)
    buffer = io.BytesIO()
    kept.to_parquet(buffer, index=False)
    here = write_whole(_kept(text.encode()), buffer.getvalue())
    write_whole(page, text)
    if earlier is not None and earlier != here:
        earlier.unlink(missing_ok=True)
    return page


def _lasting(study: Study) -> dict[str, str]:
    """The key of each person in a study, with one that is the same in studies of other years."""
    numbers, by = whose.numbers(study), whose.KNOWN_BY["people"]
    people = pd.Series(numbers.index, index=numbers.index)
    return dict(zip(whose.keys(by, numbers), whose.keys(by, people), strict=True))


def _renamed(who: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return who.map(lambda key: names.get(key, key))


def kept_in() -> Path:
    """The folder of what is kept of pages; it need not be there."""
    return project.PRIVATE / "own_pages"


def _kept(page: bytes) -> Path:
    return kept_in() / f"{hashlib.sha256(page).hexdigest()}.parquet"
