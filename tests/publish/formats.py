"""A notebook made of every kind of block, for the tests of the writers."""

from __future__ import annotations

import io

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.contracts import Lang
from helpers.present import MainPoint, Picture, Sentence, Table
from helpers.present.blocks import Block, several
from helpers.publish.parts import Read, parts
from helpers.publish.typeset import Document

SVG = '<svg viewBox="0 0 250 46" role="img" aria-label="gambar: 5 persen"><line class="zero" x1="10" x2="10" y1="12" y2="34"/></svg>'


def png() -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(held, "png")
    return held.getvalue()


def document(lang: Lang = "id", *, cover: bool = False) -> Document:
    return Document("Judul", "Evaluasi Kabupaten Contoh 2024", "Kabupaten Contoh", lang,
                    "2025-01-02 03:04", "Data sintetis.", cover)  # fmt: skip


def notebook(*blocks: Block, before: str = "") -> nbformat.NotebookNode:
    cells = [new_markdown_cell("# Apakah naik?\n\n" + before, metadata={"tags": ["id"]}),
             new_markdown_cell("# Did it rise?", metadata={"tags": ["en"]})]  # fmt: skip
    for block in blocks:
        data = block._repr_mimebundle_()
        cells.append(new_code_cell("x", outputs=[new_output("execute_result", data)]))
    return new_notebook(cells=cells)


def every_block(text: str = "Kalimat.", rows: int = 3) -> tuple[Block, ...]:
    table = Table(
        ("nama", "nilai"), tuple((f"{text} {i}", f"{i},0") for i in range(rows)), (1,), ""
    )
    return (
        Sentence(text),
        Sentence("Data sintetis.", "notice"),
        Sentence(text, "statement", text, "sedang", "moderate", "20_lain.html", "halaman 20"),
        several([Sentence(text, "step"), Sentence("lalu", "step")]),
        Picture(png(), f"gambar {text}", text),
        table,
        MainPoint(text, "+5,0%", "4 sampai 6", "sedang", 3, text, SVG, (text,)),
    )  # fmt: skip


def page(*blocks: Block, name: str = "10_satu", lang: Lang = "id", before: str = "") -> Read:
    return parts(notebook(*blocks, before=before), name, lang)
