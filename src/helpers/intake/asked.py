"""What is asked for: the folder, the plan and the year, as a person may write them; what is none is
refused by the argument's name.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from helpers.contracts import EvaluasiError, Plan, Text, WrongUsage, load_plan, project
from helpers.contracts.tables import YEARS_READ

# The one folder and year that a page is made of, and the fewest people that a figure of it may
# describe; None where no page is being made.
_page: tuple[Path, int, int] | None = None

# Where a person says which folder: on the command line, or in a notebook.
_WHERE: Final = Text(
    "--data, atau data dalam sel parameter", "--data, or data in the parameters cell"
)


def page_of(data: str, of_year: int, fewest: int) -> None:
    """From here on, nothing but this folder and year is read: what is checked before a page leaves,
    and what stands at its head, is of them alone.

    Parameters
    ----------
    data : a whole path.
    of_year, fewest : of the page.
    """
    global _page  # noqa: PLW0603  a notebook's cells know of it by it alone
    _page = Path(data).resolve(), of_year, fewest


def on_the_page(data: Path, of_year: int, fewest: int) -> None:
    """That a page that is being made is of this folder and year, and shows no fewer people.

    Parameters
    ----------
    data : from `folder`.
    of_year : from `year`.
    fewest : people that a figure may describe by the plan asked for.

    Raises
    ------
    EvaluasiError : it is of another, or shows figures of fewer people.
    """
    if _page is None:
        return
    of_data, page_year, least = _page
    if fewest < least:
        raise EvaluasiError(
            Text(
                f"intake.study: halaman ini tidak menampilkan angka kurang dari {least} orang; "
                f"rencana yang diminta di sini membolehkan {fewest} (privacy.small_cell)\n"
                "  Perbaiki: pakai rencana halaman ini, atau rencana yang tidak lebih longgar",
                f"intake.study: this page shows no figure of fewer than {least} people; the plan "
                f"asked for here allows {fewest} (privacy.small_cell)\n"
                "  Remedy: use the page's own plan, or one that allows no fewer",
            )
        )
    if (data.resolve(), of_year) != (of_data, page_year):
        name = of_data.name
        raise EvaluasiError(
            Text(
                f"intake.study: halaman ini dibuat dari folder {name}, tahun {page_year}; di sini "
                f"diminta {data.name}, {of_year}.\n  Perbaiki: ubah data dan year dalam sel "
                "parameter, atau buat notebook lain untuk yang satunya",
                f"intake.study: this page is of the folder {name}, year {page_year}; asked for "
                f"here is {data.name}, {of_year}.\n  Remedy: change data and year in the "
                "parameters cell, or make another notebook of the other",
            )
        )


def folder(data: object) -> Path:
    """The data folder, as the user or else the project has it.

    Raises
    ------
    EvaluasiError : nothing that names a folder.
    WrongUsage : a file, a folder that is not there, or one that holds what the program made.
    """
    found = project.resolve(_path("data", data, Text("folder data", "a data folder")))
    if found.is_file():
        raise WrongUsage(
            Text(
                f"{data}: berkas, bukan folder; beri folder yang memuatnya ({_WHERE.id})",
                f"{data}: a file, no folder; give the folder that holds it ({_WHERE.en})",
            )
        )
    if not found.is_dir():
        raise WrongUsage(
            Text(
                f"{data}: folder data tidak ada ({_WHERE.id})",
                f"{data}: the data folder does not exist ({_WHERE.en})",
            )
        )
    if project.PREPARED.is_relative_to(found):
        raise WrongUsage(
            Text(
                f"{data}: di dalamnya ada data/prepared, yang dibuat program ini sendiri, sehingga "
                "tabel terbaca dua kali; beri folder ekspornya saja, misalnya data/raw "
                f"({_WHERE.id})",
                f"{data}: holds data/prepared, which this program made itself, so that tables "
                "would be read twice; give the folder of the exports alone, such as data/raw "
                f"({_WHERE.en})",
            )
        )
    return found


def plan(given: object) -> Plan:
    """A plan that was read, or the one in the file named; the project's own for empty text.

    Raises
    ------
    EvaluasiError : neither, or a plan file that cannot be followed.
    """
    if isinstance(given, Plan):
        return given
    path = _path("plan", given, Text("rencana atau berkasnya", "a plan or its file"))
    return load_plan(project.resolve(path) if str(path) else None)


def year(given: object) -> int:
    """A year as a person may type it: ``2023`` or ``"2023"``.

    Raises
    ------
    EvaluasiError : no whole number from 1990 to 2100.

    >>> year(" 2023 ")
    2023
    """
    text = str(given).strip()
    if isinstance(given, bool) or not (
        text.isascii() and text.isdigit() and YEARS_READ[0] <= int(text) <= YEARS_READ[1]
    ):
        low, high = YEARS_READ
        raise EvaluasiError(
            Text(
                f"year: terbaca {text[:20]!r}; seharusnya tahun, {low}–{high}",
                f"year: found {text[:20]!r}; expected a year, {low}–{high}",
            )
        )
    return int(text)


def _path(argument: str, given: object, expected: Text) -> str | os.PathLike[str]:
    if isinstance(given, (str, os.PathLike)):
        return given
    found = repr(given)[:20]
    raise EvaluasiError(
        Text(
            f"{argument}: terbaca {found}; seharusnya {expected.id}",
            f"{argument}: found {found}; expected {expected.en}",
        )
    )
