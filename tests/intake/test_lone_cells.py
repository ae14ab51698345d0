"""A row of data whose whole content stands in one cell is lost and told as lost, and no footer is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from helpers import intake
from helpers.contracts import Problem
from tests.conftest import _TINY, NIPS

SCORES = "tahun,nip,nilai_skp\n" + "".join(
    f"{year},{nip},80.5\n" for year in range(2005, 2025) for nip in NIPS
)
FORMS = "".join(
    f"R{i}," * bool(i) + ("id_respon," * (not i)) + line + "\n"
    for i, line in enumerate(_TINY["skm"].splitlines())
)


def _told(folder: Path) -> tuple[list[Problem], list[Problem]]:
    found = intake.check(folder)
    lost = [p for p in found if p.fault == "row_not_data" and p.action == "excluded"]
    return lost, [p for p in found if p.fault == "mass_loss"]


def _quoted(row: str) -> str:
    return f'"{row}"'


def _of_another_separator(row: str) -> str:
    return row.replace(",", ";")


def _of_its_nip_alone(row: str) -> str:
    return f",{row.split(',')[1]},"


def _pasted(row: str) -> str:
    return _quoted(row.replace(",", "  "))


@pytest.mark.parametrize("written", [_quoted, _of_another_separator, _of_its_nip_alone, _pasted])
@pytest.mark.parametrize("step", [40, 10])
def test_a_row_of_one_cell_is_lost_and_told_and_counts_for_a_mass(tiny, written, step: int):
    head, *rows = SCORES.splitlines()
    changed = [written(row) if i % step == 1 else row for i, row in enumerate(rows)]
    (lost,), mass = _told(tiny(kinerja="\n".join([head, *changed]) + "\n"))
    assert lost.rows == tuple(i + 2 for i in range(1, len(rows), step))
    assert [p.found for p in mass] == ([] if step == 40 else [f"{lost.count}/{len(rows)}"])


@pytest.mark.parametrize("cells", ["{0}", '"{0},{1},{2}"', '"{1};{2};3;3"'])
def test_forms_of_one_cell_are_lost(tiny, cells: str):
    head, *rows = FORMS.splitlines()
    rows[3] = cells.format(*rows[3].split(","))
    (lost,), _ = _told(tiny(skm="\n".join([head, *rows]) + "\n"))
    assert lost.rows == (5,)


def test_units_in_one_cell_are_lost(tiny):
    head, *rows = _TINY["unit"].splitlines()
    units = [f"{head},opd", *(f"{row},Dinas" for row in rows), '"K2,Loket Dua,Dinas"', "K3,,"]
    (lost,), _ = _told(tiny(unit="\n".join(units) + "\n"))
    assert lost.rows == (4, 5)


def test_rows_pasted_into_the_first_column_of_a_workbook_are_lost(tiny, tmp_path: Path):
    head, *rows = (line.split(",") for line in _TINY["pegawai"].splitlines())
    folder = tiny(pegawai=None)
    book = openpyxl.Workbook()
    for row in [head, *rows[:5], *([";".join(row)] for row in rows[5:])]:
        book.active.append(row)
    book.save(folder / "pegawai.xlsx")
    (lost,), (mass,) = _told(folder)
    assert (lost.rows, mass.found) == ((7, 8, 9), "3/8")


@pytest.mark.parametrize(
    "footer",
    [
        '"Catatan: data per 31-12-2024, sementara, belum final"',
        '"tahun,nip,nilai_skp"',
        '"Solok, 31 Desember 2024"',
        f"NIP. {NIPS[0]}",
        "Jumlah 80",
        '"Dinas A, Dinas B, Dinas C"',
        "1",
    ],
)
def test_what_stands_below_a_table_in_one_cell_is_none_of_its_rows(tiny, footer: str):
    lost, mass = _told(tiny(kinerja=SCORES + footer + ",,\n"))
    assert not lost and not mass
