"""Every table of a page as CSV within it: a link that works with no network."""

from __future__ import annotations

import base64
import csv
import html
import io
import re
from typing import Final

from helpers.contracts import Lang
from helpers.findings import say
from helpers.publish.result_files import no_formula

_TABLE: Final = re.compile(r'<div class="scroll" tabindex="0"><table>.*?</table></div>', re.DOTALL)
ROW: Final = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL: Final = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
TAG: Final = re.compile(r"<[^>]*>")


def with_downloads(page: str, lang: Lang) -> str:
    """A page whose tables each have a link to their rows.

    Parameters
    ----------
    page : HTML.
    lang : of the link's words.
    """
    count = 0
    name = say("report.table", lang).lower()

    def linked(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        code = base64.b64encode(_csv(found[0]).encode("utf-8-sig")).decode("ascii")
        words = html.escape(say("report.download_rows", lang))
        return (
            f'{found[0]}<p class="csv"><a download="{name}_{count}.csv" '
            f'href="data:text/csv;charset=utf-8;base64,{code}">{words}</a></p>'
        )

    return _TABLE.sub(linked, page)


def _csv(table: str) -> str:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    for row in ROW.findall(table):
        cells = (html.unescape(TAG.sub("", c)) for c in _CELL.findall(row))
        writer.writerow([no_formula(c) for c in cells])
    return held.getvalue()
