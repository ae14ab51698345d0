"""Being told to stop (Ctrl-C, a closed terminal, ``kill``): an exception, so that every block on
the way clears what it holds.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Final

_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
# What shells add to a signal's number to make an exit code.
_EXIT: Final = 128


class Stopped(KeyboardInterrupt):
    """The process was told to stop; ``code`` is the exit code that says by which signal."""

    def __init__(self, number: int):
        self.code = _EXIT + number
        super().__init__(number)


class _Waiting:
    """The signal that came while it could not be heeded, and how deep we are in such blocks."""

    depth = 0
    number = 0


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """A block in which the first of the signals raises `Stopped`, and the others are ignored while
    it clears up; what was ignored before (``nohup``) stays ignored.

    Raises
    ------
    Stopped : in the main thread, wherever it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    heeded = [number for number, handler in before.items() if handler is not signal.SIG_IGN]

    def stop(number: int, _: FrameType | None) -> None:
        # A handler, not SIG_IGN, which processes started from here would inherit.
        for each in heeded:
            signal.signal(each, lambda *_: None)
        if _Waiting.depth:
            _Waiting.number = number
        else:
            raise Stopped(number)

    for number in heeded:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, before[number])


@contextlib.contextmanager
def unbroken() -> Iterator[None]:
    """A short block that is not left in its midst: what it made is in hands that clear it before
    `Stopped` is raised at its end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _Waiting.depth += 1
    try:
        yield
    finally:
        _Waiting.depth -= 1
        if not _Waiting.depth and _Waiting.number:
            number, _Waiting.number = _Waiting.number, 0
            raise Stopped(number)
