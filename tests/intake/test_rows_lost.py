"""No row is lost in silence: torn and ragged rows, copies of forms, units and their names, footers."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import intake
from helpers.contracts import EvaluasiError, fault_of
from helpers.intake import delimited
from tests.conftest import _TINY, NIPS

SCORES, FORMS, ROLL = _TINY["kinerja"], _TINY["skm"], _TINY["pegawai"]
LONG = "tahun,nip,nilai_skp,output,hari_kerja,hukuman_disiplin,predikat\n" + "".join(
    f"{year},{nip},80.5,1200,200,0,Baik\n" for year in (2023, 2024) for nip in NIPS
)


def _told(folder, fault, action=None):
    return [
        p
        for p in intake.check(folder)
        if p.fault == fault and (action is None or p.action == action)
    ]


@pytest.mark.parametrize("opened", ['2023,{nip},"80.5,1200', '"2023,{nip},80.5,1200'])
def test_a_quote_that_is_not_closed_costs_its_own_row_alone(tiny, opened):
    torn = SCORES.replace(f"2023,{NIPS[1]},80.5,1200", opened.format(nip=NIPS[1]))
    study = intake.study(tiny(kinerja=torn), 2024)
    assert len(study.kinerja) == 7
    (problem,) = _told(tiny(kinerja=torn), "row_not_data", "excluded")
    assert (problem.file, problem.rows) == ("kinerja.csv", (3,))


def test_two_quotes_that_close_each_other_swallow_no_row_between_them(tiny):
    torn = SCORES.replace("2023,", '"2023,', 1).replace(",200\n2024", ',200"\n2024', 1)
    assert len(intake.study(tiny(kinerja=torn), 2024).kinerja) >= 6
    rows = {r for p in _told(tiny(kinerja=torn), "row_not_data") for r in p.rows}
    assert {2} <= rows


def test_a_suggestion_over_several_lines_is_one_cell(tiny):
    forms = FORMS.replace(
        ",3,3,\n", ',3,3,"Baik, terima kasih.\nTunggu sebentar, ya, lama\n\nlagi"\n', 1
    )
    study = intake.study(tiny(skm=forms), 2024)
    assert len(study.skm) == 16 and not len(study.exclusions)


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.text("ab 1", max_size=4), min_size=4, max_size=4), min_size=2, max_size=30
    ),
    st.data(),
)
def test_whatever_row_is_torn_all_others_stay(rows, data):
    lines = [",".join(row) for row in rows]
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = '"' + lines[at]
    found, torn = delimited.rows("\n".join(lines) + "\n", ",")
    assert len(found) == len(rows) and torn == (at,)
    assert [r for i, r in enumerate(found) if i != at] == [r for i, r in enumerate(rows) if i != at]


@pytest.mark.parametrize(
    ("old", "new"),
    [("80.5,1200", "80,5,1200"), ("80.5,1200,200", "80.5,200"), (",200\n", ",200,x\n")],
)
def test_a_row_of_another_number_of_cells_is_named_and_not_read(tiny, old, new):
    folder = tiny(kinerja=SCORES.replace(old, new, 1))
    study = intake.study(folder, 2024)
    assert len(study.kinerja) == 7 and study.kinerja["output"].eq(1200).all()
    (problem,) = _told(folder, "row_not_data", "excluded")
    assert problem.rows == (2,)


def test_a_program_that_writes_no_empty_cells_at_the_end_is_read(tiny):
    folder = tiny(kinerja=LONG.replace(",0,Baik\n", "\n"))
    assert len(intake.study(folder, 2024).kinerja) == 8
    (problem,) = _told(folder, "row_not_data", "warned")
    assert problem.count == 8


def test_torn_rows_beyond_the_plans_share_stop(tiny):
    with pytest.raises(EvaluasiError, match="mass_loss"):
        intake.study(tiny(kinerja=SCORES.replace("80.5", "80,5")), 2024)


# Forms.


def _numbered(forms: str, first: int = 1) -> str:
    head, *rows = forms.splitlines()
    return (
        "\n".join([f"id_respon,{head}", *(f"R{first + i},{r}" for i, r in enumerate(rows))]) + "\n"
    )


@pytest.mark.parametrize("forms", [FORMS, _numbered(FORMS)])
def test_a_survey_file_downloaded_twice_counts_once(tiny, forms):
    folder = tiny(skm=forms, **{"skm (1)": forms})
    study = intake.study(folder, 2024)
    assert len(study.skm) == 16
    (problem,) = _told(folder, "duplicate_identical")
    assert problem.count == 16


def test_two_people_who_answer_alike_are_two(tiny):
    one = FORMS.splitlines()
    folder = tiny(skm="\n".join([*one, one[1]]) + "\n")
    assert len(intake.study(folder, 2024).skm) == 17


def _many(forms: int) -> list[str]:
    """Forms without a number, of which one in four says what another says."""
    given = (i - (i % 4 == 3) * 2 for i in range(forms))
    return [
        f"202{3 + i % 2}-03-{1 + i % 28:02d},K{i % 2},"
        + ",".join(str(1 + i // 4**nth % 4) for nth in range(9))
        + ","
        for i in given
    ]


@pytest.mark.parametrize(
    ("rows", "copies"),
    [
        ([*_many(60)] * 2, 60),
        ([*_many(60)] * 4, 180),
        ([*_many(60), *_many(60)[10:35]], 25),
        ([*_many(60), *_many(60)[10:28]], 0),
        ([*_many(60), *reversed(_many(60))], 0),
        ([*_many(400), *_many(400)[:20]], 0),
        ([_many(1)[0]] * 100, 0),
    ],
)
def test_a_block_of_forms_that_stands_twice_in_one_file_counts_once(
    tiny, rows: list[str], copies: int
):
    folder = tiny(skm="\n".join([FORMS.splitlines()[0], *rows]) + "\n")
    assert len(intake.study(folder, 2024).skm) == len(rows) - copies
    told = _told(folder, "duplicate_identical", "repaired")
    assert [p.count for p in told] == [copies] * bool(copies)


def test_a_form_that_was_changed_is_left_out_both_times(tiny):
    forms = _numbered(FORMS)
    changed = forms.splitlines()[1].replace(",3,3,3,", ",1,3,3,", 1)
    folder = tiny(skm=forms + changed + "\n")
    assert len(intake.study(folder, 2024).skm) == 15
    assert _told(folder, "duplicate_conflicting")[0].count == 2


def test_numbers_that_begin_anew_in_each_file_are_no_copies(tiny):
    folder = tiny(skm=_numbered(FORMS), skm_b=_numbered(FORMS.replace(",3,3,3,4", ",2,3,3,4")))
    assert len(intake.study(folder, 2024).skm) == 32


# Units.

BY_NAME = (
    ROLL.replace("kode_unit", "nama_unit", 1)
    .replace(",K0,", ",Loket Nol,")
    .replace(",K1,", ",Loket Satu,")
)


def test_a_name_of_two_units_places_nobody_and_is_told(tiny):
    folder = tiny(unit=_TINY["unit"] + "K2,Loket Satu\n", pegawai=BY_NAME)
    found = intake.check(folder)
    assert {(p.fault, p.action, p.count) for p in found if p.table in ("unit", "pegawai")} >= {
        ("unit_unknown", "warned", 2),
        ("unit_unknown", "excluded", 4),
    }
    assert {p.fault for p in found if p.stops} == set()
    assert len(intake.study(folder, 2024).pegawai) == 4


def test_a_code_and_a_name_of_two_units_are_told_and_the_code_counts(tiny):
    head, *rows = ROLL.splitlines()
    both = [
        head + ",Unit Kerja",
        *(r + (",Loket Satu" if ",K1," in r else ",Loket Nol") for r in rows),
    ]
    both[1:4] = [r.replace("Loket Nol", "Loket Satu") for r in both[1:4]]
    # A spelling that no unit has contradicts nothing.
    both[5] = both[5].replace("Loket Nol", "Lokt 0")
    forms = FORMS.replace("saran\n", "Unit Layanan\n", 1).replace(",3,3,\n", ",3,3,LOKET NOL\n")
    folder = tiny(pegawai="\n".join(both) + "\n", skm=forms)
    people, form = _told(folder, "unit_unknown")
    assert (people.action, people.column, people.rows) == ("warned", "Unit Kerja", (2, 4))
    assert people.found == "'K0' ≠ 'Loket Satu' × 2"
    assert (form.table, form.column, form.found) == (
        "skm",
        "Unit Layanan",
        "'K1' ≠ 'Loket Nol' × 8",
    )
    assert "kodenya yang dipakai" in people.what["id"] and "the code counts" in form.what["en"]
    study = intake.study(folder, 2024)
    assert list(study.pegawai["kode_unit"].value_counts().sort_index()) == [4, 4]
    # Among what the report says of the data it is the same warning.
    told = study.exclusions.set_index(["table", "fault"]).loc[("pegawai", "unit_unknown")]
    assert (told["action"], told["count"]) == ("warned", 2)
    assert fault_of("unit_unknown", "warned", "pegawai").what == people.what


@pytest.mark.parametrize("row", ["K2,\n", ",Tanpa Kode\n"])
def test_a_unit_without_name_or_code_collects_nobody(tiny, row):
    rows = BY_NAME.replace("Contoh Nama 0,Loket Nol", "Contoh Nama 0,", 1)
    folder = tiny(unit=_TINY["unit"] + row, pegawai=rows)
    assert set(intake.study(folder, 2024).pegawai["kode_unit"]) == {"K0", "K1"}
    assert [p.rows for p in intake.check(folder) if p.table == "unit"] == [(4,)]
    assert [p.rows for p in _told(folder, "unit_unknown")] == [(2,)]


def test_a_renamed_unit_keeps_its_people_under_its_newest_name(tiny):
    older, newer = _TINY["unit"], _TINY["unit"].replace("Loket Satu", "Gerai Satu")
    later = _TINY["unit"].replace("Loket Satu", "Pos Satu")
    folder = tiny(unit=None, unit_2023=older, unit_2024=newer, unit_2025=later, pegawai=BY_NAME)
    study = intake.study(folder, 2024)
    assert len(study.pegawai) == 8
    assert set(study.unit["nama_unit"]) == {"Loket Nol", "Gerai Satu"}
    change, *_ = _told(folder, "duplicate_conflicting")
    assert (change.action, change.file, change.rows) == ("repaired", "unit_2023.csv", (3,))


@pytest.mark.parametrize(
    "unit", ["NB-1,Catatan Sipil", "K2,Sumber Daya Air", "TOTAL-1,Jumlah Unit", "Sumber,Air"]
)
def test_a_unit_that_begins_as_a_footer_does_is_a_unit(tiny, unit):
    study = intake.study(tiny(unit=_TINY["unit"] + unit + "\n"), 2024)
    assert len(study.unit) == 3


def test_people_called_like_footers_stay(tiny):
    rows = "nama,tahun,nip,kode_unit\n" + "".join(
        f"Sumber Rejeki,{y},{n},K0\n" for y in (2023, 2024) for n in NIPS
    )
    assert len(intake.study(tiny(pegawai=rows), 2024).pegawai) == 8


@pytest.mark.parametrize(
    "footer",
    [
        "Catatan: data per 31 Desember,,,,",
        "Total,8,644,9600,1600",
        "Sumber: BKPSDM",
        "NB: tidak final,,,,",
    ],
)
def test_a_footer_is_a_footer(tiny, footer):
    folder = tiny(kinerja=SCORES + footer + "\n")
    assert len(intake.study(folder, 2024).kinerja) == 8
    (problem,) = _told(folder, "row_not_data")
    assert (problem.action, problem.rows) == ("dropped", (10,))


def test_a_row_that_numbers_the_columns_is_no_row_of_data(tiny):
    head, *rows = SCORES.splitlines()
    folder = tiny(kinerja="\n".join([head, "(1),(2),(3),(4),(5)", *rows]) + "\n")
    (problem,) = _told(folder, "row_not_data")
    assert problem.rows == (2,) and len(intake.study(folder, 2024).kinerja) == 8


def test_every_row_is_kept_or_counted(tiny):
    """Whatever is lost stands in the counts: rows of the file, less rows read, less rows counted."""
    damaged = SCORES.replace("80.5", '"80.5', 1).replace(NIPS[2], "x", 1) + "\nTotal,,,,\n"
    study = intake.study(tiny(kinerja=damaged), 2024)
    lost: pd.DataFrame = study.exclusions.query(
        "table == 'kinerja' and action in ('excluded', 'dropped')"
    )
    assert len(damaged.splitlines()) - 1 == len(study.kinerja) + int(lost["count"].sum())


_SIGNED = (
    [["", "Mengetahui,", "", "", "Arosuka, 31 Desember 2024"], ["", "Kepala", "", "", "Kasubag"],
     ["", "Budi, SE", "", "", "Siti"], ["", f"NIP. {NIPS[0]}", "", "", f"NIP. {NIPS[1]}"]],
    [["Arosuka, 31 Desember 2024"], ["", "", "Disetujui oleh"], ["", "", f"NIP. {NIPS[0]}"]],
    [["", "", "Arosuka, 31 Desember 2024", "x"], ["", "", "Kepala Dinas", "Budi, SE"],
     ["", "", "Budi", "Plt."], [], [], [" "], *([[]] * 20)],
    [["Jumlah Laki-laki", "", "12 orang"], ["Jumlah Perempuan", "", "3"]],
    [["Keterangan", "", "L = laki-laki"], ["Sumber", "", "BKPSDM"]],
)  # fmt: skip


@pytest.mark.parametrize(
    "below", _SIGNED, ids=["two who sign", "one who signs", "place and day", "sums", "notes"]
)
def test_who_signs_below_a_table_is_nobody_of_it(tiny, below):
    width = len(ROLL.split("\n")[0].split(","))
    foot = io.StringIO()
    csv.writer(foot).writerows(row + [""] * (width - len(row)) for row in below)
    folder = tiny(pegawai=ROLL + foot.getvalue())
    assert [p.fault for p in intake.check(folder) if p.file == "pegawai.csv"] == ["row_not_data"]
    assert len(intake.study(folder, 2024).pegawai) == 8


def test_who_knows_of_a_course_and_has_a_nip_is_no_signature(tiny):
    lines = [
        f"A1,{NIPS[0]},hadir,",
        f"A1,{NIPS[1]},menolak,Mengetahui materi",
        f"A1,{NIPS[2]},hadir,",
    ]
    folder = tiny(peserta="kode_kegiatan,nip,kehadiran,alasan\n" + "\n".join(lines) + "\n")
    assert len(intake.study(folder, 2024).peserta) == 3


def test_forms_at_the_end_that_speak_of_knowing_are_forms(tiny):
    width = FORMS.split("\n")[0].count(",")
    last = [
        f"2024-05-01,K0{',' * (width - 1)}Mengetahui layanan dari teman",
        f"2024-05-02,,4{',' * (width - 2)}",
        f"2024-05-03,K1,3{',' * (width - 2)}",
    ]
    plain, longer = (
        len(intake.study(tiny(skm=f), 2024).skm) for f in (FORMS, FORMS + "\n".join(last) + "\n")
    )
    assert longer == plain + 2
    rounded = f"A1,{NIPS[0]},hadir,\nA1,1.98E+17,menolak,Mengetahui materi\n"
    folder = tiny(peserta="kode_kegiatan,nip,kehadiran,alasan\n" + rounded)
    assert [p.fault for p in intake.check(folder) if p.table == "peserta"] == ["nip_rounded"]


def test_words_below_coded_units_are_no_units(tiny):
    units = "kode_unit,nama_unit\nK0,Loket Nol\nK1,Loket Satu\nK2,Loket Dua\n"
    below = "Keterangan,data per 2 Januari\nKepala BKPSDM,\nNofriadi Guci,Pembina\n"
    folder = tiny(unit=units + below)
    assert [p.fault for p in intake.check(folder) if p.file == "unit.csv"] == ["row_not_data"]
    assert list(intake.study(folder, 2024).unit["kode_unit"]) == ["K0", "K1", "K2"]
    # Where codes are words, words are codes.
    named = "kode_unit,nama_unit\nK0,Loket Nol\nK1,Loket Satu\nCAPIL,Catatan Sipil\nSDA,Air\n"
    named = named.replace("K1,", "DUKCAPIL,Sipil\nK1,")
    assert len(intake.study(tiny(unit=named), 2024).unit) == 5
    # A last unit that fills its row as the others do is one, without a code or with a word for it.
    whole = units + "SETDA,Sekretariat Daerah\n"
    assert len(intake.study(tiny(unit=whole), 2024).unit) == 4
    for signed in (
        ',"Solok, 31 Desember 2023"\nKepala Bagian,Sekretaris\nBudi Santoso,Siti Aminah\n',
        ",Mengetahui\n,Kepala Dinas\n,Budi Santoso\n",
        "Kepala Bagian,Sekretaris\nBudi Santoso,Siti Aminah\n",
    ):
        folder = tiny(unit=units + signed)
        assert [p.fault for p in intake.check(folder) if p.file == "unit.csv"] == ["row_not_data"]
        assert len(intake.study(folder, 2024).unit) == 3
    (lost,) = _told(tiny(unit=units + ",Loket Tiga\n"), "out_of_scale", "excluded")
    assert (lost.column, lost.rows) == ("kode_unit", (5,))


def test_the_name_of_a_unit_above_its_people_is_nobody(tiny):
    head, *people = ROLL.strip().split("\n")
    width = head.count(",")
    heading = "II,KANTOR CAMAT KUBUNG" + "," * (width - 1)
    total = "Sub Jumlah,,,4" + "," * (width - 3)
    folder = tiny(
        pegawai="\n".join([head, heading, *people[:4], total, heading, *people[4:]]) + "\n"
    )
    assert [p.fault for p in intake.check(folder) if p.file == "pegawai.csv"] == ["row_not_data"]
    assert len(intake.study(folder, 2024).pegawai) == 8


def test_hours_that_are_not_there_are_counted_as_lost(tiny):
    course = _TINY["kegiatan"].strip()
    folder = tiny(kegiatan=course.removesuffix("24") + "\n")
    told = _told(folder, "out_of_scale", "excluded")
    assert [(p.table, p.column, p.count) for p in told] == [("kegiatan", "jp", 1)]
    assert not _told(tiny(kegiatan=course + " JP\n"), "out_of_scale")
