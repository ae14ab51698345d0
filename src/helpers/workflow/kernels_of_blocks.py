"""Which kernels run in which block of `kernels`, so that none goes on after it."""

from __future__ import annotations

import threading
from typing import Any, Final


class RunIsOver(RuntimeError):
    """A kernel was asked for after the block of `kernels` had ended."""


class _Running:
    """The kernels of each block, so that none goes on after it: a run that is stopped does not wait
    for the notebooks under way.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._started: dict[str, list[Any]] = {}
        self._closed: set[str] = set()

    def add(self, folder: str, process: Any) -> None:
        """Note a kernel's process under its block's folder; one that comes too late is killed.

        Parameters
        ----------
        folder : the block's own folder, which names it.
        process : what can be polled and killed.

        Raises
        ------
        RunIsOver : the block has ended.
        """
        with self._lock:
            self._started.setdefault(folder, []).append(process)
            closed = folder in self._closed
        if closed:
            process.kill()
            raise RunIsOver(folder)

    def close(self, folder: str) -> None:
        """Kill what still runs in a block, and let nothing start in it any more."""
        with self._lock:
            self._closed.add(folder)
            started = self._started.pop(folder, [])
        for process in started:
            if process.poll() is None:
                process.kill()


running: Final = _Running()
