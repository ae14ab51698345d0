"""Estimates measured beside the library's: that both are asked the same, find the same, and say so
where they do not. No time is a limit here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from helpers import bench
from helpers.bench import estimates, timed_estimate
from helpers.bench.copied_project import copied
from helpers.contracts import LANGS

FEW = 500
FOUND = {"average", "-4", "-3", "-2", "0", "1", "2"}


@pytest.fixture(scope="module")
def both() -> dict[str, timed_estimate.TimedEstimate]:
    return {by: timed_estimate.timed_estimate(by, FEW) for by in ("library", "estimate")}


def test_both_find_the_same_with_an_event_study(both):
    estimates.agree(both["estimate"].effects, both["library"].effects, "estimate 1000")
    assert set(both["estimate"].effects) == set(both["library"].effects) == FOUND
    assert all(one.seconds > 0 for one in both.values())


def test_the_people_are_trained_for_what_moves_their_output_and_the_effect_is_found():
    rows = timed_estimate.people(5000)
    assert len(rows) == 25_000 and not rows.duplicated(["entity", "year"]).any()
    last = rows[rows["year"] == 2024]
    assert 65 < len(last) / last["cluster"].nunique() < 75
    trained = last["cohort"] > 0
    assert last.loc[trained, "trait_0"].mean() > last.loc[~trained, "trait_0"].mean() + 0.1
    assert timed_estimate.ours(rows)["average"] == pytest.approx(0.2, abs=0.1)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "change", [{"2": 0.25 * (1 + 1e-7)}, {"average": float("nan")}, {"3": 0.1}]
)
def test_what_differs_is_refused_with_what_differs(lang, change):
    ours = {"average": 0.2, "2": 0.25}
    estimates.agree(ours, {"average": 0.2 * (1 + 1e-12), "2": 0.25}, "estimate 10000")
    with pytest.raises(bench.EstimatesDiffer) as e:
        estimates.agree(ours, ours | change, "estimate 10000")
    said = e.value.message(lang)
    (name,) = change
    assert "estimate_10000" in said and f"({name})" in said and "diff-diff" in said
    assert {"id": "Perbaiki", "en": "Remedy"}[lang] in said


def test_a_library_that_is_asked_otherwise_is_found_out():
    """The very processes, with the library's propensities cut elsewhere than ours."""
    with copied("en", private=False) as copy:
        module = copy.root / "src" / "helpers" / "validation" / "library.py"
        text = module.read_text(encoding="utf-8")
        changed = text.replace("pscore_trim=clip", "pscore_trim=0.4")
        assert changed != text
        module.write_text(changed, encoding="utf-8")
        estimates.measured(copy, "library 1000")
        with pytest.raises(bench.EstimatesDiffer):
            estimates.measured(copy, "estimate 1000")


def test_a_real_comparison_from_end_to_end(tmp_path):
    """Without any data."""
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "bench", "--only", "estimate_1000", "--rounds", "1", "--json"],
        env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (one,) = json.loads(done.stdout)["pairs"]
    assert (one["name"], one["baseline"], one["target"]) == ("estimate 1000", "library 1000", 1.1)
    # Seconds are told in thousandths.
    of, against = one["seconds"], one["baseline_seconds"]
    assert (of - 0.001) / (against + 0.001) < one["ratio"] < (of + 0.001) / (against - 0.001)
    if sys.platform.startswith("linux"):
        assert 50 < one["peak_mb"] < 5000 and 50 < one["baseline_peak_mb"] < 5000
    assert done.stderr.count("putaran 1/1") == 2 and "1.000 pegawai" in done.stderr
    assert not list(tmp_path.iterdir())
