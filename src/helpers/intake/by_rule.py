"""Who gets a seat, or none, by rule and not by lot: a list that the evaluator writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NoReturn

import pandas as pd

from helpers.contracts import EvaluasiError, Text, WrongUsage, codes
from helpers.contracts import nip as nips
from helpers.intake import files, header_names, recognise, shapes, values
from helpers.intake.sheet import Grid

MUST: Final = "wajib"
MUST_NOT: Final = "tidak"
_HEADERS: Final = {
    "nip": ("nip", "nipbaru", "nippegawai"),
    "ketentuan": ("ketentuan", "rule"),
    "alasan": ("alasan", "reason", "dasar"),
}
_SAID: Final = {
    # "Ikut" and "ya" may as well mean that somebody takes part in the draw.
    MUST: ("wajib", "must"),
    MUST_NOT: ("tidak", "tidakikut", "tidakboleh", "mustnot"),
}
_MOST_ROWS: Final = 100_000
_EXPECTED: Final = Text(
    "kolom nip, ketentuan (wajib atau tidak) dan alasan",
    "the columns nip, ketentuan (wajib or tidak) and alasan",
)


def by_rule(path: Path) -> pd.DataFrame:
    """Who is named in the list, each with what the rule is and why.

    Parameters
    ----------
    path : a CSV or spreadsheet file with the columns ``nip``, ``ketentuan`` (``wajib``: has a seat
        without a lot; ``tidak``: has none) and ``alasan``.

    Returns
    -------
    ``nip`` (18 digits), ``ketentuan``, ``alasan`` and ``row``, in the order of the file.

    Raises
    ------
    WrongUsage : there is no such file.
    EvaluasiError : a file that is no table, a column that is absent, a NIP that is
        none or is there twice, a rule that is neither, or a missing reason; no message shows a NIP.
    """
    grid = _grid(path)
    at, where = _header(path, grid)
    rows = []
    for number, row in enumerate(grid[at + 1 :], start=at + 2):
        said = {name: row[spot] if spot < len(row) else "" for name, spot in where.items()}
        if all(values.is_empty(cell) for cell in said.values()):
            continue
        rows.append((*_read(path, number, said), number))
    found = pd.DataFrame(rows, columns=["nip", "ketentuan", "alasan", "row"])
    twice = found[found["nip"].duplicated()]
    if len(twice):
        _stop(path, int(twice["row"].iloc[0]), "nip", Text("NIP yang sama dua kali", "a NIP twice"))
    return found


def _grid(path: Path) -> Grid:
    if not path.exists():
        raise WrongUsage(
            Text(
                f"{_shown(path)}: tidak ada\n  seharusnya: CSV/XLSX dengan {_EXPECTED.id}",
                f"{_shown(path)}: is not there\n  expected: CSV or XLSX with {_EXPECTED.en}",
            )
        )
    try:
        sheets = files.read(path)
    except (OSError, files.UnreadableFile) as error:
        raise EvaluasiError(
            Text(
                f"{_shown(path)}: tidak dapat dibaca\n  seharusnya: CSV/XLSX dengan {_EXPECTED.id}",
                f"{_shown(path)}: cannot be read\n  expected: CSV or XLSX with {_EXPECTED.en}",
            )
        ) from error
    return [row for one in sheets[:1] for row in (*one.above, *one.first(_MOST_ROWS))]


def _header(path: Path, grid: Grid) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(grid[: recognise.HEADER_ROWS_SEARCHED]):
        keys = header_names.keys_of(row)
        where = {
            name: keys.index(next(k for k in known if k in keys))
            for name, known in _HEADERS.items()
            if set(known) & set(keys)
        }
        if where.keys() == _HEADERS.keys():
            return at, where
    raise EvaluasiError(
        Text(
            f"{_shown(path)}: tidak ada baris judul yang lengkap\n  seharusnya: {_EXPECTED.id}",
            f"{_shown(path)}: no row names all columns\n  expected: {_EXPECTED.en}",
        )
    )


def _read(path: Path, number: int, said: dict[str, object]) -> tuple[str, str, str]:
    nip, state = nips.clean(said["nip"])
    if state == "rounded":
        _stop(
            path,
            number,
            "nip",
            Text(
                "NIP dibulatkan oleh lembar kerja; ubah kolomnya menjadi teks dan isi lagi",
                "the NIP was rounded by the spreadsheet; make the column text and fill it in again",
            ),
        )
    if nip is None or state in ("bad", "missing"):
        _stop(path, number, "nip", Text("bukan NIP 18 angka", "no NIP of 18 digits"))
    written = re.sub(r"[^a-z]", "", codes.key(values.text(said["ketentuan"])))
    rule = next((rule for rule, words in _SAID.items() if written in words), "")
    if not rule:
        shown = shapes.shown(said["ketentuan"])
        _stop(
            path,
            number,
            "ketentuan",
            Text(
                f"terbaca {shown}; seharusnya wajib atau tidak",
                f"found {shown}; expected wajib or tidak",
            ),
        )
    why = values.text(said["alasan"])
    if not why or values.is_marker(said["alasan"]):
        _stop(path, number, "alasan", Text("alasannya kosong", "it has no reason"))
    return str(nip), rule, why


def _shown(path: Path) -> str:
    return nips.hidden_in(path.name)


def _stop(path: Path, row: int, column: str, why: Text) -> NoReturn:
    raise EvaluasiError(
        Text(
            f"{_shown(path)}, baris {row}, kolom {column}: {why.id}",
            f"{_shown(path)}, row {row}, column {column}: {why.en}",
        )
    )
