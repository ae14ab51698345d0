"""The leak scan finds what must not be published, and nothing else."""

from __future__ import annotations

import base64
import re
from itertools import pairwise
from pathlib import Path

import pytest

from helpers import publish
from helpers.contracts import EvaluasiError
from helpers.findings import vocabulary
from helpers.intake import Identities
from tests.conftest import NIPS

NAMES = {
    "Sari Koto",
    "Suhartono",
    "Ani",
    "Laporan",
    "Dr. Ma'ruf Syafi\u2019i, M.Si",
    "Siti R. Aminah",
}
ODD = {"{{7*7}}", "=1+1", "7 7", "-", "<b>", "A. B.", "Drs.", "Catur Sumber"}
PEOPLE = Identities(
    {NIPS[0]},
    NAMES | ODD,
    {NIPS[0]: ("pegawai.xlsx", 7), "Sari Koto": ("Data Pegawai 2023.xlsx", 214)},
)
# A NIP that no table of people has.
NOBODYS = "198511122010121003"


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{NIPS[0]}</p>",
        f"{NIPS[0][:8]} {NIPS[0][8:14]} {NIPS[0][14]} {NIPS[0][15:]}",
        f"<td>2024</td><td>{NIPS[0][:8]}&nbsp;{NIPS[0][8:14]}&#160;{NIPS[0][14]}\u202f{NIPS[0][15:]}</td>",
        f"{NIPS[0][:6]}<b>{NIPS[0][6:9]}</b>{NIPS[0][9:]}",
        f'<span class="n">{NIPS[0][:8]}</span><span>{NIPS[0][8:]}</span>',
        f"{NIPS[0][:8]}-{NIPS[0][8:14]}/{NIPS[0][14]}.{NIPS[0][15:]}",
        f"unit {NOBODYS} atas",
        "<td>Sari</td><td>Koto</td>",
        "S<b>ar</b>i Koto",
        '<img alt="Sari Koto">',
        '{"note": "SARI KOTO hadir"}',
        "KOTO, Sari, S.Pd",
        "Dr. Hj. Sari N. Koto, M.Si",
        "pegawai bernama Suhartono",
        "Ma&#39;ruf Syafi&#39;i",
        "Ma&rsquo;ruf Syafi`i",
        "Syafii Maruf",
        "siti aminah",
        "S\u00e1ri Ko\u200bto",
        "S\u034fari K\u202aoto",
    ],
)
def test_a_planted_person_is_found_and_not_named(tmp_path: Path, text: str):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page.html").write_text(text)
    with pytest.raises(EvaluasiError) as hit:
        publish.scan(tmp_path, PEOPLE)
    said = str(hit.value)
    assert "page.html" in said
    for secret in (NIPS[0], NOBODYS, "Koto", "Suhartono", "Aminah", "Syafi"):
        assert secret not in said


def _found(folder: Path, text: str, *names: str, **more) -> bool:
    (folder / "page.txt").write_text(text)
    try:
        publish.scan(folder, Identities({NIPS[0]}, {*names}), **more)
    except EvaluasiError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        # Of one word: from five letters on.
        ("Agung", "bernama agung", True),
        ("Budi", "bernama budi", False),
        # Of three: all of them, in any order, beside whoever else.
        ("Siti Nur Aminah", "aminah siti nur", True),
        ("Siti Nur Aminah", "Nur Siti Nur Aminah", True),
        ("Siti Nur Aminah", "siti aminah", False),
        ("Siti Nur Aminah", "siti nur, aminah", True),
        # One word before a comma is the family name, unless a degree comes after it.
        ("Koto, Sari", "sari koto", True),
        ("Koto, Sari, S.Pd", "sari koto", True),
        ("Sari Koto, Padang", "sari koto", True),
        ("Kotoa, S.Pd", "kotoa", True),
        # Titles and degrees are none of it, with a comma or without.
        ("Sari Koto S.Pd.", "sari koto", True),
        ("Dra. Sari Koto M.Si, M.A.P.", "sari koto", True),
        *(
            (f"Sari Koto{comma} {degree}", "sari koto", True)
            for comma in ("", ",")
            for degree in (
                *("S. Kom", "M. Si", "M Pd", "S PD", "Amd. Kep", "A.Md. Keb", "S.Tr. Kep", "Lc"),
                *("Ners", "SHI", "SPi", "AMKG", "S. Kep. Ners", "S Pd M Si"),
            )
        ),
        ("Yuniarti, S Pd", "yuniarti", True),
        ("Yuniarti, M Si", "yuniarti", True),
        ("Yuniarti, Lc", "yuniarti", True),
        # Short names, and initials before them, are no degrees.
        ("Tan Li", "li tan", True),
        ("Tan Li", "tan malaka", False),
        ("Shi Li", "shi li", True),
        ("Mak Itam", "mak itam", True),
        ("Mak Itam", "itam", False),
        ("Tan M. Siddiq", "siddiq tan", True),
        ("Tan M. Siddiq", "tan malaka", False),
        ("Datuak S. Rajo Ameh", "datuak rajo", False),
        ("Si Pado Koto", "si pado koto", True),
        ("Si Pado Koto", "pado koto", False),
        # What looks like a degree may be all that tells one from another.
        ("M.Amin Lubis", "amin lubis", True),
        ("M.Amin Lubis", "keluarga lubis", False),
    ],
)
def test_a_name_is_its_words_without_titles(tmp_path: Path, name: str, text: str, found: bool):
    assert _found(tmp_path, text, name) == found


def test_names_of_three_words_that_we_say_are_not_searched_for(tmp_path: Path):
    said = ["Laporan Tahunan Unit ini"]
    assert not _found(tmp_path, "unit laporan tahunan", "Unit Laporan Tahunan", vocabulary=said)
    assert _found(tmp_path, "unit laporan kita", "Unit Laporan Kita", vocabulary=said)


@pytest.mark.parametrize("sign", [*" .-’'_/\n", " - ", "._.", "\u00a0"])
def test_a_nip_of_the_inputs_is_found_in_whatever_groups(tmp_path: Path, sign: str):
    groups = [NIPS[0][:5], NIPS[0][5:6], NIPS[0][6:]]
    assert _found(tmp_path, sign.join(groups))
    assert _found(tmp_path, f"2024{sign}{sign.join(groups)}{sign}12")


@pytest.mark.parametrize("sign", ["    ", ",", ":", "x"])
def test_figures_farther_apart_are_no_nip(tmp_path: Path, sign: str):
    assert not _found(tmp_path, sign.join([NIPS[0][:5], NIPS[0][5:]]))


def test_a_unit_of_one_word_passes_over_nothing(tmp_path: Path):
    units = ["Koto", "RSUD Sari"]
    assert _found(tmp_path, "RSUD Sari Koto", "Sari Koto", phrases=units)
    assert not _found(tmp_path, "RSUD Sari, Koto Baru", "Sari Koto", phrases=[*units, "Koto Baru"])


def test_a_person_behind_escapes_of_a_notebook_is_found(tmp_path: Path):
    cells = ["print('Sari\\nKoto')", "Sari\\u0020Koto", "Sari\\tKoto"]
    for cell in cells:
        (tmp_path / "own.ipynb").write_text(f'{{"source": "{cell}"}}')
        with pytest.raises(EvaluasiError, match=r"own\.ipynb"):
            publish.scan(tmp_path, PEOPLE)


def test_the_place_in_the_inputs_is_told(tmp_path: Path):
    (tmp_path / "page.html").write_text(f"Sari Koto {NIPS[0]}")
    with pytest.raises(EvaluasiError) as hit:
        publish.scan(tmp_path, PEOPLE)
    assert "Data Pegawai 2023.xlsx, baris 214; pegawai.xlsx, baris 7" in hit.value.message("id")
    assert "Data Pegawai 2023.xlsx, row 214; pegawai.xlsx, row 7" in hit.value.message("en")


def test_a_file_named_after_a_person_is_not_named(tmp_path: Path):
    file = f"Kinerja Sari Koto {NIPS[0]}.csv"
    people = Identities({NIPS[0]}, {"Sari Koto"}, {"Sari Koto": ("Kinerja Sari Koto.csv", 3)})
    (tmp_path / "manifest.json").write_text(f'{{"inputs": {{"{file}": ""}}}}')
    with pytest.raises(EvaluasiError) as hit:
        publish.scan(tmp_path, people)
    assert "Kinerja Aaaa Aaaa.aaa, row 3" in hit.value.message("en")
    assert "Koto" not in str(hit.value) and NIPS[0] not in str(hit.value)


@pytest.mark.parametrize(
    "text",
    [
        "Sari dan Koto",
        NIPS[1][:-1] + "x",
        NIPS[0][:-1],
        f"0.{NOBODYS}",
        f"{NOBODYS}123",
        "999999999999999999",
        "Ani",
        "7 * 7 = 49, 7 7",
        "A B, = 1 + 1",
        "Laporan tahunan",
        "sumber catur laporan",
        "<style>.suhartono { color: red }</style>",
        "x" + base64.b64encode(b"s" * 400).decode(),
    ],
)
def test_what_is_not_a_person_of_the_inputs_passes(tmp_path: Path, text: str):
    (tmp_path / "page.html").write_text(text)
    publish.scan(tmp_path, PEOPLE, ["Laporan tahunan unit", "Sumber: catur wulan"])


def test_no_sentence_of_ours_is_somebodys_name(tmp_path: Path):
    """Words that are names, too, stand in our own sentences."""
    words = sorted({w for text in vocabulary() for w in re.findall(r"[^\W\d_]+", text)})
    (tmp_path / "page.html").write_text("\n".join(vocabulary()))
    singles, pairs = set(words), {" ".join(p) for text in vocabulary() for p in _pairs(text)}
    publish.scan(tmp_path, Identities(set(), singles | pairs), vocabulary())
    with pytest.raises(EvaluasiError):
        publish.scan(tmp_path, Identities(set(), singles))


def _pairs(text: str) -> list[tuple[str, str]]:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return list(pairwise(words))[:3]


def test_a_unit_called_after_somebodys_namesake_does_not_stop_every_report(tmp_path: Path):
    (tmp_path / "page.html").write_text("<td>RSUD Sari Koto</td>")
    publish.scan(tmp_path, PEOPLE, phrases=["RSUD Sari Koto"])
    with pytest.raises(EvaluasiError):
        publish.scan(tmp_path, PEOPLE, phrases=["RSUD lain"])
    (tmp_path / "page.html").write_text("<td>RSUD Sari Koto</td><td>Sari Koto</td>")
    with pytest.raises(EvaluasiError):
        publish.scan(tmp_path, PEOPLE, phrases=["RSUD Sari Koto"])


def test_a_unit_passes_over_nothing_but_names_within_it(tmp_path: Path):
    units = ["Bagian Siti", "Aminah Jaya", "RSUD Sari Koto"]
    (tmp_path / "page.html").write_text("<p>Kepala Bagian Siti Aminah</p>")
    with pytest.raises(EvaluasiError):
        publish.scan(tmp_path, PEOPLE, phrases=units)
    # Of two units, one beneath the other.
    (tmp_path / "page.html").write_text("<td>Bagian Siti</td><td>Aminah Jaya</td>")
    publish.scan(tmp_path, PEOPLE, phrases=units)


def test_the_place_of_the_text_is_told_instead_of_that_of_the_person(tmp_path: Path):
    (tmp_path / "page.html").write_text(f"pembinaan sari koto, {NIPS[0]}")
    texts = [
        publish.Written("etika", "kegiatan.xlsx", "", 2),
        publish.Written("Pembinaan Sari Koto", "kegiatan.xlsx", "Sari Koto", 9),
        publish.Written("RSUD Sari Koto", "unit.csv", "", 4),
        publish.Written("Suhartono", "unit.csv", "", 5),
    ]
    with pytest.raises(EvaluasiError) as hit:
        publish.scan(tmp_path, PEOPLE, phrases=["RSUD Sari Koto"], written=lambda: texts)
    said = hit.value.message("id")
    assert "asal di data masukan: kegiatan.xlsx, lembar Aaaa Aaaa, baris 9\n" in said
    assert "orangnya terdaftar di: pegawai.xlsx, baris 7\n" in said
    assert "214" not in said and "unit.csv" not in said


def test_a_page_called_after_a_person_is_told_by_its_shape(tmp_path: Path):
    (tmp_path / "15_Sari_Koto.html").write_text("x")
    with pytest.raises(EvaluasiError) as hit:
        publish.scan(tmp_path, PEOPLE)
    assert "15_Aaaa_Aaaa.aaaa" in str(hit.value) and "Koto" not in str(hit.value)


@pytest.mark.parametrize("unit", ["Sari Koto", "Koto, Sari", "Dr. Sari Koto, M.Si", "Suhartono"])
def test_a_person_in_the_place_of_a_unit_is_found(tmp_path: Path, unit: str):
    (tmp_path / "page.html").write_text(f"<td>{unit}</td>")
    with pytest.raises(EvaluasiError):
        publish.scan(tmp_path, PEOPLE, phrases=[unit])
