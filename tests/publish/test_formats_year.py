"""A year in every format: the files that lie there, one file for sending, tables that a page
carries.
"""

from __future__ import annotations

import base64
import csv
import html
import io
import re

import pytest

from helpers.cli_run import formats_named
from helpers.contracts import WrongUsage
from helpers.present import Sentence, Table
from helpers.publish import Link, Page, documents, one_file, render, whole_report
from tests.publish.formats import document, every_block, notebook

BOOKS = {
    "20_lain": notebook(Sentence("isi lain"), before="[mulai](90_annual_report.ipynb)"),
    "90_annual_report": notebook(*every_block(), before="## Bagian\n\nisi"),
}


def around(name: str) -> Page:
    links = [Link("../index.html", "Semua"), *(Link(f"{n}.html", n) for n in BOOKS)]
    return Page(f"Judul {name}", "Kabupaten Contoh", "id", "0" * 64, "2025-01-02 03:04", "", links)


def rendered() -> dict[str, str]:
    return {n: render(BOOKS[n], around(n)) for n in ("90_annual_report", "20_lain")}


def test_every_page_and_the_whole_report_are_made_in_the_formats_asked_for():
    asked = ("html", "pdf", "docx")
    made = dict(documents(BOOKS, document(), asked))
    made |= dict(whole_report(BOOKS, document(), asked, "90_annual_report"))
    names = {f"{n}.{f}" for n in (*BOOKS, "laporan") for f in ("pdf", "docx")}
    assert {str(p) for p in made} == names
    assert all(c.startswith(b"%PDF" if p.suffix == ".pdf" else b"PK") for p, c in made.items())
    only = {str(p) for p, _ in documents(BOOKS, document(), ("html", "pdf"))}
    assert only == {"20_lain.pdf", "90_annual_report.pdf"}
    assert not list(documents(BOOKS, document(), ("html",)))
    assert not list(whole_report(BOOKS, document(), ("html",), "90_annual_report"))


def test_the_whole_report_leads_within_itself_and_says_no_id_twice():
    whole = one_file(rendered(), around("90_annual_report"))
    leads = re.findall(r'href="([^"]+)"', whole)
    ids = re.findall(r'\sid="([^"]+)"', whole)
    assert "#90_annual_report" in leads
    assert all(to.startswith(("#", "data:")) for to in leads)
    assert {to[1:] for to in leads if to.startswith("#")} <= set(ids)
    assert len(ids) == len(set(ids))
    assert whole.count("<h1") == 1
    assert "isi lain" in whole and "Kalimat." in whole and 'class="code"' not in whole


@pytest.mark.parametrize("hard", ["=1+1", 'a "b", c', "<b>&amp;</b>", "Kantor 🏛️", "-5,0%"])
def test_a_table_of_a_page_can_be_saved_as_csv(hard: str):
    table = Table(("nama", "nilai"), ((hard, "1,5"), ("x", "2")), (1,), "kata")
    page = render(notebook(table), around("10_satu"))
    (code,) = re.findall(
        r'download="tabel_1\.csv" href="data:text/csv;charset=utf-8;base64,([^"]+)"', page
    )
    rows = list(csv.reader(io.StringIO(base64.b64decode(code).decode("utf-8-sig"))))
    shown = f"'{hard}" if hard[0] in "=-" else hard
    assert rows == [["nama", "nilai"], [shown, "1,5"], ["x", "2"]]
    assert html.escape("Unduh tabel (CSV)") in page


def test_a_page_carries_its_type_and_nothing_from_elsewhere():
    page = rendered()["20_lain"]
    assert "font/woff2;base64" in page and len(page) < 3_000_000
    assert not re.findall(r'(?:src|href)="https?:|url\(https?:', page)


def test_formats_are_named_in_any_order_and_a_strange_one_is_refused():
    assert formats_named("pdf") == ("html", "pdf")
    assert formats_named("docx, html,pdf") == ("html", "pdf", "docx")
    for wrong in ("odt", "pdf,odt", " "):
        with pytest.raises(WrongUsage):
            formats_named(wrong)
