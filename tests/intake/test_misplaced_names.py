"""Somebody's name among the words of a theme or a unit is told and goes no further; words that are
nobody's whole name stay.
"""

from __future__ import annotations

import pytest

from helpers import intake
from tests.conftest import _TINY

PERSON = '"Dra. Hj. SITI AMINAH, M.Si"'
ROLL = _TINY["pegawai"].replace("Contoh Nama 1", PERSON)
COURSES = _TINY["kegiatan"]


def _told(folder) -> list:
    return [p for p in intake.check(folder) if p.fault == "out_of_scale"]


def _with_theme(tiny, theme: str, roll: str = ROLL):
    return tiny(pegawai=roll, kegiatan=COURSES.replace(",etika,", f',"{theme}",'))


def _with_unit(tiny, unit: str, **more: str):
    return tiny(pegawai=ROLL, unit=f'kode_unit,nama_unit\nK0,Loket Nol\nK1,"{unit}"\n', **more)


@pytest.mark.parametrize(
    "theme",
    [
        "pembinaan siti aminah",
        "Pembinaan Aminah, Siti (tahap 2)",
        "laporan Hj. Siti Aminah, S.Sos",
        "SITI AMÍNAH dan stafnya",
        "magang/Siti-Aminah",
        "Siti Aminah",
    ],
)
def test_a_name_among_the_words_of_a_theme_is_told_and_not_kept(tiny, theme: str):
    folder = _with_theme(tiny, theme)
    (told,) = _told(folder)
    assert (told.action, told.file, told.column, told.rows) == (
        "excluded",
        "kegiatan.csv",
        "tema",
        (2,),
    )
    for lang in ("id", "en"):
        assert "siti" not in told.sentence(lang).lower() and "min" not in told.found.lower()
    assert set(intake.study(folder, 2024).kegiatan["tema"].fillna("")) == {""}


@pytest.mark.parametrize(
    "theme",
    [
        "pembinaan siti",
        "aminah",
        "Siti Khadijah",
        "siti dan aminah",
        "Sitiaminah",
        "siti nur aminah",
    ],
)
def test_what_is_nobodys_whole_name_stays(tiny, theme: str):
    folder = _with_theme(tiny, theme)
    assert not _told(folder)
    assert set(intake.study(folder, 2024).kegiatan["tema"]) == {theme.lower()}


@pytest.mark.parametrize("name", ["Dewi", "dr. M. Djamil", "Sri, S.Pd"])
@pytest.mark.parametrize(
    "unit", ["Puskesmas Dewi Sartika", "RSUD Dr. M. Djamil", "Kelurahan Sri Mulyo"]
)
def test_a_name_of_one_word_is_nobodys_in_a_unit(tiny, name: str, unit: str):
    roll = _TINY["pegawai"].replace("Contoh Nama 1", f'"{name}"')
    folder = tiny(pegawai=roll, unit=f"kode_unit,nama_unit\nK0,Loket Nol\nK1,{unit}\n")
    assert not _told(folder)
    assert unit in set(intake.study(folder, 2024).unit["nama_unit"])


def test_a_unit_that_names_somebody_goes_by_its_code_and_keeps_its_people(tiny):
    folder = _with_unit(tiny, "Loket Satu (Siti Aminah)")
    (told,) = _told(folder)
    assert (told.action, told.column, told.rows) == ("warned", "nama_unit", (3,))
    study = intake.study(folder, 2024)
    assert study.unit["nama_unit"].fillna("").tolist() == ["Loket Nol", ""]
    assert set(study.pegawai["kode_unit"]) == {"K0", "K1"} and len(study.skm) == 16


def test_many_such_units_stop_nothing(tiny):
    """A district may have many schools that are called after somebody's namesake."""
    more = "".join(f"S{i},Loket {i} Siti Aminah\n" for i in range(5))
    folder = tiny(pegawai=ROLL, unit=_TINY["unit"] + more)
    assert len(intake.study(folder, 2024).unit) == 7


def test_rows_that_gave_the_unit_by_that_name_stay_in_it(tiny):
    unit = "Loket Satu (Siti Aminah)"
    forms = _TINY["skm"].replace("kode_unit", "Nama Unit").replace(",K0,", ",Loket Nol,")
    roll = ROLL.replace(",K1,", f",{unit},")
    folder = tiny(
        pegawai=roll,
        skm=forms.replace(",K1,", f",{unit},"),
        unit=f"kode_unit,nama_unit\nK0,Loket Nol\nK1,{unit}\n",
    )
    study = intake.study(folder, 2024)
    assert len(study.pegawai) == 8 and study.skm["kode_unit"].value_counts().to_dict() == {
        "K0": 8,
        "K1": 8,
    }
    assert {p.fault for p in intake.check(folder) if p.action != "repaired"} == {"out_of_scale"}


def test_nothing_of_it_is_in_what_a_report_is_made_of(tiny):
    folder = _with_unit(
        tiny, "Loket Siti Aminah", kegiatan=COURSES.replace("seminar", "klinik bu siti aminah")
    )
    study = intake.study(folder, 2024)
    held = "\n".join(study.table(name).to_csv() for name in ("unit", "kegiatan", "skm", "pegawai"))
    assert "aminah" not in held.lower()


def test_names_in_place_of_all_units_stop_nothing_either(tiny):
    """Each then goes by its code, as the message promises."""
    names = [n.split(",")[2] for n in _TINY["pegawai"].splitlines()[1:4]]
    units = "".join(f"K{i},{name}\n" for i, name in enumerate(names))
    folder = tiny(unit="kode_unit,nama_unit\n" + units)
    (told,) = _told(folder)
    assert (told.action, told.count) == ("warned", 3)
    study = intake.study(folder, 2024)
    assert set(study.pegawai["kode_unit"]) == {"K0", "K1"} and len(study.skm) == 16


def test_a_degree_with_a_space_hides_no_name(tiny):
    roll = _TINY["pegawai"].replace("Contoh Nama 1", "Siti Aminah S. Kom")
    folder = _with_theme(tiny, "Bimbingan Siti Aminah", roll)
    assert [p.column for p in _told(folder)] == ["tema"]


def test_a_person_in_many_themes_of_a_year_stops_nothing(tiny):
    head, first, *_ = COURSES.splitlines()
    rows = [
        first.replace("A1", f"A{i}").replace(",etika,", f",{theme},")
        for i, theme in enumerate(["Bimbingan Siti Aminah"] * 3 + ["etika"] * 3)
    ]
    folder = tiny(pegawai=ROLL, kegiatan="\n".join([head, *rows]) + "\n")
    (told,) = _told(folder)
    assert (told.action, told.column, told.count) == ("excluded", "tema", 3)
    assert not [p for p in intake.check(folder) if p.stops]
    themes = intake.study(folder, 2024).kegiatan["tema"].fillna("")
    assert sorted(themes) == [""] * 3 + ["etika"] * 3


@pytest.mark.parametrize(("lang", "words"), [("id", "dengan kodenya"), ("en", "by its code")])
def test_a_code_in_place_of_the_name_is_promised_of_units_alone(tiny, lang, words: str):
    (theme,) = _told(_with_theme(tiny, "Bimbingan Siti Aminah"))
    assert words not in theme.sentence(lang)
    (unit,) = _told(_with_unit(tiny, "Siti Aminah"))
    assert words in unit.sentence(lang)
