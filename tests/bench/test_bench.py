"""The benchmark: what it says of what it measured, and that it leaves nothing behind; no limit is
held here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from helpers import bench, cli_bench
from helpers.bench import in_turns, sides
from helpers.bench.measured import Measured, measure
from helpers.cli import app
from helpers.contracts import LANGS, EvaluasiError

# What each side is said to take, by round: the medians are of three.
TAKES = {"cold": (4.0, 9.0, 5.0), "papermill": (20.0, 26.0, 25.0), "again": (0.5, 0.1, 0.2)}


@pytest.fixture
def told_times(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sides that take what they are said to take; the order in which they were asked."""
    asked: list[str] = []

    def side(name: str):
        def take(_):
            asked.append(name)
            at = asked.count(name) - 1
            return Measured(TAKES[name][at], 100.0 * (at + 1))

        return take

    monkeypatch.setattr(in_turns, "SIDES", {name: side(name) for name in TAKES})
    return asked


def test_sides_take_turns_and_the_median_counts(told_times, tmp_path):
    rows = bench.ratios(("unchanged", "cold_year"), rounds=3, data=tmp_path)
    assert told_times == ["cold", "papermill", "again"] * 3
    assert [(r.name, r.baseline) for r in rows] == [("cold_year", "papermill"), ("unchanged", "cold")]  # fmt: skip
    first, second = rows
    assert (first.seconds, first.baseline_seconds, first.peak_mb) == (5.0, 25.0, 200.0)
    assert first.ratio == pytest.approx(0.2) and first.met
    assert second.ratio == pytest.approx(0.04) and not second.met


def test_a_measurement_that_nobody_asked_for_is_not_made(told_times, tmp_path):
    bench.ratios(("unchanged",), rounds=1, data=tmp_path)
    assert told_times == ["cold", "again"]


@pytest.mark.parametrize("lang", LANGS)
def test_table_and_json_say_the_same(told_times, tmp_path, lang):
    rows = bench.ratios(("cold_year",), rounds=3, data=tmp_path)
    (record,) = json.loads(cli_bench.as_records(rows))
    assert record == {
        "name": "cold_year", "baseline": "papermill", "seconds": 5.0, "baseline_seconds": 25.0, "ratio": 0.2,
        "target": 0.25, "met": True, "peak_mb": 200, "baseline_peak_mb": 200, "rounds": 3,
    }  # fmt: skip
    line = cli_bench.as_table(rows, lang).splitlines()[-1]
    shown = {"id": ("5,00", "25,00", "0,200", "0,25"), "en": ("5.00", "25.00", "0.200", "0.25")}
    assert all(f" {figure} " in line for figure in shown[lang])


def test_every_side_is_of_a_ratio_and_every_ratio_has_its_sides():
    assert {s for pair in sides.PAIRS.values() for s in pair[:2]} == set(sides.SIDES)


@pytest.mark.parametrize("lang", LANGS)
def test_an_unknown_measurement_is_refused(lang):
    done = CliRunner().invoke(app, ["bench", "--only", "speed", "--lang", lang])
    assert done.exit_code == 2 and "speed" in done.output
    assert all(name in done.output for name in bench.NAMES)


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path):
    command = [sys.executable, "-c", "import sys; sys.exit('no such shelf')"]
    with pytest.raises(EvaluasiError, match="no such shelf"):
        measure(command, tmp_path)


def test_memory_is_that_of_all_processes(tmp_path):
    """A child holds 200 MB while its parent waits."""
    child = "held = b'x' * 200_000_000; import time; time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    found = measure([sys.executable, "-c", parent], tmp_path)
    assert 200 < found.peak_mb < 400 and found.seconds > 1


def test_a_real_measurement_from_the_command_line(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    small = sides.simulate.World(employees=40, units=4, forms_per_year=40, first_year=2023)
    monkeypatch.setattr(sides.simulate, "World", lambda: small)
    done = CliRunner().invoke(app, ["bench", "--only", "rows", "--rounds", "1", "--json"])
    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.stdout)
    assert row["name"] == "rows" and row["rounds"] == 1
    assert row["ratio"] == pytest.approx(row["seconds"] / row["baseline_seconds"], rel=0.01)
    assert row["peak_mb"] > 50 and not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="signals of terminals")
def test_ctrl_c_leaves_neither_folder_nor_process(tmp_path):
    command = [sys.executable, "-m", "helpers", "bench", "--only", "rows", "--rounds", "9"]
    # As from a terminal, whatever the test itself was started with.
    heed = "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); os.execv(sys.argv[1], sys.argv[1:])"  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", heed, *command],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    children: list[psutil.Process] = []
    for _ in range(600):
        children = [c for c in psutil.Process(process.pid).children() if "check" in c.cmdline()]
        if children:
            break
        time.sleep(0.1)
    assert children and list(tmp_path.iterdir())
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and b"Traceback" not in said
    assert not any(c.is_running() for c in children) and not list(tmp_path.glob("evaluasi-bench-*"))


def test_the_folder_of_one_s_own_data_is_left_as_it_was(monkeypatch, tmp_path):
    data: Path = tmp_path / "data"
    data.mkdir()
    (data / "kinerja_2024.csv").write_text("nip,nilai_skp\n1,80\n2,81\n3,82\n")
    before = (data / "kinerja_2024.csv").read_bytes()
    monkeypatch.setattr(sides, "measure", lambda *_: Measured(1.0, 1.0))
    rows = bench.ratios(("one_row",), rounds=2, data=data)
    assert len(rows) == 1 and (data / "kinerja_2024.csv").read_bytes() == before
