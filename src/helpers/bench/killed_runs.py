"""Runs that are killed at random moments (``kill -9``): whether the report before them stays whole,
the next run finishes, and nothing is left behind.

Two made-up regions' data take turns, so that every run would put another report in the place of the
one that is there. Linux only, where processes can be told.
"""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from helpers import simulate
from helpers.bench.copied_project import CopiedProject, copied
from helpers.bench.processes import CommandStopped, Processes
from helpers.contracts import Text
from helpers.validation import table

_YEAR: Final = 2024
_ONLY: Final = ("10_data_quality", "40_satisfaction_trends")
_LOOK_EVERY_SECONDS: Final = 0.005
_PROCESSES_EVERY_SECONDS: Final = 0.25
_GONE_WITHIN_SECONDS: Final = 20.0
_ASIDE: Final = ".evaluasi-"
# The time of a run, and the earlier manifest that a page names, which tells it.
_PASSING: Final = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d|(?<=sha256 )[0-9a-f]{12}")
Phase = Literal["running", "publishing"]
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class KilledRun:
    """What became of a killed run and of the one after it.

    Attributes
    ----------
    phase : whether its moment was drawn over the whole run, or from when its report is written on.
    stood : which report stood afterwards, whole: the one before, that one moved aside (the next run
        puts it back), the new one, or none.
    torn : pages beside it that were neither as before nor new.
    finished : whether the next run ended well and left the new report and no other file.
    left : files and folders of dead processes after that.
    alive : processes that outlived the killed one.
    """

    phase: Phase
    stood: Literal["before", "aside", "new", "none"]
    torn: tuple[str, ...]
    finished: bool
    left: tuple[str, ...]
    alive: int

    @property
    def well(self) -> bool:
        """Whether all that is promised held."""
        lost = self.stood == "none" or self.torn or self.left or self.alive
        return self.finished and not lost


@dataclass(frozen=True, slots=True)
class _Undisturbed:
    """A run that ended by itself: of which data, its report, and how long all of it and the writing
    of its report took.
    """

    data: Path
    report: Files
    seconds: float
    publishing: float


def ask(kills: int, seed: int = 0) -> list[KilledRun]:
    """Kill runs, every second one while its report is being written, and say what became of each.

    Parameters
    ----------
    kills : how many.
    seed : of the moments, which are shares of how long an undisturbed run takes here.
    """
    drawn = random.Random(seed)
    with copied("en", private=False) as copy:
        runs = [_undisturbed(copy, _written(copy.root / f"region{n}", n)) for n in (1, 2)]
        told = []
        for number in range(kills):
            # The second was the last to be made, so that it stands when the first begins anew.
            new, old = runs[number % 2], runs[1 - number % 2]
            phase: Phase = "publishing" if number % 2 else "running"
            told.append(_killed(copy, old.report, new, phase, drawn.random()))
        return told


def untimed(content: bytes) -> bytes:
    """A page without what changes from run to run, and with it nothing else.

    Parameters
    ----------
    content : of a file of a report.
    """
    return _PASSING.sub(b"TIME", content)


def _written(place: Path, seed: int) -> Path:
    world = simulate.World(
        seed=seed, employees=60, units=5, forms_per_year=120, first_year=_YEAR - 1, last_year=_YEAR
    )
    simulate.write(world, place / "data")
    return place / "data"


def _words(copy: CopiedProject, data: Path) -> tuple[str, ...]:
    only = [word for name in _ONLY for word in ("--only", name)]
    out = str(copy.reports)
    return ("run", "--year", str(_YEAR), "--data", str(data), "--out", out, *only)


def _undisturbed(copy: CopiedProject, data: Path) -> _Undisturbed:
    _forget(copy)
    started = time.monotonic()
    with copy.started(*_words(copy, data)) as run:
        while run.poll() is None and not _aside(copy.reports):
            time.sleep(_LOOK_EVERY_SECONDS)
        published = time.monotonic()
        run.wait()
    ended = time.monotonic()
    return _Undisturbed(data, _report(copy), ended - started, ended - published)


def _forget(copy: CopiedProject) -> None:
    """What earlier runs have kept, so that the next one has everything to do."""
    shutil.rmtree(copy.root / "data" / "prepared", ignore_errors=True)


def _killed(
    copy: CopiedProject, old: Files, new: _Undisturbed, phase: Phase, share: float
) -> KilledRun:
    _forget(copy)
    with copy.started(*_words(copy, new.data)) as run:
        processes = Processes(run.pid)
        looks = _looks(processes)
        if phase == "publishing":
            while run.poll() is None and not _aside(copy.reports):
                next(looks)
        moment = time.monotonic() + share * (
            new.publishing if phase == "publishing" else new.seconds
        )
        while run.poll() is None and time.monotonic() < moment:
            next(looks)
        run.kill()
        run.wait()
        alive = _outliving(processes)
    stood, torn = _standing(copy, old, new.report)
    try:
        copy.evaluasi(*_words(copy, new.data))
        finished = _report(copy) == new.report
    except CommandStopped:
        finished = False
    return KilledRun(phase, stood, torn, finished, tuple(_left(copy)), alive)


def _looks(processes: Processes) -> Iterator[None]:
    """Short pauses, in which the processes of the run are told now and then: once seen, they are
    known when who started them is dead.
    """
    due = 0.0
    while True:
        if time.monotonic() >= due:
            processes.look()
            due = time.monotonic() + _PROCESSES_EVERY_SECONDS
        time.sleep(_LOOK_EVERY_SECONDS)
        yield


def _outliving(processes: Processes) -> int:
    deadline = time.monotonic() + _GONE_WITHIN_SECONDS
    while (alive := processes.look()) and time.monotonic() < deadline:
        time.sleep(_PROCESSES_EVERY_SECONDS)
    return len(alive)


def _aside(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_ASIDE}*"))


def _read(folder: Path) -> Files:
    """Every file below a folder; the manifest tells times and durations only beside what the pages
    tell, too.
    """
    return {
        path.relative_to(folder).as_posix(): untimed(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def _report(copy: CopiedProject) -> Files:
    return _read(copy.reports)


def _standing(
    copy: CopiedProject, old: Files, new: Files
) -> tuple[Literal["before", "aside", "new", "none"], tuple[str, ...]]:
    """Which year's report stands, and what beside it is neither of the old nor of the new."""
    now = {n: c for n, c in _report(copy).items() if not n.startswith(_ASIDE)}
    whole = {name: _year(files) for name, files in (("before", old), ("new", new))}
    beside = {*old, *new} - {*_year(old), *_year(new)}
    torn = tuple(sorted(n for n in beside if now.get(n) not in (old.get(n), new.get(n))))
    if _year(now) == whole["before"]:
        return "before", torn
    if _year(now) == whole["new"]:
        return "new", torn
    moved = [p for p in _aside(copy.reports) if p.name.endswith(f"-old-{_YEAR}")]
    put_back = [{f"{_YEAR}/{n}": c for n, c in _read(p).items()} for p in moved]
    return ("aside" if not _year(now) and whole["before"] in put_back else "none"), torn


def _year(files: Files) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith(f"{_YEAR}/")}


def _left(copy: CopiedProject) -> Iterator[str]:
    """What dead processes have left beside the report, among what is kept and among what the system
    has for the time being.
    """
    prepared = copy.root / "data" / "prepared"
    for place in (copy.reports, prepared):
        yield from (p.relative_to(place).as_posix() for p in sorted(place.rglob(f"{_ASIDE}*")))
    yield from (p.name for p in sorted((prepared / "locks").glob("*.holder")))
    with contextlib.suppress(FileNotFoundError):
        yield from (p.name for p in sorted((copy.root / "tmp").iterdir()))


_PHASES: Final[dict[Phase, Text]] = {
    "running": Text("kapan saja selama proses", "at any moment of the run"),
    "publishing": Text("selagi laporannya ditulis", "while its report is written"),
}
_COLUMNS: Final = (
    Text("dimatikan", "killed"),
    Text("kali", "times"),
    Text("laporan lama utuh", "report before whole"),
    Text("laporan lama utuh, di samping", "report before whole, moved aside"),
    Text("laporan baru utuh", "new report whole"),
    Text("tidak utuh", "not whole"),
    Text("proses berikutnya gagal", "next run failed"),
    Text("ada yang tertinggal", "something left behind"),
    Text("proses tertinggal", "processes left"),
)


def write(told: Sequence[KilledRun], folder: Path) -> Text:
    """The results as a table by phase, kept as ``kills.md`` in both languages.

    Parameters
    ----------
    told : of each kill.
    folder : made where absent.
    """
    rows = [_row(text, [t for t in told if t.phase == phase]) for phase, text in _PHASES.items()]
    what = ", ".join(_ONLY)
    made = Text(
        f"Dibuat dengan `evaluasi validate --kills {len(told)}`: `kill -9` atas proses "
        f"`evaluasi run` (notebook {what}; 60 pegawai buatan) pada saat acak; lalu proses yang "
        'sama sekali lagi. "Di samping": mati di antara dua pemindahan folder; proses berikutnya '
        "mengembalikannya.",
        f"Made by `evaluasi validate --kills {len(told)}`: `kill -9` of the process of "
        f"`evaluasi run` (notebooks {what}; 60 made-up employees) at random moments; then the same "
        'run again. "Moved aside": dead between the two moves of a folder; the next run puts it '
        "back.",
    )
    said = table.page(
        Text("Proses yang dimatikan", "Killed runs"),
        made,
        [(Text("Yang terjadi", "What became of them"), Text(), table.table(_COLUMNS, rows))],
    )
    table.write(said, folder, "kills")
    return said


def _row(phase: Text, told: Sequence[KilledRun]) -> tuple[Text, ...]:
    counts = (
        len(told),
        sum(t.stood == "before" and not t.torn for t in told),
        sum(t.stood == "aside" and not t.torn for t in told),
        sum(t.stood == "new" and not t.torn for t in told),
        sum(t.stood == "none" or bool(t.torn) for t in told),
        sum(not t.finished for t in told),
        sum(bool(t.left) for t in told),
        sum(bool(t.alive) for t in told),
    )
    return (phase, *map(Text.same, counts))
