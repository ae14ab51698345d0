"""The pages of own notebooks that stand by the reports, and whom their comparisons are of, so that
the next one is held against them. What is kept of a page lies with the prepared tables, since it
speaks of people one by one; it is found by the page's content.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pandas as pd

from helpers.contracts import Study, Text, WrongUsage, project, write_whole
from helpers.explore import whose


def compared(folder: Path, study: Study) -> list[pd.DataFrame]:
    """The comparisons of all pages of a folder, of people under their numbers in a study.

    Parameters
    ----------
    folder : which need not be there.
    study : of the page that is to lie beside them.

    Raises
    ------
    WrongUsage : pages of which nobody can tell any longer whom they are of.
    """
    pages = sorted(folder.glob("*.html"))
    unknown = [page.name for page in pages if not _kept(page.read_bytes()).is_file()]
    if unknown:
        raise WrongUsage(_unknown(folder.name, ", ".join(unknown)))
    numbers = whose.numbers(study).astype(str)
    found: list[pd.DataFrame] = []
    for page in pages:
        kept = pd.read_parquet(_kept(page.read_bytes()))
        # Whoever is on no roll any longer is somebody all the same.
        person = kept["person"].map(numbers).fillna(kept["person"])
        of_page = kept.assign(person=person).groupby("comparison")
        found += [rows for _, rows in of_page]
    return found


def publish_one(page: Path, content: str, shown: pd.DataFrame, study: Study) -> Path:
    """Write a page, and keep whom it is of; what was kept of an earlier one in its place goes.

    Parameters
    ----------
    page : where it goes.
    content : of it.
    shown : its comparisons, as of `explore.beside.together`.
    study : that it was made of.

    Returns
    -------
    The path itself.
    """
    earlier = _kept(page.read_bytes()) if page.is_file() else None
    numbers = whose.numbers(study)
    ids = pd.Series(numbers.index, index=numbers.astype(str))
    person = shown["person"].map(ids)
    # Places in a frame say nothing once the data have changed; people are people still.
    kept = shown.assign(person=person, place=shown["place"].where(person.isna()))
    buffer = io.BytesIO()
    kept.to_parquet(buffer, index=False)
    here = write_whole(_kept(content.encode()), buffer.getvalue())
    write_whole(page, content)
    if earlier is not None and earlier != here:
        earlier.unlink(missing_ok=True)
    return page


def _kept(content: bytes) -> Path:
    return project.PREPARED / "own" / f"{hashlib.sha256(content).hexdigest()}.parquet"


def _unknown(folder: str, pages: str) -> Text:
    return Text(
        f"{folder}/: dari {pages} tidak diketahui lagi siapa yang dibandingkan di dalamnya, "
        "sehingga halaman ini tidak dapat diperiksa terhadapnya\n"
        f"  Perbaiki: pindahkan {pages} dari sana, lalu buat lagi dari notebooknya "
        "sesudah halaman ini: evaluasi page",
        f"{folder}/: of {pages} it is not known any longer whom they compare, so that this "
        "page cannot be held against them\n"
        f"  Remedy: move {pages} away from there, and make them again from their notebooks "
        "after this page: evaluasi page",
    )
