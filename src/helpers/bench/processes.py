"""A command in a process of its own: how long it took, and how much memory it and every process
below it held at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from helpers.contracts import EvaluasiError, Text
from helpers.stopping import unbroken

_PROC: Final = Path("/proc")
# Looked at often at first, since some commands are over at once, and then seldom enough that
# looking takes no time from what is measured.
_SOONEST_SECONDS: Final = 0.01
_LATEST_SECONDS: Final = 0.2
_OF_WHAT_HAS_PASSED: Final = 0.02
_ENDS_WITHIN_SECONDS: Final = 10
_LINES_TOLD: Final = 12
# When nothing started that lives.
_GONE: Final = "gone"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: seconds by the clock on the wall, and the resident memory of its
    processes together where it was most, in MB; None where this system does not tell.
    """

    seconds: float
    peak_mb: float | None


class CommandStopped(EvaluasiError):
    """A command that was to be measured did not end well."""


@dataclass(slots=True)
class Processes:
    """A process and all below it, as far as Linux tells of them; one that was once seen is known by
    the time of its start, also when the process that started it is gone.

    Attributes
    ----------
    root : the number of the first.
    """

    root: int
    _seen: dict[int, str] = field(default_factory=dict)
    _started: str = field(init=False)

    def __post_init__(self) -> None:
        self._started = _told().get(self.root, (0, _GONE))[1]

    def look(self) -> list[int]:
        """Those that live now; empty where the system does not tell."""
        told = _told()
        below: dict[int, list[int]] = {}
        for pid, (parent, _) in told.items():
            below.setdefault(parent, []).append(pid)
        # A number may have been given to another process in the meantime.
        self._seen = {p: s for p, s in self._seen.items() if p in told and told[p][1] == s}
        first = [self.root] if told.get(self.root, (0, ""))[1] == self._started else []
        waiting = [*first, *self._seen]
        while waiting:
            pid = waiting.pop()
            self._seen[pid] = told[pid][1]
            waiting += [child for child in below.get(pid, ()) if child not in self._seen]
        return sorted(self._seen)

    def resident_mb(self) -> float | None:
        """What they hold in memory together; pages that several share count in each."""
        pages = [p for pid in self.look() if (p := _pages(pid)) is not None]
        return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6 if pages else None


def _told() -> dict[int, tuple[int, str]]:
    """Parent and time of start of each living process, by number."""
    found: dict[int, tuple[int, str]] = {}
    if not sys.platform.startswith("linux"):
        return found
    with contextlib.suppress(OSError):
        for name in filter(str.isdigit, os.listdir(_PROC)):
            # The command's name may hold anything but ends with the last bracket.
            with contextlib.suppress(OSError, IndexError, ValueError):
                rest = (_PROC / name / "stat").read_text().rpartition(")")[2].split()
                if rest[0] not in ("Z", "X"):
                    found[int(name)] = (int(rest[1]), rest[19])
    return found


def _pages(pid: int) -> int | None:
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int((_PROC / str(pid) / "statm").read_text().split()[1])
    return None


class _Watch:
    """Looks at processes from a thread of its own until it is told to stop."""

    def __init__(self, processes: Processes) -> None:
        self.peak_mb: float | None = None
        self._processes = processes
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        started = time.monotonic()
        while True:
            held = self._processes.resident_mb()
            if held is not None:
                self.peak_mb = max(held, self.peak_mb or 0.0)
            passed = time.monotonic() - started
            pause = min(max(passed * _OF_WHAT_HAS_PASSED, _SOONEST_SECONDS), _LATEST_SECONDS)
            if self._over.wait(pause):
                return

    def stop(self) -> None:
        self._over.set()
        self._thread.join()


def run(
    command: Sequence[str], *, shown: str, folder: Path, environment: Mapping[str, str]
) -> Spent:
    """Run a command to its end; no process of it is left, however it ends.

    Parameters
    ----------
    command : the program and its arguments.
    shown : how the command is called in a message, without paths.
    folder : where it is started.
    environment : all of its environment.

    Raises
    ------
    CommandStopped : it ended with another code than 0. What an ``evaluasi`` said is told; what
        other programs say may hold people's data, and is not.
    """
    said = folder / "said"
    with contextlib.ExitStack() as held:
        with unbroken():
            out = held.enter_context(said.open("wb"))
            started = time.perf_counter()
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=out,
                start_new_session=True,
            )
            processes = Processes(process.pid)
            held.callback(_end, process, processes)
            watch = _Watch(processes)
            held.callback(watch.stop)
        code = process.wait()
        seconds = time.perf_counter() - started
    if code:
        raise CommandStopped(_what_stopped(shown, code, _message(said)))
    return Spent(seconds, watch.peak_mb)


def _end(process: subprocess.Popen[bytes], processes: Processes) -> None:
    """Whatever of them still lives: asked to end, so that it can clear up, and then made to."""
    processes.look()
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_ENDS_WITHIN_SECONDS)
    deadline = time.monotonic() + _ENDS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        left = processes.look()
        if not left and process.poll() is not None:
            return
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        if process.poll() is None:
            process.kill()
        time.sleep(0.05)


def _message(said: Path) -> str:
    """The last lines that an ``evaluasi`` said."""
    lines = said.read_text(encoding="utf-8", errors="replace").splitlines()
    if any(line.startswith("Traceback") for line in lines):
        return ""
    return "\n".join(f"  {line}" for line in lines[-_LINES_TOLD:])


def _what_stopped(shown: str, code: int, message: str) -> Text:
    evaluasi = shown.startswith("evaluasi ")
    told = f"\n{message}" if evaluasi and message else ""
    return Text(
        f"bench: `{shown}` berhenti dengan kode {code}; seharusnya 0. Tidak ada yang diukur.{told}"
        "\n  Perbaiki: jalankan perintah itu sendiri dengan data yang sama sampai berhasil, lalu "
        "ulangi bench.",
        f"bench: `{shown}` ended with code {code}; expected 0. Nothing was measured.{told}"
        "\n  Remedy: run that command by itself on the same data until it ends well, then repeat "
        "bench.",
    )
