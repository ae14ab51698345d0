"""Kernels: nothing hangs on a process that has ended, and nothing outlives the run that started it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from helpers import intake, workflow
from helpers.contracts import EvaluasiError, Text, project
from helpers.workflow import execute
from helpers.workflow.kernels import ORDINARY, Forked, ask, kernels
from tests.conftest import processes_with

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks kernels")


@linux
@pytest.mark.parametrize("descriptor", ["there", "forbidden", "absent"])
def test_a_zombie_has_ended(descriptor: str, monkeypatch: pytest.MonkeyPatch):
    if descriptor == "absent":
        monkeypatch.delattr(os, "pidfd_open")
    if descriptor == "forbidden":
        monkeypatch.setattr(
            os, "pidfd_open", lambda pid: (_ for _ in ()).throw(OSError("forbidden"))
        )
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    seen = Forked(child.pid)
    deadline = time.monotonic() + 20
    while seen.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    # Nobody has waited for it, so it is a zombie still.
    assert Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    assert seen.poll() == 0 and seen.wait(0.1) == 0
    child.wait()


@linux
def test_a_descriptor_stays_its_own_until_nobody_looks_any_more():
    """A run that is stopped looks at its kernels from one thread while another waits for them."""
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    seen = Forked(child.pid)
    descriptor = seen._descriptor
    assert seen.wait(20) == 0 and child.wait() == 0
    assert seen._over(0.0) and os.fstat(descriptor)
    del seen
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


@linux
def test_a_process_that_does_not_end_is_killed_when_its_time_is_over():
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)",
        ]
    )
    seen = Forked(child.pid)
    assert seen.poll() is None
    assert seen.wait(0.3) == 0
    assert child.wait(10) == -signal.SIGKILL


def _notebook(path: Path, source: str) -> Path:
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
    return path


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets")
def test_kernels_speak_over_sockets_in_a_folder_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    source = "import json, ipykernel\nprint(open(ipykernel.get_connection_file()).read())"
    with kernels() as kernel:
        assert kernel != ORDINARY
        entry = execute.execute(
            _notebook(tmp_path / "10_own.ipynb", source), {}, "own", kernel=kernel
        )
        said = json.loads(
            nbformat.read(entry.notebook("id"), as_version=4).cells[-1].outputs[0].text
        )
        folder = Path(said["ip"]).parent
        assert said["transport"] == "ipc" and folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


@linux
def test_who_is_late_gets_no_kernel_of_the_block_around():
    """A stopped run inside another would wait for a notebook that nobody ends."""
    from jupyter_client.kernelspec import KernelSpecManager

    with kernels() as outer:
        with kernels() as inner:
            assert {outer, inner} <= set(KernelSpecManager().find_kernel_specs())
        assert inner not in KernelSpecManager().find_kernel_specs()
        assert outer in KernelSpecManager().find_kernel_specs()


@linux
def test_a_kernel_that_cannot_start_leaves_the_others_alone(tmp_path: Path):
    with kernels():
        spec = next(
            Path(os.environ["JUPYTER_PATH"].split(os.pathsep)[0]).glob("kernels/*/kernel.json")
        )
        address = json.loads(spec.read_text())["metadata"]["kernel_provisioner"]["config"][
            "address"
        ]
        file = tmp_path / "connection.json"
        good = Forked(ask(address, {"argv": ["-f", str(file)], "cwd": str(tmp_path), "env": {}}))
        bad = Forked(ask(address, {"argv": ["-f", "x"], "cwd": str(tmp_path / "none"), "env": {}}))
        assert bad.wait() == 0
        time.sleep(1.0)
        assert good.poll() is None
        again = Forked(
            ask(address, {"argv": ["-f", "x"], "cwd": str(tmp_path / "none"), "env": {}})
        )
        assert again.wait() == 0


@linux
@pytest.mark.parametrize("whom", ["the run", "the warm parent"])
def test_kernels_end_with_whoever_started_them(whom: str, tmp_path: Path):
    path = _notebook(
        tmp_path / "10_slow.ipynb",
        f"open({str(tmp_path / 'ran')!r}, 'w').close()\nimport time\ntime.sleep(600)",
    )
    script = f"""
import sys; from pathlib import Path
from helpers.contracts import project
project.PREPARED = Path({str(tmp_path / "prepared")!r})
from helpers.workflow.execute import execute
from helpers.workflow.kernels import kernels
with kernels() as kernel:
    execute(Path({str(path)!r}), {{}}, "slow", kernel=kernel)
"""
    mark = f"EVALUASI_TEST_KILL={tmp_path}"
    run = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, **dict([mark.split("=", 1)])},
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 120
        while (
            not (tmp_path / "ran").exists() and time.monotonic() < deadline and run.poll() is None
        ):
            time.sleep(0.1)
        assert (tmp_path / "ran").exists()
        others = [p for p in processes_with(mark) if p != run.pid]
        parent = next(
            p
            for p in others
            if "helpers.workflow.warm" in Path(f"/proc/{p}/cmdline").read_text()
            and _parent_of(p) == run.pid
        )
        assert len(others) == 2
        os.kill(run.pid if whom == "the run" else parent, signal.SIGKILL)
        run.wait(60)
        deadline = time.monotonic() + 20
        while processes_with(mark) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert processes_with(mark) == []
    finally:
        for pid in processes_with(mark):
            os.kill(pid, signal.SIGKILL)
        run.wait(30)


def _parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_kernel_that_dies_at_its_start_is_started_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    starts = tmp_path / "starts"
    place = tmp_path / "jupyter" / "kernels" / "dies-once"
    place.mkdir(parents=True)
    script = f"import sys; f = open({str(starts)!r}, 'a'); f.write('x'); f.close(); first = len(open({str(starts)!r}).read()) <= int(sys.argv[1])"
    script += "; sys.exit(1) if first else None; from ipykernel.kernelapp import launch_new_instance as go; go(argv=sys.argv[2:])"
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    notebook = _notebook(tmp_path / "10_own.ipynb", "print(6 * 7)")
    for dies, works in ((1, True), (2, False)):
        starts.unlink(missing_ok=True)
        argv = [sys.executable, "-c", script, str(dies), "-f", "{connection_file}"]
        (place / "kernel.json").write_text(
            json.dumps({"argv": argv, "display_name": "dies", "language": "python"})
        )
        if works:
            entry = execute.execute(notebook, {}, f"n{dies}", kernel="dies-once")
            assert (
                nbformat.read(entry.notebook("id"), as_version=4).cells[-1].outputs[0].text
                == "42\n"
            )
        else:
            with pytest.raises(execute.NotebookFailed, match="10_own"):
                execute.execute(notebook, {}, f"n{dies}", kernel="dies-once")
        assert len(starts.read_text()) == 2


def test_without_a_parent_the_ordinary_kernel_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    monkeypatch.setattr(sys, "platform", "darwin")
    with kernels() as kernel:
        entry = execute.execute(
            _notebook(tmp_path / "10_own.ipynb", "print(6 * 7)"), {}, "own", kernel=kernel
        )
    assert nbformat.read(entry.notebook("id"), as_version=4).cells[-1].outputs[0].text == "42\n"
    monkeypatch.setattr(sys, "platform", "win32")
    with kernels() as kernel:
        assert kernel == ORDINARY


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen]:
    """The processes that are started from here on."""
    every: list[subprocess.Popen] = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            every.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return every


@linux
def test_the_parent_starts_before_the_data_are_read_and_nobody_waits_for_one_that_is_not_needed(
    started: list[subprocess.Popen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    under_way: list[bool] = []

    def at_fault(*_: object):
        under_way.extend(p.poll() is None for p in started)
        raise EvaluasiError(Text("cacat", "a fault"))

    monkeypatch.setattr(intake, "study", at_fault)
    with pytest.raises(EvaluasiError):
        workflow.run(workflow.Request((2024,), project.SAMPLE, tmp_path / "out"))
    assert under_way == [True]
    # Killed in the midst of its imports.
    assert [p.returncode for p in started] == [-signal.SIGKILL]
