"""A cell merged over a group of rows says the same of each, in every form that has such cells."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from helpers import intake
from helpers.intake import opendocument
from helpers.intake.files import read
from tests.conftest import _TINY, NIPS
from tests.intake.books import stored

Grid = list[list[str]]
# First row and column, last row and column, counted from nought.
Merged = tuple[int, int, int, int]


def _xlsx(path: Path, grid: Grid, merged: list[Merged]) -> None:
    made = openpyxl.Workbook()
    for row in grid:
        made.active.append([cell or None for cell in row])
    for top, left, bottom, right in merged:
        made.active.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    made.save(path.with_suffix(".xlsx"))


def _placed(
    grid: Grid, merged: list[Merged], cell: Callable[[str, int, int], str], covered: str
) -> list[str]:
    spans = {(top, left): (bottom, right) for top, left, bottom, right in merged}
    under = {
        (row, column)
        for top, left, bottom, right in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    return [
        "".join(
            covered
            if (row, column) in under
            else cell(
                said,
                spans.get((row, column), (row, column))[0] - row + 1,
                spans.get((row, column), (row, column))[1] - column + 1,
            )
            for column, said in enumerate(cells)
        )
        for row, cells in enumerate(grid)
    ]


def _page(path: Path, grid: Grid, merged: list[Merged]) -> None:
    rows = _placed(grid, merged, "<td rowspan={1} colspan={2}>{0}</td>".format, "")
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    path.with_suffix(".xls").write_text(f"<table>{body}</table>")


def _ods(path: Path, grid: Grid, merged: list[Merged]) -> None:
    cell = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="{1}"'
        ' table:number-columns-spanned="{2}"><text:p>{0}</text:p></table:table-cell>'
    )
    rows = _placed(grid, merged, cell.format, "<table:covered-table-cell/>")
    stored(path.with_suffix(".ods"), rows)


forms = pytest.mark.parametrize("write", [_xlsx, _page, _ods])
HEAD = ["tahun", "nip", "nama_unit_induk", "kode_unit", "status"]
PEOPLE = [
    [str(year), nip, "", "", "PNS"] for year in (2023, 2024) for nip in (*NIPS[:2], *NIPS[2:])
]


def _roll() -> Grid:
    """Two people of each year in each unit, whose code stands with the first of them alone."""
    grid = [HEAD, *(list(row) for row in PEOPLE)]
    for at in range(1, 9, 2):
        grid[at][2] = f"K{at // 2 % 2}"
    return grid


@forms
def test_a_unit_merged_over_rows_and_columns_is_said_in_all_its_cells(tiny, write):
    folder = tiny(pegawai=None)
    merged = [(at, 2, at + 1, 3) for at in range(1, 9, 2)]
    write(folder / "pegawai", _roll(), merged)
    people = intake.study(folder, 2024).pegawai
    assert people["kode_unit"].value_counts().to_dict() == {"K0": 4, "K1": 4}


@forms
def test_a_year_merged_down_is_the_year_of_each_row(tiny, write):
    folder = tiny(kinerja=None)
    grid = [line.split(",") for line in _TINY["kinerja"].splitlines()]
    for row in (*grid[2:5], *grid[6:9]):
        row[0] = ""
    write(folder / "kinerja", grid, [(1, 0, 4, 0), (5, 0, 8, 0)])
    scores = intake.study(folder, 2024).kinerja
    assert scores["tahun"].value_counts().to_dict() == {2023: 4, 2024: 4}


@forms
def test_what_is_merged_at_the_end_of_rows_reaches_into_them(tmp_path: Path, write):
    write(tmp_path / "b", [["a", "b"], ["1", "x"], ["2", ""]], [(1, 1, 2, 1)])
    (path,) = tmp_path.iterdir()
    (sheet,) = read(path)
    assert sheet.cells(1).tolist()[-2:] == ["x", "x"]


@forms
def test_a_note_merged_below_the_table_is_no_row_of_data(tiny, write):
    folder = tiny(kinerja=None)
    grid = [line.split(",") for line in _TINY["kinerja"].splitlines()]
    grid += [["Catatan: angka sementara", "", "", "", ""], *([""] * 5 for _ in range(3))]
    write(folder / "kinerja", grid, [(9, 0, 12, 4)])
    assert len(intake.study(folder, 2024).kinerja) == 8
    told = [p for p in intake.check(folder) if p.table == "kinerja"]
    assert {(p.fault, p.action) for p in told} <= {("row_not_data", "dropped")}


@forms
@pytest.mark.parametrize("office", ["Mengetahui, Kepala BKPSDM", "Kepala BKPSDM"])
@pytest.mark.parametrize("last", [0, 2])
def test_who_signs_in_a_cell_merged_at_the_foot_is_no_row_of_data(tiny, write, office, last):
    folder = tiny(kinerja=None)
    grid = [line.split(",") for line in _TINY["kinerja"].splitlines()]
    right = ["Arosuka, 31 Desember 2024", "Pengelola", "", "(..........)", f"NIP. {NIPS[0]}"]
    grid += [[""] * 5, *(["", "", "", "", said] for said in right)]
    grid[10][0] = office
    write(folder / "kinerja", grid, [(10, 0, 14, last)])
    assert len(intake.study(folder, 2024).kinerja) == 8
    told = [p for p in intake.check(folder) if p.table == "kinerja"]
    assert {(p.fault, p.action) for p in told} == {("row_not_data", "dropped")}
    assert set(told[0].rows) >= {11, 12, 14, 15}


@forms
def test_a_group_that_ends_the_table_above_who_signs_is_filled(tiny, write):
    folder = tiny(pegawai=None)
    signed = [["", "", "", "", said] for said in ("", "Arosuka, 31 Desember 2024", "Kepala")]
    merged = [(at, 2, at + 1, 3) for at in range(1, 9, 2)]
    write(folder / "pegawai", _roll() + signed, merged)
    people = intake.study(folder, 2024).pegawai
    assert people["kode_unit"].value_counts().to_dict() == {"K0": 4, "K1": 4}


@forms
def test_a_header_merged_over_rows_and_columns_is_one_header(tiny, write):
    folder = tiny(kinerja=None)
    rows = [line.split(",") for line in _TINY["kinerja"].splitlines()[1:]]
    grid = [
        ["tahun", "nip", "nilai_skp", "", "kerja", ""],
        ["", "", "", "", "output", "hari_kerja"],
        *([*row[:3], "x", *row[3:]] for row in rows),
    ]
    write(folder / "kinerja", grid, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 3), (0, 4, 0, 5)])
    assert not [p for p in intake.check(folder) if p.stops]
    assert len(intake.study(folder, 2024).kinerja) == 8


def test_merged_cells_of_a_long_sheet_are_found_without_a_tree_of_it():
    """A hundred thousand rows would take a gigabyte."""
    cell = '<table:table-cell table:number-{}="{}"><text:p>1</text:p></table:table-cell>'.format
    blank = (
        '<table:table-row table:number-rows-repeated="7">'
        '<table:table-cell table:number-columns-repeated="12"/></table:table-row>'
    )
    rows = ["<table:table-row>" + cell("columns-repeated", 12) + "</table:table-row>"] * 20_000
    rows[1] = blank
    rows[2] = (
        "<table:table-row>"
        + cell("columns-repeated", 3)
        + cell("rows-spanned", 4)
        + '<table:covered-table-cell table:number-columns-repeated="2"/>'
        + cell('columns-spanned="2" table:number-rows-spanned', 2)
        + "</table:table-row>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    sheets = "".join(
        f'<table:table table:name="{name}">{"".join(of)}</table:table>'
        for name, of in (("A &amp; B", rows), ("C", rows[:1]))
    )
    xml = f'<a xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0">{sheets}</a>'.encode()
    tracemalloc.start()
    found = opendocument.merged(xml)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == {"A & B": [((8, 3), (11, 3)), ((8, 6), (9, 7))], "C": []}
    assert peak < len(xml) / 10
