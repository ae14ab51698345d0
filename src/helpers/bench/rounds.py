"""Rounds of measuring: in each, every side once, one after another (A B A B)."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from helpers import project, simulate
from helpers.bench import estimates
from helpers.bench.copied_project import CopiedProject, copied
from helpers.bench.corrected import Correction, correction
from helpers.bench.pairs import (
    COMMAND_SIDES,
    COMMANDS,
    ESTIMATE_SIDES,
    CommandSide,
    Pair,
    Side,
    Timed,
    timed,
)
from helpers.bench.processes import Spent
from helpers.contracts import NEEDS, EvaluasiError, Lang, Plan, Text, load_plan
from helpers.intake import SheetRead, asked, parse
from helpers.intake.folders import says_synthetic
from helpers.intake.pseudonym import Pseudonyms
from helpers.workflow import pipeline

Progress = Callable[[Side, int, float], None]

_YEARS: Final = 5
_TIMES: Final = 10
_OF_RUNS: Final = frozenset(COMMAND_SIDES[:5])
_KERNEL: Final = "python3"


def measure(
    pairs: Sequence[Pair] = COMMANDS,
    *,
    rounds: int = 2,
    data: Path | None = None,
    lang: Lang = "id",
    progress: Progress = lambda *_: None,
) -> list[Timed]:
    """Measure pairs, each side in fresh processes and in a copy of the project, which is cleared.

    Parameters
    ----------
    pairs : what to measure.
    rounds : how often.
    data : a folder of input tables; a sample is written where None. `check` is asked of made-up
        regions of its size, since nobody's rows can be had ten times.
    lang : of what a measured command says where it fails.
    progress : told the side, the round from 1 on, and the seconds of each measurement.

    Raises
    ------
    EvaluasiError : the data are not such that a pair can be measured of them.
    EstimatesDiffer : our estimate is not the library's.
    CommandStopped : a command did not end well.
    """
    plan = load_plan()
    folder = asked.folder(data) if data else None
    private = folder is not None and not says_synthetic(folder)
    wanted = {side for pair in pairs for side in (pair.side, pair.baseline)}
    commands = [side for side in COMMAND_SIDES if side in wanted]
    ways: dict[Side, Callable[[], Spent]] = {}
    with copied(lang, private=private) as copy:
        if commands:
            course = _course(copy, folder, plan, commands)
            course.warm(commands)
            ways.update((side, partial(course.measured, side)) for side in commands)
        # Of people made up where they are measured, whatever the data.
        estimated = [side for side in ESTIMATE_SIDES if side in wanted]
        ways.update((side, partial(estimates.measured, copy, side)) for side in estimated)
        costs: dict[Side, list[Spent]] = {side: [] for side in ways}
        for turn in range(1, rounds + 1):
            for side, way in ways.items():
                cost = way()
                costs[side].append(cost)
                progress(side, turn, cost.seconds)
    return [timed(pair, costs) for pair in pairs]


@dataclass(frozen=True, slots=True)
class _Course:
    """A copied project with its data, and each side as a way through it."""

    copy: CopiedProject
    data: Path
    year: int
    correction: Correction | None

    def warm(self, sides: Sequence[CommandSide]) -> None:
        """Have the libraries' files read once, so that the first side does not pay for the disk."""
        if _OF_RUNS & {*sides}:
            first = next(iter(pipeline.load(self.copy.notebooks).needs))
            self._run("--year", str(self.year), "--only", first)
            self.copy.python("papermill", "papermill", "--version")
        else:
            self.copy.evaluasi("check", "--data", str(self.data))

    def measured(self, side: CommandSide) -> Spent:
        """What one side costs.

        Parameters
        ----------
        side : which; a rerun is of the cold year that was measured before it.
        """
        year = str(self.year)
        match side:
            case "papermill, notebook by notebook":
                self.copy.forget()
                return self._papermill()
            case "cold year":
                self.copy.forget()
                return self._run("--year", year)
            case "unchanged rerun":
                return self._run("--year", year)
            case "one corrected row":
                assert self.correction is not None
                self.correction.make()
                try:
                    return self._run("--year", year)
                finally:
                    self.correction.undo()
            case "five years":
                self.copy.forget()
                return self._run("--years", f"{self.year - _YEARS + 1}-{year}")
            case "check, the rows once":
                return self._check("once")
            case "check, ten times the rows":
                return self._check("ten")

    def _run(self, *words: str) -> Spent:
        out = ("--out", str(self.copy.reports))
        return self.copy.evaluasi("run", *words, "--data", str(self.data), *out)

    def _check(self, region: str) -> Spent:
        self.copy.forget()
        return self.copy.evaluasi("check", "--data", str(self.copy.root / "regions" / region))

    def _papermill(self) -> Spent:
        """Every notebook of a year, each with the answers that it needs, as the command of its own:
        one without them would ask again what others have answered, and the baseline would flatter
        us.
        """
        graph = pipeline.load(self.copy.notebooks)
        costs = []
        for name in graph.chosen(()):
            out = self.copy.reports / name
            out.mkdir(parents=True)
            for needed in graph.needs[name]:
                shutil.copytree(self.copy.reports / needed, out / NEEDS / needed)
            ran = out / "ran.ipynb"
            given = {"data": self.data, "plan": self.copy.notebooks / "plan.yml", "out": out}
            words = [w for key, value in given.items() for w in ("-r", key, str(value))]
            costs.append(
                self.copy.python(
                    "papermill",
                    "papermill",
                    str(graph.path(name)),
                    str(ran),
                    *("-k", _KERNEL, "--no-progress-bar", "-p", "year", str(self.year)),
                    *words,
                )
            )
        peaks = [c.peak_mb for c in costs if c.peak_mb is not None]
        return Spent(sum(c.seconds for c in costs), max(peaks) if peaks else None)


def _course(
    copy: CopiedProject, folder: Path | None, plan: Plan, sides: Sequence[CommandSide]
) -> _Course:
    """The data in their places: those of runs, and the regions of `check`."""
    data = copy.root / "data" / ("sample" if folder in (None, project.SAMPLE) else "raw")
    if folder is None:
        simulate.write(simulate.World(), data)
    else:
        shutil.copytree(folder, data, ignore_dangling_symlinks=True)
    # Under a key of its own: the user's is not needed, and none is made.
    key = Pseudonyms(secrets.token_bytes())
    sheets = parse.folder(data, plan.skm.order, key).sheets
    years = _years(sheets)
    if "five years" in sides and len(years) < _YEARS:
        raise _too_few(years)
    if "check, the rows once" in sides:
        for name, times in (("once", 1), ("ten", _TIMES)):
            simulate.write(_world_like(sheets, years, times), copy.root / "regions" / name)
    corrects = "one corrected row" in sides
    change = correction(data, sheets, years[-1], plan.skm.order) if corrects else None
    return _Course(copy, data, years[-1], change)


def _years(sheets: Sequence[SheetRead]) -> range:
    """From the first to the last year of the roll.

    Raises
    ------
    EvaluasiError : there is none.
    """
    spans = [s.years for s in sheets if s.table == "pegawai" and s.years]
    if not spans:
        raise EvaluasiError(
            Text(
                "bench: tabel pegawai tidak terbaca, sehingga tidak diketahui tahun mana yang "
                "diukur\n  Perbaiki: lihat masalahnya dengan evaluasi check --data pada folder itu",
                "bench: the table pegawai cannot be read, so that it is not known which year to "
                "measure\n  Remedy: see what is wrong with evaluasi check --data of that folder",
            )
        )
    return range(min(first for first, _ in spans), max(last for _, last in spans) + 1)


def _too_few(years: range) -> EvaluasiError:
    return EvaluasiError(
        Text(
            f"bench: tabel pegawai memuat {len(years)} tahun; five_years memerlukan {_YEARS}\n"
            "  Perbaiki: tambahkan tahun sebelumnya, atau ukur yang lain saja dengan --only",
            f"bench: the table pegawai holds {len(years)} years; five_years needs {_YEARS}\n"
            "  Remedy: add earlier years, or measure the others alone with --only",
        )
    )


def _world_like(sheets: Sequence[SheetRead], years: range, times: int) -> simulate.World:
    """A region of the data's size, some times over in people and forms."""

    def a_year(table: str, least: int) -> int:
        return max(round(sum(s.rows for s in sheets if s.table == table) / len(years)), least)

    units = sum(s.rows for s in sheets if s.table == "unit")
    return simulate.World(
        employees=a_year("pegawai", 30) * times,
        units=max(units, 1),
        first_year=min(years[0], years[-1] - 1),
        last_year=years[-1],
        forms_per_year=a_year("skm", 20) * times,
    )
