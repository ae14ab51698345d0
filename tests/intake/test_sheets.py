"""A sheet: the rows above its body as cells, the body as Arrow columns that lose nothing on the way."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from helpers import contracts
from helpers.contracts import TABLES, codes, nip
from helpers.intake import columns, files, labels, layouts, numbers, parse, shapes, values
from helpers.intake.pseudonym import Pseudonyms
from helpers.intake.rows import Rows, data_rows
from helpers.intake.sheet import MIXED, Cells, Grid, Sheet, body, cells
from tests.conftest import NIPS

HEADER = ("kode_unit", "nama_unit", "opd", "kecamatan")
DAY, MOMENT = date(2024, 3, 1), datetime(2024, 3, 1, 7, 30)


def _xlsx(path: Path, rows: Grid, title: str = "Data") -> Path:
    book = Workbook()
    page = book.active
    page.title = title
    for i, row in enumerate(rows, start=1):
        for j, cell in enumerate(row, start=1):
            if cell is not None and cell != "":
                page.cell(i, j).value = cell
                if isinstance(cell, str):
                    page.cell(i, j).data_type = "s"
    book.save(path)
    return path


def _csv(path: Path, rows: Grid, delimiter: str = ";") -> Path:
    with path.open("w", newline="", encoding="utf-8") as f:
        csv.writer(f, delimiter=delimiter).writerows(rows)
    return path


def _rows(sheet: Sheet) -> list[list[object]]:
    """All cells of a sheet, an empty one as empty text, without the empty rows at its end."""
    below = zip(*(sheet.cells(at).tolist() for at in range(sheet.body.num_columns)), strict=True)
    found = [["" if c is None else c for c in row] for row in (*sheet.above, *below)]
    while found and not any(c != "" for c in found[-1]):
        found.pop()
    return found


def _data(sheet: Sheet) -> Rows:
    layout = layouts.layout(sheet, contracts.load_plan().skm.order)
    assert layout is not None
    return data_rows(sheet, layout)


# The body is Arrow, and a column of one kind keeps it.


def test_a_column_of_one_kind_keeps_its_type(tmp_path: Path):
    rows = [
        ("DAFTAR UNIT",),
        (*HEADER, "a", "b", "c"),
        ("K1", 1.5, True, DAY, MOMENT, "x", 1.0),
        ("K2", "", False, "", MOMENT, "", "dua"),
    ]
    (sheet,) = files.read(_xlsx(tmp_path / "unit.xlsx", rows))
    kinds = [
        pa.string(),
        pa.float64(),
        pa.bool_(),
        pa.date32(),
        pa.timestamp("us"),
        pa.string(),
        MIXED,
    ]
    assert isinstance(sheet.body, pa.Table) and sheet.body.schema.types == kinds
    assert [column.null_count for column in sheet.body.columns] == [0, 1, 0, 1, 0, 0, 0]
    assert (sheet.header_row, sheet.first_row) == (2, 3)
    assert repr(sheet) == "Sheet(unit.xlsx [Data]: 2 rows × 7 columns from row 3)"


def test_headers_may_repeat(tmp_path: Path):
    (sheet,) = files.read(
        _csv(tmp_path / "unit.csv", [(*HEADER, "opd"), ("K1", "Satu", "a", "b", "c")])
    )
    assert sheet.above[-1].count("opd") == 2
    assert len(set(sheet.body.column_names)) == 5


def test_parquet_stays_as_it_is_stored(tmp_path: Path):
    stored = pa.table(
        {
            "kode_unit": pa.array(["K1", "K2", "K1"]).dictionary_encode(),
            "nama_unit": ["Satu", None, "Tiga"],
            "opd": pa.array([1, 2, 3], pa.int32()),
            "kecamatan": pa.array([MOMENT, None, MOMENT], pa.timestamp("ns")),
        }
    )
    pq.write_table(stored, tmp_path / "unit.parquet")
    (sheet,) = files.read(tmp_path / "unit.parquet")
    assert sheet.above == (HEADER,) and sheet.first_row == 2
    assert sheet.body.schema.types == [pa.string(), pa.string(), pa.int32(), pa.timestamp("ns")]
    assert sheet.body.column(1).equals(stored.column(1))


def test_a_sheet_stored_as_parquet_as_it_stood_has_its_header_below_the_names(tmp_path: Path):
    rows = [("DAFTAR UNIT", None, None, None), HEADER, ("K1", "Satu", "a", "b")]
    pq.write_table(
        pa.table([list(c) for c in zip(*rows, strict=True)], names=["0", "1", "2", "3"]),
        tmp_path / "unit.parquet",
    )
    (sheet,) = files.read(tmp_path / "unit.parquet")
    assert sheet.above == (("0", "1", "2", "3"), *rows[:2])
    assert sheet.first_row == 4 and sheet.cells(0).tolist() == ["K1"]


def test_without_a_header_every_row_is_body(tmp_path: Path):
    (sheet,) = files.read(_csv(tmp_path / "catatan.csv", [("satu", "dua"), ("tiga", "")]))
    assert (sheet.above, sheet.first_row, sheet.body.num_rows, sheet.is_blank()) == (
        (),
        1,
        2,
        False,
    )
    (blank,) = files.read(_csv(tmp_path / "unit.csv", [("", " "), ()]))
    assert blank.is_blank()


def test_the_last_rows_reach_into_the_header_of_a_short_sheet(tmp_path: Path):
    (sheet,) = files.read(
        _csv(tmp_path / "unit.csv", [HEADER, ("K1", "Satu", "", ""), ("Sumber: data sintetis",)])
    )
    assert [row[0] for row in sheet.last(2)] == ["K1", "Sumber: data sintetis"]
    assert [row[0] for row in sheet.last(3)] == ["kode_unit", "K1", "Sumber: data sintetis"]


# Parquet that no reader knows.


def test_a_list_in_a_column_is_reported_as_it_prints_itself(tmp_path: Path):
    pq.write_table(
        pa.table({"kode_unit": ["K1"], "nama_unit": ["Satu"], "layanan_publik": [["ya", "tidak"]]}),
        tmp_path / "unit.parquet",
    )
    parsed = parse.folder(tmp_path, codes.UNSUR, Pseudonyms(bytes(32)))
    fault = parsed.events.query("fault == 'out_of_scale'").iloc[0]
    assert (fault["row"], fault["column"], fault["value"]) == (
        2,
        "layanan_publik",
        "'['ya', 'tidak']'",
    )


@pytest.mark.parametrize(
    "broken",
    [
        pa.array([2**60], pa.int64()).cast(pa.timestamp("ms")),
        pa.Array.from_buffers(
            pa.string(), 1, [None, pa.py_buffer(np.array([0, 1], np.int32)), pa.py_buffer(b"\xff")]
        ),
    ],
)
def test_what_cannot_be_shown_makes_the_file_unreadable(tmp_path: Path, broken: pa.Array):
    pq.write_table(
        pa.table({"kode_unit": ["K1"], "nama_unit": ["Satu"], "opd": broken}),
        tmp_path / "unit.parquet",
    )
    with pytest.raises(files.UnreadableFile):
        files.read(tmp_path / "unit.parquet")


# Rows keep their numbers.


def test_rows_are_told_apart_and_keep_their_numbers(tmp_path: Path):
    lines: Grid = [
        ("DAFTAR UNIT",),
        (),
        HEADER,
        ("K1", "Satu\nbaris kedua", "a", "b"),
        (),
        ("", " ", "", ""),
        ("K2", "Dua"),
        ("", "", "", "hanya ini"),
        ("", "", "opd", "tanpa kode"),
        tuple(h.upper() for h in HEADER),
        ("K3", "Tiga", "a", "b", "lebih"),
        ("Jumlah", "3", "3", "3"),
    ]
    (sheet,) = files.read(_csv(tmp_path / "unit.csv", lines))
    rows = _data(sheet)
    assert rows.numbers.tolist() == [4, 7]
    assert rows.dropped.tolist() == [5, 6, 8, 9, 10, 12]
    assert (rows.torn.tolist(), rows.short.tolist()) == ([11], [7])
    assert rows.cells(0).tolist() == ["K1", "K2"]
    assert rows.cells(2).tolist() == ["a", None]


def test_a_person_may_be_called_as_a_footer_begins(tmp_path: Path):
    header = ("nama", "nip", "tahun", "kode_unit")
    lines = [header, ("Total Sumber", NIPS[0], "2024", "K1"), ("Total", "1", "2", "3")]
    rows = _data(files.read(_csv(tmp_path / "pegawai.csv", lines))[0])
    assert (rows.numbers.tolist(), rows.dropped.tolist()) == ([2], [3])


@pytest.mark.parametrize(
    ("again", "kept"), [(("kode_unit", "nama_unit", "", ""), []), (("kode_unit", "nama_unit"), [3])]
)
def test_a_row_that_ends_early_repeats_no_header(
    tmp_path: Path, again: tuple[str, ...], kept: list[int]
):
    lines = [("kode_unit", "nama_unit", "", ""), ("K1", "Satu", "", ""), again]
    (sheet,) = files.read(_csv(tmp_path / "unit.csv", lines))
    assert _data(sheet).numbers.tolist() == [2, *kept]


def test_a_header_is_known_again_among_numbers(tmp_path: Path):
    """A page break in a spreadsheet: above numbers, the header's cell without a name is empty."""
    rows = [
        (*HEADER, ""),
        ("K1", "Satu", "a", "b", 1.0),
        (*HEADER, ""),
        ("K2", "Dua", "a", "b", 2.0),
    ]
    (sheet,) = files.read(_xlsx(tmp_path / "unit.xlsx", [(*rows[0], "NO"), *rows[1:]]))
    assert sheet.body.schema.types[4] == pa.float64()
    assert _data(sheet).numbers.tolist() == [2, 3, 4]
    (sheet,) = files.read(_xlsx(tmp_path / "unit.xlsx", rows))
    assert _data(sheet).numbers.tolist() == [2, 4]


def test_a_fault_knows_its_file_sheet_row_and_column(tmp_path: Path):
    rows = [
        ("DAFTAR",),
        ("KODE UNIT", "Nama Unit", "Layanan Publik"),
        ("K1", "Satu", "ya"),
        ("K2", "Dua", 7.0),
        ("K3", "=A1", True),
    ]
    _xlsx(tmp_path / "unit.xlsx", rows, title="Lembar 1")
    events = parse.folder(tmp_path, codes.UNSUR, Pseudonyms(bytes(32))).events
    met = events[events["file"] == "unit.xlsx"][
        ["sheet", "column", "fault", "row", "found", "value"]
    ].itertuples(index=False, name=None)
    assert list(met) == [
        ("Lembar 1", "Nama Unit", "text_escaped", 5, "'=…'", ""),
        ("Lembar 1", "Layanan Publik", "out_of_scale", 4, "", "'7'"),
    ]


@pytest.mark.parametrize("write", [_csv, _xlsx, None])
def test_a_missing_nip_is_shown_as_nothing_in_every_format(
    tmp_path: Path, write: Callable[[Path, Grid], Path] | None
):
    rows: Grid = [("tahun", "nilai_skp", "nip"), (2024.0, 80.5, NIPS[0]), (2024.0, 80.5)]
    if write:
        write(tmp_path / f"kinerja.{write.__name__[1:]}", rows)
    else:
        pq.write_table(
            pa.table({"tahun": [2024, 2024], "nilai_skp": [80.5, 80.5], "nip": [NIPS[0], None]}),
            tmp_path / "kinerja.parquet",
        )
    events = parse.folder(tmp_path, codes.UNSUR, Pseudonyms(bytes(32))).events
    (fault,) = events[events["column"] == "nip"].itertuples(index=False)
    assert (fault.fault, fault.action, fault.row, fault.found) == (
        "nip_format",
        "excluded",
        3,
        "''",
    )


# A column of several kinds tells them apart.

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
WRITTEN = st.sampled_from(
    [
        "",
        " ",
        "-",
        "1.428",
        "85,5",
        "Rp 25.000",
        "45352",
        "2024-03-01",
        "31/02/2024",
        "True",
        "Baik",
        "L",
        "hadir",
        NIPS[0],
        f"'{NIPS[1]}",
    ]
)
NUMBERS = st.floats(allow_nan=False) | st.sampled_from(
    [1.0, 1.428, 45352.0, 3.0, float(NIPS[0]), 2.0**53, -0.0]
)
DAYS = st.dates()
CELLS = st.one_of(
    TEXTS, WRITTEN, NUMBERS, st.booleans(), st.integers(-(2**63), 2**63 - 1), DAYS, st.datetimes(), st.times(),
    st.timedeltas(timedelta(days=-9999), timedelta(days=9999)), st.none(),
)  # fmt: skip
READERS: list[Callable[[object], object]] = [
    nip.clean, nip.shape, values.is_empty, values.text, values.is_marker, values.day, values.reason, values.looks_active, shapes.shown,
    *(lambda c, k=kind: numbers.number(c, k, None) for kind in ("number", "count", "money", "year")),
    *(lambda c, u=unsur: labels.answer(c, u) for unsur in codes.UNSUR),
    *(lambda c, s=spellings: values.choice(c, s) for spellings in (codes.SEX, codes.YES_NO, codes.STATUS)),
]  # fmt: skip


@given(st.lists(CELLS, max_size=20))
def test_every_reader_reads_a_column_as_it_reads_its_cells(column: list[object]):
    found = cells(body([(c,) for c in column], 1).column(0)).tolist()
    for was, now in zip(column, found, strict=True):
        if was == "" or was is None:
            assert now in ("", None)
            continue
        assert (type(now), now) == (type(was), was)
        assert [read(now) for read in READERS] == [read(was) for read in READERS]


def test_what_only_its_kind_tells_apart():
    rows = [
        (1.428,),
        ("1.428",),
        (True,),
        ("True",),
        (1.0,),
        (float(NIPS[0]),),
        (NIPS[0],),
        (12345678.0,),
        ("20240301",),
    ]
    column = body(rows, 1).column(0)
    assert column.type == MIXED and pa.types.is_string(column.type.field("text").type)
    mixed = cells(column)
    assert [numbers.number(c, "count", None)[0] for c in mixed.tolist()][:5] == [
        1.428,
        1428.0,
        1.0,
        None,
        1.0,
    ]
    assert [nip.clean(c)[1] for c in mixed.tolist()][5:7] == ["rounded", "good"]
    assert [values.day(c)[0] for c in mixed.tolist()][7:] == [None, DAY]


def test_a_truth_is_no_number_whichever_comes_first():
    sex = TABLES["pegawai"].by_column["jenis_kelamin"]
    for rows in ([(True,), (1.0,)], [(1.0,), (True,)]):
        read = columns.read(sex, cells(body(rows, 1).column(0)))
        assert [v for v, (c,) in zip(read.values, rows, strict=True) if c is not True] == ["L"]
        assert [(m.fault, m.column, m.hit.tolist()) for m in read.met] == [
            ("out_of_scale", "jenis_kelamin", [c is True for (c,) in rows])
        ]


@given(st.lists(CELLS, min_size=1, max_size=20), st.data())
def test_cells_of_some_rows_know_only_their_own_values(column: list[object], data: st.DataObject):
    whole = cells(body([(c,) for c in column], 1).column(0))
    chosen = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(column), max_size=len(column)))
    )
    some = whole.of(chosen)
    assert some.tolist() == [c for c, here in zip(whole.tolist(), chosen, strict=True) if here]
    assert set(some.codes.tolist()) == set(range(len(some.distinct)))
    if chosen.any():
        assert whole.first(chosen) == some.tolist()[0]


def test_no_cells_are_cells():
    assert cells(body([], 3).column(2)).tolist() == Cells(np.array([], int), ()).tolist() == []
    assert repr(cells(body([("a",), ("a",)], 1).column(0))) == "Cells(2 rows, 1 distinct)"


# What is written is read.

WORD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8
)
# Excel's calendar has days that never were before March 1900.
STAMPS = st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(
    lambda t: t.replace(microsecond=0)
)
# openpyxl writes sixteen digits of a number, one less than it takes to tell all of them apart.
AMOUNTS = st.floats(-1e300, 1e300, allow_subnormal=False).map(lambda x: float(f"{x:.15g}"))
STORED = st.one_of(WORD, st.booleans(), AMOUNTS, STAMPS)


@st.composite
def _grids(draw: st.DrawFn) -> list[list[object]]:
    """Rows below a header; some columns are of one kind, with gaps."""
    kinds = [
        draw(st.sampled_from([WORD, st.booleans(), AMOUNTS, STAMPS, STORED])) | st.just("")
        for _ in HEADER
    ]
    return draw(st.lists(st.tuples(*kinds).map(list), max_size=12))


def _trimmed(rows: Grid) -> list[list[object]]:
    found = [list(row) for row in rows]
    while found and not any(c != "" for c in found[-1]):
        found.pop()
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(WORD | st.text("a;,|\t\"'\n\r ", max_size=6), min_size=4, max_size=4), max_size=12
    ),
    st.sampled_from(",;\t|"),
)
def test_a_grid_of_texts_is_read_back_from_csv(rows: list[list[str]], delimiter: str):
    with tempfile.TemporaryDirectory() as folder:
        (sheet,) = files.read(_csv(Path(folder) / "unit.csv", [HEADER, *rows], delimiter))
    assert sheet.above == (HEADER,) and set(sheet.body.schema.types) <= {pa.string()}
    assert _rows(sheet) == _trimmed([HEADER, *rows])


@settings(max_examples=60, deadline=None)
@given(_grids())
def test_a_grid_of_cells_is_read_back_from_xlsx(rows: list[list[object]]):
    with tempfile.TemporaryDirectory() as folder:
        (sheet,) = files.read(_xlsx(Path(folder) / "unit.xlsx", [HEADER, *rows]))
    # A moment at midnight is a day to a spreadsheet.
    expected = [
        [c.date() if isinstance(c, datetime) and c.time() == time() else c for c in row]
        for row in rows
    ]
    found = _rows(sheet)
    assert found == _trimmed([list(HEADER), *expected])
    assert [list(map(type, row)) for row in found] == [
        list(map(type, row)) for row in _trimmed([list(HEADER), *expected])
    ]


@settings(max_examples=30, deadline=None)
# A cell of blanks alone is an empty one, which a spreadsheet need not store.
@given(
    st.lists(
        st.lists(WORD.filter(lambda w: not w or w.strip()), min_size=4, max_size=4), max_size=12
    )
)
def test_one_grid_is_the_same_cells_in_csv_and_xlsx(rows: list[list[str]]):
    with tempfile.TemporaryDirectory() as folder:
        (text,) = files.read(_csv(Path(folder) / "unit.csv", [HEADER, *rows]))
        (page,) = files.read(_xlsx(Path(folder) / "unit.xlsx", [HEADER, *rows]))
    assert _rows(text) == _rows(page)
