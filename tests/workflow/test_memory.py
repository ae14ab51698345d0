"""What a run takes of the machine's memory."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from helpers import intake
from helpers.workflow import memory

# Small pieces of which every other one is freed last, as reading a folder leaves them.
HELD = """
import numpy as np
from helpers.workflow import memory

def megabytes():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * 4096 / 1e6

memory.give_back()
kept = [np.ones(400) for _ in range(60_000)]
last = np.ones(400)
del kept
before = megabytes()
memory.give_back()
print(before - megabytes())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there it is kept")
def test_what_is_no_longer_used_is_given_back():
    done = subprocess.run(
        [sys.executable, "-c", HELD],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "MALLOC_TRIM_THRESHOLD_": str(1 << 30)},
    )
    assert float(done.stdout) > 100


@pytest.mark.parametrize(("cores", "small", "large"), [(1, 2, 1), (2, 3, 2), (8, 3, 3)])
def test_of_large_data_no_more_notebooks_run_than_there_are_cores(
    cores: int, small: int, large: int, tiny, monkeypatch
):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    study = intake.study(tiny(), 2024)
    rows = pd.concat([study.kinerja] * (400_000 // len(study.kinerja) + 1), ignore_index=True)
    assert memory.at_once([study]) == small
    assert memory.at_once([study, replace(study, kinerja=rows)]) == large
