"""Codes of units that a spreadsheet took for numbers are told: 5.10 reads 5.1, another unit."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from helpers import intake
from helpers.contracts import Problem, fault_of
from tests.conftest import _TINY

ROLL = _TINY["pegawai"]
TEN = [f"5.{i}" for i in range(1, 11)]


def _units(codes: list[str]) -> str:
    return "kode_unit,nama_unit\n" + "".join(f"{c},Unit {i}\n" for i, c in enumerate(codes, 1))


def _placed(text: str, codes: list[str]) -> str:
    return text.replace(",K0,", f",{codes[0]},").replace(",K1,", f",{codes[1]},")


def _folder(tiny, units: list[str], people: list[str], forms: list[str]) -> Path:
    roll, survey = _placed(ROLL, people), _placed(_TINY["skm"], forms)
    return tiny(unit=_units(units), pegawai=roll, skm=survey)


def _told(folder: Path) -> dict[str, Problem]:
    return {p.table: p for p in intake.check(folder) if p.fault == "number_format"}


def _as_numbers(path: Path) -> None:
    """The file as a workbook in which every code was typed as a number."""
    book = openpyxl.Workbook()
    for line in path.read_text().splitlines():
        code, *rest = line.split(",")
        book.active.append([float(code) if code[0].isdigit() else code, *rest])
    book.save(path.with_suffix(".xlsx"))
    path.unlink()


def test_two_units_that_became_one_in_a_workbook_are_told(tiny):
    folder = _folder(tiny, TEN, ["5.2", "5.3"], ["5.2", "5.3"])
    _as_numbers(folder / "unit.csv")
    told = _told(folder)
    assert set(told) == {"unit"}
    assert (told["unit"].action, told["unit"].rows, told["unit"].found) == (
        "warned",
        (2, 11),
        "'5.1'",
    )
    assert "Teks" in told["unit"].remedy["id"] and "5.10" in told["unit"].what["en"]


@pytest.mark.parametrize("point", [".", ","])
def test_codes_of_people_that_lack_the_zero_which_the_units_have_are_told(tiny, point: str):
    people = [f'"5{point}1"', f'"5{point}2"']
    folder = _folder(tiny, [f'"{c.replace(".", point)}"' for c in TEN], people, people)
    told = _told(folder)
    assert set(told) == {"pegawai", "skm"}
    assert (told["pegawai"].count, told["pegawai"].found) == (4, f"'5{point}1'")
    # The report's list of faults says the same of it.
    assert told["skm"].what == fault_of("number_format", "warned", "skm").what


def test_codes_of_differing_length_none_of_which_ends_in_zero_are_in_doubt(tiny):
    folder = _folder(tiny, ["5.1", "5.9", "5.11"], ["5.9", "5.11"], ["5.9", "5.11"])
    assert {t: p.found for t, p in _told(folder).items()} == {"unit": "'5.1'"}


@pytest.mark.parametrize(
    ("units", "people"),
    [
        (TEN, ["5.1", "5.10"]),
        (["5.1", "5.2"], ["5.1", "5.2"]),
        (["5.01", "5.11"], ["5.01", "5.11"]),
        (["1.02.01", "1.02.1"], ["1.02.01", "1.02.1"]),
        (["51", "510"], ["51", "510"]),
    ],
)
def test_codes_that_are_text_or_no_decimals_are_in_no_doubt(tiny, units, people):
    assert not _told(_folder(tiny, units, people, people))
