"""DOCX: real tables, styles, captions, bookmarks; the words as they are; the same bytes."""

from __future__ import annotations

import io

import docx as library
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.contracts import EvaluasiError
from helpers.present import Picture, Sentence, Table
from helpers.publish.word import docx
from helpers.publish.word_parts import legible
from tests.publish.formats import document, every_block, page, png
from tests.publish.test_formats_pdf import HARD


def read(content: bytes):
    return library.Document(io.BytesIO(content))


def texts(made) -> list[str]:
    return ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in made.paragraphs]


def test_a_page_with_every_block_has_real_tables_headings_captions_and_alt_text():
    made = read(docx(document(), [page(*every_block())]))
    said = texts(made)
    for expected in (
        "Apakah naik?",
        "Kalimat.",
        "Data sintetis.",
        "Tabel 1: Apakah naik?",
        "Gambar 1: Kalimat.",
    ):
        assert expected in said, expected
    assert any("●●●○ sedang" in s for s in said)
    assert [p.style.name for p in made.paragraphs if p.style.name.startswith("Heading")] == [
        "Heading 1"
    ]
    (table,) = made.tables
    assert [c.text for c in table.rows[1].cells] == ["Kalimat. 0", "0,0"]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    described = [d.get("descr") for d in made.element.body.iter(qn("wp:docPr"))]
    assert described == ["gambar Kalimat.", "gambar: 5 persen"]
    assert " SEQ Tabel \\* ARABIC " in [i.text for i in made.element.body.iter(qn("w:instrText"))]
    below = made.sections[0].footer._element
    assert [i.text.strip() for i in below.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert made.core_properties.language == "id-ID"
    assert made.core_properties.author == "Kabupaten Contoh"
    assert made.core_properties.created.isoformat().startswith("2025-01-02T03:04")


def test_the_words_are_of_the_language():
    made = read(docx(document("en"), [page(*every_block(), lang="en")]))
    assert made.core_properties.language == "en-GB"
    assert "Table 1: Did it rise?" in texts(made)
    spoken = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == "en-GB"


def test_a_cover_has_the_title_the_notice_a_place_to_sign_and_contents_that_lead_on():
    made = read(
        docx(document(cover=True), [page(*every_block()), page(Sentence("isi"), name="20_lain")])
    )
    said = texts(made)
    assert said[:3] == ["Evaluasi Kabupaten Contoh 2024", "Judul", "Data sintetis."]
    assert "Mengesahkan," in said and "Nama, jabatan, NIP" in said and "Isi" in said
    marks = {b.get(qn("w:name")) for b in made.element.body.iter(qn("w:bookmarkStart"))}
    leads = [h.get(qn("w:anchor")) for h in made.element.body.iter(qn("w:hyperlink"))]
    # The contents, then the statement on the first page.
    assert leads == ["10_satu", "20_lain", "20_lain"] and set(leads) <= marks
    assert any("TOC" in i.text for i in made.element.body.iter(qn("w:instrText")))


def test_a_link_of_a_single_page_leads_to_the_document_beside_it():
    made = read(docx(document(), [page(*every_block())]))
    assert [r.target_ref for r in made.part.rels.values() if r.is_external] == ["20_lain.docx"]


def test_every_numbered_list_begins_at_one():
    made = read(docx(document(), [page(*every_block())]))
    lists = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert lists[0] == lists[1] and lists[2] != lists[0]


def test_the_same_pages_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch):
    first = docx(document(), [page(*every_block())])
    import time

    later = time.localtime(time.time() + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert docx(document(), [page(*every_block())]) == first


@pytest.mark.parametrize("hard", HARD)
def test_what_somebody_typed_is_shown_as_it_is(hard: str):
    made = read(docx(document(), [page(*every_block(hard))]))
    assert legible(hard) in texts(made)
    assert made.tables[0].rows[1].cells[0].text == f"{legible(hard)} 0"


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=30, deadline=None)
def test_any_text_can_be_written(typed: str):
    table = Table((typed, typed), ((typed, typed),), (0,), typed)
    made = read(
        docx(
            document(cover=True),
            [page(Sentence(typed), table, Picture(png(), f"alt {typed}", f"n {typed}"))],
        )
    )
    assert made.tables[0].rows[1].cells[0].text == legible(typed).replace("\t", "\t")


def test_a_picture_that_is_none_stops_with_the_name_of_the_page():
    with pytest.raises(EvaluasiError, match="10_satu"):
        docx(document(), [page(Picture(b"no picture", "kata", "sumber"))])
