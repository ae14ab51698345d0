"""Where a mistake ends and a habit begins: each limit of reading, from both of its sides."""

from __future__ import annotations

import pytest

from helpers import intake
from helpers.contracts import EvaluasiError
from helpers.intake import delimited
from tests.conftest import _TINY, NIPS

SCORES, FORMS = _TINY["kinerja"], _TINY["skm"]
LONG = "tahun,nip,nilai_skp,output,hari_kerja,hukuman_disiplin,predikat\n" + "".join(
    f"{year},{nip},80.5,1200,200,0,Baik\n" for year in (2023, 2024) for nip in NIPS
)


def _of(folder, table: str = "kinerja") -> list[tuple[str, str, tuple[int, ...]]]:
    found = intake.check(folder)
    return [(p.fault, p.action, p.rows) for p in found if p.table == table and not p.stops]


@pytest.mark.parametrize(("cut", "action"), [(1, "excluded"), (2, "warned")])
def test_more_than_a_fifth_of_rows_cut_short_is_how_a_program_writes(tiny, cut: int, action: str):
    rows = tuple(range(2, 2 + cut))
    folder = tiny(kinerja=LONG.replace(",0,Baik\n", "\n", cut))
    assert _of(folder) == [("row_not_data", action, rows)]


def test_three_who_sign_beside_one_another_are_no_rows_of_data(tiny):
    signed = 'Mengetahui,,Disetujui,,"Solok, 5 Januari 2025"\nBudi,,Ani,,Siti\n'
    assert _of(tiny(kinerja=SCORES + signed)) == [("row_not_data", "dropped", (10, 11))]


@pytest.mark.parametrize(
    ("last", "fault", "action"),
    [
        ("Jumlah,8,644,9600,1600", "row_not_data", "dropped"),
        ("Jumlah,8 orang,,,", "row_not_data", "dropped"),
        ("Jumlah,8,sangat baik,,", "out_of_scale", "excluded"),
        (f"Jumlah,{NIPS[0]},80,1200,200", "out_of_scale", "excluded"),
        ("Catatan: sementara,lihat surat,,,", "row_not_data", "dropped"),
        ("Catatan: sementara,lihat surat,80,,", "out_of_scale", "excluded"),
        ("Ket,angka sementara,,,", "row_not_data", "dropped"),
        ("Ket,angka sementara,80,,", "out_of_scale", "excluded"),
    ],
)
def test_a_footer_says_nothing_but_figures_or_its_text(tiny, last: str, fault: str, action: str):
    told = _of(tiny(kinerja=f"{SCORES}{last}\n"))
    assert (fault, action, (10,)) in told
    assert all(f != "row_not_data" for f, *_ in told) or fault == "row_not_data"


@pytest.mark.parametrize(("lines", "torn"), [(60, (82,)), (61, (1, 142))])
def test_a_cell_of_more_lines_than_anybody_writes_is_a_quote_left_open(lines: int, torn):
    """It is looked at line by line, since another quote of the file was left open for sure."""
    cell = "\n".join(["baik"] * lines)
    rows = "4,5,6\n" * 80
    _, at = delimited.rows(f'a,b,c\n1,2,"{cell}"\n{rows}"7,8,9\n', ",")
    assert at == torn


@pytest.mark.parametrize(("pairs", "left"), [(2, 96), (3, 100)])
def test_numbers_of_forms_that_repeat_often_are_counted_anew(tiny, pairs: int, left: int):
    """Two mistakes in a hundred forms are left out; more are how the office numbers them."""
    head, first = FORMS.splitlines()[:2]
    numbers = [*range(100 - pairs), *range(pairs)]
    rows = "".join(
        f"{n},{first.replace('2023-03-01', f'{2023 + n % 2}-03-{at % 28 + 1:02d}')}\n"
        for at, n in enumerate(numbers)
    )
    study = intake.study(tiny(skm=f"id_respon,{head}\n{rows}"), 2024)
    assert len(study.skm) == left


def test_many_activities_that_end_before_they_start_stop(tiny):
    head = "kode_kegiatan,nama_kegiatan,metode,tema,tanggal_mulai,tanggal_selesai,jp\n"
    rows = [
        f"A{i},Kursus {i},seminar,etika,2024-03-02,2024-03-{1 if i <= 3 else 3:02d},8\n"
        for i in range(1, 11)
    ]
    with pytest.raises(EvaluasiError, match="mass_loss") as stopped:
        intake.study(tiny(kegiatan=head + "".join(rows), peserta=None), 2024)
    (told,) = [p for p in stopped.value.problems if p.fault == "mass_loss"]
    assert told.column == "tanggal_selesai" and told.found.startswith("3/10")
