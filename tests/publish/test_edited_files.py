"""Every way in which a file can hold a sentence is read; what is deleted is not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.contracts import WrongUsage
from helpers.publish.edited_files import passages, plain

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(path: Path, body: str, **parts: str) -> Path:
    """A DOCX with a body and further parts."""

    def part(inside: str) -> str:
        return f'<w:document xmlns:w="{W}">{inside}</w:document>'

    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", part(f"<w:body>{body}</w:body>"))
        for name, inside in parts.items():
            packed.writestr(f"word/{name}.xml", part(inside))
    return path


def _p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{r}</w:t></w:r>" for r in runs) + "</w:p>"


def _texts(path: Path) -> list[str]:
    return [p.text for p in passages(path)]


def test_a_word_file_is_read_through_runs_changes_boxes_margins_and_comments(tmp_path):
    note = (
        "<w:p><w:r><w:t>naik 6,2%</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
        "<w:t>3</w:t></w:r></w:p>"
    )
    box = f"<w:p><w:r><w:txbxContent>{_p('dalam kotak')}</w:txbxContent></w:r></w:p>"
    changed = (
        "<w:p><w:del><w:r><w:delText>dihapus</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>disisipkan</w:t></w:r></w:ins></w:p>"
    )
    table = f"<w:tbl><w:tr><w:tc>{_p('IKM')}</w:tc><w:tc>{_p('80,6')}</w:tc></w:tr></w:tbl>"
    path = word_file(
        tmp_path / "a.docx",
        _p("menaik", "kan") + note + box + changed + table,
        header1=_p("kepala"),
        comments=_p("komentar"),
        footnotes=_p("catatan kaki"),
    )
    assert _texts(path) == [
        "menaikkan", "naik 6,2%", "dalam kotak", "disisipkan", "IKM | 80,6", "komentar",
        "catatan kaki", "kepala",
    ]  # fmt: skip


def test_an_entity_bomb_and_a_broken_file_are_refused(tmp_path):
    bomb = tmp_path / "b.docx"
    with zipfile.ZipFile(bomb, "w") as packed:
        packed.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    broken = tmp_path / "c.docx"
    broken.write_bytes(b"PK nothing")
    for path in (bomb, broken, tmp_path / "none.md"):
        with pytest.raises(WrongUsage):
            passages(path)


def test_pages_are_read_with_entities_hidden_text_and_inline_tags(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<style>p {}</style><p>menaik<b>kan</b>&nbsp;IKM<sup>2</sup></p>"
        "<p style='display:none'>tersembunyi</p><img alt='grafik'>"
        "<table><tr><td>IKM<td>80,6</table>",
        encoding="utf-8",
    )
    assert _texts(path) == ["menaikkan IKM", "tersembunyi", "grafik", "IKM | 80,6"]


def test_text_joins_hyphenated_lines_and_markdown_loses_its_marks(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "# Judul\n\n- **Pelatihan** mening-\n  katkan [IKM](x)\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    )
    assert _texts(path) == ["Judul", "Pelatihan meningkatkan IKM", "a | b", "1 | 2"]


@given(st.text(max_size=200))
def test_what_is_compared_is_one_line_and_stays_as_it_is(text):
    once = plain(text)
    assert "\n" not in once
    assert len(plain(once)) <= len(once) + once.count("\n")


@pytest.mark.parametrize("holder", ["input value", "input placeholder", "meta content", "img alt"])
def test_what_a_page_says_in_attributes_is_read(tmp_path, holder):
    page = tmp_path / "a.html"
    page.write_text(f"<p>Pembuka</p><{holder}='Diklat menaikkan IKM'>", encoding="utf-8")
    assert "Diklat menaikkan IKM" in _texts(page)
