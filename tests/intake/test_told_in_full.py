"""What used to be read without a word, or told so that nobody could mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import intake
from helpers.contracts import Problem
from helpers.intake import labels, numbers
from tests.conftest import _TINY, NIPS
from tests.intake.books import book


def _told(folder: Path, fault: str) -> list[Problem]:
    return [p for p in intake.check(folder) if p.fault == fault]


def test_dates_beside_others_that_are_month_first_are_told_to_be_in_doubt(tiny):
    days = ["17/08/2023", "02/17/2023", "08/07/2023", "03/03/2023", "2023-04-05", "12 Mei 2023"]
    form = "{},K1" + ",3" * 9 + ",\n"
    folder = tiny(skm=_TINY["skm"] + "".join(form.format(day) for day in days))
    (warned,) = _told(folder, "month_first")
    assert (warned.action, warned.rows, warned.found) == ("warned", (20,), "'08/07/2023'")
    assert [p.rows for p in _told(folder, "date_impossible")] == [(19,)]
    # Where no date is wrong, none is in doubt.
    assert not _told(tiny(skm=_TINY["skm"] + form.format("08/07/2023")), "month_first")


@pytest.mark.parametrize(
    ("sheet", "file", "stops"),
    [
        ("2023", "kinerja.xlsx", False),
        ("SKP TA 2023", "kinerja 2023.xlsx", False),
        ("Sheet1", "kinerja 2023.xlsx", False),
        ("2023", "kinerja 2024.xlsx", True),
        ("2022-2023", "kinerja.xlsx", None),
    ],
)
def test_the_year_of_a_sheet_is_its_rows(tiny, sheet: str, file: str, stops: bool | None):
    scores = "nip,nilai_skp\n" + "".join(f"{n},80.5\n" for n in NIPS)
    folder = tiny()
    book(folder / file, {sheet: scores, "Catatan": "a\n"})
    found = {p.fault for p in intake.check(folder)} & {"year_conflict", "column_missing"}
    assert found == ({"column_missing"} if stops is None else {"year_conflict"} if stops else set())
    if stops is False:
        (read,) = (s for s in intake.sheets_read(folder) if s.file == file)
        assert read.years == (2023, 2023)


def test_a_year_may_be_written_as_in_a_budget(tiny):
    scores = _TINY["kinerja"].replace("\n2023,", "\nTA 2023,").replace("\n2024,", "\nTahun 2024,")
    folder = tiny(kinerja=scores)
    assert [p.action for p in _told(folder, "number_format")] == ["repaired"]
    assert len(intake.study(folder, 2024).kinerja) == 8


def test_a_column_for_each_year_stops_and_says_how_to_write_it(tiny):
    wide = "tahun,nip,Nilai SKP 2023,Nilai SKP 2024,output,hari_kerja\n"
    wide += "".join(f"2024,{n},80,81,1200,200\n" for n in NIPS)
    (stop,) = _told(tiny(kinerja=wide), "header_duplicate")
    assert stop.column == "Nilai SKP 2023 / Nilai SKP 2024"
    assert "satu baris setiap tahun" in stop.remedy["id"]
    # What nobody needs may stand there for each year: it is ignored.
    ranked = _TINY["kinerja"].replace("hari_kerja", "hari_kerja,Tepat Waktu 2023,Tepat Waktu 2024")
    assert not _told(tiny(kinerja=ranked.replace(",200\n", ",200,1,1\n")), "header_duplicate")
    # Beside the year's own column, those of other years are only for reading.
    narrow = wide.replace("nip,", "nip,nilai_skp,").replace(",80,81", ",79,80,81")
    assert not _told(tiny(kinerja=narrow), "header_duplicate")


def test_a_link_that_fails_names_the_sheet(tiny):
    folder = tiny(kinerja=None)
    strange = NIPS[0][:-1] + "9"
    table = _TINY["kinerja"] + f"2024,{strange},80,1200,200\n"
    book(folder / "kinerja.xlsx", {"SKP": table, "Catatan": "a\n"})
    (unknown,) = _told(folder, "nip_unknown")
    assert (unknown.sheet, unknown.rows) == ("SKP", (10,))


def test_a_name_that_no_unit_has_is_told_under_its_header_with_the_nearest(tiny):
    roll = _TINY["pegawai"].replace("kode_unit", "Unit Kerja")
    roll = roll.replace(",K0,", ",Loket Nol,").replace(",K1,", ",Loket Satu,")
    (unknown,) = _told(tiny(pegawai=roll.replace("Loket Satu", "Lokt Satu")), "unit_unknown")
    assert unknown.column == "Unit Kerja"
    assert unknown.found.endswith("(≈ 'Loket Satu')") and unknown.found.startswith("'aaaa")


def test_an_office_of_another_number_is_no_slip_of_the_one_named(tiny):
    units = "kode_unit,nama_unit\nK0,Kantor Layanan 21\nK1,Kantor Layanan 3\n"
    roll = _TINY["pegawai"].replace("kode_unit", "Unit Kerja")
    roll = roll.replace(",K0,", ",Kantor Layanan 1,").replace(",K1,", ",Kantr Layanan 3,")
    found = " ".join(p.found for p in _told(tiny(unit=units, pegawai=roll), "unit_unknown"))
    assert "(≈ 'Kantor Layanan 3')" in found and "21" not in found


@pytest.mark.parametrize(
    ("column", "written", "expected"),
    [("tahun", "20x3", "tahun dengan empat angka"), ("kode_unit", "", "kode, tidak kosong")],
)
def test_what_is_expected_of_a_year_and_of_a_code_is_said(tiny, column, written, expected):
    units = "kode_unit,nama_unit\nK0,Loket Nol\nK1,Loket Satu\n,Loket Dua\n"
    scores = _TINY["kinerja"].replace("2023", written, 1) if column == "tahun" else None
    folder = tiny(kinerja=scores) if scores else tiny(unit=units)
    (told,) = [p for p in _told(folder, "out_of_scale") if p.column == column]
    assert expected in told.expected.id


def test_a_file_of_torn_rows_is_told_as_such_and_of_no_column(tiny):
    head, *rows = _TINY["kinerja"].splitlines()
    torn = "\n".join([head, *(f"{row},1,2" for row in rows[:6]), *rows[6:]]) + "\n"
    (stop,) = _told(tiny(kinerja=torn), "mass_loss")
    assert stop.file == "kinerja.csv" and not stop.column
    assert "baris berkas ini terpotong" in stop.what.id and "kolom ini" not in stop.sentence("id")


def test_courses_whose_hours_are_a_dash_are_lost_as_if_they_were_empty(tiny):
    courses = "".join(f"B{i},Kursus,seminar,etika,2024-02-01,2024-02-03,-\n" for i in range(4))
    (lost,) = _told(tiny(kegiatan=_TINY["kegiatan"] + courses), "mass_loss")
    assert (lost.column, lost.found) == ("jp", "4/5: '-'")
    # Four of a hundred are fewer than the plan allows.
    many = "".join(f"C{i},Kursus,seminar,etika,2024-02-01,2024-02-03,8\n" for i in range(95))
    assert not _told(tiny(kegiatan=_TINY["kegiatan"] + many + courses), "mass_loss")


def test_a_fault_in_the_name_of_a_history_is_told_of_that_column(tiny):
    history = "nip,Nama Diklat,Tanggal Mulai,Jumlah JP\n"
    history += "".join(f"{n},Etika,2023-05-03,12\n" for n in NIPS) + f"{NIPS[0]},,2023-05-03,12\n"
    told = intake.check(tiny(kegiatan=None, peserta=None, riwayat=history))
    assert {p.column for p in told if p.file == "riwayat.csv"} == {"Nama Diklat"}


@pytest.mark.parametrize(
    ("written", "read", "other"),
    [
        ("3 🙂", 3, False),
        ("4⭐⭐⭐⭐", 4, False),
        ("2 ⭐", 2, False),
        ("5 ⭐", None, True),
        ("3 😐", None, True),
        ("4 😡", None, False),
    ],
)
def test_a_number_beside_its_face_or_star(written: str, read: float | None, other: bool):
    assert labels.answer(written, "waktu")[0] == read
    assert labels.of_other_scale(written, "waktu") == other


def test_an_answer_that_says_two_things_is_told_so(tiny):
    """Each of the two would have been understood, so that "1 to 4" alone explains nothing."""
    rows = "".join(
        f"2023-04-0{d},K1,{a}{',3' * 8},\n" for d, a in enumerate(("4 🙂", "4 🦄", 7), 1)
    )
    told = {p.rows: p for p in _told(tiny(skm=_TINY["skm"] + rows), "out_of_scale")}
    two, beyond = told[(18, 19)], told[(20,)]
    assert two.found == "'4 🙂' × 1, '4 🦄' × 1" and "berbeda" in two.what["id"]
    assert "the number alone" in two.remedy["en"] and "the same number" in two.expected["en"]
    assert (beyond.found, beyond.expected["en"]) == ("'7'", "1 to 4")


def test_a_form_of_another_scale_is_not_told_of_the_plan(tiny):
    forms = _TINY["skm"].replace(",3,3,3,4,", ",5,3,3,4,", 4)
    (stop,) = _told(tiny(skm=forms), "mass_loss")
    assert "most_lost" not in stop.sentence("id") and "skala selain 1–4" in stop.sentence("id")
    assert "another scale" in stop.remedy["en"]
    # What is lost for another reason is measured by the plan, and says so.
    (stop,) = _told(tiny(skm=_TINY["skm"].replace(",3,3,3,4,", ",8,3,3,4,", 4)), "mass_loss")
    assert "intake.most_lost" in stop.what["id"] and "skala" not in stop.remedy["id"]


def test_the_nearest_header_is_one_that_nothing_is_read_from(tiny):
    forms = _TINY["skm"].replace(",u9,", ",pendidikan,", 1)
    (missing,) = _told(tiny(skm=forms), "column_missing")
    assert "pendidikan" not in missing.remedy["id"]


@pytest.mark.parametrize("file", ["kinerja_2023.csv", "kinerja.csv"])
def test_lists_of_two_years_in_one_sheet_stop_where_the_second_begins(tiny, file: str):
    """Whose title names a year: the rows below it are not those of the year above."""
    title, head = "DAFTAR NILAI SKP TAHUN {}\n", "nip,nilai_skp\n"
    rows = "".join(f"{n},80.5\n" for n in NIPS)
    both = title.format(2023) + head + rows + "\n" + title.format(2024) + rows
    folder = tiny(kinerja=None)
    (folder / file).write_text(both)
    (stop,) = [p for p in intake.check(folder) if p.fault == "year_conflict"]
    assert (stop.rows, stop.found) == ((8,), "2023 / 2024")
    # Of the same year, or below all rows, it is a footer as any other.
    (folder / file).write_text(both.replace("2024", "2023"))
    assert not _told(folder, "year_conflict")
    (folder / file).write_text(title.format(2023) + head + rows + "Dicetak: Desember 2024\n")
    assert not _told(folder, "year_conflict")


@pytest.mark.parametrize("table", ["skm", "kegiatan", "peserta", "history"])
def test_a_title_of_another_year_among_rows_of_own_days_stops_nothing(tiny, table: str):
    """Forms, activities and attendances are of the year of their day, whatever stands over them."""
    activities = _TINY["kegiatan"] + "A0,Kursus,seminar,etika,2023-02-01,,8\n"
    history = "nip,Nama Diklat,Tanggal Mulai,Jumlah JP\n" + "".join(
        f"{n},Etika,{y}-05-03,12\n" for y in (2023, 2024) for n in NIPS
    )
    invited = _TINY["peserta"].splitlines()[0] + "".join(
        f"\n{a},{n},hadir,," for a in ("A0", "A1") for n in NIPS
    )
    written = {"skm": _TINY["skm"], "kegiatan": activities, "peserta": invited, "history": history}
    head, *rows = written[table].splitlines()
    half = len(rows) // 2
    lists = ["Tahun 2023", head, *rows[:half], "Tahun 2024", *rows[half:]]
    files = {"kegiatan": activities, "peserta": invited, "skm": _TINY["skm"]}
    if table == "history":
        files |= {"kegiatan": None, "peserta": None}
    else:
        files[table] = None
    folder = tiny(**files)
    (folder / f"{table} b.csv").write_text("\n".join(lists) + "\n")
    assert not [p for p in intake.check(folder) if p.stops]
    read = [s for s in intake.sheets_read(folder) if s.file == f"{table} b.csv"]
    assert read and all(s.years == (2023, 2024) for s in read)


def test_a_dash_where_a_row_needs_a_word_or_a_year_costs_the_row_and_is_told(tiny):
    folder = tiny(peserta=_TINY["peserta"].replace(",hadir,", ",-,"))
    (lost,) = [p for p in _told(folder, "out_of_scale") if p.table == "peserta"]
    assert (lost.action, lost.column, lost.found) == ("excluded", "kehadiran", "'-'")
    folder = tiny(kinerja=_TINY["kinerja"].replace("2023,", "-,", 1))
    (lost,) = [p for p in _told(folder, "out_of_scale") if p.table == "kinerja"]
    assert (lost.action, lost.column) == ("excluded", "tahun")


@pytest.mark.parametrize(
    ("written", "kind", "scale", "read"),
    [
        ("96,7%", "number", (0, 120), 96.7),
        ("80%", "number", (0, 100), 80.0),
        ("87%", "number", (0, 1), 0.87),
        ("100%", "number", (0, 2000), None),
        ("50%", "count", (0, 1e7), None),
        ("4 hari", "number", (0, 2000), None),
        ("20 orang", "number", (0, 2000), None),
        ("12 JP", "number", (0, 2000), 12.0),
        ("210 hari", "count", (1, 366), 210.0),
    ],
)
def test_what_a_number_is_of_decides_what_it_is(written, kind, scale, read):
    value, fault = numbers.number(written, kind, scale)
    assert (value, fault) == (read, "number_format" if read is not None else "out_of_scale")


def test_remarks_of_a_history_say_who_came_where_they_say_nothing_else(tiny):
    head = "nip,Nama Diklat,Tanggal Mulai,Jumlah JP,Keterangan\n"
    said = dict(zip(NIPS, ("hadir", "tidak hadir", "", "sakit"), strict=True))
    rows = "".join(f"{n},Etika,2023-05-03,12,{k}\n" for n, k in said.items())
    read = intake.study(tiny(kegiatan=None, peserta=None, riwayat=head + rows), 2024).peserta
    assert read["kehadiran"].value_counts().to_dict() == {"hadir": 2, "tidak_hadir": 2}
    other = head + rows.replace(",sakit", ",nomor sertifikat 7")
    read = intake.study(tiny(kegiatan=None, peserta=None, riwayat=other), 2024).peserta
    assert set(read["kehadiran"]) == {"hadir"}


def test_an_invitation_to_an_activity_that_is_not_there_names_its_code(tiny):
    folder = tiny(peserta=_TINY["peserta"] + f"K999,{NIPS[2]},hadir,,\n")
    (lost,) = [p for p in _told(folder, "out_of_scale") if p.table == "peserta"]
    assert (lost.column, lost.found, lost.rows) == ("kode_kegiatan", "'K999'", (4,))


def test_scores_that_stand_for_years_alone_are_a_table_that_stops(tiny):
    wide = "NIP,Nilai SKP 2023,Nilai SKP 2024\n" + "".join(f"{n},80,81\n" for n in NIPS)
    told = intake.check(tiny(kinerja=None, rekap=wide))
    assert {p.fault for p in told if p.file == "rekap.csv" and p.stops} >= {"header_duplicate"}


def test_scores_written_as_parts_of_one_stop(tiny):
    """A cell formatted as per cent shows 80.5% and holds 0.805."""
    (stop,) = _told(tiny(kinerja=_TINY["kinerja"].replace("80.5", "0.805")), "mass_loss")
    assert (stop.column, stop.found) == ("nilai_skp", "4/4: '0.805'")
    # One low score among others is a low score.
    low = tiny(kinerja=_TINY["kinerja"].replace("80.5", "0.805", 1))
    assert not _told(low, "mass_loss") and not _told(low, "out_of_scale")


def test_a_sheet_of_another_year_is_nothing_to_what_has_days_of_its_own(tiny):
    folder = tiny(unit=None)
    book(folder / "unit 2024.xlsx", {"2023": _TINY["unit"], "Catatan": "a\n"})
    assert not _told(folder, "year_conflict")


@pytest.mark.parametrize("foot", ["Halaman 1 dari 3", "Dicetak tanggal 2 Mei 2024"])
def test_the_foot_of_a_page_of_a_history_is_nobody(tiny, foot: str):
    history = "nip,Nama Diklat,Tanggal Mulai,Jumlah JP\n"
    history += "".join(f"{n},Etika,2023-05-03,12\n{foot},,,\n" for n in NIPS)
    told = intake.check(tiny(kegiatan=None, peserta=None, riwayat=history))
    assert {p.fault for p in told if p.file == "riwayat.csv"} == {"row_not_data"}


def test_files_by_code_and_by_name_are_told_each_in_its_own_way(tiny):
    roll = _TINY["pegawai"]
    head, *rows = roll.splitlines(keepends=True)
    named = head.replace("kode_unit", "Unit Kerja") + "".join(
        r.replace(",K0,", ",Loket Nol,").replace(",K1,", ",Lokt Satu,")
        for r in rows
        if r.startswith("2023")
    )
    coded = head + "".join(r.replace(",K0,", ",,") for r in rows if r.startswith("2024"))
    told = _told(tiny(pegawai=None, pegawai_2023=named, pegawai_2024=coded), "unit_unknown")
    assert {(p.file, p.column) for p in told} == {
        ("pegawai_2023.csv", "Unit Kerja"),
        ("pegawai_2024.csv", "kode_unit"),
    }
    (by_name,) = (p for p in told if p.column == "Unit Kerja")
    assert by_name.found.endswith("(≈ 'Loket Satu')")


def test_the_first_rows_of_a_problem_are_told(tiny):
    bad = _TINY["kinerja"].replace(",80.5,", ",640,")
    (found,) = _told(tiny(kinerja=bad), "out_of_scale")
    assert found.rows == tuple(range(2, 10))
    assert "baris 2, 3, 4, 5, 6, …, kolom nilai_skp" in found.sentence("id")


def test_a_year_that_is_nowhere_may_stand_in_a_title_or_a_name(tiny):
    (missing,) = _told(tiny(kinerja=_TINY["kinerja"].replace("tahun,", "th,", 1)), "column_missing")
    assert "nama lembar" in missing.remedy["id"] and "the title" in missing.remedy["en"]


@pytest.mark.parametrize("by_name", [False, True])
def test_what_may_follow_from_another_table_says_so(tiny, by_name: bool):
    roll = _TINY["pegawai"]
    if by_name:
        roll = roll.replace("kode_unit", "Unit Kerja").replace(",K1,", ",Loket Satu,")
    folder = tiny(pegawai=roll, unit=_TINY["unit"].replace("nama_unit", "nm", 1))
    told = [p for p in intake.check(folder) if p.fault in ("unit_unknown", "mass_loss")]
    assert told and all("betulkan dulu masalah tabel unit" in p.remedy["id"] for p in told)
    # Where nothing is wrong with the units, the code is.
    (alone,) = _told(
        tiny(pegawai=_TINY["pegawai"], skm=_TINY["skm"].replace(",K1,", ",K9,", 1)), "unit_unknown"
    )
    assert "betulkan dulu" not in alone.remedy["id"]
    course = _TINY["kegiatan"].replace("2024-02-01", "2024-02-31")
    lost = [p for p in intake.check(tiny(kegiatan=course)) if p.column == "kode_kegiatan"]
    assert lost and all("masalah tabel kegiatan" in p.remedy["id"] for p in lost)
