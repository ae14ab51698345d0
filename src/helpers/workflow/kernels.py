"""Kernels to run notebooks with: forked from a warm parent where that can be, over sockets in a
folder of their own.

Where processes cannot be forked (Windows, macOS), or the parent is away, the ordinary kernel is
started; where there are no Unix sockets (Windows) it speaks over TCP. Nothing outlives the run: the
parent watches a pipe that ends with the run, and every forked kernel dies with the parent.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from helpers.contracts import temporary_folder
from helpers.stopping import unbroken
from helpers.workflow.kernels_of_blocks import running

_SOCKET: Final = "s"
_PROVISIONER: Final = "evaluasi-warm"
ORDINARY: Final = "python3"
_READY_WITHIN_SECONDS: Final = 60
_ENDS_WITHIN_SECONDS: Final = 10
_ANSWERS_WITHIN_SECONDS: Final = 30
# A socket's whole path may have 104 characters on macOS and 108 on Linux.
_LONGEST_FOLDER: Final = 60


@contextlib.contextmanager
def kernels() -> Iterator[str]:
    """The name of the kernel to run notebooks with, for as long as the block lasts."""
    with begun() as name:
        yield name()


@contextlib.contextmanager
def begun() -> Iterator[Callable[[], str]]:
    """Kernels whose warm parent starts while other work is done: waits for it, and gives the name
    of the kernel to run notebooks with for as long as the block lasts.
    """
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        yield lambda: ORDINARY
        return
    short = None if len(tempfile.gettempdir()) <= _LONGEST_FOLDER else "/tmp"
    with contextlib.ExitStack() as held:
        with unbroken():
            folder = held.enter_context(temporary_folder(short))
            parent = _start(Path(folder), held)
        address = str(Path(folder) / _SOCKET)
        # A name of its own: a notebook that is late must not get a kernel of another block.
        name = Path(folder).name.lower()

        def described() -> str:
            _describe(Path(folder), name, address if parent and _ready(parent, address) else "")
            return name

        before = os.environ.get("JUPYTER_PATH")
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (folder, before)))
        try:
            yield described
        finally:
            running.close(folder)
            if before is None:
                os.environ.pop("JUPYTER_PATH", None)
            else:
                os.environ["JUPYTER_PATH"] = before


def _start(folder: Path, held: contextlib.ExitStack) -> subprocess.Popen[bytes] | None:
    """A warm parent, which ends with the block that holds it; None where there can be none."""
    if not sys.platform.startswith("linux"):
        return None
    address = folder / _SOCKET
    with (folder / "log").open("wb") as log:
        # The parent reads its standard input only to see it end, which it does when this process
        # does, however that dies.
        parent = subprocess.Popen(
            [sys.executable, "-m", "helpers.workflow.warm", str(address)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )
    held.callback(_end, parent, address)
    return parent


def _end(parent: subprocess.Popen[bytes], address: Path) -> None:
    assert parent.stdin is not None
    parent.stdin.close()
    if not address.exists():
        # It still imports, has no kernels yet, and nobody should wait for it.
        parent.kill()
    try:
        parent.wait(_ENDS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        parent.kill()
        parent.wait()


def _ready(parent: subprocess.Popen[bytes], address: str) -> bool:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and parent.poll() is None:
        if os.path.exists(address):
            return True
        time.sleep(0.05)
    return False


def _describe(folder: Path, name: str, address: str) -> None:
    """A kernel specification that names our provisioner, its folder, and where the warm parent
    listens.
    """
    place = folder / "kernels" / name
    place.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
        "metadata": {
            "kernel_provisioner": {
                "provisioner_name": _PROVISIONER,
                "config": {"address": address, "folder": str(folder)},
            }
        },
    }
    (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


class Provisioner(LocalProvisioner):
    """Gives a kernel sockets in the run's own folder, and asks the warm parent to fork it."""

    address: str = Unicode("", config=True)  # type: ignore[assignment]
    folder: str = Unicode("", config=True)  # type: ignore[assignment]

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        manager = self.parent
        if manager is not None and self.folder:
            # A folder that only its owner may enter: no port to race for, nothing for another user
            # to read.
            manager.transport = "ipc"
            manager.connection_file = str(Path(self.folder) / f"{self.kernel_id[:8]}.json")
            manager.ip = str(Path(self.folder) / self.kernel_id[:8])
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        try:
            pid = ask(
                self.address,
                {"argv": cmd[-2:], "cwd": kwargs.get("cwd"), "env": kwargs.get("env", {})},
            )
        except OSError:
            info = await super().launch_kernel(cmd, **kwargs)
            running.add(self.folder, self.process)
            return info
        self.process = Forked(pid)  # type: ignore[assignment]
        self.pid = pid
        self.pgid = pid
        running.add(self.folder, self.process)
        return self.connection_info


class Forked:
    """A process that is the parent's child, not ours: seen through a descriptor, or by its state
    where there is none.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid
        self._ended = False
        self._descriptor = -1
        try:
            self._descriptor = os.pidfd_open(pid)
            # Not when the process ends: another thread may be looking, or have opened a file that
            # was given the same number.
            weakref.finalize(self, os.close, self._descriptor)
        except ProcessLookupError:
            self._ended = True
        except (
            AttributeError,
            OSError,
        ):  # a build without it, an old system, or one that forbids it
            pass

    def poll(self) -> int | None:
        """0 once the process has ended, buried or not; None before."""
        self._ended = self._ended or self._over(0.0)
        return 0 if self._ended else None

    def wait(self, timeout: float = _ENDS_WITHIN_SECONDS) -> int:
        """Wait until it has ended; one that does not end in time is killed."""
        for kill in (False, True):
            if kill:
                self.kill()
            deadline = time.monotonic() + timeout
            while self.poll() is None and (left := deadline - time.monotonic()) > 0:
                self._over(min(left, 0.1))
        return 0

    def _over(self, seconds: float) -> bool:
        if self._descriptor >= 0:
            return bool(select.select([self._descriptor], [], [], seconds)[0])
        time.sleep(seconds)
        try:
            # The state stands behind the command's name, which may hold anything but ends with the
            # last bracket.
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] in (
                "Z",
                "X",
            )
        except (OSError, IndexError):
            return True

    def send_signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def ask(address: str, request: dict[str, Any]) -> int:
    """Ask the warm parent for a kernel; the number of the process that it forked.

    Parameters
    ----------
    address : path of the parent's socket; empty where there is no parent.
    request : ``argv`` for the kernel's launcher (``-f FILE``), its ``cwd``, and the ``env`` on top
        of the parent's own.

    Raises
    ------
    OSError : there is no parent, or it does not answer.
    """
    if not address:
        raise ConnectionError("no warm parent")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
        s.settimeout(_ANSWERS_WITHIN_SECONDS)
        s.connect(address)
        s.sendall(json.dumps(request).encode() + b"\n")
        with s.makefile() as answer:
            line = answer.readline()
    if not line.strip().isdigit():
        raise ConnectionError("no answer")
    return int(line)
