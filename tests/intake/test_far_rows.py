"""Rows far below the others are data that are lost, or nothing: each is told as what it is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from helpers import intake
from helpers.contracts import EvaluasiError
from tests.conftest import _TINY

SCORES = _TINY["kinerja"]
# Of people whom no other row names.
MORE = "2024,19801{:02d}2005011{:03d},80.5,1200,200"


def _gap(path: Path, above: str, below: list[list[object]], at: int = 2500) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Rekap"
    for line in above.splitlines():
        made.active.append(line.split(","))
    for row, cells in enumerate(below, start=at):
        for column, cell in enumerate(cells, start=1):
            made.active.cell(row, column, cell)
    made.save(path)


def _far(folder: Path) -> list:
    return [p for p in intake.check(folder) if p.fault == "row_not_data"]


def test_rows_of_data_below_a_gap_are_counted_as_lost(tiny):
    folder = tiny(kinerja=None)
    _gap(folder / "kinerja.xlsx", SCORES, [MORE.format(1, 1).split(",")])
    (problem,) = _far(folder)
    assert (problem.action, problem.file, problem.sheet, problem.rows) == (
        "excluded",
        "kinerja.xlsx",
        "Rekap",
        (2500,),
    )
    assert "1,000" in problem.what.en and "1.000" in problem.what.id
    study = intake.study(folder, 2024)
    assert len(study.kinerja) == 8
    assert study.exclusions.query("fault == 'row_not_data'")["action"].tolist() == ["excluded"]


def test_many_of_them_stop(tiny):
    folder = tiny(kinerja=None)
    below = [MORE.format(i, i).split(",") for i in range(1, 4)]
    _gap(folder / "kinerja.xlsx", SCORES, below)
    with pytest.raises(EvaluasiError, match="mass_loss"):
        intake.study(folder, 2024)


def test_a_sheet_whose_rows_are_all_below_a_gap_is_not_called_empty(tiny):
    folder = tiny(kinerja=None)
    head, *rows = SCORES.splitlines()
    _gap(folder / "kinerja.xlsx", head, [row.split(",") for row in rows])
    stops = {p.fault for p in intake.check(folder) if p.stops and p.file == "kinerja.xlsx"}
    assert stops == {"mass_loss"}


@pytest.mark.parametrize("cells", [["2024"], [None, None, None, "x", "y"]])
def test_what_is_no_row_of_data_is_none_there_either(tiny, cells):
    """As above the gap: one cell alone, or nothing in a column that the table needs."""
    folder = tiny(kinerja=None)
    scores = "\n".join(f"{row},catatan" for row in SCORES.splitlines())
    _gap(folder / "kinerja.xlsx", scores, [cells] * 4)
    assert {p.action for p in _far(folder)} == {"dropped"}
    assert len(intake.study(folder, 2024).kinerja) == 8


def test_rows_that_are_only_formatted_are_no_data(tiny):
    folder = tiny(kinerja=None)
    path = folder / "kinerja.xlsx"
    _gap(path, SCORES, [])
    made = openpyxl.load_workbook(path)
    for row in range(3000, 3010):
        for column in range(1, 6):
            made.active.cell(row, column).font = Font(bold=True)
    made.save(path)
    assert {p.action for p in _far(folder)} <= {"dropped"}
    assert not [p for p in intake.check(folder) if p.stops]
