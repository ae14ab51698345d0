"""Numbers, units, texts and intervals: written as each language writes them, and in one line."""

from __future__ import annotations

import math
import re
from dataclasses import FrozenInstanceError
from decimal import ROUND_HALF_EVEN, Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import contracts, findings
from helpers.contracts import (
    LANGS,
    UNITS,
    About,
    Answer,
    Check,
    Estimate,
    Finding,
    Interval,
    SmallestEffect,
    Text,
    Unit,
    UnitLabel,
)
from helpers.contracts.check_names import CheckName

DASH = "–"
amounts = st.floats(-1e9, 1e9)
decimals = st.integers(0, 4)
words = st.text(st.characters(categories=("L", "N")), max_size=12)
texts = st.builds(Text, words, words)
SHARE = UNITS["share (0-1)"]


def read_back(written: str, lang: str) -> Decimal:
    """A number as a reader of the language reads it."""
    thousands, point = (".", ",") if lang == "id" else (",", ".")
    return Decimal(written.replace(thousands, "").replace(point, ".").replace("−", "-"))


@given(amounts, st.sampled_from(LANGS), decimals)
def test_a_number_is_read_back_as_itself_rounded(value, lang, places):
    written = contracts.number(value, lang, places)
    exact = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    assert read_back(written, lang) == exact


@given(amounts, st.sampled_from(LANGS), decimals)
def test_a_number_has_groups_of_three_and_its_decimals(value, lang, places):
    thousands, point = (r"\.", ",") if lang == "id" else (",", r"\.")
    tail = rf"{point}\d{{{places}}}" if places else ""
    written = contracts.number(value, lang, places)
    assert re.fullmatch(rf"−?\d{{1,3}}({thousands}\d{{3}})*{tail}", written)
    assert not written.startswith("−") or re.search("[1-9]", written)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [(1234.5, "1.234,50", "1,234.50"), (-0.001, "0,00", "0.00"), (-7, "−7,00", "−7.00")],
)
def test_each_language_has_its_separators(value, indonesian, english):
    assert contracts.number(value, "id", 2) == indonesian
    assert contracts.number(value, "en", 2) == english


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash_without_a_unit(value):
    for lang in LANGS:
        assert contracts.number(value, lang) == DASH
        for unit in UNITS.values():
            if value is not None:
                assert unit.level(value)[lang] == unit.change(value)[lang] == DASH
                assert unit.plain(value)[lang] == DASH


def test_a_count_is_whole_in_both_languages():
    assert contracts.count(1234567.0) == Text("1.234.567", "1,234,567")


def test_every_label_has_its_unit_and_words_in_both_languages():
    assert set(UNITS) == set(get_args(UnitLabel))
    for label, unit in UNITS.items():
        assert unit.label == label
        assert all(bool(unit.name[lang]) == bool(label) for lang in LANGS)
        assert all(bool(unit.difference[lang]) == bool(label) for lang in LANGS)


def test_a_share_is_shown_in_per_cent_and_its_difference_in_points():
    assert SHARE.level(0.0523) == Text("5,2%", "5.2%")
    assert SHARE.plain(0.0523) == SHARE.level(0.0523)
    assert SHARE.change(-0.0523) == Text("−5,2 poin persen", "−5.2 percentage points")
    assert SHARE.level_span(0.0523, 0.069) == Text("5,2% sampai 6,9%", "5.2% to 6.9%")
    assert SHARE.change_span(0.0523, 0.069) == Text("5,2 sampai 6,9", "5.2 to 6.9")


def test_an_index_is_shown_with_its_name_and_plainly_without():
    points = UNITS["IKM points"]
    assert points.level(93.125) == Text("93,12 poin IKM", "93.12 IKM points")
    assert points.plain(93.125) == Text("93,12", "93.12")
    assert points.change(2.76) == Text("2,8 poin IKM", "2.8 IKM points")
    assert points.change_span(-0.5, 0.5) == Text("−0,5 sampai 0,5", "−0.5 to 0.5")
    assert points.level_span(91.98, 93.66) == Text("91,98 sampai 93,66", "91.98 to 93.66")
    assert UNITS[""].level(3.0) == Text("3,00", "3.00")


@given(st.sampled_from(sorted(UNITS)), amounts, st.sampled_from(LANGS))
def test_what_a_unit_shows_is_the_scaled_amount(label, value, lang):
    unit: Unit = UNITS[label]
    least = unit.decimals if unit.fewer is None else unit.fewer
    for shown, name, decimals in (
        (unit.level(value), unit.name, unit.decimals),
        (unit.change(value), unit.difference, least),
    ):
        figure = read_back(shown[lang].removesuffix(name[lang]).strip(), lang)
        assert float(figure) == pytest.approx(value * unit.scale, abs=0.51 * 10**-decimals)


@given(st.sampled_from(sorted(UNITS)), st.floats(0.6, 500), st.floats(0.6, 500))
def test_a_difference_that_is_none_is_never_written_and_one_that_is_is(label, low, width):
    """A range on one side of zero is not shown as if it touched it, down to half of the last
    decimal that a level has.
    """
    unit: Unit = UNITS[label]
    low, width = (x * 10**-unit.decimals for x in (low, width))
    for sign in (1, -1):
        ends = sorted((sign * low / unit.scale, sign * (low + width) / unit.scale))
        for lang, joint in (("id", " sampai "), ("en", " to ")):
            shown = [float(read_back(x, lang)) for x in unit.change_span(*ends)[lang].split(joint)]
            assert all(s * sign > 0 for s in shown), (label, ends, shown)


def test_a_bound_of_nothing_needs_no_more_decimals():
    assert UNITS["IKM points"].change_span(0.0, 2.344) == Text("0,0 sampai 2,3", "0.0 to 2.3")
    assert UNITS["IKM points"].change_span(0.04, 2.344) == Text("0,04 sampai 2,34", "0.04 to 2.34")


@given(st.floats(-50, 50), st.floats(0.5, 50), st.sampled_from(LANGS))
def test_a_relative_unit_shows_per_cent_of_the_baseline(value, baseline, lang):
    shown = UNITS["output/day"].relative_to(baseline).change(value)[lang]
    assert shown.endswith("%")
    assert float(read_back(shown[:-1], lang)) == pytest.approx(100 * value / baseline, abs=0.051)


@pytest.mark.parametrize("baseline", [math.nan, math.inf, 0.0])
def test_nothing_is_relative_to_an_unknown_level(baseline):
    unit = UNITS["output/day"]
    assert unit.relative_to(baseline) == unit


@pytest.mark.parametrize(
    ("written", "size", "of"),
    [
        ("3%", 0.03, "baseline"),
        (" 0.10 SD ", 0.10, "spread"),
        ("2 pp", 0.02, "unit"),
        ("2.5 points", 2.5, "unit"),
        ("2points", 2.0, "unit"),
    ],
)
def test_the_smallest_effect_is_read_as_a_plan_writes_it(written, size, of):
    read = SmallestEffect.read(written)
    assert (read.size, read.of) == (pytest.approx(size), of)
    assert SmallestEffect.read(read) is read


@pytest.mark.parametrize(
    "written",
    ["", "3", 3, None, "0%", "0.0 points", "-1 points", "3 %%", "1e3 points", "2 PP", ".5 SD"],
)
def test_any_other_smallest_effect_is_refused(written):
    with pytest.raises(ValueError):
        SmallestEffect.read(written)


def test_a_text_is_asked_for_by_language():
    text = Text("ya", "yes")
    assert (text["id"], text["en"]) == ("ya", "yes")
    assert Text.made(lambda lang: lang * 2) == Text("idid", "enen")
    assert Text.same(20) == Text("20", "20")
    with pytest.raises(FrozenInstanceError):
        text.en = "no"


@pytest.mark.parametrize("lang", ["xx", "", "ID", "__class__", "made"])
def test_an_unknown_language_is_a_key_error(lang):
    with pytest.raises(KeyError, match=re.escape(repr(lang))):
        Text("ya", "yes")[lang]


@given(texts, texts, texts)
def test_texts_are_joined_by_language_with_one_space(a, b, c):
    assert (a + b) + c == a + (b + c)
    assert a + Text() == Text() + a == a
    for lang in LANGS:
        both = f"{a[lang]} {b[lang]}" if a[lang] and b[lang] else a[lang] + b[lang]
        assert (a + b)[lang] == both
    assert bool(a + b) == (bool(a) or bool(b))


def test_a_text_joins_only_with_a_text():
    for other in ("yes", None, 3):
        with pytest.raises(TypeError):
            Text("ya", "yes") + other


@given(st.lists(amounts, min_size=3, max_size=3).map(sorted), st.integers(0, 10**6))
def test_a_sign_is_that_of_the_whole_interval_and_is_mirrored(three, n):
    low, value, high = three
    found = Interval(value, low, high, 1.5, n)
    assert found.known
    wanted = 1 if low > 0 else -1 if high < 0 else 0
    assert found.sign == wanted == -found.mirrored.sign
    assert found.mirrored.low <= found.mirrored.value <= found.mirrored.high
    assert found.mirrored.high - found.mirrored.low == pytest.approx(high - low)
    assert (found.mirrored.std_error, found.mirrored.n) == (1.5, n)
    assert found.mirrored.mirrored == found


@given(st.integers(0, 2), st.sampled_from([math.nan, math.inf, -math.inf]))
def test_an_interval_with_an_unknown_part_has_no_sign(at, unknown):
    parts = [2.0, 1.0, 3.0]
    parts[at] = unknown
    found = Interval(*parts)
    assert not found.known
    assert found.sign == 0 and found.mirrored.sign == 0


def test_an_interval_that_touches_zero_has_no_sign():
    assert Interval(1.0, 0.0, 2.0).sign == 0
    assert Interval(-1.0, -2.0, 0.0).sign == 0


_LONG = "Cakupan layanan " * 8
_ABOUT = About("satisfaction", "staff_unsur", "IKM points", 2024, "trained_share>=0.3", _LONG, -3)
_FOUND = Interval(-123456.789, -1e12, 1e12, 3.3, 10**9)
_CHECK = Check("agreement_interval", 0.123456789, math.nan, None, "trained\nuntrained")


def _finding(text: Text) -> Finding:
    return Finding(
        "satisfaction.staff_unsur.effect",
        "satisfaction",
        "staff_unsur",
        "inconclusive",
        "none",
        _FOUND,
        "IKM points",
        text,
        (_CHECK,) * 12,
    )


@pytest.mark.parametrize(
    "shown",
    [
        _FOUND,
        Interval(),
        _ABOUT,
        Estimate(_ABOUT, _FOUND, "event_study", "dynamic", "doubly_robust"),
        _CHECK,
        _finding(findings.told("trend.caveat")),
        Answer("annual_report", 2024, Text(_LONG, _LONG), (_finding(Text("a", "a")),) * 40),
        Text(_LONG, _LONG),
        UNITS["SD (within year)"],
    ],
    ids=lambda shown: type(shown).__name__,
)
def test_a_repr_is_one_short_line(shown):
    assert "\n" not in repr(shown)
    assert 0 < len(repr(shown)) < 500


@pytest.mark.parametrize("claim", ["weak_increase", "none_inconclusive", "strong_decrease"])
def test_the_longest_finding_is_one_short_line(claim):
    """Every check missing, the longest outcome, figures with thousands."""
    names = ", ".join(findings.say(f"check.{n}", "en") for n in sorted(get_args(CheckName)))
    amount, span = UNITS["IKM points"].change(-1234.5), UNITS["IKM points"].change_span(-1e4, 1e4)
    text = findings.told(
        f"effect.{claim}",
        outcome=findings.told("outcome.pengaduan"),
        who=findings.told("who.satisfaction"),
        value=amount,
        span=span,
        smallest=amount,
        detectable=amount,
        lacking=findings.told("lacking.failed", names=Text.same(names)),
    )
    assert "\n" not in repr(_finding(text))
    assert len(repr(_finding(text))) < 500


def test_a_repr_tells_what_it_is_about():
    assert repr(Interval(1.0, 0.5, 1.5, n=1200)) == "1 (0.5 to 1.5; n 1,200)"
    assert "at -3" in repr(_ABOUT) and "staff_unsur" in repr(_ABOUT)
    effect = Estimate(_ABOUT, _FOUND, "event_study", "dynamic", "doubly_robust", n_treated=7)
    assert repr(_ABOUT) in repr(effect) and "7 treated, 0 controls" in repr(effect)


@given(st.floats(0.1, 100))
def test_only_output_a_day_is_shown_as_a_share_of_its_baseline(baseline):
    for label in get_args(UnitLabel):
        about = About("productivity", "output_per_day", label, 2024)
        unit = Estimate(about, Interval(), "primary", "att", "x", baseline_mean=baseline).unit
        if label == "output/day":
            assert unit.change(baseline)["en"] == "100.0%"
        else:
            assert unit == UNITS[label]
