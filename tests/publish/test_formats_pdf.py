"""PDF: both standards, the words as they are, links within the document, the same bytes."""

from __future__ import annotations

import dataclasses
import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.contracts import EvaluasiError
from helpers.present import Picture, Sentence, Table
from helpers.publish.typeset import pdf
from tests.publish.formats import document, every_block, page, png

HARD = ["#panic()", "$x$ *a* _b_ `c` <l> @ref", "<script>alert(1)</script>", "=cmd|' /C calc'!A0",
        "\\#let x", "🏛️ kantor", "מָקוֹם العربية", "x" * 200, "a\u0000b\u202ec", "]] #import \"x\"", "// --- ```"]  # fmt: skip


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text(content: bytes) -> str:
    return "\n".join(p.extract_text() for p in read(content).pages).replace("\xa0", " ")


def test_a_page_with_every_block_keeps_both_standards_and_says_it():
    content = pdf(document(), [page(*every_block())])
    made = read(content)
    held = content + made.trailer["/Root"]["/Metadata"].get_data()
    assert (
        b"pdfuaid:part" in held and b"<pdfaid:part>2" in held and b"<pdfaid:conformance>A" in held
    )
    assert made.trailer["/Root"]["/Lang"] == "id"
    assert made.metadata.title == "Judul"
    assert made.metadata.creation_date.isoformat().startswith("2025-01-02T03:04")
    said = text(content)
    for expected in ("Apakah naik?", "Kalimat.", "+5,0%", "●●●○", "Tabel 1", "Gambar 1", "1 / 1"):
        assert expected in said, expected


def test_the_words_are_of_the_language():
    content = pdf(document("en"), [page(*every_block(), lang="en")])
    assert read(content).trailer["/Root"]["/Lang"] == "en"
    said = text(content)
    assert "Did it rise?" in said and "Table 1" in said and "Figure 1" in said
    assert "Apakah" not in said


def test_the_same_pages_give_the_same_bytes():
    pages = [page(*every_block())]
    assert pdf(document(), pages) == pdf(document(), pages)


def test_links_between_pages_lead_within_the_document_and_beside_a_single_page():
    link = Sentence("a", "statement", "b", "", "", "20_lain.html", "halaman 20")
    one, two = page(link), page(Sentence("isi"), name="20_lain")
    inside = read(pdf(document(cover=True), [one, two]))
    leads = [a.get_object() for p in inside.pages for a in p.get("/Annots", [])]
    # The outline's own lines, and the link of the statement.
    assert leads and not any("/URI" in a.get("/A", {}) for a in leads)
    beside = read(pdf(document(), [one]))
    addresses = [a.get_object()["/A"]["/URI"] for p in beside.pages for a in p.get("/Annots", [])]
    assert addresses == ["20_lain.pdf"]


def test_a_cover_has_the_title_the_notice_and_a_place_to_sign():
    made = read(pdf(document(cover=True), [page(*every_block())]))
    cover, contents = made.pages[0].extract_text(), made.pages[1].extract_text()
    for expected in ("Judul", "Data sintetis.", "Mengesahkan", "NIP", "Kabupaten Contoh 2024"):
        assert expected in cover, expected
    assert "Isi" in contents and "Apakah naik?" in contents
    assert made.outline


def test_the_header_of_a_long_table_stands_on_every_page_of_it():
    made = read(pdf(document(), [page(Table(("kolom satu", "b"), (("x", "y"),) * 150))]))
    assert len(made.pages) > 2
    assert all("kolom satu" in p.extract_text() for p in made.pages)


@pytest.mark.parametrize("hard", HARD)
def test_what_somebody_typed_is_shown_and_never_run(hard: str):
    said = text(pdf(document(), [page(*every_block(hard))]))
    plain = "".join(c for c in hard if c.isascii() and c.isprintable() and c != " ")
    assert plain in "".join(said.split()).replace("\u200b", "")


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_set(typed: str):
    table = Table((typed, typed), ((typed, typed),), (0,), typed)
    assert pdf(
        document(cover=True),
        [page(Sentence(typed), table, Picture(png(), f"alt {typed}", f"n {typed}"))],
    )


def test_a_wide_table_stays_on_the_paper():
    wide = Table(
        tuple(f"kolom {i}" for i in range(10)),
        (("Unit Layanan " + "x" * 200,) + ("12,5",) * 9,) * 3,
    )
    made = read(pdf(document(), [page(wide)]))
    across: list[float] = []
    for p in made.pages:
        p.extract_text(
            visitor_text=lambda t, cm, tm, f, s: across.append(tm[4]) if t.strip() else None
        )
    assert across and max(across) < float(made.pages[0].mediabox.width) - 40


def test_a_picture_that_is_none_stops_with_the_name_of_the_page():
    with pytest.raises(EvaluasiError, match="10_satu"):
        pdf(document(), [page(Picture(b"no picture", "kata", "sumber"))])


def test_a_heading_never_ends_a_sheet():
    from nbformat.v4 import new_markdown_cell

    from helpers.publish.parts import parts
    from tests.publish.formats import notebook

    for lines in range(28, 44):
        book = notebook(*(Sentence(f"Kalimat {i}.") for i in range(lines)))
        book.cells += [new_markdown_cell("## Di bawah"), *notebook(Sentence("isi akhir")).cells[2:]]
        sheets = [
            p.extract_text() for p in read(pdf(document(), [parts(book, "10_satu", "id")])).pages
        ]
        (sheet,) = (s for s in sheets if "Di bawah" in s)
        assert "isi akhir" in sheet


def test_the_notice_stands_once():
    single = dataclasses.replace(document(), cover=False)
    assert text(pdf(single, [page(*every_block())])).count("Data sintetis.") == 1
