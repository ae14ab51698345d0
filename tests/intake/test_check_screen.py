"""What `evaluasi check` shows first, and what it says of a column or a year that is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from helpers import intake
from helpers.cli_check import checked
from tests.conftest import _TINY, NIPS
from tests.intake.books import book

SCORES = _TINY["kinerja"]


def _check(folder, *args, **variables):
    return subprocess.run(
        [sys.executable, "-m", "helpers", "check", "--data", str(folder), *args],
        capture_output=True,
        check=False,
        env={**os.environ, **variables},
    )


def test_counts_come_first_then_files_then_problems_with_repairs_folded(tiny):
    scores = SCORES.replace("80.5", '"80,5"').replace(NIPS[0], "x", 1) + "Total,,,,\n"
    shown = _check(tiny(kinerja=scores)).stdout.decode().splitlines()
    assert shown[0] == "0 menghentikan · 1 dikeluarkan · 8 diperbaiki"
    assert shown[1:7] == [
        "  kegiatan.csv: kegiatan, 2024, 1 baris",
        "  kinerja.csv: kinerja, 2023–2024, 7 baris",
        "  pegawai.csv: pegawai, 2023–2024, 8 baris",
        "  peserta.csv: peserta, 2024, 2 baris",
        "  skm.csv: skm, 2023–2024, 16 baris",
        "  unit.csv: unit, tanpa tahun, 2 baris",
    ]
    assert shown[7].startswith("Daerah menurut rencana: Kabupaten Solok (untuk mengubahnya: kunci ")
    assert shown[8].startswith("[nip_format] kinerja.csv, baris 2, kolom nip: terbaca 'a'")
    assert shown[9].endswith("tidak ikut dihitung, tercatat di mutu data.")
    folded = [line for line in shown if line.startswith(("[number_format]", "[row_not_data]"))]
    assert len(
        folded
    ) == 2 and "(× 8, berkas: kinerja.csv): diperbaiki waktu dibaca. Misalnya '80,5'." in "".join(
        folded
    )


def test_each_language_is_whole(tiny):
    folder = tiny(kinerja=SCORES.replace(NIPS[0], "x", 1), catatan__zip="x")
    for lang, own, other in (("id", "dikeluarkan", "excluded"), ("en", "excluded", "dikeluarkan")):
        shown = _check(folder, "--lang", lang).stdout.decode()
        assert own in shown and other not in shown and "catatan.zip" in shown


def test_a_missing_column_is_told_with_headers_names_and_the_nearest(tiny):
    folder = tiny(kinerja=SCORES.replace("nip,", "nipp,", 1))
    (problem,) = [p for p in intake.check(folder) if p.fault == "column_missing"]
    assert problem.found == "tahun, nipp, nilai_skp, output, hari_kerja"
    assert problem.expected["id"].startswith("salah satu dari: nip, NIP Baru")
    assert "'nipp'" in problem.remedy["en"]


def test_a_missing_unsur_is_told_with_the_names_of_its_question(tiny):
    folder = tiny(skm=_TINY["skm"].replace("u4", "x4", 1))
    (problem,) = [p for p in intake.check(folder) if p.fault == "column_missing"]
    assert problem.column == "u4 (biaya)" and "biaya" in problem.expected["en"]


def test_a_missing_year_is_told_with_the_years_there_are(tiny):
    missing = [p for p in intake.check(tiny(), year=2026) if p.fault == "year_missing"]
    assert [p.found for p in missing] == ["2026"] * 2
    assert all(p.remedy["id"].endswith("pilih tahun lain (yang ada: 2023, 2024)") for p in missing)
    assert all("(there are: 2023, 2024)" in p.remedy["en"] for p in missing)
    # Those that come later are there as well.
    earlier = [p for p in intake.check(tiny(), year=2019) if p.fault == "year_missing"]
    assert all("(there are: 2023, 2024)" in p.remedy["en"] for p in earlier)


def test_a_small_table_whose_header_names_one_column_shows_its_headers(tiny):
    folder = tiny(unit=_TINY["unit"].replace("nama_unit", "nm", 1))
    (problem,) = [p for p in intake.check(folder) if p.fault == "column_missing"]
    assert (problem.column, problem.found) == ("nama_unit", "kode_unit, nm")
    # A row of data is shown nowhere, even where a cell of it reads like a header.
    folder = tiny(unit="K0,Loket Rahmawati\nK1,Unit Kerja\n")
    shown = [p.found for p in intake.check(folder) if p.fault == "column_missing"]
    assert shown == ["", ""]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_of_few_letters_shows_what_it_can(tiny, encoding):
    folder = tiny(skm=_TINY["skm"].replace(",K1,3,", ",K1,🤷→,"))
    done = _check(folder, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert b"Traceback" not in done.stderr and b"menghentikan" in done.stdout


def test_columns_that_are_nothing_of_the_table_are_named_by_place_and_shape(tiny) -> None:
    roll = _TINY["pegawai"].splitlines()
    wide = [roll[0] + ",No,Catatan Bidang,Agama", *(r + ",1,Dr. Aminah,x" for r in roll[1:])]
    folder = tiny(pegawai="\n".join(wide) + "\n")
    (read,) = (s for s in intake.sheets_read(folder) if s.table == "pegawai")
    # A number of the row is nothing to tell of, and what nobody may hold is told elsewhere.
    assert read.unused == ("H (Aaaaaaa Aaaaaa)",)
    # From the shelf, too.
    assert intake.sheets_read(folder) == intake.sheets_read(folder)
    said = "\n".join(checked([], intake.sheets_read(folder), "", "en"))
    assert "pegawai, 2023–2024, 8 rows; columns not recognised: H (Aaaaaaa Aaaaaa)" in said
    assert "Aminah" not in said
    many = replace(read, unused=tuple(f"{c} (a)" for c in "ABCDEFGHIJ"))
    assert "\n".join(checked([], [many], "", "id")).rstrip().endswith("H (a), +2")


def test_an_either_or_that_is_missing_is_told_with_every_name(tiny) -> None:
    bare = "tahun,nip,Nilai Kinerjaa\n" + "".join(f"2024,{n},80\n" for n in NIPS)
    (problem,) = [p for p in intake.check(tiny(kinerja=bare)) if p.fault == "column_missing"]
    assert "nilai_skp" in problem.expected["id"] and "predikat" in problem.expected["id"]
    assert "'Nilai Kinerja" in problem.remedy["en"]


def test_a_unit_that_is_missing_may_be_given_by_its_name(tiny) -> None:
    roll = _TINY["pegawai"].replace("kode_unit", "tempat", 1)
    (problem,) = [p for p in intake.check(tiny(pegawai=roll)) if p.fault == "column_missing"]
    assert "kode_unit" in problem.expected["id"] and "unitkerja" in problem.expected["id"]


def test_the_cause_stands_before_what_follows_from_it(tiny) -> None:
    """A roll whose people are lost, and scores of whom nobody is left on it."""
    roll = _TINY["pegawai"].replace(NIPS[0], "1.98503E+17")
    said = [p.fault for p in intake.check(tiny(pegawai=roll)) if p.action == "excluded"]
    assert said.index("nip_rounded") < said.index("nip_unknown")


def test_no_nip_in_the_name_of_a_file_or_sheet_is_shown(tiny) -> None:
    folder = tiny(**{f"catatan {NIPS[0]}__txt": "x"})
    sheet = pd.read_csv(folder / "kinerja.csv", dtype=str)
    (folder / "kinerja.csv").unlink()
    sheet.loc[0, "nilai_skp"] = "999"
    sheet.to_excel(folder / f"kinerja {NIPS[1]}.xlsx", sheet_name=f"skp {NIPS[2]}", index=False)
    for asked in ([], ["--format", "json"]):
        shown = _check(folder, *asked).stdout.decode()
        assert "catatan …" in shown or "catatan \\u2026" in shown
        assert not [n for n in NIPS if n in shown]


def test_a_hidden_sheet_is_said_to_be_read(tiny) -> None:
    folder = tiny()
    book = openpyxl.Workbook()
    for name, state in (("lama", "hidden"), ("baru", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        rows = [row.split(",") for row in _TINY["pegawai"].strip().split("\n")]
        wanted = "2023" if name == "lama" else "2024"
        for row in rows[:1] + [r for r in rows if r[0] == wanted]:
            sheet.append(row)
    (folder / "pegawai.csv").unlink()
    book.save(folder / "pegawai.xlsx")
    lines = _check(folder).stdout.decode().splitlines()
    (hidden,) = [line for line in lines if "tersembunyi" in line]
    assert "[lama]" in hidden


def test_a_folder_without_a_table_says_nothing_was_found(tmp_path) -> None:
    said = intake.check(tmp_path)
    assert said and not [p.found for p in said if p.found]
    gone = _check(tmp_path / "tidak" / "ada").stderr.decode()
    assert "tidak/ada" in gone.replace(os.sep, "/")


def test_what_a_hidden_value_s_signs_stand_for_is_said_once(tiny) -> None:
    shown = _check(tiny(kinerja=SCORES.replace(NIPS[0], "1980 01 01", 1))).stdout.decode()
    assert shown.count("9 menggantikan angka") == 1 and "'9999 99 99'" in shown
    assert "9 menggantikan" not in _check(tiny()).stdout.decode()


def test_a_file_for_a_folder_is_called_a_file(tiny) -> None:
    said = _check(tiny() / "skm.csv", "--lang", "en").stderr.decode()
    assert "a file, no folder" in said


def test_short_sheets_that_were_not_read_are_named_once(tiny):
    folder = tiny(kinerja=None)
    halves = SCORES.splitlines()
    tables = {
        "SKP 2023": "\n".join(r for r in halves if not r.startswith("2024")),
        "SKP 2024": "\n".join(r for r in halves if not r.startswith("2023")),
        "Rekap": "uraian,jumlah\nPNS,4\n",
        "Ttd 198503152010012002": "Mengetahui\n",
        "Sheet3": "",
        "Inventaris": "barang,jumlah\n" + "meja,3\n" * 6,
    }
    book(folder / "kinerja.xlsx", tables)
    lines = _check(folder).stdout.decode().splitlines()
    named = [line for line in lines if "Rekap" in line]
    assert named == [
        "  kinerja.xlsx [SKP 2023]: kinerja, 2023, 4 baris; lembar yang tidak dibaca: Rekap, Ttd …"
    ]
    # A blank sheet is nothing, and one long enough to be a table is a problem of its own.
    assert "Sheet3" not in "\n".join(lines)
    assert [p.file for p in intake.check(folder) if p.fault == "file_unread"] == [
        "kinerja.xlsx [Inventaris]"
    ]
    english = _check(folder, "--lang", "en").stdout.decode()
    assert "sheets not read: Rekap" in english and english.count("Rekap") == 1
