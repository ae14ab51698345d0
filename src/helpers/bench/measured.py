"""One command, measured from outside: seconds on the clock, and the memory of all its processes."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from helpers.contracts import EvaluasiError, Text

_EVERY: Final = 0.1
_LAST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds from start to end, and the most memory (MB) that the processes held together; pages
    that they share count once for each of them.
    """

    seconds: float
    peak_mb: float

    def __add__(self, other: Measured) -> Measured:
        """One after the other."""
        return Measured(self.seconds + other.seconds, max(self.peak_mb, other.peak_mb))


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run a command to its end.

    Parameters
    ----------
    command : the program and its arguments.
    folder : in which it starts.

    Raises
    ------
    EvaluasiError : it ended with another code than 0; the message ends with its last words.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            peak, said = _watched(process)
        except BaseException:
            # Whatever stops us, Ctrl-C among it, leaves no process behind.
            end(process.pid)
            raise
    seconds = time.perf_counter() - started
    if process.returncode:
        name, words = " ".join(command[1:4]), said[-_LAST_WORDS:].strip()
        raise EvaluasiError(
            Text(
                f"{name}: berakhir dengan kode {process.returncode}, sehingga tidak ada yang "
                f"diukur: {words}\n  Perbaiki: jalankan perintah itu sendiri lebih dulu.",
                f"{name}: ended with code {process.returncode}, so that nothing was measured: "
                f"{words}\n  Remedy: run that command by itself first.",
            )
        )
    return Measured(seconds, peak / 1e6)


def _watched(process: subprocess.Popen[bytes]) -> tuple[float, str]:
    """The most memory held until the end, in bytes, and what was said on stderr."""
    peak, said = 0.0, b""
    while True:
        peak = max(peak, _held(process.pid))
        try:
            _, said = process.communicate(timeout=_EVERY)
        except subprocess.TimeoutExpired:
            continue
        return peak, said.decode(errors="replace")


def _held(pid: int) -> float:
    """Memory of a process and all below it; of those that have ended meanwhile nothing."""
    total = 0.0
    for one in _family(pid):
        with contextlib.suppress(psutil.Error):
            total += one.memory_info().rss
    return total


def _family(pid: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []


def end(pid: int) -> None:
    """End a process and all below it.

    Parameters
    ----------
    pid : of the process; one that has ended already is no error.
    """
    family = _family(pid)
    for one in family:
        with contextlib.suppress(psutil.Error):
            one.kill()
    psutil.wait_procs(family, timeout=10)
