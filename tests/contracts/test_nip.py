"""NIP: reading, damage, and what it says of its holder."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.contracts import nip

GOOD = "198902252024211013"


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (GOOD, "good"),
        ("19890225 202421 1 013", "repaired"),
        ("'198902252024211013", "repaired"),
        ("1989.0225.2024211013", "repaired"),
        ("198902252024211013.0", "repaired"),
        ("1.98503E+17", "rounded"),
        ("1,98503E+17", "rounded"),
        (1.98902252024211e17, "rounded"),
        ("198902252024211000", "rounded"),
        ("19890225202421101", "bad"),
        ("abc", "bad"),
        ("", "missing"),
        (None, "missing"),
        (float("nan"), "missing"),
        (198902252024211013, "good"),
    ],
)
def test_each_form_is_recognised(raw, state):
    value, found = nip.clean(raw)
    assert found == state
    assert value == (GOOD if state in ("good", "repaired") else None)


@given(
    st.text("0123456789", min_size=15, max_size=15),
    st.integers(1, 999),
    st.sampled_from([" ", ".", "-", "\u00a0", ""]),
)
def test_separators_never_change_who_it_is(head, serial, mark):
    whole = f"{head}{serial:03d}"
    assert nip.clean(mark.join((whole[:8], whole[8:14], whole[14], whole[15:])))[0] == whole


def test_content_of_pns_and_pppk():
    pns = nip.content("197703162001031001")
    assert (pns.birth, pns.start_year, pns.start_month, pns.sex, pns.is_pppk) == (
        date(1977, 3, 16),
        2001,
        3,
        "L",
        False,
    )
    pppk = nip.content(GOOD)
    assert (pppk.start_month, pppk.is_pppk) == (None, True)
    assert nip.content("199913992001031001").birth is None


@given(st.text("0123456789 .'", min_size=15, max_size=30))
def test_messages_show_no_digit_of_a_nip(raw):
    assert not set(nip.shape(raw)) & set("12345678")
