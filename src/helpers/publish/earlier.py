"""The report of the year before, read from its files, and the page that is laid beside it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import nbformat

from helpers.contracts import Answer, Lang, Plan, Text
from helpers.findings.last_report import Comparison, compared_with_last
from helpers.present import MIME, Block, beside_last_report, read, with_last_point
from helpers.publish.report_files import earlier_report, manifest

# The cells of the annual report that the comparison stands in.
LAST_REPORT: Final = "last-report"
MAIN_POINTS: Final = "main-points"


def beside(out: Path, year: int, answers: Sequence[Answer], plan: Plan) -> Comparison | None:
    """A year's answers beside the report of the year before; None where there is none.

    Parameters
    ----------
    out : the folder of all years' reports.
    year : of the answers.
    answers : of the year's pages.
    plan : of this year.
    """
    earlier = earlier_report(out, year - 1)
    return compared_with_last(earlier, answers, plan) if earlier is not None else None


def replaced(out: Path, year: int, inputs: Mapping[str, str]) -> Text | None:
    """What whoever makes a year again from other files must do with the report that stands there;
    None where none stands there, or it was made from the same files.

    A total that is corrected by one person's row gives that person's value away to whoever holds
    both releases: no suppression within one of them can prevent it.

    Parameters
    ----------
    out : the folder of all years' reports.
    year : of the report.
    inputs : the hash of each file that it is made from now, by name.
    """
    before = manifest(out / str(year)).get("inputs")
    if not isinstance(before, dict) or before == dict(inputs):
        return None
    return Text(
        f"Laporan {year} yang tadinya ada di folder ini dibuat dari berkas yang lain. Tarik dan "
        "hapus semua salinannya: selisih kedua terbitan dapat menunjukkan nilai satu orang.",
        f"The report of {year} that stood in this folder was made from other files. Call back and "
        "delete its copies: what differs between the two releases can give one person's value "
        "away.",
    )


def with_last_report(
    notebook: nbformat.NotebookNode, found: Comparison | None, year: int, lang: Lang
) -> nbformat.NotebookNode:
    """The annual report with the comparison in its place.

    Parameters
    ----------
    notebook : one that has run; cells are found by their tags, and it is not changed.
    found : the two reports; None where there is no earlier one.
    year : of the report.
    lang : of the page.
    """
    told: nbformat.NotebookNode = copy.deepcopy(notebook)
    for cell in told.cells:
        tags = cell.metadata.get("tags", [])
        if LAST_REPORT in tags:
            _show(cell, beside_last_report(found, year, lang))
        elif MAIN_POINTS in tags and found is not None:
            for output in cell.get("outputs", []):
                if MIME in output.get("data", {}):
                    _show(cell, with_last_point(read(output["data"][MIME]), found, lang))
    return told


def _show(cell: nbformat.NotebookNode, block: Block) -> None:
    cell["outputs"] = [nbformat.v4.new_output("display_data", data=block._repr_mimebundle_())]
