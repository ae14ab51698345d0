"""Main points as a reader sees them: pictures of a line's height are to scale, nothing is cut."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import present
from helpers.contracts import LANGS, Answer, Text, number
from helpers.contracts.points import Point, Slice, Strip
from helpers.contracts.results import Record
from helpers.findings import main_points as points
from helpers.findings import staying_away
from helpers.findings.words import templates
from helpers.present import strips

from .made import answer

NUMBER = st.floats(-1000, 1000).map(lambda v: round(v, 3))


def strip(value: float, half: float, reference: float = 0.0, band: float = 0.0) -> Strip:
    same = Text.same
    return Strip(
        value, value - half, value + half, reference, band, same("0"), same("3%"), same("x" * 30)
    )


@given(NUMBER, st.floats(0.001, 500), NUMBER, st.floats(0, 300))
def test_everything_lies_inside_the_picture_and_to_scale(value, half, reference, band):
    drawn = ET.fromstring(strips.interval(strip(value, half, reference, band), "id", "a & b"))
    assert drawn.get("aria-label") == "a & b"
    width = float(drawn.get("viewBox").split()[2])
    zero, line = drawn.findall("line")
    dot = float(drawn.find("circle").get("cx"))
    left, right, at = float(line.get("x1")), float(line.get("x2")), float(zero.get("x1"))
    assert 0 <= left <= dot <= right <= width and 0 <= at <= width
    assert ("holds" in line.get("class")) == (value - half <= reference <= value + half)
    # The value is as far from its reference as it is in its own unit.
    if right - left > 5:
        scale = (right - left) / (2 * half)
        rounding = 0.2 + 0.2 * abs(dot - at) / max(right - left, 0.1)
        assert dot - at == pytest.approx((value - reference) * scale, abs=rounding)
    for text in drawn.findall("text"):
        room = min(len(text.text) * strips._LETTER, width) / 2
        assert room - 0.1 <= float(text.get("x")) <= width - room + 0.1


def test_parts_are_as_wide_as_their_shares():
    shares = [0.5, 0.3, 0.1, 0.1]
    told = [Slice(Text.same(f"part {i}"), s, Text.same(f"{s:.0%}")) for i, s in enumerate(shares)]
    drawn = ET.fromstring(strips.parts(told, "en", "parts"))
    widths = [float(r.get("width")) + 2 for r in drawn.findall("rect")]
    assert [w / 250 for w in widths] == pytest.approx(shares, abs=0.001)
    assert drawn.findall("text")[0].text == "part 0 50%"


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(1, 28))
def test_no_name_of_a_part_lies_over_another(weights, letters):
    total = sum(weights)
    told = [Slice(Text.same("n" * letters), w / total, Text.same("12%")) for w in weights]
    drawn = ET.fromstring(strips.parts(told, "id", "parts"))
    spans = [
        (float(t.get("x")) - len(t.text) * strips._LETTER / 2, len(t.text) * strips._LETTER)
        for t in drawn.findall("text")
    ]
    for (start, room), (following, _) in itertools.pairwise(spans):
        assert start + room <= following + 0.2


@pytest.mark.parametrize("lang", LANGS)
def test_a_point_is_told_whole(lang):
    said = Text("Selisih <b> & naik.", "Difference <b> & rise.")
    point = Point(
        "productivity", Text("+5,1%", "+5.1%"), Text("4 sampai 6", "4 to 6"), "moderate", said,
        strip(5, 1, band=3),
    )  # fmt: skip
    steps = Point("next", steps=(Text("satu", "one"), Text("dua", "two")))
    found = present.main_points(answer(points=(point, steps)), lang)
    first, second = found.blocks
    assert first.dots == 3 and first.text == said[lang]
    page = found.html()
    assert "&lt;b&gt; &amp;" in page and "<b>" not in page.replace('<b aria-hidden="true">', "")
    assert page.count("<svg") == 1 and page.count("<li>") == 2
    assert point.figure[lang] in first.words() and steps.steps[1][lang] in second.words()
    assert present.read(found.carried()) == found


@pytest.mark.parametrize("lang", LANGS)
def test_the_points_of_a_real_region_are_in_one_language(answers, lang):
    page = present.main_points(answers["annual_report"], lang).html()
    text = re.sub(r"<[^>]*>", " ", page)
    other = {"id": r"\b(the|of|training|range)\b", "en": r"\b(yang|pelatihan|rentang|dari)\b"}[lang]
    assert re.findall(other, text.lower()) == []
    # Whoever does not see a picture is told what it shows.
    assert page.count("<svg") == page.count("aria-label=") > 1


def test_the_records_of_both_grades_are_told(plan, answers):
    of_pages = {
        points.PRODUCTIVITY: answers["productivity_effect"],
        points.SATISFACTION: answers["satisfaction_effect"],
    }
    record = Record(1035, 4)
    for name, page in of_pages.items():
        main, *others = page.findings
        told = replace(main, grade="moderate", record=record, untried="")
        of_pages[name] = replace(page, findings=(told, *others))
    said = points.how_sure(of_pages, plan)
    for lang in LANGS:
        assert said[lang].count(number(record.regions, lang, 0)) == 2
        assert said[lang].count(templates(lang)["point.apart"]) == 1


def test_who_lies_outside_of_what_was_tried_is_told_so(plan, answers):
    """The small region is smaller than any of the battery's."""
    of_pages = {
        points.PRODUCTIVITY: answers["productivity_effect"],
        points.SATISFACTION: answers["satisfaction_effect"],
    }
    for page in of_pages.values():
        assert (page.findings[0].record, page.findings[0].untried) == (None, "size")
    said = points.how_sure(of_pages, plan)
    for lang in LANGS:
        assert said[lang].count(templates(lang)["untried.size"]) == 2
        assert templates(lang)["point.apart"] not in said[lang]
    assert points.how_sure({}, plan).en == ""


def test_points_of_a_real_region_are_few_short_and_in_order(answers):
    found = answers["annual_report"].points
    keys = [p.key for p in found]
    order = ["productivity", "satisfaction", "refusal", "equal", "next"]
    assert keys == [k for k in order if k in keys] and len(keys) >= 3
    for point in found:
        for lang in LANGS:
            assert len(point.text[lang].split()) <= 25
            assert len(point.steps) <= 3
        assert sum(p.share for p in point.parts) <= 1 + 1e-9


def test_hidden_shares_make_no_point(answers):
    found = answers["participation"]
    hidden = found.indicators.assign(value=math.nan, ci_low=math.nan, ci_high=math.nan, n=math.nan)
    frames = {k: f.assign(value=math.nan) for k, f in found.frames.items()}
    bare = Answer(
        "participation", found.year, found.lead, found.findings,
        indicators=hidden.astype(found.indicators.dtypes), frames=frames,
    )  # fmt: skip
    assert staying_away.points(bare) == []
    assert staying_away.points(None) == []
