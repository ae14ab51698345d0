"""Workbooks that tests of reading make."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl


def book(path: Path, sheets: dict[str, str]) -> None:
    """A workbook whose sheets are tables written with commas."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, table in sheets.items():
        sheet = made.create_sheet(name)
        for line in table.splitlines():
            sheet.append(line.split(","))
    made.save(path)


def rewritten(path: Path, change: Callable[[str], str]) -> None:
    """A workbook's sheets written otherwise than openpyxl writes them."""
    with zipfile.ZipFile(path) as stored:
        parts = {name: stored.read(name) for name in stored.namelist()}
    with zipfile.ZipFile(path, "w") as again:
        for name, content in parts.items():
            sheet = name.startswith("xl/worksheets/")
            again.writestr(name, change(content.decode()) if sheet else content)


def opendocument(path: Path, text: str) -> None:
    """An ODS file with the least that one needs; errors and formulas as LibreOffice stores them."""
    lines = text.splitlines()
    stored(path, ["".join(map(_cell, row.split(","))) for row in lines])


def stored(path: Path, rows: list[str]) -> None:
    """An ODS file of rows of cells in its own words."""
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text")
    )
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    content = f'<office:document-content{names} xmlns:calcext="{calc}" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Data">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )


def _cell(said: str) -> str:
    kind = 'office:value-type="string"'
    if said.startswith("="):
        return f'<table:table-cell table:formula="of:{said}"/>'
    if said.startswith("#"):
        kind += ' table:formula="of:=1" office:string-value="" calcext:value-type="error"'
    if said.startswith("Err:"):
        kind = 'table:formula="of:=1" office:value-type="float" office:value="0" calcext:value-type="error"'
    return f"<table:table-cell {kind}><text:p>{said}</text:p></table:table-cell>"
