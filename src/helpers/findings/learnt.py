"""What was learnt, and what participants say of themselves, as findings that describe."""

from __future__ import annotations

from helpers.contracts import UNKNOWN, Finding, Interval, Study, Text, count, number
from helpers.contracts.units import OUTPUT_PER_DAY, SHARE, TEST_POINTS
from helpers.describe import Gains, SelfReports
from helpers.findings.described import described
from helpers.findings.words import told

# A slope is told for so many points of the mean of both tests.
_POINTS = 10


def exact(study: Study, gained: Gains, said: SelfReports) -> bool:
    """Whether "all of so many" tells nothing of a few: no other number of the page is of all but
    those.

    Parameters
    ----------
    study : its smallest cell.
    gained, said : who came, and of whom there are tests, reports and measures.
    """
    whole, small = said.attended, study.plan.privacy.small_cell
    rests = (whole - n for n in (gained.tested, said.reported, said.measured))
    return not any(0 < rest < small for rest in rests)


def learning(study: Study, found: Gains, *, exactly: bool = False) -> tuple[Finding, ...]:
    """What the tests before and after show, and how much of it comes by itself.

    Parameters
    ----------
    study : its year and smallest cell are quoted.
    found : gains up to that year.
    exactly : whether all of so many may be called so, as of `exact`.

    Returns
    -------
    Two findings: the mean gain, and the gain by where people began.
    """
    return (
        described(
            "learning.test_gain.level",
            "learning",
            "test_gain",
            _gain(study, found, exactly),
            found.gain,
            TEST_POINTS.label,
        ),
        described(
            "learning.test_gain.difference",
            "learning",
            "test_gain",
            _start(found),
            _each_ten(found.slope),
            TEST_POINTS.label,
        ),
    )


def self_report(study: Study, found: SelfReports, *, exactly: bool = False) -> Finding:
    """Whether those who report a rise had a larger measured change than the others.

    Parameters
    ----------
    study : its smallest cell is quoted.
    found : reports and measured changes up to its year.
    exactly : as of `learning`.
    """
    return described(
        "learning.self_report.difference",
        "learning",
        "output_per_day",
        _reported(study, found, exactly),
        found.difference,
        OUTPUT_PER_DAY.label,
    )


def later(found: SelfReports) -> Text:
    """What was measured of the same people a year later; empty where nothing may be shown."""
    if not (found.later_rise.known and found.later_other.known):
        return Text()
    unit = OUTPUT_PER_DAY
    return told(
        "learning.later",
        rise=unit.change(found.later_rise.value),
        rise_span=unit.change_span(found.later_rise.low, found.later_rise.high),
        other=unit.change(found.later_other.value),
        other_span=unit.change_span(found.later_other.low, found.later_other.high),
        n=count(found.later_rise.n + found.later_other.n),
    )


def _gain(study: Study, found: Gains, exactly: bool) -> Text:
    small, year = study.plan.privacy.small_cell, study.year
    if not found.gain.known:
        key = "too_few" if found.tested else "no_tests"
        return told(f"learning.{key}", small=small, year=year)
    sign = found.gain.sign
    shown = found.gain.mirrored if sign < 0 else found.gain
    way = {1: "rose", -1: "fell", 0: "flat"}[sign]
    learnt = (
        told("learning.part", part=SHARE.level(found.normalised.value))
        if sign > 0 and found.normalised.known
        else Text()
    )
    return told(
        f"learning.gain_{way}",
        year=year,
        counted=_counted(found.tested, found.attended, small, exactly),
        change=TEST_POINTS.change(shown.value),
        span=TEST_POINTS.change_span(shown.low, shown.high),
        learnt=learnt,
    )


def _counted(part: int, whole: int, small: int, exactly: bool) -> Text:
    """So many of so many people; where few are left, neither how many nor, unless ``exactly``,
    whether there are any is told.
    """
    rest = whole - part
    nearly = "of_nearly" if rest or not exactly else "of_all"
    key = "of_few" if part < small else nearly if rest < small else "of"
    return told(f"learning.{key}", n=count(part), all=count(whole), small=small)


def _start(found: Gains) -> Text:
    low, high = found.by_start
    if not (low.known and high.known and found.slope.known):
        return told("learning.start_unknown")
    unit, slope = TEST_POINTS, _each_ten(found.slope)
    shown = slope.mirrored if slope.sign < 0 else slope
    way = {1: "stronger", -1: "weaker", 0: "even"}[slope.sign]
    return told(
        "learning.start",
        low=unit.change(low.value),
        high=unit.change(high.value),
        low_alone=unit.change(found.expected[0]),
        high_alone=unit.change(found.expected[1]),
        r=Text.made(lambda lang: number(found.correlation, lang, 2)),
        left=told(
            f"learning.start_{way}",
            points=_POINTS,
            value=unit.change(shown.value),
            span=unit.change_span(shown.low, shown.high),
        ),
    )


def _each_ten(slope: Interval) -> Interval:
    if not slope.known:
        return UNKNOWN
    return Interval(
        _POINTS * slope.value,
        _POINTS * slope.low,
        _POINTS * slope.high,
        _POINTS * slope.std_error,
        slope.n,
    )


def _reported(study: Study, found: SelfReports, exactly: bool) -> Text:
    small = study.plan.privacy.small_cell
    if not found.reported:
        return told("learning.no_reports")
    if not found.rise_share.known:
        return told("learning.few_reports", small=small)
    share = told(
        "learning.reported",
        counted=_counted(found.reported, found.attended, small, exactly),
        share=SHARE.level(found.rise_share.value),
        span=SHARE.level_span(found.rise_share.low, found.rise_share.high),
    )
    if not found.difference.known:
        key = "unmeasured" if not found.measured else "few_measured"
        return share + told(f"learning.{key}", small=small)
    unit, apart = OUTPUT_PER_DAY, found.difference
    verdict = {1: "more", -1: "less", 0: "same"}[apart.sign]
    beside = told(
        "learning.beside",
        measured=count(found.measured),
        rise=unit.change(found.rise.value),
        other=unit.change(found.other.value),
        verdict=told(
            f"learning.report_{verdict}",
            value=unit.change(abs(apart.value) if apart.sign else apart.value),
            span=unit.change_span(*_bounds(apart)),
        ),
    )
    fell = (
        told("learning.fell", share=SHARE.level(found.fell.value)) if found.fell.known else Text()
    )
    return share + beside + fell


def _bounds(found: Interval) -> tuple[float, float]:
    shown = found.mirrored if found.sign < 0 else found
    return shown.low, shown.high
