"""The leak scan reads every format: a person planted in any of them is found."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from helpers import publish
from helpers.contracts import EvaluasiError
from helpers.intake import Identities
from helpers.present import Picture, Sentence, Table
from helpers.publish.typeset import pdf
from helpers.publish.word import docx
from tests.conftest import NIPS
from tests.publish.formats import document, every_block, page, png

NAME = "Sari Koto"
PEOPLE = Identities({NIPS[0]}, {NAME}, {NAME: ("pegawai.xlsx", 7)})
CLEAN = [page(*every_block())]
PLACES = {
    "sentence": Sentence(f"oleh {NAME}"),
    "cell": Table(("a", "b"), (("x", NAME),)),
    "nip": Table(("a", "b"), (("x", NIPS[0]),)),
    "header": Table((NAME, "b"), (("x", "y"),)),
    "caption": Picture(png(), "kata", f"milik {NAME}"),
    "alternative": Picture(png(), f"gambar {NAME}", "kata"),
    "link": Sentence("a", "statement", "b", "", "", f"https://contoh.invalid/{NAME.replace(' ', '-')}", "situs"),
}  # fmt: skip
WRITERS = {"pdf": pdf, "docx": docx}


def told_picture() -> bytes:
    told = PngInfo()
    told.add_text("Author", NAME, zip=True)
    held = io.BytesIO()
    Image.new("RGB", (9, 9)).save(held, "png", pnginfo=told)
    return held.getvalue()


def scanned(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    publish.scan(folder, PEOPLE)


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("place", PLACES)
def test_a_person_is_found_wherever_a_document_holds_one(tmp_path: Path, kind: str, place: str):
    content = WRITERS[kind](document(), [page(PLACES[place])])
    with pytest.raises(EvaluasiError, match=rf"laporan\.{kind}") as found:
        scanned(tmp_path, f"laporan.{kind}", content)
    assert NAME not in found.value.text.id


@pytest.mark.parametrize("kind", WRITERS)
def test_a_person_is_found_in_what_a_document_tells_of_itself(tmp_path: Path, kind: str):
    import dataclasses

    about = dataclasses.replace(document(), author=NAME)
    with pytest.raises(EvaluasiError):
        scanned(tmp_path, f"laporan.{kind}", WRITERS[kind](about, CLEAN))


@pytest.mark.parametrize("kind", WRITERS)
def test_a_document_of_nobody_passes(tmp_path: Path, kind: str):
    scanned(tmp_path, f"laporan.{kind}", WRITERS[kind](document(cover=True), CLEAN))


def test_a_person_is_found_in_what_a_picture_tells_of_itself(tmp_path: Path):
    code = base64.b64encode(told_picture()).decode()
    files = {
        "a.png": told_picture(),
        "b.html": f'<img alt="gambar" src="data:image/png;base64,{code}">'.encode(),
        "c.ipynb": json.dumps({"image/png": code}).encode(),
        "d.docx": docx(document(), [page(Picture(told_picture(), "kata", "sumber"))]),
    }
    for name, content in files.items():
        folder = tmp_path / name[0]
        folder.mkdir()
        with pytest.raises(EvaluasiError, match=name):
            scanned(folder, name, content)
    clean = tmp_path / "clean"
    clean.mkdir()
    scanned(clean, "clean.png", png())


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize(
    ("tag", "value"),
    [(ExifTags.Base.Artist, NAME), (ExifTags.Base.XPAuthor, f"{NAME}\0".encode("utf-16-le"))],
    ids=["artist", "author"],
)
def test_a_person_is_found_in_the_properties_of_a_picture(
    tmp_path: Path, kind: str, tag: int, value: str | bytes
):
    exif, held = Image.Exif(), io.BytesIO()
    exif[tag] = value
    Image.new("RGB", (9, 9)).save(held, kind, exif=exif)
    with pytest.raises(EvaluasiError):
        scanned(tmp_path, f"a.{kind}", held.getvalue())


def _in_per_cent(text: str) -> str:
    return "".join(f"%{letter:02x}" for letter in text.encode())


def test_a_person_is_found_in_a_table_that_a_page_carries(tmp_path: Path):
    rows = f"nama,nilai\n{NAME},1\n"
    code = base64.b64encode(rows.encode()).decode()
    for i, uri in enumerate(
        (
            f"data:text/csv;base64,{code}",
            f"data:text/csv,{_in_per_cent(NAME)}",
            f"data:text/tab-separated-values;charset=utf-8,{_in_per_cent(NAME)}",
            f"data:image/svg+xml,%3Ctext%3E{NAME.replace(' ', '%20')}%3C/text%3E",
        )
    ):
        folder = tmp_path / str(i)
        folder.mkdir()
        with pytest.raises(EvaluasiError, match=r"page\.html"):
            scanned(folder, "page.html", f'<a href="{uri}">x</a>'.encode())


def test_a_name_cut_into_runs_is_found(tmp_path: Path):
    import docx as library

    made = library.Document()
    line = made.add_paragraph()
    for piece in ("S", "ari Ko", "to"):
        line.add_run(piece).bold = piece == "ari Ko"
    made.save(str(tmp_path / "a.docx"))
    with pytest.raises(EvaluasiError):
        publish.scan(tmp_path, PEOPLE)
