"""Workbooks that tests of reading make."""

from __future__ import annotations

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
