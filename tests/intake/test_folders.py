"""What lies in a folder is read or named: other formats, folders below, links, pipes, odd names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from helpers import intake
from helpers.contracts import EvaluasiError
from tests.conftest import _TINY, NIPS
from tests.intake.books import opendocument

SCORES = _TINY["kinerja"]


def page(text: str, head: str = "") -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split(",")) + "</tr>"
        for row in text.splitlines()
    )
    return f"<html><meta charset=utf-8><body>{head}<table border=1>{rows}</table></body></html>"


def _unread(folder: Path) -> dict[str, str]:
    return {p.file: p.what.en for p in intake.check(folder) if p.fault == "file_unread"}


def _shown(folder: Path, lang: str) -> str:
    command = [sys.executable, "-m", "helpers", "check", "--data", str(folder), "--lang", lang]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode()


def test_a_survey_exported_as_a_page_named_xls_is_read(tiny):
    folder = tiny(skm=None, skm__xls=page(_TINY["skm"], "<h1>Hasil survei</h1>"))
    assert len(intake.study(folder, 2024).skm) == 16 and not _unread(folder)


def test_cells_over_several_rows_and_columns_keep_their_neighbours_in_place(tiny):
    head, *rows = SCORES.splitlines()
    cells = "".join(
        f"<tr><td rowspan=4>{y}</td>"
        + "</tr><tr>".join(
            "".join(f"<td>{c}</td>" for c in r.split(",")[1:]) for r in rows if r.startswith(y)
        )
        + "</tr>"
        for y in ("2023", "2024")
    )
    merged = f"<table><tr>{''.join(f'<th>{h}</th>' for h in head.split(','))}</tr>{cells}</table>"
    study = intake.study(tiny(kinerja=None, kinerja__xls=merged), 2024)
    assert len(study.kinerja) == 8 and study.kinerja["output"].eq(1200).all()
    assert study.kinerja["tahun"].value_counts().to_dict() == {2023: 4, 2024: 4}


def test_an_ods_file_is_read(tiny):
    folder = tiny(kinerja=None)
    opendocument(folder / "kinerja.ods", SCORES)
    assert len(intake.study(folder, 2024).kinerja) == 8


def test_files_below_the_folder_are_read_under_their_path(tiny):
    folder = tiny(kinerja=None)
    (folder / "bkpsdm" / "2024").mkdir(parents=True)
    (folder / "bkpsdm" / "2024" / "kinerja.csv").write_text(SCORES + "x,y,z,,\n")
    assert len(intake.study(folder, 2024).kinerja) == 8
    assert "bkpsdm/2024/kinerja.csv" in intake.input_hashes(folder)
    assert "bkpsdm/2024/kinerja.csv" in {p.file for p in intake.check(folder)}


def test_what_is_not_read_is_named_with_the_reason(tiny, tmp_path):
    folder = tiny(catatan__docx=b"PK\x03\x04", data__zip=b"PK\x03\x04", surat__csv="a,b\n1,2\n")
    (folder / "terputus.csv").symlink_to(tmp_path / "none")
    os.mkfifo(folder / "pipa.csv")
    (tmp_path / "other").mkdir()
    (folder / "tautan").symlink_to(tmp_path / "other")
    found = _unread(folder)
    assert {f: why.split(": ")[1] for f, why in found.items()} == {
        "catatan.docx": "this kind is no table",
        "data.zip": "an archive is not opened",
        "pipa.csv": "no plain file (a pipe, a socket, a device)",
        "surat.csv": "no row of it names the columns that a table needs",
        "tautan": "a link to nothing, or to a folder",
        "terputus.csv": "a link to nothing, or to a folder",
    }
    assert set(intake.study(folder, 2024).notes) == set(found)


def test_a_table_that_is_a_link_to_nothing_stops(tiny, tmp_path):
    folder = tiny(kinerja=None)
    (folder / "kinerja.csv").symlink_to(tmp_path / "none")
    with pytest.raises(EvaluasiError, match="file_unreadable"):
        intake.study(folder, 2024)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems refuse the name")
def test_a_name_that_is_no_utf8_is_read_and_said(tiny):
    folder = tiny(kinerja=None)
    Path(os.fsdecode(os.fsencode(folder) + b"/kinerja_caf\xe9.csv")).write_text(
        SCORES + "2024,x,1,2,3\n"
    )
    assert len(intake.study(folder, 2024).kinerja) == 8
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "check", "--data", str(folder)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and "kinerja_café.csv" in done.stdout.decode()


def test_hidden_files_and_what_the_project_wrote_are_passed_over(tiny):
    folder = tiny(SINTETIS__txt="x", **{".kunci": "x", "~$pegawai__xlsx": "x"})
    assert _unread(folder) == {}


def test_a_further_sheet_of_rows_without_a_header_is_named(tiny):
    from openpyxl import Workbook

    folder = tiny(kinerja=None)
    book = Workbook()
    for row in SCORES.splitlines():
        book.active.append(row.split(","))
    more = book.create_sheet("Lanjutan")
    for row in SCORES.splitlines()[1:]:
        more.append(row.split(","))
    book.save(folder / "kinerja.xlsx")
    assert list(_unread(folder)) == ["kinerja.xlsx [Lanjutan]"]


@pytest.mark.parametrize("name", ["unduhan.csv", "unduhan.xlsx", "unduhan.ods", "SKP 2024.xls"])
@pytest.mark.parametrize("content", [b"", b" \r\n\r\n"])
def test_a_file_of_nothing_stops_whatever_its_name(tiny, name: str, content: bytes):
    """Nobody knows which table was to be in it: an export that failed is a table that is missing."""
    folder = tiny()
    (folder / name).write_bytes(content)
    (stop,) = [p for p in intake.check(folder) if p.file == name]
    broken = content and name.endswith((".xlsx", ".ods"))
    assert (stop.fault, stop.action) == ("file_unreadable" if broken else "file_empty", "stopped")
    with pytest.raises(EvaluasiError, match=stop.fault):
        intake.study(folder, 2024)


def test_a_workbook_of_blank_sheets_stops_and_one_of_other_things_does_not(tiny):
    folder, book = tiny(), openpyxl.Workbook()
    book.save(folder / "Book1.xlsx")
    assert [p.fault for p in intake.check(folder) if p.stops] == ["file_empty"]
    book.active.append(["barang", "jumlah"])
    book.save(folder / "Book1.xlsx")
    assert list(_unread(folder)) == ["Book1.xlsx"] and len(intake.study(folder, 2024).skm) == 16


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be", "utf-16-be"])
def test_text_with_a_mark_of_wide_letters_is_read(tiny, encoding: str):
    """Some programs save "Unicode text" in four bytes a letter."""
    folder = tiny(kinerja=("\ufeff" * encoding.endswith("be") + SCORES).encode(encoding))
    assert len(intake.study(folder, 2024).kinerja) == 8


def test_an_unread_table_is_told_with_its_headers_and_what_it_lacks(tiny):
    history = (
        "NIP,Nama Diklat,Jenis Diklat,Hari Diklat,Jumlah JP,No Sertifikat\n"
        + f"{NIPS[0]},Manajemen Waktu,Pelatihan,05/03/2024,20,X\n" * 3
    )
    folder = tiny(riwayat=history, halaman__csv="Siti Aminah,Budi\n" * 3, peserta=None)
    for lang, counts in (("id", "2 tidak dibaca"), ("en", "2 not read")):
        shown = _shown(folder, lang)
        assert shown.splitlines()[0].endswith(f"· {counts}")
        assert "NIP, Nama Diklat, Jenis Diklat, Hari Diklat, Jumlah JP, No Sertifikat" in shown
        assert "kegiatan; " in shown and ": tanggal_mulai)" in shown
        assert "Siti" not in shown and "Aminah" not in shown
    # From the shelf as from the files.
    first, again = (
        [(p.found, p.remedy) for p in intake.check(folder) if p.fault == "file_unread"]
        for _ in range(2)
    )
    assert first == again and any(found for found, _ in first)


def test_a_page_without_a_table_is_unreadable_once(tiny):
    folder = tiny(skm=None, skm__xls="<html><body>Session expired</body></html>")
    stops = [p for p in intake.check(folder) if p.action == "stopped" and "skm" in p.file]
    assert [p.fault for p in stops] == ["file_unreadable"]
