"""What participants know before and after an activity, and how much of the difference comes by
itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import UNKNOWN, Interval, Study, UnitLabel, remembered
from helpers.contracts.units import SHARE, TEST_POINTS
from helpers.describe.people import as_indicators, invited
from helpers.describe.releases import last_release, moved

FULL_SCORE: Final = 100.0
# The thirds of the first scores, lowest first.
THIRDS: Final = ("low", "middle", "high")
_GROUPINGS: Final = ("all", "tema", "metode", "start_third")


@dataclass(frozen=True, slots=True)
class Gains:
    """What was gained from the first test to the second, up to the study's year; small groups
    hidden.

    A person counts once however many activities were attended: each attendance has a part of one
    person's weight. ``gain`` is in test points and ``normalised`` the part of what was still to be
    learnt. ``by_start`` are the gains of the lowest and the highest third of the first scores, and
    ``expected`` those that regression to the mean alone would give at the same ``correlation``.
    ``slope`` is the gain for each point of the mean of both tests. Whatever describes too few
    people, or too few more than an earlier year's report, is unknown.
    """

    attended: int
    tested: int
    gain: Interval
    normalised: Interval
    by_start: tuple[Interval, Interval]
    expected: tuple[float, float]
    correlation: float
    slope: Interval
    indicators: pd.DataFrame


@remembered
def gains(study: Study) -> Gains:
    """Gains of everyone who attended and has both scores, by theme, by method and by where they
    began.

    Returns
    -------
    Intervals are clustered by activity: who sat in one room was taught and tested alike. Indicators
    are ``test_gain``, ``test_gain_normalised`` and ``test_gain_expected``; n counts people.

    Sources: Hake (1998), *American Journal of Physics* 66(1), for the normalised gain, of means;
    Oldham (1962), *Journal of Chronic Diseases* 15(10), for the slope on the mean of both.
    """
    came = invited(study)
    came = came[came["attended"] == 1]
    rows = _tests(came)
    level = study.plan.inference.level
    of_start = _start(rows)
    rows = rows.assign(start_third=rows["pegawai_id"].map(of_start.third))
    parts = [_by(rows, by, level) for by in _GROUPINGS]
    expected = pd.DataFrame(
        [("test_gain_expected", "start_third", t, _alone(v, n)) for t, v, n in of_start.expected],
        columns=["indicator", "group_by", "group", "found"],
    ).assign(unit_label=TEST_POINTS.label)
    shown = as_indicators(study, [*parts, expected], added=_added(rows, study))
    of_gain = shown[(shown["indicator"] == "test_gain") & shown["n"].notna()]
    seen = set(of_gain.loc[of_gain["group_by"].isin(["all", "start_third"]), "group"])
    enough = "all" in seen
    thirds = {t: rows[rows["start_third"] == t] for t in THIRDS}
    ends = [thirds["low"], thirds["high"]]
    compared = {"low", "high"} <= seen
    expected_of = {t: v for t, v, _ in of_start.expected}
    return Gains(
        attended=came["pegawai_id"].nunique(),
        tested=rows["pegawai_id"].nunique(),
        gain=gain(rows, level=level) if enough else UNKNOWN,
        normalised=normalised_gain(rows, level=level) if enough else UNKNOWN,
        by_start=(gain(ends[0], level=level), gain(ends[1], level=level))
        if compared
        else (UNKNOWN, UNKNOWN),
        expected=(expected_of["low"], expected_of["high"])
        if compared
        else (float("nan"), float("nan")),
        correlation=of_start.correlation if compared else float("nan"),
        slope=slope_on_mean(rows, level=level) if compared else UNKNOWN,
        indicators=shown,
    )


def _added(rows: pd.DataFrame, study: Study) -> pd.Series | None:
    """How many people make the difference to the last report that showed gains, by row."""
    last = last_release(
        rows["tahun"], rows["pegawai_id"], study.year, study.plan.privacy.small_cell
    )
    if last is None:
        return None
    before = rows[rows["tahun"] <= last]
    before = before.assign(start_third=before["pegawai_id"].map(_start(before).third))
    what = ("kode_kegiatan", "nilai_pre", "nilai_post")
    each = {by: moved(rows, before, by, what) for by in _GROUPINGS}
    names = ("test_gain", "test_gain_normalised", "test_gain_expected")
    return pd.concat({(n, by): v for n in names for by, v in each.items()})


def gain(tests: pd.DataFrame, *, level: float = 0.95) -> Interval:
    """The mean gain in test points of people, each counted once.

    Parameters
    ----------
    tests : one row an attendance with ``pegawai_id``, ``kode_kegiatan``, ``nilai_pre`` and
        ``nilai_post``.
    level : how often such intervals hold the truth.
    """
    if tests.empty:
        return UNKNOWN
    moved, weight = (tests["nilai_post"] - tests["nilai_pre"]).to_numpy(float), _weight(tests)
    value = float(weight @ moved)
    return _around(value, weight * (moved - value), tests, level)


def normalised_gain(tests: pd.DataFrame, *, level: float = 0.95) -> Interval:
    """The part of what was still to be learnt that was learnt: mean gain over mean distance from
    the full score.

    Parameters
    ----------
    tests : as of `gain`.
    level : as of `gain`.

    Returns
    -------
    1 is everything; unknown where nobody had anything left to learn.
    """
    if tests.empty:
        return UNKNOWN
    moved = (tests["nilai_post"] - tests["nilai_pre"]).to_numpy(float)
    left = FULL_SCORE - tests["nilai_pre"].to_numpy(float)
    weight = _weight(tests)
    whole = float(weight @ left)
    if whole <= 0:
        return UNKNOWN
    value = float(weight @ moved) / whole
    return _around(value, weight * (moved - value * left) / whole, tests, level)


def slope_on_mean(tests: pd.DataFrame, *, level: float = 0.95) -> Interval:
    """The gain for each point by which the mean of both tests is higher: luck, which lifts one test
    as often as the other, does not tilt it as it tilts the gain on the first score.

    Parameters
    ----------
    tests : as of `gain`.
    level : as of `gain`.

    Returns
    -------
    Points of gain a point; unknown where all means are alike.
    """
    if tests.empty:
        return UNKNOWN
    people = _people(tests)
    moved, middle = people["nilai_post"] - people["nilai_pre"], people.mean(axis=1)
    apart = middle - middle.mean()
    spread = float((apart**2).sum())
    if spread < 1e-9:
        return UNKNOWN
    value = float((apart * moved).sum()) / spread
    own = apart * (moved - moved.mean() - value * apart) / spread
    share = _weight(tests) * len(people)
    return _around(value, tests["pegawai_id"].map(own).to_numpy(float) * share, tests, level)


@dataclass(frozen=True, slots=True)
class _Start:
    """Who began where, and what regression to the mean alone would give each third."""

    third: pd.Series
    expected: list[tuple[str, float, int]]
    correlation: float


def _start(tests: pd.DataFrame) -> _Start:
    """Thirds of people by their first score; those of one score stay together.

    Were nothing learnt differently, a gain would lie as far from the mean gain as the first score
    lies from its mean, the other way, times one less the correlation of both tests (their spreads
    being alike).
    """
    people = _people(tests)
    first = people["nilai_pre"]
    nobody = [(t, float("nan"), 0) for t in THIRDS]
    if len(people) < len(THIRDS) or first.std() < 1e-9 or people["nilai_post"].std() < 1e-9:
        return _Start(pd.Series(dtype=object), nobody, float("nan"))
    edges = first.quantile([1 / 3, 2 / 3]).to_numpy(float)
    third = pd.Series(np.select([first <= edges[0], first <= edges[1]], THIRDS[:2], THIRDS[2]))
    third.index = first.index
    r = float(np.corrcoef(first, people["nilai_post"])[0, 1])
    mean_gain = float((people["nilai_post"] - first).mean())
    alone = mean_gain + (r - 1) * (first - first.mean())
    found = [(t, alone[third == t]) for t in THIRDS]
    return _Start(third, [(t, float(v.mean()), len(v)) for t, v in found], r)


def _tests(came: pd.DataFrame) -> pd.DataFrame:
    columns = ["pegawai_id", "tahun", "kode_kegiatan", "tema", "metode", "nilai_pre", "nilai_post"]
    both = came[columns].dropna(subset=["nilai_pre", "nilai_post"]).reset_index(drop=True)
    return both.assign(all="all")


def _people(tests: pd.DataFrame) -> pd.DataFrame:
    """Each person's mean of both tests over the activities attended."""
    scores = tests[["nilai_pre", "nilai_post"]].astype(float)
    return scores.groupby(tests["pegawai_id"]).mean()


def _weight(tests: pd.DataFrame) -> np.ndarray:
    """Each attendance's part of the whole: a person's attendances share one person's part."""
    times = tests.groupby("pegawai_id")["pegawai_id"].transform("size").to_numpy(float)
    return 1 / times / tests["pegawai_id"].nunique()


def _around(value: float, influence: np.ndarray, tests: pd.DataFrame, level: float) -> Interval:
    """The interval by activity, or by person where all attended the same one."""
    several = tests["kode_kegiatan"].nunique() > 1
    clusters = tests["kode_kegiatan" if several else "pegawai_id"]
    people = tests["pegawai_id"].nunique()
    return measures.intervals.around(value, influence, clusters, people, level=level)


def _by(tests: pd.DataFrame, by: str, level: float) -> pd.DataFrame:
    """Both gains of each group of a column, as `as_indicators` takes them."""
    kinds: list[tuple[str, UnitLabel]] = [("test_gain", TEST_POINTS.label)]
    kinds += [("test_gain_normalised", SHARE.label)] if by != "start_third" else []
    compute = {"test_gain": gain, "test_gain_normalised": normalised_gain}
    groups = [(str(g), part) for g, part in tests.groupby(by, sort=True)]
    groups = sorted(groups, key=lambda g: THIRDS.index(g[0])) if by == "start_third" else groups
    return pd.DataFrame(
        [(n, by, g, compute[n](part, level=level), u) for n, u in kinds for g, part in groups],
        columns=["indicator", "group_by", "group", "found", "unit_label"],
    )


def _alone(value: float, n: int) -> Interval:
    """A figure without an interval."""
    return Interval(value, n=n)
