"""What `evaluasi check` shows first, and what it says of a column or a year that is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from helpers import intake
from helpers.cli_check import checked
from tests.conftest import _TINY, NIPS

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
    assert len(folded) == 2 and "(× 8, berkas: 1): diperbaiki waktu dibaca." in "".join(folded)


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
    wide = [roll[0] + ",No,Gelar Depan,Agama", *(r + ",1,Dr. Aminah,x" for r in roll[1:])]
    folder = tiny(pegawai="\n".join(wide) + "\n")
    (read,) = (s for s in intake.sheets_read(folder) if s.table == "pegawai")
    # A number of the row is nothing to tell of, and what nobody may hold is told elsewhere.
    assert read.unused == ("H (Aaaaa Aaaaa)",)
    # From the shelf, too.
    assert intake.sheets_read(folder) == intake.sheets_read(folder)
    said = "\n".join(checked([], intake.sheets_read(folder), "", "en"))
    assert "pegawai, 2023–2024, 8 rows; columns not recognised: H (Aaaaa Aaaaa)" in said
    assert "Aminah" not in said
    many = replace(read, unused=tuple(f"{c} (a)" for c in "ABCDEFGHIJ"))
    assert "\n".join(checked([], [many], "", "id")).rstrip().endswith("H (a), +2")
