"""An error in a cell is told, whichever program stored it and however its file writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlrd
import xlwt

from helpers import intake
from helpers.intake import workbook
from tests.conftest import _TINY
from tests.intake.books import opendocument, rewritten

SCORES = _TINY["kinerja"]


def _xlsx(path: Path, text: str) -> None:
    made = openpyxl.Workbook()
    for at, row in enumerate(text.splitlines(), start=1):
        for column, cell in enumerate(row.split(","), start=1):
            place = made.active.cell(at, column, cell)
            if cell.startswith(("#", "Err:")):
                place.data_type = "e"
    made.save(path)


def _prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(?=\w)", r"<\1x:", xml.replace("xmlns=", "xmlns:x=", 1))


def _without_places(xml: str) -> str:
    """Rows and cells need not say where they are."""
    return re.sub(r'(<(?:row|c)) r="\w+"', r"\1", xml)


def _in_single_quotes(xml: str) -> str:
    return xml.replace('"', "'")


def _written(change: Callable[[str], str]) -> Callable[[Path, str], None]:
    def write(path: Path, text: str) -> None:
        _xlsx(path, text)
        rewritten(path, change)

    return write


WRITERS = {
    "xlsx": _xlsx,
    "prefix.xlsx": _written(_prefixed),
    "without places.xlsx": _written(_without_places),
    "single quotes.xlsx": _written(_in_single_quotes),
    "ods": opendocument,
}


@pytest.mark.parametrize("form", list(WRITERS))
@pytest.mark.parametrize(
    ("error", "fault"),
    [
        ("#N/A", "missing_marker"),
        ("#DIV/0!", "out_of_scale"),
        ("Err:502", "out_of_scale"),
        ("=40*2", "out_of_scale"),
    ],
)
def test_an_error_is_told_where_it_is(tiny, form: str, error: str, fault: str):
    folder = tiny(kinerja=None)
    lines = SCORES.splitlines()
    lines[2] = lines[2].replace(",80.5,", f",{error},")
    lines[4] = lines[4].replace(",1200,", f",{error},")
    WRITERS[form](folder / f"kinerja.{form.rpartition('.')[2]}", "\n".join(lines))
    told = [p for p in intake.check(folder) if p.table == "kinerja"]
    assert [(p.fault, p.column, p.rows) for p in told if p.fault != "number_format"] == [
        (fault, "nilai_skp", (3,)),
        (fault, "output", (5,)),
    ]
    study = intake.study(folder, 2024)
    assert int(study.kinerja["nilai_skp"].isna().sum()) == 1
    assert int(study.kinerja["output"].isna().sum()) == 1


@pytest.mark.parametrize("empty", ['<c r="C3" t="e"/>', '<c r="C3" t="e"></c>'])
def test_an_error_that_says_nothing_has_not_its_neighbours_value(tiny, empty: str):
    path = tiny() / "kinerja.xlsx"
    _xlsx(path, SCORES)
    beside = empty + '<c r="D3"><v>1200</v></c>'
    rewritten(path, lambda xml: re.sub(r'<c r="C3".*?</c><c r="D3".*?</c>', beside, xml))
    (sheet,) = workbook.sheets(path.read_bytes())
    assert sheet.rows[2][2:] == ["", 1200, "200"]


def test_a_formula_that_gave_an_empty_text_is_an_empty_cell(tiny):
    path = tiny() / "kinerja.xlsx"
    _xlsx(path, SCORES)
    result = '<c r="C3" t="str"><f>IF(A1="","x","")</f><v></v></c>'
    rewritten(path, lambda xml: re.sub(r'<c r="C3".*?</c>', result, xml))
    (sheet,) = workbook.sheets(path.read_bytes())
    assert sheet.rows[2][2:] == ["", "1200", "200"]


@pytest.mark.parametrize(
    ("error", "fault"), [("#N/A", "missing_marker"), ("#REF!", "out_of_scale")]
)
def test_an_error_in_an_old_workbook_is_told_where_it_is(tiny, error: str, fault: str):
    """Their one reader gives such a cell as an empty one."""
    lines = SCORES.splitlines()
    lines[2] = lines[2].replace(",80.5,", f",{error},")
    lines[-1] = lines[-1].replace(",200", f",{error}")
    folder = tiny(kinerja=None)
    _xls(folder / "kinerja.xls", lines)
    told = [p for p in intake.check(folder) if p.table == "kinerja" and p.fault != "number_format"]
    assert [(p.fault, p.column, p.rows) for p in told] == [
        (fault, "hari_kerja", (len(lines),)),
        (fault, "nilai_skp", (3,)),
    ]


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_of_an_old_workbook_are_counted_by_its_calendar(tmp_path: Path, from_1904: bool):
    lines = ["kode,hari", "A,1", "B,2"]
    _xls(tmp_path / "a.xls", lines, from_1904=from_1904)
    _, sheet = workbook.sheets((tmp_path / "a.xls").read_bytes())
    assert sheet.since_1904 is from_1904 and sheet.rows[1] == ["A", "1"]


def _xls(path: Path, lines: list[str], *, from_1904: bool = False) -> None:
    codes = {shown: code for code, shown in xlrd.error_text_from_code.items()}
    made = xlwt.Workbook()
    made.dates_1904 = from_1904
    made.add_sheet("Catatan").write(0, 0, "catatan")
    sheet = made.add_sheet("Data")
    for at, line in enumerate(lines):
        for column, cell in enumerate(line.split(",")):
            if cell in codes:
                sheet.row(at).set_cell_error(column, codes[cell])
            else:
                sheet.write(at, column, cell)
    made.save(str(path))
