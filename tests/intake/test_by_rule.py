"""The list of those whom a rule seats or leaves out: read in any form, and no fault tells a NIP."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from helpers import intake
from helpers.contracts import LANGS, EvaluasiError

NIPS = ("198501012010011001", "199002022015022002")


def _csv(folder: Path, rows: str) -> Path:
    file = folder / "ketentuan.csv"
    file.write_text(rows)
    return file


def test_a_list_is_read_however_it_is_written(tmp_path: Path):
    written = _csv(
        tmp_path,
        "Di luar undian 2025;;\n\nNIP Baru;Ketentuan;Dasar\n"
        f"'{NIPS[0]};Wajib;prajabatan\n;;\n{NIPS[1][:8]} {NIPS[1][8:14]} {NIPS[1][14:]};tidak ikut;pensiun\n",
    )
    read = intake.by_rule(written)
    assert list(read["nip"]) == list(NIPS)
    assert list(read["ketentuan"]) == [intake.MUST, intake.MUST_NOT]
    assert list(read["alasan"]) == ["prajabatan", "pensiun"]
    book = openpyxl.Workbook()
    for row in (("nip", "ketentuan", "alasan"), (NIPS[0], "WAJIB", "prajabatan")):
        book.active.append(row)
    book.save(tmp_path / "ketentuan.xlsx")
    assert list(intake.by_rule(tmp_path / "ketentuan.xlsx")["nip"]) == [NIPS[0]]


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        (f"{NIPS[0]};mungkin;x\n", "row 2, column ketentuan", "wajib or tidak"),
        (f"{NIPS[0]};ikut;undian saja\n", "row 2, column ketentuan", "wajib or tidak"),
        (f"{NIPS[0]};wajib;\n", "row 2, column alasan", "no reason"),
        (f"{NIPS[0]};wajib;-\n", "row 2, column alasan", "no reason"),
        ("1.98503E+17;wajib;x\n", "row 2, column nip", "rounded by the spreadsheet"),
        ("Budi Santoso;wajib;x\n", "row 2, column nip", "18 digits"),
        (f"{NIPS[0]};wajib;x\n{NIPS[0]};tidak;y\n", "row 3, column nip", "twice"),
    ],
)
def test_a_fault_names_its_place_and_nobody(tmp_path: Path, rows: str, place: str, words: str):
    with pytest.raises(EvaluasiError) as met:
        intake.by_rule(_csv(tmp_path, "nip;ketentuan;alasan\n" + rows))
    said = met.value.text
    assert place in said.en and words in said.en and "ketentuan.csv" in said.id
    assert not any(told in said[lang] for lang in LANGS for told in (*NIPS, "Budi", "Santoso"))


def test_a_file_that_is_none_says_what_is_expected(tmp_path: Path):
    for file in (_csv(tmp_path, "nip;nama\n1;x\n"), tmp_path / "absent.csv"):
        with pytest.raises(EvaluasiError, match="ketentuan"):
            intake.by_rule(file)
