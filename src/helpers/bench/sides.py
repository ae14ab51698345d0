"""What is measured: each measurement, and which two of them make a ratio."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pandas as pd

from helpers import simulate
from helpers.bench.measured import Measured, measure
from helpers.contracts import project
from helpers.workflow.pipeline import load

_TEN: Final = 10


@dataclass(slots=True)
class Bench:
    """Where one run of the benchmark works: a folder of its own, the data, the year."""

    folder: Path
    data: Path
    year: int
    corrected: int = field(default=0)

    def evaluasi(self, *args: str) -> Measured:
        """One of the product's own commands.

        Parameters
        ----------
        args : the command and its options.
        """
        return measure([sys.executable, "-m", "helpers", *args], self.folder)

    def run(self, out: str, *args: str, data: Path | None = None) -> Measured:
        """The main job into a folder of this run.

        Parameters
        ----------
        out : name of the folder.
        args : which years and how; the one year as it comes where none is given.
        data : of other data than the benchmark's.
        """
        where = ["--data", str(data or self.data), "--out", str(self.folder / out)]
        return self.evaluasi("run", *where, *(args or ("--year", str(self.year))))


def _papermill(bench: Bench) -> Measured:
    """The year's notebooks, one after another, by papermill's own command."""
    graph, total = load(project.NOTEBOOKS), Measured(0.0, 0.0)
    for name in graph.needs:
        values = ("-p", "year", str(bench.year), "-p", "data", str(bench.data))
        command = [sys.executable, "-m", "papermill", str(graph.path(name))]
        made = str(bench.folder / f"{name}.ipynb")
        total += measure([*command, made, *values], project.ROOT)
    return total


def _cold(bench: Bench) -> Measured:
    shutil.rmtree(bench.folder / "cold", ignore_errors=True)
    return bench.run("cold", "--year", str(bench.year), "--fresh")


def _again(bench: Bench) -> Measured:
    """A run of which nothing has changed since the one before it."""
    if not (bench.folder / "again").exists():
        bench.run("again")
    return bench.run("again")


def _corrected(bench: Bench) -> Measured:
    """A run after one value of one row was mended."""
    data = bench.folder / "corrected_data"
    if not data.exists():
        shutil.copytree(bench.data, data)
        bench.run("corrected", data=data)
    bench.corrected += 1
    file = sorted(data.glob(f"kinerja*{bench.year}*.csv"))[0]
    rows = pd.read_csv(file, dtype=str)
    rows.loc[bench.corrected, "nilai_skp"] = str(70 + bench.corrected % 20)
    rows.to_csv(file, index=False)
    return bench.run("corrected", data=data)


def _five_years(bench: Bench) -> Measured:
    shutil.rmtree(bench.folder / "five", ignore_errors=True)
    return bench.run("five", "--years", f"{bench.year - 4}-{bench.year}", "--fresh")


def _check(bench: Bench) -> Measured:
    return bench.evaluasi("check", "--data", str(bench.folder / _sample(bench, 1)))


def _check_ten(bench: Bench) -> Measured:
    return bench.evaluasi("check", "--data", str(bench.folder / _sample(bench, _TEN)))


def _sample(bench: Bench, times: int) -> str:
    """A sample region, or one of so many times its rows, written when it is first needed."""
    name = f"rows_{times}"
    if not (bench.folder / name).exists():
        of = simulate.World()
        larger = replace(
            of,
            employees=of.employees * times,
            units=of.units * times,
            forms_per_year=of.forms_per_year * times,
        )
        simulate.write(larger, bench.folder / name)
    return name


SIDES: Final[dict[str, Callable[[Bench], Measured]]] = {
    "papermill": _papermill,
    "cold": _cold,
    "again": _again,
    "corrected": _corrected,
    "five_years": _five_years,
    "check": _check,
    "check_ten": _check_ten,
}
# Each ratio: what is measured, its baseline, and the most that it is meant to be.
PAIRS: Final[dict[str, tuple[str, str, float]]] = {
    "cold_year": ("cold", "papermill", 0.25),
    "unchanged": ("again", "cold", 0.02),
    "one_row": ("corrected", "cold", 0.25),
    "years": ("five_years", "cold", 4.0),
    "rows": ("check_ten", "check", float(_TEN)),
}
NAMES: Final = tuple(PAIRS)
