"""Wide tables carry what a narrow screen needs to make cards of their rows."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from helpers.present import Table
from helpers.publish.carried_tables import with_downloads
from helpers.publish.narrow_tables import as_cards

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


def _plain(page: str) -> str:
    return re.sub(r"<(/?\w+)[^>]*>", r"<\1>", page)


@given(
    st.integers(4, 6).flatmap(
        lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=2, max_size=4)
    )
)
def test_every_cell_says_its_column_and_nothing_else_changes(rows: list[list[str]]):
    header, *body = rows
    page = Table(tuple(header), tuple(map(tuple, body)), numeric=(1,)).html()
    made = as_cards(page)
    assert _plain(made) == _plain(page)
    names = re.findall(r'<th role="columnheader"[^>]*>(.*?)</th>', made, re.DOTALL)
    assert re.findall(r'<td role="cell" data-of="(.*?)"', made, re.DOTALL) == names * len(body)


def test_what_fits_side_by_side_stays_a_table():
    page = Table(("a", "b", "c"), (("1", "2", "3"),)).html()
    assert as_cards(page) == page


def test_rows_are_carried_as_they_were():
    page = with_downloads(Table(tuple("abcd"), (tuple("1234"),)).html(), "en")
    (before,), (after,) = (re.findall(r'href="(data:[^"]+)"', p) for p in (page, as_cards(page)))
    assert before == after


def test_a_row_that_is_headed_keeps_its_head():
    row = '<tr><th scope="row">2024</th><td>1</td><td>2</td><td>3</td></tr>'
    head = "".join(f'<th scope="col">{c}</th>' for c in ("report", "a", "b", "<a href='x'>c</a>"))
    made = as_cards(f"<table><thead><tr>{head}</tr></thead><tbody>{row}</tbody></table>")
    assert '<th role="rowheader" data-of="report" scope="row">2024</th>' in made
    assert '<td role="cell" data-of="c">3</td>' in made


def test_a_header_that_nobody_escaped_stays_one_attribute():
    """As a table written in a text cell comes: quotes in it are quotes."""
    head = "".join(f"<th>{c}</th>" for c in ('a" onmouseover="alert(1)', "b", "c &amp; d", "e"))
    made = as_cards(
        f"<table><thead><tr>{head}</tr></thead><tbody><tr>{'<td>1</td>' * 4}</tr></tbody></table>"
    )
    assert 'data-of="a&quot; onmouseover=&quot;alert(1)"' in made
    assert 'data-of="c &amp; d"' in made
