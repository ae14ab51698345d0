"""The warm parent: a process that has the heavy imports done and forks a kernel for each request,
fresh and at once.

It is started by `kernels.kernels` and ends when its standard input does. Linux only.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
from typing import Any, Final

_LOOK_EVERY_SECONDS: Final = 0.2
_ASKS_WITHIN_SECONDS: Final = 5.0
_PR_SET_PDEATHSIG: Final = 1


def serve(address: str) -> None:
    """Import what notebooks need, then fork a kernel for each request until the run that started us
    is over.
    """
    _import_all()
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    all_imported = False
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(address + ".new")
        listener.listen()
        os.rename(address + ".new", address)
        try:
            while True:
                _bury(children)
                ready = select.select([listener, sys.stdin], [], [], _LOOK_EVERY_SECONDS)[0]
                if sys.stdin in ready:
                    return
                if listener in ready:
                    _answer(listener, children)
                elif not all_imported:
                    # The data are still read or the first notebooks run; those of effects find it
                    # imported.
                    _import_for_effects()
                    all_imported = True
        finally:
            for pid in children:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)


def _import_all() -> None:
    import matplotlib

    matplotlib.use("agg")
    import diff_diff  # noqa: F401
    import ipykernel.debugger  # noqa: F401
    import matplotlib.pyplot
    import pandas
    import pandera.pandas
    import statsmodels.api  # noqa: F401

    from helpers import causal, describe, findings, intake, measures, present, publish, questions  # noqa: F401

    # What a first use would load, in every kernel by itself.
    findings.vocabulary()
    pandera.pandas.DataFrameSchema.register_default_backends(pandas.DataFrame)


def _import_for_effects() -> None:
    import statspai  # noqa: F401

    gc.freeze()


def _bury(children: set[int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (dead := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            children.discard(dead)


def _answer(listener: socket.socket, children: set[int]) -> None:
    parent = os.getpid()
    caller, _ = listener.accept()
    # Who asks and then says nothing must not keep the parent from seeing its run end.
    caller.settimeout(_ASKS_WITHIN_SECONDS)
    with caller, caller.makefile() as lines:
        try:
            request = json.loads(lines.readline())
        except (OSError, ValueError):
            return
        pid = os.fork()
        if pid:
            children.add(pid)
            with contextlib.suppress(OSError):
                caller.sendall(f"{pid}\n".encode())
            return
    try:
        # What the parent does at its end is not the child's to do: the other kernels go on.
        children.clear()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        listener.close()
        _become_kernel(request, parent)
    finally:
        os._exit(1)


def _become_kernel(request: dict[str, Any], parent: int) -> None:
    """The child: a process group of its own, the asked-for environment, and from here on an
    ordinary kernel.
    """
    # However the parent dies, this process dies with it.
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    void = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(void, stream)
    os.environ.update(request["env"] or {})
    if request["cwd"]:
        os.chdir(request["cwd"])
    sys.argv = ["ipykernel_launcher", *request["argv"]]
    IPKernelApp.launch_instance(argv=request["argv"])
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])
