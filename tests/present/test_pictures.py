"""What is drawn: points, lines, bars and error bars at the answer's figures, and words in full."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from itertools import combinations
from math import nan

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import same_color

from helpers import findings, present
from helpers.contracts import LANGS, UNITS, Answer, Interval, number
from helpers.contracts.fault_words import fault_of
from helpers.findings import words
from helpers.present import Blocks, style
from helpers.present.type_cuts import FAMILY
from tests.present.made import Drawn, answer, estimate, finding, indicators, shares

IKM = {
    2020: (85.0, 82.0, 87.5),
    2021: (86.5, 85.25, 88.0),
    2022: (nan, nan, nan),
    2023: (90.0, 88.0, 93.0),
    2024: (91.5, 90.5, 92.0),
}
SHARES = {2022: (0.05, 0.01, 0.12), 2023: (0.125, 0.1, 0.2), 2024: (0.2, 0.1, 0.35)}
SKP = {
    2019: (71.8, 71.0, 72.5),
    2020: (72.1, 71.5, 73.0),
    2021: (72.2, 71.7, 72.9),
    2022: (94.5, 94.0, 95.1),
    2023: (94.7, 94.1, 95.0),
}
TEXT_PIXELS = 1.0


def read(text: str, lang: str) -> float:
    """A number as a reader of the language reads it."""
    thousands, point = (".", ",") if lang == "id" else (",", ".")
    plain = text.replace(thousands, "").replace(point, ".").replace("−", "-").rstrip("%")
    return float(plain)


def extents(drawn: Drawn) -> list[tuple[str, object]]:
    drawn.figure.canvas.draw()
    renderer = drawn.figure.canvas.get_renderer()
    return [(t.get_text(), t.get_window_extent(renderer)) for t in drawn.words()]


def assert_readable(drawn: Drawn) -> None:
    """No word is cut off at the picture's edge, and no name of a row lies on another."""
    edge = drawn.figure.bbox
    for text, box in extents(drawn):
        assert box.x0 >= edge.x0 - TEXT_PIXELS and box.x1 <= edge.x1 + TEXT_PIXELS, text
        assert box.y0 >= edge.y0 - TEXT_PIXELS and box.y1 <= edge.y1 + TEXT_PIXELS, text
    renderer = drawn.figure.canvas.get_renderer()
    for axis in (drawn.axes.xaxis, drawn.axes.yaxis):
        names = [label for label in axis.get_ticklabels() if label.get_text()]
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in names]
        for (one, a), (other, b) in combinations(boxes, 2):
            width = min(a.x1, b.x1) - max(a.x0, b.x0)
            height = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert width <= TEXT_PIXELS or height <= TEXT_PIXELS, (one, other)


def ticks_said(drawn: Drawn, axis: str, lang: str) -> list[tuple[float, float]]:
    """Where each tick lies, and what number its label says."""
    drawn.figure.canvas.draw()
    which = drawn.axes.yaxis if axis == "y" else drawn.axes.xaxis
    labels = zip(which.get_ticklocs(), which.get_ticklabels(), strict=True)
    return [(at, read(label.get_text(), lang)) for at, label in labels if label.get_text()]


def band(drawn: Drawn) -> list[np.ndarray]:
    """The corners of the shaded intervals, in the order of their years."""
    from matplotlib.collections import FillBetweenPolyCollection

    found = [c for c in drawn.axes.collections if isinstance(c, FillBetweenPolyCollection)]
    return [np.unique(c.get_paths()[0].vertices, axis=0) for c in found]


def corners(values: dict[int, tuple[float, float, float]], scale: float) -> np.ndarray:
    ends = [(y, e * scale) for y, (_, low, high) in values.items() for e in (low, high)]
    return np.unique(np.array(ends), axis=0)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("name", "values", "label"),
    [("ikm", IKM, "IKM points"), ("trained_share", SHARES, "share (0-1)")],
)
def test_a_trend_has_its_points_its_line_and_its_band(draw, name, values, label, lang):
    unit = UNITS[label]
    other = indicators(name, {2024: (1.0, 0.9, 1.1)}, label, "unit", "K1")
    drawn = draw(present.trend, answer(indicators(name, values, label), other), name, lang)
    known = {year: v for year, v in values.items() if not np.isnan(v[0])}
    wanted = np.array([(year, v[0] * unit.scale) for year, v in known.items()])
    (line,) = drawn.lines()
    assert line == pytest.approx(wanted)
    assert drawn.points() == pytest.approx(wanted)
    (shade,) = band(drawn)
    assert shade == pytest.approx(corners(known, unit.scale))
    assert [read(note, lang) for note in drawn.notes()] == pytest.approx(wanted[:, 1], abs=0.051)
    assert [float(at) for at in drawn.axes.get_xticks()] == list(known)
    assert [text for text in drawn.names("x") if text] == [str(year) for year in known]
    assert drawn.axes.get_ylabel()
    assert_readable(drawn)


@pytest.mark.parametrize("lang", LANGS)
def test_a_trend_is_told_to_those_who_do_not_see_it(draw, lang):
    drawn = draw(present.trend, answer(indicators("ikm", IKM, "IKM points")), "ikm", lang)
    for year, (value, _, _) in IKM.items():
        said = f"{year}: {number(value, lang, 2)}"
        assert (said in drawn.picture.alt) == (not np.isnan(value))


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_and_no_band_crosses_the_break_of_the_score(draw, lang):
    rows = indicators("skp_mean", SKP, "SKP points")
    drawn = draw(present.trend, answer(rows), "skp_mean", lang)
    sides = [line[:, 0] for line in drawn.lines()]
    assert [list(side) for side in sides] == [[2019, 2020, 2021], [2022, 2023]]
    assert [(s[:, 0].min(), s[:, 0].max()) for s in band(drawn)] == [(2019, 2021), (2022, 2023)]
    assert drawn.points()[:, 1] == pytest.approx([v[0] for v in SKP.values()])
    marks = [line for line in drawn.axes.lines if line.get_linestyle() == "--"]
    assert [set(mark.get_xdata()) for mark in marks] == [{2021.5}]
    assert findings.word("scale_break", lang) in drawn.notes()
    assert_readable(drawn)


@pytest.mark.parametrize("years", [(2019, 2020, 2021), (2022, 2023)])
def test_years_on_one_side_of_the_break_are_one_line(draw, years):
    rows = indicators("skp_mean", {y: SKP[y] for y in years}, "SKP points")
    drawn = draw(present.trend, answer(rows), "skp_mean", "en")
    (line,) = drawn.lines()
    assert tuple(line[:, 0]) == years
    assert not [mark for mark in drawn.axes.lines if mark.get_linestyle() == "--"]


def test_other_indicators_are_drawn_across_2022(draw):
    rows = indicators("output_per_day", SKP, "output/day")
    (line,) = draw(present.trend, answer(rows), "output_per_day", "en").lines()
    assert len(line) == len(SKP)


def test_a_trend_of_the_annual_report_is_that_of_its_headlines(draw, answers):
    report, trends = answers["annual_report"], answers["satisfaction_trends"]
    rows = trends.indicators.query("indicator == 'ikm' and group_by == 'all'")
    drawn = draw(present.trend, report, "ikm", "id")
    assert drawn.points() == pytest.approx(rows[["year", "value"]].to_numpy(float))
    assert draw(present.trend, trends, "ikm", "id").picture == drawn.picture


def test_a_trend_without_a_figure_is_nothing():
    rows = indicators("ikm", {2023: (nan, nan, nan)}, "IKM points")
    assert present.trend(answer(rows), "ikm", "id") == Blocks()
    assert present.trend(answer(rows), "skp_mean", "id") == Blocks()


UNIT_VALUES = {
    "K01": (88.0, 84.0, 90.0),
    "K02": (79.5, 70.0, 85.0),
    "K03": (nan, nan, nan),
    "K04": (93.25, 91.0, 99.0),
}
LONG = "Dinas Kependudukan dan Pencatatan Sipil Kabupaten"


def by_unit(names: dict[str, str], values: dict[str, tuple[float, float, float]]) -> Answer:
    rows = [indicators("ikm", {2024: v}, "IKM points", "unit", k) for k, v in values.items()]
    earlier = indicators("ikm", {2023: (50.0, 49.0, 51.0)}, "IKM points", "unit", "K01")
    everyone = indicators("ikm", {2024: (87.0, 86.0, 88.0)}, "IKM points")
    frame = pd.DataFrame({"kode_unit": list(names), "nama_unit": list(names.values())})
    return answer(earlier, everyone, *rows, frames={"unit_names": frame})


@pytest.mark.parametrize("lang", LANGS)
def test_units_are_named_points_with_their_intervals_lowest_first(draw, lang):
    names = {"K01": "Loket Satu", "K02": LONG, "K03": "Loket Tersembunyi", "K04": "Loket Empat"}
    drawn = draw(present.ikm_by_unit, by_unit(names, UNIT_VALUES), lang)
    order = ["K02", "K01", "K04"]
    wanted = [(UNIT_VALUES[k][0], at) for at, k in enumerate(order)]
    assert drawn.points() == pytest.approx(np.array(wanted))
    spans = [[(UNIT_VALUES[k][1], at), (UNIT_VALUES[k][2], at)] for at, k in enumerate(order)]
    assert np.array(drawn.spans()) == pytest.approx(np.array(spans))
    shown = drawn.names()
    assert shown[1:] == ["Loket Satu", "Loket Empat"]
    assert shown[0].endswith("…") and LONG.startswith(shown[0][:-1]) and len(shown[0]) > 30
    everything = drawn.picture.alt + "".join(t.get_text() for t in drawn.words())
    assert "Tersembunyi" not in everything and "K0" not in everything
    assert number(79.5, lang, 2) in drawn.picture.alt and number(93.25, lang, 2) in everything
    assert_readable(drawn)


@pytest.mark.parametrize("units", [1, 14, 60, 150])
def test_however_many_units_there_are_their_names_can_be_read(draw, units):
    names = {f"K{i:03d}": f"Dinas Kependudukan {i:03d} {'W' * 40}" for i in range(units)}
    values = {k: (70.0 + i / 10, 69.0, 90.0) for i, k in enumerate(names)}
    drawn = draw(present.ikm_by_unit, by_unit(names, values), "id")
    assert len(drawn.points()) == len(drawn.names()) == units
    assert len(set(drawn.names())) == units
    # The lowest and the highest dot lie whole inside the axes.
    low, high = drawn.axes.get_ylim()
    assert low < -0.5 and high > units - 0.5
    assert_readable(drawn)


@pytest.mark.parametrize("name", [r"Loket $\alpha$ & <b> 50% $5$", r"Loket $\rusak$ Satu"])
def test_a_name_of_a_unit_is_text_and_no_formula(draw, name):
    """The second one is no formula at all, so that there is no picture."""
    drawn = draw(present.ikm_by_unit, by_unit({"K01": name}, {"K01": (80.0, 70.0, 90.0)}), "id")
    (label,) = drawn.axes.get_yticklabels()
    plain = label.get_text() == name and not label.get_parse_math()
    assert plain or label.get_text() == name.replace("$", r"\$")


def test_units_of_a_real_region_are_all_drawn(draw, answers):
    found = answers["satisfaction_trends"]
    rows = found.indicators.query("group_by == 'unit' and year == 2024").dropna(subset=["value"])
    names = found.frames["unit_names"].set_index("kode_unit")["nama_unit"]
    drawn = draw(present.ikm_by_unit, found, "en")
    rows = rows.sort_values("value")
    assert drawn.points()[:, 0] == pytest.approx(rows["value"].to_numpy())
    assert drawn.names() == [names[code] for code in rows["group"]]
    assert_readable(drawn)


def events(*horizons: int) -> Answer:
    rows = [estimate("event_study", 0.1 * h + 0.05, horizon=h) for h in horizons]
    noise = estimate("event_study", 5.0, "skp", horizon=1)
    return answer(findings=(finding(), finding("skp")), estimates=(*rows, noise))


@pytest.mark.parametrize("lang", LANGS)
def test_an_event_study_has_every_year_with_its_error_bar(draw, lang):
    drawn = draw(present.event_study, events(2, -3, 0, -2, 1), lang)
    # Output a day is shown as a share of the level of 8.0 before training.
    wanted = {h: (0.1 * h + 0.05) / 8 * 100 for h in (-3, -2, 0, 1, 2)}
    points = drawn.points()
    assert dict(points) == pytest.approx(wanted)
    ends = {s[0, 0]: (s[0, 1], s[1, 1]) for s in drawn.spans()}
    assert set(ends) == set(wanted) and len(drawn.spans()) == len(wanted)
    for h, value in wanted.items():
        assert ends[h] == pytest.approx((value - 2.5, value + 3.75))
    assert list(drawn.axes.get_xticks()) == [-3, -2, -1, 0, 1, 2]
    marks = {line.get_xdata()[0] for line in drawn.axes.lines if line.get_linestyle() == "--"}
    assert marks == {-0.5}
    for line in drawn.axes.lines:
        if line.get_marker() in ("s", "o"):
            before = line.get_marker() == "s"
            assert all((x < 0) == before for x in line.get_xdata())
            assert same_color(line.get_color(), style.GREY if before else style.BLUE)
    assert number(wanted[-3], lang, 1) + "%" in drawn.picture.alt
    assert_readable(drawn)


def test_a_year_since_training_is_drawn_with_what_drift_could_make_of_it(draw):
    frame = pd.DataFrame({"horizon": [0, 1], "low": [-0.4, -1.2], "high": [0.6, 1.6]})
    told = replace(events(-2, 0, 1), frames={"drifted": frame})
    drawn = draw(present.event_study, told, "en")
    bars = {s[0, 0]: (s[0, 1], s[1, 1]) for s in drawn.spans() if s[1, 1] - s[0, 1] > 7}
    assert bars == {0: pytest.approx((-5.0, 7.5)), 1: pytest.approx((-15.0, 20.0))}
    assert "-15.0%" in drawn.picture.alt.replace("−", "-")
    legend = [text.get_text() for text in drawn.axes.get_legend().get_texts()]
    assert legend == [findings.word("drifted", "en")]
    assert_readable(drawn)


def test_an_event_study_of_real_answers(draw, answers):
    for name in ("productivity_effect", "satisfaction_effect"):
        found = answers[name]
        rows = found.rows("event_study", found.findings[0].outcome)
        drawn = draw(present.event_study, found, "id")
        wanted = {e.about.horizon: e.interval.value * e.unit.scale for e in rows}
        assert dict(drawn.points()) == pytest.approx(wanted)
        assert drawn.axes.get_ylabel() == rows[0].unit.axis["id"]
        assert_readable(drawn)
    assert present.event_study(answers["contents"], "id") == Blocks()


def assert_forest(drawn: Drawn, rows: list, names: list[str]) -> None:
    """One point and one interval a row, from top to bottom, at the row's own amounts."""
    order = list(reversed(rows))
    wanted = [(e.interval.value * e.unit.scale, at) for at, e in enumerate(order)]
    assert drawn.points() == pytest.approx(np.array(wanted))
    ends = [(e.interval.low * e.unit.scale, e.interval.high * e.unit.scale) for e in order]
    spans = [[(end, at) for end in both] for at, both in enumerate(ends)]
    assert np.array(drawn.spans()) == pytest.approx(np.array(spans))
    assert drawn.names() == list(reversed(names))
    low, high = drawn.axes.get_ylim()
    assert low < 0 and high > len(rows) - 1
    assert_readable(drawn)


@pytest.mark.parametrize("lang", LANGS)
def test_simple_comparisons_stand_beside_the_main_one(draw, lang):
    naive = [
        estimate("descriptive", 0.9, estimator="before_after"),
        estimate("descriptive", 1.2, estimator="trained_vs_untrained"),
    ]
    main = estimate("primary", 0.4)
    others = (estimate("descriptive", 9.0, "skp"), estimate("descriptive", nan))
    found = answer(findings=(finding(),), estimates=(main, *naive, *others))
    drawn = draw(present.simple_comparisons, found, lang)
    kinds = ("before_after", "trained_vs_untrained", "primary")
    assert_forest(drawn, [*naive, main], [findings.word(kind, lang) for kind in kinds])
    assert same_color(drawn.axes.lines[1].get_color(), style.BLUE)
    assert present.simple_comparisons(answer(estimates=(main,)), lang) == Blocks()


@pytest.mark.parametrize("lang", LANGS)
def test_specifications_are_drawn_smallest_first_and_named(draw, lang):
    main = estimate("primary", 0.4)
    low = estimate("robustness", 0.1, estimator="imputation")
    high = estimate("robustness", 0.9, estimator="sun_abraham")
    summed = estimate("sensitivity", 0.6)
    summed = replace(summed, about=replace(summed.about, group="hours_over_years"))
    absent = replace(low, about=replace(low.about, group="invited_but_absent"))
    absent = replace(absent, interval=Interval(0.2, 0.1, 0.3, 0.05, 90))
    unknown = estimate("robustness", nan, estimator="symmetric")
    others = (estimate("robustness", 0.2, "skp"), estimate("placebo", 0.3), unknown)
    found = answer(findings=(finding(),), estimates=(main, high, low, absent, summed, *others))
    drawn = draw(present.specifications, found, lang)
    kinds = ("imputation", "invited_but_absent", "primary", "hours_over_years", "sun_abraham")
    names = [findings.word(kind, lang) for kind in kinds]
    assert not set(names) & set(kinds) - {"imputation"}
    assert_forest(drawn, [low, absent, main, summed, high], names)
    assert all(name in drawn.picture.alt for name in names)
    assert same_color(drawn.axes.lines[1 + 2].get_color(), style.BLUE)
    assert (
        present.specifications(answer(findings=(finding(),), estimates=(main,)), lang) == Blocks()
    )


def test_every_row_of_real_answers_has_a_name_of_its_own(draw, answers):
    for name in ("productivity_effect", "satisfaction_effect"):
        found = answers[name]
        main = found.findings[0].outcome
        rows = [*found.rows("robustness", main), *found.rows("sensitivity", main)]
        rows = [e for e in rows if e.interval.known]
        kinds = {
            e.estimator.removeprefix("callaway_santanna_dr+")
            if e.about.group == "all"
            else e.about.group
            for e in rows
        }
        assert len(kinds) == len(rows) >= 7
        for lang in LANGS:
            drawn = draw(present.specifications, found, lang)
            assert len(set(drawn.names())) == len(drawn.names()) == len(rows) + 1
            assert all(findings.word(kind, lang) in drawn.names() for kind in kinds)
            assert not any("_" in name for name in drawn.names())


@pytest.mark.parametrize("lang", LANGS)
def test_balance_is_drawn_before_and_after_weighting(draw, lang):
    names = ["umur", "jenis_kelamin_L", "masa_kerja", "golongan_missing", "output_per_day"]
    frame = pd.DataFrame({
        "covariate": names,
        "before": [0.4, -0.3, 0.05, 0.1, 0.2],
        "after": [0.01, -0.02, 0.0, 0.03, 0.15],
    })  # fmt: skip
    found = answer(findings=(finding(),), frames={"balance": frame})
    drawn = draw(present.balance, found, lang)
    said = [findings.word(n, lang) for n in ("umur", "masa_kerja")]
    shown = drawn.names()[::-1]
    assert [shown[0], shown[2]] == said
    assert shown[1] == ": ".join(findings.word(n, lang) for n in ("jenis_kelamin", "L"))
    assert shown[4] == words.thing("output_per_day")[lang]
    assert not any("_" in name for name in shown)
    wanted = [(v, 4 - i) for c in ("before", "after") for i, v in enumerate(frame[c])]
    assert drawn.points() == pytest.approx(np.array(wanted))
    assert all(name in drawn.picture.alt for name in shown)
    assert_readable(drawn)
    assert len(drawn.axes.get_legend().get_texts()) == 2
    hidden = answer(findings=(finding(),), frames={"balance": frame.assign(after=np.nan)})
    assert len(draw(present.balance, hidden, lang).axes.get_legend().get_texts()) == 1
    assert present.balance(answer(findings=(finding(),)), lang) == Blocks()


@pytest.mark.parametrize("lang", LANGS)
def test_balance_of_a_real_region_is_in_words(draw, answers, lang):
    found = answers["productivity_effect"]
    shown = draw(present.balance, found, lang).names()
    assert len(shown) == len(found.frames["balance"]) > 3
    assert not any("_" in name for name in shown)
    told = found.findings[0].reason("balance")
    traits = found.frames["balance"].iloc[:-1]
    assert told.figure == pytest.approx(traits["after"].abs().max())


@pytest.mark.parametrize("lang", LANGS)
def test_outcomes_are_drawn_main_ones_first_and_untouched_ones_last(draw, lang):
    rows = [estimate("primary", 2.0, "ikm"), estimate("primary", -1.0, "waktu")]
    untouched = estimate("placebo", 0.25, "biaya")
    unknown = estimate("primary", nan, "perilaku")
    found = answer(findings=(finding("ikm"),), estimates=(untouched, *rows, unknown))
    drawn = draw(present.outcomes, found, lang)
    names = [findings.say(f"outcome.{o}", lang) for o in ("ikm", "waktu", "biaya")]
    assert_forest(drawn, [*rows, untouched], names)
    assert drawn.axes.get_xlabel() == UNITS["IKM points"].axis[lang]


def test_forests_of_real_answers(draw, answers):
    for name in ("productivity_effect", "satisfaction_effect"):
        found = answers[name]
        main = found.findings[0].outcome
        rows = [*found.rows("descriptive", main), *found.rows("primary", main)]
        rows = [e for e in rows if e.interval.known]
        kinds = ["primary" if e.role == "primary" else e.estimator for e in rows]
        names = [findings.word(kind, "en") for kind in kinds]
        assert_forest(draw(present.simple_comparisons, found, "en"), rows, names)


GROUPS = {
    "L": (0.05, 0.02, 0.125, 60),
    "P": (nan, nan, nan, nan),
    "X": (0.85, 0.7, 1.0, 20),
}


@pytest.mark.parametrize("lang", LANGS)
def test_shares_are_bars_with_error_bars_and_hidden_groups_are_not_drawn(draw, lang):
    frame = shares("jenis_kelamin", **GROUPS)
    drawn = draw(present.shares, answer(frames={"never_invited": frame}), "never_invited", lang)
    bars = drawn.axes.patches
    assert [b.get_width() for b in bars] == pytest.approx([85.0, 5.0])
    assert [b.get_y() + b.get_height() / 2 for b in bars] == pytest.approx([0, 1])
    ends = [s[:, 0].tolist() for s in drawn.spans()]
    assert ends == [pytest.approx([70.0, 100.0]), pytest.approx([2.0, 12.5])]
    assert [read(note, lang) for note in drawn.notes()] == [85.0, 5.0]
    by, group = findings.word("jenis_kelamin", lang), findings.word("L", lang)
    assert drawn.names() == [f"{by}: X", f"{by}: {group}"]
    hidden = findings.word("P", lang)
    assert f": {hidden}" not in drawn.picture.alt and f": {group}" in drawn.picture.alt
    assert_readable(drawn)


@pytest.mark.parametrize("name", ["answers", "reasons", "never_invited"])
def test_shares_of_a_real_region(draw, answers, name):
    found = answers["participation"]
    rows = found.frames[name].dropna(subset=["value"])
    rows = style.youngest_first(rows).iloc[::-1]
    if rows.empty:
        assert present.shares(found, name, "id") == Blocks()
        return
    drawn = draw(present.shares, found, name, "id")
    widths = [bar.get_width() for bar in drawn.axes.patches]
    assert widths == pytest.approx((rows["value"] * 100).tolist())
    low, high = drawn.axes.get_xlim()
    assert low == 0 and high > rows["ci_high"].max() * 100
    assert_readable(drawn)


@pytest.mark.parametrize("lang", LANGS)
def test_contents_write_the_rows_of_each_table_and_year(draw, lang):
    rows = [("pegawai", 2023, 1234), ("pegawai", 2024, 999), ("skm", 2024, 40), ("skm", 2021, 7)]
    frame = pd.DataFrame(rows, columns=["table", "year", "rows"])
    drawn = draw(present.contents, answer(frames={"contents": frame}), lang)
    assert drawn.names("y") == ["pegawai", "skm"]
    assert drawn.names("x") == ["2021", "2023", "2024"]
    found = {}
    for text in drawn.axes.texts:
        x, y = text.get_position()
        name, year = drawn.names("y")[int(y)], int(drawn.names("x")[int(x)])
        if text.get_text():
            found[name, year] = read(text.get_text(), lang)
    assert found == {(name, year): count for name, year, count in rows}
    assert number(2233, lang, 0) in drawn.picture.alt
    assert not drawn.picture.alt.startswith(("Grafik batang", "Bar chart"))
    assert_readable(drawn)


@pytest.mark.parametrize("lang", LANGS)
def test_exclusions_are_bars_as_long_as_they_are_many(draw, lang):
    columns = ["table", "file", "row", "column", "fault", "action", "count"]
    rows = [
        ("skm", "a.csv", 1, "u4", "out_of_scale", "excluded", 1200),
        ("skm", "b.csv", 1, "u5", "out_of_scale", "excluded", 34),
        ("peserta", "c.csv", 1, "nip", "nip_format", "repaired", 5),
        ("peserta", "c.csv", 1, "nik", "column_not_needed", "dropped", 1),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    drawn = draw(present.exclusion_counts, answer(exclusions=frame), lang)
    assert [bar.get_width() for bar in drawn.axes.patches] == [1, 5, 1234]
    assert [read(note, lang) for note in drawn.notes()] == [1, 5, 1234]
    faults = [" ".join(name.split()).split(" · ") for name in drawn.names()]
    done = (
        ("column_not_needed", "dropped"),
        ("nip_format", "repaired"),
        ("out_of_scale", "excluded"),
    )
    assert faults == [[fault_of(*d).what[lang], findings.word(d[1], lang)] for d in done]
    # Whole numbers, though the axis goes on below what is seen.
    low, high = sorted(drawn.axes.get_xlim())
    ticks = zip(drawn.axes.get_xticks(), drawn.names("x"), strict=True)
    seen = [(at, said) for at, said in ticks if low <= at <= high]
    assert len(seen) > 2 and all(said == number(at, lang, 0) for at, said in seen)
    assert_readable(drawn)
    assert present.exclusion_counts(answer(), lang) == Blocks()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("step", [2.0, 1.0, 0.4])
def test_ticks_say_where_they_lie(draw, lang, step):
    values = {2022 + i: (85.0 + i * step, 84.8, 86.9) for i in range(3)}
    drawn = draw(present.trend, answer(indicators("ikm", values, "IKM points")), "ikm", lang)
    said = ticks_said(drawn, "y", lang)
    assert len(said) > 3
    assert [number for _, number in said] == pytest.approx([at for at, _ in said])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("change", [0.05, 0.2, 1.5])
def test_fine_ticks_say_where_they_lie(draw, lang, change):
    """85.75 is not 85.8, and 85.00 and 85.05 are not both 85.0."""
    values = {2023: (85.0,) * 3, 2024: (85.0 + change,) * 3}
    drawn = draw(present.trend, answer(indicators("ikm", values, "IKM points")), "ikm", lang)
    said = ticks_said(drawn, "y", lang)
    assert [number for _, number in said] == pytest.approx([at for at, _ in said], abs=1e-3)


def everything() -> dict[str, tuple]:
    units = by_unit({"K01": "Loket"}, UNIT_VALUES)
    frame = shares("jenis_kelamin", **GROUPS)
    counts = pd.DataFrame({"table": ["skm"], "year": [2024], "rows": [3]})
    found = answer(
        findings=(finding(),),
        estimates=(estimate("primary", 0.4), estimate("descriptive", 0.9)),
    )
    return {
        "trend": (present.trend, answer(indicators("ikm", IKM, "IKM points")), "ikm"),
        "units": (present.ikm_by_unit, units),
        "events": (present.event_study, events(-2, 0, 1)),
        "simple": (present.simple_comparisons, found),
        "outcomes": (present.outcomes, found),
        "shares": (present.shares, answer(frames={"never_invited": frame}), "never_invited"),
        "contents": (present.contents, answer(frames={"contents": counts})),
    }


@pytest.mark.parametrize("name", everything())
def test_the_same_picture_is_the_same_bytes(draw, name):
    import matplotlib.pyplot as plt

    make, *args = everything()[name]
    first = make(*args, "id")
    present.trend(answer(indicators("trained_share", SHARES, "share (0-1)")), "trained_share", "en")
    again = make(*args, "id")
    assert first == again and first.html() == again.html()
    assert first.png.startswith(b"\x89PNG\r\n\x1a\n")
    for png in (first.png, first.narrow):
        assert set(chunks(png)) <= {b"IHDR", b"PLTE", b"pHYs", b"IDAT", b"IEND"}
    other = make(*args, "en")
    assert first.alt and other.alt != first.alt
    # Names of tables are the same in both languages.
    assert (other.png == first.png) == (name == "contents")
    assert plt.get_fignums() == []


def chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        found.append(png[at + 4 : at + 8])
        at += 12 + size
    return found


@pytest.mark.parametrize("name", everything())
def test_no_number_is_written_as_the_other_language_writes_it(draw, name):
    make, *args = everything()[name]
    drawn = draw(make, *args, "id")
    drawn.figure.canvas.draw()
    for text in drawn.words():
        assert not re.search(r"\d\.\d(?!\d\d)|\d,\d{3}(?!\d)", text.get_text()), text
    assert not re.search(r"\d\.\d(?!\d\d)", drawn.picture.alt)


def test_pictures_are_set_in_the_pages_own_type_and_no_sign_is_missing():
    figure, axes = style.canvas()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said = axes.text(0, 0, "−5,1% ≥ 20 JP → ● Ş")
        figure.canvas.draw()
    assert said.get_fontname() == FAMILY


LEFT_ALONE = """
import matplotlib
import matplotlib.pyplot as plt
from helpers.contracts import Text
from helpers.present import style
own = plt.figure()
figure, axes = style.canvas()
style.finish(figure, Text("dua titik", "two points"), Text("Sumber: buatan.", "Source: made."), "en")
assert matplotlib.get_backend().lower() == "svg" and plt.get_fignums() == [own.number]
"""


def test_who_draws_in_the_same_notebook_keeps_the_way_of_showing_pictures():
    environment = {**os.environ, "MPLBACKEND": "svg"}
    subprocess.run([sys.executable, "-c", LEFT_ALONE], check=True, env=environment)
