"""What is lost in mass stops the run, forms that offices use are understood, and no message repeats
what may be somebody's.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intake
from helpers.contracts import EvaluasiError, codes
from helpers.intake import labels, parse, shapes, values
from helpers.intake.pseudonym import Pseudonyms
from tests.conftest import _TINY, NIPS
from tests.intake import books

SCORES, FORMS, ROLL = _TINY["kinerja"], _TINY["skm"], _TINY["pegawai"]
INVITED = "kode_kegiatan,nip,kehadiran\n" + "".join(f"A1,{n},hadir\n" for n in NIPS)


def _stops(folder, fault="mass_loss"):
    with pytest.raises(EvaluasiError) as stopped:
        intake.study(folder, 2024)
    return [p for p in stopped.value.problems if p.fault == fault]


def test_a_required_column_of_unknown_words_stops_with_the_words_counted(tiny):
    (problem,) = _stops(tiny(peserta=INVITED.replace("hadir\n", "Lunas\n")))
    assert (problem.table, problem.column, problem.file) == ("peserta", "kehadiran", "peserta.csv")
    assert problem.found == "4/4: 'Aaaaa'"


def test_every_value_of_an_optional_column_lost_stops(tiny):
    scores = SCORES.replace("hari_kerja\n", "hari_kerja,predikat\n").replace(
        ",200\n", ",200,Ajaib\n"
    )
    problems = _stops(tiny(kinerja=scores))
    assert {p.column for p in problems} == {"predikat"}
    some = scores.replace(",Ajaib\n", ",Baik\n", 2)
    assert [p for p in intake.check(tiny(kinerja=some)) if p.stops and p.column != "predikat"] == []


def test_a_share_that_the_plan_allows_does_not_stop(tiny, plan):
    three = SCORES
    for nip in NIPS[:3]:
        three = three.replace(f"2024,{nip}", "2024,1.98503E+17", 1)
    allowed = plan.model_copy(update={"intake": plan.intake.model_copy(update={"most_lost": 0.8})})
    assert len(intake.study(tiny(kinerja=three), 2024, allowed).kinerja) == 5
    (problem,) = _stops(tiny(kinerja=three))
    assert problem.column == "nip" and problem.found.startswith("3/4")


def test_people_of_unknown_units_in_mass_stop(tiny):
    problems = _stops(tiny(pegawai=ROLL.replace(",K0,", ",X7,").replace(",K1,", ",X8,")))
    assert {"kode_unit"} <= {p.column for p in problems}


def test_units_by_code_in_one_year_and_by_name_in_the_next_are_counted_together(tiny):
    """Three unknown names of sixty forms are no mass, however the year before names its units."""
    heads = {2023: "kode_unit", 2024: "Nama Unit"}
    known = {2023: "K0", 2024: "Loket Nol"}
    years = {
        f"skm_{year}": f"tanggal,{head},{','.join(f'u{i}' for i in range(1, 10))}\n"
        + "".join(
            f"{year}-03-{1 + row % 28:02d},{'Loket Keliling' if row < 3 and year == 2024 else known[year]}"
            f",3,3,3,{1 + row % 4},3,3,4,{1 + row // 4 % 4},{1 + row // 16 % 4}\n"
            for row in range(60)
        )
        for year, head in heads.items()
    }
    study = intake.study(tiny(skm=None, **years), 2024)
    assert len(study.skm[study.skm["tahun"] == 2024]) == 57
    all_lost = years["skm_2024"].replace("Loket Nol", "Loket Dua")
    assert _stops(tiny(skm=None, **{**years, "skm_2024": all_lost}))


def test_a_table_of_strangers_stops(tiny):
    others = INVITED
    for i, nip in enumerate(NIPS):
        others = others.replace(nip, f"19900{i + 1}012015031009")
    assert _stops(tiny(peserta=others))


def test_a_loss_of_a_later_year_does_not_stop_this_one(tiny):
    later = FORMS + "".join(f"2025-03-0{d},K0,x,3,3,3,3,3,3,3,3,\n" for d in range(1, 8))
    assert len(intake.study(tiny(skm=later), 2024).skm) == 16


# Scales.


@pytest.mark.parametrize(
    "five", ["5", "5 - Sangat Baik", "Sangat Tidak Puas", "Netral", "⭐⭐⭐⭐⭐", "😐"]
)
def test_a_form_on_another_scale_stops_and_is_never_converted(tiny, five):
    forms = FORMS.replace(",K1,3,", f",K1,{five},")
    assert {p.column for p in _stops(tiny(skm=forms))} == {"u1"}


@pytest.mark.parametrize("write", ["{n} - {w}", "{n}. {w}", "({n}) {w}", "{w} ({n})", "{n}={w}"])
def test_numbered_labels_are_read_by_their_number_and_told(tiny, write):
    forms = FORMS
    for n, word in ((3, "Baik"), (4, "Sangat Baik")):
        forms = "\n".join(
            ",".join(write.format(n=n, w=word) if c == str(n) else c for c in row.split(","))
            for row in forms.splitlines()
        )
    study = intake.study(tiny(skm=forms + "\n"), 2024)
    assert set(study.skm["waktu"]) == {3} and set(study.skm["biaya"]) == {4}
    told = study.exclusions.query("fault == 'number_format'")
    assert told["count"].sum() == 16 * 9


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Sangat Baik", 4),
        ("kurang puas", 2),
        ("Tidak Setuju", 1),
        ("😡", 1),
        ("🙁", 2),
        ("🙂", 3),
        ("😍", 4),
        ("★★★", 3),
        ("☹️", 1),
    ],
)
def test_common_labels_and_faces_are_understood(written, level):
    assert labels.answer(written, "waktu")[0] == level


def test_a_label_that_contradicts_its_number_is_no_answer():
    assert labels.answer("1 - Sangat Baik", "waktu") == (None, "out_of_scale")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Lulus", "hadir"),
        ("✓", "hadir"),
        ("1. Hadir", "hadir"),
        ("❌", "tidak_hadir"),
        ("Izin", "tidak_hadir"),
        ("Menolak hadir", "menolak"),
    ],
)
def test_common_words_of_attendance_are_understood(written, code):
    assert values.choice(written, codes.ATTENDANCE) == (code, None)


# Messages.


NAME = "Kartika Dewi Anggraini"


@pytest.mark.parametrize("table", ["pegawai", "kinerja", "peserta", "skm", "unit", "kegiatan"])
@pytest.mark.parametrize("value", [NAME, NIPS[0], "1980-01-01", "0812 3456 7890"])
def test_a_value_in_the_wrong_column_is_shown_by_its_shape(tiny, table, value):
    columns = _TINY[table].splitlines()[0].split(",")
    for at, name in enumerate(columns):
        if name in ("nama", "nama_unit", "nama_kegiatan", "metode", "tema"):
            continue
        # The nine answers of a form are read by one piece of code.
        if re.fullmatch("u[2-9]", name):
            continue
        cells = [row.split(",") for row in _TINY[table].splitlines()]
        for row in cells[1:]:
            row[at] = value
        folder = tiny(**{table: "\n".join(map(",".join, cells)) + "\n"})
        found = intake.check(folder)
        said = "\n".join(p.sentence(lang) for p in found for lang in ("id", "en"))
        dated = name.startswith("tanggal") and name != "tanggal_lahir"
        if not (dated and value == "1980-01-01"):
            assert value not in said, name
        assert "Kartika" not in said and NIPS[0][:8] not in said


def test_no_name_or_nip_in_a_wrong_column_is_kept(tiny):
    shifted = INVITED.replace(",hadir\n", f",{NAME}\n", 1).replace("A1,", f"{NIPS[1]},", 1)
    folder = tiny(
        peserta=shifted,
        unit="kode_unit,nama_unit,layanan_publik\nK0,Nol,ya\nK1,Satu," + NAME + "\n",
    )
    kept = parse.folder(folder, codes.UNSUR, Pseudonyms(bytes(32))).events.to_csv()
    assert NAME not in kept and NIPS[1] not in kept and "'Aaaaaaa Aaaa Aaaaaaaaa'" in kept


@given(
    st.text("abcdefghijklmnopqrstuvwxyzÀé'’. ", min_size=3, max_size=30).filter(
        lambda t: len(t.split()) > 1
    )
)
def test_words_that_are_on_no_list_are_never_shown(name):
    spoken = [w for w in "".join(c if c.isalpha() else " " for c in name).split() if len(w) > 1]
    for word in spoken:
        listed = word.lower() in codes.WORDS_SHOWN or word in values.MONTH_NAMES
        if not listed and not values.is_marker(name):
            assert word not in shapes.shown(name) or set(word) == {"a"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PNS Daerah Kab/Kota yang bekerja pada Kab/Kota", "PNS"),
        ("PPPK Penuh Waktu", "PPPK"),
        ("Aktif", None),
    ],
)
def test_a_status_as_siasn_writes_it_stops_nothing(tiny, written, code):
    assert values.choice(written, codes.STATUS)[0] == code
    roll = ROLL.replace("tanggal_lahir\n", "tanggal_lahir,KEDUDUKAN HUKUM NAMA\n").replace(
        "-01\n", f"-01,{written}\n"
    )
    assert set(intake.study(tiny(pegawai=roll), 2024).pegawai["status"]) == {code or "PNS"}


def test_a_roll_that_begins_later_than_the_scores_stops_nothing(tiny):
    early = SCORES + "".join(f"2021,{n},70,1000,200\n" for n in NIPS)
    study = intake.study(tiny(kinerja=early), 2024)
    assert len(study.kinerja) == 8
    assert study.exclusions.query("fault == 'nip_not_on_roll'")["count"].sum() == 4


def test_torn_rows_are_held_against_their_whole_file(tiny):
    many = "tahun,nip,nilai_skp\n" + "".join(
        f"{y},{n},80\n" for y in range(2005, 2025) for n in NIPS
    )
    torn = many.replace(",80\n", ",80,5\n", 3)
    assert not [p for p in intake.check(tiny(kinerja=torn)) if p.fault == "mass_loss"]


def test_a_few_bad_values_among_rows_that_are_on_no_roll_stop_nothing(tiny):
    early = SCORES + "".join(
        f"2021,{n},{s},1000,200\n" for n, s in zip(NIPS, (640, 641, 642, 80), strict=True)
    )
    assert not [p for p in intake.check(tiny(kinerja=early)) if p.stops]


def test_people_lost_with_a_date_that_nobody_needs_are_a_mass(tiny):
    """The whole row goes with an impossible date, so that it counts as what the table needs."""
    born = ROLL
    for month in range(1, 4):
        born = born.replace(f"1980-{month:02d}-01", f"1980-{month:02d}-41")
    problems = _stops(tiny(pegawai=born))
    assert {p.column for p in problems} == {"tanggal_lahir"}
    assert problems[0].found.startswith("3/4")


def test_words_of_facilities_in_another_unsur_stop_before_only_the_good_ones_count(tiny):
    """ "Baik" is an answer anywhere and "Cukup" to facilities alone: the low ones would be lost."""
    words = {"3": "Baik", "4": "Sangat baik"}
    head, *forms = FORMS.strip().split("\n")
    lines = [form.split(",") for form in forms]
    for at, line in enumerate(lines):
        line[2:11] = ["Cukup" if at % 5 == 0 else words.get(a, a) for a in line[2:11]]
    written = "\n".join([head, *map(",".join, lines)]) + "\n"
    problems = _stops(tiny(skm=written))
    assert len(problems) == 8 and not {p.column for p in problems} & {"u8"}
    assert all("'Cukup'" in p.found for p in problems)


def test_a_form_on_another_scale_is_told_once_a_question(tiny):
    form = FORMS.replace(",3,3,3,4,", ",5,5,5,5,")
    problems = _stops(tiny(skm=form))
    assert sorted(p.column for p in problems) == ["u1", "u2", "u3", "u4"]


def test_numbered_labels_of_facilities_are_of_its_own_scale(tiny):
    cells = [row.split(",") for row in FORMS.strip().split("\n")]
    for at, row in enumerate(cells[1:]):
        row[5], row[9] = ("Cukup mahal (2)", "Cukup (2)") if at % 2 else ("Murah (3)", "3 - Baik")
    folder = tiny(skm="\n".join(map(",".join, cells)) + "\n")
    assert not [p for p in intake.check(folder) if p.stops]
    assert set(intake.study(folder, 2024).skm["biaya"]) == {2, 3}


def test_activities_lost_are_counted_among_all_not_among_those_with_an_end(tiny):
    """Three backwards of ten with an end, of a hundred courses: few are lost."""
    head = "kode_kegiatan,nama_kegiatan,metode,tema,tanggal_mulai,tanggal_selesai,jp\n"
    ends = ["2024-01-01"] * 3 + ["2024-03-02"] * 7 + [""] * 90
    rows = [f"A{i},Kursus {i},seminar,etika,2024-03-01,{end},8\n" for i, end in enumerate(ends, 1)]
    folder = tiny(kegiatan=head + "".join(rows), peserta=None)
    found = [(p.fault, p.count) for p in intake.check(folder) if p.table == "kegiatan"]
    assert found == [("date_order", 3)]


def test_lettered_labels_of_a_printed_form_are_understood():
    assert labels.answer("a. Tidak sesuai", "persyaratan") == (1.0, None)
    assert labels.answer("D) Sangat cepat", "waktu") == (4.0, None)
    assert labels.answer("a. Entah", "waktu") == (None, "out_of_scale")


@pytest.mark.parametrize(("of_lost", "found"), [(15, "15/25 peserta"), (9, ""), (0, "")])
def test_hours_of_few_activities_are_those_of_all_who_attended(tiny, of_lost: int, found: str):
    """Two of three activities of a year are too few to be a mass by themselves."""
    head, course = _TINY["kegiatan"].splitlines()
    courses = [course.replace("A1", f"A{i}") for i in range(1, 4)]
    courses[:2] = [line.removesuffix(",24") + ",4 hari" for line in courses[:2]]
    people = [f"1980{1 + i % 9:02d}{1 + i % 27:02d}2005011{i + 1:03d}" for i in range(25)]
    invited = [
        f"{('A1', 'A2')[i % 2] if i < of_lost else 'A3'},{n},hadir" for i, n in enumerate(people)
    ]
    # Whoever was invited and stayed away has no hours to lose.
    invited += [f"A1,{n},menolak" for n in people]
    roll = "tahun,nip,kode_unit\n" + "".join(f"{y},{n},K0\n" for y in (2023, 2024) for n in people)
    folder = tiny(
        pegawai=roll,
        kinerja="tahun,nip,nilai_skp\n"
        + "".join(f"{y},{n},80\n" for y in (2023, 2024) for n in people),
        kegiatan="\n".join([head, *courses]) + "\n",
        peserta="\n".join(["kode_kegiatan,nip,kehadiran", *invited]) + "\n",
    )
    stops = [p.found for p in intake.check(folder) if p.fault == "mass_loss"]
    assert stops == ([f"{found}: '9 aaaa'"] if found else [])


def test_a_file_of_no_table_is_no_tables_problem(tiny):
    """No remedy says to mend the problems of a table without a name."""
    said = intake.check(
        tiny(
            hanya_judul="tahun;nip;nilai_skp\n", kosong="", kinerja=SCORES.replace("80.5", "640", 1)
        )
    )
    assert {p.table for p in said if p.fault == "file_empty"} >= {""}
    (value,) = (p for p in said if p.fault == "out_of_scale")
    assert value.remedy["id"] == "betulkan nilai pada sumber"


def test_values_listed_are_those_of_the_file_and_year_of_their_line(tiny):
    scores = "tahun,nip,nilai_skp\n" + "".join(
        f"{y},{n},{score}\n" for y, score in ((2022, 640), (2023, 650), (2024, 80)) for n in NIPS
    )
    head, *rows = INVITED.strip().split("\n")
    files = {
        f"peserta_{code}": "\n".join([head, *(r.replace("A1", code) for r in rows)]) + "\n"
        for code in ("B2", "B3")
    }
    said = intake.check(tiny(kinerja=scores, **files), year=2024)
    found = {(p.file, p.fault): p.found for p in said if p.column in ("nilai_skp", "kode_kegiatan")}
    assert found["kinerja.csv", "mass_loss"] == "4/4: '640'"
    assert found["kinerja.csv", "out_of_scale"] == "'640' × 4, '650' × 4"
    assert found["peserta_B2.csv", "out_of_scale"] == "'B2'"
    assert found["peserta_B3.csv", "out_of_scale"] == "'B3'"


def test_unknown_units_are_counted_sheet_by_sheet(tiny):
    head, *rows = ROLL.replace(",K0,", ",X7,").replace(",K1,", ",X8,").strip().split("\n")
    of_years = [[r for r in rows if r.startswith(year)] for year in ("2023", "2024")]
    folder = tiny(pegawai=None)
    books.book(
        folder / "pegawai.xlsx",
        {"A": "\n".join([head, *of_years[0]]), "B": "\n".join([head, *of_years[1][:-1]])},
    )
    told = {p.sheet: p.found for p in intake.check(folder) if p.fault == "unit_unknown"}
    assert told == {"A": "'X7' × 2, 'X8' × 2", "B": "'X7' × 2, 'X8' × 1"}
