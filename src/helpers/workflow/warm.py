"""Kernels forked from a parent that has the heavy imports done: a fresh process for each notebook, at once.

Where processes cannot be forked (Windows, macOS), or the parent is away, the ordinary kernel is started.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

KERNEL: Final = "evaluasi-warm"
ORDINARY: Final = "python3"
_READY_WITHIN_SECONDS: Final = 60
_LOOK_EVERY_SECONDS: Final = 0.2


@contextlib.contextmanager
def kernels() -> Iterator[str]:
    """The name of the kernel to run notebooks with, for as long as the parent lives."""
    if not sys.platform.startswith("linux"):
        yield ORDINARY
        return
    with tempfile.TemporaryDirectory(prefix="evaluasi-") as place:
        address = str(Path(place) / "s")
        log = Path(place) / "log"
        with log.open("wb") as err:
            parent = subprocess.Popen([sys.executable, "-m", "helpers.workflow.warm", address], stdin=subprocess.DEVNULL, stdout=err,
                                      stderr=err)  # fmt: skip
        before = os.environ.get("JUPYTER_PATH")
        try:
            if not _ready(parent, address):
                yield ORDINARY
                return
            _describe(Path(place), address)
            os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (place, before)))
            yield KERNEL
        finally:
            os.environ.pop("JUPYTER_PATH", None)
            if before is not None:
                os.environ["JUPYTER_PATH"] = before
            parent.terminate()
            parent.wait()


def _ready(parent: subprocess.Popen[bytes], address: str) -> bool:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and parent.poll() is None:
        if os.path.exists(address):
            return True
        time.sleep(0.05)
    return False


def _describe(place: Path, address: str) -> None:
    """A kernel specification that names our provisioner and where its parent listens."""
    folder = place / "kernels" / KERNEL
    folder.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
        "metadata": {"kernel_provisioner": {"provisioner_name": KERNEL, "config": {"address": address}}},
    }
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


class WarmProvisioner(LocalProvisioner):
    """Asks the parent to fork a kernel; starts an ordinary one where the parent does not answer."""

    address: str = Unicode("", config=True)  # type: ignore[assignment]

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        try:
            pid = _ask(self.address, {"argv": cmd[-2:], "cwd": kwargs.get("cwd"), "env": kwargs.get("env", {})})
        except OSError:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = _Forked(pid)  # type: ignore[assignment]
        self.pid = pid
        self.pgid = pid
        return self.connection_info


class _Forked:
    """A process that is the parent's child, seen from here by its number only."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        while self.poll() is None:
            time.sleep(0.02)
        return 0

    def send_signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _ask(address: str, request: dict[str, Any]) -> int:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
        s.settimeout(30)
        s.connect(address)
        s.sendall(json.dumps(request).encode() + b"\n")
        with s.makefile() as answer:
            line = answer.readline()
    if not line:
        raise ConnectionError("no answer")
    return int(line)


def serve(address: str) -> None:
    """Import what notebooks need, then fork a kernel for each request until the run that started us is over."""
    starter = os.getppid()
    _import_all()
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(address + ".new")
        listener.listen()
        listener.settimeout(_LOOK_EVERY_SECONDS)
        os.rename(address + ".new", address)
        try:
            while os.getppid() == starter:
                _bury(children)
                try:
                    caller, _ = listener.accept()
                except TimeoutError:
                    continue
                _answer(caller, listener, children)
        finally:
            for pid in children:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)


def _import_all() -> None:
    import matplotlib

    matplotlib.use("agg")
    import diff_diff  # noqa: F401
    import matplotlib.pyplot
    import statsmodels.api  # noqa: F401

    from helpers import causal, describe, findings, intake, measures, present, publish  # noqa: F401


def _bury(children: set[int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (dead := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            children.discard(dead)


def _answer(caller: socket.socket, listener: socket.socket, children: set[int]) -> None:
    with caller, caller.makefile() as lines:
        line = lines.readline()
        if not line:
            return
        request = json.loads(line)
        pid = os.fork()
        if pid:
            children.add(pid)
            caller.sendall(f"{pid}\n".encode())
            return
    listener.close()
    _become_kernel(request)


def _become_kernel(request: dict[str, Any]) -> None:
    """The child: a process group of its own, the asked-for environment, and from here on an ordinary kernel."""
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    void = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(void, stream)
    os.environ.update(request["env"] or {})
    if request["cwd"]:
        os.chdir(request["cwd"])
    sys.argv = ["ipykernel_launcher", *request["argv"]]
    code = 1
    try:
        IPKernelApp.launch_instance(argv=request["argv"])
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1])
