"""Cells as offices write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.contracts import codes
from helpers.intake import labels, numbers, values

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@pytest.mark.parametrize(
    ("raw", "kind", "value", "fault"),
    [
        ("71,0", "number", 71.0, "number_format"),
        ("71.0", "number", 71.0, None),
        ("0,722", "number", 0.722, "number_format"),
        ("1.428", "count", 1428.0, "number_format"),
        ("1,428", "count", 1428.0, "number_format"),
        ("1428.0", "count", 1428.0, None),
        ("1.428,5", "number", 1428.5, "number_format"),
        ("1,428.5", "number", 1428.5, "number_format"),
        ("Rp 25.000.000,00", "money", 25e6, "number_format"),
        ("Rp25.000.000,-", "money", 25e6, "number_format"),
        ("25000000", "money", 25e6, None),
        ("72,2%", "number", 0.722, "number_format"),
        ("-", "number", None, "missing_marker"),
        ("n/a", "number", None, "missing_marker"),
        ("Kosong", "number", None, "missing_marker"),
        ("", "number", None, None),
        (None, "number", None, None),
        (float("nan"), "number", None, None),
        ("tujuh", "number", None, "out_of_scale"),
        (12, "number", 12.0, None),
    ],
)
def test_numbers(raw, kind, value, fault):
    assert numbers.number(raw, kind, None) == (value, fault)


@given(st.floats(0, 1e9, allow_nan=False).map(lambda x: round(x, 2)))
def test_an_indonesian_amount_is_read_as_written(x):
    written = f"{x:,.2f}".translate(str.maketrans(",.", ".,"))
    assert numbers.number(written, "money", None)[0] == pytest.approx(x)


@given(st.dates(date(1930, 1, 1), date(2090, 12, 31)))
def test_every_written_form_of_a_day_is_that_day(day):
    forms = [
        day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y} 10:15:00", f"{day.isoformat()} 08:00:00",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}", datetime(day.year, day.month, day.day), day,
        float((day - date(1899, 12, 30)).days), str((day - date(1899, 12, 30)).days),
    ]  # fmt: skip
    assert {values.day(f)[0] for f in forms} == {day}


@given(st.dates(date(1930, 1, 1), date(2029, 12, 31)))
def test_a_year_of_two_digits_is_one_only_beside_a_month_in_words(day):
    month = MONTHS[day.month - 1]
    for form in (f"{day.day}-{month[:3]}-{day:%y}", f"{day.day} {month} {day:%y}"):
        assert values.day(form)[0] == day
    assert values.day(f"{day:%d-%m-%y}")[0] is None


@pytest.mark.parametrize(
    "raw",
    [
        "31/02/2024",
        "31-Feb-22",
        "2024-02-30",
        "32/01/2024",
        "0/1/2024",
        "31 Februari 2022",
        "besok",
        "31/13/2024",
        12.0,
    ],
)
def test_impossible_days(raw):
    assert values.day(raw)[:2] == (None, "date_impossible")


def test_month_before_day_is_reported_not_guessed():
    assert values.day("12/25/2024")[:2] == (None, "month_first")


@pytest.mark.parametrize("unsur", codes.UNSUR)
def test_labels_are_their_scores_and_nothing_becomes_zero(unsur):
    for score, label in enumerate(codes.ANSWERS[unsur], start=1):
        assert labels.answer(label.upper(), unsur) == (score, None)
        assert labels.answer(str(score), unsur) == (score, None)
        for both in (f"{score} ({label})", f"({score}) {label}", f"{score} [{label}]"):
            assert labels.answer(both, unsur) == (score, "number_format")
        beside = f"{score % 4 + 1} ({label})"
        assert labels.answer(beside, unsur) == (None, "out_of_scale")
    for wrong in ("0", "5", "7", "3,5", "Lumayan", 0, 2.5):
        assert labels.answer(wrong, unsur) == (None, "out_of_scale")
    assert labels.answer("", unsur) == (None, None)


@given(st.text(max_size=60))
def test_a_reason_ends_as_one_of_the_groups(text):
    allowed = {group for _, group in codes.REASON_KEYWORDS} | {codes.REASON_OTHER, None}
    assert values.reason(text) in allowed


@given(st.text(max_size=40))
def test_no_cell_makes_a_reader_fail(text):
    for kind in ("count", "money", "number"):
        numbers.number(text, kind, (0, 1))
    values.day(text)
    values.choice(text, codes.SEX)
    labels.answer(text, "waktu")
    values.looks_active(text)


@pytest.mark.parametrize(
    "text", ["<script>x</script>", '=HYPERLINK("x")', "@SUM(1)", "+cmd|x", "</td>"]
)
def test_active_text_is_seen(text):
    assert values.looks_active(text)


@pytest.mark.parametrize(
    "text", ["Pelayanan baik", "-", "- cepat sekali", "3 < 4 loket", "+62812", "100% puas"]
)
def test_plain_text_is_left_alone(text):
    assert not values.looks_active(text)
