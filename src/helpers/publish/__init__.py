"""Floor 8: executed notebooks and results come in, pages that may be shared go out, scanned for
leaks.

Comes in: notebooks that have run, and the answers they write. Goes out: result files, HTML pages,
the index over years. What does not belong here: running anything, and any figure or sentence of its
own.
"""

from helpers.publish.documents import FORMATS, WHOLE, documents, whole_report
from helpers.publish.earlier import beside, with_last_report
from helpers.publish.explore_page import EXPLORE, explore_page
from helpers.publish.html import Link, Page, fill, in_language, render, title
from helpers.publish.index import (
    is_synthetic,
    pages_folder,
    region_name,
    region_told,
    years_indexes,
)
from helpers.publish.leaks import Written, names_of_nobody, scan
from helpers.publish.one_file import one_file
from helpers.publish.report_files import earlier_report, manifest
from helpers.publish.result_files import answer, results
from helpers.publish.typeset import Document

__all__ = [
    "EXPLORE",
    "FORMATS",
    "Link",
    "Document",
    "Page",
    "WHOLE",
    "Written",
    "documents",
    "fill",
    "answer",
    "beside",
    "earlier_report",
    "explore_page",
    "in_language",
    "is_synthetic",
    "manifest",
    "names_of_nobody",
    "pages_folder",
    "one_file",
    "region_name",
    "region_told",
    "render",
    "results",
    "scan",
    "title",
    "with_last_report",
    "years_indexes",
    "whole_report",
]
